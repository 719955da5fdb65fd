import { brokenNumbers } from '../read/broken.ts';
import type { Reading } from '../read/reading.ts';
import { placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

/** Numbers broken on their way into the text (see read/broken.ts). Each line gives one finding with all its places. */
export function checkGarbled(reading: Reading): Report {
  const report = emptyReport();
  for (const block of reading.blocks) {
    if (block.kind === 'contents' || block.kind === 'row') continue;
    const broken = brokenNumbers(block.raw);
    const first = broken[0];
    if (first === undefined) continue;
    const written = broken.map(({ start, end }) => block.raw.slice(start, end));
    const repairs = broken.map(({ repair }) => repair?.replace(/^\p{L}+ /u, '') ?? null);
    const sure = repairs.every((repair) => repair !== null);
    report.findings.push({
      rule: 'number.garbled',
      places: broken.map(({ start, end }) => placeIn(block, start, end)),
      values: {
        written: [...new Set(written)].join('”, “'),
        repaired: sure ? `: ${[...new Set(repairs)].join(', ')}` : '',
      },
    });
  }
  return report;
}
