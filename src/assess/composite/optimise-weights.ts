import { type AggregationRule, aggregate } from './aggregate.ts';
import { correlation } from './correlate.ts';
import { type Minimum, nelderMead } from './nelder-mead.ts';
import type { Structure } from './structure.ts';

/** Weights of one level that make the correlations with the index as asked. */
export interface OptimisedWeights {
  readonly codes: readonly string[];
  /** Sum to 1. */
  readonly weights: readonly number[];
  /** Shares of the correlations with the index under these weights. */
  readonly obtained: readonly number[];
  readonly search: Minimum;
}

/**
 * Searches weights for the aggregates of one height (0: the indicators) so that their correlations with the index stand in
 * the proportions of `importance` (Becker et al. 2017, doi:10.1016/j.ecolind.2017.03.056), or, without it, sum to the most.
 */
export function optimiseWeights(
  structure: Structure,
  leaves: readonly Float64Array[],
  rule: AggregationRule,
  height: number,
  importance: readonly number[] | null,
  tolerance = 0.1,
  most = 500,
): OptimisedWeights {
  const heights = [...structure.indicators.map(() => 0), ...structure.aggregates.map((one) => one.height)];
  const own = heights.flatMap((one, at) => (one === height ? [at] : []));
  const total = importance?.reduce((sum, one) => sum + one, 0) ?? 1;
  const wanted = importance?.map((one) => one / total) ?? null;
  const correlations = (point: readonly number[]): number[] => {
    const sum = point.reduce((all, one) => all + one, 0);
    const weights = structure.weights.slice();
    own.forEach((at, i) => {
      weights[at] = (point[i] ?? 0) / sum;
    });
    const columns = [...leaves, ...aggregate(structure, leaves, weights, rule).columns];
    const index = columns.at(-1) ?? new Float64Array();
    return own.map((at) => correlation(columns[at] ?? new Float64Array(), index) ?? 0);
  };
  const shares = (values: readonly number[]) => {
    const sum = values.reduce((all, one) => all + one, 0);
    return values.map((one) => one / sum);
  };
  const objective = (point: readonly number[]): number => {
    const values = correlations(point);
    if (wanted === null) return -values.reduce((all, one) => all + one, 0);
    const squares = shares(values).reduce((all, one, at) => all + (one - (wanted[at] ?? 0)) ** 2, 0);
    return Math.log(squares / values.length);
  };
  const start = wanted ?? own.map((at) => structure.weights[at] ?? 1);
  const search = nelderMead(objective, start, tolerance, most);
  const weights = shares(search.at);
  const last = correlations(weights);
  return {
    codes: own.map((at) => structure.codes[at] ?? ''),
    weights,
    obtained: wanted === null ? last : shares(last),
    search,
  };
}
