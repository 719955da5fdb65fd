import {
  add,
  compare,
  convert,
  decimal,
  divide,
  multiply,
  parseUnit,
  type Rational,
  subtract,
  zero,
} from '../model/index.ts';
import { type CoalBasis, type CoalFactor, coalFactor } from './coal-factors.ts';

/** What one meter read in a period: the exact total of its day blocks, and how many readings that total is of. */
export interface MeterTotal {
  readonly meter: number;
  readonly fuel: string;
  readonly unit: string;
  /** Null: nothing was read, which is not a reading of zero. */
  readonly total: string | null;
  readonly received: number;
  readonly expected: number;
  /** What monthly bills say, and the days of the same months added up; null when there is no bill. */
  readonly billed: { readonly month: string; readonly days: string } | null;
}

export interface MeterUse extends MeterTotal {
  readonly factor: CoalFactor | null;
  /** Tonnes of standard coal; null with a reason. */
  readonly tce: Rational | null;
  readonly reason: 'none' | 'no-reading' | 'no-factor' | 'unit';
}

export type EnergyAlarm = 'incomplete' | 'day-month' | 'above-limit' | 'no-factor';

/** A unit (用能单位) in a period: what its meters add up to, and how much of what was due they say. */
export interface UnitUse {
  readonly meters: readonly MeterUse[];
  /** Sum over the meters that have a value; null when none has. */
  readonly tce: Rational | null;
  readonly received: number;
  readonly expected: number;
  /** Readings received of those expected; null when none was due. */
  readonly completeness: Rational | null;
  /** |days − month| / month over the meters that have both; null when none has. */
  readonly deviation: Rational | null;
  /** Kilograms of standard coal a tonne of product, and what is allowed; null where not both are known. */
  readonly intensity: Rational | null;
  readonly limit: string | null;
  readonly alarms: readonly EnergyAlarm[];
}

/** At least this share of readings, and at most this difference between days and month (重点用能单位能耗在线监测). */
const leastComplete = decimal('0.9');
const mostApart = decimal('0.05');
const thousand = decimal('1000');

export function meterUse(total: MeterTotal, basis: CoalBasis, year: number): MeterUse {
  const factor = coalFactor(total.fuel, basis, year);
  if (total.total === null) return { ...total, factor, tce: null, reason: 'no-reading' };
  if (factor === null) return { ...total, factor, tce: null, reason: 'no-factor' };
  const [from, to] = [parseUnit(total.unit), parseUnit(factor.unit)];
  const quantity = from === null || to === null ? null : convert(decimal(total.total), from, to);
  if (quantity === null) return { ...total, factor, tce: null, reason: 'unit' };
  return {
    ...total,
    factor,
    tce: divide(multiply(quantity, decimal(factor.kgce)), thousand),
    reason: 'none',
  };
}

/** Puts the meters of a unit together. `product`: tonnes made in the period; `limit`: kilograms of coal allowed a tonne. */
export function unitUse(
  meters: readonly MeterUse[],
  { product, limit }: { readonly product: string | null; readonly limit: string | null },
): UnitUse {
  const values = meters.flatMap(({ tce }) => tce ?? []);
  const tce = values.length === 0 ? null : values.reduce(add, zero);
  const received = meters.reduce((sum, each) => sum + each.received, 0);
  const expected = meters.reduce((sum, each) => sum + each.expected, 0);
  const completeness = expected === 0 ? null : divide(decimal(String(received)), decimal(String(expected)));
  const deviation = deviationOf(meters);
  const made = product === null ? zero : decimal(product);
  const intensity = tce === null || compare(made, zero) <= 0 ? null : divide(multiply(tce, thousand), made);
  const alarms: EnergyAlarm[] = [];
  if (completeness === null || compare(completeness, leastComplete) < 0) alarms.push('incomplete');
  if (deviation !== null && compare(deviation, mostApart) > 0) alarms.push('day-month');
  if (intensity !== null && limit !== null && compare(intensity, decimal(limit)) > 0)
    alarms.push('above-limit');
  if (meters.some(({ reason }) => reason === 'no-factor' || reason === 'unit')) alarms.push('no-factor');
  return { meters, tce, received, expected, completeness, deviation, intensity, limit, alarms };
}

/** The greatest difference that one meter has. */
function deviationOf(meters: readonly MeterTotal[]): Rational | null {
  let most: Rational | null = null;
  for (const { billed } of meters) {
    if (billed === null) continue;
    const month = decimal(billed.month);
    if (compare(month, zero) <= 0) continue;
    const apart = subtract(decimal(billed.days), month);
    const share = divide(compare(apart, zero) < 0 ? subtract(zero, apart) : apart, month);
    if (most === null || compare(share, most) > 0) most = share;
  }
  return most;
}
