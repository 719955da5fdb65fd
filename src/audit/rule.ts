import type { Severity } from './severity.ts';

/** What a rule says: the fault, and what to do about it. */
interface Told {
  readonly message: string;
  readonly mend: string;
}

export interface Rule {
  readonly severity: Severity;
  readonly en: Told;
  readonly zh: Told;
}
