import { brokenNumbers } from './read/broken.ts';

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

function pieceAt({ pieces }: Pick<Block, 'pieces'>, offset: number): Piece {
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

/** Puts whole numbers where broken ones stand, padded with spaces so that every offset stays. */
function repaired(text: string): string {
  let whole = text;
  for (const { start, end, repair } of brokenNumbers(text)) {
    const room = end - start;
    if (repair === null || repair.length > room) continue;
    whole = whole.slice(0, start) + repair.padStart(room, ' ') + whole.slice(end);
  }
  return whole;
}

/** `650 000`: a space of any width between groups of three, as the Nordic countries and SI write it. */
const spacedGroup =
  /(?<![\d.,]|\d[ \u00a0\u202f\u2009])(\d{1,3})([ \u00a0\u202f\u2009])(\d{3})(?:([ \u00a0\u202f\u2009])(\d{3}))?(?![\d]|[.,]?\d|[ \u00a0]\d)/g;

/** Whether a text groups its thousands by spaces; a text that uses commas does not. */
function groupsBySpace(source: AuditText): boolean {
  let spaced = 0;
  let commas = 0;
  for (const { text } of source.lines.slice(0, 20_000)) {
    const line = text.slice(0, 4000);
    spaced += line.match(/(?<![\d.,] ?)\b\d{1,3}[ \u00a0\u202f\u2009]\d{3}\b(?! ?\d)/g)?.length ?? 0;
    commas += line.match(/\b\d{1,3},\d{3}\b/g)?.length ?? 0;
  }
  return spaced >= 3 && spaced > commas;
}

/** Puts commas for the spaces inside numbers: as long as before. A no-break space always joins. */
function grouped(text: string, bySpace: boolean): string {
  if (!bySpace && !/\d[\u00a0\u202f\u2009]\d{3}/.test(text)) return text;
  return text.replace(spacedGroup, (all, a: string, one: string, b: string, two?: string, c?: string) => {
    if (!bySpace && (one === ' ' || two === ' ')) return all;
    return c === undefined ? `${a},${b}` : `${a},${b},${c}`;
  });
}

interface OpenBlock {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly kind: BlockKind;
}

/** `2021 年`, `的 0.46 吨`: a space that typesetters and PDFs put between Chinese and digits, and that means nothing. */
const looseSpace =
  /(?<=\p{Script=Han}|[，、；：（“])[ \u00a0\u2009](?=[\d.+±−-]*\d)|(?<=[\d%％‰²³])[ \u00a0\u2009](?=\p{Script=Han})/gu;

/** Takes such spaces away and keeps where everything stands. A number of a heading or list (`3 能源`) keeps its space. */
function tightened(text: string, pieces: readonly Piece[]): { text: string; pieces: readonly Piece[] } {
  if (!/\d/.test(text) || !/\p{Script=Han}[ \u00a0\u2009]|[ \u00a0\u2009]\p{Script=Han}/u.test(text))
    return { text, pieces };
  const numbered =
    /^[\d.]{1,8} (?![年月日个座万亿公千平吨人户家项条米元度岁次辆台件余多])/.exec(text)?.[0].length ?? 0;
  let tight = '';
  let from = 0;
  const moved: Piece[] = [];
  let next = 0;
  const keep = (to: number) => {
    for (; next < pieces.length; next += 1) {
      const piece = pieces[next];
      if (piece === undefined || piece.offset >= to) break;
      if (piece.offset > from || moved.length === 0 || piece.offset === 0)
        moved.push({ ...piece, offset: tight.length + piece.offset - from });
    }
    tight += text.slice(from, to);
  };
  for (const match of text.matchAll(looseSpace)) {
    if (match.index < numbered) continue;
    keep(match.index);
    from = match.index + 1;
    const at = pieceAt({ pieces }, from);
    moved.push({ offset: tight.length, line: at.line, column: at.column + from - at.offset });
  }
  keep(text.length);
  return { text: tight, pieces: moved };
}

/** How long a line must be to go on in the next: less where a text is set in narrow lines, as columns of a PDF are. */
interface Wrap {
  readonly han: number;
  readonly latin: number;
}

function wrapOf(source: AuditText): Wrap {
  const lines = source.lines
    .slice(0, 20_000)
    .map(({ text }) => text.slice(0, 400).trim().replace(looseSpace, ''));
  const isHan = (text: string) => /\p{Script=Han}{4}/u.test(text.slice(0, 400));
  const width = (of: readonly string[], most: number): number => {
    const widths = of
      .map(({ length }) => length)
      .filter((length) => length >= 18)
      .sort((a, b) => a - b);
    const widest = widths[Math.floor(widths.length * 0.97)] ?? 0;
    return widths.length >= 4 && widest <= most ? Math.floor(widest * 0.7) : 60;
  };
  return {
    han: width(lines.filter(isHan), 60),
    latin: width(
      lines.filter((text) => !isHan(text)),
      72,
    ),
  };
}

/** Splits a text into blocks; blank lines, page furniture and pictures' lines are left out. */
export function blocksOf(source: AuditText): readonly Block[] {
  const blocks: Block[] = [];
  const bySpace = groupsBySpace(source);
  const wrap = wrapOf(source);
  let open: OpenBlock | null = null;
  const close = (block: OpenBlock | null) => {
    if (block === null) return;
    const { text, pieces, kind } = block;
    blocks.push({
      file: source.file,
      kind,
      raw: text,
      text: repaired(grouped(text, bySpace)),
      pieces,
      index: blocks.length,
    });
  };
  for (const { text: whole, line, column, pieces, kind: said } of source.lines) {
    const kept = whole.length > longestLine ? whole.slice(0, longestLine) : whole;
    const indent = kept.length - kept.trimStart().length;
    const words = kept.trim();
    if (words === '' || isPicture(words)) continue;
    const kind = said ?? (/\S\t/.test(kept) && kindOf(words) !== 'contents' ? 'row' : kindOf(words));
    const stand =
      pieces === undefined ? [{ offset: 0, line, column: column + indent }] : moved(pieces, indent);
    const { text, pieces: own } = tightened(words, stand);
    const before: OpenBlock | null = open;
    if (
      before !== null &&
      kind === 'paragraph' &&
      (before.kind === 'paragraph' ||
        (before.kind === 'heading' && said === undefined && isCut(before, wrap))) &&
      continues(before.text, text, wrap)
    ) {
      open = { ...joined(before, text, own), kind };
      continue;
    }
    close(before);
    open = { text, pieces: own, kind };
  }
  close(open);
  return tablesTold(blocks);
}

/** Lines `name, tab, number` are a table of contents only if their page numbers rise; else they are rows of a table. */
function tablesTold(blocks: readonly Block[]): Block[] {
  const told = [...blocks];
  const pageOf = ({ kind, text }: Block): number | null => {
    const page =
      kind === 'contents' && !/\.{4,}|…{2,}/.test(text) ? /\t(\d{1,4})$/.exec(text)?.[1] : undefined;
    return page === undefined ? null : Number(page);
  };
  for (let from = 0; from < told.length; from += 1) {
    let to = from;
    let rises = true;
    for (let last = -1; to < told.length; to += 1) {
      const block = told[to];
      const page = block === undefined ? null : pageOf(block);
      if (block === undefined || page === null) break;
      if (page < last || /^(?:total|合计|总计|共计)/i.test(block.text)) rises = false;
      last = page;
    }
    if (!rises)
      for (let at = from; at < to; at += 1) {
        const block = told[at];
        if (block !== undefined) told[at] = { ...block, kind: 'row' };
      }
    from = Math.max(from, to);
  }
  return told;
}

function joined({ text, pieces, kind }: OpenBlock, next: string, own: readonly Piece[]): OpenBlock {
  // A word divided at the end of its line (`develop-`, `coal-`) keeps its hyphen and loses the gap.
  const divided = /\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(next);
  const glue = divided || /[\p{Script=Han}，、；：（“]$/u.test(text) ? '' : ' ';
  const shift = text.length + glue.length;
  return {
    kind,
    text: text + glue + next,
    pieces: [...pieces, ...own.map((piece) => ({ ...piece, offset: piece.offset + shift }))],
  };
}

/** Whether what looks like a heading may be the first line of a paragraph: as long as a line of the text is. */
const isCut = ({ text, pieces }: OpenBlock, { han, latin }: Wrap): boolean =>
  /\p{Script=Han}$/u.test(text)
    ? text.length >= han && /[到由的为达至和及与在从比占约近将对以]$/.test(text)
    : text.length >= latin && pieces.length === 1 && !text.startsWith('#');

/** Pieces of a text whose first characters were cut off. */
function moved(pieces: readonly Piece[], by: number): readonly Piece[] {
  if (by === 0) return pieces;
  const first = pieceAt({ pieces }, by);
  return [
    { offset: 0, line: first.line, column: first.column + by - first.offset },
    ...pieces.flatMap((piece) => (piece.offset > by ? [{ ...piece, offset: piece.offset - by }] : [])),
  ];
}

const isPicture = (text: string) =>
  /^!\[[^\]]{0,200}\]\([^)]{0,400}\)$/.test(text) || /^[-=_*●•\s]{3,}$/.test(text);

/** A paragraph goes on when the line before stops in mid-sentence and this one starts in mid-sentence. */
function continues(before: string, text: string, wrap: Wrap): boolean {
  const han = /[\p{Script=Han}，、；（]\s*$/u.test(before);
  if (before.length < (han ? wrap.han : wrap.latin) || before.length > longestLine) return false;
  if (/[.!?:;。！？：；”"’)）\]>]\s*$/.test(before)) return false;
  if (
    /\b(?:of|the|in|and|to|with|for|by|at|from|on|as well as|including)$/.test(before) &&
    /^\p{Lu}\p{Ll}/u.test(text)
  )
    return text.length > 30;
  if (han && /^\d[\d.,]* ?(?:[%％‰]|\p{Script=Han})/u.test(text)) return true;
  return /^(?:\p{Ll}|\d[\d,.]* ?[%‰\p{Ll}]|\p{Script=Han})/u.test(text);
}

function kindOf(text: string): BlockKind {
  if (/\.{4,}|…{2,}|\t\d{1,4}$/.test(text) && !/\t[\d.,%]+\t/.test(text) && text.length < 200)
    return 'contents';
  if (text.includes('\t') || (text.startsWith('|') && text.endsWith('|'))) return 'row';
  if (isHeading(text)) return 'heading';
  return 'paragraph';
}

function isHeading(text: string): boolean {
  if (/^#{1,6}\s/.test(text)) return true;
  const bare = bareHeading(text);
  if (bare.length === 0 || bare.length > 160) return false;
  if (/[.!?。！？；;,，:：]$/.test(bare)) return false;
  const han = /\p{Script=Han}/u.test(bare);
  if (han) return bare.length <= 30 && !/[，。；]/.test(bare) && /\p{Script=Han}{2}/u.test(bare);
  if (/\b(?:of|the|and|to|in|an?|for|with|by|on|or|from|at|as|that|its)$/.test(bare)) return false;
  return /\p{Lu}/u.test(bare.slice(0, 12)) && !/[.!?] \p{Lu}/u.test(bare);
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
