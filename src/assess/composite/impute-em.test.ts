import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imputeByExpectation } from './impute-em.ts';
import type { Matrix } from './matrix.ts';

const matrix = (...columns: number[][]): Matrix => ({
  units: (columns[0] ?? []).map((_, at) => `u${at}`),
  codes: columns.map((_, at) => `c${at}`),
  columns: columns.map((column) => Float64Array.from(column)),
});
const gap = Number.NaN;

describe('imputation by expectation–maximisation', () => {
  // With gaps in one column only the most likely fill is the regression on complete rows (Anderson 1957).
  it('is the regression on complete rows where one column has the gaps', () => {
    const x = [1, 2, 3, 4, 5, 6, 7];
    const y = [2.1, 3.9, 6.2, 7.8, 10.1, gap, gap];
    const rows = [0, 1, 2, 3, 4];
    const mean = (list: number[]) => rows.reduce((sum, at) => sum + (list[at] ?? 0), 0) / rows.length;
    const [mx, my] = [mean(x), mean(y)];
    const slope =
      rows.reduce((sum, at) => sum + ((x[at] ?? 0) - mx) * ((y[at] ?? 0) - my), 0) /
      rows.reduce((sum, at) => sum + ((x[at] ?? 0) - mx) ** 2, 0);
    const { matrix: made, filled } = imputeByExpectation(matrix(x, y));
    expect(made.columns[1]?.[5]).toBeCloseTo(my + slope * (6 - mx), 5);
    expect(made.columns[1]?.[6]).toBeCloseTo(my + slope * (7 - mx), 5);
    expect(filled).toEqual([
      { unit: 'u5', code: 'c1' },
      { unit: 'u6', code: 'c1' },
    ]);
  });

  it('leaves what is there, rows without any value, and columns without spread', () => {
    const from = matrix(
      [1, 2, gap, 4, 3],
      [2, 4.5, gap, gap, 6],
      [7, 7, 7, gap, 7],
      [gap, gap, gap, gap, gap],
    );
    const { matrix: made } = imputeByExpectation(from);
    expect([...(made.columns[0] ?? [])]).toEqual([1, 2, gap, 4, 3]);
    expect(made.columns[1]?.[0]).toBe(2);
    expect(made.columns[1]?.[3]).toBeGreaterThan(6);
    expect(made.columns[2]?.[3]).toBeNaN();
    expect(made.columns[3]?.[0]).toBeNaN();
  });

  it('does not depend on units of measure, and gives a number with more columns than rows', () => {
    const value = fc.option(fc.integer({ min: -50, max: 50 }), { nil: null, freq: 4 });
    fc.assert(
      fc.property(
        fc.array(fc.array(value, { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 6 }),
        (columns) => {
          const plain = columns.map((column) => column.map((one) => one ?? gap));
          const made = imputeByExpectation(matrix(...plain)).matrix;
          for (const column of made.columns)
            for (const one of column) expect(Number.isNaN(one) || Number.isFinite(one)).toBe(true);
          const turned = imputeByExpectation(
            matrix(...plain.map((column) => column.map((one) => 8 * one - 3))),
          ).matrix;
          made.columns.forEach((column, at) => {
            column.forEach((one, row) => {
              const other = turned.columns[at]?.[row] ?? gap;
              if (Number.isNaN(one)) expect(other).toBeNaN();
              else expect(Math.abs(other - (8 * one - 3))).toBeLessThan(1e-3 * Math.max(1, Math.abs(one)));
            });
          });
        },
      ),
      { numRuns: 40 },
    );
  });
});
