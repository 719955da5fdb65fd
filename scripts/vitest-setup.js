import { build, isFresh } from './build.js';
import { startPostgres } from './postgres.js';

// Once for a run. Tests that start a process or a worker run the built product, so it is built first; store tests find a
// real PostgreSQL where one is installed or named.
export async function setup() {
  if (!isFresh()) await build();
  if ((process.env.MODELCITY_TEST_PG ?? '') !== '') return undefined;
  const server = await startPostgres();
  if (server === null) {
    process.stderr.write(
      'store tests on a PostgreSQL server are left out: MODELCITY_TEST_PG is not set and no PostgreSQL is installed\n',
    );
    return undefined;
  }
  process.env.MODELCITY_TEST_PG = server.url;
  return () => server.stop();
}
