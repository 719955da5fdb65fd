import type { BlockKind, Piece, SourceLine } from '../text.ts';

/** Words put together from the parts of a marked-up file, with where each part stands. */
export class Words {
  #text = '';
  #pieces: Piece[] = [];
  #expected: { line: number; column: number } | null = null;

  get text(): string {
    return this.#text;
  }

  /** Appends one or more characters that stand at a place of the file. White space is folded. */
  add(text: string, line: number, column: number): void {
    if (text === ' ' && (this.#text === '' || /\s/.test(this.#text.charAt(this.#text.length - 1)))) return;
    if (this.#expected === null || this.#expected.line !== line || this.#expected.column !== column)
      this.#pieces.push({ offset: this.#text.length, line, column });
    this.#text += text;
    this.#expected = { line, column: column + text.length };
  }

  /** The line so far, if it says anything, and an empty line for the next. */
  take(kind?: BlockKind): SourceLine[] {
    const text = this.#text.replace(/ +$/, '');
    const [first] = this.#pieces;
    const pieces = this.#pieces;
    this.#text = '';
    this.#pieces = [];
    this.#expected = null;
    if (first === undefined || text.trim() === '') return [];
    return [
      { text, line: first.line, column: first.column, pieces, ...(kind === undefined ? {} : { kind }) },
    ];
  }
}

/**
 * A raised number after words: `km²`, `5×10⁸` keep it, as it belongs to the number; anything else is the sign of a footnote and
 * would make `2021¹` another year, so it is left out.
 */
export function raised(before: string, digits: string): string {
  if (!/^[-−]?\d{1,2}$/.test(digits)) return digits;
  const end = before.slice(-12);
  if (/(?:^|[^\p{L}])(?:[kcdmhµμ]?m|千米|米|公里)$/u.test(end) && (digits === '2' || digits === '3'))
    return digits === '2' ? '²' : '³';
  if (/[×x·]\s*10$/.test(end)) return `^${digits}`;
  return '';
}
