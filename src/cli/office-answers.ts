import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Answer, loggedAnswers } from '../audit/index.ts';
import type { Store } from '../store/index.ts';
import { openStoreOf } from './open-places.ts';

/** Answers that were given in the browser, by the id of their place. */
export interface OfficeAnswers {
  readonly byCity: ReadonlyMap<string, readonly Answer[]>;
  /** Why answers that may be there could not be read; null when all were read, or there is no office. */
  readonly unread: string | null;
}

const none: OfficeAnswers = { byCity: new Map(), unread: null };

/**
 * Reads the answers that were given in the office which serves a folder: from the `.modelcity` of the folder itself, or of
 * the folder around it. A folder that was never served has no office, and no database is made for it; an embedded
 * database that a running office holds cannot be read beside it, which the caller is told.
 */
export async function officeAnswers(directory: string): Promise<OfficeAnswers> {
  const root = [resolve(directory), dirname(resolve(directory))].find(isServed);
  if (root === undefined) return none;
  let store: Store;
  try {
    store = await openStoreOf(root, () => undefined);
  } catch (error) {
    return { byCity: new Map(), unread: error instanceof Error ? error.message : String(error) };
  }
  try {
    const byCity = new Map<string, readonly Answer[]>();
    for (const { id } of await store.cities())
      byCity.set(id, loggedAnswers(await store.events(id, { register: 'answer' })));
    return { byCity, unread: null };
  } finally {
    await store.close();
  }
}

/** The store on a server keeps its source files in the folder too; the embedded one its tables. */
function isServed(folder: string): boolean {
  const home = join(folder, '.modelcity');
  const server = process.env.DATABASE_URL;
  return server === undefined || server === '' ? existsSync(join(home, 'pglite')) : existsSync(home);
}

/** One line for a person whose answers could not be read. */
export const unreadLine = (why: string): string =>
  `answers that were given in the office were not read (${why}): stop the office first, or write them out with modelcity export\n`;
