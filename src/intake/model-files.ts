import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PlaceModel } from '../model/index.ts';

interface FoundText {
  readonly file: string;
  readonly text: string;
}

/** The files that make up a place's model: the equations, what is known of the place, and the words. */
export interface ModelFiles {
  readonly city: string;
  readonly model: FoundText;
  readonly place: FoundText;
  readonly words: FoundText;
}

const shipped = fileURLToPath(new URL('../../models/', import.meta.url));
const idForm = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/** Ids of the places for which a model is shipped. */
export function modelledCities(folder: string = shipped): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => /\.([a-z0-9][a-z0-9_-]{0,63})\.json$/.exec(name)?.[1] ?? [])
    .filter((city) => city !== 'words')
    .sort();
}

/** Ids of the models whose equations are shipped. */
export function shippedModels(folder: string = shipped): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => (name.endsWith('.xmile') ? [name.slice(0, -'.xmile'.length)] : []))
    .sort();
}

/**
 * The model of a place, by the id of its workspace: its own where it keeps one, else what is shipped for it,
 * `MODEL.<city>.json` beside `MODEL.xmile` and `MODEL.words.json`. Null when there is neither.
 */
export function modelFilesOf(city: string, own?: PlaceModel, folder: string = shipped): ModelFiles | null {
  if (!idForm.test(city) || city === 'words') return null;
  if (own !== undefined) return ownFiles(city, own, folder);
  if (!existsSync(folder)) return null;
  const ending = `.${city}.json`;
  const place = readdirSync(folder)
    .sort()
    .find((name) => name.endsWith(ending));
  if (place === undefined) return null;
  const name = place.slice(0, -ending.length);
  const [model, known, words] = [`${name}.xmile`, place, `${name}.words.json`].map((file) =>
    shippedText(file, folder),
  );
  return model == null || known == null || words == null ? null : { city, model, place: known, words };
}

/** A model that a workspace keeps. What it leaves out is that of the shipped model of the same id. */
function ownFiles(
  city: string,
  { id, place, equations, words }: PlaceModel,
  folder: string,
): ModelFiles | null {
  const [equationFile, wordFile] = [`${id}.xmile`, `${id}.words.json`];
  const known = idForm.test(id);
  const model =
    equations === undefined
      ? known
        ? shippedText(equationFile, folder)
        : null
      : { file: equationFile, text: equations };
  const named =
    words !== undefined
      ? { file: wordFile, text: words }
      : ((known && equations === undefined ? shippedText(wordFile, folder) : null) ?? noWords(id, wordFile));
  return model === null
    ? null
    : { city, model, place: { file: `${id}.${city}.json`, text: place }, words: named };
}

/** Words of a model that has none of its own: names stand as the equations write them. */
function noWords(id: string, file: string): FoundText {
  const title = { en: id, zh: id };
  return { file, text: JSON.stringify({ title, groups: {}, elements: {}, texts: {} }) };
}

function shippedText(file: string, folder: string): FoundText | null {
  return existsSync(`${folder}/${file}`) ? { file, text: readFileSync(`${folder}/${file}`, 'utf8') } : null;
}
