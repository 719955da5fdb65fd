import type { Localized, ObservationStatus, Qualifier } from '../../model/index.ts';
import { type ForeignTable, readForeignTable } from '../foreign/delimited.ts';
import { markedYear, periodReader } from '../foreign/period-text.ts';
import { multipliedUnit } from '../foreign/unit-text.ts';
import { valueReader } from '../foreign/value-text.ts';
import { type ColumnMap, mapped } from './column-map.ts';
import { type ColumnRoles, readColumns } from './columns.ts';
import type { Configuration } from './configuration.ts';
import type { Oddities } from './oddities.ts';
import type { RepositoryFile } from './repository.ts';

/** A row of a data file, read cell by cell; not yet placed among indicators, areas and breakdowns. */
export interface DataRow {
  readonly line: number;
  readonly period: string;
  readonly value: string | null;
  readonly status: ObservationStatus;
  readonly qualifier: Qualifier | null;
  /** Between which values the table says that the value lies. */
  readonly interval: { readonly low: string; readonly high: string } | null;
  /** What the cell says when there is no number. */
  readonly says: string | null;
  readonly series: string;
  readonly unit: string;
  readonly multiplier: string;
  readonly geoCode: string;
  /** Text of each breakdown column, in the order of the roles; empty is the total. */
  readonly breakdown: readonly string[];
  /** Attributes and what else stood in the row, as text. */
  readonly note: string | null;
}

/** A row that does not become a record, and why. */
export interface LeftRow {
  readonly line: number;
  readonly column: string | null;
  readonly reason: Localized;
}

export interface DataFile {
  readonly path: string;
  readonly roles: ColumnRoles | null;
  readonly rows: readonly DataRow[];
  readonly left: readonly LeftRow[];
  readonly rowCount: number;
}

const statuses = new Map<string, ObservationStatus>(
  Object.entries({
    a: 'A',
    normal: 'A',
    'normal value': 'A',
    b: 'B',
    break: 'B',
    'time series break': 'B',
    'break in series': 'B',
    e: 'E',
    estimated: 'E',
    'estimated value': 'E',
    f: 'F',
    forecast: 'F',
    'forecast value': 'F',
    i: 'I',
    imputed: 'I',
    'imputed value': 'I',
    p: 'P',
    provisional: 'P',
    'provisional value': 'P',
    u: 'U',
    'low reliability': 'U',
    v: 'V',
    'unvalidated value': 'V',
    d: 'A',
    'definition differs': 'A',
    l: 'L',
    'missing value; data exist but were not collected': 'L',
    m: 'M',
    'missing value; data cannot exist': 'M',
    o: 'O',
    'missing value': 'O',
    missing: 'O',
    q: 'Q',
    'missing value; suppressed': 'Q',
    suppressed: 'Q',
    confidential: 'Q',
    // Flags of Eurostat.
    c: 'Q',
    z: 'M',
    'not applicable': 'M',
    r: 'A',
    revised: 'A',
  }),
);

export const blankRow: Localized = { en: 'a blank row', zh: '空行' };

/** Reads one data file. Every line under the header is either in `rows` or in `left`. */
export function readDataFile(
  file: RepositoryFile,
  configuration: Configuration,
  map: ColumnMap,
  oddities: Oddities,
): DataFile {
  const { path } = file;
  const table = mapped(readForeignTable(file.bytes), map);
  tellTable(path, table, oddities);
  const rowCount = table.rows.length;
  const roles = readColumns(path, table.columns, configuration, oddities);
  if ('en' in roles)
    return {
      path,
      roles: null,
      rows: [],
      left: table.rows.map(({ line }) => ({ line, column: null, reason: roles })),
      rowCount,
    };
  const cell = (cells: readonly string[], at: number | null): string =>
    at === null ? '' : (cells[at] ?? '').trim();
  const readPeriod = periodReader(table.rows.map(({ cells }) => cell(cells, roles.period)));
  const readValue = valueReader(
    table.rows.map(({ cells }) => cell(cells, roles.value)),
    table.delimiter,
  );
  const [readLow, readHigh] = [roles.lower, roles.upper].map((at) =>
    valueReader(
      table.rows.map(({ cells }) => cell(cells, at)),
      table.delimiter,
    ),
  );
  /** Both ends as numbers, or none: what is no number stays as text. */
  const ends = (cells: readonly string[]): DataRow['interval'] => {
    const low = readLow?.(cell(cells, roles.lower));
    const high = readHigh?.(cell(cells, roles.upper));
    return low?.kind === 'value' && high?.kind === 'value' ? { low: low.value, high: high.value } : null;
  };
  /** A place that the configuration names a code for, by its code. */
  const codes = configuration.layers.find(
    ({ idColumn }) => roles.geoCode !== null && idColumn === (table.columns[roles.geoCode] ?? '').trim(),
  )?.replacements;
  const codeOf = (text: string): string => codes?.get(text) ?? text;
  const nameOf = (at: number): string => (table.columns[at] ?? '').trim();
  const rows: DataRow[] = [];
  const left: LeftRow[] = [];
  for (const { line, cells } of table.rows) {
    if (cells.every((each) => each.trim() === '')) {
      left.push({ line, column: null, reason: blankRow });
      continue;
    }
    const period = readPeriod(cell(cells, roles.period));
    if ('reason' in period) {
      left.push({ line, column: nameOf(roles.period), reason: period.reason });
      continue;
    }
    const written = cells[roles.value] ?? '';
    const beyond = cells.slice(table.columns.length).map((each) => each.trim());
    // `26258,10` without quotes in the last column falls into two cells: one number with a decimal comma, not 26258.
    const isSplit =
      roles.value === table.columns.length - 1 &&
      table.delimiter === ',' &&
      /^-?\d+$/.test(written.trim()) &&
      beyond.length === 1 &&
      /^\d{1,2}$/.test(beyond[0] ?? '');
    const value = readValue(isSplit ? `${written.trim()}.${beyond[0] ?? ''}` : written);
    if (value.kind === 'fault') {
      left.push({ line, column: nameOf(roles.value), reason: value.reason });
      continue;
    }
    const notes: string[] = [];
    const dated = cell(cells, roles.period);
    if (markedYear.test(dated)) notes.push(`period: ${dated}`);
    for (const { at, name } of roles.attributes)
      if (cell(cells, at) !== '') notes.push(`${name}: ${cell(cells, at)}`);
    const stray = [...roles.nameless.map((at) => cell(cells, at)), ...(isSplit ? [] : beyond)].filter(
      (each) => each !== '',
    );
    if (isSplit) {
      notes.push(`printed: ${written.trim()},${beyond[0] ?? ''}`);
      oddities.warn(
        'value.split',
        { file: path, row: line },
        `the value ${written.trim()},${beyond[0] ?? ''} has a decimal comma and no quotes: it fell into two cells`,
        'a build of Open SDG refuses such a row, or takes it for the whole number before the comma',
        'write a decimal point, or quotes',
      );
    }
    if (stray.length > 0) {
      notes.push(`without a column: ${stray.join(' | ')}`);
      oddities.warn(
        'row.stray',
        { file: path, row: line },
        'the row holds text in a column without a name',
        'it belongs to nothing that the header names; it is kept in the note of the record',
        'name the column, or take the text out',
      );
    }
    if (cells.length < table.columns.length)
      oddities.warn(
        'row.short',
        { file: path, row: line },
        `the row has fewer cells than the header (${cells.length} of ${table.columns.length})`,
        'the cells at its end are taken as blank',
        'add the missing commas',
      );
    const told = cell(cells, roles.status);
    const status = told === '' ? undefined : statuses.get(told.toLowerCase());
    // What the status of the record does not say stays in its note.
    const isUnsaid =
      status === undefined ||
      /^(?:d|definition differs|r|revised)$/i.test(told) ||
      (value.kind === 'value' && /[LMOQ]/.test(status));
    if (told !== '' && isUnsaid) notes.push(`status: ${told}`);
    if (told !== '' && status === undefined)
      oddities.warn(
        'status.unknown',
        { file: path, row: line, column: nameOf(roles.status ?? 0) },
        `the status '${told.slice(0, 60)}' is none of SDMX's`,
        'it is kept in the note; the value counts as normal',
        'use a code of CL_OBS_STATUS: A, B, E, F, I, P, …',
      );
    if (value.kind === 'value' && value.as !== null) {
      if (value.as.trim() !== value.value) notes.push(`printed: ${value.as.trim()}`);
      oddities.note(
        'value.form',
        { file: path, row: line, column: nameOf(roles.value) },
        'the number is written with spaces, signs, separators or marks',
        'it was read as the plain number; what stood there is kept in the note',
        'write plain decimals',
      );
    }
    const interval = ends(cells) ?? (value.kind === 'value' ? value.interval : null);
    if (interval === null)
      for (const at of [roles.lower, roles.upper])
        if (at !== null && cell(cells, at) !== '') notes.push(`${nameOf(at)}: ${cell(cells, at)}`);
    rows.push({
      line,
      interval,
      period: period.period,
      value: value.kind === 'value' ? value.value : null,
      status:
        value.kind === 'missing'
          ? status !== undefined && /[LMOQ]/.test(status)
            ? status
            : value.status
          : statusOf(value.status, status),
      qualifier: value.kind === 'value' ? value.qualifier : null,
      says: value.kind === 'missing' ? value.says : null,
      series: cell(cells, roles.series),
      unit: cell(cells, roles.unit),
      // A multiplier of one is none, however it is told: no row of it is of another series.
      multiplier:
        multipliedUnit('', cell(cells, roles.multiplier)) === '' ? '' : cell(cells, roles.multiplier),
      geoCode: codeOf(cell(cells, roles.geoCode)),
      breakdown: roles.breakdowns.map(({ at }) => cell(cells, at).replace(/\s+/g, ' ')),
      note: notes.length === 0 ? null : notes.join('; ').replace(/\s+/g, ' ').slice(0, 2000),
    });
  }
  return { path, roles, rows, left, rowCount };
}

/** The mark behind the number, else the status column; one that says `missing` beside a number is not believed. */
function statusOf(mark: ObservationStatus | null, told: ObservationStatus | undefined): ObservationStatus {
  const status = mark ?? told ?? 'A';
  return /[LMOQ]/.test(status) ? 'A' : status;
}

function tellTable(
  path: string,
  { delimiter, encoding, wrongQuotes, columns }: ForeignTable,
  oddities: Oddities,
): void {
  if (encoding !== 'utf-8')
    oddities.warn(
      'text.encoding',
      { file: path },
      `the file is not UTF-8; it was read as ${encoding}`,
      'letters with accents may be wrong',
      'save it as CSV UTF-8',
    );
  if (delimiter !== ',' && columns.length > 1)
    oddities.note(
      'table.delimiter',
      { file: path },
      `cells are divided by ${JSON.stringify(delimiter)}`,
      'a table of Open SDG is divided by commas',
      'save it as CSV (comma delimited)',
    );
  for (const row of wrongQuotes)
    oddities.warn(
      'table.quote',
      { file: path, row },
      'a quote is opened and never closed',
      'the row was read as if its quotes were text',
      'close the quote, or write it twice',
    );
}
