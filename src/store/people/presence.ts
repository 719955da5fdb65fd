import type { Connection } from '../engine.ts';

/** Who has a section of a text open now. */
export interface Present {
  readonly id: string;
  readonly name: string;
  readonly section: string;
}

/** How long somebody counts as being there after their page last asked, ms. */
const stays = 15_000;

/**
 * Notes somebody as being in a section of a text, and tells who else is in that text, on whatever server. What keeps two
 * writers from overwriting each other is the version of the text, not this.
 */
export async function meet(
  connection: Connection,
  city: string,
  place: string,
  { id, name, section }: Present,
  now: Date,
): Promise<readonly Present[]> {
  const since = new Date(now.getTime() - stays).toISOString();
  await connection.query(
    `INSERT INTO presence (city, place, person, name, section, at) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (city, place, person) DO UPDATE SET name = excluded.name, section = excluded.section, at = excluded.at`,
    [city, place, id, name, section, now.toISOString()],
  );
  await connection.query('DELETE FROM presence WHERE city = $1 AND place = $2 AND at < $3', [
    city,
    place,
    since,
  ]);
  const { rows } = await connection.query<Present>(
    `SELECT person AS id, name, section FROM presence
      WHERE city = $1 AND place = $2 AND person <> $3 AND at >= $4 ORDER BY name, person LIMIT 200`,
    [city, place, id, since],
  );
  return rows;
}
