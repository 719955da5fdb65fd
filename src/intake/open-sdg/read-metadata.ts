import type { Localized } from '../../model/index.ts';
import { readForeignTable } from '../foreign/delimited.ts';
import type { Configuration } from './configuration.ts';
import type { Ledger } from './ledger.ts';
import { IndicatorMetadata, indicatorNumber, readCsvMeta, readMapping, readYamlMeta } from './metadata.ts';
import type { RepositoryFile } from './repository.ts';

const fieldsRead = (count: number): Localized => ({
  en: `${count} fields of its indicator`,
  zh: `其指标的${count}个字段`,
});

/** The metadata of every indicator, by its number. */
export function metadataOf(
  files: readonly RepositoryFile[],
  configuration: Configuration,
  ledger: Ledger,
): ReadonlyMap<string, IndicatorMetadata> {
  const all = new Map<string, IndicatorMetadata>();
  const of = (path: string): IndicatorMetadata => {
    const number = indicatorNumber(path);
    let own = all.get(number);
    if (own === undefined) {
      own = new IndicatorMetadata();
      all.set(number, own);
    }
    return own;
  };
  const { metadataMapping } = configuration;
  const mappingFile =
    metadataMapping === null ? undefined : files.find(({ path }) => path === metadataMapping);
  const mapping = new Map([
    ...configuration.metadataLabels,
    ...(mappingFile === undefined ? [] : readMapping(mappingFile)),
  ]);
  if (mappingFile !== undefined) {
    ledger.tell(mappingFile.path, 'metadata', {
      en: `${mapping.size} labels with their fields`,
      zh: `${mapping.size}个名称与字段的对应`,
    });
    for (const line of [1, ...readForeignTable(mappingFile.bytes).rows.map((each) => each.line)])
      ledger.row(mappingFile.path, line, 'metadata', 'mapping of labels to fields');
  }
  for (const file of files) {
    if (ledger.told.has(file.path)) continue;
    const language = languageOf(file.path, configuration.languages);
    if (language !== null && configuration.isYamlMeta(file.path)) {
      const kept = /^zh/i.test(language) ? 'zh' : /^en/i.test(language) ? 'en' : null;
      const fault = kept === null ? null : readYamlMeta(file, of(file.path), kept);
      ledger.tell(
        file.path,
        'metadata',
        kept === null || fault !== null
          ? {
              en: `metadata in ${language}; kept in the originals only${fault === null ? '' : `: ${fault}`}`,
              zh: `语言为${language}的元数据，仅保留原件${fault === null ? '' : `：${fault}`}`,
            }
          : { en: `fields of its indicator in ${language}`, zh: `其指标的字段（${language}）` },
      );
      if (kept === null || fault !== null)
        ledger.oddities.note(
          'metadata.language',
          { file: file.path },
          `metadata of the language ${language}${fault === null ? '' : ` that cannot be read: ${fault}`}`,
          'a workspace has texts in English and Chinese; others stay in the originals',
          'translate them in indicators/*.yaml',
        );
    } else if (configuration.isYamlMeta(file.path)) {
      const fault = readYamlMeta(file, of(file.path));
      ledger.tell(
        file.path,
        'metadata',
        fault === null
          ? { en: 'fields of its indicator', zh: '其指标的字段' }
          : { en: `cannot be read: ${fault}`, zh: `无法读取：${fault}` },
      );
      if (fault !== null)
        ledger.oddities.warn(
          'yaml.unreadable',
          { file: file.path },
          `the metadata cannot be read: ${fault}`,
          'this indicator lacks them; the file is kept in the originals',
          'mend the file',
        );
    } else if (configuration.isCsvMeta(file.path)) {
      const number = indicatorNumber(file.path);
      const rows = readCsvMeta(file, mapping, of(file.path));
      for (const { line, field, reason } of rows)
        if (field === null) ledger.row(file.path, line, 'left', null, null, reason);
        else ledger.row(file.path, line, 'metadata', `indicator/${number}#${field}`);
      ledger.tell(file.path, 'metadata', fieldsRead(rows.filter(({ field }) => field !== null).length));
    } else if (/(?:^|\/)[\w-]*meta[\w-]*\/.*\.(?:csv|xlsx?|docx?m?|ya?ml|md)$/i.test(file.path)) {
      ledger.tell(file.path, 'metadata', {
        en: 'not read: the configuration names no input for it',
        zh: '未读取：配置没有为它指定输入',
      });
      ledger.oddities.warn(
        'metadata.unread',
        { file: file.path },
        'metadata that the configuration does not name are not read',
        'which of several files counts is told there',
        'name it in config_data.yml under inputs, and import again',
      );
      if (/\.csv$/i.test(file.path))
        for (const { line } of readForeignTable(file.bytes).rows)
          ledger.row(file.path, line, 'left', null, null, {
            en: 'the configuration names no input for this metadata table',
            zh: '配置没有为该元数据表指定输入',
          });
    }
  }
  for (const own of all.values())
    for (const { field, file, was } of own.overridden)
      ledger.oddities.note(
        'metadata.twice',
        { file },
        `the field ${field} has another text in ${was}`,
        'the later file counts, as in the builds of Open SDG',
        'keep one',
      );
  return all;
}

/** The language of whose folder a file is (`meta/fr/1-1-1.md`); null in the folder of the main language, and outside of such folders. */
function languageOf(path: string, languages: readonly string[]): string | null {
  const folder = path.split('/').at(-2) ?? '';
  const isLanguage =
    languages.includes(folder) || /(?:^|\/)(?:meta|indicator-config)\/[a-z]{2}(?:-\w+)?\/[^/]+$/.test(path);
  return isLanguage && folder !== languages[0] ? folder : null;
}
