/** A table of text as it came: the header and its rows, each with its row number in the file (the header is row 1). */
export interface Table {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly row: number;
  /** One cell for each column, in the order of the columns. */
  readonly cells: readonly string[];
}

/** Other names under which tables of the field carry a column: canonical name → names in the order of preference. */
export type Aliases = Readonly<Record<string, readonly string[]>>;

/**
 * Column name → position, for names written in any case and with spaces around them. A column that is known under
 * another name is found under its own too, unless that one is there itself.
 */
export function columnIndex(table: Table, aliases: Aliases = {}): ReadonlyMap<string, number> {
  const own = new Map(table.columns.map((name, at) => [name.trim().toLowerCase(), at]));
  for (const [name, others] of Object.entries(aliases)) {
    const at = others.map((other) => own.get(other)).find((position) => position !== undefined);
    if (!own.has(name) && at !== undefined) own.set(name, at);
  }
  return own;
}

const blanks = new Set(['', 'na', 'n/a', 'nan', '..', '...', ':', '-', '—', 'null', '#n/a']);

/** Whether a cell says "no value" in one of the ways that statistical tables use. */
export function isBlank(cell: string): boolean {
  return blanks.has(cell.trim().toLowerCase());
}

/** The number in a cell, or null when it is not a plain decimal number within the range of a double. */
export function readNumber(cell: string): number | null {
  const text = cell.trim();
  if (text.length > 400 || !/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** A number as every reader of decimals takes it: `.5` becomes `0.5`, `5.` becomes `5`. */
export function plainNumber(cell: string): string {
  return cell
    .trim()
    .replace(/^(?<sign>[+-]?)\./, '$<sign>0.')
    .replace(/\.(?=$|[eE])/, '');
}
