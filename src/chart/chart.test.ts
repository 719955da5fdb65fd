import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { formatValue } from '../language/index.ts';
import {
  type ChartState,
  type ChartValue,
  chartTable,
  describeChart,
  drawChart,
  type LineChart,
} from './index.ts';
import { linearScale, logScale, periodPosition, tickLabel, tickLabels, timeTicks } from './scale.ts';

const head = { source: 'Voluntary Local Review 2022, line 350', code: '7K2Q' } as const;
const normal = (value: string): ChartValue => ({ value, label: value, status: 'A' });

const energy: LineChart = {
  ...head,
  language: 'en',
  kind: 'line',
  title: 'Energy used per 10,000 yuan of GDP fell by 39.1 % from 2015 to 2021',
  subtitle: 'tce per 10,000 CNY, Shanghai',
  unit: 'tce/10⁴ CNY',
  series: [
    {
      name: 'Shanghai',
      role: 'focus',
      points: [
        { period: '2015', ...normal('0.46') },
        { period: '2021', ...normal('0.28') },
      ],
      targets: [],
    },
  ],
};

/** Elements of a drawing with their attributes; throws when it is not well-formed XML. */
function read(
  svg: string,
): readonly { readonly name: string; readonly attributes: Record<string, string> }[] {
  const parser = new SaxesParser();
  const seen: { name: string; attributes: Record<string, string> }[] = [];
  parser.on('opentag', ({ name, attributes }) => seen.push({ name, attributes }));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(svg).close();
  return seen;
}

describe('a chart', () => {
  it('says in words what it shows', () => {
    expect(describeChart(energy)).toBe(
      'Line chart. Energy used per 10,000 yuan of GDP fell by 39.1 % from 2015 to 2021. tce per 10,000 CNY, Shanghai. 2015 0.46; 2021 0.28.',
    );
    expect(describeChart({ ...energy, language: 'zh', title: '下降' })).toMatch(
      /^折线图。下降。.*2021年 0\.28。$/,
    );
  });

  it('says of many lines which stand out, how many there are, and between which the others end', () => {
    const many: LineChart = {
      ...energy,
      series: Array.from({ length: 20 }, (_, at) => ({
        name: `Area ${at}`,
        role: at === 12 ? 'focus' : 'context',
        targets: [],
        points: [{ period: '2021', ...normal(String(at)) }],
      })),
    };
    expect(describeChart(many)).toContain(
      '20 lines. Area 12: 2021 12. Highest at the end: Area 19 19; lowest: Area 0 0.',
    );
    expect(describeChart({ ...many, language: 'zh' })).toContain(
      '共20条线。Area 12：2021年 12。期末最高：Area 19 19；最低：Area 0 0。',
    );
  });

  it('gives every value as a table too, with the standing of a provisional one and the reason of a missing one', () => {
    const state: LineChart = {
      ...energy,
      series: [
        {
          name: 'Shanghai',
          role: 'focus',
          targets: [],
          points: [
            { period: '2021', value: '0.28', label: '0.28', status: 'P' },
            { period: '2015', value: null, label: '', status: 'O', reason: 'the chart is an image' },
          ],
        },
      ],
    };
    expect(chartTable(state).rows).toEqual([
      ['2015', 'the chart is an image'],
      ['2021', '0.28 (provisional)'],
    ]);
  });

  it('draws between which values one lies, says so in words, and keeps it inside the axis', () => {
    const interval = { low: '0.2', high: '0.4', label: '0.2–0.4' };
    const [series] = energy.series;
    if (series === undefined) throw new Error('a series is needed');
    const points = series.points.map((point) => ({ ...point, interval }));
    const state = { ...energy, series: [{ ...series, points }] };
    expect(chartTable(state).rows[0]?.[1]).toBe('0.46 (0.2–0.4)');
    expect(describeChart(state)).toContain('(0.2–0.4)');
    const bar: ChartState = {
      ...energy,
      kind: 'bar',
      rows: [
        {
          name: 'a',
          role: 'focus',
          value: '1',
          label: '1',
          status: 'A',
          interval: { low: '-3', high: '9', label: '−3–9' },
          target: { value: '12', label: 'at least 12' },
        },
      ],
    };
    const { svg, width } = drawChart(bar, { width: 600 });
    // The stroke from −3 to 9 and the diamond at 12: none of it outside the drawing.
    const at = [...svg.matchAll(/[ML](-?[\d.]+),/g)].map(([, x]) => Number(x));
    expect(at.length).toBeGreaterThan(8);
    expect(Math.min(...at)).toBeGreaterThan(0);
    expect(Math.max(...at)).toBeLessThan(width);
    expect(svg).toContain('at least 12');
  });

  it('draws a final value solid and a provisional one hollow', () => {
    const classes = (status: 'A' | 'P'): readonly (string | undefined)[] =>
      read(
        drawChart(
          {
            ...energy,
            series: [
              {
                name: 'x',
                role: 'focus',
                points: [{ period: '2021', value: '1', label: '1', status }],
                targets: [],
              },
            ],
          },
          { width: 600 },
        ).svg,
      )
        .filter(({ name }) => name === 'circle')
        .map(({ attributes }) => attributes.class);
    expect(classes('A')).toEqual(['c-fill-focus']);
    expect(classes('P')).toEqual(['c-hollow c-stroke-focus']);
  });

  it('leaves the stroke between years that no record covers dotted, and joins neighbours by one solid stroke', () => {
    const dashes = read(drawChart(energy, { width: 600 }).svg)
      .filter(({ attributes }) => attributes.class === 'c-line c-stroke-focus')
      .map(({ attributes }) => attributes['stroke-dasharray']);
    expect(dashes).toEqual(['1.5 4']);
    const [series] = energy.series;
    if (series === undefined) throw new Error('the example has a series');
    const yearly = [2015, 2016, 2017].map((year) => ({ period: String(year), ...normal(String(year)) }));
    const solid = read(
      drawChart({ ...energy, series: [{ ...series, points: yearly }] }, { width: 600 }).svg,
    ).filter(({ attributes }) => attributes.class === 'c-line c-stroke-focus');
    expect(solid.map(({ attributes }) => attributes['stroke-dasharray'])).toEqual([undefined]);
    expect(solid[0]?.attributes.d).toMatch(/^M[^ML]+L[^ML]+L[^ML]+$/);
  });

  it('never lets a bar begin anywhere but at zero', () => {
    const state: ChartState = {
      ...head,
      language: 'en',
      kind: 'bar',
      title: 't',
      subtitle: 's',
      unit: '%',
      rows: ['97', '98', '-2'].map((value) => ({ name: value, role: 'focus', ...normal(value) })),
    };
    const bars = read(drawChart(state, { width: 600 }).svg).filter(({ name }) => name === 'rect');
    const [long, longer, negative] = bars.map(({ attributes }) => [
      Number(attributes.x),
      Number(attributes.width),
    ]);
    expect(long?.[0]).toBe(longer?.[0]);
    expect((long?.[1] ?? 0) / (longer?.[1] ?? 1)).toBeCloseTo(97 / 98, 3);
    expect((negative?.[0] ?? 0) + (negative?.[1] ?? 0)).toBeCloseTo(long?.[0] ?? 0, 1);
  });

  it('refuses to draw flows in a circle and says so', () => {
    const state: ChartState = {
      ...head,
      language: 'zh',
      kind: 'sankey',
      title: 't',
      subtitle: 's',
      unit: '吨',
      nodes: [
        { id: 'a', name: '甲' },
        { id: 'b', name: '乙' },
      ],
      links: [
        { from: 'a', to: 'b', value: '1', label: '1' },
        { from: 'b', to: 'a', value: '1', label: '1' },
      ],
    };
    expect(drawChart(state, { width: 600 }).svg).toContain('没有可绘制的数值');
  });

  it('is well-formed and equal in every run, whatever the names hold', () => {
    const value = fc.oneof(
      fc.record({
        value: fc.integer({ min: -1e9, max: 1e9 }).map(String),
        label: fc.string(),
        status: fc.constantFrom('A' as const, 'P' as const, 'F' as const, 'B' as const),
      }),
      fc.record({
        value: fc.constant(null),
        label: fc.string(),
        status: fc.constant('O' as const),
        reason: fc.string(),
      }),
    );
    const point = fc
      .tuple(fc.integer({ min: 1990, max: 2040 }), value)
      .map(([year, each]) => ({ period: String(year), ...each }));
    const role = fc.constantFrom('focus' as const, 'context' as const, 'comparison' as const);
    const series = fc.record({
      name: fc.string({ unit: 'binary' }),
      role,
      points: fc.array(point, { maxLength: 8 }),
      targets: fc.array(
        fc.record({
          period: fc.constantFrom('2025', 'undated'),
          value: fc.integer().map(String),
          label: fc.string(),
        }),
        { maxLength: 2 },
      ),
    });
    const row = fc
      .tuple(fc.string({ unit: 'binary' }), role, value)
      .map(([name, each, rest]) => ({ name, role: each, ...rest }));
    const pair = fc.record({ name: fc.string({ unit: 'binary' }), role, from: value, to: value });
    const common = {
      source: fc.string(),
      language: fc.constantFrom('en' as const, 'zh' as const),
      title: fc.string({ unit: 'binary' }),
      subtitle: fc.string(),
      unit: fc.string(),
    };
    const state: fc.Arbitrary<ChartState> = fc.oneof(
      fc.record({
        ...common,
        kind: fc.constant('line' as const),
        series: fc.array(series, { maxLength: 4 }),
      }),
      fc.record({
        ...common,
        kind: fc.constant('multiples' as const),
        panels: fc.array(series, { maxLength: 5 }),
      }),
      fc.record({
        ...common,
        kind: fc.constant('bar' as const),
        rows: fc.array(row, { minLength: 1, maxLength: 5 }),
      }),
      fc.record({
        ...common,
        kind: fc.constantFrom('slope' as const, 'dumbbell' as const),
        from: fc.constant('2015'),
        to: fc.constant('2021'),
        pairs: fc.array(pair, { maxLength: 5 }),
      }),
      fc.record({
        ...common,
        kind: fc.constant('tiles' as const),
        tiles: fc.array(
          fc
            .tuple(row, fc.nat(6), fc.nat(6))
            .map(([each, column, place]) => ({ ...each, column, row: place })),
          { maxLength: 6 },
        ),
      }),
    );
    fc.assert(
      fc.property(state, fc.integer({ min: 280, max: 1200 }), fc.boolean(), (each, width, framed) => {
        const { svg } = drawChart(each, { width, framed });
        expect(svg).not.toMatch(
          /NaN|Infinity|undefined/.exec(JSON.stringify(each)) === null ? /NaN|Infinity/ : /^$/,
        );
        expect(read(svg)[0]?.name).toBe('svg');
        // A state that has been through JSON, as it goes to a browser, draws the same bytes.
        expect(drawChart(JSON.parse(JSON.stringify(each)), { width, framed }).svg).toBe(svg);
      }),
      { numRuns: 300 },
    );
  });
});

describe('an axis', () => {
  it('has round ticks that enclose the values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (values) => {
          const scale = linearScale(values, [0, 100], { zero: 'when-near', count: 5 });
          expect(scale.low).toBeLessThanOrEqual(Math.min(...values) + scale.step * 1e-6);
          expect(scale.high).toBeGreaterThanOrEqual(Math.max(...values) - scale.step * 1e-6);
          expect(scale.ticks.length).toBeLessThan(14);
        },
      ),
    );
  });

  it('writes its numbers as values are written: 万, 亿, million, and commas from five digits on', () => {
    const axis = (values: readonly number[], language: 'en' | 'zh') =>
      tickLabels(linearScale(values, [0, 100], { zero: 'always', count: 4 }), language);
    expect(axis([4000], 'en')).toEqual(['0', '1000', '2000', '3000', '4000']);
    expect(axis([4000], 'zh')).toEqual(['0', '1000', '2000', '3000', '4000']);
    expect(axis([20_000], 'en')).toEqual(['0', '5000', '10,000', '15,000', '20,000']);
    expect(axis([800_000], 'en')).toEqual(['0', '200,000', '400,000', '600,000', '800,000']);
    expect(axis([800_000], 'zh')).toEqual(['0', '20万', '40万', '60万', '80万']);
    expect(axis([40_000], 'zh')).toEqual(['0', '10,000', '20,000', '30,000', '40,000']);
    expect(axis([4e6], 'en')).toEqual(['0', '1 million', '2 million', '3 million', '4 million']);
    expect(axis([1e6], 'en')).toEqual([
      '0',
      '0.2 million',
      '0.4 million',
      '0.6 million',
      '0.8 million',
      '1.0 million',
    ]);
    expect(axis([9e8], 'zh')).toEqual(['0', '2亿', '4亿', '6亿', '8亿', '10亿']);
    expect(axis([-0.2], 'en')).toEqual(['−0.20', '−0.15', '−0.10', '−0.05', '0']);
    for (const value of ['3000', '20000', '800000', '3000000', '-4500'])
      for (const language of ['en', 'zh'] as const) {
        const label = tickLabel(
          Number(value),
          { step: Number(value), low: 0, high: Number(value) },
          language,
        );
        const said = formatValue({ value, unit: '1', decimals: 0 }, language).replace('\u00a0', ' ');
        expect(label).toBe(said);
      }
  });

  it('of a logarithmic scale, too', () => {
    const scale = logScale([10, 5_000_000], [0, 100], 7);
    expect(scale === null ? [] : tickLabels(scale, 'en')).toEqual([
      '10',
      '100',
      '1000',
      '10,000',
      '100,000',
      '1 million',
      '10 million',
    ]);
    expect(scale === null ? [] : tickLabels(scale, 'zh')).toEqual([
      '10',
      '100',
      '1000',
      '10,000',
      '10万',
      '100万',
      '1000万',
    ]);
  });

  it('marks months where it shows parts of less than three years, else years', () => {
    const labels = (periods: readonly string[], width: number, language: 'en' | 'zh') => {
      const positions = periods.flatMap((period) => periodPosition(period) ?? []);
      const [first, last] = [Math.min(...positions), Math.max(...positions)];
      const ticks = timeTicks({ first, last }, positions, width, language);
      for (const { position } of ticks) {
        expect(position).toBeGreaterThanOrEqual(first - 0.005);
        expect(position).toBeLessThanOrEqual(last + 0.005);
      }
      return ticks.map(({ label }) => label);
    };
    expect(labels(['2009-09', '2010-02', '2010-12'], 400, 'en')).toEqual([
      'Sep 2009',
      'Jan 2010',
      'May 2010',
      'Sep 2010',
    ]);
    expect(labels(['2010-01', '2010-03'], 400, 'zh')).toEqual(['2010年1月', '2010年2月', '2010年3月']);
    expect(labels(['2010', '2012'], 400, 'zh')).toEqual(['2010', '2011', '2012']);
    expect(labels(['2010-01', '2015-01'], 100, 'en')).toEqual(['2010', '2012', '2014']);
  });

  it('places a month inside its year, a span at its end, and an undated value nowhere', () => {
    const january = periodPosition('2021-01') ?? 0;
    const december = periodPosition('2021-12') ?? 0;
    expect(january).toBeGreaterThan(2020.5);
    expect(december).toBeLessThan(2021.5);
    expect(periodPosition('2015/2021')).toBe(2021);
    expect(periodPosition('undated')).toBeNull();
  });
});
