// Stores for tests: the embedded database, and a PostgreSQL server when there is one to be had.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openStore, type Store } from '../src/store/index.ts';
import { afterFile } from './test-cleanups.ts';

/** Where one test's store lives; opening it twice gives the same data. */
export interface TestPlace {
  readonly directory: string;
  readonly databaseUrl?: string;
  open(): Promise<Store>;
}

export interface TestEngine {
  readonly name: 'pglite' | 'postgres';
  place(): Promise<TestPlace>;
}

/** Named by the environment, or started for this run (scripts/vitest-setup.js). */
const server = process.env.MODELCITY_TEST_PG ?? '';

/** The engines to test on: always the embedded one. */
export const testEngines: readonly TestEngine[] = [
  {
    name: 'pglite',
    async place() {
      const directory = temporaryFolder();
      return { directory, open: () => openStore({ directory }) };
    },
  },
  ...(server === '' ? [] : [{ name: 'postgres', place: () => serverPlace(server) } as const]),
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

let made = 0;
async function serverPlace(url: string): Promise<TestPlace> {
  made += 1;
  const name = `modelcity_test_${process.pid}_${made}`;
  await asOwner(url, `CREATE DATABASE ${name}`);
  afterFile(() => asOwner(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  const own = new URL(url);
  own.pathname = `/${name}`;
  const directory = temporaryFolder();
  return { directory, databaseUrl: own.href, open: () => openStore({ databaseUrl: own.href, directory }) };
}
