import type { AuditText, SourceLine } from '../text.ts';

/** How many lines at the top and foot of a page may be furniture. */
const edge = 3;

/**
 * A text that was taken from a PDF page by page (form feeds between them, columns held by spaces): running heads and page
 * numbers are left out, pages of two columns are read column by column, and rows of tables get tabs. Other texts stay.
 */
export function pagesOf(source: AuditText): AuditText {
  if (!source.lines.some(({ text }) => text.includes('\f'))) return source;
  const pages: SourceLine[][] = [[]];
  for (const { text, line, column } of source.lines) {
    const cut = text.lastIndexOf('\f') + 1;
    if (cut > 0) pages.push([]);
    pages.at(-1)?.push({ text: text.slice(cut), line, column: column + cut });
  }
  const lines = withoutFurniture(pages).flatMap((page) => columnsOf(page).map(tabbed));
  return { file: source.file, lines };
}

/** Leaves out lines at the edges of pages that stand on many of them but for their numbers, and the pages' own numbers. */
export function withoutFurniture(pages: readonly (readonly SourceLine[])[]): readonly SourceLine[][] {
  const edges = pages.map((page) => {
    const filled = page.filter(({ text }) => text.trim() !== '');
    return new Set([...filled.slice(0, edge), ...filled.slice(-edge)]);
  });
  const seen = new Map<string, number>();
  for (const lines of edges)
    for (const key of new Set([...lines].map(keyOf))) seen.set(key, (seen.get(key) ?? 0) + 1);
  const least = Math.max(3, pages.length * 0.3);
  const isFurniture = (line: SourceLine): boolean => {
    const key = keyOf(line);
    if (pages.length > 1 && /^(?:page |p\. ?|第)?#(?:页| of #| ?\/ ?#|\/?共#页)?$/i.test(key)) return true;
    return /\p{L}{2}/u.test(key) && (seen.get(key) ?? 0) >= least;
  };
  return pages.map((page, at) =>
    page.filter((line) => !(edges[at]?.has(line) === true && isFurniture(line))),
  );
}

const keyOf = ({ text }: SourceLine): string =>
  text
    .trim()
    .slice(0, 160)
    .replace(/^[-–—·\s]+|[-–—·\s]+$/g, '')
    .replace(/\d+/g, '#')
    .replace(/\s+/g, ' ')
    .replace(/第 # 页/, '第#页');

/** The lines of a page in reading order: where a gutter runs down between two columns of prose, the left one first. */
function columnsOf(page: readonly SourceLine[]): readonly SourceLine[] {
  const gutter = gutterOf(page);
  if (gutter === null) return page;
  const read: SourceLine[] = [];
  let left: SourceLine[] = [];
  let right: SourceLine[] = [];
  const flush = () => {
    read.push(...left, ...right);
    [left, right] = [[], []];
  };
  for (const line of page) {
    const at = crossing(line.text, gutter);
    if (at !== null) {
      left.push({ ...line, text: line.text.slice(0, at).trimEnd() });
      right.push({ ...line, text: line.text.slice(at), column: line.column + at });
    } else if (line.text.trimEnd().length <= gutter) left.push(line);
    else {
      flush();
      read.push(line);
    }
  }
  flush();
  return read;
}

/** Where the right column begins in a line, near the gutter, after two spaces at least; null where the line runs across. */
function crossing(text: string, gutter: number): number | null {
  for (const at of [gutter, gutter - 1, gutter + 1, gutter - 2, gutter + 2])
    if (at >= 2 && /^ {2}\S/.test(text.slice(at - 2, at + 1))) return at;
  return null;
}

function gutterOf(page: readonly SourceLine[]): number | null {
  const starts = new Map<number, number>();
  const filled = page.map(({ text }) => text.slice(0, 400)).filter((text) => text.trim() !== '');
  if (filled.length < 8) return null;
  for (const text of filled) {
    const gaps = [...text.matchAll(/(?<=\S) {2,}(?=\S)/g)];
    // A row of a table has several gaps; two columns of prose have one.
    const [gap] = gaps;
    if (gap === undefined || gaps.length > 1) continue;
    const at = gap.index + gap[0].length;
    starts.set(at, (starts.get(at) ?? 0) + 1);
  }
  const near = (at: number) => [-2, -1, 0, 1, 2].reduce((sum, by) => sum + (starts.get(at + by) ?? 0), 0);
  const [best] = [...starts.keys()].sort(
    (a, b) => near(b) - near(a) || (starts.get(b) ?? 0) - (starts.get(a) ?? 0),
  );
  if (best === undefined || near(best) < Math.max(6, filled.length * 0.4)) return null;
  const pairs = filled.flatMap((text) => {
    const at = crossing(text, best);
    return at === null ? [] : [[text.slice(0, at).trim(), text.slice(at).trim()] as const];
  });
  const prose = (side: 0 | 1) => {
    const words = pairs.map((pair) => pair[side]).join('');
    const letters = words.match(/\p{L}/gu)?.length ?? 0;
    const isHan = /\p{Script=Han}{4}/u.test(words);
    return letters > words.length * 0.6 && words.length / pairs.length >= (isHan ? 12 : 24);
  };
  return prose(0) && prose(1) ? best : null;
}

/** A row of a table set with spaces: a tab in place of the first space of every gap, so that columns stay. */
function tabbed(line: SourceLine): SourceLine {
  const { text } = line;
  if (text.length > 400 || !/\S {2,}\S/.test(text)) return line;
  const cells = text.trim().split(/ {2,}/);
  if (cells.length < 3 || cells.some((cell) => cell.length > 40)) return line;
  return { ...line, text: text.replace(/(?<=\S) (?= +\S)/g, '\t') };
}
