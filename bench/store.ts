import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';

/**
 * 630,000 observations loaded as one workspace, beside plain COPY of the same rows, then read and computed: on the embedded database and, when
 * MODELCITY_BENCH_PG names a server, on a database made there and dropped. Each engine has a process of its own, so that
 * its peak memory is its own. Runs the built product.
 */
export async function store(): Promise<{ readonly results: readonly unknown[] }> {
  run(['scripts/build.js']);
  const results = [{ name: 'pglite', ...inFolder([]) }];
  const server = process.env.MODELCITY_BENCH_PG;
  if (server === undefined) console.error('a PostgreSQL server is left out: MODELCITY_BENCH_PG is not set');
  else results.push({ name: 'postgres', ...(await onServer(server)) });
  return { results };
}

async function onServer(server: string): Promise<object> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  const name = `modelcity_bench_${process.pid}`;
  try {
    await admin.query(`CREATE DATABASE ${name}`);
    const own = new URL(server);
    own.pathname = `/${name}`;
    return inFolder([own.href]);
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.end();
  }
}

function inFolder(more: readonly string[]): object {
  const folder = mkdtempSync(join(tmpdir(), 'modelcity-bench-'));
  try {
    const found: object = {};
    for (const step of ['load', 'read', 'workspace', 'figures'])
      Object.assign(found, JSON.parse(run([resolve('bench/store-load.js'), step, folder, ...more])));
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`${args[0]}: ${stderr}`);
  return stdout;
}
