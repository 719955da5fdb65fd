import { compare, divide, multiply, type Rational, rational } from '../../model/index.ts';
import { interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { overlaps } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';
import { rounded, weigh } from './whole.ts';
import { stem } from './words.ts';

/** Totals that stand behind their parts, and amounts told a piece beside the whole and the number of pieces. */
export function checkBehind(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length < 3) continue;
    for (let at = 2; at < sentence.quantities.length; at += 1) {
      sum(sentence, at, report);
      each(sentence, at, report);
    }
  }
  return report;
}

const base = ({ value, factor }: Quantity): Rational => multiply(value, factor);
const summed = /^(?: [a-z-]+){0,3} (?:in (?:total|all)|altogether|all together|in sum)\b/;
const sumWord = /[,，]?\s*(?:(?:for )?a total of|totall?ing|making|together|共计?|合计|总计|一共)\s*$/;

/** `21 kindergartens, 18 primary schools and 3 high schools, 54 schools in total`; 幼儿园32所、小学25所，共计57所 */
function sum(sentence: Sentence, at: number, report: Report): void {
  const whole = sentence.quantities[at];
  if (whole === undefined || ['percent', 'points', 'times', 'years', 'duration'].includes(whole.dimension))
    return;
  const before = sentence.quantities[at - 1];
  const lead = wordsBetween(sentence, before?.end ?? 0, whole.start);
  const after = wordsBetween(sentence, whole.end, whole.end + 50);
  if (!summed.test(after) && !sumWord.test(lead)) return;
  // Between the last part and the whole stands the name of the part and nothing else.
  if (
    !/^(?: [a-z-]+){0,4}\s*[个家座项处条所辆件人名户台套株棵张只头艘]?[,，(（]\s*(?:or |making |that is |i\.e\. )?(?:for )?(?:a total of |totall?ing |together |共计?|合计|总计|一共)?\s*$/.test(
      lead,
    )
  )
    return;
  const parts: Quantity[] = [];
  for (let back = at - 1; back >= 0 && back >= at - 12; back -= 1) {
    const part = sentence.quantities[back];
    const next = parts.at(-1);
    if (part === undefined || part.dimension !== whole.dimension || part.upper !== undefined) break;
    if (part.hedge !== 'exact') return;
    if (next !== undefined) {
      const between = wordsBetween(sentence, part.end, next.start);
      if (!/^\s*[^.;；。:：()（）]{0,36}(?:[,，、]|\band\b|和|及)[^.;；。:：()（）]{0,12}$/.test(between))
        break;
      if (
        /\b(?:in|from|to|by|of|which|benefiting|covering|with|involving|for)\b|其中|惠及|涉及|覆盖/.test(
          between,
        )
      )
        break;
    }
    parts.push(part);
  }
  const own = parts.reverse();
  const [first] = own;
  if (own.length < 2 || first === undefined || whole.hedge !== 'exact' || whole.upper !== undefined) return;
  // Things of one sort only: the noun of the whole, or of the last part, goes with the parts.
  if (whole.unit === '' && own.some(({ value }) => value.d !== 1n)) return;
  if (wordsBetween(sentence, 0, first.start).match(/\b(?:from|of the)\s*$/) !== null) return;
  const around = (one: Quantity) => rounded(base(one), multiply(one.slack, one.factor));
  const { sum: total, holds, near } = weigh(own.map(around), around(whole));
  const values = {
    parts: own.map((part) => said(sentence, part)).join(' + '),
    sum: shown(divide(total, whole.factor), 3),
    whole: said(sentence, whole),
  };
  const places = [placeOf(sentence, first, whole)];
  if (holds) report.checked.push({ rule: 'sum.parts', places, values });
  else if (near) report.findings.push({ rule: 'sum.parts', places, values });
}

/** `The 12 stations have 96 chargers altogether, or 8 chargers per station`; 12座站共有充电桩96台，平均每座8台 */
function each(sentence: Sentence, at: number, report: Report): void {
  const mean = sentence.quantities[at];
  if (mean === undefined || ['percent', 'points', 'times', 'years'].includes(mean.dimension)) return;
  const lead = wordsBetween(sentence, Math.max(0, mean.start - 20), mean.start);
  const after = wordsBetween(sentence, mean.end, mean.end + 40);
  const noun = /^(?: [a-z-]+){0,2} (?:per|each|for each|for every|in each|at each) ([a-z]{3,20})\b/.exec(
    after,
  )?.[1];
  const measure = /平均每([个家座项处条所辆户村台套])[^，。；]{0,4}$/.exec(lead)?.[1];
  if (noun === undefined && measure === undefined) return;
  const earlier = sentence.quantities.slice(Math.max(0, at - 3), at);
  const pieces = earlier.find((quantity) => {
    if (quantity.dimension !== 'count' && quantity.dimension !== 'households') return false;
    if (measure !== undefined) return sentence.text.charAt(quantity.end) === measure;
    const words =
      wordsBetween(sentence, quantity.end, quantity.end + 40).match(/^(?: [a-z-]+){1,3}/)?.[0] ?? '';
    return words
      .trim()
      .split(' ')
      .some((word) => stem(word) === stem(noun ?? ''));
  });
  const whole = earlier.findLast((quantity) => quantity !== pieces && quantity.dimension === mean.dimension);
  if (pieces === undefined || whole === undefined || compare(whole.value, mean.value) <= 0) return;
  if (pieces.value.n <= 0n || pieces.upper !== undefined || pieces.hedge !== 'exact') return;
  const said3 = `${wordsBetween(sentence, Math.max(0, whole.start - 16), whole.start)}#${wordsBetween(sentence, whole.end, whole.end + 30)}`;
  if (!/\bwith\s*#|\btotal\b|altogether|in all|together|共|合计|总/.test(said3)) return;
  const { low, high } = interval(whole);
  const computed = divide(whole.value, pieces.value);
  const places = [placeOf(sentence, pieces, whole, mean)];
  const values = {
    parts: `${said(sentence, whole)} / ${said(sentence, pieces)}`,
    computed: shown(computed, 2),
    stated: said(sentence, mean),
  };
  const loose = mean.slack.n === 0n ? rational(1n, 2n) : mean.slack;
  const told = interval({ ...mean, slack: loose });
  if (overlaps({ low: divide(low, pieces.value), high: divide(high, pieces.value) }, told))
    report.checked.push({ rule: 'average.list', places, values });
  else report.findings.push({ rule: 'average.list', places, values });
}
