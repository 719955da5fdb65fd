import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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

/** Ids of the places for which a model is kept. */
export function modelledCities(folder: string = shipped): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => /\.([a-z0-9][a-z0-9_-]{0,63})\.json$/.exec(name)?.[1] ?? [])
    .filter((city) => city !== 'words')
    .sort();
}

/**
 * The model of a place, by the id of its workspace: `MODEL.<city>.json` beside `MODEL.xmile` and `MODEL.words.json`. Null
 * when no model is kept for it.
 */
export function modelFilesOf(city: string, folder: string = shipped): ModelFiles | null {
  if (!/^[a-z0-9][a-z0-9_-]{0,63}$/.test(city) || city === 'words' || !existsSync(folder)) return null;
  const ending = `.${city}.json`;
  const place = readdirSync(folder)
    .sort()
    .find((name) => name.endsWith(ending));
  if (place === undefined) return null;
  const name = place.slice(0, -ending.length);
  const read = (file: string): FoundText | null =>
    existsSync(`${folder}/${file}`) ? { file, text: readFileSync(`${folder}/${file}`, 'utf8') } : null;
  const [model, known, words] = [`${name}.xmile`, place, `${name}.words.json`].map(read);
  return model == null || known == null || words == null ? null : { city, model, place: known, words };
}
