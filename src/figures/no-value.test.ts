import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  type FigureKey,
  indicatorSchema,
  type Measure,
  type Observation,
  type Workspace,
} from '../model/index.ts';
import { FigureSet } from './figure-set.ts';
import { recompute } from './recompute.ts';

const both = (text: string) => ({ en: text, zh: text });
type Row = readonly [indicator: string, area: string, period: string, value: string | null, unit: string];

function place(
  definitions: readonly (readonly [string, string, object?])[],
  rows: readonly Row[],
): Workspace {
  return {
    city: {
      modelcity: 1,
      id: 'town',
      name: both('Town'),
      area: 'C',
      languages: ['en', 'zh'],
      areas: [
        { id: 'C', name: both('City'), kind: 'city' },
        { id: 'D1', name: both('One'), kind: 'district', parent: 'C' },
        { id: 'D2', name: both('Two'), kind: 'district', parent: 'C' },
      ],
      sources: [{ id: 'book', title: both('Book'), producer: both('City'), date: '2022', licence: 'facts' }],
      dimensions: [],
    },
    indicators: definitions.map(([id, unit, more]) => ({
      ...indicatorSchema.parse({ id, name: both(id), unit: 't', ...more }),
      unit,
    })),
    observations: rows.map(
      ([indicator, area, period, value, unit]): Observation => ({
        indicator,
        area,
        period,
        breakdown: {},
        value,
        unit,
        status: value === null ? 'O' : 'A',
        reason: null,
        qualifier: null,
        source: 'book',
        locator: 'p. 1',
        ref: null,
        note: null,
      }),
    ),
    targets: [],
    claims: [],
    frameworks: [],
    plans: [],
    reviews: [],
  };
}

const at = (period = '2020'): Measure => ({ kind: 'value', period });
const between = (kind: 'absolute' | 'relative' | 'points' | 'growth' | 'mean'): Measure => ({
  kind,
  from: '2015',
  to: '2020',
});
type Declared = [definitions: readonly (readonly [string, string, object?])[], rows: readonly Row[]];
const formula = (text: string, rows: readonly Row[] = [], unit = 't'): Declared => [
  [
    ['x', unit, { formula: text }],
    ['a', 't'],
    ['b', '{person}'],
  ],
  rows,
];

/** One failure: what is declared and reported, the measure asked for, and the reason that a reader is told. */
const failures: readonly [reason: string, declared: Declared, measure: Measure, more?: Partial<FigureKey>][] =
  [
    ['there is no indicator x', [[], []], at()],
    [
      'there is no indicator y',
      [[['x', 't']], [['x', 'C', '2020', '1', 't']]],
      { kind: 'share', period: '2020', of: 'y' },
    ],
    ['nonsense is not a unit', [[['x', 'nonsense']], []], at()],
    ['nonsense is not a unit', [[['x', 't']], [['x', 'C', '2020', '1', 'nonsense']]], at()],
    ['x is not reported for City, 2020', [[['x', 't']], []], at()],
    ['x: not reported', [[['x', 't']], [['x', 'C', '2020', null, 't']]], at()],
    [
      '1 of 2 areas have not reported',
      [[['x', 't', { rollup: 'sum' }]], [['x', 'D1', '2020', '1', 't']]],
      at(),
    ],
    ['the formula of x leads back to itself', formula('x + 1'), at()],
    ['a definition cannot name a record', formula('#0'), at()],
    ['previous() needs a yearly period', formula('previous(a)'), at('2020-Q1')],
    ['there is no dimension sex', formula('total(a, sex)'), at()],
    ['the divisor is zero', formula('a / (a - a)', [['a', 'C', '2020', '1', 't']]), at()],
    [
      'the formula does not give a value in the unit “%”',
      formula('2 * a', [['a', 'C', '2020', '1', 't']], '%'),
      at(),
    ],
    [
      'the record is in “t”, which does not convert into “%”',
      [[['x', '%']], [['x', 'C', '2020', '1', 't']]],
      at(),
    ],
    [
      'the values are in units that cannot be added or compared',
      formula('a + b', [
        ['a', 'C', '2020', '1', 't'],
        ['b', 'C', '2020', '1', '{person}'],
      ]),
      at(),
    ],
    ['a root is taken of a plain number', formula('root(a, 2)', [['a', 'C', '2020', '4', 't']]), at()],
    [
      'the values have opposite signs: no average growth exists',
      [
        [['x', 't']],
        [
          ['x', 'C', '2015', '1', 't'],
          ['x', 'C', '2020', '-1', 't'],
        ],
      ],
      between('growth'),
    ],
    [
      'the value compared with is zero or negative',
      [
        [['x', 't']],
        [
          ['x', 'C', '2015', '0', 't'],
          ['x', 'C', '2020', '1', 't'],
        ],
      ],
      between('relative'),
    ],
    [
      'percentage points exist only between two shares',
      [
        [['x', 't']],
        [
          ['x', 'C', '2015', '1', 't'],
          ['x', 'C', '2020', '1', 't'],
        ],
      ],
      between('points'),
    ],
    [
      'the change of a share is stated in percentage points',
      [
        [['x', '%']],
        [
          ['x', 'C', '2015', '1', '%'],
          ['x', 'C', '2020', '1', '%'],
        ],
      ],
      between('absolute'),
    ],
    [
      'an average over years needs two years, the later one second',
      [[['x', 't']], [['x', 'C', '2020', '1', 't']]],
      { kind: 'mean', from: '2020', to: '2015' },
    ],
    [
      'the indicator has no better direction, so no rank',
      [[['x', 't']], []],
      { kind: 'rank', period: '2020' },
    ],
    [
      'no other area has a value to compare with',
      [[['x', 't', { direction: 'up' }]], [['x', 'D1', '2020', '1', 't']]],
      { kind: 'rank', period: '2020' },
      { area: 'D1' },
    ],
    [
      'nothing of this kind is listed',
      [[], []],
      { kind: 'count', of: 'cases', goal: null },
      { indicator: 'count' },
    ],
  ];

it.each(failures)('%s', (reason, declared, measure, more = {}) => {
  const figure = new FigureSet(place(...declared), { asOf: 1 }).get({
    city: 'town',
    indicator: 'x',
    area: 'C',
    breakdown: {},
    measure,
    ...more,
  });
  expect(figure).toMatchObject({ value: null, fraction: null, status: 'O', missing: { en: reason } });
  expect(figure.missing?.zh).toMatch(/\p{Script=Han}/u);
  expect(figure.formula.expression).toBe('');
  // A figure without a value is a figure: it can be checked like any other.
  expect(recompute(figure)).toEqual([]);
});

it('every reason that the code can give has its figure here, or cannot be met by one', () => {
  /** Met only by an expression that was changed after binding, or by a count taken for a series. */
  const guards = [
    'record # is not there',
    ' is not bound to a record',
    '() of nothing',
    '() must be bound before it is computed',
    'a count has no series',
    // Of registers' records: derived.test.ts.
    ': no records',
  ];
  const texts = readdirSync(new URL('.', import.meta.url))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
    .flatMap((text) => [...text.matchAll(/NoValue\(\s*\{\s*en: (?:'([^']+)'|`([^`]+)`)/g)])
    .map(([, plain = '', filled = '']) => (plain + filled).replace(/\$\{[^}]*\}/g, '…'));
  expect(texts.length).toBeGreaterThan(20);
  const met = (text: string): boolean => {
    const parts = text.split('…');
    return failures.some(([reason]) => parts.every((part) => reason.includes(part)));
  };
  const open = texts.filter((text) => !met(text) && !guards.includes(text.replaceAll('…', '')));
  expect(open).toEqual([]);
});
