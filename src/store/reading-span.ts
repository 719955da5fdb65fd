import type { Connection } from './engine.ts';
import { decimalText, type ReadingRow, readingDayOf } from './reading.ts';
import type { AsOf, ReadingMonth, ReadingQuery, StoredReadingDay } from './store.ts';

const newest = Number.MAX_SAFE_INTEGER;

/** The first and the last day of each series: two look-ups in the index, however long the series is. */
export async function readReadingEnds(
  connection: Connection,
  city: string,
  { series, asOf = newest }: AsOf & { readonly series: readonly string[] },
): Promise<StoredReadingDay[]> {
  const end = (order: string): string =>
    `(SELECT day FROM reading_day r WHERE r.city = $1 AND r.area = s.area AND r.series = s.series AND r.position <= $3 ORDER BY day ${order} LIMIT 1)`;
  const { rows } = await connection.query<ReadingRow>(
    `SELECT DISTINCT ON (r.area, r.series, r.day) r.area, r.series, r.day, r.position, unit, decimals, readings, total, present
      FROM (SELECT s.area, s.series, unit, decimals, ${end('')} AS low, ${end('DESC')} AS high FROM series s
        WHERE s.city = $1 AND s.series = ANY ($2)) e
      JOIN reading_day r ON r.city = $1 AND r.area = e.area AND r.series = e.series AND r.day IN (e.low, e.high) AND r.position <= $3
      ORDER BY r.area, r.series, r.day, r.position DESC`,
    [city, series, asOf],
  );
  return rows.map(readingDayOf);
}

const where = `city = $1 AND position <= $2 AND ($3::text[] IS NULL OR area = ANY ($3)) AND ($4::text[] IS NULL OR series = ANY ($4))
  AND ($5::date IS NULL OR day >= $5) AND ($6::date IS NULL OR day <= $6)`;
const parametersOf = (city: string, { asOf = newest, areas, series, from, to }: ReadingQuery) => [
  city,
  asOf,
  areas ?? null,
  series ?? null,
  from ?? null,
  to ?? null,
];

/** The last position at which a day of readings or a sensor changed; 0 when none ever did. */
export async function lastSensedPosition(
  connection: Connection,
  city: string,
  { asOf = newest }: AsOf,
): Promise<number> {
  const last = (table: string): string =>
    `coalesce((SELECT position FROM ${table} WHERE city = $1 AND position <= $2 ORDER BY position DESC LIMIT 1), 0)`;
  const { rows } = await connection.query<{ position: number }>(
    `SELECT greatest(${last('reading_day')}, ${last('sensor_entity')})::bigint AS position`,
    [city, asOf],
  );
  return rows[0]?.position ?? 0;
}

/** A day whose readings were all withdrawn counts too. */
export async function endReadingDay(
  connection: Connection,
  city: string,
  end: 'first' | 'last',
  query: ReadingQuery,
): Promise<string | null> {
  const { rows } = await connection.query<{ day: string | null }>(
    `SELECT ${end === 'first' ? 'min' : 'max'}(day) AS day FROM reading_day WHERE ${where}`,
    parametersOf(city, query),
  );
  return rows[0]?.day ?? null;
}

export async function countReadings(
  connection: Connection,
  city: string,
  query: ReadingQuery,
): Promise<number> {
  const { rows } = await connection.query<{ count: number }>(
    `SELECT coalesce(sum(present), 0)::bigint AS count FROM (SELECT DISTINCT ON (area, series, day) present FROM reading_day
      WHERE ${where} ORDER BY area, series, day, position DESC) r`,
    parametersOf(city, query),
  );
  return rows[0]?.count ?? 0;
}

/** Days are added up where they are, from the totals that stand beside them: no reading is unpacked. */
export async function readReadingMonths(
  connection: Connection,
  city: string,
  query: ReadingQuery,
): Promise<ReadingMonth[]> {
  const { rows } = await connection.query<
    Omit<ReadingMonth, 'total'> & { total: number | null; decimals: number }
  >(
    `SELECT area, series, month, unit, decimals, total, present, days FROM (
      SELECT area, series, to_char(day, 'YYYY-MM') AS month, sum(total)::bigint AS total, sum(present)::bigint AS present, count(*) AS days
      FROM (SELECT DISTINCT ON (area, series, day) area, series, day, total, present FROM reading_day
        WHERE ${where} ORDER BY area, series, day, position DESC) r GROUP BY area, series, month) m
    JOIN (SELECT area, series, unit, decimals FROM series WHERE city = $1) s USING (area, series)
    ORDER BY area, series, month`,
    parametersOf(city, query),
  );
  return rows.map(({ total, decimals, ...row }) => ({
    ...row,
    total: total === null ? null : decimalText(total, decimals),
  }));
}
