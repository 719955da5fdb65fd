import { compare, multiply } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { timeOf } from './context.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

/** `61 % in 2018 and 55 % in 2022, its highest level in two decades`: the highest stands behind one that is lower. */
export function checkPeaks(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length < 2) continue;
    const claim = claims.exec(sentence.text);
    if (claim === null) continue;
    const now = sentence.quantities.findLast(({ end }) => end <= claim.index);
    if (now === undefined || !isNear(sentence, now, claim.index)) continue;
    const way = /highest|largest|most|best|最[高多大]/i.test(claim[0]) ? 1 : -1;
    const beaten = sentence.quantities.find((before) => before !== now && beats(sentence, now, before, way));
    if (beaten === undefined) continue;
    report.findings.push({
      rule: 'record.beaten',
      places: [placeOf(sentence, beaten, now)],
      values: { now: said(sentence, now), before: said(sentence, beaten) },
    });
  }
  return report;
}

const claims =
  /[,，(（–-] ?(?:the|its|their|our) (?:highest|largest|lowest|smallest|best) (?:level|value|number|figure|rate|share|total|result)?s? ?(?:in|for|since|ever|on record)\b|[，,（(]?(?:为|是|创)(?:近|过去)?(?:[一二三四五六七八九十两\d]+年来?|有记录以来|历史|\d{4}年以来)的?最[高低多少大小](?:值|水平|纪录)?/i;

/** Only the year of the value may stand between it and the claim. */
const isNear = (sentence: Sentence, { end }: Quantity, at: number): boolean =>
  /^(?: \p{Ll}+){0,3}(?: in (?:\d{4}|[a-z]+ \d{4}))?\s*$|^[个家人件万亿]{0,2}\s*$/u.test(
    wordsBetween(sentence, end, at),
  );

function beats(sentence: Sentence, now: Quantity, before: Quantity, way: number): boolean {
  if (now.dimension !== before.dimension || now.unit !== before.unit) return false;
  if (now.upper !== undefined || before.upper !== undefined) return false;
  const [t, u] = [timeOf(sentence, now), timeOf(sentence, before)];
  if (t === null || u === null || t.last === u.last) return false;
  // A peak since a year says nothing of the years before it.
  const since = /\bsince (\d{4})|(\d{4})年以来/.exec(sentence.text);
  if (since !== null && u.last < Number(since[1] ?? since[2])) return false;
  return way * compare(multiply(before.value, before.factor), multiply(now.value, now.factor)) > 0;
}
