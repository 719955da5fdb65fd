import { equals, multiply } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { numberWords } from '../read/units.ts';
import { placeIn } from '../text.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';
import { tellingWords } from './words.ts';

/** Values that stand side by side under one name without a word on how they belong together. */
export function checkOverlaps(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) combined(sentence, report);
  for (const block of reading.blocks) storms(block.text, block, report);
  return report;
}

/** `a 74.6-km dike, combined with a 42.7-km dike and a 51.3-km dike`. */
function combined(sentence: Sentence, report: Report): void {
  const at = /\b(?:combined with|together with|along with|in combination with)\b|结合|连同/.exec(
    sentence.text.toLowerCase(),
  );
  if (at === null) return;
  const noun = (quantity: Quantity) =>
    tellingWords(wordsBetween(sentence, quantity.end, quantity.end + 24))
      .slice(0, 2)
      .join(' ');
  const [whole] = sentence.quantities.filter(
    ({ end, unit }) => end <= at.index && unit !== '' && at.index - end < 90,
  );
  if (whole === undefined || noun(whole) === '') return;
  const parts = sentence.quantities.filter(
    (quantity) => quantity.start > at.index && quantity.unit === whole.unit && noun(quantity) === noun(whole),
  );
  if (parts.length < 2) return;
  const sum = parts.reduce(
    (total, { value }) => ({ n: total.n * value.d + value.n * total.d, d: total.d * value.d }),
    { n: 0n, d: 1n },
  );
  if (equals(multiply(sum, { n: 1n, d: 1n }), whole.value)) return;
  report.findings.push({
    rule: 'sum.overlap',
    places: [placeOf(sentence, whole, ...parts)],
    values: {
      whole: said(sentence, whole),
      parts: parts.map((part) => said(sentence, part)).join(' + '),
      sum: shown(sum, 3),
    },
  });
}

/** Design storms and floods of different return periods in one paragraph: different works, or a slip. */
function storms(text: string, block: Reading['blocks'][number], report: Report): void {
  const found = [
    ...text.matchAll(
      /(?<![-–] ?(?:to )?)\b(\d{1,3}|one|two|three|five|ten|twenty|fifty)-year (storm|flood|rainstorm|rainfall)/gi,
    ),
  ].filter(
    (match) => !/\d-? ?(?:to|-) ?$/.test(text.slice(Math.max(0, (match.index ?? 0) - 6), match.index)),
  );
  const years = (match: RegExpMatchArray) =>
    numberWords.get((match[1] ?? '').toLowerCase()) ?? Number(match[1]);
  const [first] = found;
  const other = found.find(
    (match) => first !== undefined && years(match) !== years(first) && match[2] === first[2],
  );
  if (first === undefined || other === undefined) return;
  const place = (match: RegExpMatchArray) =>
    placeIn(block, match.index ?? 0, (match.index ?? 0) + match[0].length);
  report.findings.push({
    rule: 'series.value',
    places: [place(first), place(other)],
    values: {
      name: `${first[2] ?? ''}`,
      one: first[0],
      other: other[0],
      when: '@undated',
      latter: '@undated',
      reason: '@reason.scope',
    },
  });
}
