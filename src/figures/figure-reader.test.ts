import { describe, expect, it, test } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { citySchema, indicatorSchema, type Observation, type Workspace } from '../model/index.ts';
import { FigureReader } from './figure-reader.ts';
import { FigureSet } from './figure-set.ts';
import { figureReaderOf } from './stored.ts';

const both = (text: string) => ({ en: text, zh: text });

function observation(indicator: string, area: string, period: string, value: string): Observation {
  return {
    indicator,
    area,
    period,
    breakdown: {},
    value,
    unit: indicator === 'share' ? '%' : 't',
    status: 'A',
    reason: null,
    qualifier: null,
    source: 'book',
    locator: `${indicator} ${period}`,
    ref: null,
    note: null,
  };
}

/** A place of which some indicators are reported, some computed from others, and one added up over districts. */
function place(id: string, areas: readonly string[], partOf?: string): Workspace {
  const reported = ['burnt', 'made', 'share', 'spare'];
  const years = ['2015', '2019', '2020'];
  return {
    city: citySchema.parse({
      modelcity: 1,
      id,
      name: both(id),
      area: areas[0],
      languages: ['en'],
      ...(partOf === undefined ? {} : { partOf }),
      areas: areas.map((area, at) => ({
        id: area,
        name: both(area),
        kind: at === 0 ? 'city' : 'district',
        ...(at === 0 ? {} : { parent: areas[0] }),
      })),
      sources: [{ id: 'book', title: both('Book'), producer: both('City'), date: '2022', licence: 'facts' }],
    }),
    indicators: [
      ...reported.map((name) => ({ id: name, unit: name === 'share' ? '%' : 't' })),
      { id: 'burnt-part', unit: '%', formula: 'burnt / made' },
      { id: 'twice', unit: '%', formula: '2 * [burnt-part]' },
      { id: 'total', unit: 't', rollup: 'sum' },
      { id: 'mix', unit: '%', rollup: { weightedBy: 'made' } },
    ].map((each) => indicatorSchema.parse({ ...each, name: both(each.id) })),
    observations: years.flatMap((year, at) => [
      ...areas.flatMap((area, place) =>
        reported.map((name) => observation(name, area, year, `${7 + at * 3 + place}.${at}`)),
      ),
      ...areas.slice(1).map((area, place) => observation('total', area, year, `${at + place}`)),
    ]),
    targets: [],
    claims: [],
    frameworks: [],
    plans: [],
    reviews: [],
  };
}

const bare = (workspace: Workspace): Workspace => ({ ...workspace, observations: [] });
const chosen = ({ observations }: Workspace, indicators: readonly string[]): Observation[] =>
  observations.filter(({ indicator }) => indicators.includes(indicator));

function readerOf(workspace: Workspace, atOnce: number) {
  const asked: string[][] = [];
  const reader = new FigureReader(bare(workspace), {
    asOf: 3,
    atOnce,
    from: {
      sizes: async () => new Map(workspace.indicators.map(({ id }) => [id, chosen(workspace, [id]).length])),
      observations: async (_, indicators) => {
        asked.push([...indicators]);
        return chosen(workspace, indicators);
      },
    },
  });
  return { reader, asked };
}

describe('figures read indicator by indicator', () => {
  const workspace = place('town', ['C', 'D1', 'D2']);
  const whole = [...new FigureSet(workspace, { asOf: 3 }).all()];

  it.each([1, 10, 1000])('are those of the whole place, with about %i observations held', async (atOnce) => {
    const { reader } = readerOf(workspace, atOnce);
    const read = [];
    for await (const figures of reader.each()) read.push(...figures.all());
    expect(whole.length).toBeGreaterThan(100);
    expect(read).toEqual(whole);
  });

  it('read no more than the indicator, its formula and its roll-up need', async () => {
    const { reader, asked } = readerOf(workspace, 1);
    await reader.of(['twice']);
    await reader.of(['mix']);
    expect(asked).toEqual([
      ['burnt', 'burnt-part', 'made', 'twice'],
      ['made', 'mix'],
    ]);
  });

  it('never take what was not read for missing', async () => {
    const figures = await readerOf(workspace, 1).reader.of(['burnt']);
    const key = { city: 'town', indicator: 'burnt', area: 'C', breakdown: {} };
    expect(figures.get({ ...key, measure: { kind: 'value', period: '2020' } }).value).toBe('13.2');
    expect(() => figures.get({ ...key, measure: { kind: 'share', period: '2020', of: 'made' } })).toThrow(
      'the observations of made were not read',
    );
  });
});

test.each(testEngines)(
  'a stored place on $name is read by indicator to the same figures, with its districts',
  async (engine) => {
    const store = await (await engine.place()).open();
    const [city, district] = [place('town', ['C', 'D1', 'D2']), place('east', ['D3'], 'town')];
    const cityWithDistrict = {
      ...city,
      city: {
        ...city.city,
        areas: [...city.city.areas, { id: 'D3', name: both('D3'), kind: 'district' as const, parent: 'C' }],
      },
    };
    const withTotal = {
      ...district,
      observations: [...district.observations, observation('total', 'D3', '2020', '5')],
    };
    for (const workspace of [cityWithDistrict, withTotal])
      await store.submit({
        city: workspace.city.id,
        kind: 'workspace',
        agent: 'office',
        received: '2022-01-01T00:00:00Z',
        files: [{ path: 'city.yaml', bytes: new Uint8Array([1]) }],
        workspace,
      });
    const whole = [...new FigureSet(cityWithDistrict, { asOf: 1, related: [withTotal] }).all()];
    const reader = await figureReaderOf(
      store,
      { city: 'town', asOf: 1 },
      { related: [{ city: 'east', asOf: 1 }], atOnce: 20 },
    );
    const read = [];
    for await (const figures of reader?.each() ?? []) read.push(...figures.all());
    expect(read).toEqual(whole);
    expect(
      whole.some(({ contributions }) => contributions.some(({ record }) => record.startsWith('east:'))),
    ).toBe(true);

    const batches = [];
    for await (const batch of store.observationBatches('town', { asOf: 1, atOnce: 10 })) batches.push(batch);
    expect(batches.map((batch) => [...new Set(batch.map(({ indicator }) => indicator))])).toEqual([
      ['burnt'],
      ['made'],
      ['share'],
      ['spare'],
      ['total'],
    ]);
    expect(batches.flat()).toEqual(await store.observations('town', { asOf: 1 }));
    expect(await store.observationCounts('town')).toEqual(
      new Map([
        ['burnt', 9],
        ['made', 9],
        ['share', 9],
        ['spare', 9],
        ['total', 6],
      ]),
    );
    expect(await store.definitions('town', 1)).toEqual({
      ...(await store.workspace('town', 1)),
      observations: [],
    });
    expect(await figureReaderOf(store, { city: 'nowhere', asOf: 1 })).toBeNull();
    await store.close();
  },
);
