import { z } from 'zod';
import type { RecordAddress } from './address.ts';
import type { Connection } from './engine.ts';
import { cellOf } from './observation.ts';
import { type ObservationRow, observationOf } from './observation-reading.ts';
import type { RecordVersion } from './store.ts';

interface BodyRow {
  readonly position: number;
  readonly withdrawn: boolean;
  readonly body: unknown;
  readonly file: string | null;
  readonly file_row: number | null;
}

const utc = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** For records whose address is `kind/area/name…`: how many parts follow the kind, and their versions as JSON. */
const versions: ReadonlyMap<string, readonly [parts: number, sql: string]> = new Map([
  [
    'flow',
    [
      2,
      `SELECT position, withdrawn, NULL AS file, NULL::integer AS file_row, CASE WHEN NOT withdrawn THEN
        jsonb_build_object('id', id, 'occurred', ${utc('occurred')}, 'item', item, 'unit', unit, 'quantity', quantity::text,
          'from', jsonb_build_object('area', area, 'holder', from_holder), 'to', jsonb_build_object('area', to_area, 'holder', to_holder),
          'event', CASE WHEN stream IS NOT NULL THEN jsonb_build_object('stream', stream, 'seq', seq) END) END AS body
        FROM flow WHERE city = $1 AND area = $2 AND id = $3 ORDER BY position`,
    ],
  ],
  [
    'event',
    [
      3,
      `SELECT d.position, false AS withdrawn, NULL AS file, NULL::integer AS file_row,
        jsonb_build_object('area', e.area, 'stream', e.stream, 'seq', e.seq, 'register', e.register, 'version', e.version,
          'kind', e.kind, 'from', e.from_kind, 'occurred', ${utc('d.occurred')}, 'actor', d.actor, 'body', d.body) AS body
        FROM event e JOIN event_detail d USING (city, area, stream, seq)
        WHERE e.city = $1 AND e.area = $2 AND e.stream = $3 AND e.seq = $4::integer ORDER BY d.position`,
    ],
  ],
  [
    'reading',
    [
      3,
      `SELECT r.position, false AS withdrawn, NULL AS file, NULL::integer AS file_row,
        jsonb_build_object('area', r.area, 'series', r.series, 'day', r.day, 'readings',
          (SELECT jsonb_agg(round(reading::numeric / 10::numeric ^ s.decimals, s.decimals)::text ORDER BY at)
            FROM unnest(r.readings) WITH ORDINALITY AS each(reading, at))) AS body
        FROM reading_day r JOIN series s USING (city, area, series)
        WHERE r.city = $1 AND r.area = $2 AND r.series = $3 AND r.day = $4::date ORDER BY r.position`,
    ],
  ],
]);

/** Every version of one record, oldest first; none when the address names nothing. */
export async function readHistory(
  connection: Connection,
  city: string,
  record: RecordAddress,
): Promise<RecordVersion[]> {
  const cell = cellOf(record);
  if (cell !== null) return observationVersions(connection, city, record, cell);
  const [kind = '', ...parts] = record.split('/');
  const found = versions.get(kind);
  if (found !== undefined) {
    const [count, sql] = found;
    const wellFormed = parts.length === count && isNumberOrDate(kind, parts[2]);
    return wellFormed ? bodyVersions(connection, record, sql, [city, ...parts]) : [];
  }
  return bodyVersions(
    connection,
    record,
    `SELECT position, withdrawn, body, file, file_row FROM definition WHERE city = $1 AND kind = $2 AND id = $3
     UNION ALL SELECT position, withdrawn, body, file, file_row FROM statement WHERE city = $1 AND kind = $2 AND id = $3
     ORDER BY position`,
    [city, kind, parts.join('/')],
  );
}

/** An address comes from outside: what the query reads as a number or a date must be one. */
function isNumberOrDate(kind: string, part: string | undefined): boolean {
  if (kind === 'event') return /^[1-9]\d{0,8}$/.test(part ?? '');
  if (kind === 'reading') return z.iso.date().safeParse(part).success;
  return true;
}

async function observationVersions(
  connection: Connection,
  city: string,
  record: RecordAddress,
  cell: readonly string[],
): Promise<RecordVersion[]> {
  const { rows } = await connection.query<ObservationRow>(
    `SELECT * FROM observation WHERE city = $1 AND (indicator, area, period, breakdown) = ($2, $3, $4, $5)
      ORDER BY position`,
    [city, ...cell],
  );
  return rows.map((row) => ({
    record,
    position: row.position,
    withdrawn: row.withdrawn,
    content: row.withdrawn ? null : observationOf(row),
    file: row.file,
    row: row.file_row,
  }));
}

async function bodyVersions(
  connection: Connection,
  record: RecordAddress,
  sql: string,
  parameters: readonly unknown[],
): Promise<RecordVersion[]> {
  const { rows } = await connection.query<BodyRow>(sql, parameters);
  return rows.map(({ position, withdrawn, body, file, file_row }) => ({
    record,
    position,
    withdrawn,
    content: body,
    file,
    row: file_row,
  }));
}
