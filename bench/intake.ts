import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportWorkspace, parseWorkspace, readFolder, writeFolder } from '../src/intake/index.ts';
import { makeCity } from './made-city.ts';
import { measured } from './measured.ts';

/** Rows per second: a city of the stated size written as a folder, read from disk, parsed and checked whole. */
export async function intake(): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'modelcity-bench-'));
  try {
    const made = makeCity();
    const rows = made.observations.length;
    const written = await measured(async () => writeFolder(folder, exportWorkspace(made)));
    const read = await measured(() => readFolder(folder));
    const parsed = await measured(() => parseWorkspace(read.result.files));
    if (parsed.result.workspace?.observations.length !== rows)
      throw new Error(`read ${parsed.result.workspace?.observations.length} of ${rows} rows`);
    const bytes = read.result.files.reduce((sum, file) => sum + file.bytes.length, 0);
    const perSecond = (seconds: number) => Math.round(rows / seconds);
    return {
      rows,
      bytes,
      export: { ...written.cost, rowsPerSecond: perSecond(written.cost.wallSeconds) },
      readFolder: { ...read.cost, rowsPerSecond: perSecond(read.cost.wallSeconds) },
      parseAndCheck: { ...parsed.cost, rowsPerSecond: perSecond(parsed.cost.wallSeconds) },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
