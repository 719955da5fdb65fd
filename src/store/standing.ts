import type { Engine } from './engine.ts';

/** How a database stands that a store is opened on. */
export interface DatabaseStanding {
  /** The login is a superuser or passes row security by: whatever the server forgets, nothing else stops. */
  readonly passesRowSecurity: boolean;
  /** The login owns the tables: it could change their rules. */
  readonly ownsTables: boolean;
  /** Milliseconds by which the clock of the database is ahead of this process. */
  readonly clockAhead: number;
  /** Servers that follow this one, with the bytes of the log that each has still to replay; null where that is not told. */
  readonly replicas: readonly { readonly name: string; readonly behind: string | null }[];
  /** Connections of clients that are open, and how many may be, without those kept for superusers. */
  readonly connections: { readonly open: number; readonly most: number };
}

/** Asks the database of itself. */
export async function standingOf(engine: Engine): Promise<DatabaseStanding> {
  return engine.use(async (connection) => {
    const asked = Date.now();
    const { rows } = await connection.query<{
      passes: boolean;
      owns: boolean;
      now: string;
      open: string;
      most: string;
    }>(
      `SELECT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS passes,
        EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace('modelcity') AND relkind = 'r'
          AND pg_has_role(current_user, relowner, 'USAGE')) AS owns,
        (extract(epoch FROM clock_timestamp()) * 1000)::bigint::text AS now,
        (SELECT count(*) FROM pg_stat_activity WHERE datid IS NOT NULL)::text AS open,
        (current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int)::text AS most`,
    );
    const [row] = rows;
    if (row === undefined) throw new Error('a SELECT without FROM gives one row');
    // A login that may not see others' rows of this view gets their names and nothing else.
    const replicas = await connection.query<{ name: string; behind: string | null }>(
      `SELECT application_name AS name, pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery()
        THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_lsn() END, replay_lsn)::text AS behind
      FROM pg_stat_replication ORDER BY 1`,
    );
    return {
      passesRowSecurity: row.passes,
      ownsTables: row.owns,
      clockAhead: Number(row.now) - Math.round((asked + Date.now()) / 2),
      replicas: replicas.rows,
      connections: { open: Number(row.open), most: Number(row.most) },
    };
  });
}
