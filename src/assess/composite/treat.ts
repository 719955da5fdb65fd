import { type Matrix, mapColumns } from './matrix.ts';
import { passes, type ShapeLimits, shapeOf } from './shape.ts';

/** How outliers are treated: first by winsorising, then, where that does not suffice, by a logarithm. */
export interface Treatment {
  /** Most values that may be replaced in a column; 0 winsorises nothing. */
  readonly most: number;
  readonly fallback: 'log' | 'log-plus' | 'log-gii' | 'box-cox' | 'none';
  /** Exponent of the Box–Cox transformation. */
  readonly lambda: number;
  readonly limits: ShapeLimits;
  /** Whether the second step starts from what the first has made; otherwise from the original. */
  readonly combine: boolean;
}

export const presetTreatment: Treatment = {
  most: 5,
  fallback: 'log',
  lambda: 0,
  limits: { skewness: 2, kurtosis: 3.5 },
  combine: false,
};

export interface Treated {
  readonly column: Float64Array;
  /** What was done: nothing, values replaced, or transformed. */
  readonly step: 'none' | 'winsorised' | 'transformed';
  readonly replaced: number;
}

/**
 * Replaces the highest (or, when the column leans the other way, lowest) values by the next, ties together, until the
 * column passes or `most` are replaced.
 */
export function winsorise(
  column: Float64Array,
  most: number,
  limits: ShapeLimits,
): { column: Float64Array; replaced: number } {
  const made = column.slice();
  let replaced = 0;
  let [highest, lowest] = [0, 0];
  while (replaced < most && !passes(made, limits)) {
    const high = shapeOf(made).skewness >= 0;
    const sign = high ? 1 : -1;
    let [extreme, next] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of made) {
      const turned = sign * value;
      if (turned > extreme) [extreme, next] = [turned, extreme];
      else if (turned > next && turned < extreme) next = turned;
    }
    if (next === Number.NEGATIVE_INFINITY) break;
    let ties = 0;
    for (let at = 0; at < made.length; at += 1)
      if (sign * (made[at] ?? 0) === extreme) {
        made[at] = sign * next;
        ties += 1;
      }
    if (high) highest = ties;
    else lowest = ties;
    // The ties of one step contain the values that earlier steps have lowered: the count is theirs together.
    replaced = highest + lowest;
  }
  return { column: made, replaced };
}

/** A column after treatment. */
export function treatColumn(column: Float64Array, treatment: Treatment): Treated {
  const { limits } = treatment;
  if (passes(column, limits)) return { column, step: 'none', replaced: 0 };
  const first = winsorise(column, treatment.most, limits);
  if (passes(first.column, limits) || treatment.fallback === 'none')
    return {
      column: first.column,
      step: first.replaced > 0 ? 'winsorised' : 'none',
      replaced: first.replaced,
    };
  const from = treatment.combine ? first.column : column;
  return { column: transform(from, treatment), step: 'transformed', replaced: first.replaced };
}

function transform(column: Float64Array, { fallback, lambda }: Treatment): Float64Array {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of column) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  switch (fallback) {
    case 'log':
      return column.map((value) => Math.log(value - low + 0.01 * (high - low)));
    case 'log-plus':
      return column.map((value) => Math.log(value - low + 1));
    case 'log-gii':
      return column.map((value) => Math.log(((high - 1) * (value - low)) / (high - low) + 1));
    case 'box-cox':
      return column.map((value) =>
        lambda === 0 ? Math.log(value - low + 1) : ((value - low + 1) ** lambda - 1) / lambda,
      );
    case 'none':
      return column;
  }
}

/** Every column after treatment, with what was done to it. Columns in `each` are treated in their own way (null: not). */
export function treat(
  matrix: Matrix,
  treatment: Treatment | null,
  each: ReadonlyMap<string, Treatment | null> = new Map(),
): { matrix: Matrix; steps: ReadonlyMap<string, Treated> } {
  const steps = new Map<string, Treated>();
  const made = mapColumns(matrix, (column, code) => {
    const own = each.get(code);
    const how = own === undefined ? treatment : own;
    if (how === null) return column;
    const treated = treatColumn(column, how);
    steps.set(code, treated);
    return treated.column;
  });
  return { matrix: made, steps };
}
