import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportWorkspace, writeFolder } from '../src/intake/index.ts';
import { makeCity, statedSize } from './made-city.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Every format of the open data of 250 indicators × 21 areas × 20 years × 6 groups, as the command writes it, from
 * PostgreSQL (DATABASE_URL) or PGlite. Loading is a row of its own. `open-data 4` takes four times as many indicators.
 */
export async function openData([factor = '1']: readonly string[]): Promise<object> {
  const city = makeCity({ ...statedSize, indicators: Math.round(statedSize.indicators * Number(factor)) });
  const folder = mkdtempSync(join(tmpdir(), 'modelcity-open-'));
  try {
    const workspace = join(folder, 'madecity');
    mkdirSync(workspace);
    await writeFolder(workspace, exportWorkspace(city));
    const load = await run(['load', '--workspace', workspace]);
    const write = await run([
      'open-data',
      '--workspace',
      workspace,
      '--stored',
      '--city',
      'madecity',
      '--out',
      join(folder, 'out'),
      '--json',
    ]);
    const told: { written: readonly { rows: number; files: readonly { path: string; bytes: number }[] }[] } =
      JSON.parse(write.output);
    const [written] = told.written;
    return {
      engine: process.env.DATABASE_URL === undefined ? 'pglite' : 'postgres',
      observations: written?.rows,
      load: load.cost,
      write: write.cost,
      megabytes: Math.round((written?.files ?? []).reduce((sum, { bytes }) => sum + bytes, 0) / 1e6),
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
    readonly cpuSeconds: number;
    readonly peakMegabytes: number;
  };
}

/** Runs the command and reads its processor time and high-water mark where Linux keeps them, ten times a second. */
function run(words: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const start = process.hrtime.bigint();
    const child = spawn(process.execPath, [join(root, 'bin/modelcity.js'), ...words], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    let peak = 0;
    let ticks = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    const watch = setInterval(() => {
      try {
        peak = Math.max(
          peak,
          Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0),
        );
        const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ');
        ticks = Math.max(ticks, Number(fields[11]) + Number(fields[12]));
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
