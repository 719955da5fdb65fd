import {
  add,
  compare,
  decimal,
  divide,
  magnitude,
  multiply,
  type Rational,
  rational,
  subtract,
} from '../../model/index.ts';
import { baseInterval, interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { overlaps } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** A whole, its part and the share told in one sentence; what is left over; shares that make more than the whole. */
export function checkPortions(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length < 2) continue;
    for (let at = 0; at < sentence.quantities.length; at += 1) {
      share(sentence, at, report);
      remainder(sentence, at, report);
      halves(sentence, at, report);
    }
    together(sentence, report);
  }
  return report;
}

const hundred = rational(100n);
const percent = rational(1n, 100n);
const counted = (dimension: string) => (dimension === 'households' ? 'count' : dimension);
const kin = (a: Quantity, b: Quantity) =>
  counted(a.dimension) === counted(b.dimension) && a.upper === undefined && b.upper === undefined;

const opens = /\b(?:of which|of them|of these|among which|among them|including)\b|其中|中，/;
const gives =
  /(?:\baccounting for|\b(?:which )?account(?:s|ed) for|\bmaking up|\brepresenting|\bor|,? an? (?:[a-z-]+ ){0,3}(?:rate|proportion|share|ratio) of|\bwith an? (?:[a-z-]+ ){0,3}(?:rate|proportion|share|ratio) of)(?: (?:about|nearly|over|approximately|more than|some))?\s*[(（]?\s*$|[，,](?:约?占比|占总数的?|占总量的?|[^，。；]{0,6}(?:率|比例|比重))(?:为|约|达|达到|约为)?\s*$/;

/** `17,000 buses, of which 12,000 are electric, accounting for 82.6 %`; 8万户居民中，完成改造6万户，改造率达85% */
function share(sentence: Sentence, at: number, report: Report): void {
  const [whole, part, rate] = sentence.quantities.slice(at, at + 3);
  if (whole === undefined || part === undefined || rate?.dimension !== 'percent') return;
  if (!kin(whole, part) || whole.dimension === 'percent' || part.value.n <= 0n) return;
  const [w, p] = [baseInterval(whole), baseInterval(part)];
  if (compare(p.low, w.high) > 0) return;
  const lead = wordsBetween(sentence, Math.max(0, whole.start - 10), whole.start);
  const between = wordsBetween(sentence, whole.end, part.start);
  const to = wordsBetween(sentence, part.end, rate.start);
  if (between.length > 70 || to.length > 70 || /[;；。]/.test(between + to)) return;
  if (!opens.test(between) && !/(?:^|[,.;] |\bout )of (?:the |all |these )?$/.test(lead)) return;
  // A share of something else that is named is another sum.
  if (!gives.test(to) || /^\s*(?:of|in|to)\b|^的/.test(wordsBetween(sentence, rate.end, rate.end + 5)))
    return;
  if (/\b(?:growth|increase|decrease|survival|pass)\b|增|降/.test(to)) return;
  const computed = {
    low: multiply(divide(p.low, w.high), hundred),
    high: multiply(divide(p.high, w.low), hundred),
  };
  const values = {
    part: said(sentence, part),
    whole: said(sentence, whole),
    computed: `${shown(multiply(divide(multiply(part.value, part.factor), multiply(whole.value, whole.factor)), hundred), 1)} %`,
    stated: said(sentence, rate),
  };
  const places = [placeOf(sentence, whole, rate)];
  if (overlaps(computed, interval(rate))) report.checked.push({ rule: 'share.parts', places, values });
  else report.findings.push({ rule: 'share.parts', places, values });
}

const rest = /\b(?:the )?(?:remaining|rest of the|other)\s*$|(?:其余|剩余|余下|剩下)(?:的)?\s*$/;

/** `Of the 58 districts, 40 were done and the remaining 28 follow`; 70%用于……，其余40%用于……. */
function remainder(sentence: Sentence, at: number, report: Report): void {
  const last = sentence.quantities[at];
  if (last === undefined || at === 0 || last.hedge !== 'exact') return;
  const lead = wordsBetween(sentence, Math.max(0, last.start - 24), last.start);
  if (!rest.test(lead)) return;
  const other = /other\s*$/.test(lead);
  const parts: Quantity[] = [];
  let whole: Quantity | undefined;
  for (let back = at - 1; back >= 0 && back >= at - 5; back -= 1) {
    const near = sentence.quantities[back];
    const next = sentence.quantities[back + 1];
    if (near === undefined || next === undefined) break;
    const between = wordsBetween(sentence, near.end, next.start);
    if (between.length > 140 || (/[;；]/.test(between) && back < at - 1)) break;
    if (!kin(near, last)) continue;
    const before = wordsBetween(sentence, Math.max(0, near.start - 16), near.start);
    if (last.dimension !== 'percent' && /(?:^|[,.;] )\s*(?:of|among) (?:the |all |these )?$/.test(before)) {
      whole = near;
      break;
    }
    parts.push(near);
  }
  if (parts.length === 0 || parts.some(({ hedge }) => hedge !== 'exact')) return;
  const sum = [...parts, last].map((part) => multiply(part.value, part.factor)).reduce(add);
  const slack = [...parts, last].map((part) => multiply(part.slack, part.factor)).reduce(add);
  if (last.dimension === 'percent') {
    if (parts.length > 1 || other || /\b(?:increase|growth|rate)\b|增|率/.test(lead)) return;
    const only = parts[0];
    if (only === undefined || compare(only.value, hundred) >= 0) return;
    const before = wordsBetween(sentence, Math.max(0, only.start - 40), only.start);
    if (/\b(?:by|up|down|rate of|increased|decreased)\s*$|[增降升率]\S{0,3}$/.test(before)) return;
    return void tell(
      sentence,
      [only, last],
      sum,
      { value: multiply(hundred, last.factor), text: '100 %' },
      slack,
      report,
    );
  }
  if (whole === undefined) return;
  const value = multiply(whole.value, whole.factor);
  const room = add(slack, multiply(whole.slack, whole.factor));
  tell(
    sentence,
    [whole, ...parts.reverse(), last],
    sum,
    { value, text: said(sentence, whole) },
    room,
    report,
  );
}

const contrary =
  /\b(?:passed|qualified|succeeded)\b.*\b(?:failed|did not)\b|\b(?:completed|finished|done)\b.*\b(?:under construction|in progress|pending|unfinished|not yet)\b|\bapproved\b.*\b(?:rejected|refused)\b|\b(?:men|boys|males?)\b.*\b(?:women|girls|females?)\b|\b(?:women|girls|females?)\b.*\b(?:men|boys|males?)\b|\burban\b.*\brural\b|合格.*不合格|通过.*未通过|已完成.*(?:未完成|在建)|男.*女|城镇.*农村|线上.*线下/;

/** `Of the 1,250 enterprises audited, 860 passed and 490 failed`: two opposite parts make the whole. */
function halves(sentence: Sentence, at: number, report: Report): void {
  const [whole, one, two] = sentence.quantities.slice(at, at + 3);
  if (whole === undefined || one === undefined || two === undefined) return;
  if (
    !kin(whole, one) ||
    !kin(whole, two) ||
    ['percent', 'points', 'times', 'years'].includes(whole.dimension)
  )
    return;
  if ([whole, one, two].some(({ hedge }) => hedge !== 'exact')) return;
  // Ages, incomes and other means of two groups make no sum.
  if (whole.dimension === 'count' && [whole, one, two].some(({ value }) => value.d !== 1n)) return;
  if (/\b(?:average|mean|per capita|expectancy)\b|平均|人均|预期/.test(sentence.text.toLowerCase())) return;
  const lead = wordsBetween(sentence, Math.max(0, whole.start - 12), whole.start);
  const between = wordsBetween(sentence, whole.end, one.start);
  const to = wordsBetween(sentence, one.end, two.start);
  const tail = wordsBetween(sentence, two.end, two.end + 30);
  if (between.length > 60 || to.length > 50 || /[;；。]/.test(between + to)) return;
  if (
    !/(?:^|[,.;] )of (?:the |all |these )?$/.test(lead) &&
    !/\bof (?:which|them|these)\b|其中/.test(between)
  )
    return;
  const words = `${between.slice(-12)} ${to} ${tail}`;
  if (!contrary.test(words) || /\b(?:already|again|both)\b|又|均/.test(words)) return;
  // A third part, `and 12 are being planned`, goes with the two.
  const three = sentence.quantities[at + 3];
  const third =
    three !== undefined &&
    kin(whole, three) &&
    /^[^;；。]{0,40}(?:,|，|、|\band\b)[^;；。]{0,14}$/.test(wordsBetween(sentence, two.end, three.start));
  const parts = third ? [one, two, three] : [one, two];
  if (parts.some(({ hedge }) => hedge !== 'exact')) return;
  const sum = parts.map((part) => multiply(part.value, part.factor)).reduce(add);
  const slack = [whole, ...parts].map((part) => multiply(part.slack, part.factor)).reduce(add);
  const total = { value: multiply(whole.value, whole.factor), text: said(sentence, whole) };
  tell(sentence, [whole, ...parts], sum, total, slack, report);
}

function tell(
  sentence: Sentence,
  quantities: readonly Quantity[],
  sum: Rational,
  whole: { readonly value: Rational; readonly text: string },
  slack: Rational,
  report: Report,
): void {
  const last = quantities.at(-1);
  if (last === undefined) return;
  const miss = subtract(sum, whole.value);
  const size = magnitude(miss);
  const parts = quantities.filter((one) => said(sentence, one) !== whole.text);
  const values = {
    parts: parts.map((part) => said(sentence, part)).join(' + '),
    sum: `${shown(divide(sum, last.factor), 3)}${last.dimension === 'percent' ? ' %' : ''}`,
    whole: whole.text,
  };
  const places = [placeOf(sentence, ...quantities)];
  if (compare(size, slack) <= 0) report.checked.push({ rule: 'sum.parts', places, values });
  else report.findings.push({ rule: 'sum.parts', places, values });
}

const opposites =
  /\bwom[ae]n\b.*\bmen\b|\bmen\b.*\bwom[ae]n\b|\bmales?\b.*\bfemales?\b|\bfemales?\b.*\bmales?\b|\burban\b.*\brural\b|男.*女|女.*男|城镇.*农村/i;
const others = /\b(?:other|others|the rest|remaining)\b|其他|其它|其余/;

/** `coal accounts for 45.2 %, oil for 30.1 %, gas for 15.6 % and other energy for 12.1 %`: more than all of it. */
function together(sentence: Sentence, report: Report): void {
  let list: Quantity[] = [];
  const runs: Quantity[][] = [list];
  const begin = () => {
    list = [];
    runs.push(list);
  };
  for (const quantity of sentence.quantities) {
    const before = list.at(-1);
    const lead = wordsBetween(sentence, before?.end ?? Math.max(0, quantity.start - 40), quantity.start);
    const first = before === undefined || lead.length > 44 || /[;；。:：]/.test(lead);
    const told = first
      ? /\b(?:account(?:s|ed|ing)? for|made up|makes? up)\s*(?:about )?$|占比?(?:为|达)?\s*$/.test(lead)
      : /^(?: of [a-z ]{2,30})?[,，、]?\s*(?:and |while )?[a-z\p{Script=Han} -]{2,36}\b(?:account(?:s|ed|ing)? for|for)\s*$|^ of [a-z’' ]{2,40}? and (?:men|women|boys|girls|males|females)\s*$|^[，、,]?[^，、,]{1,16}(?:占比?(?:为|达)?|为)\s*$/u.test(
          lead,
        );
    if (quantity.dimension !== 'percent' || !told || quantity.upper !== undefined) {
      if (list.length > 0) begin();
      continue;
    }
    if (first) begin();
    list.push(quantity);
  }
  for (const run of runs) {
    const [first, last] = [run[0], run.at(-1)];
    if (first === undefined || last === undefined || run.length < 2) continue;
    const text = wordsBetween(sentence, Math.max(0, first.start - 40), last.end);
    const tail = wordsBetween(sentence, run.at(-2)?.end ?? 0, last.start);
    const closed = others.test(tail) || (run.length === 2 && opposites.test(text));
    const sum = run.map(({ value }) => value).reduce(add);
    const slack = run.map(({ slack: own }) => own).reduce(add);
    const over = compare(sum, add(hundred, slack)) > 0;
    const under = compare(sum, subtract(hundred, slack)) < 0;
    if (run.length < 3 && !closed) continue;
    if (over ? compare(sum, decimal('160')) > 0 : !(closed && under && compare(sum, decimal('80')) > 0))
      continue;
    report.findings.push({
      rule: 'sum.parts',
      places: [placeOf(sentence, first, last)],
      values: {
        parts: run.map((part) => said(sentence, part)).join(' + '),
        sum: `${shown(multiply(multiply(sum, percent), hundred), 2)} %`,
        whole: '100 %',
      },
    });
  }
}
