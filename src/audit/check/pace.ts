import { directionOf } from '../read/direction.ts';
import { interval } from '../read/marks.ts';
import type { Quantity, TimeMark } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { endpointsOf } from './endpoints.ts';
import { overlaps } from './interval.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';
import { timeText } from './series.ts';
import { tellingWords } from './words.ts';

interface Fall {
  readonly sentence: Sentence;
  readonly change: Quantity;
  readonly span: TimeMark;
  readonly words: ReadonlySet<string>;
}

const yearly = /annual|yearly|per year|a year|年均|每年/;

/** Whole changes of one indicator over spans of which one lies within the other: they need one base and one price basis. */
export function checkPace(reading: Reading): Report {
  const report = emptyReport();
  const falls = reading.sentences.flatMap((sentence) => changesIn(sentence));
  for (const [index, a] of falls.entries())
    for (const b of falls.slice(index + 1)) {
      if (a.sentence.block === b.sentence.block || a.sentence.part !== b.sentence.part) continue;
      if (a.span.first === b.span.first && a.span.last === b.span.last) continue;
      const [outer, inner] = a.span.last - a.span.first >= b.span.last - b.span.first ? [a, b] : [b, a];
      if (inner.span.first < outer.span.first || inner.span.last > outer.span.last) continue;
      const common = [...a.words].filter((word) => b.words.has(word));
      const least = Math.min(a.words.size, b.words.size);
      if (
        common.length < 3 ||
        common.length < 0.8 * least ||
        common.length < 0.6 * Math.max(a.words.size, b.words.size)
      )
        continue;
      if (overlaps(interval(a.change), interval(b.change))) continue;
      report.findings.push({
        rule: 'series.change',
        places: [placeOf(a.sentence, a.change), placeOf(b.sentence, b.change)],
        values: {
          name: common.join(' '),
          one: said(a.sentence, a.change),
          other: said(b.sentence, b.change),
          when: timeText(a.span),
          latter: timeText(b.span),
        },
      });
    }
  return report;
}

/** Changes in percent that are told for a span of years and are no yearly rates. */
function changesIn(sentence: Sentence): Fall[] {
  if (sentence.block.kind === 'row') return [];
  const span = sentence.times.find(({ first, last }) => last > first);
  if (span === undefined) return [];
  const ends = new Set(endpointsOf(sentence).flatMap(({ from, to }) => [from, to]));
  return sentence.quantities.flatMap((change, index): Fall[] => {
    if (change.dimension !== 'percent' || ends.has(change)) return [];
    const before = sentence.quantities[index - 1];
    const clause = wordsBetween(
      sentence,
      Math.max(before === undefined || ends.has(before) ? 0 : before.end, span.end),
      change.start,
    );
    const lead = clause.slice(-40);
    if (
      directionOf(lead).direction === null ||
      !/(?:\bby|增长|下降|减少|提高)[^,;]{0,12}$/.test(lead) ||
      yearly.test(clause)
    )
      return [];
    const subject = clause.slice(clause.lastIndexOf(', and ') + 1);
    return [{ sentence, change, span, words: new Set(tellingWords(subject)) }];
  });
}
