import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { build, isFresh } from './build.js';
import { startPostgres } from './postgres.js';

// Once for a run. Tests that start a process or a worker run the built product, so it is built first; store tests find a
// real PostgreSQL where one is installed or named; what a run leaves aside is in one folder, gone after it.
export async function setup() {
  if (!isFresh()) await build();
  const folder = mkdtempSync(join(roomyMemory() ?? tmpdir(), 'modelcity-run-'));
  // The server's own user has to get through it.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
  const run = randomBytes(4).toString('hex');
  process.env.MODELCITY_TEST_RUN = run;
  const named = process.env.MODELCITY_TEST_PG ?? '';
  const server = named === '' ? await startPostgres() : null;
  if (server !== null) process.env.MODELCITY_TEST_PG = server.url;
  else if (named === '')
    process.stderr.write(
      'store tests on a PostgreSQL server are left out: MODELCITY_TEST_PG is not set and no PostgreSQL is installed\n',
    );
  return async () => {
    if (server !== null) server.stop();
    else if (named !== '') await dropPrepared(named, run);
    rmSync(folder, { recursive: true, force: true });
  };
}

const gigabyte = 2 ** 30;

/**
 * A file system in memory, where there is plenty of both: stores are a thousand small files that are made and deleted
 * again, for each test that opens one. Killed processes lose nothing there that they would keep on a disk.
 */
function roomyMemory() {
  const place = '/dev/shm';
  if (!existsSync(place) || freemem() < 8 * gigabyte) return null;
  const { bavail, bsize } = statfsSync(place);
  return bavail * bsize < 8 * gigabyte ? null : place;
}

/** Databases that workers of this run made to copy others from (scripts/test-stores.ts), on a server that stays. */
async function dropPrepared(url, run) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
      `modelcity_prepared_${run}_`,
    ]);
    for (const { datname } of rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}
