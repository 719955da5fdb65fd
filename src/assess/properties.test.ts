import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess, methods, type Result } from './index.ts';

interface Series {
  readonly code: string;
  readonly direction: 1 | -1;
  readonly goal: string;
  readonly target: number;
  readonly values: readonly (readonly [unit: string, year: number, value: number | null])[];
}

const years = [2015, 2017, 2019, 2021];
const units = ['u', 'v', 'w'];

/** Three indicators in two goals, three units, four years; whole numbers above zero so that every method can judge. */
const world = fc
  .array(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 12, maxLength: 12 }), {
    minLength: 3,
    maxLength: 3,
  })
  .chain((numbers) =>
    fc.tuple(
      fc.constant(numbers),
      fc.array(fc.constantFrom<1 | -1>(1, -1), { minLength: 3, maxLength: 3 }),
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 3, maxLength: 3 }),
    ),
  )
  .map(([numbers, directions, targets]) =>
    numbers.map(
      (own, at): Series => ({
        code: `i${at}`,
        goal: at < 2 ? '1' : '2',
        direction: directions[at] ?? 1,
        target: targets[at] ?? 1,
        values: own.map((value, n) => [units[n % 3] ?? '', years[Math.floor(n / 3)] ?? 0, value] as const),
      }),
    ),
  );

interface Turn {
  readonly scale?: number;
  readonly reverse?: boolean;
}

function judge(id: string, series: readonly Series[], { scale = 1, reverse = false }: Turn = {}) {
  const method = methods.get(id);
  if (method === undefined) throw new Error(id);
  const order = <T>(list: T[]): T[] => (reverse ? list.toReversed() : list);
  const [best, worst] = [1000 * scale, -200 * scale];
  const { results } = assess(
    method,
    {
      file: 'c',
      columns: ['indicator', 'goal', 'direction', 'target', 'target_year', 'best', 'worst', 'green', 'red'],
      rows: order(
        series.map(({ code, goal, direction, target }) =>
          [
            code,
            goal,
            direction,
            target * scale,
            2030,
            direction === 1 ? best : worst,
            direction === 1 ? worst : best,
            direction === 1 ? 300 * scale : 100 * scale,
            direction === 1 ? 100 * scale : 300 * scale,
          ].map(String),
        ),
      ).map((cells, at) => ({ row: at + 2, cells })),
    },
    {
      file: 'd',
      columns: ['unit', 'group', 'indicator', 'period', 'value'],
      rows: order(
        series.flatMap(({ code, values }) =>
          values.map(([unit, year, value]) => {
            const text = value === null ? '' : String(value * scale);
            return [unit, 'g', code, String(year), text];
          }),
        ),
      ).map((cells, at) => ({ row: at + 2, cells })),
    },
  );
  return new Map(results.map((one) => [`${one.level} ${one.unit} ${one.code} ${one.period}`, one]));
}

const general = [...methods.keys()].filter((id) => id !== 'hdi' && id !== 'ei-hj192-2015');
const close = (a: number | null, b: number | null) =>
  a === null || b === null ? a === b : Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

/** What a verdict says, free of the unit in which values were told. */
function same(a: ReadonlyMap<string, Result>, b: ReadonlyMap<string, Result>): void {
  expect([...b.keys()].sort()).toEqual([...a.keys()].sort());
  for (const [key, one] of a) {
    const other = b.get(key);
    expect([other?.status, other?.colour, other?.trend, other?.rank], key).toEqual([
      one.status,
      one.colour,
      one.trend,
      one.rank,
    ]);
    expect(close(one.score, other?.score ?? null), `${key}: ${one.score} and ${other?.score}`).toBe(true);
    expect(close(one.coverage, other?.coverage ?? null), key).toBe(true);
  }
}

describe.each(general)('%s', (id) => {
  it('does not depend on the order of rows in either table', () => {
    fc.assert(
      fc.property(world, (series) => {
        same(judge(id, series), judge(id, series, { reverse: true }));
      }),
      { numRuns: 25 },
    );
  });

  it('does not depend on the unit of measure', () => {
    fc.assert(
      fc.property(world, fc.constantFrom(0.125, 8, 1024), (series, scale) => {
        same(judge(id, series), judge(id, series, { scale }));
      }),
      { numRuns: 25 },
    );
  });

  it('does not take a missing value for zero', () => {
    fc.assert(
      fc.property(world, (series) => {
        // Every value of one unit and indicator is missing: it has no score; as zeros it may have one.
        const gone = series.map((one, at) =>
          at > 0
            ? one
            : {
                ...one,
                values: one.values.map(
                  ([unit, year, value]) => [unit, year, unit === 'u' ? null : value] as const,
                ),
              },
        );
        for (const [key, { score, coverage }] of judge(id, gone))
          if (key.startsWith('indicator u i0 ')) expect([score, coverage === 1]).toEqual([null, false]);
      }),
      { numRuns: 25 },
    );
  });
});

describe.each(['linear-distance', 'oecd-distance', 'green-development-index', 'composite', 'sdsn-2019'])(
  '%s',
  (id) => {
    it('says the same when every value, target and bound changes its sign and every direction turns', () => {
      fc.assert(
        fc.property(world, (series) => {
          const turned = series.map(
            (one): Series => ({
              ...one,
              direction: one.direction === 1 ? -1 : 1,
              target: -one.target,
              values: one.values.map(
                ([unit, year, value]) => [unit, year, value === null ? null : -value] as const,
              ),
            }),
          );
          const [own, other] = [withoutBounds(id, series), withoutBounds(id, turned)];
          same(own, other);
        }),
        { numRuns: 25 },
      );
    });
  },
);

/** Judged without bounds and marks, which would have to turn too: bounds come from the data or are not needed. */
function withoutBounds(id: string, series: readonly Series[]): ReadonlyMap<string, Result> {
  const method = methods.get(id);
  if (method === undefined) throw new Error(id);
  const { results } = assess(
    method,
    {
      file: 'c',
      columns: ['indicator', 'goal', 'direction', 'target', 'target_year'],
      rows: series.map(({ code, goal, direction, target }, at) => ({
        row: at + 2,
        cells: [code, goal, String(direction), String(target), '2030'],
      })),
    },
    {
      file: 'd',
      columns: ['unit', 'indicator', 'period', 'value'],
      rows: series
        .flatMap(({ code, values }) =>
          values.map(([unit, year, value]) => [
            unit,
            code,
            String(year),
            value === null ? '' : String(value),
          ]),
        )
        .map((cells, at) => ({ row: at + 2, cells })),
    },
  );
  return new Map(results.map((one) => [`${one.level} ${one.unit} ${one.code} ${one.period}`, one]));
}

describe('a better latest value never scores less', () => {
  it.each(['statcan', 'eurostat', 'unsd-2023', 'sdsn-2019', 'threshold', 'u4ssc'])('by %s', (id) => {
    fc.assert(
      fc.property(world, fc.integer({ min: 1, max: 200 }), (series, more) => {
        const better = series.map((one) => ({
          ...one,
          values: one.values.map(
            ([unit, year, value]) =>
              [
                unit,
                year,
                // Kept above zero, where a rate of growth exists.
                year === 2021 && value !== null ? Math.max(1, value + one.direction * more) : value,
              ] as const,
          ),
        }));
        const [own, other] = [judge(id, series), judge(id, better)];
        for (const [key, { score }] of own) {
          const after = other.get(key)?.score ?? null;
          if (key.startsWith('indicator') && score !== null && after !== null)
            expect(after, key).toBeGreaterThanOrEqual(score - 1e-9);
        }
      }),
      { numRuns: 25 },
    );
  });
});
