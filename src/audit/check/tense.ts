import type { Reading } from '../read/reading.ts';
import { placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';
import { timeText } from './series.ts';

const past =
  /\b(?:was|were|had|reached|amounted|totall?ed|hit|rose|fell|increased|decreased|achieved|completed)\b|达到|实现|完成|接待|增长|下降|建成|增加/;

/** `will begin operation on December 26, 2018` in a text that reports the years after: copied from a plan. */
export function checkTense(reading: Reading): Report {
  const report = emptyReport();
  const reported = lastReported(reading);
  for (const sentence of reading.sentences) {
    const year = reported.get(sentence.part);
    if (year === undefined || sentence.block.kind !== 'paragraph') continue;
    for (const time of sentence.times) {
      if (time.month === undefined || time.first !== time.last || time.last >= year - 1) continue;
      const from = Math.max(0, time.start - 70);
      const match =
        /(?:将|计划|预计|拟)(?:[于在到]|将于)?\s*$|\bwill (?:be |begin |start |open |enter |complete )[^.;,“”"]{0,60}$/.exec(
          sentence.text.slice(from, time.start),
        );
      if (match === null) continue;
      const start = from + match.index;
      report.findings.push({
        rule: 'date.tense',
        places: [placeIn(sentence.block, sentence.start + start, sentence.start + time.end)],
        values: { words: sentence.text.slice(start, time.end), date: timeText(time), year: String(year) },
      });
      break;
    }
  }
  return report;
}

/** The last year of which each part of the file reports results, told in the past tense in at least three sentences. */
function lastReported(reading: Reading): Map<number, number> {
  const counts = new Map<string, number>();
  for (const { part, times, text, quantities } of reading.sentences) {
    if (quantities.length === 0 || !past.test(text)) continue;
    for (const year of new Set(times.map(({ last }) => last))) {
      const key = `${part} ${year}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const years = new Map<number, number>();
  for (const [key, count] of counts) {
    const [part = 0, year = 0] = key.split(' ').map(Number);
    if (count >= 3 && year < 2100) years.set(part, Math.max(years.get(part) ?? 0, year));
  }
  return years;
}
