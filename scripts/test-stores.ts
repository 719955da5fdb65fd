// Stores for tests: the embedded database, and a PostgreSQL server when there is one to be had.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll } from 'vitest';
import { openStore, type Store } from '../src/store/index.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

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

const server = await findServer();
if (server === null)
  process.stderr.write(
    'store tests on a PostgreSQL server are left out: MODELCITY_TEST_PG is not set and no PostgreSQL is installed\n',
  );

/** The engines to test on: always the embedded one. */
export const testEngines: readonly TestEngine[] = [
  {
    name: 'pglite',
    async place() {
      const directory = temporaryFolder();
      return { directory, open: () => openStore({ directory }) };
    },
  },
  ...(server === null ? [] : [{ name: 'postgres', place: () => serverPlace(server) } as const]),
];

/** A folder that is gone after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'modelcity-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
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
  cleanups.push(() => asOwner(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  const own = new URL(url);
  own.pathname = `/${name}`;
  const directory = temporaryFolder();
  return { directory, databaseUrl: own.href, open: () => openStore({ databaseUrl: own.href, directory }) };
}

/** The server named by MODELCITY_TEST_PG, or a throw-away cluster of an installed PostgreSQL, or null. */
async function findServer(): Promise<string | null> {
  const named = process.env.MODELCITY_TEST_PG;
  if (named !== undefined && named !== '') return named;
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const newest = versions.map(Number).sort((a, b) => b - a)[0];
  if (newest === undefined) return null;
  const bin = `/usr/lib/postgresql/${newest}/bin`;
  const folder = mkdtempSync(join(tmpdir(), 'modelcity-pg-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const asPostgres = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];
  if (asPostgres.length > 0) run(['chown', 'postgres', folder]);
  const port = await freePort();
  const data = join(folder, 'data');
  run([
    ...asPostgres,
    `${bin}/initdb`,
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '-N',
  ]);
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c max_connections=60 -c fsync=off`;
  run([...asPostgres, `${bin}/pg_ctl`, '-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start']);
  cleanups.push(() => run([...asPostgres, `${bin}/pg_ctl`, '-D', data, '-m', 'immediate', 'stop']));
  return `postgres://postgres@127.0.0.1:${port}/postgres`;
}

function run([command = '', ...args]: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    cwd: '/',
  });
  if (status !== 0) throw new Error(`${command} ${args[0] ?? ''} failed: ${stderr}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
