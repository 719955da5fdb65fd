import { copelandScores, outrankMatrix } from './outrank.ts';
import type { Structure } from './structure.ts';

/** How the parts of an aggregate make the whole. */
export type Aggregation =
  | { readonly kind: 'arithmetic' | 'geometric' | 'harmonic' }
  | { readonly kind: 'copeland' }
  | { readonly kind: 'generalised'; readonly power: number };

export interface AggregationRule {
  /** By height above the indicators, from 1; the last entry holds for all above. */
  readonly byHeight: readonly Aggregation[];
  /** Least share of the weighted parts that must be there for a unit to get a value, 0 to 1. */
  readonly least: number;
}

export const presetAggregation: AggregationRule = { byHeight: [{ kind: 'arithmetic' }], least: 0 };

/** The aggregates of a composite, in the order of `structure.aggregates`, and which of them could not be formed for some units. */
export interface Aggregated {
  readonly columns: readonly Float64Array[];
  /** Aggregates for which a mean does not exist for these values: a geometric or harmonic mean of what is not above zero. */
  readonly refused: readonly { readonly code: string; readonly kind: string; readonly units: number }[];
}

/** An aggregate as it was last made, and from what. */
export interface Remembered {
  readonly parts: readonly Float64Array[];
  readonly weights: Float64Array;
  readonly how: Aggregation;
  readonly least: number;
  readonly column: Float64Array;
  readonly refused: number;
}

/**
 * Aggregates normalised indicator columns up the structure. What is missing is left out and the weights of the rest stand
 * alone. `weights` are by column of the structure. A `memory` that is handed in again keeps the aggregates whose parts,
 * weights and rule are those of the last time.
 */
export function aggregate(
  structure: Structure,
  leaves: readonly Float64Array[],
  weights: Float64Array,
  rule: AggregationRule,
  memory: (Remembered | undefined)[] = [],
): Aggregated {
  const columns = leaves.slice();
  const refused: { code: string; kind: string; units: number }[] = [];
  for (let at = 0; at < structure.aggregates.length; at += 1) {
    const { code, height, parts } = structure.aggregates[at] ?? nothing;
    const how = rule.byHeight[Math.min(height, rule.byHeight.length) - 1] ?? plain;
    let made = memory[at];
    if (made === undefined || !isSame(made, columns, parts, weights, how, rule.least)) {
      made = make(
        parts.map((part) => columns[part] ?? new Float64Array()),
        pickWeights(parts, weights),
        how,
        rule.least,
      );
      memory[at] = made;
    }
    if (made.refused > 0) refused.push({ code, kind: how.kind, units: made.refused });
    columns.push(made.column);
  }
  return { columns: columns.slice(leaves.length), refused };
}

const nothing = { code: '', height: 1, parts: [] as readonly number[] };

function pickWeights(parts: readonly number[], weights: Float64Array): Float64Array {
  const own = new Float64Array(parts.length);
  for (let at = 0; at < parts.length; at += 1) own[at] = weights[parts[at] ?? 0] ?? 1;
  return own;
}

const plain: Aggregation = { kind: 'arithmetic' };

function isSame(
  last: Remembered,
  columns: readonly Float64Array[],
  parts: readonly number[],
  weights: Float64Array,
  how: Aggregation,
  least: number,
): boolean {
  if (last.how !== how || last.least !== least || last.parts.length !== parts.length) return false;
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at] ?? 0;
    if (last.weights[at] !== (weights[part] ?? 1) || last.parts[at] !== columns[part]) return false;
  }
  return true;
}

function make(
  parts: readonly Float64Array[],
  weights: Float64Array,
  how: Aggregation,
  least: number,
): Remembered {
  const base = { parts, weights, how, least };
  if (how.kind === 'copeland')
    return { ...base, column: copelandScores(outrankMatrix(parts, weights)), refused: 0 };
  if (how.kind === 'arithmetic' && weights.some((weight) => weight !== 0) && parts.every(isComplete))
    return { ...base, column: plainMeans(parts, weights), refused: 0 };
  return { ...base, ...means(parts, weights, how, least) };
}

type Mean = Exclude<Aggregation, { readonly kind: 'copeland' }>;

/** Weighted means by row; a row for which the mean does not exist is counted and left missing. */
function means(
  parts: readonly Float64Array[],
  weights: Float64Array,
  how: Mean,
  least: number,
): { column: Float64Array; refused: number } {
  const rows = parts[0]?.length ?? 0;
  const sums = new Float64Array(rows);
  const total = new Float64Array(rows);
  const bad = new Uint8Array(rows);
  const count = new Uint32Array(rows);
  const enter = entryOf(how);
  parts.forEach((column, at) => {
    const weight = weights[at] ?? 1;
    for (let row = 0; row < rows; row += 1) {
      const value = column[row] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      const entry = enter.forward(value);
      if (weight !== 0 && !Number.isFinite(entry)) bad[row] = 1;
      else sums[row] = (sums[row] ?? 0) + weight * (weight === 0 ? 0 : entry);
      total[row] = (total[row] ?? 0) + weight;
      count[row] = (count[row] ?? 0) + 1;
    }
  });
  let refused = 0;
  const column = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const weight = total[row] ?? 0;
    const enough = (count[row] ?? 0) > 0 && (count[row] ?? 0) >= least * parts.length - 1e-9 && weight > 0;
    if (bad[row] === 1) refused += 1;
    column[row] = enough && bad[row] !== 1 ? enter.back((sums[row] ?? 0) / weight) : Number.NaN;
  }
  return { column, refused };
}

/** Whether nothing is missing in a column; remembered, as columns are not changed once made. */
function isComplete(column: Float64Array): boolean {
  let known = completeness.get(column);
  if (known === undefined) {
    known = true;
    for (let row = 0; row < column.length && known; row += 1)
      known = !Number.isNaN(column[row] ?? Number.NaN);
    completeness.set(column, known);
  }
  return known;
}

const completeness = new WeakMap<Float64Array, boolean>();

/** Weighted arithmetic means where nothing is missing: what a Monte Carlo does most of the time. */
function plainMeans(parts: readonly Float64Array[], weights: Float64Array): Float64Array {
  const rows = parts[0]?.length ?? 0;
  const sums = new Float64Array(rows);
  let total = 0;
  for (let at = 0; at < parts.length; at += 1) {
    const weight = weights[at] ?? 1;
    const column = parts[at] ?? sums;
    total += weight;
    for (let row = 0; row < rows; row += 1) sums[row] = (sums[row] ?? 0) + weight * (column[row] ?? 0);
  }
  for (let row = 0; row < rows; row += 1) sums[row] = total > 0 ? (sums[row] ?? 0) / total : Number.NaN;
  return sums;
}

/** A quasi-arithmetic mean: values are carried over, averaged there, and carried back. */
function entryOf(how: Mean): { forward: (x: number) => number; back: (y: number) => number } {
  switch (how.kind) {
    case 'arithmetic':
      return { forward: (x) => x, back: (y) => y };
    case 'geometric':
      return { forward: (x) => (x > 0 ? Math.log(x) : Number.NaN), back: Math.exp };
    case 'harmonic':
      return { forward: (x) => (x !== 0 ? 1 / x : Number.NaN), back: (y) => (y === 0 ? Number.NaN : 1 / y) };
    case 'generalised': {
      const { power } = how;
      if (power === 0) return entryOf({ kind: 'geometric' });
      // Powers of values below zero, and negative powers of zero, do not exist.
      return {
        forward: (x) => (x < 0 && power !== 1 ? Number.NaN : x ** power),
        back: (y) => y ** (1 / power),
      };
    }
  }
}
