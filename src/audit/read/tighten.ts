import { type AuditText, type Piece, pieceAt } from '../text.ts';
import { brokenNumbers } from './broken.ts';

/** Puts whole numbers where broken ones stand, padded with spaces so that every offset stays. */
export function repaired(text: string): string {
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
export function groupsBySpace(source: AuditText): boolean {
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
export function grouped(text: string, bySpace: boolean): string {
  if (!bySpace && !/\d[\u00a0\u202f\u2009]\d{3}/.test(text)) return text;
  return text.replace(spacedGroup, (all, a: string, one: string, b: string, two?: string, c?: string) => {
    if (!bySpace && (one === ' ' || two === ' ')) return all;
    return c === undefined ? `${a},${b}` : `${a},${b},${c}`;
  });
}

/** `2021 年`, `的 0.46 吨`: a space that typesetters and PDFs put between Chinese and digits, and that means nothing. */
export const looseSpace =
  /(?<=\p{Script=Han}|[，、；：（“])[ \u00a0\u2009](?=[\d.+±−-]*\d)|(?<=[\d%％‰²³])[ \u00a0\u2009](?=\p{Script=Han})/gu;

/** Takes such spaces away and keeps where everything stands. A number of a heading or list (`3 能源`) keeps its space. */
export function tightened(
  text: string,
  pieces: readonly Piece[],
): { text: string; pieces: readonly Piece[] } {
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
