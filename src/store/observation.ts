import { breakdownKey, type Observation } from '../model/index.ts';
import { breakdownOf, observationAddress, type RecordAddress } from './address.ts';
import { copyText, type Field } from './copy-text.ts';
import { plainDecimal } from './decimal-text.ts';
import type { Connection } from './engine.ts';
import { type Context, type Pending, Refused, recordError } from './pending.ts';
import type { Origin } from './submission.ts';

/** Columns of the key, of the content, and of the trace. Names are the schema's. */
export const key = ['indicator', 'area', 'period', 'breakdown'];
const content = [
  'value',
  'unit',
  'status',
  'reason_en',
  'reason_zh',
  'qualifier',
  'source',
  'locator',
  'ref',
  'note',
];
export const columns = [...key, ...content, 'file', 'file_row'];
/** Every digit of a value counts, also zeros at its end: values are compared as text. */
const contentOf = (from: string): string =>
  `(${content.map((column) => (column === 'value' ? `${from}.value::text` : `${from}.${column}`))})`;

const headOfCity = `SELECT DISTINCT ON (${key}) * FROM observation WHERE city = $1
  ORDER BY ${key}, position DESC`;

export interface ObservationInput {
  readonly observations: readonly Observation[];
  readonly origins: ReadonlyMap<RecordAddress, Origin>;
  /** Whether observations of workspaces that are not in the input are withdrawn. */
  readonly snapshot: boolean;
  /** Addresses to withdraw beside. */
  readonly withdraw: readonly RecordAddress[];
}

/** Compares observations with those stored and says what is to be written. */
export async function pendingObservations(
  { connection, city, corrects }: Context,
  input: ObservationInput,
): Promise<Pending> {
  const { observations, origins, snapshot, withdraw } = input;
  await connection.script(
    `CREATE TEMP TABLE staged_observation (indicator text COLLATE "C", area text COLLATE "C", period text COLLATE "C",
      breakdown text COLLATE "C", value numeric, unit text, status text, reason_en text, reason_zh text, qualifier text,
      source text, locator text, ref text, note text, file text, file_row integer) ON COMMIT DROP`,
  );
  await connection.copy(`staged_observation (${columns})`, copyText(rowsOf(observations, origins)));
  const known = await connection.query<{ known: boolean }>(
    'SELECT EXISTS (SELECT FROM observation WHERE city = $1) AS known',
    [city],
  );
  if (known.rows[0]?.known === false && withdraw.length === 0) {
    return {
      changes: { added: observations.length, changed: 0, withdrawn: 0 },
      areas: new Set(observations.map(({ area }) => area)),
      write: (writer, position) => writeFrom(writer, 'staged_observation', 'false', city, position),
    };
  }
  await connection.script(
    `CREATE TEMP TABLE changed_observation (LIKE staged_observation, was bigint, gone boolean) ON COMMIT DROP`,
  );
  const changed = `h.position IS NULL OR h.withdrawn OR ${contentOf('s')} IS DISTINCT FROM ${contentOf('h')}`;
  const was = 'CASE WHEN NOT h.withdrawn THEN h.position END';
  // A snapshot meets the whole head in one pass; a full join is never a nested loop, whatever the planner believes
  // about tables that were filled a moment ago. Single records look up their own cells.
  await connection.query(
    snapshot
      ? `INSERT INTO changed_observation
          SELECT ${key.map((column) => `coalesce(s.${column}, h.${column})`)}, ${content.map((column) => `s.${column}`)},
            s.file, s.file_row, ${was}, s.indicator IS NULL
          FROM staged_observation s FULL JOIN (${headOfCity}) h USING (${key})
          WHERE CASE WHEN s.indicator IS NOT NULL THEN ${changed} ELSE NOT h.withdrawn AND h.position IN
            (SELECT position FROM submission WHERE city = $1 AND kind = 'workspace') END`
      : `INSERT INTO changed_observation
          SELECT s.*, ${was}, false
          FROM staged_observation s LEFT JOIN LATERAL (SELECT * FROM observation o
            WHERE o.city = $1 AND ${key.map((column) => `o.${column} = s.${column}`).join(' AND ')}
            ORDER BY position DESC LIMIT 1) h ON true
          WHERE ${changed}`,
    [city],
  );
  for (const address of withdraw) await stageWithdrawal(connection, city, address);
  if (!snapshot) await refuseOverwriting(connection, corrects);
  return summary(connection, city);
}

async function stageWithdrawal(connection: Connection, city: string, address: RecordAddress): Promise<void> {
  const cell = cellOf(address);
  const { affected } =
    cell === null
      ? { affected: 0 }
      : await connection.query(
          `INSERT INTO changed_observation (${key}, was, gone)
            SELECT ${key}, position, true FROM (SELECT * FROM observation
              WHERE city = $1 AND (${key}) = ($2, $3, $4, $5) ORDER BY position DESC LIMIT 1) h
            WHERE NOT withdrawn`,
          [city, ...cell],
        );
  if (affected === 0)
    throw new Refused([
      recordError(
        address,
        'record.unknown',
        'there is no such record to withdraw',
        'only what is stored and not withdrawn already can be withdrawn',
        'check the address',
      ),
    ]);
}

/** What was said before changes only when the submission names the one that said it. */
async function refuseOverwriting(connection: Connection, corrects: number | null): Promise<void> {
  const { rows } = await connection.query<Cell & { was: number }>(
    `SELECT ${key}, was FROM changed_observation WHERE was IS NOT NULL AND was IS DISTINCT FROM $1
      ORDER BY ${key} LIMIT 20`,
    [corrects],
  );
  if (rows.length > 0)
    throw new Refused(
      rows.map((row) =>
        recordError(
          observationAddress({ ...row, breakdown: breakdownOf(row.breakdown) }),
          'record.exists',
          'this cell has another value already',
          `it was written by submission ${row.was}, which this submission does not correct`,
          `send it as a correction of submission ${row.was}`,
        ),
      ),
    );
}

async function summary(connection: Connection, city: string): Promise<Pending> {
  const { rows } = await connection.query<{
    area: string;
    added: number;
    changed: number;
    withdrawn: number;
  }>(
    `SELECT area, count(*) FILTER (WHERE was IS NULL) AS added, count(*) FILTER (WHERE NOT gone AND was IS NOT NULL) AS changed,
      count(*) FILTER (WHERE gone) AS withdrawn FROM changed_observation GROUP BY area`,
  );
  const total = (pick: 'added' | 'changed' | 'withdrawn'): number =>
    rows.reduce((sum, row) => sum + row[pick], 0);
  return {
    changes: { added: total('added'), changed: total('changed'), withdrawn: total('withdrawn') },
    areas: new Set(rows.map(({ area }) => area)),
    write: (writer, position) => writeFrom(writer, 'changed_observation', 'gone', city, position),
  };
}

async function writeFrom(
  connection: Connection,
  table: string,
  withdrawn: string,
  city: string,
  position: number,
): Promise<void> {
  await connection.query(
    `INSERT INTO observation (city, position, withdrawn, ${columns}) SELECT $1, $2, ${withdrawn}, ${columns} FROM ${table}`,
    [city, position],
  );
}

function* rowsOf(
  observations: Iterable<Observation>,
  origins: ReadonlyMap<RecordAddress, Origin>,
): Generator<readonly Field[]> {
  for (const each of observations) {
    const origin = origins.size === 0 ? undefined : origins.get(observationAddress(each));
    yield [
      each.indicator,
      each.area,
      each.period,
      breakdownKey(each.breakdown),
      each.value === null ? null : plainDecimal(each.value),
      each.unit,
      each.status,
      each.reason?.en ?? null,
      each.reason?.zh ?? null,
      each.qualifier,
      each.source,
      each.locator,
      each.ref,
      each.note,
      origin?.file ?? null,
      origin?.row ?? null,
    ];
  }
}

export interface Cell {
  readonly indicator: string;
  readonly area: string;
  readonly period: string;
  readonly breakdown: string;
}

/** The key columns of an observation's address; a period may hold a `/` of its own (`2015/2021`). */
export function cellOf(address: RecordAddress): readonly string[] | null {
  const match = /^observation\/([^/]+)\/([^/]+)\/(.+)\/([^/]*)$/.exec(address);
  if (match === null) return null;
  const [, area = '', indicator = '', period = '', breakdown = ''] = match;
  return [indicator, area, period, breakdown];
}
