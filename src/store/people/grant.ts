import type { Connection } from '../engine.ts';

/** A role that somebody was given, with who gave it. `*` stands for every city, area or department. */
export interface GivenGrant {
  readonly city: string;
  readonly id: string;
  readonly person: string;
  readonly role: string;
  readonly area: string;
  readonly department: string;
  readonly givenBy: string;
  /** ISO 8601. */
  readonly givenAt: string;
}

export async function readGrants(
  connection: Connection,
  of: { readonly person?: string; readonly key?: string },
): Promise<readonly GivenGrant[]> {
  const { rows } = await connection.fixed<GivenGrant>(
    `SELECT city, id, person, role, area, department, given_by AS "givenBy", given_at::text AS "givenAt"
      FROM role_grant g WHERE ($1::text IS NULL OR person = $1)
        AND ($2::text IS NULL OR person = (SELECT k.person FROM api_key k WHERE k.id = $2))
        AND NOT EXISTS (SELECT FROM role_grant_end e WHERE e.city = g.city AND e.id = g.id)
      ORDER BY city, role, area, department, id`,
    [of.person ?? null, of.key ?? null],
  );
  return rows;
}

export async function giveGrant(connection: Connection, grant: GivenGrant): Promise<void> {
  const { city, id, person, role, area, department, givenBy, givenAt } = grant;
  await connection.query(
    `INSERT INTO role_grant (city, id, person, role, area, department, given_by, given_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [city, id, person, role, area, department, givenBy, givenAt],
  );
}

/** Ends a role; false when it is not held in this city. */
export async function endGrant(
  connection: Connection,
  city: string,
  id: string,
  by: string,
  at: string,
): Promise<boolean> {
  const { affected } = await connection.query(
    `INSERT INTO role_grant_end (city, id, ended_by, ended_at)
      SELECT city, id, $3, $4 FROM role_grant WHERE city = $1 AND id = $2 ON CONFLICT DO NOTHING`,
    [city, id, by, at],
  );
  return affected === 1;
}
