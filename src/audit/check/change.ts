import { compare, divide, multiply, one, rational, root, subtract } from '../../model/index.ts';
import type { Draft } from '../finding.ts';
import { directionOf } from '../read/direction.ts';
import { interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { type Endpoints, endpointsOf } from './endpoints.ts';
import { difference, type Interval, overlaps, quotient, relativeChange, yearlyChange } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** A start, an end and what is said about the way between them. */
export interface ChangeClaim {
  readonly sentence: Sentence;
  readonly from: Quantity;
  readonly to: Quantity;
  readonly change: Quantity;
  /** Whether the words make the change a yearly one. */
  readonly yearly: boolean;
  /** Steps of a year between start and end, when the times say so. */
  readonly periods: number | null;
  /** Words just before the change. */
  readonly lead: string;
}

const hundred = rational(100n);

/** Compares every stated change with its end values. */
export function checkChanges(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    const pairs = endpointsOf(sentence);
    for (const pair of pairs) {
      const mean = averageLeaps(sentence, pair);
      if (mean !== null) report.findings.push(mean);
      const direction = directionFinding(sentence, pair);
      if (direction !== null) report.findings.push(direction);
      for (const change of changesNear(sentence, pair, pairs)) judge(change, report);
    }
  }
  return report;
}

const yearlyWords =
  /average annual|annual average|annually|per year|per annum|a year|yearly|each year|annual (?:growth|increase|decrease|decline)|年均|每年|平均每年/;

function changesNear(sentence: Sentence, pair: Endpoints, pairs: readonly Endpoints[]): ChangeClaim[] {
  const { quantities } = sentence;
  const first = Math.min(quantities.indexOf(pair.from), quantities.indexOf(pair.to));
  const last = Math.max(quantities.indexOf(pair.from), quantities.indexOf(pair.to));
  const taken = new Set(pairs.flatMap(({ from, to }) => [from, to]));
  const nextPair = pairs
    .map(({ from, to }) => Math.min(quantities.indexOf(from), quantities.indexOf(to)))
    .filter((index) => index > last)
    .sort((a, b) => a - b)[0];
  const claims: ChangeClaim[] = [];
  const consider = (index: number, lead: string) => {
    const change = quantities[index];
    if (change === undefined || taken.has(change) || !isChangeUnit(change, pair)) return;
    const after = wordsBetween(sentence, change.end, change.end + 24);
    const yearly =
      yearlyWords.test(lead) || /^\s*(?:per year|annually|a year|per annum|each year)/.test(after);
    claims.push({
      sentence,
      from: pair.from,
      to: pair.to,
      change,
      yearly,
      periods: periodsOf(sentence, pair),
      lead,
    });
  };
  // `increased by C from A to B`
  const before = quantities[first - 1];
  if (before !== undefined) {
    const lead = wordsBetween(sentence, quantities[first - 2]?.end ?? 0, before.start);
    const between = wordsBetween(sentence, before.end, quantities[first]?.start ?? 0);
    if (byWords.test(lead.slice(-40)) && between.length < 40) consider(first - 1, lead);
  }
  // `from A to B, a growth of C`
  for (
    let index = last + 1;
    index < Math.min(quantities.length, nextPair ?? quantities.length, last + 3);
    index += 1
  ) {
    const change = quantities[index];
    if (change === undefined) break;
    const lead = wordsBetween(sentence, quantities[index - 1]?.end ?? 0, change.start);
    if (lead.length > 110) break;
    if (newSubject.test(lead)) break;
    const open = lead.slice(lead.lastIndexOf(';') + 1);
    const passed = quantities[index - 1];
    if (
      index > last + 1 &&
      passed !== undefined &&
      !['percent', 'points', 'times', 'years', 'duration'].includes(passed.dimension)
    )
      break;
    if (/[;；]|。|\bwhile\b|\bthe (?:proportion|number|amount|share|rate)\b/.test(lead)) break;
    if (changeWords.test(open.slice(-90))) consider(index, open);
    else if (index === last + 1 && /^\s*[(（]\s*[+-]?\s*$/.test(open)) consider(index, open);
  }
  return claims;
}

/** `…, and per unit of value added it fell by`: the change belongs to what is named after the comma. */
export const newSubject =
  /, (?:and|but) (?!by\b|up\b|down\b|an?\b|the (?:average|annual|growth|rate)\b|average\b|its\b|thus\b|then\b|it\b)[^,;]{6,80}\b(?:fell|rose|grew|increased|decreased|dropped|declined|climbed)\b/;

const byWords =
  /(?:\bby|\bup|\bdown|\brate of|\b(?:increase|growth|rise|decrease|decline|drop|reduction) of)(?: \S+){0,3}\s*$|(?:增长|增加|提高|上升|提升|下降|减少|降低|增长了|提高了|下降了|减少了|增加了)\S{0,3}\s*$/;
const changeWords =
  /(?:\bby|\bup|\bdown|\brate of|\brate reached|\brate was|\bor|\b(?:increase|growth|rise|decrease|decline|drop|reduction|fall) (?:rate )?(?:of|reaching|reached|was))(?: (?:up|by|to|about|nearly|over|almost|around|approximately|more|than|some|a|an|total|of|an average|average)){0,4}\s*$|(?:增长|增加|提高|上升|提升|下降|减少|降低|增幅|降幅|增速)[了为达约近超]{0,2}\s*$/;

function isChangeUnit(change: Quantity, { from }: Endpoints): boolean {
  if (['percent', 'points', 'times'].includes(change.dimension)) return true;
  return change.dimension === from.dimension && from.dimension !== 'count';
}

function periodsOf(sentence: Sentence, { from, to }: Endpoints): number | null {
  const own = (quantity: Quantity) =>
    sentence.times.find(
      (time) => time.start >= quantity.end && time.start - quantity.end < 14 && time.first === time.last,
    );
  // Chinese puts the year before its value: 由2015年的4.9万元增加到2021年的7.8万元.
  const before = (quantity: Quantity) =>
    sentence.times.findLast(
      (time) => time.end <= quantity.start && quantity.start - time.end < 3 && time.first === time.last,
    );
  const [a, b] = [before(from) ?? own(from), before(to) ?? own(to)];
  if (a !== undefined && b !== undefined && b.first > a.first) return b.first - a.first;
  const earlier = sentence.times.filter(({ start }) => start < Math.min(from.start, to.start));
  const range = earlier.findLast(({ first, last }) => last > first);
  if (range !== undefined) return range.last - range.first;
  const [one, two] = earlier.slice(-2);
  if (one !== undefined && two !== undefined && two.first > one.first && two.start - one.end < 12)
    return two.first - one.first;
  return null;
}

function directionFinding(sentence: Sentence, { from, to, lead }: Endpoints): Draft | null {
  const { direction, word } = directionOf(lead.slice(-80));
  if (direction === null) return null;
  const [a, b] = [interval(from), interval(to)];
  const wrong = direction === 'up' ? compare(b.high, a.low) < 0 : compare(b.low, a.high) > 0;
  if (!wrong || /rank|place|position|第|名/.test(lead.slice(-80))) return null;
  return {
    rule: 'change.direction',
    places: [placeOf(sentence, from, to)],
    values: { words: word, from: said(sentence, from), to: said(sentence, to) },
  };
}

/** `From 2015 to 2021, the annual average amount of exports leaped from A to B`: one average has no two ends. */
function averageLeaps(sentence: Sentence, { from, to, lead }: Endpoints): Draft | null {
  const span = sentence.times.find(({ first, last, end }) => last > first && end <= from.start);
  const words =
    /\b(?:annual|yearly) average (?:amount|number|value|volume|output|area)\b|年均(?=[^，。；增降]{1,16}[由从])/.exec(
      lead.slice(-160),
    );
  if (span === undefined || words === null || directionOf(lead.slice(-80)).direction === null) return null;
  return {
    rule: 'change.wording',
    places: [placeOf(sentence, from, to)],
    values: {
      words: words[0],
      range: `${span.first}–${span.last}`,
      from: said(sentence, from),
      to: said(sentence, to),
    },
  };
}

const ownWay =
  /\b(up|down|increase|growth|rise|decrease|decline|drop|reduction)(?: rate)?(?: of| by| reaching)?(?: \S+){0,2}\s*$|(增长|增加|提高|提升|上升|增幅|下降|降低|减少|降幅)[了为达约近超]{0,2}\s*$/;
const upward = /^(?:up|increase|growth|rise|增|上升|提高|提升)/;

/** `from 2.24 to 3.35, down by 49.6 %`: the change's own word against the way of the numbers. */
function contrary(claim: ChangeClaim): Draft | null {
  const { sentence, from, to, change, lead } = claim;
  const match = ownWay.exec(lead.slice(-50));
  const word = match?.[1] ?? match?.[2];
  if (word === undefined || change.start < Math.max(from.end, to.end)) return null;
  const rises = compare(to.value, from.value);
  if (rises === 0 || rises > 0 === upward.test(word) || from.unit !== to.unit) return null;
  return {
    rule: 'change.direction',
    places: [placeOf(sentence, from, to, change)],
    values: { words: word, from: said(sentence, from), to: said(sentence, to) },
  };
}

function judge(claim: ChangeClaim, report: Report): void {
  const { sentence, from, to, change, yearly, periods } = claim;
  const [a, b, c] = [interval(from), interval(to), interval(change)];
  const opposed = contrary(claim);
  if (opposed !== null) return void report.findings.push(opposed);
  const places = [placeOf(sentence, from, to, change)];
  const words = { from: said(sentence, from), to: said(sentence, to), stated: said(sentence, change) };
  const ok = (computed: string, rule: 'change.endpoints' | 'change.annual' = 'change.endpoints') =>
    report.checked.push({ rule, places, values: { ...words, computed } });
  if (from.unit === '' && to.unit === '' && compare(a.low, rational(0n)) <= 0) return;
  const shareEnds = from.dimension === 'percent' && to.dimension === 'percent';
  if (change.dimension === 'times') {
    judgeTimes(claim, a, b, c, report);
    return;
  }
  if (
    change.dimension === 'points' ||
    (change.dimension === from.dimension && change.dimension !== 'percent')
  ) {
    const gap = difference(scaled(a, from), scaled(b, to));
    const stated = change.dimension === 'points' ? c : scaled(c, change);
    if (overlaps(gap, stated)) return void ok(`${shown(size(subtract(to.value, from.value)))}`);
    return void report.findings.push({
      rule: 'change.endpoints',
      places,
      values: { ...words, computed: shown(size(subtract(to.value, from.value))), reason: '@reason.unknown' },
    });
  }
  const relative = relativeChange(a, b);
  if (relative === null) return;
  const exactRelative = shown(size(multiply(subtract(divide(to.value, from.value), one), hundred)));
  if (!yearly) {
    if (overlaps(relative, c)) return void ok(`${exactRelative} %`);
    if (shareEnds && overlaps(difference(a, b), c)) {
      const points = shown(size(subtract(to.value, from.value)));
      return void report.findings.push({
        rule: 'change.points',
        places,
        values: { ...words, points, relative: exactRelative },
      });
    }
    return void report.findings.push({
      rule: 'change.endpoints',
      places,
      values: { ...words, computed: `${exactRelative} %`, reason: reasonOf(claim, a, b, c) },
    });
  }
  if (periods === null) return;
  const rate = yearlyChange(a, b, periods);
  if (rate === null) return;
  const computed = `${shown(size(multiply(subtract(root(divide(to.value, from.value), periods), one), hundred)))} %`;
  if (overlaps(rate, c)) return void ok(computed, 'change.annual');
  const value = { ...words, periods: String(periods), computed };
  if (shareEnds) return;
  report.findings.push({
    rule: 'change.annual',
    places,
    values: { ...value, reason: yearlyReason(a, b, c, periods) },
  });
}

function reasonOf({ periods }: ChangeClaim, a: Interval, b: Interval, c: Interval): string {
  if (periods !== null && periods > 1) {
    const yearly = yearlyChange(a, b, periods);
    if (yearly !== null && overlaps(yearly, c)) return '@reason.annual';
  }
  const ratio = quotient(a, b);
  if (
    ratio !== null &&
    overlaps({ low: multiply(ratio.low, hundred), high: multiply(ratio.high, hundred) }, c)
  )
    return '@reason.ratio';
  const inverse = relativeChange(b, a);
  if (inverse !== null && overlaps(inverse, c)) return '@reason.inverse';
  const relative = relativeChange(a, b);
  if (relative !== null)
    for (const factor of [10n, 100n, 1000n]) {
      const times = rational(factor);
      const larger = { low: multiply(c.low, times), high: multiply(c.high, times) };
      const smaller = { low: divide(c.low, times), high: divide(c.high, times) };
      if (overlaps(relative, larger) || overlaps(relative, smaller)) return '@reason.magnitude';
    }
  return '@reason.unknown';
}

export function yearlyReason(a: Interval, b: Interval, c: Interval, periods: number): string {
  const total = relativeChange(a, b);
  if (total !== null && overlaps(total, c)) return '@reason.total';
  if (total !== null) {
    const simple = {
      low: divide(total.low, rational(BigInt(periods))),
      high: divide(total.high, rational(BigInt(periods))),
    };
    if (overlaps(simple, c)) return '@reason.simple';
  }
  for (const other of [periods + 1, periods - 1]) {
    const rate = other < 1 ? null : yearlyChange(a, b, other);
    if (rate !== null && overlaps(rate, c)) return '@reason.periods';
  }
  return '@reason.mean';
}

/** `up by six times` from 85 to 524 is six times as much, five times more. */
function judgeTimes(claim: ChangeClaim, a: Interval, b: Interval, c: Interval, report: Report): void {
  const { sentence, from, to, change, lead } = claim;
  const ratio = quotient(a, b);
  if (ratio === null) return;
  const added = { low: subtract(ratio.low, one), high: subtract(ratio.high, one) };
  const places = [placeOf(sentence, from, to, change)];
  const computed = divide(to.value, from.value);
  const loose = change.slack.n === 0n && change.hedge === 'exact' ? widened(c) : c;
  const adds = byWords.test(lead.slice(-40)) || /by\s*\S*\s*$/.test(lead) || /增长|增加|提高/.test(lead);
  const values = {
    from: said(sentence, from),
    to: said(sentence, to),
    stated: shown(change.value),
    words: wordsBetween(sentence, change.start - 12, change.end).trim(),
    computed: shown(computed),
    added: shown(subtract(computed, one)),
    percent: shown(multiply(subtract(computed, one), hundred), 1),
    reason: '@reason.unknown',
  };
  if (overlaps(adds ? added : ratio, loose)) {
    report.checked.push({ rule: 'change.times', places, values });
    return;
  }
  if (overlaps(adds ? ratio : added, loose)) report.findings.push({ rule: 'change.times', places, values });
  else
    report.findings.push({
      rule: 'change.endpoints',
      places,
      values: { ...values, stated: said(sentence, change) },
    });
}

const halfUnit = rational(1n, 2n);
const widened = ({ low, high }: Interval): Interval => ({
  low: subtract(low, halfUnit),
  high: subtract(high, multiply(halfUnit, rational(-1n))),
});

function scaled({ low, high }: Interval, { factor }: Quantity): Interval {
  return { low: multiply(low, factor), high: multiply(high, factor) };
}

const size = <T extends { n: bigint; d: bigint }>(value: T) =>
  value.n < 0n ? { ...value, n: -value.n } : value;
