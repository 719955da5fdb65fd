import { isOpen, type Severity, severities } from '../../audit/index.ts';
import type { StandingFinding } from '../../review/index.ts';

/** What a finding is about. */
export const subjects = ['records', 'text', 'languages'] as const;
export type Subject = (typeof subjects)[number];

export function subjectOf({ finding: { rule } }: StandingFinding): Subject {
  if (rule.startsWith('data.')) return 'records';
  return rule.startsWith('pair.') ? 'languages' : 'text';
}

/** Which findings a reader wants to see; stands in the address. */
export interface Choice {
  readonly severity: Severity | null;
  readonly about: Subject | null;
  readonly standing: 'open' | 'answered' | null;
}

export function readChoice(query: (name: string) => string | undefined): Choice {
  const [severity, about, standing] = [query('weight'), query('about'), query('standing')];
  return {
    severity: severities.find((known) => known === severity) ?? null,
    about: subjects.find((known) => known === about) ?? null,
    standing: standing === 'open' || standing === 'answered' ? standing : null,
  };
}

/** The query of a choice with one part changed; empty when everything is wanted. */
export function choiceQuery(choice: Choice, changed: Partial<Choice> = {}): string {
  const { severity, about, standing } = { ...choice, ...changed };
  const words = [
    severity === null ? '' : `weight=${severity}`,
    about === null ? '' : `about=${about}`,
    standing === null ? '' : `standing=${standing}`,
  ].filter((word) => word !== '');
  return words.length === 0 ? '' : `?${words.join('&')}`;
}

export const fits = (choice: Choice, each: StandingFinding): boolean =>
  (choice.severity === null || each.finding.severity === choice.severity) &&
  (choice.about === null || subjectOf(each) === choice.about) &&
  (choice.standing === null || (choice.standing === 'open') === isOpen(each.standing));
