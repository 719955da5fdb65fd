import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The last position of a city that the embedded database has committed, as a file beside the log on disk. An entry of the
 * log is written before its commit, so the newest one may belong to a submission that was never stored; who copies the
 * log while another process has the database open tells by this. Written before a submission is acknowledged; not
 * synced, for opening the database puts it right.
 */
export function confirmHead(directory: string, city: string, head: number): void {
  const path = placeOf(directory, city);
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  writeFileSync(partial, `${head}\n`);
  renameSync(partial, path);
}

/** Null when nothing was confirmed yet, or by an older release. */
export function confirmedHead(directory: string, city: string): number | null {
  try {
    const text = readFileSync(placeOf(directory, city), 'utf8').trim();
    return /^\d{1,15}$/.test(text) ? Number(text) : null;
  } catch {
    return null;
  }
}

const placeOf = (directory: string, city: string): string => join(directory, 'log', city, 'head');
