import { type Bounds, distanceScore } from './bounds.ts';
import type { Observation } from './observation.ts';
import type { Trend } from './result.ts';

/** What the trend of one series was read from. */
export interface TrendReading {
  readonly trend: Trend;
  /** Place on the scale on which goals average their indicators: below 1 ↓, 2 →, 3 ➚, from 3 ↑. */
  readonly position: number;
  readonly from: Observation;
  readonly to: Observation;
}

/** Years from 2015 to 2030: the time the needed pace is measured by. */
const yearsToGoal = 15;
const rounding = 1e-9;

/**
 * The last year in which at least half of the units that ever report an indicator have a value of it: the year at
 * which its trends end. Null when there is none.
 */
export function commonYear(series: readonly (readonly Observation[])[]): number | null {
  const reporting = series.filter((one) => one.some(({ value }) => value !== null));
  const count = new Map<number, number>();
  for (const one of reporting)
    for (const year of new Set(
      one.flatMap(({ year, value }) => (year !== null && value !== null ? [year] : [])),
    ))
      count.set(year, (count.get(year) ?? 0) + 1);
  const years = [...count].filter(([, units]) => units * 2 >= reporting.length).map(([year]) => year);
  return years.length === 0 ? null : Math.max(...years);
}

/**
 * Trend arrow of the SDG Index 2019: the yearly change of the unclamped score over `window` years against the pace that
 * leads from the first score to the green threshold within 15 years. A value of the year before or after stands in for
 * a missing one. At or beyond green at the end is "maintaining": ↑.
 */
export function trendOf(
  series: readonly Observation[],
  end: number,
  window: number,
  bounds: Bounds,
  green: number,
): TrendReading | null {
  const to = nearest(series, end);
  const from = nearest(series, end - window);
  if (from === null || to === null || from.value === null || to.value === null) return null;
  const years = (to.year ?? 0) - (from.year ?? 0);
  if (years <= 0) return null;
  const [first, last, goal] = [from.value, to.value, green].map((value) => distanceScore(value, bounds));
  if (first === undefined || last === undefined || goal === undefined) return null;
  if (last >= goal) return { trend: '↑', position: 3, from, to };
  const pace = (last - first) / years;
  if (pace < -rounding) return { trend: '↓', position: Math.max(0, 1 + pace / 10), from, to };
  const needed = (goal - first) / yearsToGoal;
  const ratio = needed > 0 ? pace / needed : 0;
  // A pace that is exactly half of the needed one may miss it by the rounding of doubles.
  if (ratio < 0.5 - rounding) return { trend: '→', position: 1 + 2 * ratio, from, to };
  if (ratio < 1 - rounding) return { trend: '➚', position: 1 + 2 * ratio, from, to };
  return { trend: '↑', position: Math.min(4, 2 + ratio), from, to };
}

/** The value of a year, or of the year after or before it. */
function nearest(series: readonly Observation[], year: number): Observation | null {
  for (const wanted of [year, year + 1, year - 1]) {
    const found = series.find((one) => one.year === wanted && one.value !== null);
    if (found !== undefined) return found;
  }
  return null;
}

/** Trend of a goal: the mean of its indicators' positions, when at least three quarters of them have one. */
export function goalTrend(readings: readonly (TrendReading | null)[]): Trend | null {
  const known = readings.filter((reading) => reading !== null);
  if (known.length === 0 || known.length < readings.length * 0.75) return null;
  const at = known.reduce((sum, { position }) => sum + position, 0) / known.length;
  return at < 1 ? '↓' : at < 2 ? '→' : at < 3 ? '➚' : '↑';
}
