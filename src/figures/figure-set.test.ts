import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decimal,
  type Figure,
  indicatorSchema,
  type Measure,
  type Observation,
  toFixed,
  type Workspace,
} from '../model/index.ts';
import { readFigureCode } from './figure-code.ts';
import { FigureSet } from './figure-set.ts';
import { recompute } from './recompute.ts';

type Row = readonly [
  indicator: string,
  area: string,
  period: string,
  value: string | null,
  unit: string,
  breakdown?: Record<string, string>,
];

const name = (text: string) => ({ en: text, zh: text });

function observation([indicator, area, period, value, unit, breakdown = {}]: Row): Observation {
  return {
    indicator,
    area,
    period,
    breakdown,
    value,
    unit,
    status: value === null ? 'O' : 'A',
    reason: value === null ? name('the chart is an image in the source') : null,
    qualifier: null,
    source: 'review-2022',
    locator: 'line 1',
    ref: null,
    note: null,
  };
}

function workspace(indicators: readonly unknown[], rows: readonly Row[]): Workspace {
  return {
    city: {
      modelcity: 1,
      id: 'shanghai',
      name: name('Shanghai'),
      area: 'C',
      languages: ['en', 'zh'],
      areas: [
        { id: 'C', name: name('City'), kind: 'city' },
        { id: 'D1', name: name('One'), kind: 'district', parent: 'C' },
        { id: 'D2', name: name('Two'), kind: 'district', parent: 'C' },
        { id: 'D3', name: name('Three'), kind: 'district', parent: 'C' },
      ],
      sources: [
        { id: 'review-2022', title: name('Review'), producer: name('City'), date: '2022', licence: 'facts' },
      ],
      dimensions: [
        {
          id: 'class',
          name: name('class'),
          values: [
            { id: 'wet', name: name('wet') },
            { id: 'dry', name: name('dry') },
          ],
        },
      ],
    },
    indicators: indicators.map((each) => indicatorSchema.parse(each)),
    observations: rows.map(observation),
    targets: [],
    claims: [],
    frameworks: [],
    plans: [],
    reviews: [],
  };
}

const simple = (id: string, unit: string, more: object = {}) => ({ id, name: name(id), unit, ...more });

function figureOf(place: Workspace, indicator: string, measure: Measure, area = 'C', breakdown = {}): Figure {
  return new FigureSet(place, { asOf: 1 }).get({ city: 'shanghai', indicator, area, breakdown, measure });
}

const shanghai = workspace(
  [
    simple('energy_per_gdp', 'tce/10*4/CNY'),
    simple('nonfossil', '%'),
    simple('jiading_output', '10*9.CNY'),
    simple('coal', '10*4.tce'),
  ],
  [
    ['energy_per_gdp', 'C', '2015', '0.46', 'tce/10*4/CNY'],
    ['energy_per_gdp', 'C', '2021', '0.28', 'tce/10*4/CNY'],
    ['nonfossil', 'C', '2015', '14.6', '%'],
    ['nonfossil', 'C', '2021', '18.3', '%'],
    ['jiading_output', 'D1', '2016', '5.53', '10*9.CNY'],
    ['jiading_output', 'D1', '2019', '11.33', '10*9.CNY'],
    ['coal', 'C', '2021', null, '10*4.tce'],
    ['coal', 'C', '2020', '12', '10*4.tce'],
  ],
);

describe('a change is a figure', () => {
  it('energy per GDP of Shanghai fell by 39.13 % from 2015 to 2021', () => {
    const figure = figureOf(shanghai, 'energy_per_gdp', { kind: 'relative', from: '2015', to: '2021' });
    expect([toFixed(decimal(figure.value ?? ''), 2), figure.unit, figure.fraction]).toEqual([
      '-39.13',
      '%',
      '-900/23',
    ]);
    expect(figure.formula.expression).toBe('(#1 - #0) / #0');
  });

  it('the non-fossil share rose by 3.7 points, which is no per cent', () => {
    const figure = figureOf(shanghai, 'nonfossil', { kind: 'points', from: '2015', to: '2021' });
    expect([figure.value, figure.unit]).toEqual(['3.7', 'pp']);
    expect(figureOf(shanghai, 'nonfossil', { kind: 'absolute', from: '2015', to: '2021' }).value).toBeNull();
    expect(
      figureOf(shanghai, 'energy_per_gdp', { kind: 'points', from: '2015', to: '2021' }).missing?.en,
    ).toMatch(/only between two shares/);
  });

  it('output of Jiading grew by 27.0 % a year', () => {
    const figure = figureOf(shanghai, 'jiading_output', { kind: 'growth', from: '2016', to: '2019' }, 'D1');
    expect([toFixed(decimal(figure.value ?? ''), 1), figure.unit]).toEqual(['27.0', '%/a']);
  });

  it('a missing value is missing with its reason, never a zero', () => {
    const figure = figureOf(shanghai, 'coal', { kind: 'relative', from: '2020', to: '2021' });
    expect([figure.value, figure.missing?.en]).toEqual([null, 'the chart is an image in the source']);
    expect(figure.contributions.map(({ quantity }) => quantity)).toEqual(['12', null]);
  });

  it('a small reported value keeps the digits that tell it from zero', () => {
    const place = workspace([simple('lead', 'mg/l')], [['lead', 'C', '2021', '0.00012', 'mg/l']]);
    expect(figureOf(place, 'lead', { kind: 'value', period: '2021' })).toMatchObject({
      value: '0.00012',
      decimals: 5,
    });
  });

  it('from zero there is no relative change', () => {
    const place = workspace(
      [simple('stations', '{station}')],
      [
        ['stations', 'C', '2015', '0', '{station}'],
        ['stations', 'C', '2021', '4', '{station}'],
      ],
    );
    expect(figureOf(place, 'stations', { kind: 'relative', from: '2015', to: '2021' }).missing?.en).toMatch(
      /zero or negative/,
    );
    expect(figureOf(place, 'stations', { kind: 'absolute', from: '2015', to: '2021' }).value).toBe('4');
  });
});

describe('a formula', () => {
  const waste = workspace(
    [
      simple('waste', 't/d'),
      simple('sorted', '%', { formula: 'waste{class=wet} / total(waste, class)' }),
      simple('energy', 'tce'),
      simple('gdp', '10*4.CNY'),
      simple('intensity', 'tce/10*4/CNY', { formula: 'energy / gdp' }),
      simple('mixed', 'tce', { formula: 'energy + gdp' }),
    ],
    [
      ['waste', 'C', '2019-09', '14613', 't/d', { class: 'wet' }],
      ['waste', 'C', '2019-09', '15275', 't/d', { class: 'dry' }],
      ['energy', 'C', '2021', '120000', 'tce'],
      ['gdp', 'C', '2021', '0', '10*4.CNY'],
      ['gdp', 'C', '2020', '43.2', '10*8.CNY'],
      ['energy', 'C', '2020', '1200', 'kgce'],
    ],
  );

  it('the sorted share of September 2019 is 48.89 %', () => {
    const figure = figureOf(waste, 'sorted', { kind: 'value', period: '2019-09' });
    expect(toFixed(decimal(figure.value ?? ''), 2)).toBe('48.89');
    expect(figure.contributions.map(({ role }) => role)).toEqual(['num', 'den', 'den']);
  });

  it('converts units and refuses those that do not fit', () => {
    expect(figureOf(waste, 'intensity', { kind: 'value', period: '2020' }).fraction).toBe('1/360000');
    expect(figureOf(waste, 'mixed', { kind: 'value', period: '2020' }).missing?.en).toMatch(
      /cannot be added/,
    );
  });

  it('divided by zero has no value', () => {
    expect(figureOf(waste, 'intensity', { kind: 'value', period: '2021' }).missing?.en).toBe(
      'the divisor is zero',
    );
  });

  it('in a circle is found and never computed', () => {
    const circle = workspace(
      [simple('a', '1', { formula: 'b + 1' }), simple('b', '1', { formula: 'a * 2' })],
      [],
    );
    const set = new FigureSet(circle, { asOf: 1 });
    expect(set.findings.map(({ rule, what }) => [rule, what])).toEqual([
      ['formula.cycle', 'formulas lead back to themselves: a → b → a'],
    ]);
    expect(figureOf(circle, 'a', { kind: 'value', period: '2021' }).value).toBeNull();
  });
});

describe('districts make the city', () => {
  const rows: readonly Row[] = [
    ['people', 'D1', '2021', '100', '{person}'],
    ['people', 'D2', '2021', '300', '{person}'],
    ['people', 'D3', '2021', '600', '{person}'],
    ['share', 'D1', '2021', '10', '%'],
    ['share', 'D2', '2021', '20', '%'],
    ['share', 'D3', '2021', '30', '%'],
  ];
  const definitions = [
    simple('people', '{person}', { rollup: 'sum', direction: 'up' }),
    simple('share', '%', { rollup: { weightedBy: 'people' } }),
  ];

  it('by sum and by weighted mean, with completeness', () => {
    const place = workspace(definitions, rows);
    expect(figureOf(place, 'people', { kind: 'value', period: '2021' })).toMatchObject({
      value: '1000',
      completeness: { present: 3, expected: 3 },
    });
    expect(figureOf(place, 'share', { kind: 'value', period: '2021' }).value).toBe('25');
    expect(figureOf(place, 'people', { kind: 'rank', period: '2021' }, 'D2').value).toBe('2');
  });

  it('a district that has not reported is not a zero', () => {
    const place = workspace(definitions, rows.slice(1));
    expect(figureOf(place, 'people', { kind: 'value', period: '2021' }).missing?.en).toBe(
      '1 of 3 areas have not reported',
    );
    expect(figureOf(place, 'share', { kind: 'value', period: '2021' })).toMatchObject({
      status: 'E',
      completeness: { present: 2, missing: ['D1'] },
    });
  });
});

describe('the order and place of files', () => {
  it('never change a figure or a root', () => {
    const expected = [...new FigureSet(shanghai, { asOf: 1 }).all()];
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...shanghai.observations], { minLength: shanghai.observations.length }),
        (observations) => {
          expect([...new FigureSet({ ...shanghai, observations }, { asOf: 1 }).all()]).toEqual(expected);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('and codes differ between figures', () => {
    const codes = [...new FigureSet(shanghai, { asOf: 1 }).all()].map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe('a code', () => {
  it('has 60 bits; the seven letters of earlier releases name a figure where no other begins so', () => {
    const figures = new FigureSet(shanghai, { asOf: 1 });
    const { key, code } = figureOf(shanghai, 'energy_per_gdp', {
      kind: 'relative',
      from: '2015',
      to: '2021',
    });
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    for (const typed of [code, code.slice(0, 7)]) expect(figures.byCode(typed)?.key).toEqual(key);
    expect(readFigureCode(`f·${code.slice(0, 7).toLowerCase()}-${code.slice(7)}`)).toBe(code);
    for (const none of [code.slice(0, 11), `${code}0`, code.slice(0, 6)])
      expect(readFigureCode(none)).toBeNull();
  });

  it('of an earlier release that two figures share is told to be of both, and never opens one of them', () => {
    const figures = new FigureSet(shanghai, { asOf: 1 });
    const measure: Measure = { kind: 'value', period: '2020' };
    // Found by trying 242,234 names: the first 35 bits of both are F9RGBMM.
    const twins = ['x132600', 'x242234'].map((indicator) =>
      figures.get({ city: 'shanghai', indicator, area: '310000', breakdown: {}, measure }),
    );
    expect(twins.map(({ code }) => code.slice(0, 7))).toEqual(['F9RGBMM', 'F9RGBMM']);
    expect(figures.byCode('F9RGBMM')).toBeNull();
    expect(
      figures
        .withCode('F9RGBMM')
        .map(({ indicator }) => indicator)
        .sort(),
    ).toEqual(['x132600', 'x242234']);
    for (const { code, key } of twins) expect(figures.byCode(code)?.key).toEqual(key);
  });

  it('of an earlier edition still belongs to its figure, another one does not', () => {
    const figure = figureOf(shanghai, 'nonfossil', { kind: 'value', period: '2021' });
    expect(recompute({ ...figure, code: figure.code.slice(0, 7) })).toEqual([]);
    for (const code of ['F9RGBMM', `${figure.code.slice(0, 7)}00000`])
      expect(recompute({ ...figure, code }).map(({ rule }) => rule)).toEqual(['figure.code']);
  });
});

describe('a stranger', () => {
  const figures = [...new FigureSet(shanghai, { asOf: 1 }).all()];

  it('recomputes every figure from itself alone', () => {
    expect(figures.flatMap((figure) => recompute(figure))).toEqual([]);
    expect(figures.length).toBeGreaterThan(15);
  });

  it('finds one changed digit of one contribution', () => {
    for (const figure of figures) {
      const [first, ...rest] = figure.contributions;
      if (first?.quantity == null) continue;
      const changed = {
        ...figure,
        contributions: [
          { ...first, quantity: `${first.quantity.slice(0, -1)}${(Number(first.quantity.at(-1)) + 1) % 10}` },
          ...rest,
        ],
      };
      expect(recompute(changed).map(({ rule }) => rule)).toContain('figure.root');
    }
  });

  it('finds a changed value, formula and key', () => {
    const [figure] = figures;
    if (figure === undefined) throw new Error('no figure');
    expect(recompute({ ...figure, value: '1' }).map(({ rule }) => rule)).toEqual(['figure.value']);
    expect(
      recompute({ ...figure, formula: { ...figure.formula, text: 'energy' } }).map(({ rule }) => rule),
    ).toEqual(['figure.formula']);
    expect(recompute({ ...figure, key: { ...figure.key, area: 'D1' } }).map(({ rule }) => rule)).toEqual([
      'figure.code',
    ]);
  });
});
