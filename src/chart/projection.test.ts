import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeChart } from './describe.ts';
import { drawChart } from './render.ts';
import type { ProjectionChart } from './state.ts';
import { chartTable } from './table.ts';

const years = ['2015', '2020', '2025', '2030'];
const points = (values: readonly number[], status: 'A' | 'F') =>
  values.map((value, i) => ({
    period: years[i] ?? '',
    value: String(value),
    label: value.toFixed(1),
    status,
  }));

const chart = (scenario: readonly number[]): ProjectionChart => ({
  kind: 'projection',
  language: 'en',
  title: 'Greenhouse gases',
  subtitle: 'Mt, simulated',
  source: 'model',
  unit: 'Mt',
  lines: [
    { name: 'Baseline', style: 'baseline', mark: 'Base', points: points([90, 80, 70, 60], 'F') },
    { name: 'Scenario A', style: 'a', mark: 'A', points: points(scenario, 'F') },
  ],
  observedName: 'Observed',
  observed: points([91, 82], 'A'),
  targets: [{ period: '2025', value: '65', label: '≤ 65' }],
  hold: [0, 100],
  longest: 'Base 100.0',
});

const still = (svg: string) => svg.match(/<line[^>]*>|<text[^>]*c-tick[^>]*>[0-9]+</g);

describe('a projection', () => {
  it('dashes whatever is not observed, and nothing that is', () => {
    const { svg } = drawChart(chart([90, 78, 60, 40]), { width: 420 });
    const lines = svg.match(/<path[^>]*class="c-line[^>]*>/g) ?? [];
    expect(lines).toHaveLength(3);
    expect(lines.filter((one) => !one.includes('stroke-dasharray'))).toEqual([
      expect.stringContaining('c-stroke-ink'),
    ]);
    expect(svg.match(/<circle[^>]*class="c-fill-ink"/g)).toHaveLength(2);
    expect(svg.match(/class="c-hollow c-stroke-comparison"/g)).toHaveLength(1);
  });

  it('keeps its axes while values move within what it holds', () => {
    const base = still(drawChart(chart([90, 80, 70, 60]), { width: 420 }).svg);
    expect(base?.length).toBeGreaterThan(8);
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (values) => {
          expect(still(drawChart(chart(values), { width: 420 }).svg)).toEqual(base);
        },
      ),
    );
  });

  it('keeps the words of targets apart on a phone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 3 }), (values) => {
        const targets = values.map((value, at) => ({
          period: String(2024 + at),
          value: String(value),
          label: `${value}.000`,
        }));
        const { svg } = drawChart({ ...chart([90, 80, 70, 60]), targets }, { width: 328 });
        const words = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*c-text-comparison[^>]*>/g)].map(
          ([, x, y]) => [Number(x), Number(y)] as const,
        );
        expect(words).toHaveLength(targets.length);
        for (const [at, [x, y]] of words.entries())
          for (const [otherX, otherY] of words.slice(at + 1))
            expect(Math.abs(x - otherX) > 34 || Math.abs(y - otherY) >= 11.5, `${values}`).toBe(true);
      }),
    );
  });

  it('says and tabulates every line, and the target', () => {
    const state = chart([90, 78, 60, 40]);
    expect(describeChart(state)).toMatch(/Baseline: 2015 90\.0 \(forecast\).*2030 60\.0.*target: ≤ 65/);
    const { head, rows } = chartTable(state);
    expect(head).toEqual(['Period', 'Observed', 'Baseline', 'Scenario A']);
    expect(rows[3]).toEqual(['2030', '', '60.0 (forecast)', '40.0 (forecast)']);
  });

  it('draws a band as two areas around its median', () => {
    const state: ProjectionChart = {
      ...chart([90, 78, 60, 40]),
      band: {
        name: 'Uncertainty',
        periods: years,
        percentiles: [5, 25, 50, 75, 95].map((p) => ({
          name: `${p}`,
          values: years.map((_, i) => String(p + i)),
        })),
      },
    };
    expect(drawChart(state, { width: 420 }).svg.match(/class="c-band"/g)).toHaveLength(2);
    expect(chartTable(state).head).toHaveLength(9);
  });
});
