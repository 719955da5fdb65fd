import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { DatabaseUnreadable } from './database-unreadable.ts';
import { type Connection, type Engine, firstFault, oneByOne } from './engine.ts';
import { holdLock } from './lock.ts';
import { parsedTypes, parserOf } from './parser.ts';
import { makeDataDirectory } from './seed.ts';

/**
 * Pages that the database keeps in memory. Its own choice of 128 MB is filled at each start: a third of what opening
 * takes, and 100 MB, for a command that reads a few hundred of them.
 */
const pages = '48MB';

/** Opens the PostgreSQL that runs inside this process, with its files in `directory/pglite`. */
export async function openPglite(directory: string): Promise<Engine> {
  mkdirSync(directory, { recursive: true });
  const lock = holdLock(directory);
  try {
    const dataDir = join(directory, 'pglite');
    await makeDataDirectory(dataDir);
    const database = new PGlite({
      dataDir,
      startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${pages}`],
      parsers: Object.fromEntries(parsedTypes.map((oid) => [oid, parserOf(oid)])),
    });
    try {
      await database.waitReady;
    } catch (error) {
      throw new DatabaseUnreadable(
        unreadable(directory, error instanceof Error ? error.message : String(error)),
      );
    }
    const { rows } = await database.query<{ text: string }>(
      `SELECT current_setting('server_version') AS text`,
    );
    const version = rows[0]?.text ?? 'unknown';

    const inTurn = oneByOne();
    const blamed = firstFault();
    const query = <Row extends object>(sql: string, parameters: readonly unknown[] = []) =>
      blamed(() =>
        inTurn(async () => {
          const answer = await database.query<Row>(sql, [...parameters]);
          return { rows: answer.rows, affected: answer.affectedRows ?? 0 };
        }),
      );
    const connection: Connection = {
      query,
      fixed: query,
      script: (sql) =>
        inTurn(async () => {
          await database.exec(sql);
        }),
      async copy(target, chunks) {
        // Its COPY reads a "server file", which the roles of a transaction may not.
        const { rows } = await database.query<{ role: string }>(`SELECT current_setting('role') AS role`);
        await database.exec('SET LOCAL ROLE NONE');
        for (const chunk of chunks) {
          const blob = new Blob([new Uint8Array(chunk)]);
          await database.query(`COPY ${target} FROM '/dev/blob'`, [], { blob });
        }
        await database.query(`SELECT set_config('role', $1, true)`, [rows[0]?.role ?? 'none']);
      },
    };

    // One connection only: each use waits for the one before it.
    const lent = oneByOne();
    return {
      name: 'pglite',
      describe: () =>
        `PostgreSQL ${version} inside this process (PGlite): one process at a time, no power-loss safety of its own; source files are on disk before each commit`,
      use: (work) => lent(() => work(connection)),
      async close() {
        await lent(async () => undefined);
        await database.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function unreadable(directory: string, why: string): string {
  return (
    `the embedded database in ${directory} cannot be opened (${why}); a power cut, or a copy of a part of its files, damages it. ` +
    'What was stored is in the source log beside it: `modelcity replay --rebuild` makes the database anew from there'
  );
}
