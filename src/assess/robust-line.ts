import { quantile } from './statistics.ts';
import { normalProbability, studentProbability, studentQuantile } from './student.ts';

/** A point in time. */
export interface Point {
  readonly year: number;
  readonly value: number;
}

/**
 * A line through all points that a few of them cannot turn: the slope is the median of the slopes between every two
 * points (Theil 1950, Sen 1968), the level the median of what remains. Turning or stretching the values turns and stretches the line.
 */
export interface Line {
  readonly slope: number;
  readonly at: (year: number) => number;
  readonly points: number;
  /** Standard error of one new value in a year, or null when fewer than three points leave nothing to judge it by. */
  readonly predictionError: (year: number) => number | null;
}

/** The line through at least two points of different years; null when there are fewer. */
export function robustLine(points: readonly Point[]): Line | null {
  const slopes: number[] = [];
  points.forEach((a, i) => {
    for (const b of points.slice(i + 1))
      if (a.year !== b.year) slopes.push((b.value - a.value) / (b.year - a.year));
  });
  const slope = median(slopes);
  if (slope === null) return null;
  // Years are counted from the middle, so that far-off years lose no digits.
  const centre = points.reduce((sum, { year }) => sum + year, 0) / points.length;
  const level = median(points.map(({ year, value }) => value - slope * (year - centre))) ?? 0;
  const at = (year: number) => level + slope * (year - centre);
  const freedom = points.length - 2;
  const spread = points.reduce((sum, { year }) => sum + (year - centre) ** 2, 0);
  const squares = points.reduce((sum, { year, value }) => sum + (value - at(year)) ** 2, 0);
  return {
    slope,
    at,
    points: points.length,
    predictionError: (year) =>
      freedom < 1
        ? null
        : Math.sqrt((squares / freedom) * (1 + 1 / points.length + (year - centre) ** 2 / spread)),
  };
}

function median(values: readonly number[]): number | null {
  return quantile(values, 0.5, 7);
}

/** What can be said of the value in a year to come. */
export interface Outlook {
  readonly expected: number;
  /** Bounds between which a value falls with the stated probability; null when there are fewer than three points. */
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number;
  /** Probability that the value stands at the target or beyond it; null when there are fewer than three points. */
  readonly reaches: number | null;
}

/**
 * Outlook of a line at a year, with a prediction interval of the given level: expected value ± t(n − 2) × its standard
 * error. Values that scatter without memory are assumed; with memory the interval is too narrow.
 */
export function outlook(line: Line, year: number, target: number, direction: 1 | -1, level: number): Outlook {
  const expected = line.at(year);
  const error = line.predictionError(year);
  if (error === null) return { expected, low: null, high: null, level, reaches: null };
  const freedom = line.points - 2;
  const half = studentQuantile(0.5 + level / 2, freedom) * error;
  const ahead = direction * (expected - target);
  // Without scatter the line is taken at its word.
  const reaches = error > 0 ? studentProbability(ahead / error, freedom) : ahead >= 0 ? 1 : 0;
  return { expected, low: expected - half, high: expected + half, level, reaches };
}

/** Kendall's tau against time and the two-sided probability of so much order by chance (normal approximation, ties allowed for). */
export function monotoneTrend(points: readonly Point[]): { tau: number; chance: number } | null {
  const n = points.length;
  if (n < 3) return null;
  let order = 0;
  points.forEach((a, i) => {
    for (const b of points.slice(i + 1)) order += Math.sign(b.value - a.value) * Math.sign(b.year - a.year);
  });
  const ties = new Map<number, number>();
  for (const { value } of points) ties.set(value, (ties.get(value) ?? 0) + 1);
  let variance = n * (n - 1) * (2 * n + 5);
  let tied = 0;
  for (const t of ties.values()) {
    variance -= t * (t - 1) * (2 * t + 5);
    tied += (t * (t - 1)) / 2;
  }
  const pairs = (n * (n - 1)) / 2;
  if (variance <= 0) return { tau: 0, chance: 1 };
  const z = (order - Math.sign(order)) / Math.sqrt(variance / 18);
  return {
    tau: order / Math.sqrt((pairs - tied) * pairs),
    chance: 2 * (1 - normalProbability(Math.abs(z))),
  };
}
