import { add, compare, divide, multiply, type Rational, rational, zero } from '../../model/index.ts';
import { interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { holds } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

const hundred = rational(100n);

/** The four streams of sorted household waste (四分类), as texts name them; what is recycled counts alone or with the wet waste. */
const streams: readonly [string, RegExp][] = [
  ['recyclable', /\brecyclables?\b|可回收物/i],
  ['hazardous', /\bhazardous (?:waste|garbage)|\b(?:waste|garbage), hazardous|有害垃圾/i],
  ['wet', /\b(?:wet|kitchen|food) (?:waste|garbage)|湿垃圾|厨余垃圾|易腐垃圾/i],
  ['dry', /\b(?:dry|residual|other) (?:waste|garbage)|干垃圾|其他垃圾/i],
];

/** A recycling rate beside the tonnages of the sorted streams, which give another. */
export function checkStreams(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    const tons = tonnages(sentence);
    if (tons === null) continue;
    const rate = rateNear(reading, sentence);
    if (rate === null) continue;
    const whole = [...tons.values()].reduce((sum, { value }) => add(sum, value), zero);
    const recycled = tons.get('recyclable')?.value ?? zero;
    const both = add(recycled, tons.get('wet')?.value ?? zero);
    if (compare(whole, zero) <= 0) continue;
    const shares = [recycled, both].map((part) => multiply(divide(part, whole), hundred));
    const places = [
      placeOf(rate.sentence, rate.quantity),
      placeOf(sentence, ...[...tons.values()].map(({ quantity }) => quantity)),
    ];
    const values = {
      part: [...tons.values()]
        .slice(0, 1)
        .map(({ quantity }) => said(sentence, quantity))
        .join(''),
      whole: shown(whole, 1),
      computed: `${shares.map((share) => `${shown(share, 1)} %`).join(' / ')}`,
      stated: said(rate.sentence, rate.quantity),
    };
    if (shares.some((share) => holds(interval(rate.quantity), share)))
      report.checked.push({ rule: 'share.streams', places, values });
    else report.findings.push({ rule: 'share.streams', places, values });
  }
  return report;
}

/** Tonnages by stream, in the order in which both are told; null unless recyclables and two others have one each. */
function tonnages(sentence: Sentence): Map<string, { quantity: Quantity; value: Rational }> | null {
  const amounts = sentence.quantities.filter(
    ({ dimension, unit }) => /mass/.test(dimension) || /^t\b/.test(unit),
  );
  if (amounts.length < 3 || new Set(amounts.map(({ unit }) => unit)).size !== 1) return null;
  const named = streams
    .flatMap(([name, form]) => {
      const at = sentence.text.search(form);
      return at < 0 ? [] : [{ name, at }];
    })
    .sort((a, b) => a.at - b.at);
  if (named.length !== amounts.length || !named.some(({ name }) => name === 'recyclable')) return null;
  return new Map(
    named.flatMap(({ name }, index) => {
      const quantity = amounts[index];
      return quantity === undefined
        ? []
        : [[name, { quantity, value: multiply(quantity.value, quantity.factor) }] as const];
    }),
  );
}

/** The last recycling rate that the sentence or the two before it tell. */
function rateNear(reading: Reading, sentence: Sentence): { sentence: Sentence; quantity: Quantity } | null {
  for (let back = 0; back <= 2; back += 1) {
    const near = reading.sentences[sentence.index - back];
    if (near === undefined || near.block !== sentence.block) return null;
    const quantity = near.quantities.findLast(
      ({ dimension, start }) =>
        dimension === 'percent' &&
        /\brecycling rate|回收利用率|资源化率/.test(wordsBetween(near, Math.max(0, start - 120), start)),
    );
    if (quantity !== undefined) return { sentence: near, quantity };
  }
  return null;
}
