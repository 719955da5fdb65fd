import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer } from '../audit/index.ts';
import type { Store } from '../store/index.ts';
import { KeptFiles, type LivePlaces } from '../web/index.ts';
import { productVersion } from './commands/version.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface StatedPlace {
  readonly workspace: { readonly city: { readonly id: string } };
  readonly asOf: number;
  readonly answers?: readonly Answer[];
}

/**
 * What every finished page of a server is made from, as one text: the program, how it was started, and of each place the position
 * of its log, with the first and the last entry up to there, so that another log of as many entries is another state.
 */
export async function pageState(
  store: Pick<Store, 'submissions'>,
  places: readonly StatedPlace[],
  program: string,
  started: readonly string[],
): Promise<string> {
  const stated: unknown[] = [];
  for (const { workspace, asOf, answers = [] } of places) {
    const city = workspace.city.id;
    const entries = [
      ...(await store.submissions(city, 0, 1)),
      ...(await store.submissions(city, asOf - 1, asOf)),
    ];
    stated.push({ city, asOf, entries, answers });
  }
  return JSON.stringify({ program, started, places: stated });
}

export interface PageFiles {
  readonly files: KeptFiles;
  /** To be called when places have changed: pages are of another state from then on. */
  moved(): void;
}

/** Opens the finished pages that earlier runs have left for the places as they are now. */
export async function openPageFiles({
  folder,
  secret,
  store,
  live,
  started,
}: {
  readonly folder: string;
  readonly secret: string;
  readonly store: Pick<Store, 'submissions'>;
  readonly live: LivePlaces;
  /** How the server was started, as far as pages show it. */
  readonly started: readonly string[];
}): Promise<PageFiles> {
  const files = new KeptFiles(folder, secret);
  const program = programHash();
  const open = async (): Promise<void> => {
    const { version } = live;
    const places = live.catalogues().map(({ place }) => place);
    const state = await pageState(store, places, program, started);
    // Places that changed meanwhile open them themselves.
    if (live.version === version) files.open(version, state);
  };
  await open();
  return {
    files,
    moved: () => {
      // A log that cannot be read leaves pages to be made; whoever follows it tells of the fault.
      open().catch(() => undefined);
    },
  };
}

/** The program that makes pages: a hash of what it runs from, also where its version stays the same. */
export function programHash(): string {
  const hash = createHash('sha256').update(`${productVersion()} ${process.version}`);
  for (const part of ['dist', 'frameworks', 'models', 'package-lock.json', 'node_modules/.package-lock.json'])
    for (const file of filesOf(join(root, part)))
      if (!file.endsWith('.map')) hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

function filesOf(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}
