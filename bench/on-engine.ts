import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import type { Store } from '../src/store/index.ts';

/** Built rooms by name, as a user has them: benches measure `dist`. The caller says which types they are. */
export async function builtRooms<Built>(rooms: readonly string[]): Promise<Built> {
  const load = (room: string): Promise<object> =>
    import(pathToFileURL(resolve(`dist/${room}/index.js`)).href);
  return Object.assign({}, ...(await Promise.all(rooms.map(load))));
}

/** A store of a bench and what belongs to it. */
export interface BenchPlace {
  readonly store: Store;
  readonly folder: string;
  /** Size of a table with its indexes, megabytes; null on the embedded engine. */
  megabytesOf(table: string): Promise<number | null>;
}

/**
 * Does some work on a new store: the embedded engine (`pglite`), or a database of its own on the server that
 * MODELCITY_TEST_PG names (`postgres`). Nothing of it is left afterwards.
 */
export async function onEngine<Result>(
  bench: string,
  engine: string,
  openStore: (options: { directory: string; databaseUrl?: string }) => Promise<Store>,
  work: (place: BenchPlace) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'modelcity-bench-'));
  const base = process.env.MODELCITY_TEST_PG ?? '';
  const name = `modelcity_bench_${bench}_${process.pid}`;
  const url = engine === 'postgres' ? new URL(base) : null;
  if (url !== null) {
    await asOwner(base, `CREATE DATABASE ${name}`);
    url.pathname = `/${name}`;
  }
  const store = await openStore({ directory: folder, ...(url === null ? {} : { databaseUrl: url.href }) });
  try {
    return await work({
      store,
      folder,
      megabytesOf: async (table) => {
        if (url === null) return null;
        const [row] = await asOwner(url.href, `SELECT pg_total_relation_size('${table}')::text AS bytes`);
        return Math.round(Number(row?.bytes ?? 0) / 1e6);
      },
    });
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
    if (url !== null) await asOwner(base, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

async function asOwner(url: string, statement: string): Promise<readonly { readonly bytes?: string }[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ bytes?: string }>(statement)).rows;
  } finally {
    await client.end();
  }
}
