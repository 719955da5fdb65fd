import type { Connection } from '../engine.ts';

/** Something that one person is told. */
export interface Notice {
  readonly city: string;
  readonly id: string;
  readonly person: string;
  readonly at: string;
  /** `brief`: what it comes to in a mail, without words of colleagues and without values. */
  readonly body: {
    readonly en: string;
    readonly zh: string;
    readonly brief?: { readonly en: string; readonly zh: string };
  };
  /** Address of the page it is about, without the language: `/shanghai/office/…`. */
  readonly href: string;
  readonly seen: string | null;
  /** Tells of nothing new, but that something is still open. */
  readonly reminds?: true;
}

/** How long a notice waits for others that go out in the same mail. */
const gathering = '1 minute';

/** Told once: the same id again says nothing. It goes out by mail too, where mail is set up and wanted. */
export async function addNotice(connection: Connection, notice: Notice): Promise<void> {
  const { city, id, person, at, body, href } = notice;
  await connection.query(
    `WITH told AS (INSERT INTO notice (city, id, person, at, body, href) VALUES ($1, $2, $3, $4, $5::jsonb, $6)
        ON CONFLICT DO NOTHING RETURNING city, id, person, at)
      INSERT INTO mail (city, id, kind, person, made, due)
        SELECT city, id, $7, person, at, at + interval '${gathering}' FROM told`,
    [city, id, person, at, JSON.stringify(body), href, notice.reminds === true ? 'reminder' : 'notice'],
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
