import { decimal, divide, multiply, one, power, type Rational } from './rational.ts';
import { unitAtoms, unitPrefixes } from './unit-data.ts';

/**
 * A unit read from its code. Two units convert into each other exactly when their dimensions are equal.
 *
 * Codes are a UCUM-like grammar: components joined by `.` and `/`; a component is an atom with an optional prefix and
 * exponent (`km2`, `ug/m3`), a factor (`10*4`, `100`), or a count noun in braces (`{household}`). Examples:
 * `tce/(10*4.CNY)` is written `tce/10*4/CNY`; 万元 is `10*4.CNY`; a plain ratio is `1`.
 */
export interface Unit {
  readonly code: string;
  /** How many base units one of this unit is. */
  readonly factor: Rational;
  /** Exponent of each base dimension; never zero. Count nouns are dimensions named `{noun}`. */
  readonly dimension: ReadonlyMap<string, number>;
}

const longestCode = 80;
const cache = new Map<string, Unit>();

/** Reads a unit code; null when it is not one. */
export function parseUnit(code: string): Unit | null {
  const known = cache.get(code);
  if (known !== undefined) return known;
  if (code.length === 0 || code.length > longestCode) return null;
  let factor: Rational = one;
  const dimension = new Map<string, number>();
  let sign = 1;
  for (const piece of code.split(/([./])/)) {
    if (piece === '.') continue;
    if (piece === '/') {
      sign = -1;
      continue;
    }
    const component = readComponent(piece);
    if (component === null) return null;
    factor = sign === 1 ? multiply(factor, component.factor) : divide(factor, component.factor);
    for (const [base, exponent] of component.dimension) {
      const sum = (dimension.get(base) ?? 0) + sign * exponent;
      if (sum === 0) dimension.delete(base);
      else dimension.set(base, sum);
    }
    sign = 1;
  }
  const unit: Unit = { code, factor, dimension };
  if (cache.size < 10_000) cache.set(code, unit);
  return unit;
}

interface Component {
  readonly factor: Rational;
  readonly dimension: readonly (readonly [string, number])[];
}

function readComponent(text: string): Component | null {
  const noun = /^\{[A-Za-z0-9 _'()&,-]{1,60}\}$/.exec(text);
  if (noun !== null) return { factor: one, dimension: [[text, 1]] };
  const ten = /^10\*(-?\d{1,2})$/.exec(text);
  if (ten !== null) return { factor: power(decimal('10'), Number(ten[1])), dimension: [] };
  if (/^\d{1,9}$/.test(text)) return Number(text) === 0 ? null : { factor: decimal(text), dimension: [] };
  const atom = /^(.+?)(-?[1-4])?$/.exec(text);
  if (atom === null) return null;
  const whole = readAtom(text);
  if (whole !== null) return whole;
  const bare = readAtom(atom[1] ?? '');
  if (bare === null || atom[2] === undefined) return null;
  const exponent = Number(atom[2]);
  return {
    factor: power(bare.factor, exponent),
    dimension: bare.dimension.map(([base, each]) => [base, each * exponent] as const),
  };
}

function readAtom(symbol: string): Component | null {
  const plain = Object.hasOwn(unitAtoms, symbol) ? unitAtoms[symbol] : undefined;
  if (plain !== undefined) return { factor: fraction(plain.factor), dimension: Object.entries(plain.base) };
  const prefix = symbol.slice(0, 1);
  const rest = symbol.slice(1);
  const scale = Object.hasOwn(unitPrefixes, prefix) ? unitPrefixes[prefix] : undefined;
  const atom = Object.hasOwn(unitAtoms, rest) ? unitAtoms[rest] : undefined;
  if (scale === undefined || atom?.metric !== true) return null;
  return {
    factor: multiply(fraction(atom.factor), power(decimal('10'), scale)),
    dimension: Object.entries(atom.base),
  };
}

function fraction(text: string): Rational {
  const [n = '0', d = '1'] = text.split('/');
  return divide(decimal(n), decimal(d));
}

/** Whether values in a can be stated in b. */
export function isConvertible(a: Unit, b: Unit): boolean {
  return (
    a.dimension.size === b.dimension.size &&
    [...a.dimension].every(([base, exponent]) => b.dimension.get(base) === exponent)
  );
}

/** A value in unit `from`, stated in unit `to`; null when the two measure different things. */
export function convert(value: Rational, from: Unit, to: Unit): Rational | null {
  if (from.code === to.code) return value;
  if (!isConvertible(from, to)) return null;
  return divide(multiply(value, from.factor), to.factor);
}

/** The currency that a unit is an amount of, by its code: `CNY` for `10*4.CNY`; null when it measures something else. */
export function currencyOf(unit: Unit): string | null {
  const [only, ...rest] = unit.dimension;
  return only !== undefined && rest.length === 0 && only[1] === 1 && /^[A-Z]{3}$/.test(only[0])
    ? only[0]
    : null;
}

/** Whether values in this unit are shares: their differences are percentage points, their change is not a percentage. */
export function isShare(unit: Unit): boolean {
  return unit.code === '%' || unit.code === '[ppth]';
}
