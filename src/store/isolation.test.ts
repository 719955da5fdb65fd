import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner, temporaryFolder, testEngines } from '../../scripts/test-stores.ts';
import { openStore, type Records, type Store, type Submission } from './index.ts';

const cell = (area: string, value: string, indicator = 'pm2.5') => ({
  indicator,
  area,
  period: '2021',
  breakdown: {},
  value,
  unit: 'ug/m3',
  status: 'A' as const,
  reason: null,
  qualifier: null,
  source: 'station',
  locator: 'form 1',
  ref: null,
  note: null,
});

const submission = (city: string, records: Records): Submission => ({
  city,
  kind: 'record',
  agent: 'station',
  received: '2021-09-01T10:00:00Z',
  files: [],
  records,
});

const holders = (area: string) => [
  { area, holder: 'outside', boundary: true },
  { area, holder: 'plant', boundary: false },
];
const flow = (id: string, area: string, to: string) => ({
  id,
  occurred: '2021-09-01T08:30:00.000Z',
  item: 'waste',
  unit: 't',
  quantity: '1',
  from: { area, holder: 'outside' },
  to: { area: to, holder: 'plant' },
  event: null,
});

describe.each(testEngines)('areas on $name', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await (await engine.place()).open();
    await store.submit(
      submission('shanghai', {
        items: [{ item: 'waste', unit: 't' }],
        holders: [...holders('310117'), ...holders('310120')],
        observations: [cell('310117', '27'), cell('310120', '26')],
        flows: [flow('1', '310117', '310117'), flow('1', '310120', '310120')],
      }),
    );
  });
  afterAll(() => store.close());

  test('whoever is limited to an area reads that area only, in this city only', async () => {
    const songjiang = store.within(['310117']);
    expect((await songjiang.observations('shanghai')).map(({ area }) => area)).toEqual(['310117']);
    expect((await songjiang.balances('shanghai')).map(({ area }) => area)).toEqual(['310117', '310117']);
    expect(await songjiang.observations('shanghai', { areas: ['310120'] })).toEqual([]);
    expect(await songjiang.history('shanghai', 'observation/310120/pm2.5/2021/')).toEqual([]);
    expect(await songjiang.flows('shanghai')).toHaveLength(1);
    expect(await store.observations('chengdu')).toEqual([]);
    expect(await store.within([]).observations('shanghai')).toEqual([]);
    expect(await store.within(['*']).observations('shanghai')).toEqual([]);
    expect(await songjiang.within(['310117', '310120']).observations('shanghai')).toHaveLength(1);
  });

  test.each([
    ['an observation', { observations: [cell('310120', '1', 'so2')] }],
    [
      'an observation beside one of its own',
      { observations: [cell('310117', '1', 'so2'), cell('310120', '1', 'so2')] },
    ],
    ['a flow to it', { flows: [flow('2', '310117', '310120')] }],
    ['a flow from it', { flows: [flow('2', '310120', '310117')] }],
    ['a holder', { holders: [{ area: '310120', holder: 'mine', boundary: true }] }],
  ])('whoever is limited to an area can’t write %s elsewhere', async (_, records) => {
    const before = await store.cities();
    const receipt = await store.within(['310117']).submit(submission('shanghai', records));
    expect(receipt.outcome).toBe('refused');
    expect(await store.cities()).toEqual(before);
    expect(await store.observations('shanghai', { indicators: ['so2'] })).toEqual([]);
  });

  test('whoever is limited to an area writes there, and takes a place in the city’s log', async () => {
    const receipt = await store
      .within(['310117'])
      .submit(submission('shanghai', { observations: [cell('310117', '9', 'no2')] }));
    expect(receipt).toMatchObject({ outcome: 'stored', position: 2 });
  });

  test('many submissions at once take positions one after the other, and no position changes afterwards', async () => {
    const city = 'busy';
    const seen = new Map<number, string>();
    const picture = async (asOf: number): Promise<string> =>
      JSON.stringify(await store.observations(city, { asOf }));
    await Promise.all(
      Array.from({ length: 12 }, async (_, at) => {
        const receipt = await store.submit(
          submission(city, { observations: [cell(`area${at % 3}`, String(at), `i${at}`)] }),
        );
        if (receipt.outcome === 'stored') seen.set(receipt.position, await picture(receipt.position));
      }),
    );
    expect([...seen.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
    for (const [position, before] of seen) {
      expect(await picture(position)).toBe(before);
      expect(JSON.parse(before)).toHaveLength(position);
    }
  });
});

const server = testEngines.find(({ name }) => name === 'postgres');

describe.runIf(server !== undefined)('on a PostgreSQL server', () => {
  const login = `modelcity_login_${process.pid}`;
  let owner: Store;
  let ownerUrl = '';
  let loginUrl = '';
  let directory = '';

  beforeAll(async () => {
    const place = await server?.place();
    if (place?.databaseUrl === undefined) throw new Error('a server place has a URL');
    ownerUrl = place.databaseUrl;
    directory = place.directory;
    owner = await place.open();
    await asOwner(
      ownerUrl,
      `CREATE ROLE ${login} LOGIN NOSUPERUSER PASSWORD 'once' IN ROLE modelcity_writer`,
    );
    const url = new URL(ownerUrl);
    url.username = login;
    url.password = 'once';
    loginUrl = url.href;
    await owner.submit(
      submission('shanghai', {
        items: [{ item: 'waste', unit: 't' }],
        holders: holders('310117'),
        flows: [flow('1', '310117', '310117')],
        observations: [cell('310117', '27'), cell('310120', '26')],
      }),
    );
  });
  afterAll(async () => {
    await owner.close();
    await asOwner(ownerUrl, `DROP OWNED BY ${login}`, `DROP ROLE ${login}`);
  });

  /** Runs one statement as the server's own login, with everything of Shanghai in view. */
  async function asLogin(statement: string, settings = ['shanghai', '*']): Promise<pg.QueryResult> {
    const client = new pg.Client({ connectionString: loginUrl });
    await client.connect();
    try {
      await client.query(
        `SELECT set_config('search_path', 'modelcity', false), set_config('modelcity.city', $1, false),
          set_config('modelcity.areas', $2, false)`,
        settings,
      );
      return await client.query(statement);
    } finally {
      await client.end();
    }
  }

  test('a login that owns nothing opens the store, reads and writes', async () => {
    const store = await openStore({ databaseUrl: loginUrl, directory });
    expect(await store.observations('shanghai')).toHaveLength(2);
    expect(
      await store.submit(submission('shanghai', { observations: [cell('310117', '8', 'so2')] })),
    ).toMatchObject({ outcome: 'stored' });
    await store.close();
  });

  /** Who may sign in: kept by another role; a login that writes records can neither read nor change them. */
  const peoplesTables = [
    'person',
    'session',
    'credential',
    'verification',
    'second_factor',
    'role_grant',
    'role_grant_end',
    'one_time_link',
    'api_key',
    'failed_try',
    'audit_trail',
    'notice',
    'mail',
    'mail_try',
    'mail_choice',
    'presence',
  ];
  const recordTables = [
    'city_log',
    'submission',
    'submission_file',
    'submission_area',
    'definition',
    'observation',
    'statement',
    'series',
    'reading_day',
    'transition',
    'event',
    'event_detail',
    'item',
    'holder',
    'flow',
    'balance',
    'sensor_entity',
    'sensor_link',
    'sensed_day',
    'sensed_change',
    'migration',
  ];
  const tables = [...recordTables, ...peoplesTables];

  test('every table is named here', async () => {
    const { rows } = await asLogin(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'modelcity'`);
    expect(rows.map(({ name }) => name).sort()).toEqual([...tables].sort());
  });

  test.each(tables)('it may not change, delete or empty %s', async (table) => {
    const { rows } = await asLogin(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'modelcity'
        AND table_name = '${table}' AND is_generated = 'NEVER'`,
    );
    const mutable = new Set(['city_log.head', 'balance.quantity']);
    for (const { name } of rows)
      if (!mutable.has(`${table}.${name}`))
        await expect(asLogin(`UPDATE ${table} SET ${name} = ${name}`)).rejects.toMatchObject({
          code: '42501',
        });
    await expect(asLogin(`DELETE FROM ${table}`)).rejects.toMatchObject({ code: '42501' });
    await expect(asLogin(`TRUNCATE ${table} CASCADE`)).rejects.toMatchObject({ code: '42501' });
    await expect(asLogin(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`)).rejects.toMatchObject({
      code: '42501',
    });
    await expect(asLogin(`DROP TABLE ${table} CASCADE`)).rejects.toMatchObject({ code: '42501' });
  });

  test('it may not become someone who could, nor make tables', async () => {
    await expect(asLogin('SET ROLE postgres')).rejects.toMatchObject({ code: '42501' });
    await expect(asLogin('CREATE TABLE modelcity.mine (a int)')).rejects.toMatchObject({ code: '42501' });
    await expect(asLogin('SET session_replication_role = replica')).rejects.toMatchObject({ code: '42501' });
  });

  test('no balance goes below zero, whatever the program does', async () => {
    await expect(
      asLogin(`UPDATE balance SET quantity = quantity - 2 WHERE holder = 'plant'`),
    ).rejects.toMatchObject({ constraint: 'balance_covered' });
  });

  test('without a city and areas nothing is seen, and an area sees itself', async () => {
    const count = async (table: string, settings: string[]): Promise<number> =>
      Number((await asLogin(`SELECT count(*) AS n FROM ${table}`, settings)).rows[0]?.n);
    for (const table of recordTables.filter((name) => name !== 'city_log' && name !== 'migration'))
      expect([table, await count(table, ['', ''])]).toEqual([table, 0]);
    expect(await count('observation', ['shanghai', ''])).toBe(0);
    expect(await count('observation', ['shanghai', '310120'])).toBe(1);
    expect(await count('observation', ['chengdu', '*'])).toBe(0);
    await expect(
      asLogin(`INSERT INTO submission_area (area, city, position) VALUES ('310117', 'shanghai', 1)`, [
        'shanghai',
        '310120',
      ]),
    ).rejects.toMatchObject({ code: '42501' });
  });

  test('row security holds for the owner of the tables too; a planted table without it is found', async () => {
    const open = `SELECT relname AS name FROM pg_class WHERE relnamespace = 'modelcity'::regnamespace
      AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY relname`;
    const { rows } = await asLogin(open);
    // People are of no one city: their tables are closed by grants, not by rows.
    const closed = [
      'api_key',
      'credential',
      'failed_try',
      'mail_choice',
      'person',
      'second_factor',
      'session',
      'verification',
    ];
    expect(rows.map(({ name }) => name)).toEqual([...closed, 'city_log', 'migration'].sort());
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    // Row security that is switched on but not forced lets the owner by; so does a table that is split into parts.
    await client.query(`BEGIN; CREATE TABLE modelcity.planted_plain (area text);
      CREATE TABLE modelcity.planted_unforced (area text);
      ALTER TABLE modelcity.planted_unforced ENABLE ROW LEVEL SECURITY;
      CREATE TABLE modelcity.planted_split (area text) PARTITION BY LIST (area)`);
    const planted = (await client.query<{ name: string }>(open)).rows.map(({ name }) => name);
    await client.query('ROLLBACK');
    await client.end();
    expect(planted.filter((name) => name.startsWith('planted'))).toEqual([
      'planted_plain',
      'planted_split',
      'planted_unforced',
    ]);
  });

  test.each(peoplesTables)('it may not even read %s', async (table) => {
    await expect(asLogin(`SELECT * FROM ${table}`)).rejects.toMatchObject({ code: '42501' });
  });

  test('two slow transactions at once: neither changes a figure as of an earlier position', async () => {
    const city = 'slow';
    await owner.submit(submission(city, { observations: [cell('a', '1')] }));
    const blocker = new pg.Client({ connectionString: ownerUrl });
    await blocker.connect();
    // Lets everyone read observations and nobody add any: the first submission stops with its position taken,
    // the second stops waiting for its turn.
    await blocker.query('BEGIN; LOCK TABLE modelcity.observation IN SHARE MODE');
    // Within its transaction the blocker would go on seeing who waited when it looked first.
    const watcher = new pg.Client({ connectionString: ownerUrl });
    await watcher.connect();
    const second = await openStore({ databaseUrl: ownerUrl, directory });
    const running = [
      owner.submit(submission(city, { observations: [cell('b', '2')] })),
      second.submit(submission(city, { observations: [cell('a', '3', 'so2')] })),
    ];
    await expect
      .poll(
        async () =>
          (
            await watcher.query(`SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'
            AND datname = current_database()`)
          ).rows[0]?.n,
        { timeout: 30_000 },
      )
      .toBe(2);
    const before = JSON.stringify(await owner.observations(city, { asOf: 1 }));
    expect(await owner.observations(city)).toHaveLength(1);
    expect(await second.cities()).toContainEqual({ id: city, head: 1 });
    await blocker.query('COMMIT');
    await blocker.end();
    await watcher.end();
    const receipts = await Promise.all(running);
    expect(receipts.map(({ position }) => position).sort()).toEqual([2, 3]);
    expect(JSON.stringify(await owner.observations(city, { asOf: 1 }))).toBe(before);
    const first = receipts.findIndex(({ position }) => position === 2);
    expect((await owner.observations(city, { asOf: 2 })).map(({ value }) => value)).toEqual(
      first === 0 ? ['1', '2'] : ['1', '3'],
    );
    expect(await owner.observations(city, { asOf: 3 })).toHaveLength(3);
    await second.close();
  });

  test('an owner who is no superuser makes the tables, and sees nothing without naming it', async () => {
    const name = `modelcity_owner_${process.pid}`;
    const url = new URL(ownerUrl);
    url.pathname = `/${name}`;
    await asOwner(ownerUrl, `CREATE ROLE ${name} LOGIN CREATEROLE NOSUPERUSER PASSWORD 'once'`);
    await asOwner(ownerUrl, `GRANT modelcity_reader, modelcity_writer TO ${name} WITH ADMIN OPTION`);
    await asOwner(ownerUrl, `CREATE DATABASE ${name} OWNER ${name}`);
    try {
      url.username = name;
      url.password = 'once';
      const store = await openStore({ databaseUrl: url.href, directory: temporaryFolder() });
      await store.submit(submission('shanghai', { observations: [cell('310117', '27')] }));
      expect(await store.observations('shanghai')).toHaveLength(1);
      await store.close();
      const client = new pg.Client({ connectionString: url.href });
      await client.connect();
      expect((await client.query('SELECT FROM modelcity.observation')).rowCount).toBe(0);
      await client.end();
    } finally {
      await asOwner(ownerUrl, `DROP DATABASE ${name} WITH (FORCE)`, `DROP ROLE ${name}`);
    }
  });

  test('a database of a newer release is left alone', async () => {
    const place = await server?.place();
    const store = await place?.open();
    await store?.close();
    await asOwner(place?.databaseUrl ?? '', `INSERT INTO modelcity.migration VALUES ('9999_later.sql', 'x')`);
    await expect(place?.open()).rejects.toThrow('made by a newer release');
  });
});
