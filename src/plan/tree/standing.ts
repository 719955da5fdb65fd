import { outlook, robustLine } from '../../assess/index.ts';
import {
  add,
  compare,
  decimal,
  divide,
  multiply,
  type Observation,
  type Plan,
  parseDecimal,
  type Rational,
  rational,
  toDecimal,
  toNumber,
  yearOf,
} from '../../model/index.ts';

/**
 * A value that targets are held against: a record's, or one that is computed, by a formula or from the records of a register.
 */
export type KnownValue = Pick<Observation, 'indicator' | 'area' | 'period' | 'breakdown' | 'value' | 'unit'>;

export type StagedTarget = Plan['commitments'][number]['targets'][number];

/**
 * Where a target stands. `met` and `missed` once its year is reported; before that `on-track` or `behind` against the
 * required path; `no-number` when the plan promises none, `not-reported` when there is no value to compare.
 */
export type StandingKind = 'met' | 'missed' | 'on-track' | 'behind' | 'no-number' | 'not-reported';

export interface Standing {
  readonly kind: StandingKind;
  /** The newest value up to the target's year. */
  readonly observed: KnownValue | null;
  /** What the required path asks for in the observed year: exact; null where there is no path. */
  readonly required: string | null;
  /** Probability of standing at the target in its year (a straight line through the values so far); null with fewer than three. */
  readonly reaches: number | null;
}

const holdsFor = (value: Rational, comparator: StagedTarget['comparator'], target: Rational): boolean => {
  const order = compare(value, target);
  if (comparator === '=') return order === 0;
  if (comparator === '>=') return order >= 0;
  if (comparator === '<=') return order <= 0;
  return comparator === '>' ? order > 0 : order < 0;
};

/** Values of one series by year, oldest first; values without a year or a number are left out. */
function byYear(
  series: readonly KnownValue[],
): readonly { readonly year: number; readonly value: string; readonly observation: KnownValue }[] {
  return series
    .flatMap((observation) => {
      const year = yearOf(observation.period);
      return year === null || observation.value === null || observation.period.includes('/')
        ? []
        : [{ year, value: observation.value, observation }];
    })
    .sort((a, b) => a.year - b.year);
}

/**
 * Judges one target. `series`: the values of its indicator and area, in the target's unit; `stages`: the other
 * targets of the same indicator and area, which bend the required path; `base`: the year the plan starts from.
 */
export function standingOf(
  target: StagedTarget,
  series: readonly KnownValue[],
  stages: readonly StagedTarget[],
  base: number | null,
): Standing {
  const year = yearOf(target.period);
  const known = byYear(series.filter(({ unit }) => unit === target.unit)).filter(
    (each) => year === null || each.year <= year,
  );
  const newest = known.at(-1);
  const nothing: Standing = {
    kind: 'not-reported',
    observed: newest?.observation ?? null,
    required: null,
    reaches: null,
  };
  if (target.value === null) return { ...nothing, kind: 'no-number' };
  if (newest === undefined) return nothing;
  const goal = decimal(target.value);
  const isMet = holdsFor(decimal(newest.value), target.comparator, goal);
  const reaches = year === null ? null : chance(known, year, target);
  if (year === null || newest.year === year)
    return {
      kind: isMet ? 'met' : 'missed',
      observed: newest.observation,
      required: target.value,
      reaches: null,
    };
  const path = requiredPath(known, [...stages, target], base);
  const required = path?.find((each) => each.year === newest.year) ?? null;
  if (required === null)
    return {
      kind: isMet ? 'on-track' : 'not-reported',
      observed: newest.observation,
      required: null,
      reaches,
    };
  return {
    kind: holdsFor(decimal(newest.value), target.comparator, decimal(required.value)) ? 'on-track' : 'behind',
    observed: newest.observation,
    required: required.value,
    reaches,
  };
}

function chance(
  known: readonly { readonly year: number; readonly value: string }[],
  year: number,
  target: StagedTarget,
): number | null {
  const line = robustLine(known.map((each) => ({ year: each.year, value: toNumber(decimal(each.value)) })));
  if (line === null || target.value === null || target.comparator === '=') return null;
  const direction = target.comparator === '>=' || target.comparator === '>' ? 1 : -1;
  return outlook(line, year, toNumber(decimal(target.value)), direction, 0.8).reaches;
}

/**
 * The required path: from the value of the base year (or the first value after it) in straight lines through the staged
 * targets, one exact value a year. Null when there is no value to start from or no target with a number and a year after it.
 */
export function requiredPath(
  known: readonly { readonly year: number; readonly value: string }[],
  stages: readonly StagedTarget[],
  base: number | null,
): readonly { readonly year: number; readonly value: string }[] | null {
  const start = known.find(({ year }) => base === null || year >= base);
  if (start === undefined) return null;
  const points = stages
    .flatMap(({ period, value }) => {
      const year = yearOf(period);
      const number = value === null ? null : parseDecimal(value);
      return year === null || number === null || year <= start.year ? [] : [{ year, number }];
    })
    .sort((a, b) => a.year - b.year);
  if (points.length === 0) return null;
  const path = [{ year: start.year, value: start.value }];
  let from = { year: start.year, number: decimal(start.value) };
  for (const to of points) {
    const span = to.year - from.year;
    for (let year = from.year + 1; year <= to.year; year++) {
      const share = rational(BigInt(year - from.year), BigInt(span));
      const step = multiply(add(to.number, multiply(from.number, rational(-1n))), share);
      path.push({ year, value: toDecimal(add(from.number, step)) });
    }
    if (span > 0) from = to;
  }
  return path;
}

/** The mean pace a year that is still needed, exact: (target − newest) ÷ years left; null when there are none. */
export function neededPace(
  newest: { readonly year: number; readonly value: string },
  target: StagedTarget,
): string | null {
  const year = yearOf(target.period);
  if (year === null || target.value === null || year <= newest.year) return null;
  const gap = add(decimal(target.value), multiply(decimal(newest.value), rational(-1n)));
  return toDecimal(divide(gap, rational(BigInt(year - newest.year))));
}
