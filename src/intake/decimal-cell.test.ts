import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, equals } from '../model/index.ts';
import { normalDecimal } from './decimal-cell.ts';

describe('the normal form of a decimal', () => {
  it.each([
    ['18.0', '18.0'],
    ['+7', '7'],
    ['007.50', '7.50'],
    ['-0', '0'],
    ['-0.00', '0.00'],
    ['1.2E+06', '1200000'],
    ['12e-3', '0.012'],
    ['-5e-1', '-0.5'],
    ['1.234e2', '123.4'],
    ['0e5', '0'],
  ])('of %s is %s', (typed, normal) => {
    expect(normalDecimal(typed)).toBe(normal);
  });

  it.each(['', ' 1', '1,2', '.5', '5.', '1e', 'NaN', '0x10', '1e999', '1e-99', `1${'0'.repeat(40)}`])(
    'of %j is none',
    (typed) => {
      expect(normalDecimal(typed)).toBeNull();
    },
  );

  it('has the same value, and is its own normal form', () => {
    const digits = fc.stringMatching(/^\d{1,12}$/);
    const typed = fc
      .tuple(
        fc.constantFrom('', '+', '-'),
        digits,
        fc.option(digits),
        fc.option(fc.integer({ min: -20, max: 20 })),
      )
      .map(
        ([sign, whole, places, power]) =>
          `${sign}${whole}${places === null ? '' : `.${places}`}${power === null ? '' : `e${power}`}`,
      );
    fc.assert(
      fc.property(typed, (text) => {
        const normal = normalDecimal(text);
        if (normal === null) throw new Error(`refused ${text}`);
        expect(equals(decimal(normal), decimal(text))).toBe(true);
        expect(normalDecimal(normal)).toBe(normal);
        expect(normal).toMatch(/^-?(0|[1-9]\d*)(\.\d+)?$/);
      }),
    );
  });
});
