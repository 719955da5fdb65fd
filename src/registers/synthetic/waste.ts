import {
  areaOf,
  dayAfter,
  fullScale,
  instant,
  randomOf,
  type SyntheticCase,
  type SyntheticPlan,
  thinned,
} from './plan.ts';
import { type SeededRandom, sharedOut, thousandths } from './random.ts';

const register = 'domestic-waste';
/** Of 1,000 kg: the daily tonnages of 2020 as published, with 0.62 t a day of household hazardous waste. */
const classes = [
  { id: 'recyclable', perMillion: 211_980, ways: ['recycled'] },
  { id: 'wet', perMillion: 316_020, ways: ['recycled'] },
  { id: 'hazardous', perMillion: 21, ways: ['incinerated'] },
  { id: 'dry', perMillion: 471_979, ways: ['incinerated', 'incinerated', 'incinerated', 'landfilled'] },
] as const;
/** What one truck takes, in points and stations served by one. */
const pointsATruck = 4;

interface Code {
  readonly code: string;
  readonly area: string;
}

/** Points, trucks, stations and plants, then day by day what goes through them. Every kilogram put out is treated the same day or stays in a station. */
export function* wasteCases(plan: SyntheticPlan): Generator<SyntheticCase> {
  const random = randomOf(plan, 'waste');
  const first = instant(`${plan.year}-01-01`, 0);
  const codes = (kind: string, count: number): readonly Code[] =>
    Array.from({ length: thinned(plan, count) }, (_, at) => ({
      code: `${kind}-${at + 1}`,
      area: areaOf(at),
    }));
  const points = codes('p', fullScale.points);
  const stations = codes('s', fullScale.stations);
  const plants = codes('c', fullScale.centres);
  const trucks = codes('t', fullScale.trucks);
  const entity = (kind: string, { code, area }: Code, values: Record<string, string>): SyntheticCase => ({
    register,
    steps: [{ kind: `${kind}.added`, area, values: { code, ...values }, as: 'administrator', now: first }],
  });
  for (const each of points)
    yield entity('point', each, { name: `Point ${each.code}`, place: placeOf(random) });
  for (const each of trucks) yield entity('truck', each, { name: `SYN-${each.code}` });
  for (const each of stations)
    yield entity('station', each, { name: `Station ${each.code}`, place: placeOf(random), capacity: '300' });
  for (const each of plants)
    yield entity('plant', each, { name: `Centre ${each.code}`, place: placeOf(random), capacity: '6000' });
  for (let at = 0; at < plan.days; at += 1)
    yield* oneDay(dayAfter(`${plan.year}-06-01`, at), random, plan, { points, stations, plants, trucks });
}

interface Network {
  readonly points: readonly Code[];
  readonly stations: readonly Code[];
  readonly plants: readonly Code[];
  readonly trucks: readonly Code[];
}

function* oneDay(
  day: string,
  random: SeededRandom,
  plan: SyntheticPlan,
  { points, stations, plants, trucks }: Network,
): Generator<SyntheticCase> {
  let ticket = 0;
  const weighing = (
    kind: string,
    area: string,
    minutes: number,
    values: Record<string, string>,
  ): SyntheticCase => {
    ticket += 1;
    return {
      register,
      steps: [
        {
          kind,
          area,
          as: 'administrator',
          now: instant(day, minutes + 1),
          values: {
            ticket: `${day}-${ticket}`,
            weighed_on: instant(day, minutes),
            ...values,
          },
        },
      ],
    };
  };
  const total = Math.round(fullScale.wasteKilograms / plan.thin);
  let left = total;
  for (const { id, perMillion, ways } of classes) {
    // The last class is what is left, so that all four are the day's total.
    const kilograms = id === 'dry' ? left : Math.round((total / 1_000_000) * perMillion);
    left -= kilograms;
    // Little of it is brought to few points.
    const served = points.filter((_, at) => id !== 'hazardous' || at % 25 === 0);
    const put = sharedOut(random, kilograms, served.length);
    const atStation = new Map<Code, number>();
    for (let from = 0; from < served.length; from += pointsATruck) {
      const stops = served.slice(from, from + pointsATruck);
      const truck = random.pick(trucks);
      const station = stations[Math.floor(from / pointsATruck) % stations.length];
      if (station === undefined) return;
      let load = 0;
      for (const [stop, point] of stops.entries()) {
        const weight = put[from + stop] ?? 0;
        if (weight === 0) continue;
        load += weight;
        const minutes = 360 + ((from + stop) % 300);
        const values = { class: id, weight: thousandths(weight) };
        yield weighing('put-out', point.area, minutes, { ...values, at_point: point.code });
        yield weighing('loaded', point.area, minutes + 5, {
          ...values,
          from_point: point.code,
          on_truck: truck.code,
        });
      }
      if (load === 0) continue;
      atStation.set(station, (atStation.get(station) ?? 0) + load);
      yield weighing('transferred', station.area, 720, {
        class: id,
        weight: thousandths(load),
        from_truck: truck.code,
        at_station: station.code,
      });
    }
    const atPlant = new Map<Code, number>();
    for (const [station, load] of atStation) {
      // A station keeps what the last lorry of the day no longer takes.
      const delivered = load - (load % 100);
      if (delivered === 0) continue;
      const plant = plants[stations.indexOf(station) % plants.length];
      if (plant === undefined) return;
      atPlant.set(plant, (atPlant.get(plant) ?? 0) + delivered);
      yield weighing('delivered', plant.area, 960, {
        class: id,
        weight: thousandths(delivered),
        from_station: station.code,
        at_plant: plant.code,
      });
    }
    for (const [plant, load] of atPlant)
      yield weighing('treated', plant.area, 1200, {
        class: id,
        weight: thousandths(load),
        treated_at: plant.code,
        way: random.pick(ways),
      });
  }
}

/** A place within a made-up city of half a degree. */
export function placeOf(random: SeededRandom): string {
  const part = (from: number): string => `${from}.${String(random.whole(0, 49_999)).padStart(5, '0')}`;
  return `${part(31)},${part(121)}`;
}
