import { csvRecords } from './csv.ts';
import { utf8Text } from './encoding.ts';
import type { FindingList } from './finding-list.ts';
import { limits } from './limits.ts';
import { nearest } from './nearest.ts';
import { quote } from './quote.ts';
import { fromSafeCell } from './safe-cell.ts';

/** The columns of one kind of table. */
export interface TableShape {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Columns of free text, whose cells may carry the apostrophe of {@link fromSafeCell}. */
  readonly texts: ReadonlySet<string>;
}

/** One row of a table: its line and its cells by column name. */
export class TableRow {
  readonly line: number;
  readonly #columns: ReadonlyMap<string, number>;
  readonly #cells: readonly string[];

  constructor(line: number, columns: ReadonlyMap<string, number>, cells: readonly string[]) {
    this.line = line;
    this.#columns = columns;
    this.#cells = cells;
  }

  /** A cell of a code or number without spaces at its ends; empty when blank or when the table has no such column. */
  get(column: string): string {
    const at = this.#columns.get(column);
    return at === undefined ? '' : (this.#cells[at] ?? '').trim();
  }

  /** A cell of free text, see {@link fromSafeCell}. */
  text(column: string): string {
    return fromSafeCell(this.get(column));
  }
}

const separators = new Map([
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['，', 'full-width commas'],
  ['|', 'bars'],
]);

/** What people write at the head of a column where the format has its own word. For the mend only. */
const otherNames = new Map([
  ['指标', 'indicator'],
  ['指标代码', 'indicator'],
  ['地区', 'area'],
  ['区域', 'area'],
  ['geography', 'area'],
  ['region', 'area'],
  ['年份', 'period'],
  ['年度', 'period'],
  ['时间', 'period'],
  ['year', 'period'],
  ['date', 'period'],
  ['数值', 'value'],
  ['值', 'value'],
  ['obs_value', 'value'],
  ['单位', 'unit'],
  ['units', 'unit'],
  ['来源', 'source'],
  ['数据来源', 'source'],
  ['出处', 'locator'],
  ['页码', 'locator'],
  ['page', 'locator'],
  ['line', 'locator'],
  ['状态', 'status'],
  ['obs_status', 'status'],
  ['备注', 'note'],
  ['comment', 'note'],
  ['原因', 'reason_zh'],
  ['reason', 'reason_en'],
]);

/**
 * Reads a table row by row. A wrong header spoils the table: it is told, and no row is read, so that one typing error
 * does not become a finding for every row. `dimensions` null: the city file is broken, any further column may be one.
 */
export function* tableRows(
  file: string,
  bytes: Uint8Array,
  shape: TableShape,
  dimensions: ReadonlySet<string> | null,
  findings: FindingList,
): Generator<TableRow> {
  const text = utf8Text(file, bytes, findings);
  if (text === null) return;
  let columns: ReadonlyMap<string, number> | null = null;
  let width = 0;
  for (const { line, cells } of csvRecords(file, text, findings)) {
    if (columns === null) {
      columns = readHeader(file, line, cells, shape, dimensions, findings);
      if (columns === null) return;
      width = Math.max(...columns.values()) + 1;
      continue;
    }
    if (cells.length === width || isAsWide(cells, width)) yield new TableRow(line, columns, cells);
    else ragged(file, line, cells.length, width, findings);
  }
  if (columns === null)
    findings.error(
      'table.no-header',
      { file, row: 1 },
      {
        what: 'the table has no header row',
        why: 'the first row names the columns, in any order',
        mend: `begin it with: ${shape.required.join(',')}`,
      },
    );
}

/** Wider rows are as wide as the header when all that is over is blank: spreadsheets write such commas. */
function isAsWide(cells: readonly string[], width: number): boolean {
  return cells.length > width && cells.slice(width).every((cell) => cell.trim() === '');
}

function ragged(file: string, row: number, has: number, width: number, findings: FindingList): void {
  findings.error(
    'table.ragged',
    { file, row },
    {
      what: `the row has ${has} cells; the header names ${width} columns`,
      why: 'it is unclear which value belongs to which column',
      mend:
        has > width
          ? 'put a cell that holds a comma in quotes: "1,5" or "Pudong, Shanghai"'
          : 'add the missing commas: a blank cell is written as nothing between two commas',
    },
  );
}

function readHeader(
  file: string,
  row: number,
  cells: readonly string[],
  shape: TableShape,
  dimensions: ReadonlySet<string> | null,
  findings: FindingList,
): ReadonlyMap<string, number> | null {
  const names = cells.map((cell) => cell.trim());
  while (names.at(-1) === '') names.pop();
  const known = new Set([...shape.required, ...shape.optional, ...(dimensions ?? [])]);
  const only = names.length === 1 ? (names[0] ?? '') : '';
  const separator = [...separators].find(([character]) => only.includes(character));
  if (separator !== undefined) {
    findings.error(
      'table.separator',
      { file, row },
      {
        what: `the columns are separated by ${separator[1]}`,
        why: 'the format is comma-separated values (RFC 4180), the same in every country',
        mend: 'save as "CSV UTF-8 (comma delimited)"; in LibreOffice choose the comma as field delimiter',
      },
    );
    return null;
  }
  if (names.length > limits.columns) {
    findings.error(
      'table.columns',
      { file, row },
      {
        what: `the header names ${names.length} columns; at most ${limits.columns} are read`,
        why: 'a row is one value with its area, period and breakdown; values do not stand side by side',
        mend: 'turn the table so that every value has a row of its own',
      },
    );
    return null;
  }
  const columns = new Map<string, number>();
  let good = true;
  names.forEach((name, at) => {
    if (columns.has(name)) {
      good = false;
      findings.error(
        'table.duplicate-column',
        { file, row, column: at + 1 },
        {
          what: `two columns are named ${quote(name)}`,
          why: 'it is unclear which of them holds',
          mend: `rename or remove column ${at + 1} or column ${(columns.get(name) ?? 0) + 1}`,
        },
      );
    } else if (!known.has(name) && dimensions !== null) {
      good = false;
      unknownColumn(file, row, at + 1, name, known, findings);
    } else columns.set(name, at);
  });
  const missing = shape.required.filter((name) => !columns.has(name));
  for (const name of missing) {
    good = false;
    findings.error(
      'table.missing-column',
      { file, row },
      {
        what: `the column ${quote(name)} is missing`,
        why: `every row needs ${shape.required.join(', ')}`,
        mend: `add a column named ${name}`,
      },
    );
  }
  return good ? columns : null;
}

function unknownColumn(
  file: string,
  row: number,
  column: number,
  name: string,
  known: ReadonlySet<string>,
  findings: FindingList,
): void {
  const alias = otherNames.get(name.toLowerCase());
  const near = alias !== undefined && known.has(alias) ? alias : nearest(name, known);
  const year = /^\d{4}$/.test(name);
  findings.error(
    'table.unknown-column',
    { file, row, column },
    {
      what: name === '' ? 'a column has no name' : `there is no column ${quote(name)}`,
      why: year
        ? 'years do not stand side by side: every value has a row of its own, with its year in the column period'
        : `the columns are ${[...known].join(', ')}; breakdowns are declared under dimensions in city.yaml`,
      mend: year
        ? 'turn the table so that every value has a row of its own'
        : near === null
          ? 'remove the column, or declare its dimension in city.yaml'
          : `rename it ${near}`,
    },
  );
}
