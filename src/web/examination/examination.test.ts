import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { testEngines } from '../../../scripts/test-stores.ts';
import { FigureSet } from '../../figures/index.ts';
import { exportWorkspace, parseWorkspace } from '../../intake/index.ts';
import type { Workspace } from '../../model/index.ts';
import { examineAll, type HearingBody, rankingOf } from '../../plan/index.ts';
import type { Store } from '../../store/index.ts';
import { createApp } from '../app.tsx';
import type { Grant, Person } from '../who.ts';
import { act, type HearingContext, readFinals, readHearings, sheetOf } from './hearings.ts';
import { tellNext } from './notices.ts';

const city = `modelcity: 1
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
`;
const indicators = `- { id: reuse, name: { en: Water reused, zh: 中水回用率 }, unit: "%" }
- { id: trees, name: { en: Trees planted, zh: 植树量 }, unit: "{tree}" }
`;
const observations = `indicator,area,period,value,unit,source,locator
reuse,T1,2021,75,%,yearbook,table 1
reuse,T2,2021,90,%,yearbook,table 1
trees,T1,2021,400,{tree},yearbook,table 2
trees,T2,2021,900,{tree},yearbook,table 2
`;
const plan = `id: p
name: { en: Plan, zh: 规划 }
source: yearbook
commitments:
  - { id: a, kind: task, name: { en: A, zh: 甲 }, state: done }
  - { id: b, kind: task, name: { en: B, zh: 乙 }, state: started, weight: 3 }
  - { id: c, kind: task, name: { en: C, zh: 丙 } }
`;
const examination = `id: green
name: { en: Green, zh: 绿色考核 }
period: '2021'
subjects:
  - { id: north, name: { en: North, zh: 北区 }, area: T1 }
  - { id: south, name: { en: South, zh: 南区 }, area: T2 }
groups:
  - { id: environment, name: { en: Environment, zh: 环境 }, environment: true }
  - { id: works, name: { en: Works, zh: 工程 } }
weights:
  - { from: '2019', shares: { environment: 1, works: 3 }, assumed: true }
  - { from: '2021', shares: { environment: 2, works: 1 }, citation: { source: yearbook, locator: table 9 } }
  - { from: '2023', shares: { environment: 5, works: 1 }, assumed: true }
items:
  - id: water
    group: environment
    name: { en: Water, zh: 水 }
    weight: 1
    evidence: { kind: figure, indicator: reuse, period: '2021' }
    unit: '%'
    rule: { kind: share, target: 90, zero: 60 }
  - id: tasks
    group: works
    name: { en: Tasks, zh: 任务 }
    weight: 1
    evidence: { kind: tasks, plan: p, commitments: [a, b] }
    unit: '%'
    rule: { kind: share, target: 100, zero: 0 }
ranking: { declared: true, reason: { en: One rule for both., zh: 规则相同。 } }
`;
const read = (over: (text: string) => string = (same) => same) =>
  parseWorkspace(
    Object.entries({
      'city.yaml': city,
      'indicators/core.yaml': indicators,
      'observations/2021.csv': observations,
      'plan.yaml': plan,
      'examinations/green.yaml': over(examination),
    }).map(([path, text]) => ({ path, bytes: Buffer.from(text) })),
  );
const workspaceOf = (over?: (text: string) => string): Workspace => {
  const { workspace, findings } = read(over);
  if (workspace === null) throw new Error(JSON.stringify(findings));
  return workspace;
};
const resultOf = (workspace: Workspace) => {
  const [declared] = workspace.examinations ?? [];
  if (declared === undefined) throw new Error('no examination was read');
  const figures = new FigureSet(workspace, { asOf: 1 });
  const examined = examineAll(declared, workspace, figures);
  return { declared, figures, examined, ranking: rankingOf(declared, examined) };
};
const kindsOf = (over: (text: string) => string): readonly string[] => {
  const { ranking } = resultOf(workspaceOf(over));
  return ranking.fair ? [] : ranking.reasons.map(({ kind }) => kind);
};

describe('the score', () => {
  test('is exact: weights of the year, shares of the way, tasks by weight', () => {
    const [north, south] = resultOf(workspaceOf()).examined;
    // Environment 2 of 3 of the points: half of them for 75 between 60 and 90. Tasks: 1 of 4 by weight.
    expect(north?.examination.score).toBe('41.66666666666666666666666666666667');
    expect(north?.items.map(({ points, got }) => [points.slice(0, 6), got?.slice(0, 6)])).toEqual([
      ['66.666', '33.333'],
      ['33.333', '8.3333'],
    ]);
    expect(south?.examination.score).toBe('75');
  });

  test('takes every deduction from a figure that has this value, or from tasks that are named', () => {
    const { figures, examined } = resultOf(workspaceOf());
    const [water, tasks] = examined[0]?.examination.deductions ?? [];
    expect(figures.byCode(water?.figure ?? '')?.value).toBe('75');
    expect(tasks?.figure).toBe('plan/p');
  });

  test('does not take what is not reported for zero, nor a task of unknown state for undone', () => {
    const [north] = resultOf(
      workspaceOf((text) => text.replace("period: '2021' }\n    unit", "period: '2020' }\n    unit")),
    ).examined;
    expect(north?.examination).toMatchObject({ score: '25', notJudged: ['water'] });
    const [other] = resultOf(workspaceOf((text) => text.replace('[a, b]', '[a, b, c]'))).examined;
    expect(other?.examination).toMatchObject({ score: '50', notJudged: ['tasks'] });
  });

  test('a task that was taken out of the plan is neither done nor open, and is told', () => {
    const workspace = workspaceOf();
    const withdrawn = { on: '2021-06-01', reason: 'other works' };
    const plans = workspace.plans.map((plan) => ({
      ...plan,
      commitments: plan.commitments.map((each) => (each.id === 'b' ? { ...each, withdrawn } : each)),
    }));
    const [north] = resultOf({ ...workspace, plans }).examined;
    expect(north?.items[1]?.ground).toMatchObject({
      reached: ['a'],
      open: [],
      withdrawn: ['b'],
      value: '100',
    });
  });

  test('is put in an order only where that is fair, else it is told why not', () => {
    const { ranking } = resultOf(workspaceOf());
    expect(ranking.fair && ranking.places.map(({ place, subject }) => [place, subject.subject.id])).toEqual([
      [1, 'south'],
      [2, 'north'],
    ]);
    expect(kindsOf((text) => text.replace('declared: true', 'declared: false'))).toEqual(['declared']);
    expect(
      kindsOf((text) =>
        text.replace('indicator: reuse', 'indicator: trees').replace("unit: '%'", "unit: '{tree}'"),
      ),
    ).toEqual(['size']);
    expect(
      kindsOf((text) => text.replace('indicator: reuse, period', 'indicator: reuse, area: T1, period')),
    ).toEqual([]);
    expect(
      kindsOf((text) =>
        text.replace(
          '    rule: { kind: share, target: 90',
          '    subjects: [north]\n    rule: { kind: share, target: 90',
        ),
      ),
    ).toEqual(['items']);
    expect(kindsOf((text) => text.replace("reuse, period: '2021'", "reuse, period: '2020'"))).toEqual([
      'missing',
    ]);
  });
});

test.each([
  [
    'a group that is not there',
    'group: environment\n',
    'group: enviroment\n',
    'group.unknown',
    'items/0/group',
  ],
  ['a task of no plan', '[a, b]', '[a, z]', 'commitment.unknown', 'items/1/evidence/commitments/1'],
  ['a rule that never moves', 'zero: 60', 'zero: 90', 'examination.rule', 'items/0/rule/zero'],
  [
    'weights without a source',
    ', citation: { source: yearbook, locator: table 9 }',
    '',
    'examination.no-source',
    'weights/1/from',
  ],
  [
    'weights that lack a group',
    '{ environment: 5, works: 1 }',
    '{ environment: 5 }',
    'examination.share',
    'weights/2/shares',
  ],
  [
    'a unit that does not convert',
    "unit: '%'\n    rule: { kind: share, target: 90",
    'unit: km2\n    rule: { kind: share, target: 90',
    'unit.not-convertible',
    'items/0/unit',
  ],
  [
    'weights that begin too late',
    "from: '2019', shares: { environment: 1, works: 3 }, assumed: true }\n  - { from: '2021'",
    "from: '2022'",
    'examination.late',
    'weights/0/from',
  ],
])('%s is refused with its place', (_name, from, to, code, pointer) => {
  expect(examination).toContain(from);
  const text = examination.replace(from, to);
  const { workspace, findings } = read(() => text);
  expect(workspace).toBeNull();
  const found = findings.find(({ rule }) => rule === code);
  expect([found?.where.file, found?.where.row]).toEqual(['examinations/green.yaml', lineOf(text, pointer)]);
  expect(found?.mend).toBeTruthy();
});

/** The line on which what a path names begins. */
function lineOf(text: string, path: string): number {
  const keys = path.split('/').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const lines = new LineCounter();
  const node = parseDocument(text, { lineCounter: lines }).getIn(keys, true);
  return isNode(node) ? lines.linePos(node.range?.[0] ?? 0).line : 0;
}

const grant = (role: Grant['role'], area: string, department = '*'): Grant => ({ role, area, department });
const person = (id: string, ...grants: readonly Grant[]): Person => ({ id, name: id, grants });
const wu = person('wu', grant('reporter', 'T1'));
const li = person('li', grant('reporter', 'T2'));
const chen = person('chen', grant('checker', '*'));
const zhao = person('zhao', grant('approver', '*'));
const all = person('all', grant('reporter', '*'), grant('checker', '*'), grant('approver', '*'));

describe.each(testEngines)('the course of an examination on $name', (engine) => {
  let store: Store;
  const workspace = workspaceOf();
  const { declared, examined, figures } = resultOf(workspace);
  const [north] = examined;
  if (north === undefined) throw new Error('two are examined');
  beforeAll(async () => {
    store = await (await engine.place()).open();
    await store.submit({
      city: 'tiny',
      kind: 'workspace',
      agent: 'test',
      received: '2022-01-01T00:00:00Z',
      files: exportWorkspace(workspace),
      workspace,
    });
  });
  afterAll(() => store.close());

  const context = (who: Person): HearingContext => ({
    store,
    city: 'tiny',
    declared,
    subject: north.subject,
    person: who,
    now: new Date('2022-02-01T00:00:00Z'),
  });
  const body = (more: Partial<HearingBody> = {}): HearingBody => ({ said: '', items: [], ...more });
  const about = (value: string, more: Partial<HearingBody['items'][number]> = {}) =>
    body({ items: [{ item: 'water', said: 'a pipe broke', value, upheld: false, ...more }] });
  const sheet = sheetOf(north, 1);
  const take = (who: Person, kind: Parameters<typeof act>[1], expected: number, given: HearingBody) =>
    act(context(who), kind, expected, given, north);
  const stands = async () => {
    const hearing = (await readHearings(store, 'tiny', declared)).get('north');
    return [hearing?.seq, hearing?.state];
  };

  test('the declaration comes back from the store as it was', async () => {
    expect((await store.workspace('tiny'))?.examinations).toEqual(workspace.examinations);
  });

  test('report, check, objection, answer, final: each by its role and area, none by the same eyes', async () => {
    expect(await take(wu, 'checked', 0, body({ sheet }))).toBe('rights');
    expect(await take(li, 'reported', 0, body({ said: 'of the other district' }))).toBe('rights');
    expect(await take(chen, 'checked', 0, body({ sheet }))).toBe('state');
    expect(await take(wu, 'reported', 0, body())).toBe('empty');
    expect(
      await take(
        wu,
        'reported',
        0,
        body({ said: 'done', items: [{ item: 'none', said: '', value: '', upheld: false }] }),
      ),
    ).toBe('form');
    expect(await stands()).toEqual([0, '']);
    expect(await take(all, 'reported', 0, body({ said: 'Pipes were laid.' }))).toBe('done');
    expect(await take(wu, 'reported', 0, body({ said: 'too late' }))).toBe('state');
    expect(await take(all, 'checked', 1, body({ sheet }))).toBe('own');
    expect(await take(chen, 'returned', 1, body())).toBe('form');
    expect(await take(chen, 'checked', 1, body({ sheet }))).toBe('done');
    expect(await take(wu, 'objected', 2, about('', { said: '' }))).toBe('form');
    expect(await take(wu, 'objected', 2, about(''))).toBe('done');
    // More than was taken is not given back, nor is an answer without a reason.
    expect(await take(chen, 'answered', 3, about('40', { upheld: true }))).toBe('form');
    expect(await take(chen, 'answered', 3, about('10', { upheld: true, said: '' }))).toBe('form');
    expect(await take(chen, 'answered', 3, body())).toBe('form');
    expect(await take(chen, 'answered', 3, { ...about('10', { upheld: true }), sheet })).toBe('done');
    expect((await readHearings(store, 'tiny', declared)).get('north')?.restored).toEqual(
      new Map([['water', '10']]),
    );
    expect(await readFinals(store, 'tiny', declared)).toEqual(new Map());
    expect(await take(zhao, 'final', 4, body({ sheet }))).toBe('done');
    expect((await readFinals(store, 'tiny', declared)).get('north')?.sheet.score).toBe(sheet.score);
    expect(await take(zhao, 'reopened', 5, body({ said: 'new values came' }))).toBe('done');
    expect(await readFinals(store, 'tiny', declared)).toEqual(new Map());
    expect((await store.events('tiny', { register: 'examination' })).length).toBe(6);
  });

  test('each step tells whose turn it is, once, and nobody else', async () => {
    const { people } = store;
    for (const [id, role, area] of [
      ['mei', 'checker', 'T1'],
      ['far', 'checker', 'T2'],
      ['rui', 'reporter', 'T1'],
      ['tao', 'approver', '*'],
    ] as const) {
      await people.addPerson({ id, name: id, email: `${id}@tiny.example` }, '2022-01-01T00:00:00Z');
      const given = { city: 'tiny', id: `g-${id}`, person: id, department: '*', givenBy: 'test' };
      await people.grant({ ...given, role, area, givenAt: '2022-01-01T00:00:00Z' });
    }
    const step = { ...context(person('rui', grant('reporter', 'T1'))), people };
    expect(await tellNext(step, 'reported', 1)).toBe(1);
    await tellNext(step, 'reported', 1);
    expect(await tellNext({ ...step, person: chen }, 'checked', 2)).toBe(2);
    const told = async (id: string) => (await people.notices('tiny', id)).map(({ body: { en } }) => en);
    expect(await told('mei')).toEqual(['North has reported on itself for “Green”: to be checked']);
    expect(await told('far')).toEqual([]);
    expect(await told('tao')).toHaveLength(1);
    expect(await told('rui')).toHaveLength(1);
  });

  test('two who act at once: one is done, the other is told, nothing is lost', async () => {
    const both = await Promise.all(['one', 'two'].map((said) => take(wu, 'reported', 6, body({ said }))));
    expect([...both].sort()).toEqual(['done', 'state']);
    expect(await stands()).toEqual([7, 'reported']);
  });

  test('the page shows the score in both languages and leads from a deduction to its figure', async () => {
    const app = createApp({ places: [{ workspace, figures, asOf: 1, store }], store });
    for (const [language, word] of [
      ['en', 'Put in an order'],
      ['zh', '予以排名'],
    ]) {
      const page = await (await app.request(`/${language}/tiny/examination/green/`)).text();
      expect(page).toContain(word);
      expect(page).toContain('41.67');
      const code = north.examination.deductions[0]?.figure ?? '';
      expect(page).toContain(`href="/${language}/tiny/figures/${code}/">−33.33</a>`);
      expect((await app.request(`/${language}/tiny/figures/${code}/`)).status).toBe(200);
    }
    const answer = await app.request('/api/places/tiny/examinations/green');
    expect(await answer.json()).toMatchObject({
      subjects: [{ score: sheet.score, asOf: 1 }, { score: '75' }],
      ranking: {
        fair: true,
        places: [
          { place: 1, subject: 'south' },
          { place: 2, subject: 'north' },
        ],
      },
    });
    expect((await app.request('/api/places/tiny/examinations/none')).status).toBe(404);
  });
});
