import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner, testEngines } from '../../scripts/test-stores.ts';
import { citySchema, type Target, type Workspace } from '../model/index.ts';
import type { Records, Store } from './index.ts';

const server = testEngines.find(({ name }) => name === 'postgres');
const login = `modelcity_district_${process.pid}`;

/** One record of every kind that belongs to an area. */
const recordsOf = (area: string): Records => ({
  registers: [
    { register: 'cell', version: 1, steps: [{ from: '', to: 'entered' }] },
    { register: 'ballot', version: 1, steps: [{ from: '', to: 'scored' }] },
  ],
  items: [{ item: 'waste', unit: 't' }],
  holders: [
    { area, holder: 'outside', boundary: true },
    { area, holder: 'plant', boundary: false },
  ],
  series: [{ area, series: `meter-${area}`, property: 'electricity', unit: 'kW.h', decimals: 1, perDay: 2 }],
  readings: [{ area, series: `meter-${area}`, day: '2021-09-01', readings: ['1', '2'] }],
  observations: [
    {
      indicator: 'pm2.5',
      area,
      period: '2021',
      breakdown: {},
      value: '27',
      unit: 'ug/m3',
      status: 'A',
      reason: null,
      qualifier: null,
      source: 'station',
      locator: 'form 1',
      ref: null,
      note: null,
    },
  ],
  events: [
    `cell:r${area}:water:pm:2021:`,
    `cell:r${area}:housing:pm:2021:`,
    `ballot:first:p${area}:ann`,
    `ballot:first:p${area}:bo`,
  ].map((stream) => ({
    area,
    stream,
    seq: 1,
    register: stream.slice(0, stream.indexOf(':')),
    version: 1,
    kind: stream.startsWith('cell:') ? 'entered' : 'scored',
    from: '',
    occurred: '2022-01-01T00:00:00Z',
    actor: null,
    body: {},
  })),
  flows: [
    {
      id: '1',
      occurred: '2021-09-01T08:30:00.000Z',
      item: 'waste',
      unit: 't',
      quantity: '1',
      from: { area, holder: 'outside' },
      to: { area, holder: 'plant' },
      event: null,
    },
  ],
  sensorEntities: [
    {
      area,
      type: 'Thing',
      id: Number(area),
      version: 1,
      removed: false,
      values: {},
      links: { Locations: [1] },
    },
  ],
  sensedDays: [
    {
      area,
      stream: Number(area),
      first: 1,
      day: '2021-09-01',
      feature: 1,
      at: [0],
      results: [1],
      details: null,
    },
  ],
  sensedChanges: [{ area, stream: Number(area), number: 1, version: 1, now: null }],
});

const target = (area: string): Target => ({
  indicator: 'pm2.5',
  area,
  period: '2025',
  breakdown: {},
  comparator: '<=',
  value: '25',
  unit: 'ug/m3',
  basePeriod: null,
  qualifier: null,
  source: 'station',
  locator: 'p. 1',
  ref: null,
  note: null,
});
const workspace: Workspace = {
  city: citySchema.parse({
    modelcity: 1,
    id: 'shanghai',
    name: { en: 'Shanghai', zh: '上海' },
    area: '310000',
    languages: ['en', 'zh'],
    areas: [{ id: '310000', name: { en: 'Shanghai', zh: '上海' }, kind: 'city' }],
    sources: [
      {
        id: 'station',
        title: { en: 'Station', zh: '站' },
        producer: { en: 'Bureau', zh: '局' },
        date: '2021',
        licence: 'CC BY 4.0',
      },
    ],
  }),
  indicators: [],
  observations: [],
  targets: [target('310117'), target('310120')],
  claims: [],
  frameworks: [],
  plans: [],
  reviews: [],
};

/**
 * What the server would keep apart, asked of the database itself: every table that has an area, found in its catalogue, so that a
 * new table without the rule, or without a row to try it on, fails here.
 */
describe.skipIf(server === undefined)('with the server bypassed, one district and the other', () => {
  let store: Store;
  let client: pg.Client;
  let url = '';
  let tables: readonly string[] = [];
  let columns: ReadonlyMap<string, readonly string[]> = new Map();

  beforeAll(async () => {
    const place = await server?.place();
    if (place?.databaseUrl === undefined) throw new Error('a server has an address');
    url = place.databaseUrl;
    store = await place.open();
    const declared = await store.submit({
      city: 'shanghai',
      kind: 'workspace',
      agent: 'test',
      received: '2022-01-01T00:00:00Z',
      files: [{ path: 'city.yaml', bytes: Buffer.from('as above') }],
      workspace,
    });
    expect('findings' in declared ? declared.findings : []).toEqual([]);
    for (const area of ['310117', '310120']) {
      const receipt = await store.submit({
        city: 'shanghai',
        kind: 'record',
        agent: 'test',
        received: '2022-01-01T00:00:00Z',
        files: [],
        records: recordsOf(area),
      });
      expect('findings' in receipt ? receipt.findings : []).toEqual([]);
    }
    await asOwner(url, `CREATE ROLE ${login} LOGIN IN ROLE modelcity_writer, modelcity_keeper`);
    const own = new URL(url);
    own.username = login;
    client = new pg.Client({ connectionString: own.href });
    await client.connect();
    // People’s roles and keys name areas too; no one city’s records are there, and they are closed by grants to who reads records.
    const { rows } = await client.query<{ name: string; columns: string[] }>(
      `SELECT table_name AS name, array_agg(column_name::text) FILTER (WHERE is_generated = 'NEVER') AS columns
      FROM information_schema.columns WHERE table_schema = 'modelcity'
        AND has_table_privilege('modelcity_reader', to_regclass('modelcity.' || table_name)::oid, 'SELECT')
      GROUP BY 1 HAVING bool_or(column_name = 'area') ORDER BY 1`,
    );
    columns = new Map(rows.map((row) => [row.name, row.columns]));
    tables = rows.map(({ name }) => name);
  });
  afterAll(async () => {
    await client.end();
    await store.close();
    await asOwner(url, `DROP ROLE ${login}`);
  });

  /** As the server would for Songjiang’s water department, or with one of these changed. */
  async function as<T extends pg.QueryResultRow>(
    role: 'reader' | 'writer',
    set: Readonly<Record<string, string>>,
    sql: string,
  ): Promise<readonly T[]> {
    await client.query('BEGIN');
    try {
      await client.query('SET LOCAL search_path = modelcity');
      await client.query(`SET LOCAL ROLE modelcity_${role}`);
      const limits = { city: 'shanghai', areas: '310117', departments: '*', ballots: '*', ...set };
      for (const [name, value] of Object.entries(limits))
        await client.query(`SELECT set_config($1, $2, true)`, [`modelcity.${name}`, value]);
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.query('ROLLBACK');
    }
  }
  const areas = (table: string) => `SELECT DISTINCT area FROM ${table} ORDER BY 1`;
  /** A row that it sees, put down anew with another value in one column: as the other district’s, say. */
  const copied = (table: string, column: string, value: string, where = 'true'): string => {
    const written = columns.get(table) ?? [];
    const read = written.map((each) => (each === column ? `'${value}'` : each));
    return `INSERT INTO ${table} (${written}) SELECT ${read} FROM ${table} WHERE ${where} LIMIT 1`;
  };

  test('every table of records with an area is tried', () => {
    expect(tables).toEqual([
      'balance',
      'event',
      'event_detail',
      'flow',
      'holder',
      'observation',
      'reading_day',
      'sensed_change',
      'sensed_day',
      'sensor_entity',
      'sensor_link',
      'series',
      'statement',
      'submission_area',
    ]);
  });

  test('no table shows the rows of another district, of another city, or any without a name', async () => {
    for (const table of tables) {
      expect([table, await as('reader', { areas: '*' }, areas(table))]).toEqual([
        table,
        [{ area: '310117' }, { area: '310120' }],
      ]);
      expect([table, await as('reader', {}, areas(table))]).toEqual([table, [{ area: '310117' }]]);
      for (const set of [{ areas: '' }, { city: 'chengdu' }, { city: '' }])
        expect([table, await as('reader', set, areas(table))]).toEqual([table, []]);
    }
  });

  test('no table takes a row of another district', async () => {
    for (const table of tables)
      await expect(as('writer', {}, copied(table, 'area', '310120')), table).rejects.toThrow(
        /row-level security/,
      );
  });

  test.each([
    ['a department sees its own cells only', 'departments', 'water', 'cell:%', 3],
    ['a member of a panel sees their own scores only', 'ballots', 'ann', 'ballot:%', 4],
  ] as const)('%s, and writes no others', async (_, setting, name, like, part) => {
    for (const table of ['event', 'event_detail']) {
      const names = `SELECT DISTINCT split_part(stream, ':', ${part}) AS name FROM ${table} WHERE stream LIKE '${like}' ORDER BY 1`;
      expect(await as('reader', {}, names)).toHaveLength(2);
      expect(await as('reader', { [setting]: name }, names)).toEqual([{ name }]);
      expect(await as('reader', { [setting]: '' }, names)).toEqual([]);
      const another = like === 'cell:%' ? 'cell:r2022:housing:x:2021:' : 'ballot:first:p2:bo';
      const other = copied(table, 'stream', another, `stream LIKE '${like}'`);
      await expect(as('writer', { [setting]: name }, other), table).rejects.toThrow(/row-level security/);
    }
  });
});
