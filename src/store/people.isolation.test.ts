import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner, testEngines } from '../../scripts/test-stores.ts';
import type { Store } from './index.ts';

const server = testEngines.find(({ name }) => name === 'postgres');
const login = `modelcity_login_${process.pid}`;

describe.skipIf(server === undefined)(
  'with the server bypassed, a login that may only take our roles',
  () => {
    let store: Store;
    let client: pg.Client;
    let url = '';
    beforeAll(async () => {
      const place = await server?.place();
      if (place?.databaseUrl === undefined) throw new Error('a server has an address');
      url = place.databaseUrl;
      store = await place.open();
      await store.submit({
        city: 'shanghai',
        kind: 'record',
        agent: 'test',
        received: '2022-01-01T00:00:00Z',
        files: [],
        records: {
          registers: [
            { register: 'cell', version: 1, steps: [{ from: '', to: 'entered' }] },
            { register: 'examination', version: 1, steps: [{ from: '', to: 'reported' }] },
          ],
          events: ['310117', '310120'].flatMap((area) =>
            ['water', 'housing', 'examined'].map((name) => ({
              area,
              ...(name === 'examined'
                ? { stream: 'examination:green:water:w', register: 'examination', kind: 'reported' }
                : { stream: `cell:r2022:${name}:green-share:2021:`, register: 'cell', kind: 'entered' }),
              seq: 1,
              version: 1,
              from: '',
              occurred: '2022-01-01T00:00:00Z',
              actor: null,
              body: { value: '38.5' },
            })),
          ),
        },
      });
      await asOwner(url, `CREATE ROLE ${login} LOGIN IN ROLE modelcity_writer, modelcity_keeper`);
      const own = new URL(url);
      own.username = login;
      client = new pg.Client({ connectionString: own.href });
      await client.connect();
    });
    afterAll(async () => {
      await client.end();
      await store.close();
      await asOwner(url, `DROP ROLE ${login}`);
    });

    async function as<T extends pg.QueryResultRow>(
      role: 'reader' | 'writer' | 'keeper',
      set: { readonly city?: string; readonly areas?: string; readonly departments?: string },
      sql: string,
    ): Promise<readonly T[]> {
      await client.query('BEGIN');
      try {
        await client.query('SET LOCAL search_path = modelcity');
        await client.query(`SET LOCAL ROLE modelcity_${role}`);
        for (const [name, value] of Object.entries(set))
          await client.query(`SELECT set_config($1, $2, true)`, [`modelcity.${name}`, value]);
        return (await client.query<T>(sql)).rows;
      } finally {
        await client.query('ROLLBACK');
      }
    }
    const streams =
      "SELECT area, split_part(stream, ':', 3) AS department FROM event WHERE register = 'cell' ORDER BY 1, 2";
    const examined =
      "SELECT area FROM event JOIN event_detail USING (city, area, stream, seq) WHERE stream LIKE 'examination:%' ORDER BY 1";

    test('what a department says in an examination is seen by it, not by another department of its district', async () => {
      const at = { city: 'shanghai', areas: '310117' };
      expect(await as('reader', { ...at, departments: 'water' }, examined)).toEqual([{ area: '310117' }]);
      for (const departments of ['housing', '-', ''])
        expect(await as('reader', { ...at, departments }, examined)).toEqual([]);
      expect(await as('reader', { city: 'shanghai', areas: '*', departments: '*' }, examined)).toHaveLength(
        2,
      );
      const write = as(
        'writer',
        { ...at, departments: 'housing' },
        "INSERT INTO event VALUES ('310117', 'shanghai', 'examination:green:water:other', 1, 'examination', 1, 'reported', NULL, '', 1)",
      );
      await expect(write).rejects.toThrow(/row-level security/);
    });

    test('a department of a district sees its own cells', async () => {
      const at = { city: 'shanghai', areas: '310117' };
      expect(await as('reader', { ...at, departments: 'water' }, streams)).toEqual([
        { area: '310117', department: 'water' },
      ]);
      expect(await as('reader', { ...at, departments: '*' }, streams)).toHaveLength(2);
      expect(await as('reader', at, streams)).toEqual([]);
      expect(await as('reader', { city: 'shanghai', departments: '*' }, streams)).toEqual([]);
      expect(await as('reader', { city: 'chengdu', areas: '*', departments: '*' }, streams)).toEqual([]);
    });

    test.each([
      ['another department', '310117', 'housing'],
      ['another district', '310120', 'water'],
    ])('it cannot write a cell of %s', async (_, area, department) => {
      const write = as(
        'writer',
        { city: 'shanghai', areas: '310117', departments: 'water' },
        `INSERT INTO event VALUES ('${area}', 'shanghai', 'cell:r2022:${department}:x:2021:', 1, 'cell', 1, 'entered', NULL, '', 1)`,
      );
      await expect(write).rejects.toThrow(/row-level security/);
    });

    test('a store narrowed to a department and an area is narrowed in the database', async () => {
      const narrow = store.within(['310117'], ['water']);
      expect((await narrow.events('shanghai', { register: 'cell' })).map(({ stream }) => stream)).toEqual([
        'cell:r2022:water:green-share:2021:',
      ]);
      expect(await narrow.within(['310117', '310120'], ['housing', '*']).events('shanghai')).toEqual([]);
    });

    test.each([
      'person',
      'session',
      'credential',
      'second_factor',
      'role_grant',
      'api_key',
      'audit_trail',
      'one_time_link',
    ])('who reads or writes records has no right to %s', async (table) => {
      for (const role of ['reader', 'writer'] as const)
        await expect(as(role, { city: '*', areas: '*' }, `SELECT FROM ${table}`)).rejects.toThrow(
          /permission denied/,
        );
    });
    test.each(['observation', 'event', 'flow', 'submission', 'statement'])(
      'who keeps people has no right to %s',
      async (table) => {
        await expect(as('keeper', { city: '*', areas: '*' }, `SELECT FROM ${table}`)).rejects.toThrow(
          /permission denied/,
        );
      },
    );

    test('the trail and the roles given are added to, never changed, and a city reads its own', async () => {
      const note = {
        at: '2022-01-01T00:00:00Z',
        person: null,
        name: 'n',
        action: 'view',
        object: 'o',
        outcome: 'done',
        address: null,
        detail: {},
      };
      await store.people.note({ ...note, city: 'shanghai' });
      await store.people.note({ ...note, city: 'chengdu' });
      expect(await store.people.trail('shanghai', {})).toHaveLength(1);
      expect(await as('keeper', { city: 'chengdu' }, 'SELECT city FROM audit_trail')).toEqual([
        { city: 'chengdu' },
      ]);
      expect(await as('keeper', {}, 'SELECT city FROM audit_trail')).toEqual([]);
      for (const sql of [
        "UPDATE audit_trail SET name = 'x'",
        'DELETE FROM audit_trail',
        'TRUNCATE audit_trail',
        "UPDATE role_grant SET role = 'administrator'",
        'DELETE FROM role_grant',
        'DELETE FROM role_grant_end',
      ])
        await expect(as('keeper', { city: '*' }, sql), sql).rejects.toThrow(/permission denied/);
    });

    test('our roles own nothing and cannot sign in', async () => {
      const owned = await as(
        'keeper',
        {},
        `SELECT relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
      WHERE r.rolname LIKE 'modelcity\\_%' AND r.rolname NOT LIKE '%login%' AND r.rolname <> 'modelcity_owner'`,
      );
      expect(owned).toEqual([]);
      const forced = await as(
        'keeper',
        {},
        `SELECT relname FROM pg_class WHERE relnamespace = 'modelcity'::regnamespace AND relkind = 'r' AND NOT relforcerowsecurity ORDER BY 1`,
      );
      // Without a city to divide by: the library's tables, keys (found by their hash alone), tries, what each wants by mail, the list of logs.
      expect(forced.map(({ relname }) => relname)).toEqual([
        'api_key',
        'city_log',
        'credential',
        'failed_try',
        'mail_choice',
        'migration',
        'person',
        'second_factor',
        'session',
        'verification',
      ]);
    });
  },
);
