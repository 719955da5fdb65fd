import { createServer, type Server } from 'node:net';
import { Aedes } from 'aedes';
import mqtt from 'mqtt';
import { afterAll, describe, expect, it } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { servedOn } from './fixture.ts';
import { listenToBroker } from './listen.ts';
import { works } from './works.ts';

/** A busy machine takes its time. */
const slow = { timeout: 20_000 };
const broker = await Aedes.createBroker();
const server: Server = createServer(broker.handle);
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const bound = server.address();
const address = `mqtt://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;
afterAll(async () => {
  await new Promise<void>((done) => broker.close(() => server.close(() => done())));
});

for (const engine of testEngines)
  describe(`readings from a broker on ${engine.name}`, async () => {
    const { store, ask, send, services } = await servedOn(engine);
    const listen = () =>
      listenToBroker(address, {
        services,
        cities: ['city'],
        client: `city-${engine.name}`,
        say: () => undefined,
      });
    const meter = await mqtt.connectAsync(address);
    const refused: string[] = [];
    meter.on('message', (_, payload) => refused.push(JSON.parse(payload.toString()).message));
    await meter.subscribeAsync('v1.1/+/Observations/refused');
    const topic = 'v1.1/Datastreams(1)/Observations';
    const reading = (time: string, result: number, more: object = {}) =>
      meter.publishAsync(topic, JSON.stringify({ phenomenonTime: time, result, ...more }), { qos: 1 });
    const seen = async (): Promise<number[]> =>
      (await ask('Datastreams(1)/Observations?$select=result')).body.value.map(
        (each: { result: number }) => each.result,
      );
    afterAll(async () => {
      await meter.endAsync();
    });

    it('are stored once, however often they are delivered', async () => {
      await send('POST', 'Things', works);
      const listening = listen();
      await listening.ready;
      for (let times = 0; times < 3; times++) await reading('2021-03-01T16:00:00Z', 1.5);
      await reading('2021-03-01T16:15:00Z', 2);
      await expect.poll(() => listening.counts().taken, slow).toBe(4);
      expect(await seen()).toEqual([1.5, 2]);
      expect((await store.cities())[0]?.head).toBe(3);
      await listening.close();
    });

    it('are refused with the rule, to whoever sent them', async () => {
      refused.length = 0;
      const listening = listen();
      await listening.ready;
      await reading('2999-01-01T00:00:00Z', 1);
      await reading('2021-03-01T16:30:00Z', 1, { parameters: { unit: 't' } });
      await reading('2021-03-01T16:00:00Z', 99);
      await meter.publishAsync(topic, 'no JSON', { qos: 1 });
      await expect.poll(() => refused.length, slow).toBe(4);
      expect(refused).toEqual([
        expect.stringMatching(/future/),
        expect.stringMatching(/is in t/),
        expect.stringMatching(/correct it/),
        expect.stringMatching(/JSON/),
      ]);
      expect(await seen()).toEqual([1.5, 2]);
      await listening.close();
    });

    it('wait at the broker while nobody listens', async () => {
      await reading('2021-03-01T17:00:00Z', 3);
      const rows = [['2021-03-01T17:15:00Z', 4]];
      const block = {
        Datastream: { '@iot.id': 1 },
        components: ['phenomenonTime', 'result'],
        dataArray: rows,
      };
      await meter.publishAsync('city/v1.1/CreateObservations', JSON.stringify([block]), { qos: 1 });
      const listening = listen();
      await expect.poll(() => listening.counts().taken, slow).toBe(2);
      expect(await seen()).toEqual([1.5, 2, 3, 4]);
      await listening.close();
    });
  });
