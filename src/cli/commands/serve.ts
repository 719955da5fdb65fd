import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serve as listen } from '@hono/node-server';
import { listEditions } from '../../publish/index.ts';
import { eraseExpiredOf } from '../../registers/index.ts';
import type { PlaceAudit } from '../../review/index.ts';
import type { Store } from '../../store/index.ts';
import {
  createApp,
  type Door,
  keepWarm,
  LivePlaces,
  listenToBroker,
  mailSettings,
  mailTurn,
  officeTurn,
  openMailer,
  sensorServices,
  takeAudit,
  type Warming,
  withOperations,
} from '../../web/index.ts';
import { readApiKeys } from '../api-keys.ts';
import { withAuditFiles } from '../audit-files.ts';
import type { Command } from '../command.ts';
import { firstAdministrator, openDoor, serverSecret } from '../door.ts';
import { exitCode } from '../exit.ts';
import { followPlaces } from '../follow-places.ts';
import type { OpenPlace } from '../open-places.ts';
import { openPageFiles } from '../page-state.ts';
import { onPlaces, refuse } from '../place-command.ts';
import { editionsFolder, type PublishTask } from '../publish-places.ts';
import type { WorkerMessage } from '../publish-worker.ts';
import { serveLogs } from '../serve-log.ts';
import { productVersion } from './version.ts';

const help = `modelcity serve [--workspace DIR] [--port N] [--host NAME] [--log json]

Loads a workspace, or all workspaces of a folder, into the store, computes their figures, and serves their pages and
the JSON interface. Stops at Ctrl+C after answering what was asked.

  --workspace DIR   default: the examples that are shipped
  --no-publish      do not publish the reviews that have no edition of this state yet
  --open-sensors    anyone may write readings over SensorThings, without signing in: for trying out and for tests
  --mqtt URL        take readings from this broker, such as mqtt://broker:1883; a name and password stand in the address
  --port N          default: PORT of the environment, else 8321
  --host NAME       default: HOST of the environment, else localhost; 0.0.0.0 opens it to the network
  --log plain|json  json: one object a line on standard error, with each answer, without queries and secrets

While it runs, /health says whether it can do its work and /metrics counts for Prometheus.
`;

/** Longest wait for open requests when the server stops, in ms. */
const patience = 5000;

export const serve: Command = (args) => {
  const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
  const started = Date.now();
  return onPlaces(
    {
      name: 'serve',
      help,
      options: {
        workspace: { type: 'string', short: 'w', default: existsSync(examples) ? examples : '.' },
        port: { type: 'string' },
        host: { type: 'string' },
        'no-publish': { type: 'boolean', default: false },
        'open-sensors': { type: 'boolean', default: false },
        mqtt: { type: 'string' },
        log: { type: 'string', default: 'plain' },
      },
      log: ({ values }) => serveLogs[String(values.log)]?.().say,
    },
    args,
    async ({ places, store }, { values }) => {
      const openLog = serveLogs[String(values.log)];
      if (openLog === undefined) return refuse('serve', `--log takes plain or json, not '${values.log}'`);
      const { say, secret, fault, answered } = openLog();
      const wanted = String(values.port ?? process.env.PORT ?? '8321');
      const port = Number(wanted);
      if (!/^\d{1,5}$/.test(wanted) || port > 65_535)
        return refuse('serve', `the port is a number up to 65535, not '${wanted}'`);
      const host = String(values.host ?? process.env.HOST ?? 'localhost');
      say(`Computing the figures of ${places.length === 1 ? 'one place' : `${places.length} places`} …`);
      const home = join(resolve(String(values.workspace)), '.modelcity');
      const out = editionsFolder(home);
      const audited = await withAuditFiles(places);
      let auditing = true;
      const live = new LivePlaces(audited.map((place) => ({ ...place, store, auditComing: () => auditing })));
      const first = live.catalogues();
      const kept = await openPageFiles({
        folder: join(home, 'pages'),
        secret: serverSecret(home),
        store,
        live,
        started: [
          // Servers behind one address share their pages.
          process.env.MODELCITY_URL || `http://${host}:${port}`,
          mailSettings(process.env) === null ? '' : 'mails',
        ],
      });
      // Who asks for an older position wants it to stay.
      const following =
        values['as-of'] === undefined
          ? followPlaces({
              store,
              places: audited,
              live: {
                replace(changes) {
                  live.replace(changes);
                  if (changes.length > 0) kept.moved();
                },
              },
              onChange: (city, asOf) => say(`${city}: now as of position ${asOf}`),
              onFault: (error) =>
                say(`the log could not be read: ${error instanceof Error ? error.message : error}`),
            })
          : null;
      const broker = values.mqtt === undefined ? null : brokerAt(String(values.mqtt));
      if (broker === undefined)
        return refuse('serve', '--mqtt takes the address of a broker, such as mqtt://broker:1883');
      const sensors = sensorServices(store, () => live.catalogues(), broker === null ? [] : [broker.shown]);
      const door = openDoor({ store, home, address: `http://${host}:${port}`, now: () => new Date() });
      const app = createApp({
        editions: out,
        places: live,
        store,
        door,
        openSensors: values['open-sensors'] === true,
        sensors,
        keptFiles: kept.files,
        registers: { home, now: () => new Date().toISOString(), apiKeys: readApiKeys(home) },
        onFault: (error, path) => fault(error, path),
      });
      const operated = withOperations({
        site: app,
        version: productVersion(),
        engine: store.engine,
        live,
        heads: () => store.cities(),
        onAnswer: answered,
      });
      const posting = post(door, live, store, say);
      // Reminders and releases: harmless in many processes at once, since each can happen once only.
      const clock = setInterval(() => {
        officeTurn({ store, people: store.people, places: () => live.catalogues(), now: new Date() }).then(
          (done) => done.forEach(say),
          (error: unknown) =>
            say(`the clock of the office: ${error instanceof Error ? error.message : error}`),
        );
      }, 30_000);
      clock.unref();
      const listening =
        broker === null
          ? null
          : listenToBroker(broker.address, {
              services: sensors,
              cities: places.map(({ workspace }) => workspace.city.id),
              client: `modelcity-${places.map(({ workspace }) => workspace.city.id).join('-')}`.slice(0, 60),
              say,
            });
      // What is personal goes when its time of keeping is over: at the start, then every hour.
      const eraser = setInterval(() => void eraseAll(live, store, home, say), 3_600_000);
      eraser.unref();
      void eraseAll(live, store, home, say);
      let publisher: ChildProcess | null = null;
      let warming: Warming | null = null;
      return new Promise<number>((done) => {
        let asked = 0;
        const counted: typeof operated.fetch = (...request) => {
          asked += 1;
          return operated.fetch(...request);
        };
        const server = listen({ fetch: counted, port, hostname: host }, ({ port: open }) => {
          say(
            `Ready after ${((Date.now() - started) / 1000).toFixed(1)} s: http://${host}:${open}/  (Ctrl+C stops)`,
          );
          void firstAdministrator(door, secret);
          warming = keepWarm(
            live,
            (path) => app.request(path, { headers: { 'accept-encoding': 'br' } }),
            (milliseconds) => pause(milliseconds, undefined, { ref: false }),
            () => asked,
          );
          publisher = workBeside(
            { places, home, out, cities: values['no-publish'] === true ? [] : unpublished(places, out) },
            { say, audited: (city, audit) => takeAudit(city, audit, first) },
          );
          publisher.once('exit', () => {
            auditing = false;
          });
          if (values.json === true)
            process.stdout.write(`${JSON.stringify({ url: `http://${host}:${open}/` })}\n`);
        });
        // Longer than proxies and browsers keep a connection (60 s): none is closed just as a request comes on it.
        if ('keepAliveTimeout' in server) server.keepAliveTimeout = 65_000;
        server.on('error', (error: NodeJS.ErrnoException) => {
          const why =
            error.code === 'EADDRINUSE'
              ? `port ${port} is in use; choose another with --port`
              : `cannot listen on ${host}:${port}: ${error.message}`;
          done(refuse('serve', why));
        });
        const stop = (): void => {
          say('Stopping …');
          clearInterval(clock);
          posting?.stop();
          clearInterval(eraser);
          publisher?.kill();
          warming?.stop();
          const followed = Promise.all([following?.stop(), listening?.close()]);
          const end = (): void => void Promise.resolve(followed).then(() => done(exitCode.done));
          server.close(end);
          setTimeout(end, patience).unref();
        };
        process.once('SIGINT', stop);
        process.once('SIGTERM', stop);
      });
    },
  );
};

/** How often mail that is due is looked for, ms. */
const postEvery = 15_000;

/** Sends mail for as long as the server runs; null, said plainly, where none is set up. */
function post(
  door: Door,
  live: LivePlaces,
  store: Store,
  say: (text: string) => void,
): { readonly stop: () => void } | null {
  const settings = mailSettings(process.env);
  if (settings === null) {
    say(
      'Mail is not set up (MODELCITY_SMTP): what people are told stands in the office; links are handed over.',
    );
    return null;
  }
  const mailer = openMailer(settings);
  let running: Promise<void> | null = null;
  const turn = async (): Promise<void> => {
    const { sent, fault } = await mailTurn({
      people: store.people,
      mailer,
      seals: door.seals,
      baseUrl: door.baseUrl,
      nameOf: (city) =>
        live.catalogues().find((each) => each.city === city)?.place.workspace.city.name ?? null,
      now: () => new Date(),
    });
    if (sent > 0 || fault !== null)
      say(`mail: ${sent} sent${fault === null ? '' : `; the last try failed: ${fault}`}`);
  };
  const look = setInterval(() => {
    running ??= turn()
      .catch((error: unknown) => say(`mail: ${error instanceof Error ? error.message : error}`))
      .finally(() => {
        running = null;
      });
  }, postEvery);
  look.unref();
  return {
    stop: () => {
      clearInterval(look);
      void (running ?? Promise.resolve()).finally(() => mailer.close());
    },
  };
}

async function eraseAll(
  live: LivePlaces,
  store: Store,
  home: string,
  say: (text: string) => void,
): Promise<void> {
  for (const { place, city } of live.catalogues())
    try {
      const count = await eraseExpiredOf(place.workspace, store, home, new Date().toISOString());
      if (count > 0) say(`${city}: personal data of ${count} cases erased, their time of keeping is over`);
    } catch (error) {
      say(`${city}: personal data could not be erased: ${error instanceof Error ? error.message : error}`);
    }
}

/** Places with a review of which no edition has this state yet: the small ones first. */
function unpublished(places: readonly OpenPlace[], out: string): readonly string[] {
  return [...places]
    .sort((a, b) => a.workspace.observations.length - b.workspace.observations.length)
    .filter(({ workspace: { city, reviews } }) => city.partOf === undefined && reviews.length > 0)
    .filter(({ workspace, asOf }) => {
      const [newest] = listEditions(out, workspace.city.id);
      return newest?.places.find(({ city }) => city === workspace.city.id)?.asOf !== asOf;
    })
    .map(({ workspace }) => workspace.city.id);
}

/** Audits every place and publishes some, in a process of its own. A fault there is told and stops nothing. */
function workBeside(
  {
    places,
    home,
    out,
    cities,
  }: {
    readonly places: readonly OpenPlace[];
    readonly home: string;
    readonly out: string;
    readonly cities: readonly string[];
  },
  to: { say(text: string): void; audited(city: string, audit: PlaceAudit): void },
): ChildProcess {
  const task: PublishTask = {
    places: places.map(({ folder, workspace, asOf, logged = [] }) => ({ folder, workspace, asOf, logged })),
    cities,
    home,
    out,
  };
  const worker = fork(fileURLToPath(new URL('../publish-worker.js', import.meta.url)), {
    serialization: 'advanced',
  });
  // Readers come first, also where the machine has few cores.
  if (worker.pid !== undefined)
    try {
      setPriority(worker.pid, constants.priority.PRIORITY_LOW);
    } catch {}
  worker.on('message', (message: WorkerMessage) => {
    if (typeof message === 'string') to.say(message);
    else to.audited(message.city, message.audit);
  });
  worker.on('error', (error) => to.say(`publishing stopped: ${error.message}`));
  worker.send(task);
  return worker;
}

/** A broker's address, and the same without its secrets; undefined when it is none. */
function brokerAt(text: string): { readonly address: string; readonly shown: string } | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!['mqtt:', 'mqtts:', 'ws:', 'wss:'].includes(url.protocol) || url.hostname === '') return undefined;
  return { address: text, shown: `${url.protocol}//${url.host}` };
}
