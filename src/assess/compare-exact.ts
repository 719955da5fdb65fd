import {
  compare,
  convert,
  negate,
  parseDecimal,
  parseUnit,
  type Rational,
  subtract,
} from '../model/index.ts';
import type { Comparator } from './indicator.ts';

/** Whether a stands to b as the comparator says. Exact: 0.55 is at least 0.55. */
export function holds(a: Rational, comparator: Comparator, b: Rational): boolean {
  const order = compare(a, b);
  switch (comparator) {
    case '>=':
      return order >= 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '<':
      return order < 0;
    case '=':
      return order === 0;
  }
}

/** Exact distance of a value to its threshold, positive on the good side; for `=` never positive. */
export function marginOf(a: Rational, comparator: Comparator, b: Rational): Rational {
  const above = subtract(a, b);
  if (comparator === '>=' || comparator === '>') return above;
  if (comparator === '<=' || comparator === '<') return negate(above);
  return above.n > 0n ? negate(above) : above;
}

/** A decimal text stated in the unit of the test; null when it is no decimal or measures something else. */
export function inUnit(text: string, from: string | null, to: string | null): Rational | null {
  const value = parseDecimal(text);
  if (value === null || from === null || to === null || from === to) return value;
  const [a, b] = [parseUnit(from), parseUnit(to)];
  return a === null || b === null ? null : convert(value, a, b);
}
