import type { Localized } from '../model/index.ts';

/** What an assessor can say. `met_provisional`: met, but on a value that is not final. */
export type VerdictKind = 'met' | 'met_provisional' | 'not_met' | 'not_shown' | 'not_applicable';

/** Something a careful reader is told beside a verdict. */
export interface Remark {
  readonly kind: 'worse-than-before' | 'at-the-limit' | 'provisional' | 'to-check' | 'evidence';
  readonly text: Localized;
}

/** The verdict on one test in one period. */
export interface TestVerdict {
  readonly test: string;
  readonly name: Localized;
  readonly period: string;
  readonly verdict: VerdictKind;
  /** Exact decimal that was judged; null when there is none. */
  readonly value: string | null;
  readonly unit: string | null;
  /** Exact decimal it was judged against; null when there is none. */
  readonly threshold: string | null;
  /** Exact distance to the threshold, positive on the good side; null when there is none. */
  readonly margin: string | null;
  /** What went in: name of the input → exact decimal or text. */
  readonly inputs: Readonly<Record<string, string | null>>;
  readonly formula: string;
  readonly reason: Localized;
  /** What would change the verdict; null where nothing would. */
  readonly change: Localized | null;
  readonly remarks: readonly Remark[];
}

/** How serious a verdict is for a whole: the gravest part decides. */
const gravity: Readonly<Record<VerdictKind, number>> = {
  not_applicable: 0,
  met: 1,
  met_provisional: 2,
  not_shown: 3,
  not_met: 4,
};

/** The verdict of a whole of which every part must be met. What does not apply leaves; nothing left: not applicable. */
export function worstOf(verdicts: readonly VerdictKind[]): VerdictKind {
  return verdicts.reduce<VerdictKind>(
    (worst, verdict) => (gravity[verdict] > gravity[worst] ? verdict : worst),
    'not_applicable',
  );
}

/** Names of the verdicts, as they are shown. */
export const verdictNames: Readonly<Record<VerdictKind, Localized>> = {
  met: { en: 'met', zh: '达标' },
  met_provisional: { en: 'met on provisional data', zh: '按初步数据达标' },
  not_met: { en: 'not met', zh: '未达标' },
  not_shown: { en: 'not shown', zh: '未证明' },
  not_applicable: { en: 'not applicable', zh: '不适用' },
};
