import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Connection, Engine } from './engine.ts';
import { parserOf } from './parser.ts';

/** Oldest server that the queries are tested on. */
const floor = 150000;

/** Names of prepared statements: short, and the same text has the same name on every connection. */
const names = new Map<string, string>();
function nameOf(sql: string): string {
  const name = names.get(sql) ?? `modelcity_${names.size}`;
  names.set(sql, name);
  return name;
}

/** Opens a PostgreSQL server, 15 or later. The login needs to be a member of the two roles (docs/storage.md). */
export async function openPostgres(databaseUrl: string): Promise<Engine> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    application_name: 'modelcity',
    // Plain text for types that lose digits or depend on the machine's time zone as JavaScript values.
    types: { getTypeParser: (oid: number) => parserOf(oid) },
  });
  // A connection that breaks while idle is dropped from the pool; the next use opens another.
  pool.on('error', () => undefined);

  async function use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    const onError = (error: Error): void => {
      broken = error;
    };
    client.on('error', onError);
    try {
      return await work({
        async query<Row extends object>(sql: string, parameters: readonly unknown[] = []) {
          const { rows, rowCount } = await client.query<Row>(sql, [...parameters]);
          return { rows, affected: rowCount ?? 0 };
        },
        async fixed<Row extends object>(sql: string, parameters: readonly unknown[]) {
          const { rows, rowCount } = await client.query<Row>({
            name: nameOf(sql),
            text: sql,
            values: [...parameters],
          });
          return { rows, affected: rowCount ?? 0 };
        },
        async script(sql) {
          await client.query(sql);
        },
        async copy(target, chunks) {
          await pipeline(
            Readable.from(chunks, { objectMode: true, highWaterMark: 4 }),
            client.query(copyFrom(`COPY ${target} FROM STDIN`)),
          );
        },
      });
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  try {
    const { version, text } = await use(async (connection) => {
      const { rows } = await connection.query<{ version: string; text: string }>(
        `SELECT current_setting('server_version_num') AS version, current_setting('server_version') AS text`,
      );
      return rows[0] ?? { version: '0', text: 'unknown' };
    });
    if (Number(version) < floor) throw new Error(`this is PostgreSQL ${text}; Modelcity needs 15 or later`);
    return {
      name: 'postgres',
      describe: () => `PostgreSQL ${text} on ${new URL(databaseUrl).hostname || 'a local socket'}`,
      use,
      close: () => pool.end(),
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}
