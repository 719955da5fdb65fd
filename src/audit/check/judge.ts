import { compare, divide, multiply, one, rational, root, subtract } from '../../model/index.ts';
import type { Draft } from '../finding.ts';
import { interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Sentence, wordsBetween } from '../read/reading.ts';
import { difference, type Interval, overlaps, quotient, relativeChange, yearlyChange } from './interval.ts';
import { placeOf, type Report, said, shown } from './report.ts';

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
  /** Another count of steps that the times allow as well: a plan of five years may begin at its year before. */
  readonly orPeriods?: number;
  /** Words just before the change. */
  readonly lead: string;
}

const hundred = rational(100n);

const ownWay =
  /\b(up|down|increase|growth|rise|rising|growing|increasing|fall|falling|declining|decreasing|dropping|decrease|decline|drop|reduction)(?: rate)?(?: of| by| reaching)?(?: \S+){0,2}\s*$|(增长|增加|提高|提升|上升|增幅|下降|降低|减少|降幅)[了为达约近超]{0,2}\s*$/;
const upward = /^(?:up|increas|grow|ris|增|上升|提高|提升)/;

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

/** Whether the stated change follows from its ends; reports either way. */
export function judge(claim: ChangeClaim, report: Report): void {
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
  const other = claim.orPeriods === undefined ? null : yearlyChange(a, b, claim.orPeriods);
  if (overlaps(rate, c) || (other !== null && overlaps(other, c))) return void ok(computed, 'change.annual');
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
  const adds = addsBefore.test(lead.slice(-40)) || /by\s*\S*\s*$/.test(lead) || /增长|增加|提高/.test(lead);
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

const addsBefore =
  /(?:\bby|\bup|\bdown|\brate of|\b(?:increase|growth|rise|decrease|decline|drop|reduction) of)(?: \S+){0,3}\s*$|(?:增长|增加|提高|上升|提升|下降|减少|降低)\S{0,3}\s*$/;
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
