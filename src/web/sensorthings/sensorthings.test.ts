import { describe, expect, it } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { FigureSet } from '../../figures/index.ts';
import { createApp } from '../index.ts';
import { readFilter } from './filter.ts';
import { root, workspace } from './fixture.ts';

/** Ids of the first datastream's observations: they say which stream, and which of its readings. */
const observed = (...numbers: number[]) => numbers.map((number) => 2 ** 30 + number);
const station = {
  name: 'Station 7',
  description: 'Air quality',
  Locations: [
    {
      name: 'Roof',
      description: 'of the school',
      encodingType: 'application/geo+json',
      location: { type: 'Point', coordinates: [121.47, 31.23] },
    },
  ],
  Datastreams: [
    {
      name: 'PM2.5',
      description: 'hourly',
      observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
      unitOfMeasurement: { name: 'microgram per cubic metre', symbol: 'ug/m3', definition: 'ucum:ug/m3' },
      Sensor: {
        name: 'Beta',
        description: 'gauge',
        encodingType: 'text/html',
        metadata: 'https://example.org/',
      },
      ObservedProperty: { name: 'PM2.5', definition: 'https://example.org/pm25', description: 'fine dust' },
      Observations: [1, 2, 3].map((hour) => ({
        phenomenonTime: `2021-03-01T0${hour}:00:00Z`,
        result: hour * 10,
      })),
    },
  ],
};

for (const engine of testEngines)
  describe(`SensorThings on ${engine.name}`, async () => {
    const place = await engine.place();
    const store = await place.open();
    const appOn = (openSensors: boolean) =>
      createApp({
        places: [{ workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1 }],
        store,
        openSensors,
      });
    const app = appOn(true);
    const ask = async (path: string) => {
      const answer = await app.request(`${root}/${path}`);
      return { status: answer.status, body: answer.status === 200 ? await answer.json() : null };
    };
    const send = (method: string, path: string, body?: unknown) =>
      app.request(`${root}/${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });

    it('takes a station whole, with a place for its observations and the history of where it stood', async () => {
      const made = await send('POST', 'Things', station);
      expect([made.status, made.headers.get('location')]).toEqual([201, `${root}/Things(1)`]);
      const { body } = await ask(
        'Things(1)?$expand=Locations,Datastreams($expand=Observations($orderby=result desc;$top=2;$count=true),Sensor($select=name))',
      );
      expect(body.Locations[0].name).toBe('Roof');
      const [stream] = body.Datastreams;
      expect(stream.phenomenonTime).toBe('2021-03-01T01:00:00.000Z/2021-03-01T03:00:00.000Z');
      expect(stream.Sensor).toEqual({ name: 'Beta' });
      expect(stream['Observations@iot.count']).toBe(3);
      expect(stream.Observations.map(({ result }: { result: number }) => result)).toEqual([30, 20]);
      expect((await ask(`Observations(${observed(1)})/FeatureOfInterest`)).body.feature.coordinates).toEqual([
        121.47, 31.23,
      ]);
      expect((await ask('FeaturesOfInterest')).body.value).toHaveLength(1);
      expect((await ask('Things(1)/HistoricalLocations')).body.value).toHaveLength(1);
    });

    it.each([
      ['result gt 10', [2, 3]],
      ['result add 5 eq 25 and not (result lt 5)', [2]],
      ['phenomenonTime ge 2021-03-01T02:00:00Z', [2, 3]],
      ["Datastream/ObservedProperty/name eq 'PM2.5' and hour(phenomenonTime) eq 1", [1]],
      ["geo.distance(FeatureOfInterest/feature, geography'POINT (121.47 31.23)') lt 0.001", [1, 2, 3]],
      ["st_within(FeatureOfInterest/feature, geography'POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))')", []],
      ["startswith(Datastream/name,'PM') and result mod 20 eq 10", [1, 3]],
      ["result gt '10'", [2, 3]],
      ["result lt '2'", [1]],
    ])('filters by %s', async (filter, ids) => {
      const { body } = await ask(`Observations?$filter=${encodeURIComponent(filter)}&$select=id`);
      expect(body.value.map((each: Record<string, number>) => each['@iot.id'])).toEqual(observed(...ids));
    });

    it('tells times in UTC with thousandths, and a resultTime that is not there as null', async () => {
      expect((await ask(`Observations(${observed(1)})`)).body).toMatchObject({
        phenomenonTime: '2021-03-01T01:00:00.000Z',
        resultTime: null,
      });
      expect((await ask(`Observations(${observed(1)})/resultTime`)).body).toEqual({ resultTime: null });
    });

    it('pages by key, without a gap or a repeat', async () => {
      const seen: number[] = [];
      for (let next: string | undefined = `${root}/Observations?$top=2&$select=id`; next !== undefined; ) {
        const page: { value: Record<string, number>[]; '@iot.nextLink'?: string } = await (
          await app.request(next)
        ).json();
        seen.push(...page.value.map((each) => each['@iot.id'] ?? 0));
        next = page['@iot.nextLink'];
      }
      expect(seen).toEqual(observed(1, 2, 3));
    });

    it('takes rows without names for several datastreams, and says which it could not', async () => {
      const answer = await send('POST', 'CreateObservations', [
        {
          Datastream: { '@iot.id': 1 },
          components: ['phenomenonTime', 'result'],
          dataArray: [
            ['2021-03-01T04:00:00Z', 40],
            ['never', 50],
          ],
        },
      ]);
      expect(await answer.json()).toEqual([`${root}/Observations(${observed(4)})`, 'error']);
    });

    it.each([
      ['Things', { description: 'nameless' }, /needs name/],
      [
        'Datastreams',
        { name: 'loose', description: '', observationType: '', unitOfMeasurement: {} },
        /needs a Thing/,
      ],
      ['Observations', { result: 1, Datastream: { '@iot.id': 99 } }, /no Datastream 99/],
      [
        'Observations',
        { result: 1, phenomenonTime: '2999-01-01T00:00:00Z', Datastream: { '@iot.id': 1 } },
        /future/,
      ],
      ['Things', { name: 'a', description: 'b', colour: 'red' }, /has no colour/],
      ['Things', { name: 'a', description: 'b', Datastreams: [{ name: 'half' }] }, /needs/],
    ])('refuses %s %j and stores nothing', async (set, body, why) => {
      const before = (await ask(`${set}?$count=true&$top=0`)).body['@iot.count'];
      const answer = await send('POST', set, body);
      expect(answer.status).toBe(400);
      expect((await answer.json()).message).toMatch(why);
      expect((await ask(`${set}?$count=true&$top=0`)).body['@iot.count']).toBe(before);
    });

    it('keeps what a change does not name, and makes nothing by a change', async () => {
      const changed = await send('PATCH', 'Sensors(1)', { description: 'new gauge' });
      expect(changed.status).toBe(200);
      expect((await ask('Sensors(1)')).body).toMatchObject({ name: 'Beta', description: 'new gauge' });
      expect((await send('PATCH', 'Things(1)', { Locations: [{ name: 'New' }] })).status).toBe(400);
    });

    it('removes with an entity what cannot be without it, for the next start too', async () => {
      expect((await send('DELETE', 'Datastreams(1)')).status).toBe(200);
      expect((await ask(`Observations(${observed(1)})`)).status).toBe(404);
      expect((await send('DELETE', 'Datastreams(1)')).status).toBe(404);
      const again = appOn(true);
      const things = await (await again.request(`${root}/Things?$expand=Datastreams`)).json();
      expect(things.value.map((each: { Datastreams: unknown[] }) => each.Datastreams)).toEqual([[]]);
      expect((await (await again.request(`${root}/Observations`)).json()).value).toEqual([]);
    });

    it('lets a visitor read and not write', async () => {
      const closed = appOn(false);
      expect((await closed.request(`${root}/Things`)).status).toBe(200);
      const sent = await closed.request(`${root}/Things`, { method: 'POST', body: JSON.stringify(station) });
      expect(sent.status).toBe(401);
    });
  });

describe('a filter', () => {
  it.each(["name eq 'a' or", '((', "name eq 'open", 'a b', '('.repeat(200), 'x'.repeat(5000)])(
    'that is none is refused: %s',
    (text) => {
      expect(() => readFilter(text)).toThrow(/filter/);
    },
  );
});
