import { join } from 'node:path';
import { byOrigin, type Facts, workspaceFacts } from '../audit/index.ts';
import { findWorkspaces, parseWorkspace, readFolder } from '../intake/index.ts';
import type { Finding } from '../model/index.ts';
import { type AuditedPlace, auditPlace, type PlaceAudit } from '../review/index.ts';
import { answersOf } from './audit-files.ts';
import { checkFormulas } from './formula-check.ts';
import { withFigures } from './open-places.ts';

/** A workspace read from its folder alone, without a database: enough to audit it anywhere, in CI too. */
export interface FolderPlace extends AuditedPlace {
  readonly folder: string;
}

export interface FolderPlaces {
  readonly places: readonly FolderPlace[];
  /** What keeps a folder from being read. */
  readonly errors: readonly Finding[];
}

/** Reads a workspace, or every workspace of a folder, with its figures, origins and answers. */
export async function folderPlaces(directory: string): Promise<FolderPlaces> {
  const errors: Finding[] = [];
  const read = [];
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
    if (parsed.workspace !== null)
      read.push({ folder, workspace: parsed.workspace, asOf: 0, locate: byOrigin(parsed.origins), answers });
  }
  const more = new Map(read.map(({ folder, locate, answers }) => [folder, { locate, answers }]));
  return {
    errors,
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
