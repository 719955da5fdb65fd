/** Where the characters of a text from an offset on stand in the file. */
export interface Piece {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** A line of a document and where it begins in its file. */
export interface SourceLine {
  readonly text: string;
  readonly line: number;
  readonly column: number;
  /** Where its words stand when tags or entities lie between them; without, they follow each other from `column`. */
  readonly pieces?: readonly Piece[];
  /** What the file itself says the line is: a heading by its style, an entry of a table of contents. */
  readonly kind?: BlockKind;
}

/** A document to be audited. */
export interface AuditText {
  /** The name that findings carry: a path or any label. */
  readonly file: string;
  readonly lines: readonly SourceLine[];
}

/** A plain text or Markdown as a document. */
export function plainText(file: string, text: string): AuditText {
  const lines = text.split(/\r\n|\r|\n/).map((words, index) => ({ text: words, line: index + 1, column: 1 }));
  return { file, lines };
}

/** Where a finding stands in a text: line and column from 1, with the words that stand there. */
export interface TextPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

export type BlockKind = 'heading' | 'paragraph' | 'row' | 'contents';

/** A heading, a paragraph or a table row. A paragraph cut by a page break is one block again. */
export interface Block {
  readonly file: string;
  readonly kind: BlockKind;
  /** The words as checks read them: numbers that are surely broken (`20 13`) stand repaired, at the same offsets. */
  readonly text: string;
  /** The words as the file has them; as long as `text`. */
  readonly raw: string;
  /** Where each piece of `text` begins in the file, in order of offset. */
  readonly pieces: readonly Piece[];
  /** Position among the blocks of its file, from 0. */
  readonly index: number;
}

/** Longest line that is read; what lies beyond it is left out, and the reader is told (see audit.ts). */
export const longestLine = 40_000;

const longestQuote = 220;

/** Quotes begin with a whole word, and where a repaired number began in the file. */
function wordStart({ text, raw }: Block, from: number): number {
  let start = from;
  while (start > 0 && from - start < 12 && raw.charAt(start - 1) !== text.charAt(start - 1)) start -= 1;
  if (start < from) return start;
  const inside = (at: number) => /\p{Script=Latin}/u.test(raw.charAt(at));
  if (!inside(start)) return start;
  while (start > 0 && from - start < 24 && inside(start - 1)) start -= 1;
  return from - start < 24 ? start : from;
}

export function lineOf(block: Block, offset = 0): number {
  return pieceAt(block, offset).line;
}

/** The piece that an offset falls into. */
export function pieceAt({ pieces }: Pick<Block, 'pieces'>, offset: number): Piece {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return pieces[low] ?? { offset: 0, line: 1, column: 1 };
}

/** The place of block.text[start, end), with its words as the file has them (at most 220 characters of them). */
export function placeIn(block: Block, from: number, end: number): TextPlace {
  const start = wordStart(block, from);
  const piece = pieceAt(block, start);
  const words = asWritten(block, start, Math.min(end, start + longestQuote))
    .replace(/\s+/g, ' ')
    .trim();
  return {
    file: block.file,
    line: piece.line,
    column: piece.column + (start - piece.offset),
    text: words,
  };
}

/** The words of block.raw[start, end) with the spaces that {@link tightened} took away. */
function asWritten({ raw, pieces }: Block, start: number, end: number): string {
  let words = '';
  let from = start;
  let before: Piece | undefined;
  for (const piece of pieces) {
    if (piece.offset >= end) break;
    if (piece.offset > start && before !== undefined && isTightened(before, piece)) {
      words += `${raw.slice(from, piece.offset)} `;
      from = piece.offset;
    }
    before = piece;
  }
  return words + raw.slice(from, end);
}

const isTightened = (before: Piece, after: Piece): boolean =>
  before.line === after.line && after.column - before.column === after.offset - before.offset + 1;

/** How many lines were longer than {@link longestLine} and were cut. */
export function cutLines(source: AuditText): number {
  return source.lines.filter(({ text }) => text.length > longestLine).length;
}

/** A heading's words without its markup, bullet or number. */
export function bareHeading(text: string): string {
  return text
    .replace(/[*_`]+/g, '')
    .replace(/^#{1,6}\s+/, '')
    .replace(/^[\p{So}\p{Sk}●•▶►◆■○▪\-–—\s]+/u, '')
    .replace(
      /^(?:\(?\d{1,2}[).、]|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)\s*/u,
      '',
    )
    .trim();
}

/** Whether most letters of a text are Chinese characters. */
export function isChinese(text: string): boolean {
  let han = 0;
  let latin = 0;
  for (const letter of text) {
    if (/\p{Script=Han}/u.test(letter)) han += 1;
    else if (/\p{Script=Latin}/u.test(letter)) latin += 1;
  }
  return han * 3 > latin;
}
