/** A step of a case as kept in memory: what lists, figures and formulas ask for. */
export interface CaseStep {
  readonly seq: number;
  readonly kind: string;
  readonly occurred: string;
  readonly position: number;
  readonly actor: string | null;
  /** When what it says was corrected last; absent where it never was. */
  readonly corrected?: string;
}

/** A case or an entity as its events tell it, without long and sealed texts. */
export interface CaseRecord {
  readonly stream: string;
  readonly register: string;
  /** The register's name left away: `2026-000123`, `station.st-1`. */
  readonly number: string;
  readonly area: string;
  readonly steps: readonly CaseStep[];
  /** Newest value of each field. */
  readonly values: Readonly<Record<string, string>>;
  /** What an entity was before each of its changes, oldest first; absent where it never changed. */
  readonly past?: readonly PastValues[];
}

/** The values of an entity up to the moment of a change. */
export interface PastValues {
  readonly until: string;
  readonly values: Readonly<Record<string, string>>;
}
