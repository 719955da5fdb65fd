import { describe, expect, test } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { citySchema, indicatorSchema, type Observation, packedOf, type Workspace } from '../model/index.ts';
import type { Submission } from './index.ts';

const both = (text: string) => ({ en: text, zh: text });

function observation(change: Partial<Observation> = {}): Observation {
  return {
    indicator: 'waste.recycled',
    area: '310000',
    period: '2019',
    breakdown: {},
    value: '5605.0',
    unit: 't/d',
    status: 'A',
    reason: null,
    qualifier: null,
    source: 'review',
    locator: 'line 350',
    ref: null,
    note: null,
    ...change,
  };
}

function workspace(change: Partial<Workspace> = {}): Workspace {
  return {
    city: citySchema.parse({
      modelcity: 1,
      id: 'shanghai',
      name: both('Shanghai'),
      area: '310000',
      languages: ['en', 'zh'],
      areas: [
        { id: '310000', name: both('Shanghai'), kind: 'city' },
        { id: '310117', name: both('Songjiang'), kind: 'district', parent: '310000' },
      ],
      sources: [
        { id: 'review', title: both('Review'), producer: both('City'), date: '2022-10', licence: 'public' },
      ],
    }),
    indicators: [indicatorSchema.parse({ id: 'waste.recycled', name: both('Recycled waste'), unit: 't/d' })],
    observations: [
      observation(),
      observation({ area: '310117', period: '2015/2021', breakdown: { class: 'dry' } }),
    ],
    targets: [
      {
        indicator: 'waste.recycled',
        area: '310000',
        period: '2020',
        breakdown: {},
        comparator: '>=',
        value: '3299',
        unit: 't/d',
        basePeriod: null,
        qualifier: 'over',
        source: 'review',
        locator: 'line 351',
        ref: 'sh-12',
        note: null,
      },
    ],
    claims: [],
    frameworks: [],
    plans: [],
    reviews: [],
    ...change,
  };
}

const snapshot = (of: Workspace): Submission => ({
  city: 'shanghai',
  kind: 'workspace',
  agent: 'statistics office',
  received: '2022-10-31T08:00:00+08:00',
  files: [{ path: 'observations/waste.csv', bytes: new TextEncoder().encode('indicator,area\n') }],
  workspace: of,
});

describe.each(testEngines)('a workspace on $name', (engine) => {
  test('comes back as it went in, also after the store is opened again', async () => {
    const place = await engine.place();
    const first = await place.open();
    const receipt = await first.submit(snapshot(workspace()));
    expect(receipt).toEqual({
      outcome: 'stored',
      city: 'shanghai',
      position: 1,
      changes: { added: 8, changed: 0, withdrawn: 0 },
    });
    expect(await first.workspace('shanghai')).toEqual(workspace());
    const packed = await first.workspace('shanghai', 1, { packed: true });
    expect(packed).toEqual(workspace());
    expect(packedOf(packed?.observations ?? [])?.length).toBe(workspace().observations.length);
    await first.close();
    const again = await place.open();
    expect(await again.workspace('shanghai')).toEqual(workspace());
    expect(await again.cities()).toEqual([{ id: 'shanghai', head: 1 }]);
    expect(await again.workspace('chengdu')).toBeNull();
    const [entry] = await again.submissions('shanghai');
    expect(entry).toMatchObject({ position: 1, received: '2022-10-31T00:00:00.000Z', corrects: null });
    const bytes = await again.file(entry?.files[0]?.sha256 ?? '');
    expect(new TextDecoder().decode(bytes)).toBe('indicator,area\n');
    await again.close();
  });

  test('that says the same is not logged; what changes or vanishes is a new version, and the old head stays readable', async () => {
    const store = await (await engine.place()).open();
    await store.submit(snapshot(workspace()));
    expect(await store.submit(snapshot(workspace()))).toEqual({
      outcome: 'unchanged',
      city: 'shanghai',
      position: 1,
    });
    const corrected = workspace({ observations: [observation({ value: '5605.1' })], targets: [] });
    expect(await store.submit(snapshot(corrected))).toMatchObject({
      position: 2,
      changes: { added: 0, changed: 1, withdrawn: 2 },
    });
    expect(await store.workspace('shanghai', 1)).toEqual(workspace());
    expect(await store.workspace('shanghai')).toEqual(corrected);
    const versions = await store.history('shanghai', 'observation/310117/waste.recycled/2015/2021/class=dry');
    expect(versions.map(({ position, withdrawn }) => ({ position, withdrawn }))).toEqual([
      { position: 1, withdrawn: false },
      { position: 2, withdrawn: true },
    ]);
    const target = await store.history('shanghai', 'target/sh-12');
    expect(target.map(({ withdrawn }) => withdrawn)).toEqual([false, true]);
    await store.submit(snapshot(workspace()));
    expect(await store.workspace('shanghai', 3)).toEqual(workspace());
    expect(await store.workspace('shanghai', 2)).toEqual(corrected);
    await store.close();
  });

  test('with two values for one cell is refused whole', async () => {
    const store = await (await engine.place()).open();
    const receipt = await store.submit(
      snapshot(workspace({ observations: [observation(), observation({ value: '1' })] })),
    );
    expect(receipt).toMatchObject({ outcome: 'refused', findings: [{ rule: 'record.duplicate' }] });
    expect(await store.cities()).toEqual([]);
    await store.close();
  });

  test('keeps an indicator that records define: a snapshot without it withdraws nothing, records never change it', async () => {
    const place = await engine.place();
    const store = await place.open();
    await store.submit(snapshot(workspace()));
    const schools = indicatorSchema.parse({ id: 'schools', name: both('Schools'), unit: '{school}' });
    const record = (...indicators: readonly (typeof schools)[]) =>
      store.submit({
        city: 'shanghai',
        kind: 'record',
        agent: 'office',
        received: '2023-01-01T00:00:00Z',
        files: [],
        records: { indicators: [...indicators] },
      });
    expect(await record(schools)).toMatchObject({ outcome: 'stored', position: 2, changes: { added: 1 } });
    expect(await record(schools)).toMatchObject({ outcome: 'unchanged' });
    const ids = async (asOf?: number) =>
      (await store.workspace('shanghai', asOf))?.indicators.map(({ id }) => id).sort();
    expect([await ids(1), await ids()]).toEqual([['waste.recycled'], ['schools', 'waste.recycled']]);

    expect(await record({ ...schools, unit: '{pupil}' })).toMatchObject({
      outcome: 'refused',
      findings: [{ rule: 'declaration.fixed', where: { pointer: '/indicator/schools' } }],
    });
    const other = { ...schools, id: 'other' };
    for (const wrong of [
      [other, { ...other, unit: 't' }],
      [{ ...other, formula: 'schools / schools' }],
      [{ ...other, rollup: { weightedBy: 'schools' } }],
    ])
      expect((await record(...wrong)).outcome).toBe('refused');
    expect(await ids()).toEqual(['schools', 'waste.recycled']);

    expect(await store.submit(snapshot(workspace({ targets: [] })))).toMatchObject({
      position: 3,
      changes: { added: 0, changed: 0, withdrawn: 1 },
    });
    expect(await ids()).toEqual(['schools', 'waste.recycled']);
    // A workspace is written by whoever answers for the whole place: it may say more of the indicator.
    const named = { ...schools, direction: 'up' as const };
    await store.submit(snapshot(workspace({ indicators: [...workspace().indicators, named] })));
    expect((await store.workspace('shanghai'))?.indicators).toContainEqual(named);
    await store.close();
    const again = await place.open();
    expect((await again.workspace('shanghai', 2))?.indicators).toContainEqual(schools);
    await again.close();
  });
});
