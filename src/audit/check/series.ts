import {
  compare,
  decimal,
  divide,
  equals,
  magnitude,
  multiply,
  one,
  type Rational,
  rational,
  subtract,
} from '../../model/index.ts';
import { baseInterval } from '../read/marks.ts';
import type { TimeMark } from '../read/quantity.ts';
import type { Reading } from '../read/reading.ts';
import { type Measured, measuredOf } from './context.ts';
import { endpointsOf } from './endpoints.ts';
import { overlaps } from './interval.ts';
import { alike, weights } from './likeness.ts';
import { listsOf } from './list.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';
import { namedAs } from './words.ts';

/** One series told with different values in two places of a document. */
export function checkSeries(reading: Reading): Report {
  const report = emptyReport();
  const pairs = reading.sentences.flatMap((sentence) => endpointsOf(sentence));
  const starts = new Set(pairs.map(({ from }) => from));
  const ends = new Set(pairs.map(({ to }) => to));
  const listed = new Set(
    reading.sentences.flatMap((sentence) => listsOf(sentence).flatMap(({ values }) => values)),
  );
  const levels = measuredOf(reading).filter(
    (level) =>
      !listed.has(level.quantity) &&
      isLevel(level) &&
      !(level.time === null && (starts.has(level.quantity) || ends.has(level.quantity))),
  );
  const weight = weights(levels);
  const seen = new Set<string>();
  const used = new Set<Measured>();
  const pairsFound = [...alike(levels, weight), ...besideEach(levels, weight)].sort((x, y) => y[2] - x[2]);
  for (const [a, b, likeness, within] of pairsFound) {
    if (used.has(a) || used.has(b) || phaseOf(a) !== phaseOf(b) || isForm(a, b)) continue;
    const when = sameTime(a, b, starts);
    if (when === 'other' || isPlan(a) !== isPlan(b)) continue;
    if (when === 'undated' && (starts.has(a.quantity) || starts.has(b.quantity))) continue;
    const relation = relate(a, b, likeness);
    if (relation === 'equal' || relation === 'hedge') used.add(a).add(b);
    if (when === 'undated' && relation === 'apart' && likeness < 0.7 && farApart(a, b)) continue;
    if (relation === 'equal' || relation === 'far') continue;
    used.add(a).add(b);
    const name = nameOf(a, b);
    const key = `${name}|${said(a.sentence, a.quantity)}|${said(b.sentence, b.quantity)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const sure =
      when === 'same' && relation !== 'hedge' && (likeness >= 0.8 || (within > 0.95 && sameMonth(a, b)));
    report.findings.push({
      rule: 'series.value',
      ...(sure ? { severity: 'contradiction' as const } : {}),
      places: [placeOf(a.sentence, a.quantity), placeOf(b.sentence, b.quantity)],
      values: {
        name,
        one: said(a.sentence, a.quantity),
        other: said(b.sentence, b.quantity),
        when: timeText(a.time),
        latter: timeText(b.time),
        likeness: likeness.toFixed(2),
        reason:
          relation === 'rounding'
            ? '@reason.rounding'
            : relation === 'hedge'
              ? '@reason.hedge'
              : sure
                ? '@reason.same'
                : when === 'undated'
                  ? '@reason.undated'
                  : '@reason.scope',
      },
    });
  }
  checkStatus(levels, report);
  return report;
}

/** Two sentences of one paragraph that give one thing, in the same words, two values for one year that both name. */
function besideEach(
  levels: readonly Measured[],
  weight: ReadonlyMap<string, number>,
): ReturnType<typeof alike> extends Iterable<infer Pair> ? Pair[] : never {
  const dated = levels.filter(
    ({ sentence, time }) => time !== null && sentence.times.some(({ first, last }) => first === last),
  );
  const near = (a: Measured, b: Measured): boolean =>
    a.sentence.block === b.sentence.block &&
    a.sentence !== b.sentence &&
    [a, b].every(
      ({ sentence }) =>
        sentence.quantities.length === 1 && !/target|plan|目标|规划|上年|同期|compared/.test(sentence.text),
    );
  return [...alike(dated, weight, near)].filter(([, , likeness]) => likeness > 0.95);
}

/** One number with one name in two places, and two words for how far the thing has come. */
function checkStatus(levels: readonly Measured[], report: Report): void {
  const byValue = new Map<string, Measured[]>();
  for (const level of levels) {
    if (level.quantity.unit === '' || level.quantity.dimension === 'percent') continue;
    const key = `${level.sentence.part} ${level.quantity.value.n}/${level.quantity.value.d} ${level.quantity.unit}`;
    const group = byValue.get(key) ?? [];
    if (group.length < 40) group.push(level);
    byValue.set(key, group);
  }
  for (const group of byValue.values())
    for (const [index, a] of group.slice(0, 40).entries())
      for (const b of group.slice(index + 1, 40)) {
        const common = [...a.words].filter((word) => b.words.has(word));
        if (common.length < 2 || a.sentence.block === b.sentence.block) continue;
        const status = statusOf(a, b);
        if (status === null) continue;
        const places = [placeOf(a.sentence, a.quantity), placeOf(b.sentence, b.quantity)];
        report.findings.push({
          rule: 'series.status',
          places,
          values: { name: nameOf(a, b), ...status },
        });
      }
}

/** What both measure, in the words of the first. */
export const nameOf = (a: Measured, b: Measured): string =>
  namedAs(a.sentence.text, a.quantity.start, new Set([...a.words].filter((word) => b.words.has(word))));

export function isLevel({ quantity, lead, words }: Measured): boolean {
  if (quantity.dimension === 'count' && compare(quantity.value, rational(12n)) < 0) return false;
  if (quantity.unit === '' && /^(?:19|20)\d\d$/.test(quantity.written)) return false;
  if (/≥|≤|requirement|no less than|not exceed|target|standard value|required/.test(lead)) return false;
  if (words.size < 2 || quantity.upper !== undefined) return false;
  if (['times', 'points', 'duration'].includes(quantity.dimension)) return false;
  // A span of years is the value of a life expectancy, and of little else.
  if (quantity.dimension === 'years' && !words.has('expectancy') && !words.has('寿命')) return false;
  if (quantity.dimension === 'percent' || quantity.unit !== '')
    if (
      /\b(?:by|up|down|increase of|decrease of|growth of|rate of|growth rate|drop of|higher|lower|reduction of)\b[^,;]{0,16}$/.test(
        lead,
      )
    )
      return false;
  return true;
}

function sameTime(a: Measured, b: Measured, starts: ReadonlySet<unknown>): 'same' | 'undated' | 'other' {
  const [s, t] = [effective(a, starts), effective(b, starts)];
  if (s === null || t === null) return 'undated';
  return s === t ? 'same' : 'other';
}

/** The year a value holds for: a start takes the first year of a span, anything else the last. */
function effective({ time, quantity }: Measured, starts: ReadonlySet<unknown>): number | null {
  if (time === null || time.sense === 'since') return null;
  return starts.has(quantity) ? time.first : time.last;
}

/** `connected` in one place, only `basically connected` in another, for one and the same number. */
function statusOf(a: Measured, b: Measured): { one: string; other: string } | null {
  if (a.quantity.dimension === 'count' || a.quantity.hedge !== 'exact') return null;
  const near = ({ sentence, quantity }: Measured) =>
    sentence.text.slice(quantity.end, quantity.end + 130).toLowerCase();
  const [x, y] = [near(a), near(b)];
  const form = /\b(?:basically|preliminarily|initially|mostly) (\w{4,14}ed)\b/;
  for (const [part, whole] of [
    [x, y],
    [y, x],
  ] as const) {
    const verb = form.exec(part)?.[1];
    if (verb === undefined || form.test(whole)) continue;
    if (new RegExp(`\\b(?:been|was|were|is|are) ${verb}\\b`).test(whole))
      return { one: verb, other: form.exec(part)?.[0] ?? '' };
  }
  return null;
}

/** Two sentences of one form filled in for two sections: `The framework holds 16 measures and 5 cases` in each chapter. */
function isForm(a: Measured, b: Measured): boolean {
  if (a.time !== null || b.time !== null || a.quantity.dimension !== 'count') return false;
  const [x, y] = [a.sentence.quantities, b.sentence.quantities];
  if (x.length < 2 || x.length !== y.length) return false;
  const apart = x.filter((quantity, at) => !equals(quantity.value, y[at]?.value ?? quantity.value)).length;
  const bare = (text: string) => text.replace(/\d[\d.,]*/g, '#').slice(0, 60);
  return apart >= 2 && bare(a.sentence.text) === bare(b.sentence.text);
}

/** `phase II`, 二期: works built in stages have one value each. */
const phaseOf = ({ sentence }: Measured): string =>
  /\bphase (?:[ivx]+|\d|one|two|three)\b|[一二三]期/i.exec(sentence.block.text)?.[0].toLowerCase() ?? '';

/** Undated values of one series differ by growth; more than half as much again is another thing. */
function farApart(a: Measured, b: Measured): boolean {
  const [x, y] = [
    multiply(a.quantity.value, a.quantity.factor),
    multiply(b.quantity.value, b.quantity.factor),
  ];
  const ratio = compare(x, y) > 0 ? divide(x, y) : divide(y, x);
  return compare(ratio, decimal('1.6')) > 0;
}

/** A value that a sentence plans for a later year; beside a value reached it is no second value. */
const isPlan = ({ sentence, quantity }: Measured): boolean =>
  /\b(?:will|target|aims?|plans?|planned|strive)\b|力争|计划|目标|规划|将|到20\d\d年/i.test(
    sentence.text.slice(Math.max(0, quantity.start - 90), quantity.start),
  );

const sameMonth = (a: Measured, b: Measured): boolean =>
  a.time?.month !== undefined && a.time.month === b.time?.month && a.quantity.hedge === b.quantity.hedge;

export function relate(
  a: Measured,
  b: Measured,
  likeness: number,
): 'equal' | 'rounding' | 'hedge' | 'apart' | 'far' {
  const x = multiply(a.quantity.value, a.quantity.factor);
  const y = multiply(b.quantity.value, b.quantity.factor);
  if (x.n === 0n || y.n === 0n) return equals(x, y) ? 'equal' : 'far';
  if (equals(x, y)) {
    const hedges = new Set([a.quantity.hedge, b.quantity.hedge]);
    return hedges.has('over') && hedges.has('exact') ? 'hedge' : 'equal';
  }
  const ratio = compare(x, y) > 0 ? divide(x, y) : divide(y, x);
  if (compare(ratio, rational(likeness > 0.7 ? 5n : 3n)) > 0)
    return equals(ratio, rational(10n)) ? 'apart' : 'far';
  const within = overlaps(baseInterval(a.quantity), baseInterval(b.quantity));
  if (within && a.quantity.hedge === 'over' && b.quantity.hedge === 'over') return 'hedge';
  if (within && a.quantity.hedge !== b.quantity.hedge && loose(a, b)) return 'rounding';
  if (within) return 'equal';
  return compare(relativeGap(x, y), decimal('0.08')) < 0 && coarser(a, b) ? 'rounding' : 'apart';
}

/** Whether one of the two is told with at least five times the precision of the other. */
function coarser(a: Measured, b: Measured): boolean {
  const [x, y] = [
    multiply(a.quantity.slack, a.quantity.factor),
    multiply(b.quantity.slack, b.quantity.factor),
  ];
  const five = rational(5n);
  return compare(x, multiply(y, five)) >= 0 !== compare(y, multiply(x, five)) >= 0;
}

/** `more than 24 million` for 24.8943 million: true, but no rounding of it. */
function loose(a: Measured, b: Measured): boolean {
  const [bound, value] = a.quantity.hedge === 'over' ? [a.quantity, b.quantity] : [b.quantity, a.quantity];
  if (bound.hedge !== 'over' || value.hedge !== 'exact') return false;
  const gap = subtract(multiply(value.value, value.factor), multiply(bound.value, bound.factor));
  return compare(gap, multiply(multiply(bound.slack, bound.factor), one)) > 0;
}

function relativeGap(x: Rational, y: Rational): Rational {
  const gap = subtract(x, y);
  return divide(magnitude(gap), magnitude(x));
}

export function timeText(time: TimeMark | null): string {
  if (time === null) return '@undated';
  const month = time.month === undefined ? '' : `-${String(time.month).padStart(2, '0')}`;
  return time.first === time.last ? `${time.first}${month}` : `${time.first}–${time.last}`;
}
