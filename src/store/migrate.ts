import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sha256Hex } from './blob.ts';
import { DatabaseNotRenewed } from './database-not-renewed.ts';
import { type Connection, type Engine, refusal } from './engine.ts';

/** One step of the schema, and the hash it is known by. */
export interface Migration {
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

const folder = fileURLToPath(new URL('./migrations/', import.meta.url));

/** The steps of this release, in order. */
export function shippedMigrations(): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const text = readFileSync(folder + name, 'utf8');
      return { name, text, sha256: sha256Hex(text) };
    });
}

/** Any number that only migrations lock. */
const migrationLock = 8_321_000_001;

/**
 * Brings the schema up to this release, all steps in one transaction, under a lock so that two servers starting together
 * do it once: a step that fails leaves the tables as the older release knows them. A login that owns nothing finds
 * everything in place or is told who has to do it. Throws {@link DatabaseNotRenewed} then, when the database was made by
 * a newer release, and when its steps are not the ones shipped.
 */
export async function migrate(engine: Engine, steps = shippedMigrations()): Promise<void> {
  await engine.use(async (connection) => {
    if (pending(steps, await applied(connection)).length === 0) return;
    await connection.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    let step: string | null = null;
    try {
      await makeRoles(connection);
      await connection.script('BEGIN');
      await connection.script(`CREATE SCHEMA IF NOT EXISTS modelcity;
        CREATE TABLE IF NOT EXISTS modelcity.migration (name text PRIMARY KEY, sha256 text NOT NULL);
        SET LOCAL search_path TO modelcity;`);
      for (const { name, text, sha256 } of pending(steps, await applied(connection))) {
        step = name;
        await connection.script(`${text}\n;INSERT INTO modelcity.migration VALUES ('${name}', '${sha256}');`);
      }
      await connection.script('COMMIT');
    } catch (error) {
      await connection.script('ROLLBACK').catch(() => undefined);
      throw notRenewed(error, step);
    } finally {
      await connection.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
    }
  });
}

/** What a refusal of the database means to who starts the new release. */
function notRenewed(error: unknown, step: string | null): unknown {
  if (refusal(error)?.code === '42501')
    return new DatabaseNotRenewed(
      'the database needs its tables made or renewed, and this login may not do that: start once with the login that owns the database (docs/storage.md)',
      { cause: error },
    );
  if (step === null || !(error instanceof Error) || error instanceof DatabaseNotRenewed) return error;
  return new DatabaseNotRenewed(
    `the tables could not be brought up to this release: ${step} stopped at "${error.message}". Nothing was changed: go on with the release that made them, and send this line to who gave you the new one`,
    { cause: error },
  );
}

function pending(steps: readonly Migration[], done: ReadonlyMap<string, string>): readonly Migration[] {
  for (const [name, sha256] of done) {
    const step = steps.find((each) => each.name === name);
    if (step === undefined)
      throw new DatabaseNotRenewed(
        `the database was made by a newer release (it has ${name}): use that release`,
      );
    if (step.sha256 !== sha256)
      throw new DatabaseNotRenewed(
        `the database was made with another ${name} than this release has: load its sources into a new one`,
      );
  }
  return steps.filter(({ name }) => !done.has(name));
}

async function applied(connection: Connection): Promise<ReadonlyMap<string, string>> {
  const { rows } = await connection.query<{ there: boolean }>(
    `SELECT to_regclass('modelcity.migration') IS NOT NULL AS there`,
  );
  if (rows[0]?.there !== true) return new Map();
  const steps = await connection.query<{ name: string; sha256: string }>(
    'SELECT name, sha256 FROM modelcity.migration ORDER BY name',
  );
  return new Map(steps.rows.map(({ name, sha256 }) => [name, sha256]));
}

/** Roles belong to the whole server, so another database of the same server may have made them already. */
async function makeRoles(connection: Connection): Promise<void> {
  for (const role of ['modelcity_reader', 'modelcity_writer', 'modelcity_keeper']) {
    const { rows } = await connection.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
    if (rows.length === 0)
      await connection.script(`CREATE ROLE ${role} NOLOGIN`).catch((error: unknown) => {
        const code = refusal(error)?.code;
        if (code !== '42710' && code !== '23505') throw error;
      });
    // From version 16 on, making a role does not allow taking it; a superuser may take any.
    const { rows: self } = await connection.query<{ super: boolean }>(
      'SELECT rolsuper AS super FROM pg_roles WHERE rolname = current_user',
    );
    if (self[0]?.super !== true) await connection.script(`GRANT ${role} TO CURRENT_USER`);
  }
  // Who may write may read: a login then needs to be a member of one role only.
  const { rows } = await connection.query<{ member: boolean }>(
    `SELECT pg_has_role('modelcity_writer', 'modelcity_reader', 'MEMBER') AS member`,
  );
  if (rows[0]?.member !== true) await connection.script('GRANT modelcity_reader TO modelcity_writer');
}
