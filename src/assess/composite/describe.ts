import { quantile } from '../statistics.ts';
import type { Matrix } from './matrix.ts';
import { present } from './matrix.ts';
import { ranksUpward } from './normalise.ts';
import { shapeOf } from './shape.ts';
import type { Structure } from './structure.ts';

/** What a column looks like before anything is done to it. */
export interface ColumnSummary {
  readonly code: string;
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  readonly median: number;
  readonly deviation: number;
  readonly skewness: number;
  readonly kurtosis: number;
  readonly available: number;
  readonly nonZero: number;
  readonly unique: number;
  /** How often the most frequent value stands. */
  readonly same: number;
}

/** Each column in numbers; a column without a value is left out. */
export function summarise(matrix: Matrix): ColumnSummary[] {
  return matrix.columns.flatMap((column, at) => {
    const values = present(column);
    if (values.length === 0) return [];
    const counts = new Map<number, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    const shape = shapeOf(values);
    const sorted = values.slice().sort();
    return [
      {
        code: matrix.codes[at] ?? '',
        least: sorted[0] ?? 0,
        most: sorted.at(-1) ?? 0,
        mean: shape.mean,
        median: quantile([...values], 0.5, 7) ?? 0,
        deviation: shape.deviation,
        skewness: shape.skewness,
        kurtosis: shape.kurtosis,
        available: values.length,
        nonZero: values.filter((value) => value !== 0).length,
        unique: counts.size,
        same: Math.max(...counts.values()),
      },
    ];
  });
}

/** An indicator in which a unit does notably well or badly. */
export interface Standpoint {
  readonly code: string;
  /** 1 is best, by the direction of the indicator; ties share the best of their ranks. */
  readonly rank: number;
  readonly value: number;
}

/**
 * The indicators of a unit by rank: its strengths and its weaknesses, `count` of each, in the order of rank. An indicator
 * whose value for the unit is the worst there is never counts as a strength, however many share it; with `skipWorst` it is
 * no weakness either (a port where there is no sea).
 */
export function standpoints(
  matrix: Matrix,
  structure: Structure,
  unit: string,
  count: number,
  skipWorst = false,
): { strengths: Standpoint[]; weaknesses: Standpoint[] } {
  const row = matrix.units.indexOf(unit);
  const all = matrix.columns.flatMap((column, at) => {
    const code = matrix.codes[at] ?? '';
    const value = column[row] ?? Number.NaN;
    if (row < 0 || Number.isNaN(value)) return [];
    const indicator = structure.indicators.find((one) => one.code === code);
    const sign = indicator?.direction === -1 ? 1 : -1;
    const rank = ranksUpward(column.map((one) => sign * one))[row] ?? 0;
    const worst = present(column).every((one) => sign * one <= sign * value);
    return [{ code, rank, value, worst }];
  });
  const ordered = all
    .map((one, at) => ({ one, at }))
    .sort((a, b) => a.one.rank - b.one.rank || a.at - b.at)
    .map(({ one }) => one);
  const plain = ({ code, rank, value }: Standpoint): Standpoint => ({ code, rank, value });
  return {
    strengths: ordered
      .filter(({ worst }) => !worst)
      .slice(0, count)
      .map(plain),
    weaknesses: ordered
      .filter(({ worst }) => !skipWorst || !worst)
      .slice(-count)
      .map(plain),
  };
}

/** Compound yearly change of a series between its first and last value; null where there is none. */
export function yearlyChange(
  points: readonly { readonly year: number; readonly value: number }[],
): number | null {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || last.year <= first.year) return null;
  if (first.value === 0 || first.value * last.value < 0) return null;
  return (last.value / first.value) ** (1 / (last.year - first.year)) - 1;
}
