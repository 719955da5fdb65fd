import {
  add,
  compare,
  magnitude,
  multiply,
  type Rational,
  rational,
  subtract,
  zero,
} from '../../model/index.ts';

/** A number and how far the writer's rounding lets it reach, in one base unit. */
export interface Rounded {
  readonly value: Rational;
  readonly low: Rational;
  readonly high: Rational;
}

/** A number known to half of its last place. */
export const rounded = (value: Rational, slack: Rational): Rounded => ({
  value,
  low: subtract(value, slack),
  high: add(value, slack),
});

export interface Weighed {
  readonly sum: Rational;
  /** Whether some values that round to what is written add up. */
  readonly holds: boolean;
  /** Whether the sum misses the whole by so little that it was meant to be its sum. */
  readonly near: boolean;
}

/** A sum that misses by more than two fifths is no sum of these parts: a mean, a rate, a whole of other things. */
const farthest = rational(2n, 5n);

/**
 * Parts against their whole, the one rule for sentences, totals behind their parts and tables: every part and the whole may
 * be off by half of its last place, and no more.
 */
export function weigh(parts: readonly Rounded[], whole: Rounded): Weighed {
  const total = (of: (part: Rounded) => Rational) => parts.map(of).reduce(add, zero);
  const sum = total(({ value }) => value);
  const holds =
    compare(
      total(({ low }) => low),
      whole.high,
    ) <= 0 &&
    compare(
      total(({ high }) => high),
      whole.low,
    ) >= 0;
  const miss = magnitude(subtract(sum, whole.value));
  return { sum, holds, near: compare(miss, multiply(whole.value, farthest)) <= 0 };
}
