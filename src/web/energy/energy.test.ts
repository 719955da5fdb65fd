import { describe, expect, it } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { FigureSet, figureRoot } from '../../figures/index.ts';
import { withDerived } from '../../registers/index.ts';
import { createApp } from '../index.ts';
import { servedOn, workspace } from '../sensorthings/fixture.ts';
import { works } from '../sensorthings/works.ts';
import { meteredDerived } from './figures.ts';

const [meter] = works.Datastreams;
const stream = (name: string, properties: object, more: object = {}) => ({
  ...meter,
  name,
  properties,
  ...more,
});
const kilograms = { unitOfMeasurement: { name: 'kilogram', symbol: 'kg', definition: 'ucum:kg' } };
const tonnes = { unitOfMeasurement: { name: 'tonne', symbol: 't', definition: 'ucum:t' } };

for (const engine of testEngines)
  describe(`energy monitoring on ${engine.name}`, async () => {
    const { ask, send, page, store } = await servedOn(engine);
    const day = (stream: number, result: number) => ({
      Datastream: { '@iot.id': stream },
      components: ['phenomenonTime', 'result'],
      dataArray: Array.from({ length: 30 }, (_, at) => [
        new Date(Date.UTC(2021, 7, 31 + at, 16)).toISOString(),
        result,
      ]),
    });

    it('says that nobody reports where nobody does', async () => {
      expect(await page('/en/city/energy/')).toMatch(/No meters report here yet/);
    });

    it('adds up the day blocks of each unit by the factor of each fuel, with what is missing beside it', async () => {
      const made = await send('POST', 'Things', {
        ...works,
        properties: { sector: 'Steel', limit: 100 },
        MultiDatastreams: [],
        Datastreams: [
          stream('Electricity', { beat: 'P1D', decimals: 1, area: 'A1', fuel: 'electricity' }),
          stream('Coal', { beat: 'P1D', decimals: 1, area: 'A1', fuel: 'raw_coal' }, kilograms),
          stream('Product', { beat: 'P1D', decimals: 1, area: 'A1', product: true }, tonnes),
          stream('Bill', { bill: 1 }),
        ],
      });
      expect(made.status).toBe(201);
      const coal = day(2, 1000);
      coal.dataArray.splice(10, 10);
      const bill = {
        Datastream: { '@iot.id': 4 },
        components: ['phenomenonTime', 'result'],
        dataArray: [['2021-08-31T16:00:00Z/2021-09-30T16:00:00Z', 32_000]],
      };
      await send('POST', 'CreateObservations', [day(1, 1000), coal, day(3, 1), bill]);
      const json = (await ask('http://localhost/api/places/city/energy/1?period=2021-09')).body;
      // 30 × 1,000 kWh × 0.1229 + 20 × 1,000 kg × 0.7143, in tonnes.
      expect(json).toMatchObject({ tce: '17.973', received: 50, expected: 60 });
      expect(json.contributions).toHaveLength(50);
      expect(figureRoot(json.contributions)).toBe(json.root);
      const equivalent = (await ask('http://localhost/api/places/city/energy/1?period=2021&basis=equivalent'))
        .body;
      expect(equivalent.tce).toBe('23.361');
    });

    it('gives figures of the city and its districts, traced to meters and months; a correction leaves the old one', async () => {
      const headOf = async () => (await store.cities())[0]?.head ?? 0;
      const figure = async (indicator: string, area: string, asOf: number) =>
        new FigureSet(withDerived(workspace, await meteredDerived(workspace, store, asOf)), { asOf }).get({
          city: 'city',
          indicator,
          area,
          breakdown: {},
          measure: { kind: 'value', period: '2021' },
        });
      const before = await headOf();
      const use = await figure('energy.metered_calorific', 'A', before);
      expect([
        use.value,
        use.unit,
        use.contributions.map(({ record, quantity }) => [record, quantity]),
      ]).toEqual([
        '17.973',
        'tce',
        [
          ['reading/A1/stream-1/2021-09', '3687'],
          ['reading/A1/stream-2/2021-09', '14286'],
        ],
      ]);
      expect(use.contributions[0]?.locator).toBe(
        'Works: Electricity, 2021-09: 30000.0 kW.h × 0.1229 kgce/kW.h',
      );
      expect((await figure('energy.metered_equivalent', 'A1', before)).value).toBe('23.361');
      // Due since the beginning of the year: 273 days of two meters; 50 came.
      const received = await figure('energy.readings_received', 'A1', before);
      expect(received.contributions.map(({ role, quantity }) => [role, quantity])).toEqual([
        ['num', '30'],
        ['num', '20'],
        ['den', '273'],
        ['den', '273'],
      ]);
      expect((await figure('energy.units_covered', 'A', before)).value).toBe('100');
      // The trace leads from each record to the unit that its meter is at, in the record's month.
      const counted = withDerived(workspace, await meteredDerived(workspace, store, before));
      const figures = new FigureSet(counted, { asOf: before });
      const live = createApp({ places: [{ workspace: counted, figures, asOf: before, store }], store });
      const trace = await live.request(`http://localhost/en/city/figures/${use.code}/`);
      const href = '/en/city/energy/meters/2/?period=2021-09';
      expect(await trace.text()).toContain(`<a href="${href}">`);
      const sent = await live.request(`http://localhost${href}`);
      expect([sent.status, sent.headers.get('location')]).toEqual([302, '/en/city/energy/1/?period=2021-09']);
      expect((await live.request('http://localhost/en/city/energy/meters/99/')).status).toBe(404);
      const [last] = (await ask('Datastreams(1)/Observations?$orderby=phenomenonTime desc&$top=1')).body
        .value;
      await send('PATCH', `Observations(${last['@iot.id']})`, { result: 2000 });
      expect((await figure('energy.metered_calorific', 'A', await headOf())).value).toBe('18.0959');
      expect((await figure('energy.metered_calorific', 'A', before)).value).toBe('17.973');
      await send('PATCH', `Observations(${last['@iot.id']})`, { result: 1000 });
    });

    it.each([
      [
        '/en/city/energy/?period=2021-09',
        [/Steel/, /17\.973|18\.0/, /83\.3 %/, /Under 90 % of readings/, /Above the limit/, /over 5 % apart/],
      ],
      ['/zh/city/energy/?period=2021-09', [/重点用能单位/, /数据完整率低于90%/, /GB\/T 2589-2020/]],
      ['/en/city/energy/1/?period=2021-09', [/50 day blocks/, /0\.7143 kgce\/kg/, /30000(\.0)? \/ 32000/]],
      ['/zh/city/energy/1/?period=2021-09&basis=equivalent', [/等价值/, /0\.3025 kgce\/kW\.h/]],
    ])('shows %s', async (path, said) => {
      const text = await page(path);
      for (const each of said) expect(text).toMatch(each);
    });
  });
