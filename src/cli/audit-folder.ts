import { join } from 'node:path';
import { byOrigin, type Facts, mergedAnswers, workspaceFacts } from '../audit/index.ts';
import { findWorkspaces, parseWorkspace, readFolder } from '../intake/index.ts';
import type { Finding } from '../model/index.ts';
import { type AuditedPlace, auditPlace, type PlaceAudit } from '../review/index.ts';
import { answersOf } from './audit-files.ts';
import { checkFormulas } from './formula-check.ts';
import { officeAnswers } from './office-answers.ts';
import { withFigures } from './open-places.ts';

/** A workspace read from its folder: enough to audit it anywhere, in CI too. A database is read only where an office has one. */
export interface FolderPlace extends AuditedPlace {
  readonly folder: string;
}

export interface FolderPlaces {
  readonly places: readonly FolderPlace[];
  /** What keeps a folder from being read. */
  readonly errors: readonly Finding[];
  /** Why answers of the office could not be read; null when there are none, or all were. */
  readonly unread: string | null;
}

/** Reads a workspace, or every workspace of a folder, with its figures, origins and answers, those of the office too. */
export async function folderPlaces(directory: string): Promise<FolderPlaces> {
  const errors: Finding[] = [];
  const read = [];
  const office = await officeAnswers(directory);
  for (const folder of await findWorkspaces(directory)) {
    const files = await readFolder(folder);
    const parsed = parseWorkspace(files.files);
    const { answers, faults } = answersOf(folder);
    errors.push(
      ...[...files.findings, ...parsed.findings, ...checkFormulas(parsed)]
        .filter(({ severity }) => severity === 'error')
        .map((finding) => ({
          ...finding,
          where: { ...finding.where, file: join(folder, finding.where.file) },
        })),
      ...faults,
    );
    const { workspace } = parsed;
    if (workspace === null) continue;
    const merged = mergedAnswers(answers, office.byCity.get(workspace.city.id) ?? []);
    read.push({ folder, workspace, asOf: 0, locate: byOrigin(parsed.origins), answers: merged });
  }
  const more = new Map(read.map(({ folder, locate, answers }) => [folder, { locate, answers }]));
  return {
    errors,
    unread: office.unread,
    places: withFigures(read).map((place) => ({ ...place, ...more.get(place.folder) })),
  };
}

/** Each place audited with the districts that belong to it. */
export function auditFolders(
  places: readonly FolderPlace[],
): readonly { place: FolderPlace; audit: PlaceAudit }[] {
  return places.map((place) => ({
    place,
    audit: auditPlace(
      place,
      places.filter(({ workspace }) => workspace.city.partOf === place.workspace.city.id),
    ),
  }));
}

/** The values of every place of a folder, to hold texts against. */
export const factsOf = (places: readonly FolderPlace[]): readonly Facts[] =>
  places.map(({ workspace, locate, folder }) =>
    workspaceFacts(workspace, (observation) => {
      const origin = locate?.(observation) ?? { file: '', row: 1 };
      return { file: join(folder, origin.file), row: origin.row };
    }),
  );
