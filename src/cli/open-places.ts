import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Answer, type Locate, loggedAnswers } from '../audit/index.ts';
import { FigureSet } from '../figures/index.ts';
import { findWorkspaces, loadWorkspace } from '../intake/index.ts';
import type { Finding, Workspace } from '../model/index.ts';
import { type Derived, withRegisters } from '../registers/index.ts';
import { openStore, type Store } from '../store/index.ts';
import { checkFormulas } from './formula-check.ts';

/** A place as of one position of its log, with its figures. */
export interface OpenPlace {
  /** The folder it was loaded from. */
  readonly folder: string;
  readonly workspace: Workspace;
  readonly figures: FigureSet;
  readonly asOf: number;
  /** Answers to findings that were given in the office. */
  readonly logged?: readonly Answer[];
  /** What its folder says beside its records: see `auditFiles`. */
  readonly locate?: Locate;
  readonly answers?: readonly Answer[];
}

export interface OpenPlaces {
  readonly store: Store;
  readonly places: readonly OpenPlace[];
  /** What is wrong with the folders; places with an error are as they were loaded last. */
  readonly findings: readonly Finding[];
}

export interface PlaceOptions {
  /** A workspace, or a folder of several. */
  readonly directory: string;
  /** Position of the log that figures are computed as of; default: its head. */
  readonly asOf?: number;
  /** What the database holds, without looking at the folders first. */
  readonly stored?: boolean;
  /** Holds observations packed: for who goes through a large place indicator by indicator. */
  readonly packed?: boolean;
  /** Told what is going on, a line at a time. */
  readonly log: (line: string) => void;
}

/** The folder itself names no workspace. */
export class NoWorkspace extends Error {}

/**
 * Opens the database of a workspace or of a folder of workspaces (`.modelcity` inside it, or the server that
 * DATABASE_URL names), loads what changed on disk, and reads every place with its figures. The caller closes the store.
 */
export async function openPlaces({
  directory,
  asOf,
  stored: asked = false,
  packed = false,
  log,
}: PlaceOptions): Promise<OpenPlaces> {
  const root = resolve(directory);
  const folders = asked ? [] : await findWorkspaces(root);
  // A folder that a backup was restored into holds a log and no files of a workspace.
  const stored = asked || (folders.length === 0 && existsSync(join(root, '.modelcity', 'log')));
  if (folders.length === 0 && !stored)
    throw new NoWorkspace(
      existsSync(root)
        ? `${directory} holds no city.yaml, and none of its folders does: it is no workspace (docs/workspace.md)`
        : `${directory} does not exist`,
    );
  const store = await openStoreOf(root, log);
  try {
    const findings: Finding[] = [];
    const loaded: { folder: string; city: string }[] = [];
    for (const folder of folders) {
      const { receipt, findings: found } = await loadWorkspace(store, folder, {
        agent: 'modelcity',
        received: new Date().toISOString(),
        further: checkFormulas,
      });
      findings.push(...found.map((finding) => inFolder(finding, folder)));
      if (receipt === null || receipt.outcome === 'refused') continue;
      log(
        `${folder}: ${receipt.outcome === 'stored' ? `loaded as position ${receipt.position}` : 'unchanged'}`,
      );
      loaded.push({ folder, city: receipt.city });
    }
    if (stored) for (const { id } of await store.cities()) loaded.push({ folder: root, city: id });
    if (stored && loaded.length === 0)
      throw new NoWorkspace(`the database of ${directory} holds no place yet`);
    return { store, places: await readPlaces(store, loaded, asOf, packed), findings };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Opens the database of a folder: the server that DATABASE_URL names, or the embedded one in its `.modelcity`. */
export function openStoreOf(root: string, log: (line: string) => void): Promise<Store> {
  const databaseUrl = process.env.DATABASE_URL;
  return openStore({
    directory: join(root, '.modelcity'),
    ...(databaseUrl === undefined || databaseUrl === '' ? {} : { databaseUrl }),
    log,
  });
}

/** Districts' workspaces ("1+X") are read first, so that the city's figures can be rolled up from them. */
async function readPlaces(
  store: Store,
  loaded: readonly { readonly folder: string; readonly city: string }[],
  asOf: number | undefined,
  packed: boolean,
): Promise<readonly OpenPlace[]> {
  const heads = new Map((await store.cities()).map(({ id, head }) => [id, head]));
  const read: { folder: string; workspace: Workspace; asOf: number; logged: readonly Answer[] }[] = [];
  for (const { folder, city } of loaded) {
    const position = Math.min(asOf ?? Number.MAX_SAFE_INTEGER, heads.get(city) ?? 0);
    const workspace = await store.workspace(city, position, { packed });
    if (workspace !== null)
      read.push({
        folder,
        workspace: await withRegisters(
          workspace,
          store,
          position,
          await readMeters(workspace, store, position),
        ),
        asOf: position,
        logged: loggedAnswers(await store.events(city, { register: 'answer', asOf: position })),
      });
  }
  return withFigures(read);
}

/** What meters give; the server's rooms are loaded only where there are any. */
async function readMeters(workspace: Workspace, store: Store, asOf: number): Promise<readonly Derived[]> {
  if ((await store.sensedPosition(workspace.city.id, { asOf })) === 0) return [];
  const { meteredDerived } = await import('../web/index.ts');
  return [await meteredDerived(workspace, store, asOf)];
}

/** Computes figures for places; a city's may be rolled up from the workspaces of its districts. */
export function withFigures(read: readonly Omit<OpenPlace, 'figures'>[]): readonly OpenPlace[] {
  return read.map((place) => ({
    ...place,
    figures: new FigureSet(place.workspace, {
      asOf: place.asOf,
      related: read
        .filter((other) => other.workspace.city.partOf === place.workspace.city.id)
        .map((other) => other.workspace),
    }),
  }));
}

function inFolder(finding: Finding, folder: string): Finding {
  return { ...finding, where: { ...finding.where, file: join(folder, finding.where.file) } };
}
