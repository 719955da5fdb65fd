import { add, decimal, type Rational, toDecimal, type Workspace, zero } from '../model/index.ts';
import { meterDay, type SyntheticMeter, type SyntheticPlan, syntheticMeters } from '../registers/index.ts';
import type { Store } from '../store/index.ts';
import { SensorService, seriesOf } from '../web/index.ts';

/** Units that are made in one request: each makes half a dozen entities. */
const atOnce = 1000;
const dayLength = 86_400_000;

export interface MadeMeters {
  readonly meters: number;
  readonly readings: number;
  readonly missing: number;
  /** Kilowatt hours that all of them add up to, exactly. */
  readonly total: string;
}

/**
 * Makes key energy users with a meter each, as a gateway would: entities through SensorThings, then a submission a day
 * with the day blocks of all. Throws where what the store adds up is not what was made.
 */
export async function loadMeters(
  store: Store,
  { city }: Workspace,
  plan: SyntheticPlan,
  report: (days: number) => void,
): Promise<MadeMeters> {
  const agent = `simulate-city, seed ${plan.seed}`;
  const meters = syntheticMeters(plan);
  const days = Array.from({ length: plan.days }, (_, at) =>
    new Date(Date.UTC(plan.year, 5, 1 + at)).toISOString().slice(0, 10),
  );
  const [first = ''] = days;
  const received = `${plan.year + 1}-06-02T00:00:00Z`;
  const service = new SensorService(
    store,
    { city: city.id, area: city.area, areas: () => new Set(city.areas.map(({ id }) => id)) },
    () => received,
  );
  const [sensor, property] = await service.write({ agent }, async (change) => [
    await change.create('Sensor', {
      name: 'Synthetic meter',
      description: 'Made up by a program',
      encodingType: 'text/html',
      metadata: 'https://modelcity.invalid/simulate-city',
    }),
    await change.create('ObservedProperty', {
      name: 'Electricity',
      definition: 'https://modelcity.invalid/electricity',
      description: 'Electricity used',
    }),
  ]);
  for (let from = 0; from < meters.length; from += atOnce)
    await service.write({ agent }, async (change) => {
      for (const meter of meters.slice(from, from + atOnce))
        await change.create(
          'Thing',
          unitOf(meter, { sensor, property, first }, meterDay(plan, meter, first)[0] ?? '0'),
        );
    });
  const streams = await streamsByThing(service);
  let [readings, missing, total] = [0, 0, zero as Rational];
  for (const [at, day] of days.entries()) {
    const blocks = meters.map((meter) => {
      const read = meterDay(plan, meter, day);
      for (const text of read)
        if (text === null) missing += 1;
        else [readings, total] = [readings + 1, add(total, decimal(text))];
      return { area: meter.area, series: seriesOf(streams.get(meter.name) ?? 0), day, readings: [...read] };
    });
    const receipt = await store.submit({
      city: city.id,
      kind: 'record',
      agent,
      received,
      files: [],
      records: { readings: blocks },
    });
    if (receipt.outcome === 'refused') throw new Error(receipt.findings[0]?.what ?? 'refused');
    report(at + 1);
  }
  const stored = await store.readingMonths(city.id, { series: [...streams.values()].map(seriesOf) });
  const sum = toDecimal(stored.map((month) => decimal(month.total ?? '0')).reduce<Rational>(add, zero));
  if (sum !== toDecimal(total)) throw new Error(`${sum} kWh are stored, ${toDecimal(total)} were made`);
  return { meters: meters.length, readings, missing, total: sum };
}

function unitOf(
  { name, sector, area, place }: SyntheticMeter,
  {
    sensor,
    property,
    first,
  }: { readonly sensor?: number; readonly property?: number; readonly first: string },
  reading: string,
) {
  const kilowattHour = { name: 'kilowatt hour', symbol: 'kW.h', definition: 'ucum:kW.h' };
  return {
    name,
    description: 'Made up by a program: nothing here was observed',
    properties: { sector, synthetic: true },
    Locations: [
      {
        name,
        description: 'Made up',
        encodingType: 'application/geo+json',
        location: { type: 'Point', coordinates: [...place] },
      },
    ],
    Datastreams: [
      {
        name: 'Main meter',
        description: 'Electricity, every quarter of an hour',
        observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
        unitOfMeasurement: kilowattHour,
        properties: { beat: 'PT15M', decimals: 1, area, fuel: 'electricity', since: first },
        Sensor: { '@iot.id': sensor ?? 0 },
        ObservedProperty: { '@iot.id': property ?? 0 },
        // The first reading ties the stream to its place; its day block says it again.
        Observations: [
          {
            phenomenonTime: new Date(Date.parse(`${first}T00:00:00Z`) - dayLength / 3).toISOString(),
            result: Number(reading),
          },
        ],
      },
    ],
  };
}

async function streamsByThing(service: SensorService): Promise<ReadonlyMap<string, number>> {
  const sensors = service.sensors();
  const found = new Map<string, number>();
  for (let after = 0; ; ) {
    const chunk = await sensors.page('Datastream', after, 2000);
    const things = chunk.map(({ links }) => links.Thing?.[0] ?? 0);
    await sensors.load('Thing', things);
    for (const [at, { id }] of chunk.entries())
      found.set(String(sensors.known('Thing', things[at] ?? 0)?.values.name), id);
    if (chunk.length < 2000) return found;
    after = chunk.at(-1)?.id ?? after;
  }
}
