import { compare, decimal, divide, type Figure, isZero, type Rational, subtract } from '../../model/index.ts';
import { type IndicatorEntry, periodOf, type Series } from '../catalogue.ts';
import type { PlaceView } from '../view.ts';

/** The distance between the groups of one breakdown of one indicator, in one area and period. */
export interface Gap {
  readonly entry: IndicatorEntry;
  readonly area: string;
  readonly dimension: string;
  readonly period: string;
  /** Every group with a value, the highest first. */
  readonly groups: readonly Figure[];
  /** Highest minus lowest, exact, in the unit of the indicator. */
  readonly difference: Rational;
  /** Highest over lowest; null where the lowest is zero or they differ in sign. */
  readonly times: Rational | null;
}

/** The gap of each breakdown by one dimension, in the newest period in which at least two groups have a value; widest ratio first. */
export function gapsOf(view: PlaceView): readonly Gap[] {
  const found: Gap[] = [];
  for (const entry of view.here.entries.values()) {
    const sets = new Map<string, Series[]>();
    for (const series of entry.series) {
      const [dimension, ...others] = Object.keys(series.breakdown);
      if (dimension === undefined || others.length > 0) continue;
      const name = `${series.area} ${dimension}`;
      sets.set(name, [...(sets.get(name) ?? []), series]);
    }
    for (const set of sets.values()) {
      const gap = gapOf(entry, set, view);
      if (gap !== null) found.push(gap);
    }
  }
  return found.sort((a, b) =>
    a.times === null || b.times === null
      ? Number(a.times === null) - Number(b.times === null)
      : compare(b.times, a.times),
  );
}

function gapOf(entry: IndicatorEntry, set: readonly Series[], view: PlaceView): Gap | null {
  const byPeriod = new Map<string, Figure[]>();
  for (const { values } of set)
    for (const key of values) {
      const figure = view.here.figure(key);
      if (figure.value === null || periodOf(key) === 'undated') continue;
      byPeriod.set(periodOf(key), [...(byPeriod.get(periodOf(key)) ?? []), figure]);
    }
  const period = [...byPeriod]
    .filter(([, figures]) => figures.length > 1)
    .map(([each]) => each)
    .sort()
    .at(-1);
  const [first] = set;
  if (period === undefined || first === undefined) return null;
  const groups = [...(byPeriod.get(period) ?? [])].sort((a, b) => compare(quantity(b), quantity(a)));
  const [highest, lowest] = [groups[0], groups.at(-1)];
  if (highest === undefined || lowest === undefined) return null;
  const [high, low] = [quantity(highest), quantity(lowest)];
  const comparable = !isZero(low) && high.n > 0n === low.n > 0n;
  return {
    entry,
    area: first.area,
    dimension: Object.keys(first.breakdown)[0] ?? '',
    period,
    groups,
    difference: subtract(high, low),
    times: comparable ? divide(high, low) : null,
  };
}

function quantity({ value }: Figure): Rational {
  return decimal(value ?? '0');
}
