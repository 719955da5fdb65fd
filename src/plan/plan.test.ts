import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  areaSchema,
  decimal,
  indicatorSchema,
  type Observation,
  type Plan,
  planSchema,
} from '../model/index.ts';
import {
  areaParts,
  branchesOf,
  type Criterion,
  decompositions,
  departmentParts,
  earnedValue,
  examine,
  isFairRanking,
  planChanges,
  planTree,
  requiredPath,
  type Score,
  type StagedTarget,
  selectProjects,
  standingOf,
  unassigned,
} from './index.ts';

const shenyang: Plan = planSchema.parse(
  parse(readFileSync(new URL('../../examples/shenyang/plan.yaml', import.meta.url), 'utf8')),
);

const value = (period: string, text: string, more: Partial<Observation> = {}): Observation => ({
  indicator: 'x',
  area: 'T',
  period,
  breakdown: {},
  value: text,
  unit: '%',
  status: 'A',
  reason: null,
  qualifier: null,
  source: 's',
  locator: 'l',
  ref: null,
  note: null,
  ...more,
});
const target = (period: string, text: string | null, more: Partial<StagedTarget> = {}): StagedTarget => ({
  indicator: 'x',
  period,
  comparator: '>=',
  value: text,
  unit: '%',
  ...more,
});

describe('the tree', () => {
  test('Shenyang’s plan is one tree of 135 commitments with stages at 2012, 2015 and 2020', () => {
    const { roots, findings } = planTree(shenyang);
    expect(findings).toEqual([]);
    const all = [...branchesOf(roots)];
    expect(all).toHaveLength(shenyang.commitments.length);
    const years = new Set(all.flatMap(({ commitment }) => commitment.targets.map(({ period }) => period)));
    for (const year of ['2012', '2015', '2020']) expect(years).toContain(year);
  });

  test('a commitment below itself, or below nothing, is told and still shown', () => {
    const [first] = shenyang.commitments;
    if (first === undefined) throw new Error('the plan is not empty');
    const plan: Plan = {
      ...shenyang,
      commitments: [
        { ...first, id: 'a', parent: 'b' },
        { ...first, id: 'b', parent: 'a' },
        { ...first, id: 'c', parent: 'gone' },
      ],
    };
    const { roots, findings } = planTree(plan);
    expect(roots.map(({ commitment }) => commitment.id)).toEqual(['a', 'b', 'c']);
    expect(findings.map(({ rule }) => rule)).toEqual(['plan.parent', 'plan.parent', 'plan.parent']);
  });

  test('versions: what was promised and what is promised now', () => {
    const [first, second, ...rest] = shenyang.commitments;
    if (first === undefined || second === undefined) throw new Error('the plan is not empty');
    const after: Plan = {
      ...shenyang,
      commitments: [{ ...first, due: '2025' }, ...rest, { ...second, id: 'new' }],
    };
    const changes = planChanges(shenyang, after);
    expect(changes.map(({ kind, commitment }) => `${kind} ${commitment.id}`)).toEqual([
      `changed ${first.id}`,
      'added new',
      `dropped ${second.id}`,
    ]);
    expect(changes[0]).toMatchObject({ fields: [{ field: 'due', was: '2020', is: '2025' }] });
    expect(planChanges(shenyang, shenyang)).toEqual([]);
  });
});

describe('shared out', () => {
  const areas = [
    { id: 'T', kind: 'city' },
    { id: 'T1', kind: 'district', parent: 'T' },
    { id: 'T2', kind: 'district', parent: 'T' },
    { id: 'T1a', kind: 'town', parent: 'T1' },
  ].map((area) => areaSchema.parse({ ...area, name: { en: area.id, zh: area.id } }));
  const indicators = new Map(
    [
      { id: 'x', name: { en: 'x', zh: 'x' }, unit: 't', rollup: 'sum' },
      { id: 'y', name: { en: 'y', zh: 'y' }, unit: '%' },
    ].map((each) => [each.id, indicatorSchema.parse(each)]),
  );
  const promise = (id: string, value: string, more: object = {}, of = 'x') => ({
    id,
    kind: 'task',
    name: { en: id, zh: id },
    targets: [{ indicator: of, period: '2015', value, unit: of === 'x' ? 't' : '%' }],
    ...more,
  });
  const plan = (...commitments: readonly object[]): Plan =>
    planSchema.parse({ id: 'p', name: { en: 'P', zh: 'P' }, source: 's', commitments });

  test('districts and their towns, each level against the one above it', () => {
    const found = areaParts(
      plan(
        promise('whole', '100'),
        promise('again', '100'),
        promise('north', '60.5', { area: 'T1' }),
        promise('town', '61', { area: 'T1a' }),
        promise('gone', '39.5', { area: 'T2', withdrawn: { on: '2013-01-01', reason: 'r' } }),
      ),
      areas,
      'T',
      indicators,
      [],
    );
    expect(
      found.map(({ area, whole, assigned, gap, without }) => ({ area, whole, assigned, gap, without })),
    ).toEqual([
      { area: 'T', whole: '100', assigned: '60.5', gap: '39.5', without: ['T2'] },
      { area: 'T1', whole: '60.5', assigned: '61', gap: '-0.5', without: [] },
    ]);
  });

  test('departments share a quantity, not a percentage', () => {
    const shared = (of: string) =>
      departmentParts(
        plan(
          promise('whole', '10', {}, of),
          promise('a', '4', { department: 'water' }, of),
          promise('b', '6', { department: 'energy' }, of),
        ),
        'T',
        indicators,
      ).map(({ assigned, gap, parts }) => [assigned, gap, parts.length]);
    expect(shared('x')).toEqual([['10', '0', 2]]);
    expect(shared('y')).toEqual([[null, null, 2]]);
  });

  test('what nobody below has taken a part of is named', () => {
    const open = (...more: readonly object[]) =>
      unassigned(plan(promise('whole', '100'), ...more), areas, 'T').map(({ commitment }) => commitment);
    expect(open()).toEqual(['whole']);
    expect(open(promise('north', '1', { area: 'T1' }))).toEqual(['north']);
    expect(open(promise('d', '1', { department: 'water' }))).toEqual([]);
  });
});

describe('standing against the required path', () => {
  test('the path is exact: a third of the way is a third', () => {
    expect(
      requiredPath([{ year: 2009, value: '10' }], [target('2012', '11'), target('2015', '14')], 2009),
    ).toEqual([
      { year: 2009, value: '10' },
      { year: 2010, value: '10.33333333333333333333333333333333' },
      { year: 2011, value: '10.66666666666666666666666666666667' },
      { year: 2012, value: '11' },
      { year: 2013, value: '12' },
      { year: 2014, value: '13' },
      { year: 2015, value: '14' },
    ]);
  });
  test.each([
    ['met', [value('2010', '50'), value('2015', '60')], target('2015', '60')],
    ['missed', [value('2015', '59.9')], target('2015', '60')],
    ['on-track', [value('2010', '50'), value('2012', '54')], target('2015', '60')],
    ['behind', [value('2010', '50'), value('2012', '53.9')], target('2015', '60')],
    ['on-track', [value('2010', '50'), value('2012', '46')], target('2015', '40', { comparator: '<=' })],
    ['not-reported', [], target('2015', '60')],
    ['not-reported', [value('2012', '54', { unit: 't' })], target('2015', '60')],
    ['no-number', [value('2012', '54')], target('2015', null)],
  ] as const)('%s', (kind, series, aim) => {
    expect(standingOf(aim, series, [], 2010).kind).toBe(kind);
  });
  test('the chance of reaching it needs three values and falls with the target', () => {
    const series = [value('2010', '50'), value('2011', '52.1'), value('2012', '53.9'), value('2013', '56')];
    const chance = (aim: string) => standingOf(target('2015', aim), series, [], 2010).reaches ?? -1;
    expect(chance('59')).toBeGreaterThan(0.9);
    expect(chance('61')).toBeLessThan(0.1);
    expect(standingOf(target('2015', '60'), series.slice(0, 2), [], 2010).reaches).toBeNull();
  });
});

describe('decomposition to districts', () => {
  const areas = [
    ['T', undefined],
    ['T1', 'T'],
    ['T2', 'T'],
    ['T3', 'T'],
  ].map(([id, parent]) =>
    areaSchema.parse({
      id,
      name: { en: id, zh: id },
      kind: 'district',
      ...(parent === undefined ? {} : { parent }),
    }),
  );
  const of = (rollup: unknown, ...parts: readonly (readonly [string, string])[]) =>
    decompositions(
      [target('2015', '100', { area: 'T' }), ...parts.map(([area, text]) => target('2015', text, { area }))],
      areas,
      new Map([['x', indicatorSchema.parse({ id: 'x', name: { en: 'x', zh: 'x' }, unit: '%', rollup })]]),
      [
        ['T1', '1'],
        ['T2', '1'],
        ['T3', '2'],
      ].map(([area = '', text = '']) => value('2014', text, { indicator: 'w', area })),
      'T',
    )[0];
  test('a sum says what nobody has taken on, to the last digit', () => {
    expect(of('sum', ['T1', '33.3'], ['T2', '33.35'])).toMatchObject({
      assigned: '66.65',
      gap: '33.35',
      without: ['T3'],
    });
    expect(of('sum', ['T1', '50'], ['T2', '40'], ['T3', '20'])).toMatchObject({ gap: '-10', without: [] });
  });
  test('what two commitments promise alike is one sum; another value is another', () => {
    const sums = decompositions(
      [
        ...['100', '100.0', '90'].map((text) => target('2015', text, { area: 'T' })),
        target('2015', '60', { area: 'T1' }),
      ],
      areas,
      new Map([
        ['x', indicatorSchema.parse({ id: 'x', name: { en: 'x', zh: 'x' }, unit: '%', rollup: 'sum' })],
      ]),
      [],
      'T',
    );
    expect(sums.map(({ whole, gap }) => [whole, gap])).toEqual([
      ['100', '40'],
      ['90', '30'],
    ]);
  });
  test('a weighted mean needs every part and its weight', () => {
    expect(of({ weightedBy: 'w' }, ['T1', '90'], ['T2', '100'])).toMatchObject({
      assigned: null,
      why: 'not-all',
    });
    expect(of({ weightedBy: 'w' }, ['T1', '90'], ['T2', '100'], ['T3', '103'])).toMatchObject({
      assigned: '99',
      gap: '1',
    });
    expect(of({ weightedBy: 'other' }, ['T1', '90'], ['T2', '100'], ['T3', '103'])).toMatchObject({
      why: 'no-weights',
    });
    expect(of('none', ['T1', '90'])).toMatchObject({ assigned: null, why: 'no-rollup' });
  });
  test('parts that add up leave no gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10000 }), fc.integer({ min: 0, max: 10000 }), (a, b) => {
        const [one, two, three] = [a, b, 10000 - a - b].map(
          (cents) =>
            `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`,
        );
        expect(of('sum', ['T1', one ?? ''], ['T2', two ?? ''], ['T3', three ?? ''])?.gap).toBe('0');
      }),
    );
  });
});

describe('selecting projects', () => {
  const criteria: readonly Criterion[] = [
    { id: 'effect', weight: '50', most: '10', least: '4' },
    { id: 'ready', weight: '30', most: '10' },
    { id: 'money', weight: '20', most: '5' },
  ];
  const panel = ['lin', 'he', 'gao', 'su', 'tan'];
  /** 200 candidates with scores from a fixed sequence. */
  const candidates = Array.from({ length: 200 }, (_, at) => `p${String(at + 1).padStart(3, '0')}`);
  const scores: readonly Score[] = candidates.flatMap((candidate, at) =>
    panel.flatMap((member, who) =>
      criteria.map(({ id, most }, which) => ({
        member,
        candidate,
        criterion: id,
        score: String((((at * 7919 + who * 104729 + which * 1299709) % 97) * Number(most)) / 96).slice(0, 6),
      })),
    ),
  );
  const conflicts = [{ member: 'lin', candidate: 'p001', reason: 'sits on its board' }];

  test('27 of 200, each with its reasons; a declared conflict takes a member’s scores out', () => {
    const { ranked, chosen, tied } = selectProjects(candidates, criteria, scores, conflicts, 27);
    expect(ranked).toHaveLength(200);
    expect(tied).toEqual([]);
    expect(chosen).toHaveLength(27);
    const totals = new Map(ranked.map((each) => [each.candidate, each]));
    const worst = Math.min(...chosen.map((id) => Number(totals.get(id)?.total)));
    for (const each of ranked) {
      if (each.decision === 'reserve') expect(Number(each.total)).toBeLessThanOrEqual(worst);
      if (each.decision === 'shut-out')
        expect(each.reasons.some(({ kind }) => kind === 'below-least')).toBe(true);
      expect(each.reasons.length).toBeGreaterThan(0);
    }
    expect(totals.get('p001')?.scores.map(({ members }) => members)).toEqual([4, 4, 4]);
    const swayed = scores.map((each) =>
      each.member === 'lin' && each.candidate === 'p001' ? { ...each, score: '0' } : each,
    );
    expect(selectProjects(candidates, criteria, swayed, conflicts, 27)).toEqual(
      selectProjects(candidates, criteria, scores, conflicts, 27),
    );
  });
  test('the order of names decides nothing: a tie for the last place is left to the panel', () => {
    const equal = ['a', 'b', 'c'].flatMap((candidate) =>
      panel.flatMap((member) => criteria.map(({ id }) => ({ member, candidate, criterion: id, score: '4' }))),
    );
    expect(selectProjects(['a', 'b', 'c'], criteria, equal, [], 2)).toMatchObject({
      chosen: [],
      tied: ['a', 'b', 'c'],
    });
  });
  test('too few members is no judgement', () => {
    const few = scores.filter(({ member }) => member === 'lin' || member === 'he');
    expect(
      selectProjects(candidates, criteria, few, [], 27).ranked.every(
        ({ decision }) => decision === 'not-judged',
      ),
    ).toBe(true);
  });
});

test('earned value counts accepted milestones and nothing typed in', () => {
  const milestones = [
    { id: 'a', due: '2012-06-30', budget: '100.10', accepted: '2012-08-01' },
    { id: 'b', due: '2012-12-31', budget: '200.20', accepted: null },
  ];
  expect(earnedValue(milestones, [{ day: '2012-07-01', amount: '120' }], '2013-01-01').at(-1)).toEqual({
    day: '2013-01-01',
    planned: '300.3',
    earned: '100.1',
    spent: '120',
  });
});

describe('examination', () => {
  const items = [
    { id: 'air', points: decimal('30'), rule: { kind: 'share', target: '300', zero: '200' } },
    {
      id: 'water',
      points: decimal('20'),
      rule: { kind: 'reach', target: '0.68', comparator: '<=' },
    },
    { id: 'incidents', points: decimal('10'), rule: { kind: 'each', off: '40' } },
  ] as const;
  test('every deduction points to a figure; what is not reported is not zero', () => {
    expect(
      examine(items, [
        { item: 'air', figure: 'AAAAAAA', value: '250' },
        { item: 'water', figure: 'BBBBBBB', value: '0.69' },
        { item: 'incidents', figure: 'CCCCCCC', value: '3' },
      ]),
    ).toMatchObject({
      score: '25',
      deductions: [
        { item: 'air', figure: 'AAAAAAA', off: '15' },
        { item: 'water', figure: 'BBBBBBB', off: '20' },
        { item: 'incidents', figure: 'CCCCCCC', off: '10' },
      ],
    });
    expect(
      examine(items, [
        { item: 'air', figure: 'A', value: '400' },
        { item: 'water', figure: 'B', value: null },
      ]),
    ).toMatchObject({ score: '100', notJudged: ['water', 'incidents'] });
    expect(examine(items, []).score).toBeNull();
  });
  test('a ranking is fair when the same items were judged', () => {
    const [whole, part] = [examine(items, [{ item: 'air', figure: 'A', value: '1' }]), examine(items, [])];
    expect(isFairRanking([whole, whole])).toBe(true);
    expect(isFairRanking([whole, part])).toBe(false);
  });
});
