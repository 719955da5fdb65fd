import { breakdownKey, parseDecimal, type Rational } from '../../model/index.ts';

/** A row of data as it stands in a file: nothing about it is trusted yet. */
export interface DataRow {
  readonly indicator: string;
  readonly area: string;
  readonly period: string;
  /** Values of breakdown dimensions; empty for the total. */
  readonly breakdown: Readonly<Record<string, string>>;
  /** As written; null when the cell is empty. */
  readonly value: string | null;
  readonly unit: string;
  /** SDMX observation status: A normal, P provisional, E estimated, F forecast, L M O Q missing. */
  readonly status: string;
  readonly file: string;
  readonly row: number;
}

/** What is known beside the rows. Everything may be absent: a check that needs it then stays silent. */
export interface DataContext {
  /** Known areas with their parent, null at the top. */
  readonly areas?: ReadonlyMap<string, string | null>;
  readonly indicators?: ReadonlyMap<string, IndicatorFacts>;
  /** Categories of each dimension that together make the whole. */
  readonly dimensions?: ReadonlyMap<string, readonly string[]>;
  /** The day of publication, `2022-10-31`: nothing after it can have been observed. */
  readonly asOf?: string;
  /** Whether the rows are about to be published as final values. */
  readonly final?: boolean;
  /** Years after which a series is called stale; 3 when absent. */
  readonly staleAfter?: number;
}

export interface IndicatorFacts {
  /** Its names, in every language: they tell a balance, which may be negative, from an amount. */
  readonly name?: string;
  readonly unit?: string;
  /** Whether values of parts add up to the value of the whole. */
  readonly additive?: boolean;
  readonly decimals?: number;
  /** Whether the value is a share that lies between 0 and 100 %. */
  readonly share?: boolean;
}

/** A row whose value is a number. */
export interface NumberRow extends DataRow {
  readonly number: Rational;
  readonly text: string;
}

const missing = new Set(['L', 'M', 'O', 'Q']);

export const isMissing = ({ status }: DataRow): boolean => missing.has(status);

/** The rows that carry a number. */
export function numberRows(rows: readonly DataRow[]): NumberRow[] {
  return rows.flatMap((row) => {
    if (row.value === null) return [];
    const text = row.value.trim();
    const number = parseDecimal(text);
    return number === null ? [] : [{ ...row, number, text }];
  });
}

export const cellKey = (row: DataRow): string =>
  [row.area, row.indicator, row.period, breakdownKey(row.breakdown)].join('\u0001');

export const seriesKey = (row: DataRow): string =>
  [row.area, row.indicator, breakdownKey(row.breakdown)].join('\u0001');

/** Rows by a key, in the order in which they stand. */
export function grouped<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const name = key(row);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}

export const isTotal = ({ breakdown }: DataRow): boolean => Object.keys(breakdown).length === 0;

/** Whether the parts of an indicator add up; without knowledge, shares and rates do not. */
export function isAdditive(row: DataRow, context: DataContext): boolean {
  const known = context.indicators?.get(row.indicator)?.additive;
  if (known !== undefined) return known;
  return (
    row.unit !== '' &&
    row.period !== 'undated' &&
    !/^(?:%|1|\[ppth\]|‰|min|h|d|a|kV|V|m|Cel)$|\/|%|rank|level/.test(row.unit)
  );
}

/** Half a unit in the last place of a decimal text: how far rounding may have moved it. */
export function placesOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}
