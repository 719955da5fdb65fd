/**
 * One borrowed connection to a PostgreSQL. What is asked is sent at once and answered in order, so that a statement may
 * follow before the one ahead of it is answered, where it does not need the answer; COPY is to be alone. Rows come with `numeric`, dates and times as text and `bigint` as number. */
export interface Connection {
  query<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Answer<Row>>;
  /** The same for a statement of a fixed text that is run often: a server keeps its plan. */
  fixed<Row extends object>(sql: string, parameters: readonly unknown[]): Promise<Answer<Row>>;
  /** Several statements in one text, without parameters. */
  script(sql: string): Promise<void>;
  /** COPY … FROM STDIN in the text format; `chunks` end at line ends. */
  copy(target: string, chunks: Iterable<Uint8Array>): Promise<void>;
}

interface Answer<Row> {
  readonly rows: readonly Row[];
  /** Rows written by an INSERT or UPDATE. */
  readonly affected: number;
}

/** A PostgreSQL, in this process or on a server. */
export interface Engine {
  readonly name: 'pglite' | 'postgres';
  /** One plain line for a person: which engine, which version, what to mind. */
  describe(): string;
  /** Lends a connection for as long as `work` runs. */
  use<T>(work: (connection: Connection) => Promise<T>, of?: ConnectionUse): Promise<T>;
  close(): Promise<void>;
}

/**
 * What a connection is wanted for, each from a pool of its own: `copies` can COPY; `turns` is held while the work uses others,
 * and would starve them out of one pool.
 */
export type ConnectionUse = 'statements' | 'copies' | 'turns';

/** What a transaction may see and write. */
export interface Scope extends Pick<Limits, 'areas'>, Partial<Omit<Limits, 'areas'>> {
  /** `keeper`: people and what they did; no records. */
  readonly role: 'reader' | 'writer' | 'keeper';
  readonly city: string;
}

/** What of a city is seen and written; absent from a scope: all of it. */
export interface Limits {
  /** Area codes, or every area. */
  readonly areas: readonly string[] | 'all';
  /** Departments whose cells of data rounds count. */
  readonly departments: readonly string[] | 'all';
  /** Members of panels whose scores count. */
  readonly ballots: readonly string[] | 'all';
}

/** Thrown inside a transaction to undo it and hand back a value. */
export class Undo<T> extends Error {
  readonly value: T;
  constructor(value: T) {
    super('undone');
    this.value = value;
  }
}

/**
 * Runs `work` in one transaction with role, city and areas set for this transaction only. A reader sees one unchanging
 * snapshot. Whatever is thrown undoes everything.
 */
export async function transaction<T>(
  engine: Engine,
  scope: Scope,
  work: (connection: Connection) => Promise<T>,
  of: ConnectionUse = 'statements',
): Promise<T> {
  return engine.use(async (connection) => {
    try {
      const begun = connection.script(beginning(scope));
      // The first statement of the work goes out with this one: nothing but a broken connection refuses it.
      const [result] = await Promise.all([work(connection), begun]);
      await connection.script('COMMIT');
      return result;
    } catch (error) {
      await connection.script('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }, of);
}

/**
 * The same for work that asks all it asks before it waits for an answer: beginning, statements and end travel to the server as
 * one, where {@link transaction} goes there twice. What is asked later stands outside the transaction, sees no table and fails.
 */
export async function exchange<T>(
  engine: Engine,
  scope: Scope,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  return engine.use(async (connection) => {
    const begun = connection.script(beginning(scope));
    const working = work(connection);
    const ended = connection.script('COMMIT');
    // Each is waited for before the connection goes back; a COMMIT after a fault undoes everything.
    const [first, result, last] = await Promise.allSettled([begun, working, ended]);
    if (result.status === 'rejected') throw result.reason;
    if (first.status === 'rejected') throw first.reason;
    if (last.status === 'rejected') throw last.reason;
    return result.value;
  });
}

function beginning(scope: Scope): string {
  return `${scope.role === 'reader' ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'BEGIN'};
    SELECT set_config('search_path', 'modelcity, pg_temp', true), set_config('role', 'modelcity_${scope.role}', true),
      set_config('modelcity.city', ${literal(scope.city)}, true), ${limitsSet(scope)}`;
}

/** Part of a SELECT that limits what follows in the transaction, or in its savepoint, to areas, departments and members of panels. */
export function limitsSet({
  areas,
  departments = 'all',
  ballots = 'all',
}: Omit<Scope, 'role' | 'city'>): string {
  return `set_config('modelcity.areas', ${literal(listed(areas))}, true),
    set_config('modelcity.departments', ${literal(listed(departments))}, true),
    set_config('modelcity.ballots', ${literal(listed(ballots))}, true)`;
}

/** A text as SQL writes it, whatever `standard_conforming_strings` says. */
function literal(text: string): string {
  if (text.includes('\0')) throw new RangeError('a name holds U+0000');
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

function listed(names: readonly string[] | 'all'): string {
  return names === 'all' ? '*' : names.join(',');
}

/** Runs what it is given one after the other, whatever becomes of the ones before. */
export function oneByOne(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}

/**
 * What was sent behind a statement that failed is told only that the transaction is over (25P02): it fails with the error
 * of that statement, whichever is heard of first.
 */
export function firstFault(): <T>(work: () => Promise<T>) => Promise<T> {
  let first: unknown = null;
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      if (first !== null && refusal(error)?.code === '25P02') throw first;
      first = error;
      throw error;
    }
  };
}

/** What a refusal of the database says about itself; null when the error is not one. */
export function refusal(error: unknown): { code: string; constraint: string; detail: string } | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const text = (key: string): string => {
    const value: unknown = Object.getOwnPropertyDescriptor(error, key)?.value;
    return typeof value === 'string' ? value : '';
  };
  return { code: error.code, constraint: text('constraint'), detail: text('detail') };
}
