import { quantile } from '../statistics.ts';
import { type Matrix, mapColumns, present } from './matrix.ts';

/** What stands in for a missing value. By group: of the same column among the units of its group. */
export type Imputation = 'none' | 'mean' | 'median' | 'group-mean' | 'group-median' | 'row-mean';

/** The matrix with missing values filled, and where: unit and code of each. A group without a value leaves its gaps. */
export function impute(
  matrix: Matrix,
  how: Imputation,
  groups: readonly (string | null)[],
): { matrix: Matrix; filled: { unit: string; code: string }[] } {
  const filled: { unit: string; code: string }[] = [];
  if (how === 'none') return { matrix, filled };
  const middle = (values: Float64Array): number => {
    const list = [...present(values)];
    if (list.length === 0) return Number.NaN;
    if (how.endsWith('median')) return quantile(list, 0.5, 7) ?? Number.NaN;
    return list.reduce((sum, value) => sum + value, 0) / list.length;
  };
  const rows = how === 'row-mean' ? rowMeans(matrix) : null;
  const made = mapColumns(matrix, (column, code) => {
    if (!column.some(Number.isNaN)) return column;
    const ofGroup = new Map<string | null, number>();
    const all = middle(column);
    const standIn = (at: number): number => {
      if (rows !== null) return rows[at] ?? Number.NaN;
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

function rowMeans({ units, columns }: Matrix): Float64Array {
  return Float64Array.from(units, (_, row) => {
    let [sum, count] = [0, 0];
    for (const column of columns) {
      const value = column[row] ?? Number.NaN;
      if (!Number.isNaN(value)) [sum, count] = [sum + value, count + 1];
    }
    return count === 0 ? Number.NaN : sum / count;
  });
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
