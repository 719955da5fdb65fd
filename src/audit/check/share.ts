import { compare, decimal, divide, magnitude, multiply, rational, subtract } from '../../model/index.ts';
import { interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { holds } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

const hundred = rational(100n);

/** Rates told beside their counts, shares beside their values, and money beside the people who earned it. */
export function checkShares(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (const rate of sentence.quantities)
      if (rate.dimension === 'percent') rateOf(reading, sentence, rate, report);
  }
  perHead(reading, report);
  return report;
}

/** `123 were positive, a positive rate of 0.79 %`, after `15,351 were screened`: a near miss shows another base. */
function rateOf(reading: Reading, sentence: Sentence, rate: Quantity, report: Report): void {
  const lead = wordsBetween(sentence, Math.max(0, rate.start - 60), rate.start);
  if (
    !/\brate (?:of|was|is|reached)\s*$|率(?:为|达到?|是)?\s*$/.test(lead) ||
    /growth|annual|increase|增/.test(lead)
  )
    return;
  const part = sentence.quantities.findLast(
    ({ dimension, end }) => dimension === 'count' && end <= rate.start,
  );
  if (part === undefined || part.hedge !== 'exact' || part.value.n < 20n) return;
  const before = reading.sentences[sentence.index - 1];
  const wholes = [sentence, ...(before?.block === sentence.block ? [before] : [])].flatMap((near) =>
    near.quantities
      .filter(
        ({ dimension, value, hedge }) =>
          dimension === 'count' && hedge === 'exact' && compare(value, part.value) > 0,
      )
      .map((whole) => ({ near, whole })),
  );
  for (const { near, whole } of wholes) {
    if (near === sentence && whole.start > part.start) continue;
    const computed = multiply(divide(part.value, whole.value), hundred);
    const miss = subtract(computed, rate.value);
    const size = magnitude(miss);
    const places =
      near === sentence
        ? [placeOf(sentence, whole, rate)]
        : [placeOf(near, whole), placeOf(sentence, part, rate)];
    const values = {
      part: said(sentence, part),
      whole: said(near, whole),
      computed: `${shown(computed, 3)} %`,
      stated: said(sentence, rate),
    };
    if (holds(interval(rate), computed)) {
      report.checked.push({ rule: 'share.parts', places, values });
      return;
    }
    if (compare(size, multiply(rate.value, decimal('0.04'))) < 0) {
      report.findings.push({ rule: 'share.parts', severity: 'unlike', places, values });
      return;
    }
  }
}

/** Output above half a million yuan a head and year, or below a thousand, is no city's: a power of ten was lost in one. */
function perHead(reading: Reading, report: Report): void {
  const all = reading.sentences.flatMap((sentence) =>
    sentence.block.kind === 'row' ? [] : sentence.quantities.map((quantity) => ({ sentence, quantity })),
  );
  const people = all.find(
    ({ sentence, quantity }) =>
      quantity.dimension === 'count' &&
      compare(quantity.value, decimal('100000')) > 0 &&
      /\b(?:permanent |resident |total )?population of (?:about |over |more than |nearly )?$|常住人口[^，。]{0,6}$/.test(
        wordsBetween(sentence, Math.max(0, quantity.start - 40), quantity.start),
      ),
  );
  const output = all.find(
    ({ sentence, quantity }) =>
      quantity.unit === 'CNY' &&
      /\b(?:regional |total |city's )?(?:gdp|gross domestic product)(?: of| was| reached| totall?ed)?\s*$|(?:地区生产总值|gdp)[^，。]{0,6}$/i.test(
        wordsBetween(sentence, Math.max(0, quantity.start - 40), quantity.start),
      ),
  );
  if (people === undefined || output === undefined || people.sentence.part !== output.sentence.part) return;
  const each = divide(output.quantity.value, people.quantity.value);
  if (compare(each, decimal('500000')) < 0 && compare(each, decimal('1000')) > 0) return;
  report.findings.push({
    rule: 'value.impossible',
    places: [placeOf(people.sentence, people.quantity), placeOf(output.sentence, output.quantity)],
    values: { thing: '@thing.head', stated: `${shown(each, 0)} CNY`, reason: '@reason.head' },
  });
}
