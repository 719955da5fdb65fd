import { cellKey } from '../compile/compile.ts';
import type { Ensemble, Uncertain } from './ensemble.ts';

/** How much one parameter moves an outcome. */
export interface Influence {
  readonly name: string;
  /** Spearman's rank correlation with the outcome, -1 to 1. */
  readonly correlation: number;
  /** Share of the ranks' variance that it explains alone: the square of the correlation. */
  readonly share: number;
}

/** Parameters of an ensemble by the strength of their influence on a variable at one row of the table, strongest first. */
export function influences(
  found: Ensemble,
  uncertain: readonly Uncertain[],
  column: string,
  row = found.times.length - 1,
): Influence[] {
  const index = found.columns.findIndex((name) => cellKey(name) === cellKey(column));
  const width = found.columns.length;
  const rows = found.times.length;
  const outcome = ranks(
    Float64Array.from(
      { length: found.runs },
      (_, run) => found.values[(run * rows + row) * width + index] ?? Number.NaN,
    ),
  );
  return uncertain
    .map(({ name }, k) => {
      const values = Float64Array.from(
        { length: found.runs },
        (_, run) => found.samples[run * uncertain.length + k] ?? 0,
      );
      const correlation = pearson(ranks(values), outcome);
      return { name, correlation, share: correlation ** 2 };
    })
    .sort((a, b) => b.share - a.share || a.name.localeCompare(b.name, 'en'));
}

/** Ranks with ties at their mean. */
function ranks(values: Float64Array): Float64Array {
  const order = Array.from(values, (_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const result = new Float64Array(values.length);
  for (let i = 0; i < order.length; ) {
    let j = i;
    while (j + 1 < order.length && values[order[j + 1] ?? 0] === values[order[i] ?? 0]) j++;
    for (let k = i; k <= j; k++) result[order[k] ?? 0] = (i + j) / 2;
    i = j + 1;
  }
  return result;
}

function pearson(left: Float64Array, right: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const a = mean(left);
  const b = mean(right);
  let product = 0;
  let squareLeft = 0;
  let squareRight = 0;
  left.forEach((value, i) => {
    const other = (right[i] ?? 0) - b;
    product += (value - a) * other;
    squareLeft += (value - a) ** 2;
    squareRight += other ** 2;
  });
  return squareLeft === 0 || squareRight === 0 ? 0 : product / Math.sqrt(squareLeft * squareRight);
}
