import type { Reading } from '../read/reading.ts';
import { type Block, bareHeading, placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

/** A list that announces chapters by name, and chapters whose headings have other names. */
export function checkTitles(reading: Reading): Report {
  const report = emptyReport();
  const { blocks } = reading;
  let from = 0;
  while (from < blocks.length) {
    let to = from;
    while (isItem(blocks[to]) && to - from < 20) to += 1;
    if (to - from >= 3) compare(reading, blocks.slice(from, to), report);
    from = Math.max(to, from + 1);
  }
  return report;
}

const isItem = (block: Block | undefined): boolean =>
  block !== undefined && block.text.length < 90 && /^[-●•]\s/.test(block.text) && block.kind !== 'row';

const title = (block: Block): string =>
  bareHeading(block.text)
    .replace(/^[-●•\s]+/, '')
    .replace(/[;；。.]$/, '')
    .trim()
    .toLowerCase();

/** The words that end every title of a list: `demonstration city`, 示范城. */
function tailOf(titles: readonly string[]): string | null {
  const [first = ''] = titles;
  const tail = /\p{Script=Han}{3}$/u.test(first) ? first.slice(-3) : first.split(' ').slice(-2).join(' ');
  return tail.length > 2 && titles.every((each) => each.endsWith(tail) && each !== tail) ? tail : null;
}

function compare(reading: Reading, items: readonly Block[], report: Report): void {
  const titles = items.map(title);
  const tail = tailOf(titles);
  const last = items.at(-1)?.index ?? 0;
  if (tail === null) return;
  const headings = reading.blocks.filter(
    (block) =>
      block.index > last &&
      block.kind === 'heading' &&
      block.text.startsWith('#') &&
      title(block).endsWith(tail),
  );
  const named = new Map(headings.map((block) => [title(block), block]));
  const open = [...named].filter(([name]) => !titles.includes(name));
  const missing = items.filter((block) => !named.has(title(block)));
  // Only where most of the list returns as headings do the others have other names.
  if (named.size < 3 || open.length === 0 || open.length !== missing.length || named.size === open.length)
    return;
  for (const [at, item] of missing.entries()) {
    const heading = open[at]?.[1];
    if (heading === undefined) continue;
    report.findings.push({
      rule: 'name.list',
      places: [item, heading].map((block) => placeIn(block, 0, block.text.length)),
      values: { one: bareHeading(item.text), other: bareHeading(heading.text) },
    });
  }
}
