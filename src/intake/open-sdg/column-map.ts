import { type ForeignTable, readForeignTable } from '../foreign/delimited.ts';
import type { Configuration } from './configuration.ts';
import type { Ledger } from './ledger.ts';
import type { RepositoryFile } from './repository.ts';

/** New names that a configuration gives to columns and to texts in them, before anything else is read. */
export interface ColumnMap {
  readonly columns: ReadonlyMap<string, string>;
  /** By the new name of the column, then by the text. */
  readonly texts: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** The tables `column_map` (Text, Value) and `code_map` (Text, Dimension, Value) that inputs of data name. */
export function columnMapOf(
  files: readonly RepositoryFile[],
  { columnMaps, codeMaps }: Configuration,
  ledger: Ledger,
): ColumnMap {
  const columns = new Map<string, string>();
  const texts = new Map<string, Map<string, string>>();
  for (const { row } of rowsOf(files, columnMaps, 'new names of columns', ledger))
    if (row('text') !== '' && row('value') !== '') columns.set(row('text'), row('value'));
  for (const { row } of rowsOf(files, codeMaps, 'new texts of columns', ledger)) {
    const own = texts.get(row('dimension')) ?? new Map<string, string>();
    texts.set(row('dimension'), own);
    own.set(row('text'), row('value'));
  }
  return { columns, texts };
}

function rowsOf(
  files: readonly RepositoryFile[],
  paths: readonly string[],
  what: string,
  ledger: Ledger,
): readonly { readonly row: (column: string) => string }[] {
  return paths.flatMap((path) => {
    const file = files.find((each) => each.path === path);
    if (file === undefined) {
      ledger.oddities.warn(
        'input.map',
        { file: path },
        `the configuration names this table of ${what}, which is not in the repository`,
        'columns and texts stand as they are in the files',
        'put the table there, and import again',
      );
      return [];
    }
    const table = readForeignTable(file.bytes);
    const at = new Map(table.columns.map((name, place) => [name.trim().toLowerCase(), place]));
    ledger.tell(path, 'configuration', {
      en: `${table.rows.length} ${what}`,
      zh: `${table.rows.length}行：${what}`,
    });
    return table.rows.map(({ line, cells }) => {
      ledger.row(path, line, 'metadata', what);
      return { row: (column: string) => (cells[at.get(column) ?? -1] ?? '').trim() };
    });
  });
}

/** A table with its columns and texts called as the maps say. */
export function mapped(table: ForeignTable, { columns, texts }: ColumnMap): ForeignTable {
  if (columns.size === 0 && texts.size === 0) return table;
  const names = table.columns.map((name) => columns.get(name.trim()) ?? name);
  const changes = names.flatMap((name, at) => {
    const own = texts.get(name.trim());
    return own === undefined ? [] : [{ at, own }];
  });
  return {
    ...table,
    columns: names,
    rows: table.rows.map(({ line, cells }) => {
      const changed = [...cells];
      for (const { at, own } of changes) {
        const text = changed[at];
        if (text !== undefined) changed[at] = own.get(text.trim()) ?? text;
      }
      return { line, cells: changed };
    }),
  };
}
