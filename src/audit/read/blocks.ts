import {
  type AuditText,
  type Block,
  type BlockKind,
  bareHeading,
  longestLine,
  type Piece,
  pieceAt,
} from '../text.ts';
import { grouped, groupsBySpace, looseSpace, repaired, tightened } from './tighten.ts';

interface OpenBlock {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly kind: BlockKind;
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
    const kept = untagged(whole.length > longestLine ? whole.slice(0, longestLine) : whole);
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

/** Tags of a chapter's source, `{% case id="15" %}`, are no words of it; what stands around them keeps its place. */
const untagged = (line: string): string =>
  line.includes('{%') ? line.replace(/\{%[^%]{0,2000}%\}/g, (tag) => ' '.repeat(tag.length)) : line;

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
