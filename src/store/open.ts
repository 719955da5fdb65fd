import { resolve } from 'node:path';
import { type Observation, ObservationPacker } from '../model/index.ts';
import { readBlob } from './blob.ts';
import { readEvents } from './case.ts';
import { confirmedHead, confirmHead } from './confirmed-head.ts';
import { definitionsChanged, readDefinitions } from './definition.ts';
import { type Connection, type Engine, exchange, type Limits, transaction } from './engine.ts';
import { readBalances, readFlows } from './flow.ts';
import { readHistory } from './history.ts';
import { readCities, readSubmissions } from './log.ts';
import { migrate } from './migrate.ts';
import { countObservations, indicatorGroups } from './observation-batches.ts';
import { changedCells, readObservations, readPlainObservations, Shared } from './observation-reading.ts';
import { readRuns } from './observation-runs.ts';
import { peopleOn } from './people/people.ts';
import { readReadings, readSeries } from './reading.ts';
import {
  countReadings,
  endReadingDay,
  lastSensedPosition,
  readReadingEnds,
  readReadingMonths,
} from './reading-span.ts';
import {
  countSensed,
  endSensedDay,
  lastSensed,
  readSensedChanges,
  readSensedDays,
  readSensedEnds,
} from './sensed-reading.ts';
import { countSensorEntities, lastSensorEntity, readSensorEntities, readSensorLinks } from './sensor.ts';
import { standingOf } from './standing.ts';
import type { Store } from './store.ts';
import type { Submission } from './submission.ts';
import { submit } from './submit.ts';
import { inTurn } from './turn.ts';

export interface StoreOptions {
  /** A PostgreSQL server, 15 or later. Absent: the embedded database in `directory`. */
  readonly databaseUrl?: string;
  /** Where source files and the embedded database stand; default `.modelcity` of the working folder. */
  readonly directory?: string;
  /** Told once, in a plain line, which engine is used and what to mind. */
  readonly log?: (line: string) => void;
}

/**
 * Opens a store, making or renewing its tables. Throws an Error with a line for a person when the embedded database is
 * open elsewhere, the server is too old or out of reach, or the tables were made by a newer release.
 */
export async function openStore({
  databaseUrl,
  directory = '.modelcity',
  log = () => undefined,
}: StoreOptions): Promise<Store> {
  const place = resolve(directory);
  // The drivers of an engine are loaded where it is used: either costs a short command a tenth of its time.
  const engine =
    databaseUrl === undefined
      ? await (await import('./engine-pglite.ts')).openPglite(place)
      : await (await import('./engine-postgres.ts')).openPostgres(databaseUrl);
  try {
    await migrate(engine);
    if (engine.name === 'pglite')
      for (const { id, head } of await transaction(
        engine,
        { role: 'reader', city: '', areas: 'all' },
        readCities,
      ))
        if (head > 0 && confirmedHead(place, id) !== head) confirmHead(place, id, head);
    log(engine.describe());
    return storeOn(engine, place, { areas: 'all', departments: 'all', ballots: 'all' });
  } catch (error) {
    await engine.close();
    throw error;
  }
}

type Listener = Parameters<Store['watch']>[0];

function storeOn(
  engine: Engine,
  directory: string,
  limits: Limits,
  listeners: Set<Listener> = new Set(),
): Store {
  const read = <T>(city: string, work: (connection: Connection) => Promise<T>): Promise<T> =>
    transaction(engine, { role: 'reader', city, ...limits }, work);
  /** For one statement: there and back once. */
  const ask = <T>(city: string, work: (connection: Connection) => Promise<T>): Promise<T> =>
    exchange(engine, { role: 'reader', city, ...limits }, work);
  let unscored: Store | null = null;
  const store: Store = {
    engine: engine.name,
    describe: () => engine.describe(),
    standing: () => standingOf(engine),
    close: () => engine.close(),
    people: peopleOn(engine),
    within: (areas, departments) =>
      storeOn(
        engine,
        directory,
        {
          ...limits,
          areas: narrowed(limits.areas, areas),
          departments:
            departments === undefined ? limits.departments : narrowed(limits.departments, departments),
        },
        listeners,
      ),
    withBallotsOf: (members) => {
      const ballots = narrowed(limits.ballots, members);
      const made = (): Store => storeOn(engine, directory, { ...limits, ballots }, listeners);
      if (ballots.length > 0) return made();
      // One and the same for all who ask, so that what is kept by store is kept once.
      unscored ??= limits.ballots !== 'all' && limits.ballots.length === 0 ? store : made();
      return unscored;
    },
    cities: () => ask('', readCities),
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async submit(submission) {
      const receipt = await submit(engine, directory, limits, submission);
      if (receipt.outcome !== 'stored') return receipt;
      if (engine.name === 'pglite') confirmHead(directory, receipt.city, receipt.position);
      const registers = steppedRegisters(submission);
      for (const listener of listeners) listener(receipt.city, receipt.position, registers);
      return receipt;
    },
    inTurn: (city, work) => inTurn(engine, city, work),
    workspace: (city, asOf = Number.MAX_SAFE_INTEGER, { packed = false } = {}) =>
      read(city, async (connection) => {
        const rest = await readDefinitions(connection, city, asOf);
        if (rest === null) return null;
        const observations: Observation[] = [];
        const packer = new ObservationPacker();
        const shared = new Shared();
        for (const indicators of indicatorGroups(await countObservations(connection, city, { asOf })))
          for (const each of await readPlainObservations(connection, city, { asOf, indicators }, shared))
            if (packed) packer.add(each);
            else observations.push(each);
        return { ...rest, observations: packed ? packer.packed().list() : observations };
      }),
    definitions: (city, asOf = Number.MAX_SAFE_INTEGER) =>
      read(city, async (connection) => {
        const rest = await readDefinitions(connection, city, asOf);
        return rest === null ? null : { ...rest, observations: [] };
      }),
    changes: (city, after, upTo) =>
      read(city, async (connection) => ({
        definitions: await definitionsChanged(connection, city, after, upTo),
        observations: await changedCells(connection, city, after, upTo),
      })),
    observationCounts: (city, query = {}) =>
      read(city, (connection) => countObservations(connection, city, query)),
    async *observationBatches(city, { atOnce, ...query }) {
      // As of a position nothing changes, so each group may be read in a transaction of its own.
      const counts = await read(city, (connection) => countObservations(connection, city, query));
      for (const indicators of indicatorGroups(counts, atOnce))
        yield await read(city, (connection) => readObservations(connection, city, { ...query, indicators }));
    },
    observations: (city, query = {}) => read(city, (connection) => readObservations(connection, city, query)),
    observationRuns: (city, query = {}) => read(city, (connection) => readRuns(connection, city, query)),
    history: (city, record) => read(city, (connection) => readHistory(connection, city, record)),
    submissions: (city, after = 0, upTo = Number.MAX_SAFE_INTEGER) =>
      ask(city, (connection) => readSubmissions(connection, city, after, upTo)),
    file: (sha256) => readBlob(directory, sha256),
    flows: (city, query = {}) => read(city, (connection) => readFlows(connection, city, query)),
    balances: (city, query = {}) => read(city, (connection) => readBalances(connection, city, query)),
    events: (city, query = {}) => ask(city, (connection) => readEvents(connection, city, query)),
    series: (city, query = {}) => read(city, (connection) => readSeries(connection, city, query)),
    readings: (city, query = {}) => read(city, (connection) => readReadings(connection, city, query)),
    sensorEntities: (city, query) => read(city, (connection) => readSensorEntities(connection, city, query)),
    sensorLinks: (city, query) => read(city, (connection) => readSensorLinks(connection, city, query)),
    sensorCount: (city, query) => read(city, (connection) => countSensorEntities(connection, city, query)),
    sensorLast: (city, types) => read(city, (connection) => lastSensorEntity(connection, city, types)),
    sensedDays: (city, query) => read(city, (connection) => readSensedDays(connection, city, query)),
    sensedChanges: (city, query) => read(city, (connection) => readSensedChanges(connection, city, query)),
    sensedDay: (city, { end, ...query }) =>
      read(city, (connection) => endSensedDay(connection, city, end, query)),
    sensedEnds: (city, query) => read(city, (connection) => readSensedEnds(connection, city, query)),
    sensedCount: (city, query) => read(city, (connection) => countSensed(connection, city, query)),
    sensedLast: (city, streams) => read(city, (connection) => lastSensed(connection, city, streams)),
    readingEnds: (city, query) => read(city, (connection) => readReadingEnds(connection, city, query)),
    readingDay: (city, { end, ...query }) =>
      read(city, (connection) => endReadingDay(connection, city, end, query)),
    readingMonths: (city, query) => read(city, (connection) => readReadingMonths(connection, city, query)),
    sensedPosition: (city, query) => read(city, (connection) => lastSensedPosition(connection, city, query)),
    readingCount: (city, query) => read(city, (connection) => countReadings(connection, city, query)),
  };
  return store;
}

/** The registers whose cases a submission takes steps of; null when it holds anything else. */
function steppedRegisters({ workspace, records = {} }: Submission): ReadonlySet<string> | null {
  const { events = [], registers: _declared, ...others } = records;
  const isMore =
    workspace !== undefined ||
    Object.values(others).some((each: unknown) => !Array.isArray(each) || each.length > 0);
  return isMore ? null : new Set(events.map(({ register }) => register));
}

/** A narrower view of a view can't widen it. */
function narrowed(allowed: Limits['areas'], named: readonly string[]): readonly string[] {
  const wanted = named.filter((name) => /^[A-Za-z0-9._-]+$/.test(name));
  return allowed === 'all' ? wanted : wanted.filter((name) => allowed.includes(name));
}
