import type { Connection } from './engine.ts';
import type { ObservationQuery } from './store.ts';

/**
 * How large each indicator is as of a position, indicators in order: the versions of its observations, withdrawn ones too.
 * Counting what stands would mean sorting everything; this is one pass, and enough to share out the reading.
 */
export async function countObservations(
  connection: Connection,
  city: string,
  { asOf = Number.MAX_SAFE_INTEGER, indicators, areas }: ObservationQuery,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await connection.query<{ indicator: string; count: number }>(
    `SELECT indicator, count(*) AS count FROM observation WHERE city = $1 AND position <= $2
        AND ($3::text[] IS NULL OR indicator = ANY ($3)) AND ($4::text[] IS NULL OR area = ANY ($4))
      GROUP BY indicator ORDER BY indicator`,
    [city, asOf, indicators ?? null, areas ?? null],
  );
  return new Map(rows.map(({ indicator, count }) => [indicator, count]));
}

/** Whole indicators, in order, in groups of about `atOnce` observations. */
export function* indicatorGroups(
  counts: ReadonlyMap<string, number>,
  atOnce = 30_000,
): Generator<readonly string[]> {
  let group: string[] = [];
  let held = 0;
  for (const [indicator, count] of counts) {
    if (group.length > 0 && held + count > atOnce) {
      yield group;
      [group, held] = [[], 0];
    }
    group.push(indicator);
    held += count;
  }
  if (group.length > 0) yield group;
}
