import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../model/index.ts';
import { readForeignTable } from '../foreign/delimited.ts';
import { parseWorkspace } from '../parse.ts';
import { writeFolder } from '../write-folder.ts';
import { tally } from './account.ts';
import { importOpenSdg, type OpenSdgOptions } from './import.ts';
import { pathPattern, readRepository } from './repository.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const square = (west: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, 0],
      [west + 1, 0],
      [west + 1, 1],
      [west, 1],
      [west, 0],
    ],
  ],
});

const files: Readonly<Record<string, string | Uint8Array>> = {
  'README.md': '# Aurora Open SDG - Data Repository\n',
  LICENSE: 'MIT License\n\nCopyright',
  'config_data.yml': `languages:
  - en
inputs:
  - class: InputCsvData
    path_pattern: data/*-*.csv
  - class: InputYamlMdMeta
    path_pattern: meta/*-*.md
map_layers:
  - geojson_file: maps/wards.geojson
    name_property: label
    id_property: ward_code
    output_subfolder: wards
`,
  'translations/en/data.yml': 'Female: Women\nSex: Gender of person\n',
  'translations/zh-Hans/data.yml': 'Female: 女性\n',
  'translations/en/custom.yml': '1-1-1-title: Poor people\n',
  'translations/zh-Hans/custom.yml': '1-1-1-title: 贫困人口\n',
  'meta/1-1-1.md':
    "---\nindicator_name: custom.1-1-1-title\nindicator_number: 1.10\nsdg_goal: '1'\ntarget_id: '1.1'\ncomputation_units: Percentage\nsource_organisation_1: Statistics Aurora\nsource_url_1: https://example.org/poor\nprogress_calculation_options:\n  - direction: negative\n    target: 5\n    target_year: 2030\n---\nMore about it.\n",
  'meta/3-4-E1.md': '---\nindicator_name: Deaths\n---\n',
  'meta/8-1-1.md': '---\nindicator: [unclosed\n---\n',
  // Old Mac line ends, as a large American city's repository has them; two units; a blank row; a wrong year; a range.
  'data/indicator_1-1-1.csv': [
    'Year,Sex,GeoCode,Units,Value',
    '2019,,,Percentage,12.0',
    '2019,Female,,Percentage,"1,234"',
    '2020,Female,,Number,"12,345"',
    '2020,,W1,Percentage,<5',
    '20205,,,Percentage,3',
    '2021,,,Percentage,10-12',
    '2022,,,Percentage,n/a',
    ',,,,',
    '2019,,,Percentage,12.0',
    '2019,,,Percentage,13.0',
    '2023,,,Percentage,999999',
  ].join('\r'),
  // Decimal commas between semicolons, in Windows-1252; fiscal years; nested places that their codes name.
  'data/indicator_3-4-E1.csv': new Uint8Array(
    [
      ...'Jahr;Land;Kreis;GeoCode;Beobachtung;COMMENT_OBS;Value\r\n2010/11;Nord;;N;M\u00e4nner;geprüft;1.234,5\r\n2011-12;Nord;S\u00fcd;N1;M\u00e4nner;;0,5\r\n2012-13;Nord;S\u00fcd;N1;M\u00e4nner;;7p\r\n',
    ].map((letter) => letter.charCodeAt(0)),
  ),
  'data/notes.csv': 'Year,Value\n2020,1\n',
  'maps/wards.geojson': JSON.stringify({
    type: 'FeatureCollection',
    features: [
      { type: 'Feature', properties: { ward_code: 'W1', label: 'Dawn' }, geometry: square(0) },
      { type: 'Feature', properties: { ward_code: 'W2', label: 'Dusk' }, geometry: square(1) },
    ],
  }),
};

const repository = (more: Readonly<Record<string, string | Uint8Array>> = {}) => ({
  files: Object.entries({ ...files, ...more })
    .filter(([, content]) => content !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, content]) => ({ path, bytes: typeof content === 'string' ? bytes(content) : content })),
  passedOver: [],
});

function imported(
  more: Readonly<Record<string, string | Uint8Array>> = {},
  options: Partial<OpenSdgOptions> = {},
) {
  const {
    files: made,
    account,
    findings,
  } = importOpenSdg(repository(more), { repository: 'aurora-data', ...options });
  if (account === null) throw new Error(findings.map(({ what }) => what).join('\n'));
  const parsed = parseWorkspace(made.filter(({ path }) => !path.startsWith('import/')));
  if (parsed.workspace === null) throw new Error(JSON.stringify(parsed.findings));
  const workspace: Workspace = parsed.workspace;
  const outcome = (file: string, row: number) =>
    account.rows.find((each) => each.file === file && each.row === row);
  return { account, workspace, made, outcome };
}

const poor = 'data/indicator_1-1-1.csv';

describe('an Open SDG repository as a workspace', () => {
  const { account, workspace, outcome } = imported();

  it('accounts for every row of every table once', () => {
    const tables = repository().files.filter(({ path }) => path.endsWith('.csv'));
    for (const { path, bytes: content } of tables) {
      const lines = readForeignTable(content).rows.map(({ line }) => line);
      expect(account.rows.filter(({ file }) => file === path).map(({ row }) => row)).toEqual(lines);
    }
    for (const row of account.rows) expect(row.outcome === 'left' ? row.reason : row.record).not.toBeNull();
    const records = new Set(
      account.rows
        .filter((row) => row.outcome === 'observation' || row.outcome === 'missing')
        .map(({ record }) => record),
    );
    expect(records.size).toBe(workspace.observations.length);
    expect(tally(account).outcomes).toEqual({
      observation: 7,
      missing: 1,
      claim: 1,
      duplicate: 1,
      metadata: 0,
      left: 5,
    });
  });

  it('says for each row left out why', () => {
    expect(outcome(poor, 6)).toMatchObject({
      outcome: 'left',
      column: 'Year',
      reason: { en: expect.stringContaining("'20205'"), zh: expect.stringContaining('“20205”不是') },
    });
    expect(outcome(poor, 7)).toMatchObject({
      outcome: 'left',
      column: 'Value',
      reason: { en: expect.stringContaining("'10-12'") },
    });
    expect(outcome(poor, 9)).toMatchObject({ outcome: 'left', reason: { en: 'a blank row', zh: '空行' } });
    expect(outcome('data/notes.csv', 2)?.reason?.en).toContain('not among the data by the configuration');
    // A rule of the workspace itself refuses it: no per cent is that large.
    expect(outcome(poor, 12)).toMatchObject({
      outcome: 'left',
      reason: { en: expect.stringContaining('999999'), zh: expect.stringMatching(/999999.*百分比/) },
    });
  });

  it('keeps a second value of one cell as a claim, and counts an equal one once', () => {
    expect(outcome(poor, 10)).toMatchObject({
      outcome: 'duplicate',
      reason: { en: 'the same cell and value as line 2', zh: '与第2行的单元和数值相同' },
    });
    expect(outcome(poor, 11)).toMatchObject({ outcome: 'claim' });
    expect(workspace.claims).toMatchObject([
      { kind: 'level', value: '13.0', to: '2019', locator: 'line 11' },
    ]);
  });

  it('takes the unit of the metadata for a column of names, never for one that names a unit of its own', () => {
    const poor =
      'Year,Units,Value\n2019,Alcohol,4\n2019,kWh per household,3546\n2019,Number of flats,12\n2019,Proportion behind,9.8\n';
    const { workspace } = imported({ 'data/indicator_1-1-1.csv': poor });
    expect(
      workspace.indicators.filter(({ id }) => id.startsWith('1-1-1')).map(({ id, unit }) => [id, unit]),
    ).toEqual([
      ['1-1-1.alcohol', '%'],
      ['1-1-1.kwh-per-household', 'kWh/{household}'],
      ['1-1-1.number-of-flats', '{Number of flats}'],
      ['1-1-1.proportion-behind', '%'],
    ]);
  });

  it('makes an indicator of each unit, with names from the translations', () => {
    const ids = workspace.indicators.map(({ id, unit }) => [id, unit]);
    expect(ids).toEqual([
      ['1-1-1.number', '{count}'],
      ['1-1-1.percentage', '%'],
      ['3-4-e1', '{unit not stated}'],
      ['8-1-1', '1'],
    ]);
    expect(workspace.indicators[1]).toMatchObject({
      name: { en: '1.1.1 Poor people, Percentage', zh: '' },
      goals: ['1'],
      targets: ['1.1'],
      direction: 'down',
    });
    expect(workspace.indicators[1]?.metadata).toContainEqual({
      field: 'indicator_number',
      text: { en: '1.10', zh: '' },
    });
    expect(workspace.indicators[1]?.metadata).toContainEqual({
      field: 'page_content',
      text: { en: 'More about it.', zh: '' },
    });
    expect(workspace.targets).toMatchObject([
      { indicator: '1-1-1.number', period: '2030', comparator: '<=', value: '5' },
    ]);
  });

  it('reads thousands, decimal commas, signs and marks for what they are', () => {
    const value = (indicator: string, period: string) =>
      workspace.observations.filter((each) => each.indicator === indicator && each.period === period);
    expect(value('1-1-1.number', '2020')).toMatchObject([{ value: '12345', breakdown: { sex: 'female' } }]);
    expect(value('1-1-1.percentage', '2020')).toMatchObject([{ value: '5', qualifier: 'under', area: 'W1' }]);
    expect(value('1-1-1.percentage', '2022')).toMatchObject([
      { value: null, status: 'O', reason: { en: "the source prints 'n/a'" } },
    ]);
    expect(value('3-4-e1', '2010/2011')).toMatchObject([
      { value: '1234.5', area: 'N', note: 'COMMENT_OBS: geprüft; printed: 1.234,5' },
    ]);
    expect(value('3-4-e1', '2011/2012')).toMatchObject([{ value: '0.5', area: 'N1' }]);
    expect(value('3-4-e1', '2012/2013')).toMatchObject([{ value: '7', status: 'P' }]);
  });

  it('takes places from codes, their columns and the map', () => {
    expect(workspace.city).toMatchObject({
      id: 'aurora',
      name: { en: 'Aurora' },
      area: 'aurora',
      languages: ['en', 'zh'],
    });
    expect(workspace.city.areas).toEqual([
      { id: 'N', name: { en: 'Nord', zh: '' }, kind: 'other' },
      { id: 'N1', name: { en: 'Süd', zh: '' }, kind: 'other', parent: 'N' },
      { id: 'W1', name: { en: 'Dawn', zh: '' }, kind: 'district', parent: 'aurora' },
      { id: 'W2', name: { en: 'Dusk', zh: '' }, kind: 'district', parent: 'aurora' },
      { id: 'aurora', name: { en: 'Aurora', zh: '' }, kind: 'city' },
    ]);
    expect(workspace.boundaries).toMatchObject([{ id: 'wards', features: [{ area: 'W1' }, { area: 'W2' }] }]);
    const sex = workspace.city.dimensions.find(({ id }) => id === 'sex');
    expect(sex).toEqual({
      id: 'sex',
      name: { en: 'Gender of person', zh: '' },
      values: [{ id: 'female', name: { en: 'Women', zh: '女性' } }],
    });
  });

  it('tells every oddity with its place', () => {
    const told = account.oddities.map(({ rule, where }) => `${rule} ${where.file}:${where.row ?? ''}`);
    expect(told).toEqual(
      expect.arrayContaining([
        'yaml.unreadable meta/8-1-1.md:',
        'file.outside data/notes.csv:',
        'text.encoding data/indicator_3-4-E1.csv:',
        'table.delimiter data/indicator_3-4-E1.csv:',
        `row.contradicts ${poor}:11`,
      ]),
    );
    expect(account.tables.find(({ file }) => file.includes('3-4'))?.edges).toContainEqual({
      from: 'Land',
      to: 'Kreis',
    });
  });

  it('gives the same bytes again', () => {
    const again = imported().made.map(
      ({ path, bytes: content }) => `${path} ${Buffer.from(content).toString('base64')}`,
    );
    expect(
      imported().made.map(({ path, bytes: content }) => `${path} ${Buffer.from(content).toString('base64')}`),
    ).toEqual(again);
  });
});

describe('other repositories', () => {
  it('works without a configuration, and merges a code that is the city itself', () => {
    const { workspace, account } = imported(
      { 'config_data.yml': '' },
      { id: 'dawn', area: 'W1', name: { en: 'Dawn', zh: '晨' } },
    );
    expect(workspace.city).toMatchObject({ id: 'dawn', area: 'W1', name: { en: 'Dawn', zh: '晨' } });
    expect(workspace.boundaries?.[0]?.id).toBe('wards');
    expect(account.chosen[0]?.en).toContain('No config_data.yml');
    expect(account.chosen[0]?.zh).toContain('没有config_data.yml');
  });
  it('keeps months and fiscal years apart by the rest of the column', () => {
    const { workspace } = imported({
      'data/indicator_2-1-1.csv': 'Year,Value\n2014-11,1\n2014-12,2\n2015-01,3\n',
      'data/indicator_2-2-1.csv': 'Year,Value\n2010-11,1\n2011-12,2\n',
      'data/indicator_2-3-1.csv': 'Year,Value\n2015-Q1,1\nQ2 2015,2\n2015.0,3\n31/12/2015,4\n2014 - 16,5\n',
    });
    const periods = (id: string) =>
      workspace.observations.filter(({ indicator }) => indicator === id).map(({ period }) => period);
    expect(periods('2-1-1')).toEqual(['2014-11', '2014-12', '2015-01']);
    expect(periods('2-2-1')).toEqual(['2010/2011', '2011/2012']);
    expect(periods('2-3-1').sort()).toEqual(['2014/2016', '2015', '2015-12-31', '2015-Q1', '2015-Q2']);
  });
  it('takes series, multipliers, statuses and attributes of the SDG data structure', () => {
    const { workspace } = imported({
      'data/indicator_11-6-2.csv':
        'Year,SERIES,UNIT_MEASURE,UNIT_MULT,OBS_STATUS,REF_AREA,DATA_LAST_UPDATE,Value\n2014,EN_ATM_PM25,GPERM3,0,E,W2,2020-01-01,9.2\n2014,EN_OTHER,T,3,A,W2,,4\n',
    });
    const found = workspace.indicators
      .filter(({ id }) => id.startsWith('11-6-2'))
      .map(({ id, unit }) => `${id} ${unit}`);
    expect(found).toEqual(['11-6-2.en-atm-pm25.gperm3.x0 ug/m3', '11-6-2.en-other.t.x3 10*3.t']);
    expect(
      workspace.observations.find(({ indicator }) => indicator.startsWith('11-6-2.en-atm')),
    ).toMatchObject({
      area: 'W2',
      status: 'E',
      note: 'DATA_LAST_UPDATE: 2020-01-01',
    });
  });
  it('takes the ends of intervals from their columns and from the cell, as figures of their own', () => {
    const { workspace, outcome } = imported({
      'data/indicator_3-4-1.csv':
        'Year,Lower CI,95% CI upper,Value\n2018,10.1,12.3,11.2\n2019,,,9.6 (8.8-10.4)\n2020,few,12,11\n2021,,,7\n',
    });
    const values = (id: string) =>
      workspace.observations
        .filter(({ indicator }) => indicator === id)
        .map(({ period, value }) => `${period} ${value}`);
    expect(workspace.indicators.find(({ id }) => id === '3-4-1')?.interval).toEqual({
      lower: '3-4-1.interval-lower',
      upper: '3-4-1.interval-upper',
    });
    expect(values('3-4-1')).toEqual(['2018 11.2', '2019 9.6', '2020 11', '2021 7']);
    expect(values('3-4-1.interval-lower')).toEqual(['2018 10.1', '2019 8.8']);
    expect(values('3-4-1.interval-upper')).toEqual(['2018 12.3', '2019 10.4']);
    // An end that is no number is not lost: it stands in the note of the value.
    const [, , third] = workspace.observations.filter(({ indicator }) => indicator === '3-4-1');
    expect(third?.note).toBe('Lower CI: few; 95% CI upper: 12');
    expect(outcome('data/indicator_3-4-1.csv', 2)?.record).toContain('3-4-1');
    expect(workspace.city.dimensions.some(({ name }) => /ci/i.test(name.en))).toBe(false);
  });
  it('takes two files of one number as one indicator, and what the second says otherwise as a claim', () => {
    const { workspace, outcome } = imported({
      'data/Indicator_1-2-1.csv': 'Year,Units,Value\n2016,Percentage,59\n2017,Percentage,58\n',
      'data/indicator_1-2-1.csv.csv': '\ufeffYear;Units;Value\r2016;Percentage;59,5\r2017;Percentage;58\r',
    });
    expect(workspace.claims.filter(({ indicator }) => indicator === '1-2-1')).toMatchObject([
      { to: '2016', value: '59.5' },
    ]);
    expect(outcome('data/indicator_1-2-1.csv.csv', 2)).toMatchObject({
      outcome: 'claim',
      reason: {
        en: 'line 2 of data/Indicator_1-2-1.csv has another value for the same cell',
        zh: 'data/Indicator_1-2-1.csv第2行对同一单元有另一数值',
      },
    });
    expect(outcome('data/indicator_1-2-1.csv.csv', 3)?.outcome).toBe('duplicate');
  });
  it('accounts for tables of builds and outside the data, too', () => {
    const { outcome } = imported({
      'disaggregation-report.csv': 'Disaggregation,Indicators\nAge,3\n',
      'en/headline/1-1-1.csv': 'Year,Value\n2016,59\n',
      'indicator_1-2-9.csv': 'Year,Value\n2018,1\n',
      'data/5-1-1-wide.csv': 'Year,Male,Female\n2016,1,2\n',
    });
    for (const file of ['disaggregation-report.csv', 'en/headline/1-1-1.csv'])
      expect(outcome(file, 2)?.reason?.en).toContain('made by a build');
    expect(outcome('indicator_1-2-9.csv', 2)?.reason?.en).toContain('outside the folders of data');
    expect(outcome('data/5-1-1-wide.csv', 2)?.reason?.en).toContain('names no column Value');
  });
  it('takes a decimal comma without quotes, which falls into two cells, as one number and says so', () => {
    const { workspace, account } = imported({
      'data/indicator_10-1-2.csv': 'Year,Units,Value\n2019,Euros,27711.38\n2020,Euros,26258,10\n',
    });
    const own = workspace.observations.filter(({ indicator }) => indicator === '10-1-2');
    expect(own.map(({ value }) => value)).toEqual(['27711.38', '26258.10']);
    expect(own[1]?.note).toContain('printed: 26258,10');
    expect(JSON.stringify(account)).toContain('value.split');
  });
  it('gives labels in scripts without Latin letters ids of their own', () => {
    const { workspace } = imported({
      'data/indicator_5-1-1.csv': 'Year,Սեռ,Value\n2019,Կին,1\n2019,Տղամարդ,2\n',
    });
    const dimension = workspace.city.dimensions.find(({ name }) => name.en === 'Սեռ');
    expect(dimension?.values.map(({ name }) => name.en)).toEqual(['Կին', 'Տղամարդ']);
    expect(new Set(dimension?.values.map(({ id }) => id)).size).toBe(2);
  });
  it('refuses a folder that is none, with what it looked for', () => {
    const { files: made, findings } = importOpenSdg({ files: [], passedOver: [] }, { repository: 'nothing' });
    expect(made).toEqual([]);
    expect(findings).toMatchObject([{ rule: 'import.nothing', severity: 'error' }]);
  });
  it('survives hostile names and keys', () => {
    const { workspace } = imported({
      'data/indicator_6-1-1.csv':
        'Year,__proto__,constructor,value,Value\n2019,=cmd|x,toString,__proto__,1\n',
      'meta/6-1-1.md': '---\n__proto__: x\nconstructor: y\n---\n',
    });
    expect(workspace.observations.filter(({ indicator }) => indicator === '6-1-1')).toHaveLength(1);
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });
  it('matches the patterns of configurations', () => {
    expect(pathPattern('data/*-*.csv')('data/indicator_1-1-1.csv')).toBe(true);
    expect(pathPattern('data/*-*.csv')('data/sub/indicator_1-1-1.csv')).toBe(false);
    expect(pathPattern('data/**/*-*.csv')('data/sub/indicator_1-1-1.csv')).toBe(true);
    expect(pathPattern('a.b/(c)*')('aXb/(c)')).toBe(false);
  });
});

const bristol = new URL('../../../../shared/data/open-sdg-bristol', import.meta.url).pathname;

describe.runIf(existsSync(bristol))("Bristol's repository (left out where ../shared is not there)", () => {
  it('comes in whole: 18,765 rows of data, each with its record or reason', async () => {
    const read = await readRepository(bristol);
    const { account, files: made } = importOpenSdg(read, { repository: 'open-sdg-bristol' });
    if (account === null) throw new Error('not imported');
    const data = account.rows.filter(({ file }) => file.startsWith('data/'));
    expect(data).toHaveLength(18_765);
    const left = data.filter(({ outcome }) => outcome === 'left');
    expect(new Set(left.map(({ reason }) => reason?.en.replace(/ \(.*/, '')))).toEqual(
      new Set(['a blank row', 'the file is not among the data by the configuration']),
    );
    expect(data.length - left.length).toBe(17_974);
    expect(account.counts).toMatchObject({ observations: 17_681, claims: 40, 'map layers': 1 });
    const folder = await mkdtemp(join(tmpdir(), 'modelcity-bristol-'));
    try {
      await writeFolder(join(folder, 'bristol'), made);
      expect(existsSync(join(folder, 'bristol/import/rows.csv'))).toBe(true);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 60_000);
});
