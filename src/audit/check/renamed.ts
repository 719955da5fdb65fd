import { cellsOf } from '../read/cells.ts';
import type { Reading } from '../read/reading.ts';
import { type Block, bareHeading, placeIn, type TextPlace } from '../text.ts';
import { emptyReport, type Report } from './report.ts';
import { stem } from './words.ts';

/** Things that a text names one after the other: the numbered headings of a chapter, the points of a cell, the first column of a table. */
interface Series {
  readonly part: number;
  readonly titles: readonly { readonly words: string; readonly place: TextPlace }[];
}

/** A text with more such lists than this is no review. */
const mostLists = 400;

/** Measures that a table or list names, and the headings of the same measures, in order, that call one of them something else. */
export function checkRenamed(reading: Reading): Report {
  const report = emptyReport();
  const headings = headingRuns(reading).slice(0, mostLists);
  const lists = [...pointsOf(reading), ...columnsOf(reading)].slice(0, mostLists);
  for (const run of headings) {
    const others = lists.filter((list) => list.part === run.part && isSame(list, run));
    for (const [at, { words, place }] of run.titles.entries()) {
      const named = others.flatMap((list) => {
        const title = list.titles[at];
        return title !== undefined && differ(title.words, words) ? [title] : [];
      });
      const first = named[0];
      if (first === undefined) continue;
      report.findings.push({
        rule: 'name.list',
        places: [...named.map((title) => title.place), place],
        values: { one: first.words, other: words },
      });
    }
  }
  return report;
}

const part = (reading: Reading, block: Block): number => reading.parts[block.index] ?? 0;

/** `(1) …`, `(2) …`, `（一）…` up to where the count begins anew. */
function headingRuns(reading: Reading): Series[] {
  const runs: Series[] = [];
  let titles: Series['titles'][number][] = [];
  let from = 0;
  const close = () => {
    if (titles.length >= 3) runs.push({ part: from, titles });
    titles = [];
  };
  for (const block of reading.blocks) {
    if (block.kind === 'row' || block.kind === 'contents' || block.text.length > 160) continue;
    const match = /^[#*\s]*[(（](\d|[一二三四五六七八九])[)）]\s*/u.exec(block.text);
    if (match === null) continue;
    const number = Number(match[1]) || '一二三四五六七八九'.indexOf(match[1] ?? '') + 1;
    if (number !== titles.length + 1) close();
    if (number === titles.length + 1) {
      from = part(reading, block);
      titles.push({ words: bareHeading(block.text), place: placeIn(block, 0, block.text.length) });
    }
  }
  close();
  return runs;
}

/** Cells whose points stand behind ●, • or ▶. */
function pointsOf(reading: Reading): Series[] {
  return reading.blocks
    .filter(({ kind, text }) => kind === 'row' && /[●•].*[●•].*[●•]/u.test(text))
    .map((block) => ({
      part: part(reading, block),
      titles: [...block.text.matchAll(/[●•]\s*([^●•<\t|]{6,140})/gu)].map((match) => ({
        words: (match[1] ?? '').trim(),
        place: placeIn(block, match.index, match.index + match[0].trimEnd().length),
      })),
    }));
}

/** The names in the first column of a table; rows that go on with the one above have none. */
function columnsOf(reading: Reading): Series[] {
  const columns: Series[] = [];
  let titles: Series['titles'][number][] = [];
  let last: Block | undefined;
  const close = () => {
    // The first is the head.
    if (titles.length >= 4 && last !== undefined)
      columns.push({ part: part(reading, last), titles: titles.slice(1) });
    titles = [];
  };
  for (const block of reading.blocks) {
    if (block.kind !== 'row') {
      close();
      continue;
    }
    last = block;
    const cell = cellsOf(block.text)[0];
    const goesOn = !block.raw.startsWith('|') && (block.pieces[0]?.column ?? 1) > 1;
    if (goesOn || cell === undefined || !/\p{L}{2}/u.test(cell.text)) continue;
    titles.push({ words: cell.text, place: placeIn(block, cell.start, cell.end) });
  }
  close();
  return columns;
}

const idle = new Set(
  `a an the of in on at for to and with by across all entire whole as its from into more effort make take become actively vigorously
  promote advance build construct construction create develop development let enable provide shape strengthen enhance improve
  improvement boost increase establish launch pursue facilitate carry out implement implementation further deepen continue expand`.split(
    /\s+/,
  ),
);

const hanIdle =
  /^(?:积极|大力|深入|持续|扎实|全面|着力)?(?:推进|推动|促进|加强|加快|建设|打造|构建|提升|完善|发展|实施|开展|深化|优化|创建|营造|强化)+/u;

/** What a title is about: its words without those that every measure begins with. */
function about(title: string): readonly string[] {
  if (/\p{Script=Han}/u.test(title)) {
    const core = title
      .replace(/[“”‘’"《》\s]/g, '')
      .replace(hanIdle, '')
      .replace(/建设$/, '');
    return [
      ...new Set(Array.from({ length: Math.max(core.length - 1, 0) }, (_, at) => core.slice(at, at + 2))),
    ];
  }
  const words = title.toLowerCase().match(/[a-z0-9&.]+/g) ?? [];
  return [...new Set(words.map(stem).filter((word) => !idle.has(word)))];
}

/** The same measures in the same order: as many, each much alike, most of them with the same words. */
function isSame(list: Series, run: Series): boolean {
  if (list.titles.length !== run.titles.length) return false;
  const alike = run.titles.map(({ words }, at) => {
    const [a, b] = [about(words), about(list.titles[at]?.words ?? '')];
    const common = a.filter((word) => b.includes(word)).length;
    return common / Math.max(1, Math.min(a.length, b.length));
  });
  return (
    alike.every((share) => share >= 0.5) && alike.filter((share) => share === 1).length * 2 > alike.length
  );
}

/** Each says something that the other does not. */
function differ(one: string, other: string): boolean {
  const [a, b] = [about(one), about(other)];
  return a.some((word) => !b.includes(word)) && b.some((word) => !a.includes(word));
}
