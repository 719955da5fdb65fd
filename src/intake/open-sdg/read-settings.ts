import { foreignText, readForeignTable } from '../foreign/delimited.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { Dictionary } from './dictionary.ts';
import { foreignYaml } from './foreign-yaml.ts';
import type { Ledger } from './ledger.ts';
import type { RepositoryFile } from './repository.ts';

/** The configuration of a repository; the defaults of Open SDG where it has none. */
export function configurationOf(files: readonly RepositoryFile[], ledger: Ledger): Configuration {
  const file = files.find(({ path }) =>
    /^(?:config_data|data_config|config-data|open_sdg_config)\.ya?ml$/.test(path),
  );
  if (file === undefined) {
    ledger.chosen.push({
      en: 'No config_data.yml: data are taken from data/*-*.csv, metadata from meta/ and indicator-config/.',
      zh: '没有config_data.yml：数据取自data/*-*.csv，元数据取自meta/和indicator-config/。',
    });
    return readConfiguration(undefined);
  }
  const read = foreignYaml(foreignText(file.bytes).text);
  if ('fault' in read) {
    ledger.oddities.warn(
      'yaml.unreadable',
      { file: file.path },
      `the configuration cannot be read: ${read.fault}`,
      'the defaults of Open SDG are used',
      'mend the file',
    );
    return readConfiguration(undefined);
  }
  ledger.tell(file.path, 'configuration', {
    en: 'decides which files are read and how; kept in the originals',
    zh: '决定读取哪些文件、如何读取；原件保留',
  });
  const configuration = readConfiguration(read.value);
  for (const { name, source } of configuration.foreignInputs)
    ledger.oddities.warn(
      'input.elsewhere',
      { file: file.path },
      `the input ${name}${source === null ? '' : ` (${source.slice(0, 200)})`} is not read`,
      /Meta$/i.test(name)
        ? 'metadata are read from YAML, Markdown and CSV files of this repository'
        : 'data are read from CSV files of this repository; nothing is fetched',
      /Meta$/i.test(name)
        ? 'write these metadata as YAML or CSV, name them under inputs, and import again'
        : 'get the file and import it with modelcity import sdmx or import table',
    );
  if (configuration.unused.length > 0)
    ledger.oddities.note(
      'configuration.unused',
      { file: file.path },
      `these settings decide nothing here: ${configuration.unused.join(', ').slice(0, 400)}`,
      'they tell how the site of Open SDG is built, or are not known; the file is kept in the originals',
      'nothing needs to be done',
    );
  return configuration;
}

/** Names of columns, values and indicators, from the folders of translations. */
export function dictionaryOf(
  files: readonly RepositoryFile[],
  translations: readonly RepositoryFile[],
  configuration: Configuration,
  ledger: Ledger,
): Dictionary {
  const dictionary = new Dictionary(configuration.languages[0] ?? 'en');
  for (const file of translations) dictionary.read({ ...file, path: `t/${file.path}` }, 't');
  for (const folder of configuration.translationFolders)
    for (const file of files) {
      if (!file.path.startsWith(`${folder}/`) || !/\.(?:ya?ml|csv)$/i.test(file.path)) continue;
      dictionary.read(file, folder);
      ledger.tell(file.path, 'translation', {
        en: 'names of columns, values and indicators',
        zh: '列、取值和指标的名称',
      });
      if (!/\.csv$/i.test(file.path)) continue;
      for (const { line } of readForeignTable(file.bytes).rows)
        ledger.row(file.path, line, 'metadata', `translation/${file.path}`);
    }
  for (const { path, what } of dictionary.faults)
    ledger.oddities.warn(
      'yaml.unreadable',
      { file: path },
      `the translations cannot be read: ${what}`,
      'names in this file are missing',
      'mend the file',
    );
  const [main = 'en'] = configuration.languages;
  if (!/^(?:en|zh)/i.test(main))
    ledger.oddities.warn(
      'language.other',
      { file: 'config_data.yml' },
      `the main language of the repository is ${main}`,
      'a workspace has names in English and Chinese; texts that are in neither stand, unchanged, in the place of English',
      'translate them in city.yaml and indicators/*.yaml, or give translations with --translations',
    );
  return dictionary;
}

/** Tells which keys of texts nothing explains. */
export function tellDictionary(dictionary: Dictionary, configuration: Configuration, ledger: Ledger): void {
  if (dictionary.unknown.size === 0) return;
  const keys = [...dictionary.unknown.keys()].sort();
  ledger.oddities.note(
    'translation.unknown',
    { file: configuration.translationFolders[0] ?? 'translations' },
    `${keys.length} keys of texts are not explained in the repository: ${keys.slice(0, 5).join(', ')}${keys.length > 5 ? ', …' : ''}`,
    'Open SDG fetches them from another repository when it builds; nothing is fetched here, so the numbers and short names of the framework stand in for them',
    'give a copy of the sdg-translations repository with --translations DIR',
  );
}
