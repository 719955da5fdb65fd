import { add, compare, rational } from '../../model/index.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** Two sides that divide one thing between them: `Tenants occupy 62% of the dwellings and owners 43%`. */
export function checkSides(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) if (sentence.block.kind !== 'row') sides(sentence, report);
  return report;
}

const holds =
  /\b(?:occupy|occupies|hold|holds|fill|fills|form|forms|represent|represents|comprise|comprises|receive|receives|take up|takes up|make up|makes up)\s*$/;
const shares =
  /^ of (?:the |all |all the |its |our )?[a-z’' -]{3,40}?(?:,| and|,? while) [a-z-]{3,16}(?: [a-z-]+)?\s$/;

/** The second share has no verb and no noun of its own: both are those of the first. */
function sides(sentence: Sentence, report: Report): void {
  for (const [at, one] of sentence.quantities.entries()) {
    const other = sentence.quantities[at + 1];
    if (one.dimension !== 'percent' || other?.dimension !== 'percent') continue;
    if (one.upper !== undefined || other.upper !== undefined) continue;
    if (!holds.test(wordsBetween(sentence, Math.max(0, one.start - 16), one.start))) continue;
    if (!shares.test(wordsBetween(sentence, one.end, other.start))) continue;
    if (!/^\s*(?:[.;]|$)/.test(wordsBetween(sentence, other.end, other.end + 2))) continue;
    const sum = add(one.value, other.value);
    if (compare(sum, add(rational(100n), add(one.slack, other.slack))) <= 0) continue;
    report.findings.push({
      rule: 'sum.parts',
      places: [placeOf(sentence, one, other)],
      values: {
        parts: `${said(sentence, one)} + ${said(sentence, other)}`,
        sum: `${shown(sum)} %`,
        whole: '100 %',
      },
    });
  }
}
