import { decimal, equals, multiply } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';
import { timeText } from './series.ts';

/** What a city keeps for a number of days: fuels, water, grain, medicines. */
const goods: readonly [string, RegExp][] = [
  ['gas', /\b(?:natural )?gas\b|\blng\b|天然气|燃气/],
  ['oil', /\b(?:oil|petrol|diesel)\b|石油|成品油/],
  ['coal', /\bcoal\b|电煤|煤炭/],
  ['water', /\bwater\b|原水|供水/],
  ['grain', /\b(?:grain|rice|food)\b|粮食|成品粮/],
];
const keeping =
  /\b(?:reserves?|guarantee[ds]?|stocks?|emergency|storage|supply)\b[^.;]{0,60}\b(?:days?|capacity|period|to|of|for|exceeds?|reach(?:es|ed)?|is|are)\b[^.;]{0,20}$|(?:储备|保障|应急|库存)[^。；]{0,14}$/;

/** Reserve days of one good told twice: `guarantee days exceed 20 days`, `emergency reserve capacity to 15 days`. */
export function checkReserves(reading: Reading): Report {
  const report = emptyReport();
  const first = new Map<string, { sentence: Sentence; quantity: Quantity }>();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (const quantity of sentence.quantities) {
      const name = goodOf(sentence, quantity);
      if (name === null) continue;
      const key = `${sentence.part} ${name}`;
      const before = first.get(key);
      if (before === undefined) first.set(key, { sentence, quantity });
      else if (before.sentence.block !== sentence.block && !same(before.quantity, quantity))
        report.findings.push({
          rule: 'series.value',
          places: [placeOf(before.sentence, before.quantity), placeOf(sentence, quantity)],
          values: {
            name: `@reserve.${name}`,
            one: said(before.sentence, before.quantity),
            other: said(sentence, quantity),
            when: whenOf(before.sentence, before.quantity),
            latter: whenOf(sentence, quantity),
            reason: '@reason.scope',
          },
        });
    }
  }
  return report;
}

function goodOf(sentence: Sentence, quantity: Quantity): string | null {
  if (quantity.dimension !== 'duration' || !/\bdays?$|天$|日$/i.test(said(sentence, quantity))) return null;
  const lead = wordsBetween(sentence, Math.max(0, quantity.start - 110), quantity.start);
  const clause = lead.slice(
    Math.max(lead.lastIndexOf(','), lead.lastIndexOf(';'), lead.lastIndexOf('，')) + 1,
  );
  if (!keeping.test(clause)) return null;
  return goods.find(([, form]) => form.test(clause))?.[0] ?? null;
}

const same = (a: Quantity, b: Quantity): boolean =>
  equals(multiply(a.value, a.factor), multiply(b.value, b.factor)) && a.value.n > decimal('0').n;

const whenOf = (sentence: Sentence, quantity: Quantity): string =>
  timeText(sentence.times.findLast(({ end }) => end <= quantity.start) ?? null);
