import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange } from './arrange.ts';
import { changeTable, relativeChange } from './change-table.ts';
import {
  axes,
  type Choice,
  drawnIn,
  firstChoice,
  firstShown,
  intervals,
  kindsOf,
  measures,
  mostFocus,
  orders,
  pressed,
  readChoice,
  unfilled,
  writeChoice,
} from './choice.ts';
import { type Explored, periodsOf } from './explored.ts';
import { asIndex, asShares } from './relative.ts';
import { offeredSeries } from './series-list.ts';
import { shownCsv } from './shown-csv.ts';

const whole: Explored = {
  language: 'en',
  id: 'energy',
  name: 'Energy',
  title: 'Energy rose',
  subtitle: 'Energy, tce',
  source: 'review',
  unit: 'tce',
  series: ['Shanghai', 'Songjiang', 'Fengxian'].map((name, at) => ({
    id: at === 2 ? '310120:sector=industry' : `31000${at}`,
    area: at === 2 ? '310120' : `31000${at}`,
    group: at === 2 ? 'sector=industry' : '',
    place: name,
    name,
    role: 'context',
    targets: [],
    points: ['2015', '2019', '2021'].slice(at === 2 ? 1 : 0).map((period) => ({
      period,
      value: `${at}.${period.slice(3)}`,
      label: `${at}.${period.slice(3)}`,
      status: 'A',
    })),
  })),
  first: ['310000', '310001', '310120:sector=industry'],
  apart: false,
  groups: [
    { id: '', name: 'All' },
    { id: 'sector=industry', name: 'industry' },
  ],
  map: {
    kind: 'tiles',
    tiles: ['310000', '310001', '310120'].map((area, column) => ({ area, name: area, column, row: 0 })),
  },
  others: [{ id: 'gdp', name: 'GDP' }],
};
const first = firstChoice(whole);

describe('all of a thousand series', () => {
  it('fit into an address, and are read back from it', () => {
    const [one] = whole.series;
    if (one === undefined) throw new Error('the example has series');
    const many: Explored = {
      ...whole,
      series: Array.from({ length: 1000 }, (_, at) => ({
        ...one,
        id: `310000:site=${at}`,
        group: `site=${at}`,
      })),
      first: ['310000:site=0', '310000:site=1'],
    };
    const all = { ...firstChoice(many), shown: many.series.map(({ id }) => id) };
    expect(writeChoice(all, many)).toBe('show=*');
    expect(readChoice('show=*', many)).toEqual(all);
    const but = { ...all, shown: all.shown.slice(1, 3) };
    expect(readChoice(writeChoice(but, many), many)).toEqual(but);
  });
});

describe('a cloud of dots', () => {
  it('offers as chosen what it draws: every place of the group, the place itself where it stands alone', () => {
    const choice = { ...first, kind: 'scatter' as const };
    expect(drawnIn(whole, choice)).toEqual(['310001']);
    expect(drawnIn(whole, { ...choice, group: 'sector=industry' })).toEqual(['310120:sector=industry']);
    expect(drawnIn(whole, { ...choice, shown: ['310000', '310001'] })).toEqual(['310000', '310001']);
    const state = arrange(whole, choice, whole);
    expect(state.kind === 'scatter' ? state.dots.map(({ id }) => id) : []).toEqual(drawnIn(whole, choice));
  });
});

describe('what is highlighted', () => {
  const roles = (focus: readonly string[]) => {
    const state = arrange(whole, { ...first, focus });
    return state.kind === 'line' ? state.series.map(({ id, role }) => [id, role]) : [];
  };

  it('is put in colour at a press and out of it at the next, the oldest giving way to a fifth', () => {
    expect(pressed([], 'a')).toEqual(['a']);
    expect(pressed(['a', 'b'], 'a')).toEqual(['b']);
    expect(pressed(['a', 'b', 'c', 'd'], 'e')).toEqual(['b', 'c', 'd', 'e']);
    expect(pressed(['a', 'b', 'c', 'd'], 'e')).toHaveLength(mostFocus);
  });

  it('has a colour each, in the order of choosing', () => {
    expect(roles(['310120:sector=industry', '310000', '310001'])).toEqual([
      ['310000', 'comparison'],
      ['310001', 'ink'],
      ['310120:sector=industry', 'focus'],
    ]);
  });

  it('is the first where nobody has chosen, with one beside it among a few', () => {
    expect(roles([]).map(([, role]) => role)).toEqual(['focus', 'comparison', 'context']);
    expect(roles(['310001']).map(([, role]) => role)).toEqual(['comparison', 'focus', 'context']);
  });

  it('takes from an address what there is, once each', () => {
    const { focus } = readChoice('focus=none&focus=310001&focus=310001&focus=&focus=310000', whole);
    expect(focus).toEqual(['310001', '310000']);
  });
});

describe('a choice', () => {
  it('written to the address and read back is the same choice', () => {
    const choice: fc.Arbitrary<Choice> = fc
      .record({
        kind: fc.constantFrom(...kindsOf(whole)),
        shown: fc.subarray([...whole.first], { minLength: 1 }),
        span: fc.constantFrom(['2015', '2021'], ['2019', '2021'], ['2019', '2019']),
        axis: fc.constantFrom(...axes),
        measure: fc.constantFrom(...measures),
        order: fc.constantFrom(...orders),
        group: fc.constantFrom('', 'sector=industry'),
        interval: fc.constantFrom(...intervals),
        focus: fc.subarray(['310001', '310120:sector=industry', '310000']),
        against: fc.constantFrom(null, 'gdp'),
      })
      .map(({ span: [from = '', to = ''], ...rest }) => ({ ...rest, from, to }));
    fc.assert(
      fc.property(choice, (made) => {
        expect(readChoice(writeChoice(made, whole), whole)).toEqual(made);
      }),
    );
  });

  it('that is the first leaves the address bare', () => {
    expect(writeChoice(first, whole)).toBe('');
  });

  it('that an address gets wrong is as before anyone has chosen', () => {
    for (const text of [
      '',
      '?kind=pie&show=99&show=%00&from=2022&to=1',
      'from=2021&to=2015',
      'axis=x&measure=__proto__&order=constructor&focus=1&against=no',
    ])
      expect(readChoice(text, whole)).toEqual(first);
    expect(periodsOf(whole)).toEqual(['2015', '2019', '2021']);
  });
});

describe('what is shown first', () => {
  const of = (id: string, area: string, group: string, value: string): Explored['series'][number] => ({
    id,
    area,
    group,
    place: area,
    name: id,
    role: 'context',
    targets: [],
    points: ['2020', '2021'].map((period) => ({ period, value, label: value, status: 'A' })),
  });
  const city = of('C', 'C', '', '90');
  const areas = ['A', 'B'].map((area, at) => of(area, area, '', at === 0 ? '50' : '40'));
  const sexes = ['f', 'm'].map((sex) => of(`C:sex=${sex}`, 'C', `sex=${sex}`, '45'));
  const all = [city, ...sexes, ...areas];
  const summed: Explored = { ...whole, series: all, first: all.map(({ id }) => id), apart: true };

  it('never stacks a whole on its own parts: areas, else the groups of one dimension', () => {
    expect(firstShown(summed, 'stacked')).toEqual(['A', 'B']);
    expect(firstShown({ ...summed, series: [city, ...sexes] }, 'area')).toEqual(['C:sex=f', 'C:sex=m']);
  });

  it('draws areas without the place that would flatten them, and the place alone over time', () => {
    expect(firstShown(summed, 'line')).toEqual(['C']);
    expect(firstShown(summed, 'bar')).toEqual(['A', 'B']);
    expect(firstShown({ ...summed, apart: false }, 'bar')).toEqual(summed.first);
    expect(readChoice('kind=multiples', summed).shown).toEqual(['A', 'B']);
    expect(writeChoice(readChoice('kind=multiples', summed), summed)).toBe('kind=multiples');
  });

  it('tells once what all series have in common, and says which kind of chart there cannot be', () => {
    const chart = (query: string) => arrange(summed, readChoice(query, summed));
    const groups = chart('kind=line&show=C:sex%3Df&show=C:sex%3Dm');
    expect(groups.subtitle).toBe('Energy, tce, C');
    expect(groups.kind === 'line' && groups.series.map(({ name }) => name)).toEqual(['sex=f', 'sex=m']);
    expect(chart('kind=line&show=A').subtitle).toBe('Energy, tce, A');
    // The finding is about the place: over another it would not be true.
    expect([chart('').title, chart('show=A').title]).toEqual(['Energy rose', 'Energy']);
    expect(chart('kind=bar').subtitle).toBe('Energy, tce, 2021');
    expect(chart('kind=map').subtitle).toContain('not on the map: A, B');
    expect(unfilled('kind=map', { ...summed, map: null })).toBe('map');
    expect(unfilled('kind=map', summed)).toBeNull();
    expect(unfilled('kind=pie', summed)).toBeNull();
  });
});

describe('an arranged chart', () => {
  it('shows what was chosen and says where a chosen moment has no value', () => {
    const slope = arrange(whole, {
      ...first,
      kind: 'slope',
      shown: ['310000', '310120:sector=industry'],
    });
    if (slope.kind !== 'slope') throw new Error('a slope was asked for');
    expect(slope.pairs.map(({ name, from, to }) => [name, from.value, to.value])).toEqual([
      ['Shanghai', '0.5', '0.1'],
      ['Fengxian', null, '2.1'],
    ]);
    expect(slope.pairs[1]?.from.reason).toBe('not reported');
  });

  it('puts the chosen series in colour and orders by value at the last moment', () => {
    const bar = arrange(whole, { ...first, kind: 'bar', focus: ['310001'], order: 'value' });
    expect(bar.kind === 'bar' && bar.rows.map(({ name, role }) => [name, role])).toEqual([
      ['Fengxian', 'context'],
      ['Songjiang', 'focus'],
      ['Shanghai', 'comparison'],
    ]);
  });

  it('maps areas as wholes: a group has no place on it, an area without a value says so', () => {
    const map = arrange(whole, { ...first, kind: 'map' });
    expect(map.kind === 'tiles' && map.tiles.map(({ name, value }) => [name, value])).toEqual([
      ['310000', '0.1'],
      ['310001', '1.1'],
      ['310120', null],
    ]);
  });

  it('maps a group, and outlines the area that is highlighted', () => {
    const map = arrange(whole, {
      ...first,
      kind: 'map',
      group: 'sector=industry',
      focus: ['310120:sector=industry'],
    });
    expect(map.kind === 'tiles' && map.tiles.map(({ value, role }) => [value, role])).toEqual([
      [null, undefined],
      [null, undefined],
      ['2.1', 'focus'],
    ]);
    expect(map.subtitle).toBe('Energy, tce, industry, 2021');
  });

  it('gives parts as exact shares of their moment, and none where a part is missing', () => {
    const [a, b, c] = [
      ['1', '2'],
      ['2', '1'],
      ['3', null],
    ].map((values) =>
      values.map((value, at) => ({
        period: String(2020 + at),
        value,
        label: value ?? '',
        status: 'A' as const,
      })),
    );
    const [of, , third] = asShares([a ?? [], b ?? [], c ?? []], 'en', 'a part is missing');
    expect(of?.map(({ value, reason }) => value ?? reason)).toEqual([
      '16.66666666666666666666666666666667',
      'a part is missing',
    ]);
    expect(third?.map(({ label }) => label)).toEqual(['50.0 %', '']);
  });

  it('leaves intervals out where a reader has chosen so', () => {
    const interval = { low: '0', high: '3', label: '0–3' };
    const sure = {
      ...whole,
      interval: '95 % interval',
      series: whole.series.map((each) => ({
        ...each,
        points: each.points.map((point) => ({ ...point, interval })),
      })),
    };
    const drawn = arrange(sure, first);
    expect(drawn.subtitle).toContain('95 % interval');
    expect(JSON.stringify(drawn)).toContain('"low":"0"');
    const bare = arrange(sure, { ...first, interval: 'hidden' });
    expect(bare.subtitle).toBe(whole.subtitle);
    expect(JSON.stringify(bare)).not.toContain('"low"');
  });

  it('finds a series by a name misspelt, among those of a group', () => {
    const found = (find: string, among: string | null) =>
      offeredSeries(whole, { find, among }).map(({ name }) => name);
    expect(found('shangai', null)).toEqual(['Shanghai']);
    expect(found('', 'sector=industry')).toEqual(['Fengxian']);
    expect(found('shanghai', 'sector=industry')).toEqual([]);
  });

  it('sets an indicator against another by area, at one moment', () => {
    const scatter = arrange(whole, { ...first, kind: 'scatter', against: 'gdp' }, { ...whole, name: 'GDP' });
    expect(scatter.kind === 'scatter' && scatter.dots.map(({ x, y }) => [x.value, y.value])[0]).toEqual([
      '1.1',
      '1.1',
    ]);
  });
});

describe('the table of changes', () => {
  it('is exact, sorts by change as the chart does, and gives no per cent of zero', () => {
    const table = changeTable(whole, { ...first, kind: 'slope', order: 'change' });
    expect(table?.title).toBe('Change from 2015 to 2021');
    expect(table?.rows).toEqual([
      ['Shanghai', '0.5', '0.1', '−0.4', '−80.0 %'],
      ['Songjiang', '1.5', '1.1', '−0.4', '−26.7 %'],
      ['Fengxian', 'not reported', '2.1', '', ''],
    ]);
    const byRate = changeTable(whole, { ...first, order: 'rate' });
    expect(byRate?.rows.map(([name]) => name)).toEqual(['Songjiang', 'Shanghai', 'Fengxian']);
    expect(relativeChange('0', '3')).toBeNull();
    expect(relativeChange('-2', '-1')).toBe('50');
    // Shares change by points, and a chart of one moment is told from the first.
    const shares = changeTable({ ...whole, unit: '%' }, { ...first, kind: 'bar' });
    expect(shares?.head.at(-1)).toEqual({ name: 'Change, percentage points', order: 'change' });
    expect(changeTable(whole, { ...first, shown: ['310000'] })).toBeNull();
  });
});

describe('an index', () => {
  it('is exact: 1/3 of the first value is 33.3, and of zero there is none', () => {
    const point = (value: string) => ({ period: '2015', value, label: value, status: 'A' as const });
    expect(asIndex([point('3'), point('1')], 'en')?.map(({ label }) => label)).toEqual(['100.0', '33.3']);
    expect(asIndex([point('0'), point('1')], 'en')).toBeNull();
  });
});

describe('what is shown, as CSV', () => {
  it('gives exact values of the shown series in the span only', () => {
    const csv = shownCsv(whole, { ...first, shown: ['310001'], from: '2019' });
    expect(csv.split('\r\n').slice(1, -1)).toEqual([
      'energy,310001,Songjiang,2019,1.9,tce,A,',
      'energy,310001,Songjiang,2021,1.1,tce,A,',
    ]);
  });
});
