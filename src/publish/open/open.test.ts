import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { FigureSet, figureReaderOf } from '../../figures/index.ts';
import type { Observation, Workspace } from '../../model/index.ts';
import { codeOf, idOfCode, periodOfSdmx, sdmxPeriod, sdmxUnit, unitOfSdmx } from './codes.ts';
import { type OpenDataset, openDataset, storedParts } from './dataset.ts';
import packageSchema from './schemas/tabular-data-package.json' with { type: 'json' };
import { type OpenFiles, partsOf, writeOpenData } from './write.ts';

/**
 * What the official sdmx-json-data-schema.json of SDMX-JSON 2.0.0 asks of the parts that are written here, restated: the
 * official file is left out, because its repository states no licence.
 */
const code = '^[A-Za-z0-9_@$-]+$';
const component = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_-]*$' };
const texts = {
  type: 'object',
  patternProperties: { '^[a-z]{2}$': { type: 'string' } },
  additionalProperties: false,
};
const links = {
  type: 'array',
  items: { type: 'object', anyOf: [{ required: ['href', 'rel'] }, { required: ['urn', 'rel'] }] },
};
const codes = {
  type: 'array',
  minItems: 1,
  uniqueItems: true,
  items: {
    type: 'object',
    oneOf: [{ required: ['id', 'name'] }, { required: ['value'] }],
    properties: {
      id: { type: 'string', pattern: code },
      parent: { type: 'string', pattern: code },
      name: { type: 'string' },
      names: texts,
    },
  },
};
const dimensions = {
  type: 'array',
  uniqueItems: true,
  items: {
    type: 'object',
    required: ['id', 'keyPosition', 'values'],
    properties: { id: component, keyPosition: { type: 'integer', minimum: 0 }, values: codes, names: texts },
  },
};
const dataSchema = {
  type: 'object',
  properties: {
    meta: {
      type: 'object',
      required: ['id', 'prepared', 'sender'],
      properties: {
        id: { type: 'string', pattern: code },
        prepared: { type: 'string' },
        test: { type: 'boolean' },
        sender: { type: 'object', required: ['id'], properties: { id: { type: 'string', pattern: code } } },
      },
    },
    data: {
      type: 'object',
      required: ['structures', 'dataSets'],
      properties: {
        structures: {
          type: 'array',
          items: {
            type: 'object',
            required: ['dimensions'],
            properties: {
              links,
              dimensions: {
                type: 'object',
                properties: { dataSet: dimensions, series: dimensions, observation: dimensions },
                additionalProperties: false,
              },
              measures: {
                type: 'object',
                properties: {
                  observation: {
                    type: 'array',
                    items: { type: 'object', required: ['id'], properties: { id: component } },
                  },
                },
                additionalProperties: false,
              },
              attributes: {
                type: 'object',
                properties: {
                  observation: {
                    type: 'array',
                    items: {
                      type: 'object',
                      required: ['id', 'relationship'],
                      properties: {
                        id: component,
                        relationship: { type: 'object', minProperties: 1, maxProperties: 2 },
                        values: codes,
                      },
                    },
                  },
                },
                additionalProperties: false,
              },
            },
          },
        },
        dataSets: {
          type: 'array',
          items: {
            type: 'object',
            required: ['links'],
            properties: {
              structure: { type: 'integer' },
              action: { enum: ['Information', 'Append', 'Replace', 'Delete'] },
              links,
              series: {
                type: 'object',
                patternProperties: {
                  '^[0-9]+(:[0-9]+)*$': {
                    type: 'object',
                    additionalProperties: false,
                    properties: {
                      observations: {
                        type: 'object',
                        additionalProperties: false,
                        patternProperties: {
                          '^[0-9]+(:[0-9]+)*$': {
                            type: 'array',
                            items: { type: ['integer', 'number', 'boolean', 'string', 'null'] },
                          },
                        },
                      },
                    },
                  },
                },
                additionalProperties: false,
              },
            },
          },
        },
      },
    },
    errors: { type: 'array' },
  },
};

const name = (en: string, zh = '') => ({ en, zh });

const observation = (more: Partial<Observation>): Observation => ({
  indicator: 'waste',
  area: 'T',
  period: '2020',
  breakdown: {},
  value: '1',
  unit: 't',
  status: 'A',
  reason: null,
  qualifier: null,
  source: 'yearbook',
  locator: 'row 1',
  ref: null,
  note: null,
  ...more,
});

/** Hostile and awkward on purpose: long decimals, spans, no date, missing values, marks of XML, CSV and formulas in text. */
const workspace: Workspace = {
  city: {
    modelcity: 1,
    id: 'tiny',
    name: name('Tiny & "City"', '小城'),
    area: 'T',
    languages: ['en', 'zh'],
    areas: [
      { id: 'T', name: name('Tiny', '小城'), kind: 'city' },
      { id: 'T-1', name: name('North <1>', '北区'), kind: 'district', parent: 'T' },
    ],
    sources: [
      {
        id: 'yearbook',
        title: name('Yearbook', '年鉴'),
        producer: name('Bureau', '局'),
        date: '2022',
        licence: 'CC BY 4.0',
      },
    ],
    dimensions: [
      {
        id: 'sex',
        name: name('Sex', '性别'),
        values: [
          { id: 'women', name: name('women', '女') },
          { id: 'm', name: name('men', '男') },
        ],
      },
      { id: '2-kind', name: name('Kind'), values: [{ id: 'a.b', name: name('a b') }] },
    ],
  },
  indicators: [
    {
      id: 'gdp',
      version: 1,
      name: name('GDP', '生产总值'),
      unit: '10*4.CNY',
      rollup: 'none',
      direction: 'up',
      nature: 'level',
      goals: ['8'],
      targets: [],
      key: false,
    },
    {
      id: 'waste',
      version: 1,
      name: name('Waste', '垃圾'),
      unit: 't',
      rollup: 'none',
      direction: 'down',
      nature: 'level',
      goals: ['12'],
      targets: [],
      key: false,
    },
    {
      id: 'waste.per-gdp',
      version: 1,
      name: name('Waste per GDP'),
      unit: 't/10*4/CNY',
      formula: 'waste / gdp',
      rollup: 'none',
      direction: 'down',
      nature: 'level',
      goals: [],
      targets: [],
      key: false,
    },
  ],
  observations: [
    observation({ indicator: 'gdp', value: '3.00', unit: '10*4.CNY' }),
    observation({ value: '1234567890123456789.000000000000000001' }),
    observation({ period: '2015/2019', value: '-0.5', qualifier: 'about' }),
    observation({ period: 'undated', value: '7' }),
    observation({ period: '2021-Q3', breakdown: { sex: 'women' }, value: '10', unit: 'kg' }),
    observation({
      area: 'T-1',
      breakdown: { sex: 'm', '2-kind': 'a.b' },
      value: null,
      status: 'O',
      reason: name('=cmd|"x", <lost> & gone\n\u0001', ''),
      locator: 'row 2, "page" 3',
    }),
  ],
  targets: [],
  claims: [],
  frameworks: [],
  plans: [],
  reviews: [],
};

let folder = '';
let made: OpenFiles;
let dataset: OpenDataset;
const read = (path: string) => readFile(join(folder, path), 'utf8');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelcity-open-'));
  dataset = openDataset({ workspace, figures: new FigureSet(workspace, { asOf: 7 }), asOf: 7 });
  made = await writeOpenData(folder, dataset, partsOf(dataset));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the open data of a place', () => {
  it('holds every value, the computed ones too, in every format', async () => {
    expect(made).toMatchObject({ rows: 11, undated: 2 });
    const csv = (await read('sdmx/data.csv')).trimEnd();
    expect(csv.split('\n')[0]).toBe(
      'STRUCTURE,STRUCTURE_ID,ACTION,FREQ,SERIES,REF_AREA,D_2_KIND,SEX,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS,QUALIFIER,COMMENT_OBS,SOURCE_DETAIL',
    );
    expect(csv).toContain(
      'dataflow,TINY:DF_TINY(1.0.7),I,A,WASTE,T,_T,_T,2020,1234567890123456789.000000000000000001,T,0,A,,,yearbook: row 1',
    );
    expect(csv).toContain('_O,WASTE,T,_T,_T,2015-01-01/P5Y,-0.5,T,0,A,about');
    expect(csv).toContain('Q,WASTE,T,_T,F,2021-Q3,10,KG,0,A');
    expect(csv).toContain('A,GDP,T,_T,_T,2020,3.00,CNY,4,A');
    expect(csv).toContain('A,WASTE,T-1,A$B,M,2020,NaN,');
    expect(csv).toContain('WASTE$PER-GDP,T,_T,_T,2020,411522630041152263');
    expect(await read('observations.csv')).toContain('waste,T,,,undated,7,t,A');
  });

  it('fits the rules of SDMX-JSON 2.0, and its positions mean what the structure says', async () => {
    const message = JSON.parse(await read('sdmx/data.json'));
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(dataSchema);
    expect(validate(message), JSON.stringify(validate.errors)).toBe(true);
    const [structure] = message.data.structures;
    const values = new Set<string>();
    for (const [key, { observations }] of Object.entries<{
      observations: Record<string, (string | number | null)[]>;
    }>(message.data.dataSets[0].series)) {
      const codes = key
        .split(':')
        .map((at, dimension) => structure.dimensions.series[dimension].values[Number(at)].id);
      for (const [at, [value, unit]] of Object.entries(observations))
        values.add(
          [
            ...codes,
            structure.dimensions.observation[0].values[Number(at)].value,
            value,
            structure.attributes.observation[0].values[Number(unit)].id,
          ].join(' '),
        );
    }
    expect(values).toContain('A WASTE T _T _T 2020 1234567890123456789.000000000000000001 T');
    expect(values).toContain('Q WASTE T _T F 2021-Q3 10 KG');
    expect(values.size).toBe(9);
  });

  it('is well-formed SDMX-ML 3.0 whose every code stands in the lists of its structure', async () => {
    const lists = new Map<string, Set<string>>();
    const enumeration = new Map<string, string>();
    const order: string[] = [];
    let list = '';
    let component = '';
    walk(await read('sdmx/structure.xml'), {
      open(tag, attributes) {
        if (tag === 'str:Codelist') {
          list = attributes.id ?? '';
          lists.set(list, new Set());
        }
        if (tag === 'str:Code') lists.get(list)?.add(attributes.id ?? '');
        if (/^str:(?:Dimension|TimeDimension|Attribute|Measure)$/.test(tag)) component = attributes.id ?? '';
        if (/^str:(?:Dimension|Attribute|Measure)List$/.test(tag)) order.push(tag);
      },
      text(tag, text) {
        if (tag === 'str:Enumeration') enumeration.set(component, /:(CL_\w+)\(/.exec(text)?.[1] ?? '');
      },
    });
    expect(order).toEqual(['str:DimensionList', 'str:AttributeList', 'str:MeasureList']);
    const observations: Record<string, string>[] = [];
    let series: Record<string, string> = {};
    walk(await read('sdmx/data.xml'), {
      open(tag, attributes) {
        if (tag === 'Series') series = attributes;
        if (tag === 'Obs') observations.push({ ...series, ...attributes });
      },
    });
    expect(observations).toHaveLength(9);
    for (const each of observations)
      for (const [id, value] of Object.entries(each)) {
        const codes = enumeration.get(id);
        if (codes !== undefined) expect([...(lists.get(codes) ?? [])]).toContain(value);
      }
    const lost = observations.find(({ OBS_STATUS }) => OBS_STATUS === 'O');
    expect(lost).toMatchObject({ COMMENT_OBS: '=cmd|"x", <lost> & gone\n ' });
    expect(lost?.OBS_VALUE).toBeUndefined();
  });

  it('has a Data Package that fits the official profile, with the hashes of its files', async () => {
    const descriptor = JSON.parse(await read('datapackage.json'));
    const validate = new Ajv({ strict: false, validateFormats: false, logger: false }).compile(packageSchema);
    expect(validate(descriptor), JSON.stringify(validate.errors)).toBe(true);
    for (const { path, bytes, hash } of descriptor.resources)
      expect(made.files).toContainEqual({ path, bytes, sha256: hash.slice(7) });
    const [table] = descriptor.resources;
    expect(table.schema.fields.map((field: { name: string }) => field.name).join(',')).toBe(
      (await read('observations.csv')).split('\r\n')[0],
    );
  });

  it('has CSVW metadata whose columns are those of the files', async () => {
    const metadata = JSON.parse(await read('csv-metadata.json'));
    for (const { url, tableSchema } of metadata.tables) {
      const head = (await read(url)).split('\r\n')[0];
      expect(tableSchema.columns.map(({ titles }: { titles: string }) => titles).join(',')).toBe(head);
      for (const { name: column } of tableSchema.columns)
        expect(column).toMatch(/^[A-Za-z0-9][A-Za-z0-9_]*$/);
    }
  });

  it('has a DCAT-AP 3 catalogue with what it makes mandatory, alike in both syntaxes', async () => {
    const { '@graph': graph } = JSON.parse(await read('catalogue.jsonld'));
    const of = (type: string): Record<string, unknown>[] =>
      graph.filter((node: { '@type': string[] }) => node['@type'].includes(type));
    for (const [type, mandatory] of [
      ['dcat:Catalog', ['dct:title', 'dct:description', 'dct:publisher', 'dcat:dataset']],
      ['dcat:Dataset', ['dct:title', 'dct:description']],
      ['dcat:Distribution', ['dcat:accessURL']],
      ['foaf:Agent', ['foaf:name']],
    ] as const)
      for (const node of of(type)) for (const property of mandatory) expect(node).toHaveProperty([property]);
    const ids = new Set(graph.map((node: { '@id': string }) => node['@id']));
    const dataset = of('dcat:Dataset')[0] as { 'dcat:distribution': { '@id': string }[] };
    for (const { '@id': id } of dataset['dcat:distribution']) expect(ids).toContain(id);
    const turtle = await read('catalogue.ttl');
    expect(turtle.match(/ a dcat:Distribution/g)).toHaveLength(of('dcat:Distribution').length);
    expect(turtle).toContain('"Tiny & \\"City\\": open data"@en');
  });

  it('has Parquet that reads back to the last digit', async () => {
    const bytes = await readFile(join(folder, 'observations.parquet'));
    const rows = await parquetReadObjects({
      file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    });
    expect(rows).toHaveLength(11);
    expect(rows).toContainEqual(
      expect.objectContaining({
        indicator: 'waste',
        period: '2020',
        value: '1234567890123456789.000000000000000001',
        sex: null,
      }),
    );
  });

  it('keeps a spreadsheet from running what it holds', async () => {
    expect(await read('observations.csv')).toContain(`"'=cmd|""x"", <lost> & gone`);
  });

  it('gives the same bytes for the same data', async () => {
    const again = await mkdtemp(join(tmpdir(), 'modelcity-open-'));
    try {
      const shuffled = { ...workspace, observations: [...workspace.observations].reverse() };
      const other = openDataset({
        workspace: shuffled,
        figures: new FigureSet(shuffled, { asOf: 7 }),
        asOf: 7,
      });
      expect((await writeOpenData(again, other, partsOf(other))).files).toEqual(made.files);
    } finally {
      await rm(again, { recursive: true });
    }
  });
});

describe('codes', () => {
  it('come back as the ids, periods and units they were', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]+([._-][a-z0-9]+){0,3}$/), (id) => {
        expect(idOfCode(codeOf(id))).toBe(id);
        expect(codeOf(id)).toMatch(/^[A-Za-z0-9_@$-]+$/);
      }),
    );
    for (const period of [
      '2021',
      '2021-S1',
      '2021-Q3',
      '2021-09',
      '2021-09-30',
      '2015/2021',
      '2015-04/2016-03',
      '2015-04-06/2016-04-05',
    ])
      expect(periodOfSdmx(sdmxPeriod(period) ?? '')).toBe(period);
    for (const unit of ['%', '10*4.CNY', '{household}', 't', 'tce/10*4/CNY', '10*6.t', '1']) {
      const { code, power, base } = sdmxUnit(unit);
      expect(code).toMatch(/^[A-Za-z0-9_@$-]+$/);
      expect(unitOfSdmx(code, power, new Map([[code, base]]))).toBe(unit);
    }
  });
});

function walk(
  text: string,
  on: { open(tag: string, attributes: Record<string, string>): void; text?(tag: string, text: string): void },
): void {
  const parser = new SaxesParser();
  const tags: string[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name: tag, attributes }) => {
    tags.push(tag);
    on.open(tag, attributes);
  });
  parser.on('closetag', () => {
    tags.pop();
  });
  parser.on('text', (content) => on.text?.(tags.at(-1) ?? '', content));
  parser.write(text).close();
}

test.each(testEngines)('a stored place on $name is written to the bytes of one in memory', async (engine) => {
  const store = await (await engine.place()).open();
  const awkward = [
    observation({ period: '2016', value: '2', status: 'P', locator: 'row 9 | page 2' }),
    observation({ period: '2017', value: '3', note: 'by hand, "twice"', unit: 'kg', locator: '=1+1' }),
    observation({ period: '2016-04', value: null, status: 'M', reason: name('lost', '遗失'), locator: '' }),
    observation({ period: '2018', value: '10.50', locator: '第 3 页，表 1' }),
    observation({
      period: '2018',
      breakdown: { sex: 'm' },
      value: '1.10',
      source: 'yearbook',
      locator: 'a\tb\u2028',
    }),
  ];
  const first = { ...workspace, observations: [...workspace.observations, ...awkward] };
  // Then one value is corrected and one withdrawn: older versions are in no file.
  const second = {
    ...workspace,
    observations: first.observations
      .filter(({ period }) => period !== '2017')
      .map((each) => (each.period === '2016' ? { ...each, value: '2.50', status: 'A' as const } : each)),
  };
  for (const [at, each] of [first, second].entries())
    await store.submit({
      city: 'tiny',
      kind: 'workspace',
      agent: 'test',
      received: `2026-01-0${at + 1}T00:00:00Z`,
      files: [{ path: 'city.yaml', bytes: Buffer.from(`${at}`) }],
      workspace: each,
    });
  for (const asOf of [1, 2]) {
    const whole = await store.workspace('tiny', asOf);
    const reader = await figureReaderOf(store, { city: 'tiny', asOf });
    if (whole === null || reader === null) throw new Error('nothing was stored');
    const held = openDataset({ workspace: whole, figures: new FigureSet(whole, { asOf }), asOf });
    const [memory, stored] = await Promise.all([
      writeOpenData(join(folder, engine.name, `memory-${asOf}`), held, partsOf(held)),
      writeOpenData(join(folder, engine.name, `stored-${asOf}`), held, storedParts(reader, store)),
    ]);
    expect(stored).toEqual(memory);
    expect(stored.rows).toBe(asOf === 1 ? 21 : 19);
  }
  await store.close();
});
