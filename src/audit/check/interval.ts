import {
  compare,
  divide,
  multiply,
  one,
  type Rational,
  rational,
  root,
  subtract,
  zero,
} from '../../model/index.ts';

/** A closed interval: where a rounded number may lie. */
export interface Interval {
  readonly low: Rational;
  readonly high: Rational;
}

const hundred = rational(100n);

export const overlaps = (a: Interval, b: Interval): boolean =>
  compare(a.low, b.high) <= 0 && compare(b.low, a.high) <= 0;

export const holds = ({ low, high }: Interval, value: Rational): boolean =>
  compare(low, value) <= 0 && compare(value, high) <= 0;

/** to / from over both intervals; null when the start may be zero or negative. */
export function quotient(from: Interval, to: Interval): Interval | null {
  if (compare(from.low, zero) <= 0 || compare(to.low, zero) < 0) return null;
  return { low: divide(to.low, from.high), high: divide(to.high, from.low) };
}

/** The size of the relative change in percent, without its sign. */
export function relativeChange(from: Interval, to: Interval): Interval | null {
  const ratio = quotient(from, to);
  return ratio === null ? null : magnitude(percentOf(ratio));
}

function percentOf({ low, high }: Interval): Interval {
  return { low: multiply(subtract(low, one), hundred), high: multiply(subtract(high, one), hundred) };
}

/** The size of the yearly change in percent when the ratio is reached in `periods` equal steps. */
export function yearlyChange(from: Interval, to: Interval, periods: number): Interval | null {
  const ratio = quotient(from, to);
  if (ratio === null || periods < 1 || periods > 200) return null;
  return magnitude(percentOf({ low: root(ratio.low, periods), high: root(ratio.high, periods) }));
}

/** The size of the difference. */
export function difference(from: Interval, to: Interval): Interval {
  return magnitude({ low: subtract(to.low, from.high), high: subtract(to.high, from.low) });
}

function magnitude({ low, high }: Interval): Interval {
  if (compare(low, zero) >= 0) return { low, high };
  const flip = (value: Rational) => subtract(zero, value);
  if (compare(high, zero) <= 0) return { low: flip(high), high: flip(low) };
  return { low: zero, high: compare(flip(low), high) > 0 ? flip(low) : high };
}
