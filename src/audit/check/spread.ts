import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { listsOf } from './list.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

/** `From 2012 to 2014 the index was 61.7 and 62.9 respectively`: as many values as years are promised. */
export function checkSpreads(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences)
    if (/\brespectively\b|分别/.test(sentence.text)) spread(sentence, report);
  return report;
}

function spread(sentence: Sentence, report: Report): void {
  for (const { values } of listsOf(sentence, 2)) {
    const [first, last] = [values[0], values.at(-1)];
    if (first === undefined || last === undefined) continue;
    const after = wordsBetween(sentence, last.end, last.end + 60);
    const range = sentence.times.findLast((time) => time.last > time.first && time.end <= first.start);
    if (range === undefined) continue;
    const lead = wordsBetween(sentence, range.end, first.start);
    if (!/^[^,;]{0,40}\brespectively\b/.test(after) && !/分别(?:为|是|达到?)?\s*$/.test(lead)) continue;
    // Two things in one span have a value each: only one subject may stand before the values.
    if (lead.length > 160 || /\band\b|[;；、和与及]/.test(lead)) continue;
    const years = range.last - range.first + 1;
    if (years > 12 || years < 2 || Math.abs(years - values.length) > 3) continue;
    const places = [placeOf(sentence, range, first, last)];
    const told = {
      count: String(values.length),
      range: `${range.first}–${range.last}`,
      years: String(years),
      values: values.map((value) => said(sentence, value)).join(', '),
    };
    if (years === values.length) report.checked.push({ rule: 'period.values', places, values: told });
    else report.findings.push({ rule: 'period.values', places, values: told });
  }
}
