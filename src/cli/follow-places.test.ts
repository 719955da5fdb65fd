import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TestPlace, testEngines } from '../../scripts/test-stores.ts';
import {
  citySchema,
  compareCells,
  indicatorSchema,
  type Observation,
  ObservationPacker,
  type Workspace,
} from '../model/index.ts';
import type { Store, Submission } from '../store/index.ts';
import { createApp, LivePlaces } from '../web/index.ts';
import { followPlaces, withChanges } from './follow-places.ts';
import { withFigures } from './open-places.ts';

const both = (text: string) => ({ en: text, zh: text });

function observation(area: string, period: string, value: string, indicator = 'waste'): Observation {
  return {
    indicator,
    area,
    period,
    breakdown: {},
    value,
    unit: 't',
    status: 'A',
    reason: null,
    qualifier: null,
    source: 'book',
    locator: 'table 1',
    ref: null,
    note: null,
  };
}

/** A city whose waste is the sum of its districts', one of which has a workspace of its own. */
function place(id: string, partOf: string | null, observations: readonly Observation[]): Workspace {
  const areas = partOf === null ? ['C', 'D1', 'D2'] : ['D2'];
  return {
    city: citySchema.parse({
      modelcity: 1,
      id,
      name: both(id),
      area: areas[0],
      languages: ['en', 'zh'],
      ...(partOf === null ? {} : { partOf }),
      areas: areas.map((area) => ({
        id: area,
        name: both(area),
        kind: area === 'C' ? 'city' : 'district',
        ...(area === 'C' || partOf !== null ? {} : { parent: 'C' }),
      })),
      sources: [{ id: 'book', title: both('Book'), producer: both('City'), date: '2022', licence: 'facts' }],
    }),
    indicators: ['waste', 'water'].map((name) =>
      indicatorSchema.parse({ id: name, name: both(name), unit: 't', rollup: 'sum' }),
    ),
    observations,
    targets: [],
    claims: [],
    frameworks: [],
    plans: [],
    reviews: [],
  };
}

const town = place('town', null, [observation('D1', '2020', '3'), observation('D1', '2020', '70', 'water')]);
const east = place('east', 'town', [observation('D2', '2020', '4')]);

const submission = (workspace: Workspace): Submission => ({
  city: workspace.city.id,
  kind: 'workspace',
  agent: 'office',
  received: '2022-01-01T00:00:00Z',
  files: [{ path: 'city.yaml', bytes: Buffer.from(workspace.city.id) }],
  workspace,
});

const records = (city: string, observations: readonly Observation[], corrects?: number): Submission => ({
  city,
  kind: 'record',
  agent: 'register',
  received: '2022-02-01T00:00:00Z',
  files: [],
  records: { observations: [...observations] },
  ...(corrects === undefined ? {} : { corrects }),
});

async function served(at: TestPlace) {
  const store = await at.open();
  for (const each of [town, east]) await store.submit(submission(each));
  const places = withFigures([town, east].map((workspace) => ({ folder: '', workspace, asOf: 1 })));
  const live = new LivePlaces(places.map((each) => ({ ...each, store })));
  const seen: string[] = [];
  const faults: unknown[] = [];
  const following = followPlaces({
    store,
    places,
    live,
    onChange: (city, asOf) => seen.push(`${city} ${asOf}`),
    onFault: (error) => faults.push(error),
    settle: 20,
    every: 100,
  });
  const app = createApp({ places: live });
  const shown = async (city: string, area: string, period = '2020', indicator = 'waste') => {
    const answer = await app.request(`/api/places/${city}/figures?indicator=${indicator}&area=${area}`);
    const { items }: { items: { measure: { period?: string }; value: string | null; asOf: number }[] } =
      await answer.json();
    const found = items.find(({ measure }) => measure.period === period);
    return found === undefined ? 'none' : `${found.value} as of ${found.asOf}`;
  };
  return { store, live, following, app, shown, seen, faults };
}

async function within(milliseconds: number, until: () => boolean): Promise<number> {
  const start = Date.now();
  while (!until()) {
    if (Date.now() - start > milliseconds) throw new Error(`not within ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return Date.now() - start;
}

describe.each(testEngines)('served places on $name', (engine) => {
  it('follow what is submitted, in the district and in the city that adds it up', async () => {
    const { store, following, app, shown, seen, faults } = await served(await engine.place());
    expect(await shown('town', 'C')).toBe('7 as of 1');
    const page = await (await app.request('/en/town/indicators/waste/')).text();
    expect(page).toContain('7');
    const stored = await store.submit(
      records('east', [observation('D2', '2020', '4.5'), observation('D2', '2021', '6')], 1),
    );
    expect(stored.outcome).toBe('stored');
    await within(3000, () => seen.length >= 2);
    expect(seen).toEqual(['town 1', 'east 2']);
    expect(await shown('town', 'C')).toBe('7.5 as of 1');
    expect(await shown('east', 'D2', '2021')).toBe('6 as of 2');
    expect(await shown('town', 'C', '2021')).toBe('null as of 1');
    expect(await (await app.request('/en/town/indicators/waste/')).text()).not.toBe(page);
    expect(faults).toEqual([]);
    await following.stop();
    await store.close();
  });

  it('take over what did not change, and read definitions again when they did', async () => {
    const { store, live, following, shown } = await served(await engine.place());
    const before = live.catalogues()[0]?.entries.get('water')?.series;
    await store.submit(records('town', [observation('D1', '2021', '5')]));
    await following.refresh();
    expect(await shown('town', 'D1', '2021')).toBe('5 as of 2');
    expect(await shown('town', 'D1', '2020', 'water')).toBe('70 as of 2');
    expect(live.catalogues()[0]?.entries.get('water')?.series).toBe(before);
    await store.submit(
      submission({
        ...town,
        indicators: town.indicators.map((each) => ({ ...each, rollup: 'none' as const })),
      }),
    );
    await following.refresh();
    expect(await shown('town', 'C')).toBe('none');
    expect(live.catalogues()[0]?.place.workspace).toEqual(await store.workspace('town'));
    expect(live.version).toBe(2);
    await following.stop();
    await store.close();
  });
});

describe.each(testEngines.filter(({ name }) => name === 'postgres'))('served places on $name', (engine) => {
  it('follow what another process stores', async () => {
    const at = await engine.place();
    const { store, following, shown, seen } = await served(at);
    const other: Store = await at.open();
    await other.submit(records('town', [observation('D1', '2022', '9')]));
    await within(3000, () => seen.length > 0);
    expect(await shown('town', 'D1', '2022')).toBe('9 as of 2');
    await following.stop();
    await other.close();
    await store.close();
  });
});

it('changes merged into observations are what reading them again would give', () => {
  const cells = fc.tuple(
    fc.constantFrom('waste', 'water'),
    fc.constantFrom('A', 'B', 'C'),
    fc.integer({ min: 2000, max: 2009 }),
  );
  const values = fc.uniqueArray(fc.tuple(cells, fc.option(fc.nat(99))), {
    selector: ([cell]) => cell.join(' '),
  });
  const rows = (list: readonly (readonly [readonly [string, string, number], number | null])[]) =>
    list
      .map(([[indicator, area, year], value]) => ({
        cell: { indicator, area, period: String(year), breakdown: {} },
        observation: value === null ? null : observation(area, String(year), String(value), indicator),
      }))
      .sort((a, b) => compareCells(a.cell, b.cell));
  fc.assert(
    fc.property(values, values, (before, after) => {
      const old = rows(before).flatMap(({ observation: each }) => (each === null ? [] : [each]));
      const changes = rows(after);
      const expected = [
        ...old.filter((each) => changes.every(({ cell }) => compareCells(cell, each) !== 0)),
        ...changes.flatMap(({ observation: each }) => (each === null ? [] : [each])),
      ].sort(compareCells);
      expect(withChanges(old, changes)).toEqual(expected);
      const packer = new ObservationPacker();
      for (const each of old) packer.add(each);
      expect([...withChanges(packer.packed().list(), changes)]).toEqual(expected);
    }),
  );
});
