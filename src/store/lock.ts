import { linkSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Says that another process has the embedded database open. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse';
}

interface Holder {
  readonly pid: number;
  /** When the process began, in the kernel's ticks: tells a living holder from a stranger with its old pid. */
  readonly began: string;
  readonly host: string;
}

/** How often the holder touches its file, and how old an untouched file of another machine must be to be dead. */
const beat = 5_000;
const deadAfter = 60_000;
/** Longer than a living process takes to judge a lock, which is a few calls of the file system, on a busy machine too. */
const judgedWithin = 10_000;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Takes `directory/lock` for this process. The embedded database has no lock of its own: two processes that open the
 * same files lose each other's work without an error. Throws {@link DirectoryInUse} when a living process holds it; a
 * file left by a process that is gone is taken over.
 */
export function holdLock(directory: string): { release(): void } {
  const path = join(directory, 'lock');
  const mine: Holder = { pid: process.pid, began: beganOf(process.pid), host: hostname() };
  const draft = `${path}.${process.pid}.${process.hrtime.bigint()}`;
  writeFileSync(draft, JSON.stringify(mine));
  try {
    if (!place(draft, path)) takeOver(draft, path, directory);
  } finally {
    rmSync(draft, { force: true });
  }
  const timer = setInterval(() => touch(path), beat);
  timer.unref();
  return {
    release() {
      clearInterval(timer);
      rmSync(path, { force: true });
    },
  };
}

/** A hard link appears whole or not at all, and fails when the name is taken. */
function place(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function takeOver(draft: string, path: string, directory: string): void {
  const inUse = (holder: Holder | null): DirectoryInUse =>
    new DirectoryInUse(
      `${directory} is open in ${holder === null ? 'another process' : `process ${holder.pid} on ${holder.host}`}; ` +
        'the embedded database serves one process at a time. Stop that process, or set DATABASE_URL to use a PostgreSQL server',
    );
  // Only one process at a time may judge and replace a dead lock, or two would each remove the other's new one. A judge may
  // be killed too, so its mark is waited for as long as it may be one of a living judge, then taken for left behind.
  const judging = `${path}.judging`;
  for (;;) {
    try {
      mkdirSync(judging);
      break;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const holder = readHolder(path);
    if (holder !== null && isAlive(holder, path)) throw inUse(holder);
    if (ageOf(judging) >= judgedWithin) rmSync(judging, { recursive: true, force: true });
    else Atomics.wait(sleeper, 0, 0, 50);
  }
  try {
    const holder = readHolder(path);
    if (holder !== null && isAlive(holder, path)) throw inUse(holder);
    rmSync(path, { force: true });
    if (!place(draft, path)) throw inUse(readHolder(path));
  } finally {
    rmSync(judging, { recursive: true, force: true });
  }
}

function isAlive(holder: Holder, path: string): boolean {
  if (holder.host !== hostname()) return ageOf(path) < deadAfter;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  return beganOf(holder.pid) === holder.began;
}

function readHolder(path: string): Holder | null {
  try {
    const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof found !== 'object' || found === null) return null;
    const { pid, began, host } = { pid: 0, began: '', host: '', ...found };
    return typeof pid === 'number' && typeof began === 'string' && typeof host === 'string' && pid > 0
      ? { pid, began, host }
      : null;
  } catch {
    return null;
  }
}

/** Field 22 of /proc/<pid>/stat (proc(5)), counted after the name in parentheses; empty where there is no /proc. */
function beganOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {}
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
