import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { FigureSet } from '../../figures/index.ts';
import { exportWorkspace, parseWorkspace } from '../../intake/index.ts';
import type { Workspace } from '../../model/index.ts';
import { effectOf, stageRows } from '../../plan/index.ts';
import type { Store } from '../../store/index.ts';
import { createApp } from '../app.tsx';
import type { PlannedPlace } from '../plan/values.ts';
import { makeDoor } from '../sign-in/door.ts';
import type { Grant, Person } from '../who.ts';
import { type AdjustContext, decide, propose, readAdjustments } from './adjust.ts';

const files: Readonly<Record<string, string>> = {
  'city.yaml': `modelcity: 1
id: tiny
name: { en: Tiny City, zh: 小城 }
area: T
languages: [en, zh]
areas:
  - { id: T, name: { en: Tiny City, zh: 小城 }, kind: city }
  - { id: T1, name: { en: North, zh: 北区 }, kind: district, parent: T }
  - { id: T2, name: { en: South, zh: 南区 }, kind: district, parent: T }
sources:
  - id: yearbook
    title: { en: Yearbook 2022, zh: 2022年统计年鉴 }
    producer: { en: Bureau of Statistics, zh: 统计局 }
    date: 2022
    licence: CC BY 4.0
`,
  'indicators/core.yaml': `- { id: trees, name: { en: Trees, zh: 树木 }, unit: "{tree}", rollup: sum }
`,
  'observations/x.csv': `indicator,area,period,value,unit,source,locator
trees,T,2010,100,{tree},yearbook,t
trees,T,2012,140,{tree},yearbook,t
`,
  'plan.yaml': `id: p
name: { en: Plan, zh: 规划 }
source: yearbook
commitments:
  - { id: root, kind: goal, name: { en: Root, zh: 总目标 } }
  - { id: green, parent: root, kind: goal, name: { en: Green, zh: 绿化 }, start: '2010' }
  - id: whole
    parent: green
    kind: objective
    name: { en: Trees by 2020, zh: 2020年树木 }
    targets: [{ indicator: trees, period: '2020', value: 400, unit: "{tree}" }]
  - id: again
    parent: green
    kind: task
    name: { en: Plant, zh: 植树 }
    targets: [{ indicator: trees, period: '2020', value: 400, unit: "{tree}" }]
  - id: north
    parent: green
    kind: task
    name: { en: North, zh: 北区植树 }
    targets: [{ indicator: trees, area: T1, period: '2020', value: 250, unit: "{tree}" }]
`,
};
const parsed = parseWorkspace(
  Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })),
);
if (parsed.workspace === null) throw new Error(JSON.stringify(parsed.findings));
const planned = (now: Workspace): PlannedPlace => ({ ...now, values: now.observations });
const workspace = planned(parsed.workspace);
const [plan] = workspace.plans;
if (plan === undefined) throw new Error('it has a plan');
const key = 'trees|T|2020|>=|400|{tree}';

test('a target stands once, with what is, what the path asks for, and where the line leads', () => {
  const rows = stageRows(plan, workspace);
  expect(rows.map((row) => [row.key, row.commitments.map(({ id }) => id)])).toEqual([
    [key, ['whole', 'again']],
    ['trees|T1|2020|>=|250|{tree}', ['north']],
  ]);
  // From 100 in 2010 to 400 in 2020: 160 are asked for in 2012. 20 a year lead to 300.
  expect(rows[0]).toMatchObject({
    standing: { kind: 'behind', required: '160', observed: { value: '140' } },
    projected: 300,
  });
});

test('the effect is on the target, on the goal above and on the sum of the parts, and changes nothing', () => {
  const before = JSON.stringify(workspace);
  const effect = effectOf(plan, workspace, key, '300');
  expect(effect?.after).toMatchObject({ standing: { kind: 'on-track', required: '140' } });
  expect(effect?.goals).toMatchObject([
    { goal: { id: 'green' }, before: { behind: 1, 'on-track': 0 }, after: { behind: 0, 'on-track': 1 } },
  ]);
  expect(effect?.sums[0]).toMatchObject({ before: { gap: '150' }, after: { whole: '300', gap: '50' } });
  expect(effectOf(plan, workspace, 'trees|T|2020|>=|1|{tree}', '2')).toBeNull();
  expect(JSON.stringify(workspace)).toBe(before);
});

const grant = (role: Grant['role'], area = '*'): Grant => ({ role, area, department: '*' });
const person = (id: string, ...grants: readonly Grant[]): Person => ({ id, name: id, grants });
const wu = person('wu', grant('editor'));
const zhao = person('zhao', grant('approver'));
const both = person('both', grant('editor'), grant('approver'));
const north = person('north', grant('editor', 'T1'), grant('approver', 'T1'));

describe.each(testEngines)('adjusting a target on $name', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await (await engine.place()).open();
    await store.submit({
      city: 'tiny',
      kind: 'workspace',
      agent: 'test',
      received: '2013-01-01T00:00:00Z',
      files: exportWorkspace(workspace),
      workspace,
    });
  });
  afterAll(() => store.close());
  const as = async (who: Person): Promise<AdjustContext> => {
    const now = await store.workspace('tiny');
    if (now === null) throw new Error('loaded above');
    return { store, workspace: planned(now), person: who, now: new Date('2013-02-01T00:00:00Z') };
  };
  const given = { plan: 'p', key, value: '300', reason: 'two dry summers' };
  const newest = async () => {
    const [adjustment] = await readAdjustments(store, 'tiny', 'p');
    if (adjustment === undefined) throw new Error('nothing was proposed');
    return adjustment;
  };
  const valuesOf = async (id: string) => {
    const commitment = (await store.workspace('tiny'))?.plans[0]?.commitments.find((each) => each.id === id);
    return [
      commitment?.targets[0]?.value,
      commitment?.revisions?.map(({ by, reason, was }) => [by, reason, was?.targets[0]?.value]),
    ];
  };

  test('the desk draws the path that the value as typed would ask for, before anything is proposed', async () => {
    const { workspace: now } = await as(wu);
    const place = { workspace: now, figures: new FigureSet(now, { asOf: 1 }), asOf: 1, store };
    const baseUrl = 'http://tiny.example';
    const door = makeDoor({ people: store.people, secret: 'a secret of the test, long enough', baseUrl });
    const app = createApp({ places: [place], store, door, who: async () => wu });
    const desk = `${baseUrl}/en/tiny/office/rolling/p/`;
    // 140 in 2012: 260 more in eight years for 400, 160 for 300; so far twenty a year.
    const drawn = await (await app.request(`${desk}?key=${encodeURIComponent(key)}`)).text();
    expect(drawn).toMatch(/Needed from 2012 to 2020, on average: \+?32\.5/);
    const tried = await app.request(desk, {
      method: 'POST',
      headers: {
        origin: baseUrl,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': '200',
      },
      body: new URLSearchParams({ do: 'show', key, value: '300', reason: '' }),
    });
    expect(await tried.text()).toMatch(/Needed from 2012 to 2020, on average: \+?20\.00/);
    expect(await readAdjustments(store, 'tiny', 'p')).toEqual([]);
  });

  test('needs a reason, another value, a role for the whole place, and other eyes', async () => {
    expect(await propose(await as(north), given)).toBe('rights');
    expect(await propose(await as(wu), { ...given, reason: ' ' })).toBe('form');
    expect(await propose(await as(wu), { ...given, value: '400.0' })).toBe('form');
    expect(await propose(await as(wu), { ...given, value: '1e9' })).toBe('form');
    expect(await propose(await as(wu), { ...given, key: 'trees|T|2021|>=|400|{tree}' })).toBe('state');
    expect(await readAdjustments(store, 'tiny', 'p')).toEqual([]);
    expect(await propose(await as(both), given)).toBe('done');
    expect(await decide(await as(both), await newest(), 'accepted', 'yes')).toBe('own');
    expect(await decide(await as(wu), await newest(), 'accepted', 'yes')).toBe('rights');
    expect(await decide(await as(zhao), await newest(), 'accepted', '')).toBe('form');
    expect(await valuesOf('whole')).toEqual(['400', undefined]);
  });

  test('accepted, changes every commitment that promised it; the old target stays, with who and why', async () => {
    const open = await newest();
    const twice = await Promise.all([
      decide(await as(zhao), open, 'accepted', 'agreed'),
      decide(await as(zhao), open, 'accepted', 'agreed again'),
    ]);
    expect([...twice].sort()).toEqual(['done', 'state']);
    for (const id of ['whole', 'again']) {
      const [value, revisions] = await valuesOf(id);
      expect(value).toBe('300');
      expect(JSON.stringify(revisions)).toMatch(/"zhao[^\]]*two dry summers — agreed[^\]]*"400"/);
    }
    expect(await valuesOf('north')).toEqual(['250', undefined]);
    const [event] = (await store.events('tiny', { register: 'adjustment' })).filter(
      ({ kind }) => kind === 'accepted',
    );
    expect(event?.body.sums).toEqual([{ before: '150', after: '50' }]);
  });

  test('is read by anyone in both languages, with who decided and why', async () => {
    const now = await store.workspace('tiny');
    if (now === null) throw new Error('loaded above');
    const place = { workspace: now, figures: new FigureSet(now, { asOf: 1 }), asOf: 1, store };
    const app = createApp({ places: [place], store });
    for (const [language, word] of [
      ['en', 'accepted by zhao, 2013-02-01'],
      ['zh', 'zhao于2013-02-01决定：同意'],
    ]) {
      const page = await (await app.request(`/${language}/tiny/plan/p/rolling/`)).text();
      expect(page).toContain(word);
      expect(page).toContain('two dry summers');
    }
    expect(await (await app.request('/api/places/tiny/plans/p/rolling')).json()).toMatchObject({
      targets: [{ value: '300', required: '140', projected: 300, standing: 'on-track' }, {}],
      decisions: [{ key, value: '300', state: 'accepted' }],
    });
  });
});
