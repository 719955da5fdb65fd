import { areaOf, fullScale, randomOf, type SyntheticPlan, thinned } from './plan.ts';

/** A made-up key energy user with one meter of electricity. */
export interface SyntheticMeter {
  readonly name: string;
  readonly sector: string;
  readonly area: string;
  /** Longitude and latitude. */
  readonly place: readonly [number, number];
  /** Tenths of a kilowatt hour that it uses in a quarter of an hour by day. */
  readonly level: number;
  /** Of a thousand of that by night. */
  readonly night: number;
}

const perDay = 96;
const industries = ['Steel', 'Chemicals', 'Machinery', 'Electronics', 'Textiles', 'Food'];
const buildings = ['Offices', 'Shops', 'Hotels', 'Schools', 'Hospitals'];

/** 900 enterprises and 2,100 public buildings, as Shanghai monitors them; thinned like everything else. */
export function syntheticMeters(plan: SyntheticPlan): readonly SyntheticMeter[] {
  const random = randomOf(plan, 'meters');
  const part = (from: number): number =>
    Number(`${from}.${String(random.whole(0, 49_999)).padStart(5, '0')}`);
  const several = (count: number, name: string, sectors: readonly string[], most: number, night: number) =>
    Array.from(
      { length: thinned(plan, count) },
      (_, at): SyntheticMeter => ({
        name: `${name} ${at + 1}`,
        sector: sectors[at % sectors.length] ?? '',
        area: areaOf(at),
        place: [part(121), part(31)],
        level: random.whole(500, most),
        night: random.whole(night, night + 200),
      }),
    );
  return [
    ...several(fullScale.meteredEnterprises, 'Synthetic works', industries, 40_000, 600),
    ...several(fullScale.meteredBuildings, 'Synthetic building', buildings, 4_000, 150),
  ];
}

/**
 * What a meter reads on a local day, each quarter of an hour, in kilowatt hours with one decimal. One reading in 500 is
 * lost on the way: null, which is not zero; never the first of the day.
 */
export function meterDay(
  plan: SyntheticPlan,
  { name, level, night }: SyntheticMeter,
  day: string,
): readonly (string | null)[] {
  const random = randomOf(plan, `${name} ${day}`);
  return Array.from({ length: perDay }, (_, place) => {
    const isDay = place >= 32 && place < 76;
    const tenths = Math.floor((level * (isDay ? 1000 : night) * random.whole(900, 1100)) / 1_000_000);
    return random.chance(2) && place > 0 ? null : `${Math.floor(tenths / 10)}.${tenths % 10}`;
  });
}
