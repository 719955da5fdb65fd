import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

/** What rates are told per: money, people. */
const isBase = (sentence: Sentence, { unit, dimension, end }: Quantity): boolean =>
  unit === 'CNY' ||
  (dimension === 'count' &&
    /^\s*(?:people|persons?|residents|inhabitants|households|人|户)/.test(
      wordsBetween(sentence, end, end + 14),
    ));

/** `0.9 tons of standard coal/60,000 yuan`: a rate is told per one, ten, a hundred, a thousand or ten thousand. */
export function checkDenominators(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences)
    for (const [index, quantity] of sentence.quantities.entries()) {
      const slash = quantity.unit.indexOf('/');
      const inUnit = slash < 0 ? null : /^\/(\d+) /.exec(quantity.unit.slice(slash));
      const next = sentence.quantities[index + 1];
      const beside =
        next !== undefined &&
        quantity.unit !== '' &&
        isBase(sentence, next) &&
        /^\s*[/／]\s*$|^ (?:[a-z]+ ){0,3}(?:per|\/) $/.test(wordsBetween(sentence, quantity.end, next.start))
          ? next
          : null;
      const base = inUnit?.[1] ?? (beside?.value.d === 1n ? String(beside.value.n) : undefined);
      if (base === undefined || !/^[2-9]0+$/.test(base)) continue;
      const stated = said(sentence, beside === null ? quantity : { start: quantity.start, end: beside.end });
      report.findings.push({
        rule: 'unit.kind',
        places: [placeOf(sentence, quantity, ...(beside === null ? [] : [beside]))],
        values: {
          stated,
          thing: '@thing.rate',
          likely: `1${'0'.repeat(base.length - 1)}`,
        },
      });
    }
  return report;
}
