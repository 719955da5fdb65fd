import mqtt, { type IPublishPacket, type MqttClient } from 'mqtt';
import { jsonOf } from './json-of.ts';
import { StaError } from './model.ts';
import type { SensorServices } from './services.ts';
import { write } from './write.ts';

export interface Listening {
  /** Resolves when the subscriptions stand, anew after each time the broker was away. */
  readonly ready: Promise<void>;
  /** Messages since the start: taken in, refused. */
  counts(): { readonly taken: number; readonly refused: number };
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly services: SensorServices;
  /** Places whose readings are listened for. With one place its topics need not name it. */
  readonly cities: readonly string[];
  /** Under this name the broker keeps what comes while nobody listens. */
  readonly client: string;
  /** Told of what was refused, and of trouble with the broker or the store. */
  readonly say: (line: string) => void;
}

/** Longest message, in bytes. */
const mostBytes = 8 * 1024 * 1024;
/** Waits before a message is tried again when the store fails, in ms: doubled up to the last. */
const patience = { first: 200, last: 30_000 };
const paths =
  /^(?:(?:(?:Multi)?Datastreams|FeaturesOfInterest)\(\d{1,16}\)\/)?Observations$|^CreateObservations$/;

/**
 * Takes readings from a broker (SensorThings 1.1, clause 13.3): `v1.1/Datastreams(7)/Observations`, before it the place
 * where there are several. A message is acknowledged when its readings are on disk or refused for good; one that is
 * delivered again is stored once. A refusal is published under the topic with `/refused` after it. Who may publish
 * what is for the broker to say.
 */
export function listenToBroker(
  address: string,
  { services, cities, client: clientId, say }: ListenOptions,
): Listening {
  const client = mqtt.connect(address, { clientId, clean: false, reconnectPeriod: 2000, resubscribe: false });
  const counts = { taken: 0, refused: 0 };
  const state = { closing: false };
  client.handleMessage = (packet, done) => {
    take(packet, { client, services, cities, say, counts, state }).then(
      () => done(),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    );
  };
  client.on('error', (error) => say(`${address}: ${error.message}`));
  const roots = [...cities.map((city) => `${city}/v1.1`), ...(cities.length === 1 ? ['v1.1'] : [])];
  const topics = roots.flatMap((root) => [
    `${root}/+/Observations`,
    `${root}/Observations`,
    `${root}/CreateObservations`,
  ]);
  const ready = new Promise<void>((resolve) => {
    client.on('connect', () => {
      client.subscribeAsync(topics, { qos: 1 }).then(
        () => resolve(),
        (error: unknown) => say(`${address}: ${error instanceof Error ? error.message : error}`),
      );
    });
  });
  return {
    ready,
    counts: () => ({ ...counts }),
    close: async () => {
      state.closing = true;
      await client.endAsync();
    },
  };
}

interface Taking extends Pick<ListenOptions, 'services' | 'cities' | 'say'> {
  readonly client: MqttClient;
  readonly counts: { taken: number; refused: number };
  readonly state: { readonly closing: boolean };
}

/** Stores one message. Comes back when it is stored or refused; a failing store is waited for. */
async function take({ topic, payload }: IPublishPacket, at: Taking): Promise<void> {
  const [, place, path = ''] = /^(?:([^/]+)\/)?v1\.1\/(.+)$/.exec(topic) ?? [];
  const city = place ?? (at.cities.length === 1 ? at.cities[0] : undefined);
  for (let wait = patience.first; ; wait = Math.min(2 * wait, patience.last))
    try {
      const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
      const service = city === undefined ? undefined : at.services.of(city);
      if (service === undefined || !paths.test(path))
        throw new StaError(404, `nothing is taken at ${topic.slice(0, 100)}`);
      if (bytes.byteLength > mostBytes) throw new StaError(413, `a message has at most ${mostBytes} bytes`);
      const asked = { method: 'POST', path, options: [], search: '', root: '' };
      await service.ready();
      await write(service, asked, jsonOf(bytes), { agent: 'mqtt', once: true });
      at.counts.taken += 1;
      return;
    } catch (error) {
      if (error instanceof StaError) {
        at.counts.refused += 1;
        at.say(`${topic}: ${error.message}`);
        const told = JSON.stringify({ code: error.status, type: 'error', message: error.message });
        // Waiting for its acknowledgement would wait for ourselves: messages are handled one after another.
        at.client.publish(`${topic}/refused`, told, { qos: 0 });
        return;
      }
      at.say(`${topic}: not stored yet: ${error instanceof Error ? error.message : error}`);
      if (at.state.closing) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
}
