import { quantile } from '../statistics.ts';
import { imputeByExpectation } from './impute-em.ts';
import { type Matrix, mapColumns, present } from './matrix.ts';

/**
 * What stands in for a missing value. By group: of the same column among the units of its group; row mean: of the unit's other indicators, on a scale from the
 * worst to the best unit of each; expectation: what a multivariate normal distribution expects, given the unit's other values.
 */
export type Imputation =
  | 'none'
  | 'mean'
  | 'median'
  | 'group-mean'
  | 'group-median'
  | 'row-mean'
  | 'expectation';

/** The matrix with missing values filled, and where: unit and code of each. A group without a value leaves its gaps. */
export function impute(
  matrix: Matrix,
  how: Imputation,
  groups: readonly (string | null)[],
  directionOf: (code: string) => 1 | -1 = () => 1,
): { matrix: Matrix; filled: { unit: string; code: string }[] } {
  const filled: { unit: string; code: string }[] = [];
  if (how === 'none') return { matrix, filled };
  if (how === 'expectation') return imputeByExpectation(matrix);
  const middle = (values: Float64Array): number => {
    const list = [...present(values)];
    if (list.length === 0) return Number.NaN;
    if (how.endsWith('median')) return quantile(list, 0.5, 7) ?? Number.NaN;
    return list.reduce((sum, value) => sum + value, 0) / list.length;
  };
  const rows = how === 'row-mean' ? rowMeans(matrix, directionOf) : null;
  const made = mapColumns(matrix, (column, code) => {
    if (!column.some(Number.isNaN)) return column;
    const ofGroup = new Map<string | null, number>();
    const all = middle(column);
    const standIn = (at: number): number => {
      if (rows !== null) return onScale(rows[at] ?? Number.NaN, column, directionOf(code));
      if (!how.startsWith('group')) return all;
      const group = groups[at] ?? null;
      let value = ofGroup.get(group);
      if (value === undefined) {
        value = middle(column.filter((_, other) => (groups[other] ?? null) === group));
        ofGroup.set(group, value);
      }
      return value;
    };
    return column.map((value, at) => {
      if (!Number.isNaN(value)) return value;
      const stand = standIn(at);
      if (!Number.isNaN(stand)) filled.push({ unit: matrix.units[at] ?? '', code });
      return stand;
    });
  });
  return { matrix: made, filled };
}

/**
 * The mean of each row over columns brought to a scale of 0 (worst) to 1 (best), as COINr imputes by row: plain values of
 * different units have no mean.
 */
function rowMeans({ units, columns, codes }: Matrix, directionOf: (code: string) => 1 | -1): Float64Array {
  const ends = columns.map(endsOf);
  return Float64Array.from(units, (_, row) => {
    let [sum, count] = [0, 0];
    columns.forEach((column, at) => {
      const value = column[row] ?? Number.NaN;
      const [low, high] = ends[at] ?? [0, 0];
      if (Number.isNaN(value) || !(high > low)) return;
      const share = (value - low) / (high - low);
      sum += directionOf(codes[at] ?? '') === 1 ? share : 1 - share;
      count += 1;
    });
    return count === 0 ? Number.NaN : sum / count;
  });
}

/** A place between worst (0) and best (1) as a value of the column. */
function onScale(share: number, column: Float64Array, direction: 1 | -1): number {
  const [low, high] = endsOf(column);
  return high > low ? low + (direction === 1 ? share : 1 - share) * (high - low) : Number.NaN;
}

function endsOf(column: Float64Array): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of column) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** A series over time with its gaps filled: between two values by a straight line, or by the last value before. Ends stay open, or keep the last value. */
export function imputeSeries(
  years: readonly number[],
  values: Float64Array,
  how: 'latest' | 'linear',
): Float64Array {
  return values.map((value, at) => {
    if (!Number.isNaN(value)) return value;
    let before = at - 1;
    while (before >= 0 && Number.isNaN(values[before] ?? Number.NaN)) before -= 1;
    const earlier = values[before] ?? Number.NaN;
    if (how === 'latest') return earlier;
    let after = at + 1;
    while (after < values.length && Number.isNaN(values[after] ?? Number.NaN)) after += 1;
    const later = values[after] ?? Number.NaN;
    if (before < 0 || after >= values.length) return before < 0 ? later : earlier;
    const [from, to, now] = [years[before] ?? 0, years[after] ?? 0, years[at] ?? 0];
    return earlier + ((later - earlier) * (now - from)) / (to - from);
  });
}
