import { readBlob } from './blob.ts';
import { confirmedHead } from './confirmed-head.ts';
import { readEntryFiles } from './entry-file.ts';
import type { Store } from './store.ts';
import type { SubmissionEntry } from './submission.ts';

/** The log and the files that it names; what a database can be rebuilt from. A store is one. */
export type SourceLog = Pick<Store, 'cities' | 'submissions' | 'file'>;

/** A log on disk, and how far it is known to be committed. */
export interface LogFolder extends SourceLog {
  /** The last position that is known to be committed, by city. */
  readonly confirmed: ReadonlyMap<string, number>;
}

/**
 * The log on disk under a store's directory, without its database, which another process may have open: up to the last
 * committed position of each city, or all of it. An entry is written before its commit, and the note of a commit is not
 * synced: after a power cut those that follow the confirmed position may have been acknowledged. Null when an older
 * release wrote it and does not say how far it is committed.
 */
export async function openLogFolder(
  directory: string,
  upTo: 'confirmed' | 'end' = 'confirmed',
): Promise<LogFolder | null> {
  const byCity = new Map<string, SubmissionEntry[]>();
  const confirmed = new Map<string, number>();
  for (const entry of await readEntryFiles(directory)) {
    const head = confirmedHead(directory, entry.city);
    if (head === null && upTo === 'confirmed') return null;
    confirmed.set(entry.city, head ?? 0);
    if (upTo === 'confirmed' && entry.position > (head ?? 0)) continue;
    byCity.set(entry.city, [...(byCity.get(entry.city) ?? []), entry]);
  }
  return {
    confirmed,
    cities: async () => [...byCity].map(([id, entries]) => ({ id, head: entries.length })),
    submissions: async (city, after = 0) =>
      (byCity.get(city) ?? []).filter(({ position }) => position > after),
    file: (sha256) => readBlob(directory, sha256),
  };
}
