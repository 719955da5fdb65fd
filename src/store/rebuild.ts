import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { holdLock } from './lock.ts';
import { type LogFolder, openLogFolder } from './log-folder.ts';
import { openStore } from './open.ts';
import type { Store } from './store.ts';

/**
 * Builds the embedded database of a directory anew from the log on disk beside it, without opening the one that stands
 * there. `fill` hands the log in to an empty store and says whether it came out whole; then the new database takes the place
 * of the old one, which is kept aside with its log. Gives the folder where it is kept; null when nothing was changed.
 * Throws DirectoryInUse while another process has the directory open.
 */
export async function rebuildEmbedded(
  directory: string,
  fill: (log: LogFolder, into: Store) => Promise<boolean>,
): Promise<string | null> {
  const lock = holdLock(directory);
  const fresh = join(directory, 'rebuilt');
  try {
    const log = await openLogFolder(directory, 'end');
    if (log === null) return null;
    await rm(fresh, { recursive: true, force: true });
    const store = await openStore({ directory: fresh });
    const isWhole = await fill(log, store).finally(() => store.close());
    if (!isWhole) return null;
    // Records may have been written in other bytes by an earlier release: the log names the files that it was built from.
    await cp(join(fresh, 'sources'), join(directory, 'sources'), { recursive: true });
    const kept = await newFolder(directory);
    for (const name of ['log', 'pglite']) {
      await rename(join(directory, name), join(kept, name)).catch(ignoreAbsent);
      await rename(join(fresh, name), join(directory, name));
    }
    return kept;
  } finally {
    await rm(fresh, { recursive: true, force: true });
    lock.release();
  }
}

/** `before-rebuild-1`, or the next number that is free. */
async function newFolder(directory: string): Promise<string> {
  const names = new Set(await readdir(directory));
  let number = 1;
  while (names.has(`before-rebuild-${number}`)) number += 1;
  const path = join(directory, `before-rebuild-${number}`);
  await mkdir(path);
  return path;
}

function ignoreAbsent(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
