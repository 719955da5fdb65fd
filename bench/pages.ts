import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const readers = 50;
const asked = 40;
const kinds = [
  'en/shanghai/',
  'zh/shanghai/',
  'en/shanghai/indicators/',
  'en/shanghai/indicators/energy_per_gdp/',
  'en/shanghai/figures/QPD11PWDXZ2G/',
  'en/shanghai/goals/7/',
  'en/shanghai/districts/',
  'zh/shanghai/review/vlr-2022/',
  'en/shenyang/plan/',
  'api/places',
];

/** First answer and p95 of each kind of page under 50 parallel readers, in ms, of a server started for it. */
export async function pages([workspace = 'examples']: readonly string[]): Promise<object> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const started = process.hrtime.bigint();
  const server = spawn(
    process.execPath,
    [
      join(root, 'bin/modelcity.js'),
      'serve',
      '--workspace',
      workspace,
      '--port',
      '0',
      '--json',
      '--no-publish',
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let text = '';
      server.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const found = /"url":"([^"]+)"/.exec(text);
        if (found?.[1] !== undefined) resolve(found[1]);
      });
      server.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    const readySeconds = Number(process.hrtime.bigint() - started) / 1e9;
    const rows = [];
    for (const path of kinds) {
      const first = await timed(`${url}${path}`);
      const times: number[] = [];
      await Promise.all(
        Array.from({ length: readers }, async () => {
          for (let at = 0; at < asked; at += 1) times.push((await timed(`${url}${path}`)).milliseconds);
        }),
      );
      times.sort((a, b) => a - b);
      rows.push({
        path,
        status: first.status,
        firstMs: first.milliseconds,
        p50Ms: quantile(times, 0.5),
        p95Ms: quantile(times, 0.95),
      });
    }
    return {
      engine: process.env.DATABASE_URL === undefined ? 'pglite' : 'postgres',
      readySeconds: Math.round(readySeconds * 10) / 10,
      readers,
      pages: rows,
    };
  } finally {
    server.kill('SIGTERM');
  }
}

async function timed(url: string): Promise<{ readonly status: number; readonly milliseconds: number }> {
  const start = process.hrtime.bigint();
  const response = await fetch(url);
  await response.arrayBuffer();
  return {
    status: response.status,
    milliseconds: Math.round(Number(process.hrtime.bigint() - start) / 1e4) / 100,
  };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
