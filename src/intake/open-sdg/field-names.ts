import type { Localized } from '../../model/index.ts';
import { foreignText } from '../foreign/delimited.ts';
import type { Configuration } from './configuration.ts';
import type { Dictionary } from './dictionary.ts';
import { at, foreignYaml, listAt, stringAt } from './foreign-yaml.ts';
import type { Ledger } from './ledger.ts';
import type { RepositoryFile } from './repository.ts';

/** What a deployment calls the fields of its metadata, by its schema (the form of Prose: `prose.metadata.meta`) and its translations. */
export function fieldNamesOf(
  files: readonly RepositoryFile[],
  { schemaFiles }: Configuration,
  dictionary: Dictionary,
  ledger: Ledger,
): ReadonlyMap<string, Localized> {
  const names = new Map<string, Localized>();
  for (const path of schemaFiles) {
    const file = files.find((each) => each.path === path);
    if (file === undefined) continue;
    const read = foreignYaml(foreignText(file.bytes).text);
    if ('fault' in read) {
      ledger.oddities.warn(
        'yaml.unreadable',
        { file: path },
        `the schema of the metadata cannot be read: ${read.fault}`,
        'fields are called by their own names',
        'mend the file',
      );
      continue;
    }
    let count = 0;
    for (const each of listAt(at(at(read.value, 'prose'), 'metadata'), 'meta')) {
      const [name, field] = [stringAt(each, 'name'), at(each, 'field')];
      if (name === null || names.has(name)) continue;
      const key = stringAt(field, 'translation_key');
      const label = stringAt(field, 'label');
      const found =
        (key === null ? null : dictionary.key(key)) ??
        dictionary.key(`metadata_fields.${name}`) ??
        (label === null ? null : dictionary.text(label));
      if (found === null) continue;
      names.set(name, { en: found.en === '' ? (label ?? '') : found.en, zh: found.zh });
      count += 1;
    }
    ledger.tell(path, 'configuration', {
      en: `names of ${count} fields of metadata`,
      zh: `${count}个元数据字段的名称`,
    });
  }
  return names;
}
