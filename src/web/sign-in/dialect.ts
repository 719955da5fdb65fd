import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { People } from '../../store/index.ts';

/** Columns of sign-in tables that hold a moment: read as Date, as the sign-in library expects. */
const moments = new Set([
  'createdAt',
  'updatedAt',
  'expiresAt',
  'accessTokenExpiresAt',
  'refreshTokenExpiresAt',
  'lockedUntil',
]);

/** The tables of sign-in for a library that speaks Kysely: each statement is a transaction of its own. */
export function keeperDialect(people: Pick<People, 'statement'>): Dialect {
  const connection: DatabaseConnection = {
    async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      const values = parameters.map((value) => (value instanceof Date ? value.toISOString() : value));
      const { rows, affected } = await people.statement<Row & object>(sql, values);
      return { rows: rows.map(dated), numAffectedRows: BigInt(affected) };
    },
    // biome-ignore lint/correctness/useYield: streaming is not offered
    async *streamQuery() {
      throw new Error('sign-in tables are not streamed');
    },
  };
  const driver: Driver = {
    init: async () => undefined,
    acquireConnection: async () => connection,
    beginTransaction: async () => {
      throw new Error('each statement of sign-in is a transaction of its own');
    },
    commitTransaction: async () => undefined,
    rollbackTransaction: async () => undefined,
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  };
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

function dated<Row extends object>(row: Row): Row {
  const read = Object.entries(row).map(([name, value]) => [
    name,
    moments.has(name) && typeof value === 'string' ? new Date(value) : value,
  ]);
  return Object.assign({}, row, Object.fromEntries(read));
}
