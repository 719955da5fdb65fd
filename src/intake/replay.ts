import { isDeepStrictEqual } from 'node:util';
import type { Finding, SubmittedFile } from '../model/index.ts';
import {
  type Records,
  recordsPath,
  recordsSchema,
  type SourceLog,
  type Store,
  type SubmissionEntry,
} from '../store/index.ts';
import { FindingList } from './finding-list.ts';
import { parseWorkspace } from './parse.ts';

/** How far a replay has come. */
export interface ReplayStep {
  readonly city: string;
  readonly position: number;
  readonly head: number;
}

export interface Replayed {
  /** Submissions that were written again. */
  readonly submissions: number;
  readonly findings: readonly Finding[];
}

export interface ReplayOptions {
  readonly onStep?: (step: ReplayStep) => void;
  /** The store that the log is of: every state is compared with it. Absent: the log is all that there is. */
  readonly compare?: Store;
  /** Of each city, the last position that is known to be committed: what cannot be stored after it never was. */
  readonly confirmed?: ReadonlyMap<string, number>;
}

/**
 * Rebuilds a database from the source log: reads the files of every submission again, in order, and submits what
 * they say to an empty store. Every submission must take the position it had and leave the same meaning behind, or
 * the difference is told. A submission that cannot be read again stops its city there.
 */
export async function replay(from: SourceLog, to: Store, options: ReplayOptions = {}): Promise<Replayed> {
  const findings = new FindingList();
  let submissions = 0;
  if ((await to.cities()).length > 0) {
    findings.error(
      'replay.not-empty',
      { file: to.engine },
      {
        what: 'the database to replay into is not empty',
        why: 'a rebuilt database holds what the log says and nothing else',
        mend: 'name an empty one',
      },
    );
    return { submissions, findings: findings.toArray() };
  }
  for (const { id: city, head } of await from.cities()) {
    for (const entry of await from.submissions(city)) {
      options.onStep?.({ city, position: entry.position, head });
      const committed = options.confirmed?.get(city);
      const isSure = committed === undefined || entry.position <= committed;
      const told = isSure ? findings : new FindingList();
      if (!(await replayOne(from, to, entry, told, options))) {
        if (!isSure) leaveOut(entry, findings);
        break;
      }
      submissions += 1;
    }
  }
  return { submissions, findings: findings.toArray() };
}

/** An entry is written before its commit: one that cannot be stored, and was not known to be, never was. */
function leaveOut({ city, position }: SubmissionEntry, findings: FindingList): void {
  findings.note(
    'replay.left-out',
    { file: `${city}@${position}` },
    {
      what: `submission ${position} of ${city}, and what follows it, is left out`,
      why: 'it was on its way when the database was lost: its entry was written, its commit is not known, and it cannot be stored',
      mend: 'look whether its sender needs to hand it in again',
    },
  );
}

async function replayOne(
  from: SourceLog,
  to: Store,
  entry: SubmissionEntry,
  findings: FindingList,
  { compare }: ReplayOptions,
): Promise<boolean> {
  const { city, position, kind, agent, received, corrects } = entry;
  const where = { file: `${city}@${position}` };
  const files = await readFiles(from, entry, findings);
  if (files === null) return false;
  // The store keeps records as a file of its own and writes it anew.
  const given = files.filter(({ path }) => path !== recordsPath);
  const envelope = { city, agent, received, files: given, ...(corrects === null ? {} : { corrects }) };
  const read = kind === 'workspace' ? parseWorkspace(files) : null;
  const records = kind === 'record' ? readRecords(files) : null;
  if (kind === 'workspace' ? read?.workspace == null : records === null) {
    findings.addAll(read?.findings ?? []);
    findings.error('replay.unreadable', where, {
      what: `the files of submission ${position} of ${city} cannot be read any more`,
      why: 'what once went in must go in again: this release reads it otherwise than the one that stored it, or cannot read it',
      mend: 'replay with the release that stored it, and report this',
    });
    return false;
  }
  const receipt = await to.submit(
    read?.workspace != null
      ? { ...envelope, kind: 'workspace', workspace: read.workspace, origins: read.origins }
      : { ...envelope, kind: 'record', ...(records === null ? {} : { records }) },
  );
  if (receipt.outcome === 'refused') findings.addAll(receipt.findings);
  const same =
    receipt.outcome === 'stored' &&
    receipt.position === position &&
    (compare === undefined ||
      isDeepStrictEqual(await stateOf(to, city, position), await stateOf(compare, city, position)));
  if (!same)
    findings.error('replay.differs', where, {
      what: `submission ${position} of ${city} gives ${receipt.outcome === 'stored' ? `another state at position ${receipt.position}` : `the outcome ${receipt.outcome}`}`,
      why: 'the database must follow from the source log alone',
      mend: 'run modelcity doctor to find what was changed in the database or in the source files',
    });
  return same;
}

/** Everything a reader can see of a city as of a position. */
async function stateOf(store: Store, city: string, asOf: number): Promise<readonly unknown[]> {
  return Promise.all([
    store.workspace(city, asOf),
    store.events(city, { asOf }),
    store.flows(city, { asOf }),
    store.balances(city, { asOf }),
    store.readings(city, { asOf }),
  ]);
}

/** What a submission of records said; null when its file is missing or of a form that this release does not know. */
function readRecords(files: readonly SubmittedFile[]): Records | null {
  const file = files.find(({ path }) => path === recordsPath);
  if (file === undefined) return null;
  try {
    const read = recordsSchema.safeParse(JSON.parse(new TextDecoder().decode(file.bytes)));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

async function readFiles(
  from: SourceLog,
  { city, position, files }: SubmissionEntry,
  findings: FindingList,
): Promise<readonly SubmittedFile[] | null> {
  const read: SubmittedFile[] = [];
  for (const { path, sha256 } of files) {
    try {
      read.push({ path, bytes: await from.file(sha256) });
    } catch (error) {
      findings.error(
        'source.lost',
        { file: path },
        {
          what: `the source file of submission ${position} of ${city} is gone or has changed (sha-256 ${sha256})`,
          why: error instanceof Error ? error.message : String(error),
          mend: 'put it back from a backup; its name under sources/ is its hash',
        },
      );
    }
  }
  return read.length === files.length ? read : null;
}
