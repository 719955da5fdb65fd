import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, divide, equals, type Language, multiply, power } from '../model/index.ts';
import { rowUnit } from './row-unit.ts';
import { printedUnit } from './unit-text.ts';

const shown = (values: readonly string[], unit: string, language: Language) => {
  const all = values.map((value) => ({ value, decimals: value.split('.')[1]?.length ?? 0 }));
  const row = rowUnit(all, unit, language);
  return [row.head, ...all.map((each) => row.number(each))];
};

describe('a row of a table', () => {
  it('counts people by the million, in Chinese by 万', () => {
    expect(shown(['24152700', '24870900'], '{person}', 'en')).toEqual([
      'million people',
      '24.1527',
      '24.8709',
    ]);
    expect(shown(['24152700', '24870900'], '{person}', 'zh')).toEqual(['万人', '2415.27', '2487.09']);
  });

  it('states billions of yuan in 亿元', () => {
    expect(shown(['2688.8', '4321.5'], '10*9.CNY', 'en')).toEqual(['trillion yuan', '2.6888', '4.3215']);
    expect(shown(['268.88', '43.2'], '10*9.CNY', 'zh')).toEqual(['亿元', '2688.8', '432']);
  });

  it('stays as it is where values are small, far apart, or would lose a digit', () => {
    expect(shown(['0.46', '0.28'], 'tce/10*4/CNY', 'en').slice(1)).toEqual(['0.46', '0.28']);
    expect(shown(['12', '2415270000'], '{person}', 'en').slice(1)).toEqual(['12', '2,415,270,000']);
    expect(shown(['2415271'], '{person}', 'en').slice(1)).toEqual(['2,415,271']);
    expect(shown(['18.3', '14.6'], '%', 'en')).toEqual(['%', '18.3', '14.6']);
    expect(shown([], 't', 'en')).toEqual(['t']);
  });

  it('never changes a value: what is printed, times its power of ten, is what was given', () => {
    const values = fc
      .tuple(
        fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 2 }),
      )
      .map(([n, zeros, places]) =>
        places === 0 || n === 0 ? `${n}${n === 0 ? '' : '0'.repeat(zeros)}` : `${n}.${'5'.repeat(places)}`,
      );
    const units = fc.constantFrom('t', '10*4.t', '10*9.CNY', '{person}');
    const languages = fc.constantFrom<Language>('en', 'zh');
    fc.assert(
      fc.property(
        fc.array(values, { minLength: 1, maxLength: 4 }),
        units,
        languages,
        (list, unit, language) => {
          const [, ...numbers] = shown(list, unit, language);
          const factors = numbers.flatMap((number, at) => {
            const given = decimal(list[at] ?? '0');
            const printed = decimal(number.replaceAll(',', '').replace('−', '-'));
            return printed.n === 0n ? [] : [divide(given, printed)];
          });
          const [first] = factors;
          if (first === undefined) return;
          expect(factors.every((each) => equals(each, first))).toBe(true);
          const tens = multiply(first, power(decimal('10'), printedUnit(unit).scale + 12));
          expect(`${tens.n}/${tens.d}`).toMatch(/^10*\/1$/);
        },
      ),
    );
  });
});
