import type { Connection } from '../engine.ts';
import type { GivenGrant } from './grant.ts';

/** A key with which a program acts for a person, in some of that person's roles and areas. */
export interface StoredKey {
  readonly id: string;
  /** Of the secret, which is shown once and not kept. */
  readonly sha256: string;
  readonly person: string;
  readonly label: string;
  readonly roles: readonly string[];
  readonly area: string;
  readonly made: string;
  readonly expires: string;
  readonly ended: string | null;
}

/** What a use of a key is judged by. */
export interface KeyUse {
  readonly tries: number;
  /** Null when there is none that works now. */
  readonly key: StoredKey | null;
  readonly owner: { readonly id: string; readonly name: string } | null;
  /** Roles that the owner holds now, in the city and in all. */
  readonly grants: readonly GivenGrant[];
}

const columns = `id, sha256, person, label, array_to_json(roles) AS roles, area, made::text AS made,
  expires::text AS expires, ended::text AS ended`;

export async function makeKey(connection: Connection, key: StoredKey): Promise<void> {
  const { id, sha256, person, label, roles, area, made, expires } = key;
  await connection.query(
    `INSERT INTO api_key (id, sha256, person, label, roles, area, made, expires)
      SELECT $1, $2, $3, $4, array_agg(role), $6, $7, $8 FROM jsonb_array_elements_text($5::jsonb) AS role`,
    [id, sha256, person, label, JSON.stringify(roles), area, made, expires],
  );
}

export async function readKeys(connection: Connection, person: string): Promise<readonly StoredKey[]> {
  const { rows } = await connection.query<StoredKey>(
    `SELECT ${columns} FROM api_key WHERE person = $1 ORDER BY made, id`,
    [person],
  );
  return rows;
}

/** A key that works now. */
export async function findKey(connection: Connection, id: string, now: string): Promise<StoredKey | null> {
  const { rows } = await connection.fixed<StoredKey>(
    `SELECT ${columns} FROM api_key WHERE id = $1 AND ended IS NULL AND expires > $2`,
    [id, now],
  );
  return rows[0] ?? null;
}

export async function keyOwner(connection: Connection, id: string): Promise<KeyUse['owner']> {
  const { rows } = await connection.fixed<{ id: string; name: string }>(
    'SELECT p.id, p.name FROM api_key k JOIN person p ON p.id = k.person WHERE k.id = $1',
    [id],
  );
  return rows[0] ?? null;
}

export async function endKey(
  connection: Connection,
  id: string,
  person: string,
  now: string,
): Promise<boolean> {
  const { affected } = await connection.query(
    'UPDATE api_key SET ended = $3 WHERE id = $1 AND person = $2 AND ended IS NULL',
    [id, person, now],
  );
  return affected === 1;
}
