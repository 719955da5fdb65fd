import { describe, expect, it } from 'vitest';
import { decimal, toDecimal, toFixed } from './rational.ts';
import { convert, isConvertible, parseUnit, type Unit } from './unit.ts';

function unit(code: string): Unit {
  const read = parseUnit(code);
  if (read === null) throw new Error(`not a unit: ${code}`);
  return read;
}

function convertText(value: string, from: string, to: string): string | null {
  const result = convert(decimal(value), unit(from), unit(to));
  return result === null ? null : toDecimal(result);
}

describe('units', () => {
  it.each([
    ['3180', 'mu', 'ha', '212'],
    ['20.8', 'km2', 'm2', '20800000'],
    ['1', '10*8.CNY', '10*4.CNY', '10000'],
    ['1683000', 'kW', 'GW', '1.683'],
    ['0.46', 'tce/10*4/CNY', 'kgce/CNY', '0.046'],
    ['1', 'tce', 'GJ', '29.3076'],
    ['27', 'ug/m3', 'mg/m3', '0.027'],
    ['18.3', '%', '1', '0.183'],
    ['2', '{household}', '{household}', '2'],
    ['1', 'a', 'mo', '12'],
  ])('%s %s is in %s %s', (value, from, to, expected) => {
    expect(convertText(value, from, to)).toBe(expected);
  });

  it('hold a tonne of coal equivalent at 8,141 kWh', () => {
    const kwh = convert(decimal('1'), unit('tce'), unit('kWh'));
    expect(kwh === null ? '' : toFixed(kwh, 0)).toBe('8141');
  });

  it.each([
    ['%', 'pp'],
    ['CNY', 'USD'],
    ['{household}', '{person}'],
    ['kW', 'kWh'],
    ['m3', 'Nm3'],
    ['Cel', 'K'],
    ['m2', 'm3'],
  ])('never turn %s into %s', (from, to) => {
    expect(isConvertible(unit(from), unit(to))).toBe(false);
  });

  it.each(['', 'furlong', '10*999', 'm9', '{<b>}', '__proto__', 'constructor', '0', 'm//s', 'x'.repeat(100)])(
    'refuse %j',
    (code) => {
      expect(parseUnit(code)).toBeNull();
    },
  );
});
