import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ChartSeries,
  type ChartState,
  drawChart,
  drawPointed,
  type LineChart,
  pointedAt,
  pointedBeside,
  type Reach,
  reachOf,
  tellPointed,
} from './index.ts';

const years = ['2019', '2020', '2021'];

/** Lines one above the other: the value of line n is n, in every year. */
function flat(count: number, change: (at: number) => Partial<ChartSeries> = () => ({})): LineChart {
  return {
    kind: 'line',
    language: 'en',
    title: 'Sixty lines',
    subtitle: 't',
    source: 'yearbook',
    unit: 't',
    series: Array.from({ length: count }, (_, at) => ({
      id: `A${at}`,
      name: `Area ${at}`,
      role: at === 0 ? 'focus' : 'context',
      targets: [],
      points: years.map((period) => ({ period, value: String(at), label: `${at} t`, status: 'A' })),
      ...change(at),
    })),
  };
}

function reached(state: ChartState, width = 800): Reach {
  const reach = reachOf(state, width);
  if (reach === null) throw new Error('there is something to point at');
  return reach;
}

describe('pointing into a chart', () => {
  const state = flat(60);
  const reach = reached(state);

  it('finds each of sixty lines by its own height, and the year nearest across', () => {
    for (const [row, { id, spots }] of reach.rows.entries())
      for (const [at, { x, y }] of spots.entries()) {
        expect(id).toBe(`A${row}`);
        expect(pointedAt(reach, x + 3, y + 1)).toEqual({ row, at });
      }
  });

  it('points at nothing far from every line', () => {
    expect(pointedAt(reach, 300, -200)).toBeNull();
  });

  it('says which line it is, when, and how much', () => {
    expect(tellPointed(reach, { row: 37, at: 1 }, state)).toBe('Area 37. 2020: 37 t');
    expect(drawPointed(reach, { row: 37, at: 1 })).toContain('Area 37');
    expect(drawPointed(reach, { row: 99, at: 0 })).toBe('');
  });

  it('goes by keys from the line in colour to any other and along it, and never out of the chart', () => {
    let at = pointedBeside(reach, null, 'after');
    expect(at).toEqual({ row: 0, at: 2 });
    for (let row = 1; row < 60; row++) {
      at = pointedBeside(reach, at, 'above');
      expect(at).toEqual({ row, at: 2 });
    }
    expect(pointedBeside(reach, at, 'above')).toEqual(at);
    expect(pointedBeside(reach, at, 'after')).toEqual(at);
    expect(pointedBeside(reach, at, 'before')).toEqual({ row: 59, at: 1 });
    expect(pointedBeside(reach, { row: 0, at: 0 }, 'below')).toEqual({ row: 0, at: 0 });
  });

  it('of two lines on one another finds the one in colour', () => {
    const same = flat(2, () => ({ points: flat(1).series[0]?.points ?? [] }));
    const { rows } = reached(same);
    const spot = rows[1]?.spots[1];
    expect(pointedAt(reached(same), spot?.x ?? 0, spot?.y ?? 0)?.row).toBe(0);
  });

  it('does not find a stroke where a value is missing', () => {
    const holed = flat(1, () => ({
      points: years.map((period, at) => ({
        period,
        value: at === 1 ? null : String(at * 100),
        label: '',
        status: 'A',
      })),
    }));
    const made = reached(holed);
    const [from, to] = made.rows[0]?.spots ?? [];
    if (from === undefined || to === undefined) throw new Error('two values are there');
    expect(pointedAt(made, (from.x + to.x) / 2, (from.y + to.y) / 2)).toBeNull();
    expect(drawPointed(made, { row: 0, at: 0 }).match(/M/g)?.length).toBeGreaterThan(2);
  });

  it('reaches both ends of a slope and every dot of a scatter, but no bars, which all have their names', () => {
    const value = (text: string) => ({ value: text, label: text, status: 'A' as const });
    const { kind: _, series: __, ...head } = state;
    const slope = reached({
      ...head,
      kind: 'slope',
      from: '2019',
      to: '2021',
      pairs: [{ id: 'A', name: 'Area', role: 'focus', from: value('1'), to: value('5') }],
    });
    expect(slope.rows[0]?.spots).toHaveLength(2);
    expect(slope.rows[0]?.spots[0]?.facts).toEqual(['2019: 1', '2021: 5']);
    const scatter = reached({
      ...head,
      kind: 'scatter',
      xName: 'GDP',
      yName: 'Waste',
      dots: [{ id: 'A', name: 'Area', role: 'focus', x: value('1'), y: value('5') }],
    });
    expect(scatter.rows[0]?.spots[0]?.facts).toEqual(['GDP: 1', 'Waste: 5']);
    expect(reachOf({ ...head, kind: 'bar', rows: [] }, 800)).toBeNull();
  });

  it('stays inside the drawing, whatever the names and the width', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.integer({ min: 280, max: 1200 }),
        fc.nat(11),
        (name, width, row) => {
          const made = reached(
            flat(12, () => ({ name })),
            width,
          );
          const svg = drawPointed(made, { row, at: 2 });
          expect(svg).not.toMatch(/NaN|Infinity/);
          const [, x, y, wide, tall] =
            /<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/.exec(svg)?.map(Number) ?? [];
          expect((x ?? -1) + (wide ?? 0)).toBeLessThanOrEqual(width + 0.01);
          expect((y ?? -1) + (tall ?? 0)).toBeLessThanOrEqual(made.height + 0.01);
        },
      ),
    );
  });
});

describe('a crowded line chart', () => {
  /** Names at the ends of lines, from top to bottom. */
  const names = (state: LineChart): readonly { readonly name: string; readonly y: number }[] =>
    [...drawChart(state, { width: 820 }).svg.matchAll(/y="([\d.]+)"[^>]*>(Area \d+) /g)]
      .map(([, y, name = '']) => ({ name, y: Number(y) }))
      .sort((a, b) => a.y - b.y);

  it('names the highest, the lowest, the one in colour, and as many between as have room', () => {
    const found = names(flat(60, (at) => ({ role: at === 30 ? 'focus' : 'context' })));
    expect(found.at(0)?.name).toBe('Area 59');
    expect(found.at(-1)?.name).toBe('Area 0');
    expect(found.map(({ name }) => name)).toContain('Area 30');
    expect(found.length).toBeGreaterThan(12);
    const gaps = found.slice(1).map(({ y }, at) => y - (found[at]?.y ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(13.9);
  });

  it('names all of a few', () => {
    expect(names(flat(12))).toHaveLength(12);
  });

  it('names four in colour even where they end at one height', () => {
    const roles = ['focus', 'comparison', 'ink', 'fourth'] as const;
    const found = names(
      flat(40, (at) => ({
        role: roles[at] ?? 'context',
        ...(at < 4 ? { points: flat(21).series[20]?.points ?? [] } : {}),
      })),
    ).map(({ name }) => name);
    for (const at of [0, 1, 2, 3]) expect(found).toContain(`Area ${at}`);
  });
});
