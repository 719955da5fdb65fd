import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Seconds and peak memory of typesetting a review, publishing it without and with its site, and verifying it. */
export async function publish([city = 'shanghai']: readonly string[]): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'modelcity-bench-'));
  const on = ['--workspace', join(root, 'examples')];
  try {
    const load = await run(['load', ...on]);
    const review = await run(['review', ...on, '--city', city, '--out', join(folder, 'review')]);
    const documents = await run([
      'publish',
      ...on,
      '--city',
      city,
      '--no-site',
      '--out',
      join(folder, 'documents'),
    ]);
    const site = await run(['publish', ...on, '--city', city, '--out', join(folder, 'site'), '--json']);
    const told: { editions: readonly { published: { archive: string } }[] } = JSON.parse(site.output);
    const archive = told.editions[0]?.published.archive ?? '';
    const verify = await run(['verify', archive]);
    return {
      city,
      engine: process.env.DATABASE_URL === undefined ? 'pglite' : 'postgres',
      load: load.cost,
      reviewAllDocuments: review.cost,
      publishWithoutSite: documents.cost,
      publishWithSite: site.cost,
      verify: verify.cost,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Run {
  readonly output: string;
  readonly cost: {
    readonly exit: number | null;
    readonly wallSeconds: number;
    /** User and system time of the process and of those it waited for; without the database server. */
    readonly cpuSeconds: number;
    readonly peakMegabytes: number;
  };
}

function run(words: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const start = process.hrtime.bigint();
    const child = spawn(process.execPath, [join(root, 'bin/modelcity.js'), ...words], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    let peak = 0;
    let ticks = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    // The kernel keeps the high-water mark of a living process (Linux).
    const watch = setInterval(() => {
      try {
        const mark = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
        peak = Math.max(peak, Number(mark?.[1] ?? 0));
        const [, stat = ''] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ');
        ticks = stat
          .split(' ')
          .slice(11, 15)
          .reduce((sum, each) => sum + Number(each), 0);
      } catch {}
    }, 100);
    child.on('close', (exit) => {
      clearInterval(watch);
      const wallSeconds = Math.round(Number(process.hrtime.bigint() - start) / 1e7) / 100;
      resolve({
        output,
        cost: { exit, wallSeconds, cpuSeconds: ticks / 100, peakMegabytes: Math.round(peak / 1024) },
      });
    });
  });
}
