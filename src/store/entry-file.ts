import { readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeSynced } from './blob.ts';
import type { SubmissionEntry } from './submission.ts';

const entrySchema = z.strictObject({
  city: z.string(),
  position: z.int().min(1),
  kind: z.enum(['workspace', 'record']),
  agent: z.string(),
  received: z.string(),
  corrects: z.int().nullable(),
  files: z.array(z.strictObject({ path: z.string(), sha256: z.string(), size: z.int() })),
});

/**
 * The log on disk, `log/<city>/<position>.json`, synced before the commit of its submission: with the source files it is
 * all that is needed to rebuild the database. A file whose transaction did not commit is replaced by the next
 * submission, which takes the same position.
 */
export async function writeEntryFile(directory: string, entry: SubmissionEntry): Promise<void> {
  const path = join(directory, 'log', entry.city, `${entry.position}.json`);
  await writeSynced(path, Buffer.from(entryText(entry)));
}

/**
 * Removes the entries after a city's head, which processes left that ended before the commit of what they were storing.
 * To be called by whoever holds the lock of the log.
 */
export async function dropEntryFilesAfter(directory: string, city: string, head: number): Promise<void> {
  for (let position = head + 1; ; position += 1)
    try {
      await unlink(join(directory, 'log', city, `${position}.json`));
    } catch {
      return;
    }
}

/** An entry as its file holds it: one line, members in a fixed order. */
export function entryText(entry: SubmissionEntry): string {
  return `${JSON.stringify(entrySchema.parse(entry))}\n`;
}

/** The log of every city as it stands on disk, by city and position; needs no database. */
export async function readEntryFiles(directory: string): Promise<readonly SubmissionEntry[]> {
  const log = join(directory, 'log');
  const entries: SubmissionEntry[] = [];
  for (const city of await namesIn(log))
    for (const name of await namesIn(join(log, city)))
      if (/^\d+\.json$/.test(name))
        entries.push(entrySchema.parse(JSON.parse(await readFile(join(log, city, name), 'utf8'))));
  return entries.sort((a, b) => (a.city < b.city ? -1 : a.city > b.city ? 1 : a.position - b.position));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
