import { quantile } from '../statistics.ts';
import { type AggregationRule, aggregate, type Remembered } from './aggregate.ts';
import { build, type Composite, type Ingredients, normaliseAll, type Recipe } from './build.ts';
import type { Matrix } from './matrix.ts';
import type { Normalisation } from './normalise.ts';
import { type Random, randomStream } from './random.ts';
import { type Treatment, treat } from './treat.ts';

/** What is left open in a composite: alternatives of its stages and noise on its weights. */
export interface Alternatives {
  readonly treatments: readonly (Treatment | null)[];
  readonly normalisations: readonly Normalisation[];
  readonly aggregations: readonly AggregationRule[];
  /**
   * Every weight is multiplied by 1 ± this share, uniformly: the share by height (indicators first), the last for all above.
   */
  readonly weightNoise: readonly number[];
}

/** Everything a replicate needs that does not change between replicates: treated and normalised columns by alternative. */
export interface Prepared {
  readonly from: Ingredients;
  readonly nominal: Composite;
  readonly recipe: Recipe;
  readonly alternatives: Alternatives;
  /** Normalised matrices by [treatment][normalisation], made when first needed. */
  readonly normalised: (Matrix | undefined)[][];
  readonly treated: (Matrix | undefined)[];
  /** Aggregates last made from each set of leaves: a draw that changes only upper weights does not make them again. */
  readonly memory: Map<Matrix, (Remembered | undefined)[]>;
  /** Ranks of the units in the nominal index. */
  readonly ranks: Uint16Array;
}

export function prepare(from: Ingredients, recipe: Recipe, alternatives: Alternatives): Prepared {
  const nominal = build(from, recipe);
  return {
    from,
    recipe,
    alternatives,
    nominal,
    ranks: ranksDown(nominal.aggregated.columns.at(-1) ?? new Float64Array(nominal.screened.units.length)),
    normalised: alternatives.treatments.map(() => []),
    treated: [],
    memory: new Map(),
  };
}

const pick = (u: number, count: number) => Math.min(Math.floor(u * count), count - 1);

/** One way of settling what is open. The first three are uniform numbers in [0, 1) that pick an alternative. */
export interface Draw {
  readonly treatment: number;
  readonly normalisation: number;
  readonly aggregation: number;
  /** Weights by column of the structure. */
  readonly weights: Float64Array;
}

/** The index column under one draw. */
export function indexUnder(prepared: Prepared, draw: Draw): Float64Array {
  const { alternatives, from, recipe, nominal } = prepared;
  const treatment = pick(draw.treatment, alternatives.treatments.length);
  const normalisation = pick(draw.normalisation, alternatives.normalisations.length);
  const leaves = leavesOf(prepared, treatment, normalisation);
  const rule =
    alternatives.aggregations[pick(draw.aggregation, alternatives.aggregations.length)] ?? recipe.aggregate;
  let memory = prepared.memory.get(leaves);
  if (memory === undefined) {
    memory = [];
    prepared.memory.set(leaves, memory);
  }
  return (
    aggregate(from.structure, leaves.columns, draw.weights, rule, memory).columns.at(-1) ??
    new Float64Array(nominal.screened.units.length)
  );
}

/** The index column of one replicate: every draw of it comes from the stream of its number. */
export function replicate(prepared: Prepared, seed: number, number: number): Float64Array {
  const random = randomStream(seed, number);
  const [treatment, normalisation, aggregation] = [random(), random(), random()];
  return indexUnder(prepared, {
    treatment,
    normalisation,
    aggregation,
    weights: noisyWeights(prepared, random),
  });
}

/** The weights of the recipe, each with its noise. */
export function noisyWeights(prepared: Prepared, random: Random): Float64Array {
  const noise = noiseOf(prepared);
  return prepared.recipe.weights.map((weight, at) => weight * (1 + (noise[at] ?? 0) * (2 * random() - 1)));
}

/** Share of noise of each column's weight. */
function noiseOf({ alternatives: { weightNoise }, from: { structure } }: Prepared): number[] {
  const at = (height: number) => weightNoise[Math.min(height, weightNoise.length - 1)] ?? 0;
  return [...structure.indicators.map(() => at(0)), ...structure.aggregates.map(({ height }) => at(height))];
}

function leavesOf(prepared: Prepared, t: number, n: number): Matrix {
  const { alternatives, from, recipe, nominal } = prepared;
  const known = prepared.normalised[t]?.[n];
  if (known !== undefined) return known;
  const treatment = alternatives.treatments[t] ?? null;
  prepared.treated[t] ??=
    treatment === null && recipe.treatEach.size === 0
      ? nominal.screened
      : treat(nominal.screened, treatment, recipe.treatEach).matrix;
  const normalise = alternatives.normalisations[n] ?? recipe.normalise;
  const { matrix } = normaliseAll(prepared.treated[t], from.structure, { ...recipe, normalise });
  const row = prepared.normalised[t];
  if (row !== undefined) row[n] = matrix;
  return matrix;
}

/** How far the rank of a unit depends on what is left open. Rank 1 is best. */
export interface RankSpread {
  readonly unit: string;
  readonly nominal: number | null;
  readonly mean: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Ranks of replicates `from` … `to` − 1, unit by unit: a flat table, a row a replicate. The same for any division of the work. */
export function rankReplicates(prepared: Prepared, from: number, to: number, seed: number): Uint16Array {
  const units = prepared.nominal.screened.units.length;
  const ranks = new Uint16Array((to - from) * units);
  for (let r = from; r < to; r += 1) {
    ranks.set(ranksDown(replicate(prepared, seed, r)), (r - from) * units);
  }
  return ranks;
}

/** Competition ranks, highest first; 0 for what is missing. */
function ranksDown(column: Float64Array): Uint16Array {
  // Missing values sort to the end.
  const sorted = column.slice().sort();
  let count = sorted.length;
  while (count > 0 && Number.isNaN(sorted[count - 1] ?? Number.NaN)) count -= 1;
  const ranks = new Uint16Array(column.length);
  for (let at = 0; at < column.length; at += 1) {
    const value = column[at] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    // The first position beyond the value: as many are greater as stand from there on.
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    ranks[at] = count - low + 1;
  }
  return ranks;
}

/** Summary of a table of ranks: mean, median, and the bounds of 5 and 95 % (quantile type 7). */
export function summariseRanks(prepared: Prepared, ranks: Uint16Array): RankSpread[] {
  const { units } = prepared.nominal.screened;
  const nominal = prepared.ranks;
  const rounds = ranks.length / units.length;
  return units.map((unit, at) => {
    const own: number[] = [];
    for (let r = 0; r < rounds; r += 1) {
      const rank = ranks[r * units.length + at] ?? 0;
      if (rank > 0) own.push(rank);
    }
    return {
      unit,
      nominal: nominal[at] === 0 ? null : (nominal[at] ?? null),
      mean: own.length === 0 ? 0 : own.reduce((sum, rank) => sum + rank, 0) / own.length,
      median: quantile(own, 0.5, 7) ?? 0,
      low: quantile(own, 0.05, 7) ?? 0,
      high: quantile(own, 0.95, 7) ?? 0,
    };
  });
}

/** Mean absolute change of rank against the nominal result, the outcome whose sensitivity is asked for. */
export function rankChange(prepared: Prepared, index: Float64Array): number {
  const own = ranksDown(index);
  let sum = 0;
  let count = 0;
  for (let at = 0; at < own.length; at += 1) {
    const [rank, before] = [own[at] ?? 0, prepared.ranks[at] ?? 0];
    if (rank === 0 || before === 0) continue;
    sum += Math.abs(rank - before);
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}
