import type { Observation } from '../model/index.ts';
import { breakdownOf } from './address.ts';
import type { Connection } from './engine.ts';
import { type Cell, columns, key } from './observation.ts';
import type { ObservationQuery, PlaceChanges, StoredObservation } from './store.ts';

/** A version as the table holds it; content is null where it is withdrawn. */
export interface ObservationRow extends Cell {
  readonly position: number;
  readonly withdrawn: boolean;
  readonly value: string | null;
  readonly unit: string;
  readonly status: Observation['status'];
  readonly reason_en: string | null;
  readonly reason_zh: string | null;
  readonly qualifier: Observation['qualifier'];
  readonly source: string;
  readonly locator: string;
  readonly ref: string | null;
  readonly note: string | null;
  readonly file: string | null;
  readonly file_row: number | null;
}

/** Texts and breakdowns that many rows have in common, each held once: a row then costs a quarter of the memory. */
export class Shared {
  readonly #texts = new Map<string, string>();
  readonly #breakdowns = new Map<string, Readonly<Record<string, string>>>();

  text(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }

  breakdown(key: string): Readonly<Record<string, string>> {
    const known = this.#breakdowns.get(key);
    if (known !== undefined) return known;
    const made = breakdownOf(key);
    this.#breakdowns.set(key, made);
    return made;
  }
}

export function observationOf(row: ObservationRow, shared = new Shared()): Observation {
  return {
    indicator: shared.text(row.indicator),
    area: shared.text(row.area),
    period: shared.text(row.period),
    breakdown: shared.breakdown(row.breakdown),
    value: row.value,
    unit: shared.text(row.unit),
    status: row.status,
    reason:
      row.reason_en === null || row.reason_zh === null ? null : { en: row.reason_en, zh: row.reason_zh },
    qualifier: row.qualifier,
    source: shared.text(row.source),
    locator: row.locator,
    ref: row.ref,
    note: row.note,
  };
}

/** The observations as of a position, ordered by indicator, area, period and breakdown. */
export async function readObservations(
  connection: Connection,
  city: string,
  query: ObservationQuery,
): Promise<StoredObservation[]> {
  const shared = new Shared();
  const found: StoredObservation[] = [];
  for (const row of await readRows(connection, city, query))
    found.push(
      Object.assign(observationOf(row, shared), {
        position: row.position,
        file: row.file === null ? null : shared.text(row.file),
        row: row.file_row,
      }),
    );
  return found;
}

/** The same without where they came in. */
export async function readPlainObservations(
  connection: Connection,
  city: string,
  query: ObservationQuery,
  shared: Shared,
): Promise<Observation[]> {
  const found: Observation[] = [];
  for (const row of await readRows(connection, city, query)) found.push(observationOf(row, shared));
  return found;
}

/** A row as JSON lists it, in the order of {@link listed}. */
type ListedRow = readonly [
  position: number,
  indicator: string,
  area: string,
  period: string,
  breakdown: string,
  value: string | null,
  unit: string,
  status: Observation['status'],
  reasonEn: string | null,
  reasonZh: string | null,
  qualifier: Observation['qualifier'],
  source: string,
  locator: string,
  ref: string | null,
  note: string | null,
  file: string | null,
  fileRow: number | null,
];
const listed = ['position', ...columns.map((column) => (column === 'value' ? 'value::text' : column))];

/**
 * One JSON list an indicator instead of a row an observation: a driver takes a row apart field by field, which costs
 * several times what the parser of JSON does, most of all in the embedded database.
 */
async function readRows(
  connection: Connection,
  city: string,
  { asOf = Number.MAX_SAFE_INTEGER, indicators, areas }: ObservationQuery,
): Promise<Iterable<ObservationRow>> {
  const { rows } = await connection.query<{ list: readonly ListedRow[] }>(
    `SELECT json_agg(json_build_array(${listed})) AS list FROM (
      SELECT DISTINCT ON (${key}) position, withdrawn, ${columns} FROM observation
      WHERE city = $1 AND position <= $2
        AND ($3::text[] IS NULL OR indicator = ANY ($3)) AND ($4::text[] IS NULL OR area = ANY ($4))
      ORDER BY ${key}, position DESC) newest
    WHERE NOT withdrawn GROUP BY indicator ORDER BY indicator`,
    [city, asOf, indicators ?? null, areas ?? null],
  );
  return rowsOfLists(rows);
}

function* rowsOfLists(lists: readonly { readonly list: readonly ListedRow[] }[]): Generator<ObservationRow> {
  for (const { list } of lists) {
    // An aggregate takes its input in the order in which it comes, though no standard says so.
    const inOrder = list.every((row, at) => at === 0 || byCell(list[at - 1] ?? row, row) < 0);
    for (const row of inOrder ? list : [...list].sort(byCell)) yield rowOfList(row);
  }
}

/** Indicator, area, period, breakdown: fields 1 to 4. */
function byCell(a: ListedRow, b: ListedRow): -1 | 0 | 1 {
  for (const field of [1, 2, 3, 4] as const) if (a[field] !== b[field]) return a[field] < b[field] ? -1 : 1;
  return 0;
}

function rowOfList([
  position,
  indicator,
  area,
  period,
  breakdown,
  value,
  unit,
  status,
  reason_en,
  reason_zh,
  qualifier,
  source,
  locator,
  ref,
  note,
  file,
  file_row,
]: ListedRow): ObservationRow {
  return {
    indicator,
    area,
    period,
    breakdown,
    position,
    withdrawn: false,
    value,
    unit,
    status,
    reason_en,
    reason_zh,
    qualifier,
    source,
    locator,
    ref,
    note,
    file,
    file_row,
  };
}

/** The cells with a version after one position up to another, as of the later one. */
export async function changedCells(
  connection: Connection,
  city: string,
  after: number,
  upTo: number,
): Promise<PlaceChanges['observations']> {
  const { rows } = await connection.query<ObservationRow>(
    `SELECT DISTINCT ON (${key}) position, withdrawn, ${columns} FROM observation
      WHERE city = $1 AND position > $2 AND position <= $3 ORDER BY ${key}, position DESC`,
    [city, after, upTo],
  );
  return rows.map((row) => ({
    cell: {
      indicator: row.indicator,
      area: row.area,
      period: row.period,
      breakdown: breakdownOf(row.breakdown),
    },
    observation: row.withdrawn ? null : observationOf(row),
  }));
}
