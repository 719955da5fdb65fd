import type { ChartPoint } from '../../chart/index.ts';
import { formatNumber } from '../../language/index.ts';
import { decimal, divide, isZero, type Language, multiply, rational, toDecimal } from '../../model/index.ts';

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
    return { ...point, value, label: formatNumber(value, { language, decimals: 1 }) };
  });
}
