import type { Localized } from '../model/index.ts';

/** 当量值: by the heat it holds. 等价值: by the coal that was burnt to make it. They differ for electricity and heat. */
export type CoalBasis = 'calorific' | 'equivalent';

/** How much standard coal (标准煤) one unit of a fuel counts as. */
export interface CoalFactor {
  readonly fuel: string;
  readonly name: Localized;
  readonly unit: string;
  /** Kilograms of standard coal in one `unit`, exact. */
  readonly kgce: string;
  readonly basis: CoalBasis | 'both';
  /** The year from which it counts; absent: always. */
  readonly from?: number;
  readonly source: Localized;
}

const gb: Localized = {
  en: 'GB/T 2589-2020, General rules for calculation of the comprehensive energy consumption, annexes A and B',
  zh: 'GB/T 2589-2020《综合能耗计算通则》附录A、附录B',
};
const nea: Localized = {
  en: 'National Energy Administration, national electricity statistics: coal used to supply a kilowatt hour, plants of 6 MW and more',
  zh: '国家能源局全国电力工业统计数据：6000千瓦及以上电厂供电标准煤耗',
};

/** Factors as rows with their sources. A fuel without a row for a basis has no value on it: it is not guessed. */
export const coalFactors: readonly CoalFactor[] = [
  ...(
    [
      ['raw_coal', 'Raw coal', '原煤', 'kg', '0.7143'],
      ['washed_coal', 'Washed coal', '洗精煤', 'kg', '0.9'],
      ['coke', 'Coke', '焦炭', 'kg', '0.9714'],
      ['crude_oil', 'Crude oil', '原油', 'kg', '1.4286'],
      ['fuel_oil', 'Fuel oil', '燃料油', 'kg', '1.4286'],
      ['gasoline', 'Gasoline', '汽油', 'kg', '1.4714'],
      ['kerosene', 'Kerosene', '煤油', 'kg', '1.4714'],
      ['diesel', 'Diesel', '柴油', 'kg', '1.4571'],
      ['lpg', 'Liquefied petroleum gas', '液化石油气', 'kg', '1.7143'],
      ['natural_gas', 'Natural gas', '天然气', 'm3', '1.33'],
    ] as const
  ).map(
    ([fuel, en, zh, unit, kgce]): CoalFactor => ({
      fuel,
      name: { en, zh },
      unit,
      kgce,
      basis: 'both',
      source: gb,
    }),
  ),
  {
    fuel: 'electricity',
    name: { en: 'Electricity', zh: '电力' },
    unit: 'kW.h',
    kgce: '0.1229',
    basis: 'calorific',
    source: gb,
  },
  ...(
    [
      [2015, '0.315'],
      [2020, '0.3055'],
      [2021, '0.3025'],
    ] as const
  ).map(
    ([from, kgce]): CoalFactor => ({
      fuel: 'electricity',
      name: { en: 'Electricity', zh: '电力' },
      unit: 'kW.h',
      kgce,
      basis: 'equivalent',
      from,
      source: nea,
    }),
  ),
  {
    fuel: 'heat',
    name: { en: 'Heat', zh: '热力' },
    unit: 'MJ',
    kgce: '0.03412',
    basis: 'calorific',
    source: gb,
  },
];

/** The factor of a fuel on a basis in a year; null when there is none. */
export function coalFactor(fuel: string, basis: CoalBasis, year: number): CoalFactor | null {
  const fitting = coalFactors.filter(
    (each) =>
      each.fuel === fuel && (each.basis === 'both' || each.basis === basis) && (each.from ?? year) <= year,
  );
  return fitting.sort((a, b) => (b.from ?? 0) - (a.from ?? 0))[0] ?? null;
}
