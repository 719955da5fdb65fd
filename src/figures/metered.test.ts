import { describe, expect, it } from 'vitest';
import { toDecimal } from '../model/index.ts';
import { coalFactor } from './coal-factors.ts';
import { type MeterTotal, meterUse, unitUse } from './metered.ts';

const meter = (over: Partial<MeterTotal>): MeterTotal => ({
  meter: 1,
  fuel: 'electricity',
  unit: 'MW.h',
  total: '1000',
  received: 2880,
  expected: 2880,
  billed: null,
  ...over,
});
const none = { product: null, limit: null };
const tce = (over: Partial<MeterTotal>, basis: 'calorific' | 'equivalent' = 'calorific', year = 2021) => {
  const value = meterUse(meter(over), basis, year).tce;
  return value === null ? null : toDecimal(value);
};

describe('energy from meters', () => {
  // GB/T 2589-2020: a kilowatt hour holds 0.1229 kg of standard coal; supplying one in 2021 burnt 302.5 g.
  it.each([
    ['calorific', 2021, '122.9'],
    ['equivalent', 2021, '302.5'],
    ['equivalent', 2020, '305.5'],
    ['equivalent', 2018, '315'],
  ] as const)('counts 1 GWh on the %s basis of %i as %s tce', (basis, year, value) => {
    expect(tce({}, basis, year)).toBe(value);
  });

  it('has no value where there is no factor, no reading, or a unit of another kind', () => {
    expect(coalFactor('electricity', 'equivalent', 2010)).toBeNull();
    expect(tce({}, 'equivalent', 2010)).toBeNull();
    expect(tce({ total: null })).toBeNull();
    expect(meterUse(meter({ fuel: 'diesel', unit: 'm3' }), 'calorific', 2021).reason).toBe('unit');
    expect(tce({ fuel: 'diesel', unit: 't', total: '2' })).toBe('2.9142');
  });

  it('raises an alarm under 90 % of readings, above 5 % between days and month, above the limit', () => {
    const alarms = (
      over: Partial<MeterTotal>,
      more: { product: string | null; limit: string | null } = none,
    ) => unitUse([meterUse(meter(over), 'calorific', 2021)], more).alarms;
    expect(alarms({ received: 2592 })).toEqual([]);
    expect(alarms({ received: 2591 })).toEqual(['incomplete']);
    expect(alarms({ billed: { month: '952.4', days: '1000' } })).toEqual([]);
    expect(alarms({ billed: { month: '952.3', days: '1000' } })).toEqual(['day-month']);
    expect(alarms({ billed: { month: '1052.7', days: '1000' } })).toEqual(['day-month']);
    expect(alarms({}, { product: '1000', limit: '122.9' })).toEqual([]);
    expect(alarms({}, { product: '999.9', limit: '122.9' })).toEqual(['above-limit']);
    expect(alarms({ expected: 0, received: 0 })).toEqual(['incomplete']);
  });

  it('adds what has a value, and says what has none', () => {
    const uses = [meter({}), meter({ meter: 2, total: null, received: 0 })].map((each) =>
      meterUse(each, 'calorific', 2021),
    );
    const unit = unitUse(uses, none);
    expect(unit.tce === null ? null : toDecimal(unit.tce)).toBe('122.9');
    expect([unit.received, unit.expected, unit.alarms]).toEqual([2880, 5760, ['incomplete']]);
  });
});
