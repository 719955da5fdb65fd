import { expect, it } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { servedOn } from './fixture.ts';

type Json = Record<string, string | number | Record<string, string | number[]>>;

it.each(testEngines)(
  'sensors of a release before day blocks are carried over once, on $name',
  async (engine) => {
    const { store, ask, send } = await servedOn(engine);
    const made = (set: string, id: number, values: Json, links: Record<string, number[]> = {}) => ({
      area: 'A',
      stream: `sta.${set}.${id}`,
      seq: 1,
      register: 'sensorthings',
      version: 1,
      kind: 'created',
      from: '',
      occurred: '2021-03-01T00:00:00Z',
      actor: null,
      body: { values, links },
    });
    const named = { name: 'x', description: 'y' };
    const geometry = { type: 'Point', coordinates: [121, 31] };
    const observed = (id: number, hour: number, result: number) =>
      made(
        'Observations',
        id,
        { phenomenonTime: `2021-03-01T0${hour}:00:00.000Z`, result, resultQuality: 'good' },
        { Datastream: [1], FeatureOfInterest: [1] },
      );
    const corrected = { ...observed(2, 2, 22), seq: 2, kind: 'changed', from: 'created' };
    const receipt = await store.submit({
      city: 'city',
      kind: 'record',
      agent: 'old',
      received: '2021-03-02T00:00:00Z',
      files: [],
      records: {
        registers: [
          {
            register: 'sensorthings',
            version: 1,
            steps: [
              { from: '', to: 'created' },
              { from: 'created', to: 'changed' },
            ],
          },
        ],
        events: [
          made('Things', 1, named),
          made('Sensors', 1, { ...named, encodingType: 'text', metadata: 'm' }),
          made('ObservedProperties', 1, { ...named, definition: 'd' }),
          made('FeaturesOfInterest', 1, {
            ...named,
            encodingType: 'application/geo+json',
            feature: geometry,
          }),
          made(
            'Datastreams',
            1,
            {
              ...named,
              observationType: 'o',
              unitOfMeasurement: { name: 'n', symbol: 's', definition: 'd' },
            },
            { Thing: [1], Sensor: [1], ObservedProperty: [1] },
          ),
          observed(1, 1, 10),
          observed(2, 2, 20),
          corrected,
        ],
      },
    });
    expect(receipt.outcome).toBe('stored');
    const { body } = await ask('Things(1)?$expand=Datastreams($expand=Observations($count=true),Sensor)');
    const [stream] = body.Datastreams;
    expect([stream.Sensor.name, stream['Observations@iot.count']]).toEqual(['x', 2]);
    expect(
      stream.Observations.map((each: Record<string, unknown>) => [each.result, each.resultQuality]),
    ).toEqual([
      [10, 'good'],
      [22, 'good'],
    ]);
    const head = (await store.cities())[0]?.head;
    expect((await send('POST', 'Things', named)).location).toMatch(/Things\(2\)$/);
    expect((await ask('Observations?$count=true&$top=0')).body['@iot.count']).toBe(2);
    expect((await store.cities())[0]?.head).toBe((head ?? 0) + 1);
  },
);
