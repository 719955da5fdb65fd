import { readBlob } from './blob.ts';
import { confirmedHead } from './confirmed-head.ts';
import { readEntryFiles } from './entry-file.ts';
import type { Store } from './store.ts';
import type { SubmissionEntry } from './submission.ts';

/** The log and the files that it names; what a database can be rebuilt from. A store is one. */
export type SourceLog = Pick<Store, 'cities' | 'submissions' | 'file'>;

/**
 * The log on disk under a store's directory, without its database, which another process may have open: up to the last
 * committed position of each city. Null when an older release wrote it and does not say how far that is.
 */
export async function openLogFolder(directory: string): Promise<SourceLog | null> {
  const byCity = new Map<string, SubmissionEntry[]>();
  for (const entry of await readEntryFiles(directory)) {
    const head = confirmedHead(directory, entry.city);
    if (head === null) return null;
    if (entry.position > head) continue;
    byCity.set(entry.city, [...(byCity.get(entry.city) ?? []), entry]);
  }
  return {
    cities: async () => [...byCity].map(([id, entries]) => ({ id, head: entries.length })),
    submissions: async (city, after = 0) =>
      (byCity.get(city) ?? []).filter(({ position }) => position > after),
    file: (sha256) => readBlob(directory, sha256),
  };
}
