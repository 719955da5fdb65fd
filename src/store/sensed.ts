import { storableJson } from './copy-text.ts';
import { insertJson } from './declaration.ts';
import { type Context, type Pending, Refused, recordError } from './pending.ts';
import type { SensedChange, SensedDay } from './records.ts';

/** Readings of any kind: parts of days, which only come, and corrections of single readings, which follow each other. */
export async function pendingSensed(
  context: Context,
  days: readonly SensedDay[],
  changes: readonly SensedChange[],
): Promise<readonly Pending[]> {
  return [await pendingDays(context, days), await pendingChanges(context, changes)];
}

const dayColumns = [
  'area text',
  'stream bigint',
  'first bigint',
  'day date',
  'feature bigint',
  'at integer[]',
  'results jsonb',
  'details jsonb',
];

async function pendingDays({ connection, city }: Context, days: readonly SensedDay[]): Promise<Pending> {
  const rows: readonly (SensedDay & { place: number })[] = days.map((day, place) => ({
    ...JSON.parse(storableJson(day)),
    place,
  }));
  const { rows: known } =
    rows.length === 0
      ? { rows: [] }
      : await connection.query<{ place: number; overlaps: boolean; same: boolean }>(
          `SELECT i.place, coalesce(d.first + cardinality(d.at) > i.first, false) AS overlaps,
            coalesce((d.first, d.area, d.day, d.feature, d.at, d.results) = (i.first, i.area, i.day, i.feature, i.at, i.results)
              AND d.details IS NOT DISTINCT FROM nullif(i.details, 'null'), false) AS same
          FROM jsonb_to_recordset($2::jsonb) AS i(place integer, ${dayColumns})
          LEFT JOIN LATERAL (SELECT * FROM sensed_day d WHERE d.city = $1 AND d.stream = i.stream
            AND d.first < i.first + cardinality(i.at) ORDER BY d.first DESC LIMIT 1) d ON true ORDER BY i.place`,
          [city, JSON.stringify(rows)],
        );
  const fresh = known.flatMap(({ place, overlaps, same }) => {
    const row = rows[place];
    if (row === undefined || same) return [];
    if (row.at.length !== row.results.length || overlaps) throw new Refused([taken(row.stream, row.first)]);
    return [row];
  });
  return {
    changes: { added: fresh.reduce((sum, { at }) => sum + at.length, 0), changed: 0, withdrawn: 0 },
    areas: new Set(fresh.map(({ area }) => area)),
    async write(writer, position) {
      // A JSON null in the column would be a value; there is none.
      const parts = fresh.map(({ details, ...rest }) => (details === null ? rest : { ...rest, details }));
      await insertJson(writer, 'sensed_day', dayColumns, parts, city, position);
    },
  };
}

async function pendingChanges(
  { connection, city }: Context,
  changes: readonly SensedChange[],
): Promise<Pending> {
  const rows = changes.map(({ now, ...rest }, place) => ({
    ...rest,
    place,
    ...(now === null ? {} : { ...now, body: JSON.parse(storableJson(now.body)) }),
  }));
  const { rows: known } =
    rows.length === 0
      ? { rows: [] }
      : await connection.query<{ place: number; newest: number; same: boolean }>(
          `SELECT i.place, coalesce(n.version, 0) AS newest,
            EXISTS (SELECT FROM sensed_change c WHERE c.city = $1 AND c.stream = i.stream AND c.number = i.number AND c.version = i.version
              AND c.body IS NOT DISTINCT FROM i.body AND c.day IS NOT DISTINCT FROM i.day AND c.feature IS NOT DISTINCT FROM i.feature) AS same
          FROM jsonb_to_recordset($2::jsonb) AS i(place integer, stream bigint, number bigint, version integer, day date, feature bigint, body jsonb)
          LEFT JOIN LATERAL (SELECT version FROM sensed_change c WHERE c.city = $1 AND c.stream = i.stream AND c.number = i.number
            ORDER BY version DESC LIMIT 1) n ON true ORDER BY i.place`,
          [city, JSON.stringify(rows)],
        );
  const fresh = known.flatMap(({ place, newest, same }) => {
    const row = rows[place];
    if (row === undefined || same) return [];
    if (row.version !== newest + 1) throw new Refused([taken(row.stream, row.number)]);
    return [row];
  });
  const gone = fresh.filter((row) => !('body' in row)).length;
  return {
    changes: { added: 0, changed: fresh.length - gone, withdrawn: gone },
    areas: new Set(fresh.map(({ area }) => area)),
    async write(writer, position) {
      await insertJson(
        writer,
        'sensed_change',
        [
          'area text',
          'stream bigint',
          'number bigint',
          'version integer',
          'day date',
          'feature bigint',
          'body jsonb',
        ],
        fresh,
        city,
        position,
      );
    },
  };
}

const taken = (stream: number, number: number) =>
  recordError(
    `sensed/${stream}/${number}`,
    'sensor.taken',
    'another reading or another correction has this number',
    'readings of a stream are numbered in the order in which they come, and corrections follow each other',
    'read the stream again and send the next',
  );
