// Stores for tests: the embedded database, and a PostgreSQL server when there is one to be had.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openStore, type Store } from '../src/store/index.ts';
import { afterFile } from './test-cleanups.ts';

/** Where one test's store lives, with its tables made; opening it twice gives the same data. */
export interface TestPlace {
  readonly directory: string;
  readonly databaseUrl?: string;
  open(): Promise<Store>;
}

export interface TestEngine {
  readonly name: 'pglite' | 'postgres';
  /** `bare`: without tables, as a new city's is, for tests of making them. */
  place(made?: 'bare'): Promise<TestPlace>;
}

/** Named by the environment, or started for this run (scripts/vitest-setup.js). */
const server = process.env.MODELCITY_TEST_PG ?? '';

/** The engines to test on: always the embedded one. */
export const testEngines: readonly TestEngine[] = [
  {
    name: 'pglite',
    async place(made) {
      const directory = temporaryFolder();
      if (made !== 'bare') await prepareEmbedded(directory);
      return { directory, open: () => openStore({ directory }) };
    },
  },
  ...(server === ''
    ? []
    : [{ name: 'postgres', place: (made?: 'bare') => serverPlace(server, made) } as const]),
];

/** A folder that is gone after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'modelcity-'));
  afterFile(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs statements on the test server as its owner, in the given database. */
export async function asOwner(databaseUrl: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * Puts an embedded database with tables, and nothing in them, into a store's folder: copied from one made once by each
 * worker, since making it takes a second and copying it a tenth.
 */
export async function prepareEmbedded(directory: string): Promise<void> {
  embedded ??= (async () => {
    const made = join(tmpdir(), `modelcity-prepared-${process.pid}`);
    await (await openStore({ directory: made })).close();
    return made;
  })();
  cpSync(await embedded, directory, { recursive: true });
}

let embedded: Promise<string> | null = null;
/** A database with tables, and nothing in them, that others are copied from; vitest-setup drops it after the run. */
function preparedDatabase(url: string): Promise<string> {
  onServer ??= (async () => {
    const name = `modelcity_prepared_${process.env.MODELCITY_TEST_RUN ?? 'alone'}_${process.pid}`;
    await asOwner(url, `DROP DATABASE IF EXISTS ${name}`, `CREATE DATABASE ${name}`);
    const directory = temporaryFolder();
    await (await openStore({ databaseUrl: databaseAt(url, name), directory })).close();
    return name;
  })();
  return onServer;
}

let onServer: Promise<string> | null = null;

let count = 0;
async function serverPlace(url: string, made?: 'bare'): Promise<TestPlace> {
  count += 1;
  const name = `modelcity_test_${process.pid}_${count}`;
  await asOwner(
    url,
    made === 'bare'
      ? `CREATE DATABASE ${name}`
      : `CREATE DATABASE ${name} TEMPLATE ${await preparedDatabase(url)}`,
  );
  afterFile(() => asOwner(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  const databaseUrl = databaseAt(url, name);
  const directory = temporaryFolder();
  return { directory, databaseUrl, open: () => openStore({ databaseUrl, directory }) };
}

function databaseAt(url: string, name: string): string {
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}
