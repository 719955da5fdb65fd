import type { Connection } from '../engine.ts';

/** One thing that somebody saw or did. */
export interface TrailEntry {
  /** `*` for what belongs to no city, such as signing in. */
  readonly city: string;
  /** ISO 8601. */
  readonly at: string;
  /** Null for someone who is not signed in. */
  readonly person: string | null;
  readonly name: string;
  /** `sign-in`, `view`, `cell.save`, … */
  readonly action: string;
  readonly object: string;
  /** `done`, `refused`, `failed`. */
  readonly outcome: string;
  /** Network address it came from. */
  readonly address: string | null;
  readonly detail: Readonly<Record<string, string | number>>;
}

export interface TrailQuery {
  readonly person?: string;
  readonly action?: string;
  /** Part of object, name or action. */
  readonly text?: string;
  readonly from?: string;
  readonly to?: string;
  /** Entries before this number, newest first. */
  readonly before?: number;
  readonly most?: number;
}

/** Adds entries of one city, in their order. */
export async function addTrail(connection: Connection, entries: readonly TrailEntry[]): Promise<void> {
  await connection.fixed(
    `INSERT INTO audit_trail (city, at, person, name, action, object, outcome, address, detail)
      SELECT city, at, person, name, action, object, outcome, address, detail
      FROM jsonb_to_recordset($1::jsonb) AS e(city text, at timestamptz, person text, name text, action text, object text,
        outcome text, address text, detail jsonb)`,
    // What a stranger typed is kept as far as the database can hold it: one entry must not cost the others.
    [JSON.stringify(entries, (_, each: unknown) => (typeof each === 'string' ? storable(each) : each))],
  );
}

const storable = (text: string): string => text.replaceAll(/[\0\p{Cs}]/gu, '\uFFFD');

/** Newest first. A city's trail is its own; `*` reads what belongs to no city. */
export async function readTrail(
  connection: Connection,
  city: string,
  { person, action, text, from, to, before, most = 200 }: TrailQuery,
): Promise<readonly (TrailEntry & { readonly id: number })[]> {
  const { rows } = await connection.query<TrailEntry & { id: number }>(
    `SELECT id, city, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, person, name, action, object,
        outcome, address, detail
      FROM audit_trail WHERE city = $1 AND ($2::text IS NULL OR person = $2) AND ($3::text IS NULL OR action = $3)
        AND ($4::text IS NULL OR strpos(lower(object || ' ' || name || ' ' || action), lower($4)) > 0)
        AND ($5::timestamptz IS NULL OR at >= $5) AND ($6::timestamptz IS NULL OR at < $6)
        AND ($7::bigint IS NULL OR id < $7)
      ORDER BY id DESC LIMIT $8`,
    [
      city,
      person ?? null,
      action ?? null,
      text ?? null,
      from ?? null,
      to ?? null,
      before ?? null,
      Math.min(most, 100_000),
    ],
  );
  return rows;
}
