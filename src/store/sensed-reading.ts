import type { Connection } from './engine.ts';
import type { SensedChange, SensedDay } from './records.ts';
import type { AsOf, SensedQuery } from './store.ts';

const newest = Number.MAX_SAFE_INTEGER;

/** The condition that parts of days meet, over the parameters of {@link parametersOf}. */
const partWhere = `city = $1 AND position <= $2 AND ($3::bigint[] IS NULL OR stream = ANY ($3)) AND ($4::bigint IS NULL OR feature = $4)
  AND ($5::date IS NULL OR day >= $5) AND ($6::date IS NULL OR day <= $6)`;

function parametersOf(city: string, { asOf = newest, streams, feature, from, to }: SensedQuery) {
  return [city, asOf, streams ?? null, feature ?? null, from ?? null, to ?? null];
}

export async function readSensedDays(
  connection: Connection,
  city: string,
  query: SensedQuery,
): Promise<SensedDay[]> {
  const { after, numbers, limit } = query;
  const { rows } = await connection.query<SensedDay>(
    `SELECT area, stream, first, day, feature, at, results, details FROM sensed_day WHERE ${partWhere}
      AND ($7::bigint IS NULL OR stream >= $7) AND ($7::bigint IS NULL OR stream > $7 OR first + cardinality(at) - 1 > $8)
      AND ($9::bigint[] IS NULL OR EXISTS (SELECT FROM unnest($9) n WHERE n BETWEEN first AND first + cardinality(at) - 1))
    ORDER BY stream, first LIMIT $10`,
    [
      ...parametersOf(city, query),
      after?.stream ?? null,
      after?.number ?? null,
      numbers ?? null,
      limit ?? null,
    ],
  );
  return [...rows];
}

export async function readSensedChanges(
  connection: Connection,
  city: string,
  { asOf = newest, streams, feature, from, to, numbers }: SensedQuery,
): Promise<SensedChange[]> {
  const { rows } = await connection.query<
    Pick<SensedChange, 'area' | 'stream' | 'number' | 'version'> & {
      day: string | null;
      feature: number | null;
      body: NonNullable<SensedChange['now']>['body'] | null;
    }
  >(
    `SELECT * FROM (SELECT DISTINCT ON (stream, number) area, stream, number, version, day, feature, body FROM sensed_change
      WHERE city = $1 AND position <= $2 AND ($3::bigint[] IS NULL OR stream = ANY ($3)) AND ($4::bigint[] IS NULL OR number = ANY ($4))
      ORDER BY stream, number, version DESC) c
    WHERE ($5::bigint IS NULL OR feature = $5) AND ($6::date IS NULL OR day >= $6) AND ($7::date IS NULL OR day <= $7)`,
    [city, asOf, streams ?? null, numbers ?? null, feature ?? null, from ?? null, to ?? null],
  );
  return rows.map(({ day, feature: of, body, ...rest }) => ({
    ...rest,
    now: day === null || of === null || body === null ? null : { day, feature: of, body },
  }));
}

/** The first or last day that parts or corrections name; a day whose readings were all moved or withdrawn counts too. */
export async function endSensedDay(
  connection: Connection,
  city: string,
  end: 'first' | 'last',
  query: SensedQuery,
): Promise<string | null> {
  const one = (table: string): string =>
    `(SELECT day FROM ${table} WHERE ${partWhere} AND day IS NOT NULL ORDER BY day ${end === 'first' ? '' : 'DESC'} LIMIT 1)`;
  const { rows } = await connection.query<{ day: string | null }>(
    `SELECT ${end === 'first' ? 'min' : 'max'}(day) AS day FROM (${one('sensed_day')} UNION ALL ${one('sensed_change')}) each`,
    parametersOf(city, query),
  );
  return rows[0]?.day ?? null;
}

export async function countSensed(connection: Connection, city: string, query: SensedQuery): Promise<number> {
  const { rows } = await connection.query<{ count: number }>(
    `SELECT coalesce(sum(cardinality(at)), 0)::bigint AS count FROM sensed_day WHERE ${partWhere}`,
    parametersOf(city, query),
  );
  return rows[0]?.count ?? 0;
}

export async function lastSensed(
  connection: Connection,
  city: string,
  streams: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await connection.query<{ stream: number; last: number }>(
    `SELECT s.stream, d.last FROM unnest($2::bigint[]) AS s(stream), LATERAL (SELECT first + cardinality(at) - 1 AS last
      FROM sensed_day d WHERE d.city = $1 AND d.stream = s.stream ORDER BY first DESC LIMIT 1) d`,
    [city, [...new Set(streams)]],
  );
  return new Map(rows.map(({ stream, last }) => [stream, last]));
}

export async function readSensedEnds(
  connection: Connection,
  city: string,
  { streams, asOf = newest }: AsOf & { readonly streams: readonly number[] },
): Promise<SensedDay[]> {
  const end = (order: string): string =>
    `(SELECT day FROM sensed_day d WHERE d.city = $1 AND d.stream = s.stream AND d.position <= $3 ORDER BY day ${order} LIMIT 1)`;
  const { rows } = await connection.query<SensedDay>(
    `SELECT d.area, d.stream, d.first, d.day, d.feature, d.at, d.results, d.details
      FROM (SELECT s.stream, ${end('')} AS low, ${end('DESC')} AS high FROM unnest($2::bigint[]) AS s(stream)) e
      JOIN sensed_day d ON d.city = $1 AND d.stream = e.stream AND d.day IN (e.low, e.high) AND d.position <= $3
      ORDER BY d.stream, d.first`,
    [city, [...new Set(streams)], asOf],
  );
  return [...rows];
}
