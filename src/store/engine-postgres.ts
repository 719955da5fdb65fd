import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { partsOf, unreachable } from './database-unreachable.ts';
import { type Connection, type ConnectionUse, type Engine, firstFault, oneByOne } from './engine.ts';
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

/** What is asked in one go leaves in one packet. */
function gathered<T>({ connection: { stream } }: pg.PoolClient, ask: () => Promise<T>): Promise<T> {
  stream.cork();
  setImmediate(() => stream.uncork());
  return ask();
}

/** Opens a PostgreSQL server, 15 or later. The login needs to be a member of the two roles (docs/storage.md). */
export async function openPostgres(databaseUrl: string): Promise<Engine> {
  const { hostname } = partsOf(databaseUrl);
  const settings = {
    connectionString: databaseUrl,
    application_name: 'modelcity',
    // Plain text for types that lose digits or depend on the machine's time zone as JavaScript values.
    types: { getTypeParser: (oid: number) => parserOf(oid) },
  };
  // Statements travel without waiting for the answers before them. COPY cannot: it has connections of its own.
  const pools = {
    statements: new pg.Pool({ ...settings, max: 10, pipeline: true }),
    copies: new pg.Pool({ ...settings, max: 3 }),
    turns: new pg.Pool({ ...settings, max: 4, pipeline: true }),
  };
  // A connection that breaks while idle is dropped from the pool; the next use opens another.
  for (const pool of Object.values(pools)) pool.on('error', () => undefined);

  async function use<T>(
    work: (connection: Connection) => Promise<T>,
    of: ConnectionUse = 'statements',
  ): Promise<T> {
    const client = await pools[of].connect();
    let broken: Error | undefined;
    const onError = (error: Error): void => {
      broken = error;
    };
    client.on('error', onError);
    const inTurn =
      of === 'copies' ? oneByOne() : <R>(ask: () => Promise<R>): Promise<R> => gathered(client, ask);
    const blamed = firstFault();
    const ask = <Row extends object>(query: pg.QueryConfig) =>
      blamed(() =>
        inTurn(async () => {
          const { rows, rowCount } = await client.query<Row>(query);
          return { rows, affected: rowCount ?? 0 };
        }),
      );
    try {
      return await work({
        query: (text, parameters = []) => ask({ text, values: [...parameters] }),
        fixed: (text, parameters) => ask({ name: nameOf(text), text, values: [...parameters] }),
        async script(sql) {
          await inTurn(() => client.query(sql));
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
  const close = async (): Promise<void> => {
    await Promise.all(Object.values(pools).map((pool) => pool.end()));
  };

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
      describe: () => `PostgreSQL ${text} on ${hostname || 'a local socket'}`,
      use,
      close,
    };
  } catch (error) {
    await close();
    throw unreachable(error, databaseUrl) ?? error;
  }
}
