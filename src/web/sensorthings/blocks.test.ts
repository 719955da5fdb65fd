import { describe, expect, it } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { root, servedOn } from './fixture.ts';
import { works } from './works.ts';

for (const engine of testEngines)
  describe(`readings in day blocks on ${engine.name}`, async () => {
    const { store, ask, send } = await servedOn(engine);
    const first = '2021-03-01T16:00:00.000Z';
    let written = 0;

    it('keeps a datastream with a beat as rows of a day, by the local day and for its area', async () => {
      expect((await send('POST', 'Things', works)).status).toBe(201);
      const rows = ['16:00', '16:15', '16:45'].map((time, at) => [`2021-03-01T${time}:00Z`, at + 0.5]);
      const answer = await send('POST', 'CreateObservations', [
        { Datastream: { '@iot.id': 1 }, components: ['phenomenonTime', 'result'], dataArray: rows },
      ]);
      expect(answer.body.every((link: string) => link.startsWith(`${root}/Observations(`))).toBe(true);
      const [day] = await store.readings('city', { series: ['stream-1'] });
      expect(day).toMatchObject({ area: 'A1', day: '2021-03-02', total: '4.5', present: 3, unit: 'kW.h' });
      written = day?.position ?? 0;
      const { body } = await ask(
        'Datastreams(1)/Observations?$count=true&$orderby=phenomenonTime desc&$top=1',
      );
      expect([body['@iot.count'], body.value[0].result]).toEqual([3, 2.5]);
      expect((await ask('Datastreams(1)')).body.phenomenonTime).toBe(`${first}/2021-03-01T16:45:00.000Z`);
      expect((await ask(answer.body[1])).body.result).toBe(1.5);
    });

    it.each([
      [{ phenomenonTime: '2021-03-01T16:05:00Z', result: 1 }, 400, /beat/],
      [{ phenomenonTime: '2021-03-01T17:00:00Z', result: 1.25 }, 400, /digits/],
      [{ phenomenonTime: '2021-03-01T17:00:00Z', result: 'much' }, 400, /numbers/],
      [{ phenomenonTime: '2021-03-01T17:00:00Z', result: 1, parameters: { unit: 't' } }, 400, /is in t/],
      [{ phenomenonTime: '2999-03-01T17:00:00Z', result: 1 }, 400, /future/],
      [{ phenomenonTime: first, result: 9 }, 409, /PATCH/],
    ])('refuses %j', async (reading, status, why) => {
      const answer = await send('POST', 'Datastreams(1)/Observations', reading);
      expect([answer.status, answer.body.message]).toEqual([status, expect.stringMatching(why)]);
    });

    it('takes the same reading again for the one that is there, and stores nothing', async () => {
      const before = (await store.cities())[0]?.head;
      const again = await send('POST', 'Datastreams(1)/Observations', { phenomenonTime: first, result: 0.5 });
      const { body } = await ask('Datastreams(1)/Observations?$top=1');
      expect([again.status, again.location]).toEqual([201, body.value[0]['@iot.selfLink']]);
      expect((await store.cities())[0]?.head).toBe(before);
    });

    it('corrects and withdraws by what comes after, and still tells what was known', async () => {
      const { body } = await ask('Datastreams(1)/Observations');
      const [one, two] = body.value.map((each: Record<string, number>) => each['@iot.id']);
      expect((await send('PATCH', `Observations(${one})`, { result: 7 })).status).toBe(200);
      expect((await send('DELETE', `Observations(${two})`)).status).toBe(200);
      const now = (await ask('Datastreams(1)/Observations')).body.value;
      expect(now.map(({ result }: { result: number }) => result)).toEqual([7, 2.5]);
      const then = (await ask(`Datastreams(1)/Observations?asOf=${written}`)).body.value;
      expect(then.map(({ result }: { result: number }) => result)).toEqual([0.5, 1.5, 2.5]);
      expect(
        (await send('PATCH', 'Datastreams(1)', { properties: { beat: 'PT1H', decimals: 1 } })).status,
      ).toBe(409);
    });

    it('takes several results at once in the order of their properties', async () => {
      const { body } = await ask('MultiDatastreams(2)?$expand=ObservedProperties($select=name)');
      expect(body.ObservedProperties.map(({ name }: { name: string }) => name)).toEqual(['Energy', 'Other']);
      const path = 'MultiDatastreams(2)/Observations';
      expect((await send('POST', path, { phenomenonTime: first, result: [1] })).status).toBe(400);
      expect((await send('POST', path, { phenomenonTime: first, result: [1, 2] })).status).toBe(201);
      const rows = (await ask(`${path}?$resultFormat=dataArray&$select=phenomenonTime,result`)).body.value;
      expect(rows).toEqual([
        {
          'MultiDatastream@iot.navigationLink': `${root}/MultiDatastreams(2)`,
          components: ['phenomenonTime', 'result'],
          'dataArray@iot.count': 1,
          dataArray: [[first, [1, 2]]],
        },
      ]);
    });

    it('answers a batch request by request, and lets one name what another made', async () => {
      const { status, body } = await send('POST', '$batch', {
        requests: [
          { id: 'a', method: 'post', url: 'Things', body: { name: 'T', description: 't' } },
          { id: 'b', method: 'patch', url: '$a', body: { description: 'changed' } },
          { id: 'c', method: 'get', url: 'Things(2)?$select=description' },
          { id: 'd', method: 'get', url: 'Things(99)' },
        ],
      });
      expect(status).toBe(200);
      const statuses = body.responses.map((each: { status: number }) => each.status);
      expect(statuses).toEqual([201, 200, 200, 404]);
      expect(body.responses[2].body).toEqual({ description: 'changed' });
    });

    it('stores what comes at the same time in one submission, and refuses only what is wrong in it', async () => {
      const before = (await store.cities())[0]?.head ?? 0;
      const answers = await Promise.all(
        [1, 2, -1, 3].map((hour) =>
          send('POST', 'Datastreams(1)/Observations', {
            phenomenonTime: hour < 0 ? 'never' : `2021-03-0${hour}T02:00:00Z`,
            result: hour,
          }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 400, 201]);
      expect((await store.cities())[0]?.head).toBeLessThanOrEqual(before + 2);
      expect((await ask('Datastreams(1)/Observations?$count=true&$top=0')).body['@iot.count']).toBe(5);
    });

    it('gives the totals of its days as a datastream of their own, which nobody sends', async () => {
      const [like] = works.Datastreams;
      const totals = (properties: object, more: object = {}) =>
        send('POST', 'Things(1)/Datastreams', { ...like, name: 'Day totals', properties, ...more });
      const stored = await store.readings('city', { series: ['stream-1'] });
      const made = await totals({ dayTotalOf: 1 });
      expect(made.status).toBe(201);
      const id = made.body['@iot.id'];
      const { body } = await ask(`Datastreams(${id})?$expand=Observations($count=true)`);
      expect(body['Observations@iot.count']).toBe(stored.length);
      expect(body.Observations.map(({ result }: { result: number }) => result)).toEqual(
        stored.map(({ total }) => Number(total)),
      );
      const [day] = body.Observations;
      const begins = new Date(`${stored[0]?.day}T00:00:00+08:00`);
      const ends = new Date(begins.getTime() + 86_400_000);
      expect(day.phenomenonTime).toBe(`${begins.toISOString()}/${ends.toISOString()}`);
      expect((await ask(day['@iot.selfLink'])).body.result).toBe(day.result);
      const sent = await send('POST', `Datastreams(${id})/Observations`, { result: 1 });
      expect([sent.status, sent.body.message]).toEqual([400, expect.stringMatching(/worked out/)]);
      const corrected = await send('PATCH', `Observations(${day['@iot.id']})`, { result: 1 });
      expect([corrected.status, corrected.body.message]).toEqual([400, expect.stringMatching(/worked out/)]);
      const tonnes = { unitOfMeasurement: { name: 'tonne', symbol: 't', definition: 'ucum:t' } };
      for (const [answer, why] of [
        [await totals({ dayTotalOf: 99 }), /no Datastream 99/],
        [await totals({ dayTotalOf: id }), /with a beat/],
        [await totals({ dayTotalOf: 1 }, tonnes), /reads in kW.h/],
      ] as const)
        expect([answer.status, answer.body.message]).toEqual([400, expect.stringMatching(why)]);
    });
  });
