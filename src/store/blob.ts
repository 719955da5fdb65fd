import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Where a file with this hash stands under the store's directory. */
function placeOf(directory: string, sha256: string): string {
  return join(directory, 'sources', sha256.slice(0, 2), sha256);
}

/**
 * Stores bytes under their hash. When this resolves they are on disk, with their name: written aside, synced, renamed
 * into place, and the folder synced. Bytes that are there already are not written again.
 */
export async function writeBlob(directory: string, bytes: Uint8Array): Promise<string> {
  const staged = await stageBlob(directory, bytes);
  try {
    await staged.place();
  } finally {
    await staged.drop();
  }
  return staged.sha256;
}

/** Bytes that are on disk beside the place that their hash gives them. */
export interface StagedBlob {
  readonly sha256: string;
  readonly size: number;
  /** Gives them their name; on disk when this resolves. */
  place(): Promise<void>;
  /** Removes what was not given its name. */
  drop(): Promise<void>;
}

/**
 * Writes bytes aside and syncs them, so that giving them their name is quick: the slow half is done before a log is
 * locked, and what is refused leaves nothing behind.
 */
export async function stageBlob(directory: string, bytes: Uint8Array): Promise<StagedBlob> {
  const sha256 = sha256Hex(bytes);
  const path = placeOf(directory, sha256);
  // What is there already may have been named a moment ago by another process: its folder is synced here too.
  // A small one is written over the same bytes as quickly as it is looked for.
  const isKept = bytes.byteLength > smallBytes && (await isThere(path, bytes.byteLength));
  const partial = isKept ? null : await writeAside(path, bytes);
  let isPlaced = partial === null;
  return {
    sha256,
    size: bytes.byteLength,
    async place() {
      if (partial !== null && !isPlaced) {
        await rename(partial, path);
        isPlaced = true;
      }
      await syncFolder(dirname(path));
    },
    async drop() {
      if (partial !== null && !isPlaced) await rm(partial, { force: true });
    },
  };
}

/** The bytes with this hash. Throws when they are not there or have changed. */
export async function readBlob(directory: string, sha256: string): Promise<Uint8Array> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError(`not a sha-256: ${sha256.slice(0, 80)}`);
  const bytes = await readFile(placeOf(directory, sha256));
  if (sha256Hex(bytes) !== sha256) throw new Error(`source file ${sha256} has changed on disk`);
  return bytes;
}

/** Up to this, looking whether bytes are there costs what writing them does. */
const smallBytes = 65_536;

async function isThere(path: string, size: number): Promise<boolean> {
  try {
    return (await stat(path)).size === size;
  } catch {
    return false;
  }
}

/** Writes aside, syncs, renames, syncs the folder: a reader finds the whole file or none, also after a power cut. */
export async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  await rename(await writeAside(path, bytes), path);
  await syncFolder(dirname(path));
}

/** Writes and syncs a file beside the one it is to become; gives its path. */
async function writeAside(path: string, bytes: Uint8Array): Promise<string> {
  const partial = `${path}.${process.pid}.${process.hrtime.bigint()}.partial`;
  try {
    const file = await openNew(partial);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return partial;
}

/** Opens a file that is not there yet; its folder is nearly always there. */
async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    await makeFolder(dirname(path));
    return open(path, 'wx');
  }
}

/** Makes a folder with its parents; a new name is on disk when its parent folder is synced. */
async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

async function syncFolder(path: string): Promise<void> {
  // Windows can't open a folder; there the rename itself is journalled by the file system.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
