import { compare, decimal, divide, type Figure, isZero, type Rational, subtract } from '../../model/index.ts';
import { type IndicatorEntry, newestShared, type Series } from '../catalogue.ts';
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

/** Series by group beyond which the gaps of the place itself are shown, and not those of each of its districts. */
const mostGrouped = 5_000;

const hasGroup = ({ breakdown }: Series): boolean => Object.keys(breakdown).length > 0;

/** The gap of each breakdown by one dimension, in the newest period in which at least two groups have a value; widest ratio first. */
export function gapsOf(view: PlaceView): readonly Gap[] {
  const found: Gap[] = [];
  const entries = view.here.listed;
  const grouped = entries.reduce((count, { series }) => count + series.filter(hasGroup).length, 0);
  const { area: own } = view.here.place.workspace.city;
  for (const entry of entries) {
    const sets = new Map<string, Series[]>();
    for (const series of entry.series) {
      const [dimension, ...others] = Object.keys(series.breakdown);
      if (dimension === undefined || others.length > 0) continue;
      if (grouped > mostGrouped && series.area !== own) continue;
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
  const newest = newestShared(set, view.here);
  const [first] = set;
  if (newest === null || first === undefined) return null;
  const { period } = newest;
  const groups = [...newest.figures].sort((a, b) => compare(quantity(b), quantity(a)));
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
