import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Answer,
  answersFile,
  byOrigin,
  type Locate,
  mergedAnswers,
  readAnswers,
} from '../audit/index.ts';
import { parseWorkspace, readFolder } from '../intake/index.ts';
import type { Finding } from '../model/index.ts';

/** What the audit needs of a place beside its meaning: where its records stand, and what was answered. */
export interface AuditFiles {
  readonly locate: Locate;
  readonly answers: readonly Answer[];
  /** What is wrong with the file of answers. */
  readonly faults: readonly Finding[];
}

/** Reads where the records of a workspace's folder stand, and the answers kept beside them. */
export async function auditFiles(folder: string): Promise<AuditFiles> {
  const { origins } = parseWorkspace((await readFolder(folder)).files);
  return { locate: byOrigin(origins), ...answersOf(folder) };
}

/** The answers of a workspace; a file that cannot be read is a finding, and counts as no answers. */
export function answersOf(folder: string): Pick<AuditFiles, 'answers' | 'faults'> {
  const path = join(folder, answersFile);
  if (!existsSync(path)) return { answers: [], faults: [] };
  const answers = readAnswers(readFileSync(path, 'utf8'));
  if (!('refused' in answers)) return { answers, faults: [] };
  const fault: Finding = {
    rule: 'audit.answers',
    severity: 'error',
    where: { file: path },
    what: `the answers to findings cannot be read: ${answers.refused}`,
    why: 'a finding that was explained counts as open when its answer is lost',
    mend: 'mend the file, or write answers with modelcity audit --answer',
  };
  return { answers: [], faults: [fault] };
}

/** The same for every place of a folder. */
export function withAuditFiles<T extends { readonly folder: string; readonly logged?: readonly Answer[] }>(
  places: readonly T[],
): Promise<(T & AuditFiles & { readonly fromFile: readonly Answer[] })[]> {
  return Promise.all(
    places.map(async (place) => {
      const files = await auditFiles(place.folder);
      const answers = mergedAnswers(files.answers, place.logged ?? []);
      return { ...place, ...files, answers, fromFile: files.answers };
    }),
  );
}
