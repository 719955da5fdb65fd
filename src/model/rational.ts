/**
 * Exact numbers. Every figure is computed as a fraction of two integers, so that sums, products and quotients never
 * round; a decimal appears once, at the end, by one stated rule (see {@link toDecimal}).
 */
export interface Rational {
  /** Numerator; carries the sign. */
  readonly n: bigint;
  /** Denominator, greater than zero, without a common factor with `n`. */
  readonly d: bigint;
}

/** Significant digits of a value that has no finite decimal form: those of IEEE 754 decimal128. */
export const significantDigits = 34;

/** Longest decimal text that is read: long enough for any statistic, short enough to bound the work. */
const longestText = 400;

const safe = BigInt(Number.MAX_SAFE_INTEGER);

/** Whole numbers of the product's data are short: below 2^53 the machine's own arithmetic is exact, and many times faster. */
function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b;
  while (y > safe || x > safe) {
    if (y === 0n) return x;
    [x, y] = [y, x % y];
  }
  return BigInt(smallGcd(Number(x), Number(y)));
}

function smallGcd(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y !== 0) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  return x;
}

const keptPowers: bigint[] = [];

/** 10^exponent; the powers that values and results need are made once. */
function tenTo(exponent: number): bigint {
  if (exponent > 400) return 10n ** BigInt(exponent);
  for (let next = keptPowers.length; next <= exponent; next += 1) keptPowers.push(10n ** BigInt(next));
  return keptPowers[exponent] ?? 1n;
}

/** n / d in lowest terms. Throws a RangeError when d is zero: callers test for it and give a reason. */
export function rational(n: bigint, d = 1n): Rational {
  if (d === 0n) throw new RangeError('division by zero');
  if (d < 0n) return rational(-n, -d);
  if (d === 1n) return { n, d };
  const common = gcd(n, d);
  return common === 1n ? { n, d } : { n: n / common, d: d / common };
}

export const zero: Rational = { n: 0n, d: 1n };
export const one: Rational = { n: 1n, d: 1n };

const decimalForm = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Whether {@link parseDecimal} reads a text, without reading it. */
export function isDecimal(text: string): boolean {
  return text.length <= longestText && decimalForm.test(text);
}

/**
 * Reads a decimal such as `-12.50` or `1.2e6`; null when the text is not one. No thousands separators, no spaces:
 * what a person may type is cleaned where it enters, never here.
 */
export function parseDecimal(text: string): Rational | null {
  if (text.length > longestText) return null;
  const match = decimalForm.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const scale = Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  const n = sign === '-' ? -digits : digits;
  return scale >= 0 ? { n: n * tenTo(scale), d: 1n } : rational(n, tenTo(-scale));
}

/** {@link parseDecimal} for text that is known to be a decimal: data of the product, stored values. */
export function decimal(text: string): Rational {
  const value = parseDecimal(text);
  if (value === null) throw new RangeError(`not a decimal: ${text.slice(0, 40)}`);
  return value;
}

export const negate = (a: Rational): Rational => ({ n: -a.n, d: a.d });

export function add(a: Rational, b: Rational): Rational {
  if (a.d === b.d) return rational(a.n + b.n, a.d);
  // A whole number added leaves a fraction in lowest terms.
  if (b.d === 1n) return { n: a.n + b.n * a.d, d: a.d };
  if (a.d === 1n) return { n: a.n * b.d + b.n, d: b.d };
  return rational(a.n * b.d + b.n * a.d, a.d * b.d);
}

export const subtract = (a: Rational, b: Rational): Rational => add(a, negate(b));

/** What n of one and d of the other have in common is taken out before they grow. */
export function multiply(a: Rational, b: Rational): Rational {
  if (b.n === b.d) return a;
  if (a.n === a.d) return b;
  const left = b.d === 1n ? 1n : gcd(a.n, b.d);
  const right = a.d === 1n ? 1n : gcd(b.n, a.d);
  if (left === 1n && right === 1n) return { n: a.n * b.n, d: a.d * b.d };
  return { n: (a.n / left) * (b.n / right), d: (a.d / right) * (b.d / left) };
}

/** a / b. Throws a RangeError when b is zero. */
export function divide(a: Rational, b: Rational): Rational {
  if (b.n === 0n) throw new RangeError('division by zero');
  return multiply(a, b.n < 0n ? { n: -b.d, d: -b.n } : { n: b.d, d: b.n });
}

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const equals = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;
/** |a|. */
export const magnitude = (a: Rational): Rational => (a.n < 0n ? { n: -a.n, d: a.d } : a);
export const isZero = (a: Rational): boolean => a.n === 0n;

/** The quotient of two integers rounded half to even; b > 0. */
function roundedQuotient(a: bigint, b: bigint): bigint {
  const negative = a < 0n;
  const magnitude = negative ? -a : a;
  let quotient = magnitude / b;
  const twice = 2n * (magnitude % b);
  if (twice > b || (twice === b && quotient % 2n === 1n)) quotient += 1n;
  return negative ? -quotient : quotient;
}

/** a rounded half to even at `places` decimals, as text with exactly that many decimals: `toFixed(1/8, 2)` is `0.12`. */
export function toFixed(a: Rational, places: number): string {
  return placePoint(a.d === 1n ? a.n * tenTo(places) : roundedQuotient(a.n * tenTo(places), a.d), places);
}

function placePoint(scaled: bigint, places: number): string {
  if (places === 0) return scaled.toString();
  const negative = scaled < 0n;
  const digits = (negative ? -scaled : scaled).toString().padStart(places + 1, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** The number of decimals a has when its decimal form ends, or null when it does not end. */
function finitePlaces(a: Rational): number | null {
  if (a.d === 1n) return 0;
  let rest = a.d;
  let twos = 0;
  let fives = 0;
  if (rest <= safe) {
    let small = Number(rest);
    for (; small % 2 === 0; small /= 2) twos += 1;
    for (; small % 5 === 0; small /= 5) fives += 1;
    return small === 1 ? Math.max(twos, fives) : null;
  }
  while (rest % 2n === 0n) {
    rest /= 2n;
    twos += 1;
  }
  while (rest % 5n === 0n) {
    rest /= 5n;
    fives += 1;
  }
  return rest === 1n ? Math.max(twos, fives) : null;
}

/** Decimal exponent e of a non-zero a: 10^e ≤ |a| < 10^(e+1). */
function magnitudeOf(a: Rational): number {
  const n = a.n < 0n ? -a.n : a.n;
  let e = n.toString().length - a.d.toString().length;
  const reaches = (power: number) => (power >= 0 ? n >= a.d * tenTo(power) : n * tenTo(-power) >= a.d);
  if (!reaches(e)) e -= 1;
  return e;
}

/**
 * The one way a value becomes text: exact when its decimal form ends within {@link significantDigits} digits,
 * otherwise rounded half to even at that many significant digits. Plain notation, no trailing zeros, `-0` never.
 */
export function toDecimal(a: Rational): string {
  return toDecimalText(a).text;
}

/** {@link toDecimal}, and whether the text is the whole value or was cut. */
export function toDecimalText(a: Rational): { readonly text: string; readonly exact: boolean } {
  if (a.n === 0n) return { text: '0', exact: true };
  const places = finitePlaces(a);
  const limit = Math.max(0, significantDigits - 1 - magnitudeOf(a));
  const exact = places !== null && places <= limit;
  const text = toFixed(a, exact ? places : limit);
  return { text: text.includes('.') ? text.replace(/\.?0+$/, '') : text, exact };
}

/** {@link toDecimal} of a decimal's text, without arithmetic where none is needed: `012.50` is `12.5`. */
export function canonicalDecimal(text: string): string {
  if (text.length > significantDigits || !/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text))
    return toDecimal(decimal(text));
  const plain = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return plain === '-0' ? '0' : plain;
}

/** a to a whole power; a negative power of zero throws a RangeError. |exponent| ≤ 1,000. */
export function power(a: Rational, exponent: number): Rational {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > 1000) throw new RangeError('exponent out of range');
  const n = a.n ** BigInt(Math.abs(exponent));
  const d = a.d ** BigInt(Math.abs(exponent));
  return exponent >= 0 ? rational(n, d) : rational(d, n);
}

/**
 * Floor of the k-th root of a non-negative integer: Newton's method from a double-precision guess a little too high, so
 * that it falls to the answer in three or four steps.
 */
function integerRoot(value: bigint, k: bigint): bigint {
  if (value < 2n || k === 1n) return value;
  let guess = highGuess(value, Number(k));
  for (;;) {
    const next = ((k - 1n) * guess + value / guess ** (k - 1n)) / k;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** A number above the k-th root, right to about nine digits. */
function highGuess(value: bigint, k: number): bigint {
  const hex = value.toString(16);
  const top = Number(`0x${hex.slice(0, 13)}`);
  const log = (Math.log2(top) + 4 * Math.max(0, hex.length - 13)) / k;
  const whole = Math.floor(log);
  const mantissa = BigInt(Math.ceil(2 ** (log - whole + 52)));
  const guess = whole >= 52 ? mantissa << BigInt(whole - 52) : mantissa >> BigInt(52 - whole);
  return guess + (guess >> 30n) + 1n;
}

/**
 * The k-th root of a ≥ 0 (k from 1 to 1,000), exact when it is rational with few digits, otherwise cut at ten digits
 * more than {@link significantDigits}, so that the last published digit is right. The only inexact step of any
 * figure: used for average yearly growth.
 */
export function root(a: Rational, k: number): Rational {
  if (a.n < 0n) throw new RangeError('root of a negative number');
  if (!Number.isInteger(k) || k < 1 || k > 1000) throw new RangeError('root out of range');
  if (a.n === 0n) return zero;
  const degree = BigInt(k);
  const top = integerRoot(a.n, degree);
  const bottom = integerRoot(a.d, degree);
  if (top ** degree === a.n && bottom ** degree === a.d) return rational(top, bottom);
  const places = BigInt(Math.max(0, significantDigits + 10 - Math.floor(magnitudeOf(a) / k)));
  return tenths(integerRoot((a.n * 10n ** (places * degree)) / a.d, degree), places);
}

/** n / 10^places in lowest terms: only twos and fives can be in common, and mostly there are few. */
function tenths(n: bigint, places: bigint): Rational {
  let [rest, twos, fives] = [n, places, places];
  for (; twos > 0n && rest % 2n === 0n; twos -= 1n) rest /= 2n;
  for (; fives > 0n && rest % 5n === 0n; fives -= 1n) rest /= 5n;
  return { n: rest, d: 2n ** twos * 5n ** fives };
}

/** The nearest double: for charts and statistical methods, never for a figure. */
export function toNumber(a: Rational): number {
  return Number(toDecimal(a));
}
