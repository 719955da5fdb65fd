// A year of fifteen-minute readings of 3,000 meters as day blocks: loading, size, year totals by sector and month; then
// readings through SensorThings, one a request, many a request, and from a broker.
// npm run bench -- readings [METERS] [DAYS] [pglite|postgres]; postgres needs MODELCITY_TEST_PG.
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import mqtt from 'mqtt';
import { add, decimal, type Rational, rational, toDecimal, type Workspace } from '../src/model/index.ts';
import type { Store } from '../src/store/index.ts';
import { works } from '../src/web/sensorthings/works.ts';
import { measured } from './measured.ts';
import { builtRooms, onEngine } from './on-engine.ts';

type Built = typeof import('../src/store/index.ts') &
  typeof import('../src/figures/index.ts') &
  typeof import('../src/web/index.ts');

const perDay = 96;
const sectors = 20;
const singles = 300;
const rowsAtOnce = 10_000;

export async function readings([meters = '3000', days = '365', engine = 'pglite']: readonly string[]) {
  const built = await builtRooms<Built>(['store', 'figures', 'web']);
  return onEngine('readings', engine, built.openStore, async ({ store, megabytesOf }) => {
    const year = await throughTheDoor(store, Number(meters), Number(days));
    const megabytes = await megabytesOf('modelcity.reading_day');
    const api = await throughSensorThings(built, store);
    return { engine, meters: Number(meters), days: Number(days), ...year, megabytes, ...api };
  });
}

/** A month of all meters is a source: as a collector hands it in, through the log like anything else. */
async function throughTheDoor(store: Store, meters: number, days: number) {
  const series = Array.from({ length: meters }, (__, at) => ({
    area: `S${at % 20}`,
    series: `meter-${at}`,
    property: 'electricity',
    unit: 'kW.h',
    decimals: 1,
    perDay,
  }));
  const ids = series.map(({ series: id }) => id);
  const loading = await measured(async () => {
    await handIn(store, { series });
    for (let day = 0; day < days; day += 5) {
      const rows = series.flatMap(({ area, series: id }, meter) =>
        Array.from({ length: Math.min(5, days - day) }, (__, each) => ({
          area,
          series: id,
          day: new Date(Date.UTC(2021, 0, 1 + day + each)).toISOString().slice(0, 10),
          readings: Array.from(
            { length: perDay },
            (___, place) => `${(meter * 7 + place * 13 + day) % 900}.${place % 10}`,
          ),
        })),
      );
      await handIn(store, { readings: rows });
    }
  });
  const span = { from: '2021-01-01', to: '2021-12-31' };
  // As the energy page adds them: exact totals of days, by month in the database, by sector here.
  const totals = await measured(async () => {
    const sums = new Map<string, Rational>();
    for (const { series: id, total } of await store.readingMonths('city', { ...span, series: ids })) {
      if (total === null) continue;
      const sector = `sector ${Number(id.slice('meter-'.length)) % sectors}`;
      sums.set(sector, add(sums.get(sector) ?? rational(0n), decimal(total)));
    }
    return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([sector, sum]) => [sector, toDecimal(sum)]);
  });
  const oneDay = await measured(async () => {
    for (let at = 0; at < 1000; at++)
      await store.readings('city', {
        series: [`meter-${at % meters}`],
        from: '2021-01-02',
        to: '2021-01-02',
      });
  });
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  return {
    readings: meters * days * perDay,
    loading: loading.cost,
    yearBySector: { ...totals.cost, sectors: totals.result.length, first: totals.result[0] },
    oneDayTimes1000: oneDay.cost,
    peakMegabytes: peak,
  };
}

async function handIn(store: Store, records: object): Promise<void> {
  const receipt = await store.submit({
    city: 'city',
    kind: 'record',
    agent: 'bench',
    received: '2022-01-01T00:00:00Z',
    files: [],
    records,
  });
  if (receipt.outcome !== 'stored') throw new Error(JSON.stringify(receipt).slice(0, 500));
}

async function throughSensorThings(built: Built, store: Store) {
  const places = new built.LivePlaces([
    { workspace, figures: new built.FigureSet(workspace, { asOf: 1 }), asOf: 1 },
  ]);
  const services = built.sensorServices(store, () => places.catalogues());
  const app = built.createApp({ places, store, openSensors: true, sensors: services });
  const send = async (path: string, body: unknown): Promise<void> => {
    const answer = await app.request(`http://localhost/sensorthings/city/v1.1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (answer.status >= 300) throw new Error(await answer.text());
    await answer.arrayBuffer();
  };
  await send('Things', works);
  const at = (place: number): string => new Date(Date.UTC(2020, 0, 1) + place * 900_000).toISOString();
  const reading = (place: number) => ({ phenomenonTime: at(place), result: place % 1000 });
  const single = await measured(async () => {
    for (let place = 0; place < singles; place++) await send('Datastreams(1)/Observations', reading(place));
  });
  const together = await measured(() =>
    Promise.all(
      Array.from({ length: singles }, (_, place) =>
        send('Datastreams(1)/Observations', reading(singles + place)),
      ),
    ),
  );
  const many = await measured(() =>
    send('CreateObservations', [
      {
        Datastream: { '@iot.id': 1 },
        components: ['phenomenonTime', 'result'],
        dataArray: Array.from({ length: rowsAtOnce }, (_, place) => [at(2 * singles + place), place % 1000]),
      },
    ]),
  );
  const broker = await Aedes.createBroker();
  const server = createServer(broker.handle);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const bound = server.address();
  const address = `mqtt://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;
  const listening = built.listenToBroker(address, {
    services,
    cities: ['city'],
    client: 'bench',
    say: () => undefined,
  });
  await listening.ready;
  const meter = await mqtt.connectAsync(address);
  const messages = await measured(async () => {
    for (let place = 0; place < singles; place++)
      meter.publish('v1.1/Datastreams(1)/Observations', JSON.stringify(reading(20_000 + place)), { qos: 1 });
    while (listening.counts().taken < singles) await new Promise((resolve) => setTimeout(resolve, 5));
  });
  await meter.endAsync();
  await listening.close();
  await new Promise<void>((done) => broker.close(() => server.close(() => done())));
  return {
    oneARequest: { readings: singles, ...single.cost },
    oneARequestAtOnce: { readings: singles, ...together.cost },
    dataArray: { readings: rowsAtOnce, ...many.cost },
    broker: { readings: singles, ...messages.cost },
  };
}

const name = { en: 'City', zh: '城市' };
const workspace: Workspace = {
  city: {
    modelcity: 1,
    id: 'city',
    name,
    area: 'A1',
    languages: ['en', 'zh'],
    areas: [{ id: 'A1', name, kind: 'city' }],
    sources: [],
    dimensions: [],
  },
  indicators: [],
  observations: [],
  targets: [],
  claims: [],
  frameworks: [],
  plans: [],
  reviews: [],
};
