import type { PlaceModel, SubmittedFile } from '../model/index.ts';
import { utf8Text } from './encoding.ts';
import type { FindingList } from './finding-list.ts';
import { shippedModels } from './model-files.ts';
import { quote } from './quote.ts';

/** What a file of `models/` is, by the end of its name. */
const parts = [
  ['.place.json', 'place'],
  ['.words.json', 'words'],
  ['.xmile', 'equations'],
] as const;

/** Id and part of a file of `models/`; null for a name that the format does not have. */
export function modelPart(name: string): { readonly id: string; readonly part: keyof Texts } | null {
  for (const [ending, part] of parts) {
    const id = name.endsWith(ending) ? name.slice(0, -ending.length) : '';
    if (/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(id)) return { id, part };
  }
  return null;
}

type Texts = Omit<PlaceModel, 'id'>;

/** The model that a workspace keeps in `models/`; its equations are checked by whoever can run them. */
export function readModel(files: readonly SubmittedFile[], findings: FindingList): PlaceModel | null {
  const models = new Map<string, Partial<Texts>>();
  let unread = false;
  for (const { path, bytes } of files) {
    const named = modelPart(path.slice('models/'.length));
    const text = utf8Text(path, bytes, findings);
    if (text === null) unread = true;
    if (named === null || text === null) continue;
    models.set(named.id, {
      ...models.get(named.id),
      [named.part]: new TextDecoder().decode(text).replaceAll('\r\n', '\n'),
    });
  }
  const ids = [...models.keys()].sort();
  const [first = '', ...others] = ids;
  if (others.length > 0)
    findings.error(
      'model.several',
      { file: `models/${others[0] ?? ''}.place.json` },
      {
        what: `there are ${ids.length} models: ${ids.map(quote).join(', ')}`,
        why: 'a place has one model, which its scenario pages run',
        mend: 'keep one of them in models/, and the others elsewhere',
      },
    );
  const found = models.get(first);
  if (unread || found === undefined || others.length > 0) return null;
  const { place, equations } = found;
  if (place === undefined) {
    findings.error(
      'model.no-place',
      { file: `models/${first}.place.json` },
      {
        what: 'this file is missing',
        why: 'it says what is known of the place: values, measurements, targets',
        mend: 'add it; docs/scenarios.md shows the least that it holds',
      },
    );
    return null;
  }
  if (equations === undefined && !shippedModels().includes(first)) {
    findings.error(
      'model.no-equations',
      { file: `models/${first}.xmile` },
      {
        what: `this file is missing, and no model ${quote(first)} is shipped`,
        why: `without equations of its own a place takes those of a shipped model: ${shippedModels().join(', ')}`,
        mend: 'add the equations, or name the files after a shipped model',
      },
    );
    return null;
  }
  return { id: first, ...found, place };
}
