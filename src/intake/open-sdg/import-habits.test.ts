import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../model/index.ts';
import { readUnit } from '../foreign/unit-text.ts';
import { parseWorkspace } from '../parse.ts';
import { importOpenSdg } from './import.ts';

/** A repository in a few lines: path → text. */
function imported(files: Readonly<Record<string, string>>, repository = 'open-sdg-data-starter') {
  const { files: made, account } = importOpenSdg(
    {
      passedOver: [],
      files: Object.entries(files)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })),
    },
    { repository },
  );
  if (account === null) throw new Error('nothing was imported');
  const parsed = parseWorkspace(made.filter(({ path }) => !path.startsWith('import/')));
  if (parsed.workspace === null) throw new Error(JSON.stringify(parsed.findings));
  const workspace: Workspace = parsed.workspace;
  const told = (path: string) => account.files.find((each) => each.path === path)?.told.en;
  const rules = new Set(account.oddities.map(({ rule }) => rule));
  const readable = new TextDecoder().decode(made.find(({ path }) => path === 'import/account.md')?.bytes);
  return { account, workspace, told, rules, readable };
}

const outline = (properties: object) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        properties,
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 0],
            ],
          ],
        },
      },
    ],
  });

describe('a repository in the habits of an early deployment, without a configuration', () => {
  const { account, workspace, told, readable } = imported({
    'README.md':
      '# Open SDG - Data starter ![Build](https://example.org/a.svg) [![b](c)](https://example.org)\n',
    '_prose.yml':
      'prose:\n  metadata:\n    meta:\n      - name: national_geographical_coverage\n        field:\n          label: Geographical coverage\n      - name: river_alignment\n        field:\n          label: Alignment with the river plan\n',
    'meta/13-1-1.md':
      '---\nindicator_name: Deaths in floods\nnational_geographical_coverage: City of Rivermouth\nriver_alignment: Chapter 3\nsource_active_1: true\nsource_organisation_1: Coroner\nsource_active_2: false\nsource_organisation_2: Nobody yet\n---\n',
    'meta/16-6-1.md': '---\nnational_geographical_coverage: City of Rivermouth\n---\n',
    'data/indicator_13-1-1.csv': 'Year,Flood,Value\n2018 November,Lower quay,5\n2018,,7\n',
    'data/indicator_16-6-1.csv': 'Year,Units,Value\n2018,Adopted Budget (Million $),9292\n',
    'data/16-6-1.csv': 'Year,Units,Value\n2018,Adopted Budget (Million $),9292\n',
    'headline/16-6-1.csv': 'Year,Value\n2018,9292\n',
    'geojson/regions/indicator_13-1-1.geojson': outline({ code: 'a' }),
  });

  it('is called after the area that its indicators cover when its README names none', () => {
    expect(workspace.city.name.en).toBe('City of Rivermouth');
  });

  it('takes a month behind its year, and money by its power', () => {
    expect(workspace.observations.map(({ period }) => period)).toContain('2018-11');
    expect(workspace.indicators.find(({ id }) => id.startsWith('16-6-1'))?.unit).toBe('10*6.USD');
    expect(
      account.rows.find(({ file, row }) => file.startsWith('data/indicator_16') && row === 2)?.outcome,
    ).toBe('duplicate');
  });

  it('has an account that begins with what came in, and names the rows that did not', () => {
    expect(readable).toMatch(/^# Import of .*\n\n\*\*4 of 5 rows of tables are in; 1 were left out/);
    expect(readable).toMatch(
      /- 1 × it is made by a build of Open SDG from the others · 由Open SDG的构建过程从其他文件生成\n {2}- `headline\/16-6-1\.csv`, row 2 · 第2行\n/,
    );
  });

  it('has every heading, reason and rule of the account in Chinese too', () => {
    for (const rule of new Set(account.oddities.map((each) => each.rule))) {
      const told = readable
        .slice(readable.indexOf(`### ${rule}:`))
        .split('\n\n')
        .slice(0, 3)
        .join('\n');
      expect([rule, told]).toEqual([rule, expect.stringMatching(/原因：\p{Script=Han}.*处理：/u)]);
    }
    expect(readable).toMatch(/处异常/);
    for (const line of readable.split('\n').filter((each) => each.startsWith('## ')))
      if (!/Oddities/.test(line)) expect(line).toMatch(/ · \p{Script=Han}/u);
  });

  it('leaves what a build made', () => {
    expect(told('headline/16-6-1.csv')).toMatch(/made by a build/);
    expect(told('geojson/regions/indicator_13-1-1.geojson')).toMatch(/made by a build/);
    expect(workspace.boundaries ?? []).toEqual([]);
  });

  it('keeps each field of its metadata under the name that its schema gives, and no source that is not shown', () => {
    const fields = workspace.indicators.find(({ id }) => id === '13-1-1')?.metadata ?? [];
    expect(fields.find(({ field }) => field === 'river_alignment')).toMatchObject({
      name: { en: 'Alignment with the river plan' },
      text: { en: 'Chapter 3' },
    });
    const source = workspace.city.sources.find(({ id }) => id === 'indicator-13-1-1');
    expect(source?.note?.en).toMatch(/Coroner/);
    expect(source?.note?.en).not.toMatch(/Nobody/);
    expect(fields.find(({ field }) => field === 'source_organisation_2')?.text.en).toBe('Nobody yet');
  });
});

describe('a repository whose configuration says much', () => {
  const { workspace, told, rules } = imported({
    'config_data.yml': `languages: [es, en, zh-Hans]
inputs:
  - class: InputCsvData
    path_pattern: tables/*-*.csv
    column_map: maps/columns.csv
    code_map: maps/codes.csv
  - class: InputYamlMeta
    path_pattern: meta/*-*.yml
  - class: InputCsvMeta
    path_pattern: more/*-*.csv
    metadata_mapping: { Contact point: CONTACT }
  - class: InputSdmxMl_StructureSpecific
    source: sdmx/all.xml
map_layers:
  - geojson_file: wards.geojson
    name_property: [name]
    id_property: code
    id_column: Barrio
    id_replacements: { Norte: W1 }
data_schema: { class: DataSchemaInputTableSchemaYaml, source: data-schema/*.yml }
`,
    'maps/columns.csv': 'Text,Value\nAnio,Year\nSexo,Sex\n',
    'maps/codes.csv': 'Text,Dimension,Value\nH,Sex,Men\n',
    'tables/indicator_3-1-1.csv': 'Anio,Barrio,Sexo,Value\n2020,Norte,H,4\n2020,,,5\n',
    'meta/3-1-1.yml':
      "SDG_GOAL: '<p>Goal 3: Good health</p>'\nSDG_TARGET: '<p>Target 3.1: By 2030, …</p>'\nindicator_name: meta.Mortalidad materna\nSTAT_CONC_DEF: '<p>Muertes&nbsp;por mil.</p><p>Segunda parte</p>'\nreporting_status: complete\n",
    'meta/en/3-1-1.yml': 'indicator_name: Maternal deaths\n',
    'meta/zh-Hans/3-1-1.yml': 'indicator_name: 孕产妇死亡\nDATA_COMP: 按登记\n',
    'meta/ca/3-1-1.yml': 'indicator_name: Mortalitat materna\n',
    'more/3-1-1.csv': 'Contact point,the office\n',
    'translations/es/meta.yml': 'Mortalidad materna: Mortalidad de madres\n',
    'wards.geojson': outline({ code: ['W1'], name: ['North ward'] }),
  });
  const indicator = workspace.indicators.find(({ id }) => id === '3-1-1');

  it('has columns and texts called as its maps say', () => {
    expect(
      workspace.city.dimensions.map(({ id, values }) => [id, values.map(({ id: value }) => value)]),
    ).toEqual([['sex', ['men']]]);
    expect(told('maps/columns.csv')).toBe('2 new names of columns');
  });

  it('places rows by the column of its map layer, whose properties are lists of one', () => {
    const [placed] = workspace.observations.filter(({ area }) => area === 'W1');
    expect(placed?.value).toBe('4');
    expect(workspace.boundaries?.[0]?.features).toHaveLength(1);
  });

  it('takes names from the folders of languages, and goal and definition out of HTML', () => {
    expect(indicator?.name).toEqual({ en: '3.1.1 Maternal deaths', zh: '3.1.1 孕产妇死亡' });
    expect([indicator?.goals, indicator?.targets]).toEqual([['3'], ['3.1']]);
    expect(indicator?.definition?.en).toBe('Muertes por mil.\nSegunda parte');
    const field = (name: string) => indicator?.metadata?.find((each) => each.field === name)?.text;
    expect(field('DATA_COMP')?.zh).toBe('按登记');
    expect(field('CONTACT')?.en).toBe('the office');
    expect(field('SDG_GOAL')?.en).toBe('<p>Goal 3: Good health</p>');
  });

  it('tells what of its configuration is not followed', () => {
    for (const rule of ['input.elsewhere', 'configuration.unused', 'metadata.language'])
      expect(rules).toContain(rule);
  });
});

describe('words of units', () => {
  it.each([
    ['US$ (million)', '10*6.USD', true],
    ['thousands of dollars', '10*3.USD', true],
    ['Emissions (tonnes)', 't', true],
    ['Table 1 (a)', '{Table 1 (a)}', false],
    ['$ per gallon', '{USD per gallon}', false],
  ])('%s is %s', (words, code, known) => {
    expect(readUnit(words)).toEqual({ code, known });
  });
});

describe('a repository with British codes of areas', () => {
  const areasOf = (rows: readonly string[]) => {
    const { workspace } = imported({
      'data/indicator_1-1-1.csv': `Year,GeoCode,Value\n${rows.join('\n')}\n`,
      'data/indicator_1-2-1.csv': 'Year,Value\n2018,3\n',
    });
    return {
      own: workspace.city.area,
      of: workspace.observations.map(({ indicator, area }) => `${indicator} ${area}`).sort(),
    };
  };
  it('takes the one local authority among its wards for the place itself', () => {
    expect(areasOf(['2018,E05000001,1', '2018,E06000023,2'])).toEqual({
      own: 'E06000023',
      of: ['1-1-1 E05000001', '1-1-1 E06000023', '1-2-1 E06000023'],
    });
  });
  it('does not choose among several, nor where other kinds of area stand beside them', () => {
    for (const row of ['2018,E07000001,1', '2018,E92000001,1', '2018,XYZ,1'])
      expect([row, areasOf([row, '2018,E06000023,2', '2018,E05000001,1']).own]).not.toEqual([
        row,
        'E06000023',
      ]);
  });
});

describe('a place with goals of its own', () => {
  it('keeps their indicators, under none of the seventeen', () => {
    const { workspace } = imported({
      'data/indicator_18-1-1.csv': 'Year,Value\n2015,1\n',
      'data/indicator_11-1-1.csv': 'Year,Value\n2015,1\n',
      'meta/18-1-1.md': "---\nindicator_name: Culture\nsdg_goal: '18'\ntarget_id: '18.1'\n---\n",
    });
    expect(workspace.indicators.map(({ id, goals, targets }) => [id, goals, targets])).toEqual([
      ['11-1-1', ['11'], ['11.1']],
      ['18-1-1', [], []],
    ]);
    expect(workspace.observations).toHaveLength(2);
  });

  it('tells numbers apart that would have one id', () => {
    const { workspace } = imported({
      'data/indicator_1-1-1.csv': 'Year,Value\n2015,1\n',
      'data/indicator_1--1-1.csv': 'Year,Value\n2015,2\n',
    });
    expect(new Set(workspace.indicators.map(({ id }) => id)).size).toBe(2);
    expect(workspace.observations.map(({ value }) => value).sort()).toEqual(['1', '2']);
  });
});

it('keeps in the note what a year says of its value', () => {
  const { workspace } = imported({
    'data/indicator_3-1-1.csv': 'Year,Value\n2020,5\n2021 (provisional),6\nApril 2021 to March 2022,7\n',
  });
  expect(workspace.observations.map(({ period, note }) => [period, note ?? ''])).toEqual([
    ['2020', ''],
    ['2021', expect.stringContaining('period: 2021 (provisional)')],
    ['2021-04/2022-03', ''],
  ]);
});
