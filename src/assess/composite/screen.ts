import { keepUnits, type Matrix } from './matrix.ts';

/** How much of its data a unit has. */
export interface Screened {
  readonly unit: string;
  readonly missing: number;
  readonly zeros: number;
  /** Share of values that are there. */
  readonly available: number;
  /** Share of the values there that are not zero; 0 when there are none. */
  readonly nonZero: number;
  readonly included: boolean;
}

export interface ScreenRule {
  readonly by: 'missing' | 'zeros' | 'both';
  /** Least share of values there, and of values that are not zero. */
  readonly leastAvailable: number;
  readonly leastNonZero: number;
  /** Units that are in or out whatever they have. */
  readonly force: ReadonlyMap<string, boolean>;
}

/** The units by what they have, and the matrix of those that stay. */
export function screen(matrix: Matrix, rule: ScreenRule): { matrix: Matrix; units: Screened[] } {
  const units = matrix.units.map((unit, row): Screened => {
    let [missing, zeros] = [0, 0];
    for (const column of matrix.columns) {
      const value = column[row] ?? Number.NaN;
      if (Number.isNaN(value)) missing += 1;
      else if (value === 0) zeros += 1;
    }
    const there = matrix.codes.length - missing;
    const available = matrix.codes.length === 0 ? 0 : there / matrix.codes.length;
    const nonZero = there === 0 ? 0 : 1 - zeros / there;
    const low = available < rule.leastAvailable;
    const flat = nonZero < rule.leastNonZero;
    const out = rule.by === 'missing' ? low : rule.by === 'zeros' ? flat : low || flat;
    return { unit, missing, zeros, available, nonZero, included: rule.force.get(unit) ?? !out };
  });
  return { units, matrix: keepUnits(matrix, (row) => units[row]?.included === true) };
}
