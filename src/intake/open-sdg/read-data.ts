import type { Localized } from '../../model/index.ts';
import { readForeignTable } from '../foreign/delimited.ts';
import { builtReason, isBuilt } from './built.ts';
import { columnMapOf } from './column-map.ts';
import type { Configuration } from './configuration.ts';
import { type DataFile, readDataFile } from './data-file.ts';
import type { Ledger } from './ledger.ts';
import type { RepositoryFile } from './repository.ts';

/** The data files of a repository, and the account of tables beside them. */
export function dataOf(
  repository: readonly RepositoryFile[],
  configuration: Configuration,
  ledger: Ledger,
): readonly DataFile[] {
  const files: DataFile[] = [];
  const map = columnMapOf(repository, configuration, ledger);
  const folders = new Set(
    configuration.dataPatterns.map((pattern) => pattern.replace(/[^/]*$/, '').replace(/\*\*\/$/, '')),
  );
  for (const file of repository) {
    if (ledger.told.has(file.path)) continue;
    const isTable = /\.(?:csv|tsv)(?:\.\w+)?$/i.test(file.path);
    if (configuration.isData(file.path)) {
      const read = readDataFile(file, configuration, map, ledger.oddities);
      files.push(read);
      for (const { line, column, reason } of read.left)
        ledger.row(file.path, line, 'left', null, column, reason);
      ledger.tell(file.path, 'data', { en: `${read.rowCount} rows`, zh: `${read.rowCount}行` });
    } else if (isTable && [...folders].some((folder) => folder !== '' && file.path.startsWith(folder))) {
      const patterns = configuration.dataPatterns.join(', ');
      const reason = {
        en: `the file is not among the data by the configuration (${patterns})`,
        zh: `按配置，该文件不属于数据（${patterns}）`,
      };
      const { rows } = readForeignTable(file.bytes);
      for (const { line } of rows) ledger.row(file.path, line, 'left', null, null, reason);
      ledger.oddities.warn(
        'file.outside',
        { file: file.path },
        `a table of ${rows.length} rows is not published by its own site either`,
        reason.en,
        'rename it, or widen path_pattern in config_data.yml, and import again',
      );
      ledger.tell(file.path, 'data', noneRead(rows.length, reason));
    }
  }
  return files;
}

const noneRead = (rows: number, reason: Localized): Localized => ({
  en: `${rows} rows, none read: ${reason.en}`,
  zh: `${rows}行，未读取：${reason.zh}`,
});

/** Tables that nothing reads: those that a build makes, copies, and tables outside the folders of data. Each of their rows is told too. */
export function tellOtherTables(
  files: readonly RepositoryFile[],
  { languages, dataPatterns }: Configuration,
  ledger: Ledger,
): void {
  for (const { path, bytes } of files) {
    if (ledger.told.has(path) || !/\.(?:csv|tsv)$/i.test(path)) continue;
    const built = isBuilt(path, languages);
    const reason = built
      ? builtReason
      : {
          en: `the table lies outside the folders of data (${dataPatterns.join(', ')})`,
          zh: `该表不在数据文件夹中（${dataPatterns.join(', ')}）`,
        };
    const { rows } = readForeignTable(bytes);
    for (const { line } of rows) ledger.row(path, line, 'left', null, null, reason);
    ledger.tell(path, 'other', noneRead(rows.length, reason));
    if (rows.length > 0 && !built)
      ledger.oddities.warn(
        'file.outside',
        { file: path },
        `a table of ${rows.length} rows is not read`,
        reason.en,
        'move it to the data, or import it with modelcity import table',
      );
  }
}
