import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess, methods, type Result } from './index.ts';
import { robustLine } from './robust-line.ts';
import { normalProbability, studentProbability, studentQuantile } from './student.ts';

interface Series {
  readonly points: readonly (readonly [number, number])[];
  readonly target?: number;
  readonly targetYear?: number;
  readonly direction: 1 | -1;
  readonly status?: string;
}

function judge({ points, target, targetYear = 2030, direction, status = '' }: Series): Result {
  const method = methods.get('linear-distance');
  if (method === undefined) throw new Error('no method');
  const { results } = assess(
    method,
    {
      file: 'c',
      columns: ['indicator', 'direction', 'target', 'target_year'],
      rows: [
        {
          row: 2,
          cells: ['x', String(direction), target === undefined ? '' : String(target), String(targetYear)],
        },
      ],
    },
    {
      file: 'd',
      columns: ['unit', 'indicator', 'period', 'value', 'status'],
      rows: points.map(([year, value], at) => ({
        row: at + 2,
        cells: ['u', 'x', String(year), String(value), at === points.length - 1 ? status : ''],
      })),
    },
  );
  const [found] = results;
  if (found === undefined) throw new Error('no result');
  return found;
}

const years = [2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022];
const values = fc.array(
  fc.integer({ min: 0, max: 1000 }).map((n) => n / 10),
  { minLength: 3, maxLength: 8 },
);
const zip = (list: readonly number[]) => list.map((value, at) => [years[at] ?? 0, value] as const);

describe('linear distance to target', () => {
  it('says the same of a share and of its complement', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 100 }), (list, target) => {
        const one = judge({ points: zip(list), target, direction: 1 });
        const other = judge({
          points: zip(list.map((v) => (1000 - v * 10) / 10)),
          target: 100 - target,
          direction: -1,
        });
        expect(other.status).toBe(one.status);
        if (one.score !== null) expect(other.score).toBeCloseTo(one.score, 6);
      }),
    );
  });

  it('does not depend on the unit of measure or on where its zero lies', () => {
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 1, max: 9 }),
        (list, target, shift) => {
          const one = judge({ points: zip(list), target, direction: 1 });
          const other = judge({
            points: zip(list.map((v) => 8 * v - shift)),
            target: 8 * target - shift,
            direction: 1,
          });
          expect(other.status).toBe(one.status);
        },
      ),
    );
  });

  it('never gives a number that is none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 0, 1, -1, 50), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(0, 1, -1, 100),
        (list, target) => {
          const { score, value } = judge({ points: zip(list), target, direction: 1 });
          for (const number of [score, value])
            if (number !== null) expect(Number.isFinite(number)).toBe(true);
        },
      ),
    );
  });

  it('does not think worse of a series that goes the same way faster, nor of an easier target', () => {
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 90 }),
        (list, factor, easier) => {
          const sorted = [...list].sort((a, b) => a - b);
          const [first = 0] = sorted;
          const faster = sorted.map((value) => first + factor * (value - first));
          const own = judge({ points: zip(sorted), target: 500, direction: 1 });
          const better = [
            judge({ points: zip(faster), target: 500, direction: 1 }),
            judge({ points: zip(sorted), target: 500 - easier, direction: 1 }),
          ];
          for (const { score } of better)
            expect(score ?? -999).toBeGreaterThanOrEqual((own.score ?? 0) - 1e-9);
        },
      ),
    );
  });

  it('never draws a flatter line through a higher last value', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 50 }), (list, more) => {
        const line = (last: number) =>
          robustLine(
            zip(list).map(([year, value], at) => ({
              year,
              value: at === list.length - 1 ? value + last : value,
            })),
          )?.slope ?? 0;
        expect(line(more)).toBeGreaterThanOrEqual(line(0) - 1e-12);
      }),
    );
  });

  it('judges what breaks a rate of growth: zero, a change of sign, a target equal to the base', () => {
    expect(
      judge({
        points: [
          [2015, 0],
          [2019, 0.5],
          [2023, 1],
        ],
        target: 100,
        direction: 1,
      }).status,
    ).toBe('no_progress');
    expect(
      judge({
        points: [
          [2015, 40],
          [2019, 20],
          [2023, 5],
        ],
        target: 0,
        direction: -1,
      }).status,
    ).toBe('on_track');
    expect(
      judge({
        points: [
          [2015, 10],
          [2019, 4],
          [2023, -2],
        ],
        target: -10,
        direction: -1,
      }).status,
    ).toBe('on_track');
    expect(
      judge({
        points: [
          [2015, 100],
          [2019, 100],
          [2023, 100],
        ],
        target: 100,
        direction: 1,
      }).status,
    ).toBe('reached');
    expect(
      judge({
        points: [
          [2015, 100],
          [2019, 99],
          [2023, 97],
        ],
        target: 100,
        direction: 1,
      }).status,
    ).toBe('moving_away');
  });

  it('is not turned by one wild end point', () => {
    const steady = years.map((year) => [year, 20 + 2 * (year - 2015)] as const);
    const wild = steady.map(([year, value]) => [year, year === 2022 ? 20 : value] as const);
    expect(judge({ points: steady, target: 50, direction: 1 }).status).toBe('on_track');
    expect(judge({ points: wild, target: 50, direction: 1 }).status).toBe('on_track');
  });

  it('keeps provisional, forecast and old values apart', () => {
    expect(
      judge({
        points: [
          [2015, 10],
          [2022, 60],
        ],
        target: 50,
        direction: 1,
        status: 'P',
      }).status,
    ).toBe('reached_provisional');
    expect(
      judge({
        points: [
          [2015, 10],
          [2018, 20],
          [2022, 60],
        ],
        target: 50,
        direction: 1,
        status: 'F',
      }).status,
    ).not.toMatch(/reached/);
  });

  it('states the probability with its interval', () => {
    const { reasoning } = judge({
      points: [
        [2015, 10],
        [2016, 13],
        [2017, 13],
        [2018, 17],
        [2019, 18],
        [2020, 20],
      ],
      target: 40,
      direction: 1,
    });
    expect(reasoning?.inputs.probability).toBeGreaterThan(0.3);
    expect(reasoning?.inputs.probability).toBeLessThan(0.7);
    expect(reasoning?.inputs.interval_level).toBe(0.9);
  });
});

describe('distributions', () => {
  it('agree with printed tables', () => {
    expect(studentQuantile(0.975, 10)).toBeCloseTo(2.228138852, 8);
    expect(studentQuantile(0.95, 3)).toBeCloseTo(2.3533634348, 8);
    expect(studentProbability(1, 1)).toBeCloseTo(0.75, 12);
    expect(normalProbability(1.959963984540054)).toBeCloseTo(0.975, 12);
    expect(normalProbability(-1)).toBeCloseTo(0.15865525393145707, 12);
  });

  it('fit a straight line exactly', () => {
    const line = robustLine([
      { year: 2015, value: 1 },
      { year: 2016, value: 3 },
      { year: 2019, value: 9 },
    ]);
    expect(line?.slope).toBe(2);
    expect(line?.at(2030)).toBeCloseTo(31, 12);
  });
});
