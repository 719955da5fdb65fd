import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Finding } from '../model/index.ts';
import { readBlob, sha256Hex, writeBlob, writeSynced } from './blob.ts';
import { entryText, readEntryFiles, writeEntryFile } from './entry-file.ts';
import type { SourceLog } from './log-folder.ts';
import type { SubmissionEntry } from './submission.ts';

const backupFile = 'backup.json';
const backupSchema = z.strictObject({
  modelcity: z.literal(1),
  cities: z.array(
    z.strictObject({
      city: z.string(),
      head: z.int().min(0),
      /** sha-256 of the city's log entries, a line each. */
      log: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

export interface BackedUp {
  readonly submissions: number;
  readonly files: number;
  /** Files that the folder did not have yet. */
  readonly copied: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

/**
 * Copies a log and the files it names into a folder, as of one moment: what is submitted meanwhile is in it whole or not
 * at all. A folder that holds an older backup of the same log gets what is new. Every byte is checked against its hash.
 */
export async function backUp(
  from: SourceLog,
  folder: string,
  onStep: (line: string) => void = () => undefined,
): Promise<BackedUp> {
  const known = new Map<string, string>();
  for (const entry of await readEntryFiles(folder))
    known.set(`${entry.city}/${entry.position}`, entryText(entry));
  const cities: z.infer<typeof backupSchema>['cities'] = [];
  const seen = new Set<string>();
  let [submissions, copied, bytes] = [0, 0, 0];
  for (const { id: city, head } of await from.cities()) {
    const entries = (await from.submissions(city)).filter(({ position }) => position <= head);
    for (const entry of entries) {
      const before = known.get(`${city}/${entry.position}`);
      if (before !== undefined && before !== entryText(entry))
        return { submissions, files: seen.size, copied, bytes, findings: [otherLog(folder, entry)] };
    }
    for (const entry of entries) {
      for (const { sha256 } of entry.files) {
        if (seen.has(sha256)) continue;
        seen.add(sha256);
        if (await isWhole(folder, sha256)) continue;
        const content = await from.file(sha256);
        await writeBlob(folder, content);
        copied += 1;
        bytes += content.byteLength;
      }
      if (!known.has(`${city}/${entry.position}`)) await writeEntryFile(folder, entry);
      submissions += 1;
    }
    cities.push({ city, head, log: logHash(entries) });
    onStep(`${city}: ${entries.length} submissions`);
  }
  await writeSynced(
    join(folder, backupFile),
    Buffer.from(`${JSON.stringify({ modelcity: 1, cities }, null, 2)}\n`),
  );
  return { submissions, files: seen.size, copied, bytes, findings: [] };
}

/** A backup as a log to rebuild a database from, when all of it is there; else what is wrong with it. */
export async function openBackup(folder: string): Promise<{
  readonly log: SourceLog;
  readonly findings: readonly Finding[];
}> {
  const findings: Finding[] = [];
  const told = await readList(folder);
  const byCity = new Map<string, readonly SubmissionEntry[]>();
  if (told === null)
    findings.push(
      fault(
        backupFile,
        'backup.list',
        `${join(folder, backupFile)} is not there or cannot be read`,
        'it is written last: without it the backup was not finished, or this is none',
        'take the backup again',
      ),
    );
  const all = await readEntryFiles(folder);
  const checked = new Set<string>();
  for (const { city, head, log } of told?.cities ?? []) {
    const entries = all.filter((each) => each.city === city && each.position <= head);
    byCity.set(city, entries);
    if (entries.length !== head || logHash(entries) !== log)
      findings.push(
        fault(
          `log/${city}`,
          'backup.log',
          `the log of ${city} is not the one that was backed up, up to position ${head}`,
          'an entry is missing or was changed',
          'take another copy of the backup',
        ),
      );
    for (const { files } of entries)
      for (const { path, sha256 } of files) {
        if (checked.has(sha256)) continue;
        checked.add(sha256);
        if (!(await isWhole(folder, sha256)))
          findings.push(
            fault(
              `sources/${sha256.slice(0, 2)}/${sha256}`,
              'source.lost',
              `the source file ${path} is gone or has changed (sha-256 ${sha256})`,
              'the source files are the truth that everything else is computed from',
              'take another copy of the backup',
            ),
          );
      }
  }
  return {
    log: {
      cities: async () => [...byCity].map(([id, entries]) => ({ id, head: entries.length })),
      submissions: async (city, after = 0) =>
        (byCity.get(city) ?? []).filter(({ position }) => position > after),
      file: (sha256) => readBlob(folder, sha256),
    },
    findings,
  };
}

async function readList(folder: string): Promise<z.infer<typeof backupSchema> | null> {
  try {
    const read = backupSchema.safeParse(JSON.parse(await readFile(join(folder, backupFile), 'utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

const logHash = (entries: readonly SubmissionEntry[]): string => sha256Hex(entries.map(entryText).join(''));

async function isWhole(folder: string, sha256: string): Promise<boolean> {
  try {
    await readBlob(folder, sha256);
    return true;
  } catch {
    return false;
  }
}

function otherLog(folder: string, { city, position }: SubmissionEntry): Finding {
  return fault(
    `log/${city}/${position}.json`,
    'backup.other',
    `${folder} holds another submission ${position} of ${city}`,
    'it is a backup of another log, and a log only grows',
    'back up into a folder of its own',
  );
}

function fault(file: string, rule: string, what: string, why: string, mend: string): Finding {
  return { rule, severity: 'error', where: { file }, what, why, mend };
}
