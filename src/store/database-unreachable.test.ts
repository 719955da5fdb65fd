import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { asOwner, temporaryFolder, testEngines } from '../../scripts/test-stores.ts';
import { partsOf } from './database-unreachable.ts';
import { openStore } from './index.ts';

const server = testEngines.find(({ name }) => name === 'postgres');
const told = async (databaseUrl: string): Promise<string> => {
  try {
    await (await openStore({ databaseUrl, directory: temporaryFolder() })).close();
    return '';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : '';
  }
};

it('nothing answers: told with the address, without the password', async () => {
  expect(await told('postgres://city:secret@127.0.0.1:9/city')).toBe(
    'DatabaseUnreachable: nothing answers at 127.0.0.1:9: start PostgreSQL, or mend DATABASE_URL',
  );
});

it('an address without a machine is this one, as the docs write it; one that is none is told', async () => {
  expect(partsOf('postgres://city_server@/city')).toMatchObject({ hostname: 'localhost', pathname: '/city' });
  expect(partsOf('postgres:///city')).toMatchObject({ hostname: '', pathname: '/city' });
  expect(await told('not an address')).toMatch(/^DatabaseUnreachable: DATABASE_URL is no address/);
});

describe.skipIf(server === undefined)('a PostgreSQL that lets nobody in', () => {
  it('has no connection left, or no such database: told with what to do, and the next one comes in', async () => {
    const { databaseUrl = '' } = (await server?.place()) ?? {};
    const login = `modelcity_full_${process.pid}`;
    await asOwner(databaseUrl, `CREATE ROLE ${login} LOGIN CONNECTION LIMIT 1`);
    const url = new URL(databaseUrl);
    url.username = login;
    const only = new pg.Client({ connectionString: url.href });
    await only.connect();
    try {
      expect(await told(url.href)).toMatch(
        /^DatabaseUnreachable: .* has no connection left: .*max_connections/,
      );
      url.pathname = '/nowhere';
      url.username = 'postgres';
      expect(await told(url.href)).toMatch(/has no database 'nowhere': make it with createdb/);
    } finally {
      await only.end();
      await asOwner(databaseUrl, `DROP ROLE ${login}`);
    }
  });
});
