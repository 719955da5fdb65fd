import { describe, expect, it } from 'vitest';
import { FigureSet } from '../../figures/index.ts';
import { indicatorSchema, type Observation, type Workspace } from '../../model/index.ts';
import { createApp } from '../index.ts';

const name = (en: string, zh = '') => ({ en, zh });
const row = (
  area: string,
  period: string,
  value: string,
  breakdown: Record<string, string> = {},
): Observation => ({
  indicator: 'waste',
  area,
  period,
  breakdown,
  value,
  unit: 't',
  status: 'A',
  reason: null,
  qualifier: null,
  source: 'yearbook',
  locator: 'row 1',
  ref: null,
  note: null,
});

const workspace: Workspace = {
  city: {
    modelcity: 1,
    id: 'tiny-town',
    name: name('Tiny', '小城'),
    area: 'T',
    languages: ['en', 'zh'],
    areas: [
      { id: 'T', name: name('Tiny', '小城'), kind: 'city' },
      { id: 'T1', name: name('North', '北区'), kind: 'district', parent: 'T' },
    ],
    sources: [
      {
        id: 'yearbook',
        title: name('Yearbook'),
        producer: name('Bureau'),
        date: '2022',
        licence: 'CC BY 4.0',
      },
    ],
    dimensions: [
      {
        id: 'sex',
        name: name('Sex'),
        values: [
          { id: 'f', name: name('women') },
          { id: 'm', name: name('men') },
        ],
      },
    ],
  },
  indicators: [
    indicatorSchema.parse({ id: 'waste', name: name('Waste'), unit: 't' }),
    indicatorSchema.parse({ id: 'water', name: name('Water'), unit: 'm3' }),
  ],
  observations: [
    row('T', '2019', '1.50'),
    row('T', '2020', '2.50'),
    row('T', '2021', '3.50'),
    row('T1', '2021', '0.5', { sex: 'f' }),
    { ...row('T', '2021', '9'), indicator: 'water', unit: 'm3' },
  ],
  targets: [],
  claims: [],
  frameworks: [],
  plans: [],
  reviews: [],
};
const app = createApp({ places: [{ workspace, figures: new FigureSet(workspace, { asOf: 3 }), asOf: 3 }] });
const flow = '/sdmx/3.0/data/dataflow/TINY_TOWN/DF_TINY_TOWN';
const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });
const values = async (path: string) => {
  const text = await (await get(path, { accept: 'application/vnd.sdmx.data+csv' })).text();
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(3, 9).join(' '));
};

describe('the SDMX interface', () => {
  it('answers in the format that is asked for, and says what it cannot', async () => {
    for (const [accept, type] of [
      ['application/vnd.sdmx.data+json;version=2.0.0', 'application/vnd.sdmx.data+json;version=2.0.0'],
      ['application/vnd.sdmx.data+xml;version=3.0.0', 'application/vnd.sdmx.data+xml;version=3.0.0'],
      ['text/csv', 'application/vnd.sdmx.data+csv;version=2.0.0'],
      ['application/json;q=0.5, application/xml', 'application/vnd.sdmx.data+xml;version=3.0.0'],
      ['*/*', 'application/vnd.sdmx.data+json;version=2.0.0'],
    ] as const)
      expect((await get(`${flow}/*/*`, { accept })).headers.get('content-type')).toBe(type);
    expect(
      (await get(`${flow}/*/*`, { accept: 'application/vnd.sdmx.genericdata+xml;version=2.1' })).status,
    ).toBe(406);
  });
  it('reads keys, filters of components and periods', async () => {
    expect(await values(`${flow}/*/*`)).toHaveLength(5);
    expect(await values(`${flow}/1.0.3/A.WASTE.T._T`)).toEqual([
      'A WASTE T _T 2019 1.50',
      'A WASTE T _T 2020 2.50',
      'A WASTE T _T 2021 3.50',
    ]);
    expect(await values(`${flow}/*/..T1.,*.WATER.*.*`)).toEqual([
      'A WASTE T1 F 2021 0.5',
      'A WATER T _T 2021 9',
    ]);
    expect(await values(`${flow}/*/*?c[SERIES]=WASTE&c[TIME_PERIOD]=ge:2020%2Ble:2020`)).toEqual([
      'A WASTE T _T 2020 2.50',
    ]);
    expect(await values(`${flow}/*/*?c[SEX]=ne:_T`)).toEqual(['A WASTE T1 F 2021 0.5']);
    expect(await values(`${flow}/*/A.WASTE.T._T?startPeriod=2020&endPeriod=2021`)).toHaveLength(2);
    expect(await values(`${flow}/*/A.WASTE.T._T?lastNObservations=1`)).toEqual(['A WASTE T _T 2021 3.50']);
  });
  it('tells what is wrong with a query, with the codes of SDMX', async () => {
    const error = async (path: string) => {
      const response = await get(path);
      const { errors } = await response.json();
      return [response.status, errors[0].code];
    };
    expect(await error(`${flow}/*/A.WASTE`)).toEqual([400, 140]);
    expect(await error(`${flow}/*/*?c[NOPE]=1`)).toEqual([400, 140]);
    expect(await error(`${flow}/*/*?c[TIME_PERIOD]=ge:20205`)).toEqual([400, 140]);
    expect(await error(`${flow}/*/*?nonsense=1`)).toEqual([400, 140]);
    expect(await error(`${flow}/2.0/*`)).toEqual([400, 140]);
    expect(await error(`${flow}/1.0.99/*`)).toEqual([404, 100]);
    expect(await error(`${flow}/*/A.NOPE.T._T`)).toEqual([404, 100]);
    expect(await error('/sdmx/3.0/data/dataflow/X/DF_X/*/*')).toEqual([404, 100]);
    expect(await error(`${flow}/*/*?attributes=none`)).toEqual([501, 501]);
  });
  it('gives validators, so that nothing is sent twice', async () => {
    const etag = (await get(`${flow}/*/*`)).headers.get('etag') ?? '';
    expect((await get(`${flow}/*/*`, { 'if-none-match': etag })).status).toBe(304);
    expect((await get(`${flow}/*/*?lastNObservations=1`, { 'if-none-match': etag })).status).toBe(200);
  });
  it('describes structures and availability', async () => {
    const flows = await (await get('/sdmx/3.0/structure/dataflow/*/*/*')).json();
    expect(flows.data.dataflows).toMatchObject([
      { id: 'DF_TINY_TOWN', agencyID: 'TINY_TOWN', version: '1.0.3' },
    ]);
    expect(flows.data.codelists).toBeUndefined();
    const all = await (
      await get('/sdmx/3.0/structure/dataflow/TINY_TOWN/DF_TINY_TOWN/*?references=all')
    ).json();
    expect(all.data.codelists.map(({ id }: { id: string }) => id)).toContain('CL_SEX');
    expect(
      await (
        await get('/sdmx/3.0/structure/datastructure/TINY_TOWN/DSD_TINY_TOWN', { accept: 'application/xml' })
      ).text(),
    ).toContain('<str:Dimension id="SEX" position="4">');
    const available = await (
      await get('/sdmx/3.0/availability/dataflow/TINY_TOWN/DF_TINY_TOWN/*/A.WASTE.*.*/SEX')
    ).json();
    expect(available.data.dataConstraints[0].cubeRegions[0].keyValues).toEqual([
      { id: 'SEX', include: true, values: ['F', '_T'] },
    ]);
  });
});

describe('the files of open data', () => {
  it('have an address with the position, which never changes, and one that follows', async () => {
    const newest = await get('/data/tiny-town/observations.csv');
    expect(newest.headers.get('link')).toBe('</data/tiny-town/as-of/3/observations.csv>; rel="canonical"');
    const fixed = await get('/data/tiny-town/as-of/3/observations.csv');
    expect(fixed.headers.get('cache-control')).toContain('immutable');
    expect(fixed.headers.get('etag')).not.toBeNull();
    expect(await fixed.text()).toBe(await newest.text());
    expect((await get('/data/tiny-town/as-of/2/observations.csv')).status).toBe(404);
    expect((await get('/data/tiny-town/../../etc/passwd')).status).toBe(404);
  });
  it('are all there', async () => {
    const { files } = await (await get('/data/tiny-town/')).json();
    for (const { href, type } of files) {
      const response = await get(href);
      expect([href, response.status, response.headers.get('content-type')]).toEqual([href, 200, type]);
    }
  });
});
