import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  canonicalDecimal,
  compare,
  decimal,
  divide,
  multiply,
  parseDecimal,
  power,
  rational,
  root,
  subtract,
  toDecimal,
  toFixed,
} from './rational.ts';

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, places]) => toFixed({ n: digits, d: 1n }, 0).concat(places > 0 ? `e-${places}` : ''));

describe('exact numbers', () => {
  it('add tenths without the error of binary floats', () => {
    expect(toDecimal(add(decimal('0.1'), decimal('0.2')))).toBe('0.3');
  });

  it('give energy per GDP of Shanghai 0.46 → 0.28 as a fall of 39.13 %', () => {
    const change = divide(subtract(decimal('0.28'), decimal('0.46')), decimal('0.46'));
    expect(toFixed(multiply(change, decimal('100')), 2)).toBe('-39.13');
  });

  it('give the average yearly growth 5.53 → 11.33 in three years as 27.0 %', () => {
    const factor = root(divide(decimal('11.33'), decimal('5.53')), 3);
    expect(toFixed(multiply(subtract(factor, decimal('1')), decimal('100')), 1)).toBe('27.0');
  });

  it('round half to even', () => {
    expect(
      ['0.125', '0.135', '-0.125', '2.5'].map((text) => toFixed(decimal(text), text === '2.5' ? 0 : 2)),
    ).toEqual(['0.12', '0.14', '-0.12', '2']);
  });

  it('write a third with 34 significant digits', () => {
    expect(toDecimal(divide(decimal('1'), decimal('3')))).toBe(`0.${'3'.repeat(34)}`);
    expect(toDecimal(divide(decimal('2e10'), decimal('3')))).toBe(`6666666666.${'6'.repeat(23)}7`);
  });

  it('keep a large whole number whole', () => {
    expect(toDecimal(decimal('123456789012345678901234567890123456789000'))).toBe(
      '123456789012345678901234567890123456789000',
    );
  });

  it.each(['', ' 1', '1,000', '0x10', '1.', '.5', 'NaN', 'Infinity', '1e9999', '１'])('refuse %j', (text) => {
    expect(parseDecimal(text)).toBeNull();
  });

  it('refuse to divide by zero', () => {
    expect(() => divide(decimal('1'), decimal('0'))).toThrow(RangeError);
    expect(() => power(decimal('0'), -1)).toThrow(RangeError);
  });

  it('read back what they write', () => {
    fc.assert(
      fc.property(
        decimals,
        (text) => compare(decimal(toDecimal(decimal(text))), decimal(text)) === 0 || text.length > 34,
      ),
    );
  });

  it('are a field: a/b·b = a and (a+b)−b = a', () => {
    fc.assert(
      fc.property(decimals, decimals, (x, y) => {
        const [a, b] = [decimal(x), decimal(y)];
        expect(subtract(add(a, b), b)).toEqual(a);
        if (b.n !== 0n) expect(multiply(divide(a, b), b)).toEqual(a);
      }),
    );
  });

  it('stay in lowest terms by whatever shorter way they are computed', () => {
    const fractions = fc
      .tuple(decimals, fc.oneof(fc.bigInt({ min: 1n, max: 1000n }), fc.bigInt({ min: 1n, max: 10n ** 25n })))
      .map(([text, d]) => rational(decimal(text).n, decimal(text).d * d));
    fc.assert(
      fc.property(fractions, fractions, (a, b) => {
        expect(add(a, b)).toEqual(rational(a.n * b.d + b.n * a.d, a.d * b.d));
        expect(subtract(a, b)).toEqual(rational(a.n * b.d - b.n * a.d, a.d * b.d));
        expect(multiply(a, b)).toEqual(rational(a.n * b.n, a.d * b.d));
        if (b.n !== 0n) expect(divide(a, b)).toEqual(rational(a.n * b.d, a.d * b.n));
      }),
    );
  });

  it('have one text, found with and without arithmetic', () => {
    const texts = fc.oneof(
      fc.stringMatching(/^-?\d{1,20}(\.\d{1,20})?$/),
      fc.constantFrom('-0', '0.0', '-0.00', '100', '0.10', '007.50', '1e3', '12e-4', '-5'),
    );
    fc.assert(fc.property(texts, (text) => canonicalDecimal(text) === toDecimal(decimal(text))));
  });

  it('take roots that, raised again, come back to 34 digits', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 20n }),
        fc.bigInt({ min: 1n, max: 10n ** 20n }),
        fc.integer({ min: 1, max: 60 }),
        (n, d, k) => {
          const value = divide({ n, d: 1n }, { n: d, d: 1n });
          const back = power(root(value, k), k);
          const error = divide(subtract(back, value), value);
          expect(compare({ n: error.n < 0n ? -error.n : error.n, d: error.d }, decimal('1e-40'))).toBe(-1);
        },
      ),
    );
  });
});
