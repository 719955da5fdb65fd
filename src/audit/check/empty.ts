import type { Reading } from '../read/reading.ts';
import { type Block, bareHeading, placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';
import { tellingWords } from './words.ts';

/** Things announced of which nothing follows: headings of objectives in a row, rows whose only other cell is empty. */
export function checkEmpty(reading: Reading): Report {
  const report = emptyReport();
  objectives(reading, report);
  rows(reading, report);
  return report;
}

const objective = /\b(?:planning |main )?(?:objectives?|targets?)$|规划目标$/i;

/** `Urban Sewage Planning Objective`, `Energy Structure Planning Objective` …: the charts under them are lost. */
function objectives(reading: Reading, report: Report): void {
  let run: Block[] = [];
  const close = () => {
    // Words above the heading of the section itself, `Planning Objective`, are told by its text.
    if (run.length >= 2)
      report.findings.push({
        rule: 'heading.value',
        places: run.map((block) => placeIn(block, 0, block.text.length)),
        values: { name: run.map(({ text }) => bareHeading(text)).join('; '), given: '' },
      });
    run = [];
  };
  for (const block of reading.blocks) {
    const title = bareHeading(block.text);
    // A lone unit or word is what the chart has left.
    if (title.length <= 6 && run.length > 0) continue;
    const names =
      block.kind !== 'row' &&
      block.kind !== 'contents' &&
      title.length <= 80 &&
      objective.test(title) &&
      (/\p{Script=Han}{6}/u.test(title) || tellingWords(title.replace(objective, '')).length >= 2);
    if (names) run.push(block);
    else {
      // The last of a row may have its text: only a heading or nothing at all leaves it empty.
      if (
        run.length >= 2 &&
        block.kind === 'paragraph' &&
        /\d/.test(block.text.slice(0, 200)) &&
        tellsOf(run.at(-1), block)
      )
        run.pop();
      close();
    }
  }
  close();
}

/** Whether the text below speaks of what the heading names. */
function tellsOf(heading: Block | undefined, block: Block): boolean {
  if (heading === undefined) return false;
  const wanted = tellingWords(bareHeading(heading.text).replace(objective, ''));
  const there = new Set(tellingWords(block.text.slice(0, 400)));
  return wanted.filter((word) => there.has(word)).length * 2 >= wanted.length;
}

/** Rows of a table of two columns that name something and say nothing of it. */
function rows(reading: Reading, report: Report): void {
  let table: Block[] = [];
  const close = () => {
    const cut = table.map((block) => ({ block, cells: block.text.split('\t').map((cell) => cell.trim()) }));
    const empty = cut.filter(({ cells }) => cells.length === 1 || cells[1] === '');
    const full = cut.length - empty.length;
    if (
      full >= 3 &&
      empty.length > 0 &&
      empty.length <= full / 2 &&
      cut.every(({ cells }) => cells.length <= 2) &&
      empty.every(({ cells }) => (cells[0]?.length ?? 0) >= 8)
    )
      report.findings.push({
        rule: 'table.empty',
        places: empty.map(({ block, cells }) => placeIn(block, 0, (cells[0] ?? '').length)),
        values: { name: empty.map(({ cells }) => cells[0] ?? '').join('; ') },
      });
    table = [];
  };
  for (const block of reading.blocks) {
    if (block.kind === 'row' && !block.raw.startsWith('|')) table.push(block);
    else if (table.length > 0) close();
  }
  close();
}
