import type { Connection } from '../engine.ts';

/** Something that one person is told. */
export interface Notice {
  readonly city: string;
  readonly id: string;
  readonly person: string;
  readonly at: string;
  readonly body: { readonly en: string; readonly zh: string };
  /** Address of the page it is about, without the language: `/shanghai/office/…`. */
  readonly href: string;
  readonly seen: string | null;
}

/** Told once: the same id again says nothing. */
export async function addNotice(connection: Connection, notice: Notice): Promise<void> {
  const { city, id, person, at, body, href } = notice;
  await connection.query(
    `INSERT INTO notice (city, id, person, at, body, href) VALUES ($1, $2, $3, $4, $5::jsonb, $6) ON CONFLICT DO NOTHING`,
    [city, id, person, at, JSON.stringify(body), href],
  );
}

export async function readNotices(
  connection: Connection,
  city: string,
  person: string,
): Promise<readonly Notice[]> {
  const { rows } = await connection.query<Notice>(
    `SELECT city, id, person, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, body, href, seen::text AS seen
      FROM notice WHERE city = $1 AND person = $2 ORDER BY at DESC, id LIMIT 200`,
    [city, person],
  );
  return rows;
}

export async function seeNotices(
  connection: Connection,
  city: string,
  person: string,
  at: string,
): Promise<void> {
  await connection.query('UPDATE notice SET seen = $3 WHERE city = $1 AND person = $2 AND seen IS NULL', [
    city,
    person,
    at,
  ]);
}
