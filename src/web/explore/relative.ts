import type { ChartPoint } from '../../chart/index.ts';
import { formatNumber } from '../../language/index.ts';
import {
  add,
  decimal,
  divide,
  isZero,
  type Language,
  multiply,
  type Rational,
  rational,
  toDecimal,
} from '../../model/index.ts';

const hundred = rational(100n);

/**
 * Points as a percentage of the first one that has a value: exact division, one decimal shown. Null when that first value
 * is zero, of which nothing is a percentage.
 */
export function asIndex(points: readonly ChartPoint[], language: Language): readonly ChartPoint[] | null {
  const base = points.find(({ value }) => value !== null)?.value ?? null;
  if (base === null) return points;
  const whole = decimal(base);
  if (isZero(whole)) return null;
  return points.map((point): ChartPoint => {
    if (point.value === null) return point;
    const value = toDecimal(multiply(divide(decimal(point.value), whole), hundred));
    const { interval: _, ...rest } = point;
    return { ...rest, value, label: formatNumber(value, { language, decimals: 1 }) };
  });
}

/**
 * Points as percentages of the sum of all series at their moment, one decimal shown. Where a part has no value, or the sum is zero,
 * there is no share: `noWhole` says so.
 */
export function asShares(
  series: readonly (readonly ChartPoint[])[],
  language: Language,
  noWhole: string,
): readonly (readonly ChartPoint[])[] {
  const sums = new Map<string, Rational | null>();
  const periods = new Set(series.flatMap((points) => points.map(({ period }) => period)));
  for (const period of periods) {
    let sum: Rational | null = rational(0n);
    for (const points of series) {
      const value = points.find((point) => point.period === period)?.value ?? null;
      sum = sum === null || value === null ? null : add(sum, decimal(value));
    }
    sums.set(period, sum === null || isZero(sum) ? null : sum);
  }
  return series.map((points) =>
    points.map((point): ChartPoint => {
      const sum = sums.get(point.period) ?? null;
      if (point.value === null) return point;
      const { period, status } = point;
      if (sum === null) return { period, value: null, label: '', status: 'O', reason: noWhole };
      const value = toDecimal(multiply(divide(decimal(point.value), sum), hundred));
      return { period, value, label: `${formatNumber(value, { language, decimals: 1 })} %`, status };
    }),
  );
}
