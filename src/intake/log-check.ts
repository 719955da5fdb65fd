import { isDeepStrictEqual } from 'node:util';
import type { Finding, SubmittedFile } from '../model/index.ts';
import type { Store, SubmissionEntry } from '../store/index.ts';
import { FindingList } from './finding-list.ts';
import { parseWorkspace } from './parse.ts';

export interface LogCheck {
  readonly cities: number;
  readonly submissions: number;
  readonly files: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

/** What a log check reads of a store. */
export type CheckedStore = Pick<Store, 'cities' | 'submissions' | 'file' | 'workspace'>;

/**
 * Checks that the log of every city has no gap, that every source file is there with the bytes its hash names, and
 * that the newest workspace of each city, read again from its files, is what the database says as of its position.
 * `replay` checks every position.
 */
export async function checkLog(store: CheckedStore, onStep?: (line: string) => void): Promise<LogCheck> {
  const findings = new FindingList();
  const known = new Map<string, number>();
  let submissions = 0;
  const cities = await store.cities();
  for (const { id: city, head } of cities) {
    const log = await store.submissions(city);
    submissions += log.length;
    onStep?.(`${city}: ${log.length} submissions`);
    const gap = log.findIndex(({ position }, at) => position !== at + 1);
    if (gap >= 0 || log.length !== head)
      findings.error(
        'log.gap',
        { file: city },
        {
          what: `the log of ${city} holds ${log.length} submissions up to position ${head}${gap < 0 ? '' : `; position ${gap + 1} is missing`}`,
          why: 'positions count every submission from 1 without a gap',
          mend: 'someone changed the database: restore it from a backup or rebuild it with modelcity replay',
        },
      );
    for (const entry of log) await checkFiles(store, entry, known, findings);
    const newest = log.findLast(({ kind }) => kind === 'workspace');
    if (newest !== undefined) await checkWorkspace(store, newest, log.length > newest.position, findings);
  }
  return {
    cities: cities.length,
    submissions,
    files: known.size,
    bytes: [...known.values()].reduce((sum, size) => sum + size, 0),
    findings: findings.toArray(),
  };
}

async function checkFiles(
  store: CheckedStore,
  { city, position, files }: SubmissionEntry,
  known: Map<string, number>,
  findings: FindingList,
): Promise<void> {
  for (const { path, sha256, size } of files) {
    if (known.has(sha256)) continue;
    known.set(sha256, size);
    try {
      const bytes = await store.file(sha256);
      if (bytes.length === size) continue;
    } catch {}
    findings.error(
      'source.lost',
      { file: path },
      {
        what: `the source file of submission ${position} of ${city} is gone or has changed (sha-256 ${sha256})`,
        why: 'the source files are the truth that everything else is computed from',
        mend: 'put it back from a backup; its name under sources/ is its hash',
      },
    );
  }
}

async function checkWorkspace(
  store: CheckedStore,
  { city, position, files }: SubmissionEntry,
  more: boolean,
  findings: FindingList,
): Promise<void> {
  const read: SubmittedFile[] = [];
  for (const { path, sha256 } of files) {
    try {
      read.push({ path, bytes: await store.file(sha256) });
    } catch {
      return;
    }
  }
  const { workspace } = parseWorkspace(read);
  if (isDeepStrictEqual(workspace, await store.workspace(city, position))) return;
  findings.error(
    'database.differs',
    { file: `${city}@${position}` },
    {
      what: `the database does not say what the files of submission ${position} of ${city} say`,
      why: `the database is an index of the log and must follow from it${more ? '; later submissions build on this one' : ''}`,
      mend: 'rebuild it with modelcity replay --into DIR',
    },
  );
}
