/**
 * Something wrong or worth knowing about an input, told the way a person can act on it:
 * what, where, why, how to mend. Findings are values; nothing is thrown for bad input.
 */
export interface Finding {
  /** Stable name of the rule that spoke, such as `observation.duplicate`. */
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly where: Place;
  /** What is wrong, in one sentence without a full stop at its end. */
  readonly what: string;
  /** Why it is wrong: the rule's reason. */
  readonly why: string;
  /** What to do about it. */
  readonly mend: string;
}

/** Where a finding stands: a file with row and column (both from 1), or a URL with a JSON pointer. */
export interface Place {
  readonly file: string;
  readonly row?: number;
  readonly column?: number | string;
  readonly pointer?: string;
}

/** `file:row:column`, as editors and terminals understand it. */
export function placeText({ file, row, column, pointer }: Place): string {
  const parts = [file, row, column].filter((part) => part !== undefined);
  return parts.join(':') + (pointer === undefined ? '' : `#${pointer}`);
}

/** One finding as the text a command prints to stderr. */
export function findingText(finding: Finding): string {
  const { severity, where, what, why, mend, rule } = finding;
  return `${placeText(where)}: ${severity}: ${what} [${rule}]\n  why: ${why}\n  mend: ${mend}`;
}
