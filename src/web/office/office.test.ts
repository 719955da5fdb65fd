import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { FigureSet } from '../../figures/index.ts';
import { exportWorkspace, parseWorkspace } from '../../intake/index.ts';
import type { Workspace } from '../../model/index.ts';
import { type Round, roundSchema } from '../../plan/index.ts';
import type { Store } from '../../store/index.ts';
import type { Grant, Person } from '../who.ts';
import { cellsOfPaste } from './paste.ts';
import { officeTurn } from './remind.ts';
import { readCells } from './round-store.ts';
import { openRound } from './rounds.ts';
import { type GivenCell, type SaveContext, saveCells } from './save-cells.ts';
import { releaseRound, stepCells } from './step-cells.ts';
import { readSheet, writeSheet } from './xlsx.ts';

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
dimensions:
  - id: sex
    name: { en: Sex, zh: 性别 }
    values:
      - { id: f, name: { en: women, zh: 女 } }
      - { id: m, name: { en: men, zh: 男 } }
`,
  'indicators/core.yaml': `- id: population
  name: { en: Population, zh: 人口 }
  unit: "{person}"
  rollup: sum
- id: water
  name: { en: Water used, zh: 用水量 }
  unit: m3
  rollup: sum
- id: water-per-head
  name: { en: Water per head, zh: 人均用水量 }
  unit: m3/{person}
  formula: water / population
`,
  'observations/2021.csv': `indicator,area,period,sex,value,unit,source,locator,status,reason_en
population,T1,2021,,1200,{person},yearbook,table 1,,
population,T1,2021,f,610,{person},yearbook,table 1,,
population,T2,2021,,800,{person},yearbook,table 1,,
water,T1,2021,,96000,m3,yearbook,table 2,,
water,T1,2022,,90000,m3,yearbook,table 2,P,
`,
};
const parsed = parseWorkspace(
  Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })),
);
if (parsed.workspace === null) throw new Error(JSON.stringify(parsed.findings));
const workspace: Workspace = parsed.workspace;

const round: Round = roundSchema.parse({
  id: 'r2022',
  name: { en: 'Round 2022', zh: '2022年填报' },
  theme: { en: 'Water', zh: '水' },
  period: '2022',
  goals: ['6'],
  areas: ['T1', 'T2'],
  departments: [
    { id: 'statistics', name: { en: 'Statistics', zh: '统计局' } },
    { id: 'water', name: { en: 'Water', zh: '水务局' } },
  ],
  asked: [
    { indicator: 'water-per-head', department: 'water', reason: 'the theme of the year' },
    { indicator: 'population', department: 'statistics', reason: 'what rates are divided by' },
  ],
  calendar: { opens: '2023-01-01', due: '2023-02-01', check: '2023-02-15', approve: '2023-03-01' },
  release: '2023-04-01T01:00:00Z',
});

const person = (name: string, ...grants: readonly Grant[]): Person => ({ id: name, name, grants });
const grant = (role: Grant['role'], area: string, department = '*'): Grant => ({ role, area, department });
const wu = person('wu', grant('reporter', 'T1', 'water'));
const li = person('li', grant('reporter', 'T1', '*'), grant('reporter', 'T2', 'statistics'));
const chen = person('chen', grant('checker', '*'), grant('reporter', '*'));
const zhao = person('zhao', grant('approver', '*'));
const pu = person('pu', grant('publisher', '*'));

describe.each(testEngines)('a round on $name', (engine) => {
  let store: Store;
  let now = new Date('2023-01-10T08:00:00Z');
  beforeAll(async () => {
    store = await (await engine.place()).open();
    await store.submit({
      city: 'tiny',
      kind: 'workspace',
      agent: 'test',
      received: now.toISOString(),
      files: exportWorkspace(workspace),
      workspace,
    });
    expect((await openRound(store, 'tiny', 'T', pu, now, round)).outcome).toBe('stored');
  });
  afterAll(() => store.close());

  const as = (who: Person, over: Partial<SaveContext> = {}): SaveContext => ({
    store,
    city: 'tiny',
    round,
    workspace,
    person: who,
    now,
    language: 'en',
    ...over,
  });
  const cell = (
    area: string,
    department: string,
    indicator: string,
    value: string,
    expected = 0,
    more: Partial<GivenCell> = {},
  ): GivenCell => ({
    area,
    department,
    indicator,
    breakdown: '',
    value,
    reason: '',
    note: '',
    expected,
    ...more,
  });
  const stands = async (indicator: string, area: string) =>
    (await readCells(store, 'tiny', round, workspace)).find(
      (each) => each.indicator === indicator && each.area === area && each.breakdown === '',
    )?.now;

  test('a computed indicator asks for what its formula needs, a breakdown where there was one', async () => {
    expect(
      (await readCells(store, 'tiny', round, workspace)).map(
        ({ area, department, indicator, breakdown }) => `${area} ${department} ${indicator} ${breakdown}`,
      ),
    ).toEqual([
      'T1 statistics population ',
      'T1 statistics population sex=f',
      'T1 water water ',
      'T2 statistics population ',
      'T2 water water ',
    ]);
  });

  test('a department saves its own cells; those of others are refused', async () => {
    const results = await saveCells(
      as(wu),
      [
        cell('T1', 'water', 'water', '91000'),
        cell('T1', 'statistics', 'population', '1'),
        cell('T2', 'water', 'water', '1'),
      ],
      'save-0001',
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(['saved', 'refused', 'refused']);
    expect((await stands('population', 'T1'))?.seq).toBe(0);
  });

  test('two write one cell: the second is shown the first, and loses nothing', async () => {
    const [mine] = await saveCells(as(li), [cell('T1', 'water', 'water', '92000')], 'save-0002');
    expect(mine).toMatchObject({ outcome: 'conflict', seq: 1, theirs: { value: '91000', enteredBy: 'wu' } });
    expect((await stands('water', 'T1'))?.value).toBe('91000');
    const [again] = await saveCells(as(li), [cell('T1', 'water', 'water', '92000', 1)], 'save-0003');
    expect(again).toMatchObject({ outcome: 'saved', seq: 2 });
  });

  test('a save that is sent again after a broken connection finds its own work', async () => {
    const before = (await store.cities())[0]?.head;
    const [again] = await saveCells(as(li), [cell('T1', 'water', 'water', '92000', 1)], 'save-0003');
    expect(again).toMatchObject({ outcome: 'saved', seq: 2 });
    expect((await store.cities())[0]?.head).toBe(before);
  });

  test('many at once: one of them is stored, the others see it', async () => {
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        saveCells(as(li), [cell('T2', 'statistics', 'population', String(801 + at))], `save-many-${at}`),
      ),
    );
    const outcomes = results.flat().map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(7);
  });

  test.each([
    ['12,5', 'data.text'],
    ['=1+1', 'data.text'],
    ['about 3', 'data.text'],
  ])('%s is no value', async (value, rule) => {
    const [result] = await saveCells(as(li), [cell('T1', 'statistics', 'population', value)], 'save-bad1');
    expect(result).toMatchObject({ outcome: 'refused', why: 'value' });
    expect(
      result !== undefined && 'findings' in result ? result.findings.map((each) => each.rule) : [],
    ).toContain(rule);
  });

  test('submit, check, return, approve: each by its role, and nobody checks what they entered', async () => {
    await saveCells(
      as(li),
      [
        cell('T1', 'statistics', 'population', '1210'),
        cell('T1', 'statistics', 'population', '', 0, {
          breakdown: 'sex=f',
          reason: 'not broken down this year',
        }),
      ],
      'save-0004',
    );
    const cells = async () => readCells(store, 'tiny', round, workspace);
    const empty = await stepCells(as(chen), await cells(), 'submitted');
    expect(empty.left.map(({ why }) => why)).toContain('state');
    expect((await stands('population', 'T2'))?.state).toBe('submitted');
    expect(
      (await saveCells(as(li), [cell('T2', 'statistics', 'population', '1', 2)], 'save-0005'))[0],
    ).toMatchObject({ outcome: 'refused', why: 'closed' });
    expect((await stepCells(as(wu), await cells(), 'checked')).done).toEqual([]);

    const own = person('li', grant('checker', '*'));
    expect((await stepCells(as(own), await cells(), 'checked')).left.map(({ why }) => why)).toContain('own');
    const one = (await cells()).filter(
      ({ indicator, breakdown }) => indicator === 'water' && breakdown === '',
    );
    const back = await stepCells(as(chen), one, 'returned', 'in m3, please');
    expect(back.done.map(({ area }) => area)).toEqual(['T1']);
    expect(await stands('water', 'T1')).toMatchObject({ state: 'returned', said: 'in m3, please' });
    expect(
      (await saveCells(as(wu), [cell('T1', 'water', 'water', '91500', 4)], 'save-0006'))[0],
    ).toMatchObject({ outcome: 'saved' });
    await stepCells(as(wu), await cells(), 'submitted');
    await stepCells(as(chen), await cells(), 'checked');
    const { done } = await stepCells(as(zhao), await cells(), 'approved');
    expect(done).toHaveLength(4);
  });

  test('nothing is public before the embargo is over; then figures follow, with the round as their source', async () => {
    const figure = async () => {
      const fresh = await store.workspace('tiny');
      if (fresh === null) throw new Error('loaded above');
      return { fresh, set: new FigureSet(fresh, { asOf: (await store.cities())[0]?.head ?? 0 }) };
    };
    const key = {
      city: 'tiny',
      indicator: 'water-per-head',
      area: 'T1',
      breakdown: {},
      measure: { kind: 'value', period: '2022' },
    } as const;
    expect(
      (await figure()).fresh.observations.find(
        ({ indicator, area, period }) => `${indicator} ${area} ${period}` === 'water T1 2022',
      )?.value,
    ).toBe('90000');
    expect(await releaseRound(as(pu))).toBe('embargo');
    now = new Date('2023-04-01T01:00:00Z');
    const said = await Promise.all(
      [1, 2].map(() =>
        officeTurn({
          store,
          people: store.people,
          places: () => [{ city: 'tiny', place: { workspace } }],
          now,
        }),
      ),
    );
    expect(said.flat().length).toBeGreaterThan(0);
    const { fresh, set } = await figure();
    const water = fresh.observations.find(
      ({ indicator, area, period }) => `${indicator} ${area} ${period}` === 'water T1 2022',
    );
    expect(water).toMatchObject({ value: '91500', status: 'P', source: 'round-r2022' });
    expect(fresh.city.sources.map(({ id }) => id)).toContain('round-r2022');
    // 91,500 m3 among 1,210 people, to the last digit.
    expect(set.get(key)).toMatchObject({
      value: expect.stringMatching(/^75\.6198347107438016528925619834710/),
    });
    const women = fresh.observations.find(
      ({ breakdown, period }) => breakdown.sex === 'f' && period === '2022',
    );
    expect(women).toMatchObject({ value: null, status: 'O', reason: { en: 'not broken down this year' } });
  });

  test('provisional becomes final after the release, as a correction that names what it corrects', async () => {
    const cells = await readCells(store, 'tiny', round, workspace);
    expect((await stepCells(as(person('z2', grant('approver', 'T1'))), cells, 'final')).done).toEqual([]);
    expect((await stepCells(as(zhao), cells, 'final')).done).toHaveLength(4);
    const versions = await store.history('tiny', 'observation/T1/water/2022/');
    expect(versions.map(({ content }) => (content as { status: string; value: string }).status)).toEqual([
      'P',
      'P',
      'A',
    ]);
  });

  test('a workspace that is loaded again leaves the round and its source', async () => {
    const shorter = { ...workspace, claims: [], observations: workspace.observations.slice(1) };
    await store.submit({
      city: 'tiny',
      kind: 'workspace',
      agent: 'test',
      received: now.toISOString(),
      files: exportWorkspace(shorter),
      workspace: shorter,
    });
    const after = await store.workspace('tiny');
    expect(after?.city.sources.map(({ id }) => id)).toEqual(['round-r2022', 'yearbook']);
    expect(
      (await readCells(store, 'tiny', round, workspace)).some((each) => each.now.state === 'final'),
    ).toBe(true);
  });

  test('a sheet goes out as XLSX and comes in with every digit', async () => {
    const cells = await readCells(store, 'tiny', round, workspace);
    const bytes = await writeSheet(cells, () => '=HYPERLINK("http://evil.example")');
    const rows = await readSheet(bytes);
    if (typeof rows === 'string') throw new Error(rows);
    expect(
      rows.map(({ area, indicator, breakdown, value, reason, expected }) => ({
        area,
        indicator,
        breakdown,
        value,
        reason,
        expected,
      })),
    ).toEqual(
      cells.map(({ area, indicator, breakdown, now: state }) => ({
        area,
        indicator,
        breakdown,
        value: state.value,
        reason: state.reason,
        expected: state.seq,
      })),
    );
    expect(await readSheet(Buffer.from('PK no archive'))).toBe('unreadable');
    expect(await readSheet(new Uint8Array(6_000_000))).toBe('too-large');
  });

  test('the clock releases a round once', async () => {
    const people = store.people;
    const none = await officeTurn({
      store,
      people,
      places: () => [{ city: 'tiny', place: { workspace } }],
      now,
    });
    expect(none).toEqual([]);
  });
});

test('a pasted block fills cells to the right and below', () => {
  expect(cellsOfPaste('1\t"a\tb"\r\n2\tc\td\te\n', 'value')).toEqual([
    { row: 0, part: 'value', text: '1' },
    { row: 0, part: 'reason', text: 'a\tb' },
    { row: 1, part: 'value', text: '2' },
    { row: 1, part: 'reason', text: 'c' },
    { row: 1, part: 'note', text: 'd' },
  ]);
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.stringMatching(/^[a-z0-9.]{1,6}$/), { minLength: 1, maxLength: 3 }), {
        minLength: 1,
        maxLength: 6,
      }),
      (block) => {
        const pasted = cellsOfPaste(block.map((row) => row.join('\t')).join('\n'), 'value');
        expect(pasted.map(({ text }) => text)).toEqual(block.flat());
      },
    ),
  );
});
