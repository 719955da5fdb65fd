import { createReadStream, existsSync, type ReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Figure } from '../model/index.ts';
import { manifestFile } from './edition-files.ts';
import type { EditionFile, EditionPlace, Manifest } from './manifest.ts';

/** An edition that stands in a folder of editions, ready to be handed out. */
export interface ListedEdition {
  /** `shanghai-vlr-2022-1`: the name of its folder and archive. */
  readonly name: string;
  readonly city: string;
  readonly review: string;
  readonly title: string;
  readonly date: string;
  /** Where it stands among the city's editions, from 1. */
  readonly number: number;
  readonly places: readonly EditionPlace[];
  readonly figures: number;
  readonly documents: readonly EditionFile[];
  readonly archive: EditionFile | null;
  /** Findings of the audit that were open when it was published; null in editions from before there was one. */
  readonly open: number | null;
}

const known = new Map<string, ListedEdition>();

/** The editions of a city, the newest first. Editions never change, so each is read once. */
export function listEditions(out: string, city: string): readonly ListedEdition[] {
  const names = existsSync(out)
    ? readdirSync(out).filter((name) => /^[a-z0-9][a-z0-9._-]*-\d+$/.test(name))
    : [];
  return names
    .map((name) => readListed(out, name))
    .filter((edition) => edition?.city === city)
    .filter((edition) => edition !== null)
    .sort((a, b) => b.number - a.number);
}

function readListed(out: string, name: string): ListedEdition | null {
  const folder = join(out, name);
  const seen = known.get(folder);
  if (seen !== undefined) return seen;
  const file = join(folder, 'edition', manifestFile);
  if (!existsSync(file)) return null;
  const manifest: Manifest = JSON.parse(readFileSync(file, 'utf8'));
  const archive = join(folder, `${name}.zip`);
  const listed: ListedEdition = {
    name,
    city: manifest.city,
    review: manifest.review,
    title: manifest.title,
    date: manifest.date,
    number: Number(name.slice(name.lastIndexOf('-') + 1)),
    places: manifest.places,
    figures: manifest.figures.length,
    documents: manifest.files.filter(({ path }) => /^(documents|data)\//.test(path)),
    open: openFindings(join(folder, 'edition', 'data/audit.json')),
    archive: existsSync(archive) ? { path: `${name}.zip`, bytes: statSync(archive).size, sha256: '' } : null,
  };
  known.set(folder, listed);
  return listed;
}

const auditSchema = z.object({ places: z.array(z.object({ open: z.int().min(0) })) });

function openFindings(file: string): number | null {
  if (!existsSync(file)) return null;
  const read = auditSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return read.success ? read.data.places.reduce((sum, { open }) => sum + open, 0) : null;
}

/** One listed file of an edition, or its archive; null for anything that the edition does not list. */
export function openEditionFile(
  out: string,
  edition: ListedEdition,
  path: string,
): { readonly stream: ReadStream; readonly bytes: number } | null {
  if (edition.archive?.path === path)
    return { stream: createReadStream(join(out, edition.name, path)), bytes: edition.archive.bytes };
  const file = edition.documents.find((each) => each.path === path);
  return file === undefined
    ? null
    : { stream: createReadStream(join(out, edition.name, 'edition', path)), bytes: file.bytes };
}

/** A figure as an edition gives it, without its contributions. */
export type EditionFigure = Pick<
  Figure,
  'key' | 'code' | 'value' | 'unit' | 'decimals' | 'qualifier' | 'missing' | 'root'
>;

const knownFigures = new Map<string, readonly EditionFigure[]>();

/** The figures of an edition. */
export function editionFigures(out: string, { name }: ListedEdition): readonly EditionFigure[] {
  const folder = join(out, name);
  const seen = knownFigures.get(folder);
  if (seen !== undefined) return seen;
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'edition', manifestFile), 'utf8'));
  const figures = manifest.figures.map(
    ({ key, code, value, unit, decimals, qualifier, missing, root }): EditionFigure => ({
      key,
      code,
      value,
      unit,
      decimals,
      qualifier,
      missing,
      root,
    }),
  );
  knownFigures.set(folder, figures);
  return figures;
}
