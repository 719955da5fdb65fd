/** The PostgreSQL that DATABASE_URL names lets nobody in: said with what to do, and never with a password. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable';
}

/** The parts of a DATABASE_URL; `postgres://city@/city`, which names no machine, means this one. */
export function partsOf(databaseUrl: string): Pick<URL, 'hostname' | 'port' | 'pathname' | 'username'> {
  const named = databaseUrl.replace('@/', '@localhost/');
  if (!URL.canParse(named))
    throw new DatabaseUnreachable('DATABASE_URL is no address such as postgres://city@db.city.example/city');
  return new URL(named);
}

/** What a failed opening comes to, by the code of PostgreSQL or of the system; null for anything else, which is a fault of ours. */
export function unreachable(error: unknown, databaseUrl: string): DatabaseUnreachable | null {
  const { hostname, port, pathname, username } = partsOf(databaseUrl);
  const server = hostname === '' ? 'the local socket' : `${hostname}:${port === '' ? '5432' : port}`;
  const database = decodeURIComponent(pathname.slice(1)) || decodeURIComponent(username) || 'postgres';
  const said: Readonly<Record<string, string>> = {
    '53300': `${server} has no connection left: end servers that are not needed, or raise max_connections; each server takes up to 17`,
    '57P03': `${server} is starting or stopping: try again in a moment`,
    '3D000': `${server} has no database '${database}': make it with createdb, or mend DATABASE_URL`,
    '28000': `${server} does not let '${decodeURIComponent(username)}' sign in: look at the login and at pg_hba.conf`,
    '28P01': `${server} refuses the password of '${decodeURIComponent(username)}': mend DATABASE_URL`,
    ECONNREFUSED: `nothing answers at ${server}: start PostgreSQL, or mend DATABASE_URL`,
    ENOTFOUND: `there is no machine '${hostname}': mend DATABASE_URL`,
    ENOENT: `nothing answers at ${server}: start PostgreSQL, or mend DATABASE_URL`,
    ETIMEDOUT: `${server} does not answer: is a firewall between?`,
  };
  const text = codesOf(error).flatMap((code) => said[code] ?? [])[0];
  return text === undefined ? null : new DatabaseUnreachable(text);
}

/** The codes of an error and of those it is made of: a name with two addresses fails twice. */
function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  return error instanceof AggregateError ? [...own, ...error.errors.flatMap(codesOf)] : own;
}
