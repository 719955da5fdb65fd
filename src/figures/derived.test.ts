import { describe, expect, it } from 'vitest';
import { type Contribution, citySchema, type DerivedCell, type Workspace } from '../model/index.ts';
import { figureRoot } from './figure-root.ts';
import { FigureSet } from './figure-set.ts';
import { recompute } from './recompute.ts';

const both = (text: string) => ({ en: text, zh: text });
const city = citySchema.parse({
  modelcity: 1,
  id: 'shanghai',
  name: both('Shanghai'),
  area: '310000',
  languages: ['en', 'zh'],
  areas: [
    { id: '310000', name: both('Shanghai'), kind: 'city' },
    { id: '310117', name: both('Songjiang'), kind: 'district', parent: '310000' },
    { id: '310120', name: both('Fengxian'), kind: 'district', parent: '310000' },
  ],
  sources: [
    {
      id: 'register.waste',
      title: both('Waste'),
      producer: both('City'),
      date: 'undated',
      licence: 'public',
    },
  ],
});

const record = (name: string, quantity: string, unit = 't'): Contribution => ({
  record: `flow/310117/${name}`,
  role: 'term',
  quantity,
  unit,
  status: 'A',
  source: 'register.waste',
  locator: name,
});

function figuresWith(cells: readonly DerivedCell[]): FigureSet {
  const workspace: Workspace = {
    city,
    observations: [],
    targets: [],
    claims: [],
    frameworks: [],
    plans: [],
    reviews: [],
    indicators: [
      {
        id: 'sorted_share',
        version: 1,
        name: { en: 'Sorted share', zh: '分类占比' },
        unit: '%',
        rollup: 'none',
        direction: 'up',
        nature: 'ratio',
        goals: [],
        targets: [],
        key: false,
      },
    ],
    derived: { indicators: ['sorted_share'], cells, official: {} },
  };
  return new FigureSet(workspace, { asOf: 7 });
}

const key = (period: string) => ({
  city: 'shanghai',
  indicator: 'sorted_share',
  area: '310000',
  breakdown: {},
  measure: { kind: 'value', period } as const,
});

describe('a figure from records of a register', () => {
  const cell: DerivedCell = {
    indicator: 'sorted_share',
    area: '310000',
    period: '2019',
    numerator: [record('a', '1'), record('b', '2')],
    denominator: [record('a', '1'), record('b', '2'), record('c', '6')],
    completeness: { present: 1, expected: 2, missing: ['310120'] },
  };

  it('is the ratio of two sums, with every record once a side, and can be recomputed from itself', () => {
    const figures = figuresWith([cell]);
    const figure = figures.get(key('2019'));
    expect(figure.fraction).toBe('100/3');
    expect(figure.contributions.map(({ record: name, role }) => `${role} ${name}`)).toEqual([
      'num flow/310117/a',
      'num flow/310117/b',
      'den flow/310117/a',
      'den flow/310117/b',
      'den flow/310117/c',
    ]);
    expect(recompute(figure)).toEqual([]);
    expect([...figures.standard()]).toContainEqual(key('2019'));
  });

  it('says which districts have no records, and is an estimate then', () => {
    const figure = figuresWith([cell]).get(key('2019'));
    expect([figure.completeness?.missing, figure.status]).toEqual([['310120'], 'E']);
  });

  it('over very many records is the same number, expression and root as the plain rules give', () => {
    const many = Array.from({ length: 500 }, (_, at) =>
      record(`r${at}`, at % 3 === 0 ? `${at}.25` : at % 3 === 1 ? String(at) : `${at}.5`),
    );
    const figure = figuresWith([
      { ...cell, numerator: [...many, record('kilograms', '1500', 'kg')], denominator: many },
    ]).get(key('2019'));
    // By hand: 0 + … + 499 is 124,750; 167 quarters and 166 halves make 124.75; the 1,500 kg are 1.5 t.
    const [n = 0n, d = 1n] = (figure.fraction ?? '').split('/').map(BigInt);
    expect(n * 12_487_475n).toBe(d * 100n * 12_487_625n);
    expect(figure.formula.expression.slice(0, 14)).toBe('sum(#0, #1, #2');
    expect(figure.root).toBe(figureRoot(figure.contributions));
    expect(recompute(figure)).toEqual([]);
    expect(JSON.parse(JSON.stringify(figure))).toMatchObject({
      root: figure.root,
      formula: { expression: figure.formula.expression },
    });
  });

  it('is zero when nothing counts, and missing without anything to count', () => {
    const none = figuresWith([{ ...cell, numerator: [] }]).get(key('2019'));
    expect([none.value, none.missing]).toEqual(['0', null]);
    expect(recompute(none)).toEqual([]);
    const absent = figuresWith([cell]).get(key('2020'));
    expect([absent.value, absent.missing?.en]).toEqual([
      null,
      'Sorted share is not reported for Shanghai, 2020',
    ]);
  });
});
