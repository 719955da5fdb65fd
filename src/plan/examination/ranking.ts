import {
  compare,
  decimal,
  type ExaminationDeclaration,
  type ExaminationItem,
  isPartial,
  type Localized,
  parseUnit,
} from '../../model/index.ts';
import { isFairRanking } from './examine.ts';
import type { ExaminedSubject } from './subject.ts';

/** Why those examined are not put in an order. */
export type NotRanked =
  /** The declaration itself says so. */
  | { readonly kind: 'declared'; readonly reason: Localized }
  | { readonly kind: 'one' }
  /** They are examined by different items. */
  | { readonly kind: 'items'; readonly items: readonly ExaminationItem[] }
  | { readonly kind: 'missing'; readonly item: ExaminationItem; readonly subjects: readonly string[] }
  /** The figures of one item are not of the same making: formula or unit differ. */
  | { readonly kind: 'denominator'; readonly item: ExaminationItem }
  /** A count or an amount, not divided by the size of anything: the larger place has more of it. */
  | { readonly kind: 'size'; readonly item: ExaminationItem }
  /** A total of which parts have not come in. */
  | { readonly kind: 'incomplete'; readonly item: ExaminationItem; readonly subjects: readonly string[] };

export type Ranking =
  | {
      readonly fair: true;
      readonly places: readonly { readonly place: number; readonly subject: ExaminedSubject }[];
    }
  | { readonly fair: false; readonly reasons: readonly NotRanked[] };

/** An order of those examined, only where it is fair: declared so, the same items, figures of the same making, all of them complete. */
export function rankingOf(
  { ranking, items }: ExaminationDeclaration,
  subjects: readonly ExaminedSubject[],
): Ranking {
  const reasons: NotRanked[] = [];
  if (!ranking.declared) reasons.push({ kind: 'declared', reason: ranking.reason });
  if (subjects.length < 2) reasons.push({ kind: 'one' });
  const partial = items.filter((item) => item.subjects !== undefined);
  if (partial.length > 0) reasons.push({ kind: 'items', items: partial });
  for (const item of items) {
    const own = subjects.flatMap((subject) => {
      const found = subject.items.find((each) => each.item.id === item.id);
      return found === undefined ? [] : [{ subject: subject.subject.id, ground: found.ground }];
    });
    const missing = own.filter(({ ground }) => ground.value === null);
    if (missing.length > 0)
      reasons.push({ kind: 'missing', item, subjects: missing.map(({ subject }) => subject) });
    const making = new Set(
      own.flatMap(({ ground }) =>
        ground.kind === 'figure' && ground.value !== null
          ? [`${ground.figure.formula.text} ${ground.figure.unit}`]
          : [],
      ),
    );
    if (making.size > 1) reasons.push({ kind: 'denominator', item });
    const { evidence, unit } = item;
    const codes = new Set(own.map(({ ground }) => (ground.kind === 'figure' ? ground.figure.code : '')));
    if (evidence.kind === 'figure' && evidence.since === undefined && codes.size > 1 && isAmount(unit))
      reasons.push({ kind: 'size', item });
    const incomplete = own.filter(
      ({ ground }) => ground.kind === 'figure' && isPartial(ground.figure.completeness),
    );
    if (incomplete.length > 0)
      reasons.push({ kind: 'incomplete', item, subjects: incomplete.map(({ subject }) => subject) });
  }
  if (reasons.length > 0 || !isFairRanking(subjects.map(({ examination }) => examination)))
    return { fair: false, reasons };
  const scored = subjects.flatMap((subject) => {
    const { score } = subject.examination;
    return score === null ? [] : [{ subject, score: decimal(score) }];
  });
  const places = scored
    .map(({ subject, score }) => ({
      place: 1 + scored.filter((each) => compare(each.score, score) > 0).length,
      subject,
    }))
    .sort((a, b) => a.place - b.place || (a.subject.subject.id < b.subject.subject.id ? -1 : 1));
  return { fair: true, places };
}

/** Whether a unit measures an amount, which grows with the size of a place: its dimension has no negative part. */
function isAmount(unit: string): boolean {
  const parsed = parseUnit(unit);
  const powers = [...(parsed?.dimension.values() ?? [])];
  return powers.length > 0 && powers.every((power) => power > 0);
}
