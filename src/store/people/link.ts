import type { Connection } from '../engine.ts';

/** What a link that works once is for. */
export interface LinkTerms {
  readonly city: string;
  readonly purpose: 'join' | 'recover' | 'recover-all';
  readonly email: string;
  readonly name: string;
  /** Roles given on joining. */
  readonly grants: readonly {
    readonly role: string;
    readonly area: string;
    readonly department: string;
  }[];
  readonly madeBy: string;
}

export interface OneTimeLink extends LinkTerms {
  /** Of the secret in the link, which is not kept. */
  readonly sha256: string;
  /** ISO 8601. */
  readonly expires: string;
}

export async function makeLink(connection: Connection, link: OneTimeLink): Promise<void> {
  const { city, sha256, purpose, email, name, grants, madeBy, expires } = link;
  await connection.query(
    `INSERT INTO one_time_link (city, sha256, purpose, email, name, grants, made_by, expires)
      VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)`,
    [city, sha256, purpose, email, name, JSON.stringify(grants), madeBy, expires],
  );
}

export async function readLink(
  connection: Connection,
  sha256: string,
  now: string,
): Promise<LinkTerms | null> {
  const { rows } = await connection.query<LinkTerms>(
    `SELECT city, purpose, email, name, grants, made_by AS "madeBy" FROM one_time_link
      WHERE sha256 = $1 AND used IS NULL AND expires > $2`,
    [sha256, now],
  );
  return rows[0] ?? null;
}

export async function spendLink(connection: Connection, sha256: string, now: string): Promise<boolean> {
  const { affected } = await connection.query(
    'UPDATE one_time_link SET used = $2 WHERE sha256 = $1 AND used IS NULL AND expires > $2',
    [sha256, now],
  );
  return affected === 1;
}
