import { cellKey } from '../compile/compile.ts';
import { literalSlots, type Runner } from '../run/run.ts';
import { Stream } from '../run/stream.ts';
import { type Distribution, quantile } from './distribution.ts';

/** A constant of the model and what is known of it. */
export interface Uncertain {
  readonly name: string;
  readonly distribution: Distribution;
}

/**
 * A Latin hypercube: `count` samples, row by row, such that each parameter's range falls into `count` strata of equal
 * probability and each stratum is hit once. The same seed gives the same samples.
 */
export function latinHypercube(count: number, uncertain: readonly Uncertain[], seed: number): Float64Array {
  const samples = new Float64Array(count * uncertain.length);
  uncertain.forEach(({ distribution }, k) => {
    const stream = new Stream(seed, k + 1);
    const order = Int32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor(stream.uniform() * (i + 1));
      const kept = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = kept;
    }
    for (let i = 0; i < count; i++) {
      const p = ((order[i] ?? 0) + Math.min(1 - 1e-12, Math.max(1e-12, stream.uniform()))) / count;
      samples[i * uncertain.length + k] = quantile(distribution, p);
    }
  });
  return samples;
}

export interface EnsembleOptions {
  readonly uncertain: readonly Uncertain[];
  readonly count: number;
  readonly seed: number;
  /** Variables whose values are kept; all when left out. */
  readonly columns?: readonly string[];
  /** Runs from `from` to before `to`: one worker's share. All when left out. */
  readonly from?: number;
  readonly to?: number;
  /** Values that hold in every run, by name. */
  readonly fixed?: ReadonlyMap<string, number>;
}

/** The kept values of the runs of one share: `values[(run * rows + row) * columns + column]`. */
export interface Ensemble {
  readonly columns: readonly string[];
  readonly times: Float64Array;
  readonly runs: number;
  readonly values: Float64Array;
  /** The parameters of each run: `samples[run * parameters + parameter]`. */
  readonly samples: Float64Array;
}

/**
 * Runs a model for each sample of a Latin hypercube. Shares of several workers, put together in order, equal one
 * worker's whole, since samples and random streams depend on the run's number alone.
 *
 * @throws RangeError when a name is no constant of the model or no variable
 */
export function ensemble(runner: Runner, options: EnsembleOptions): Ensemble {
  const { uncertain, count, seed, from = 0, to = count } = options;
  const slots = literalSlots(runner.compiled);
  const slotOf = (name: string): number => {
    const slot = slots.get(cellKey(name));
    if (slot === undefined) throw new RangeError(`'${name}' is no constant of the model`);
    return slot;
  };
  const places = uncertain.map(({ name }) => slotOf(name));
  const fixed = [...(options.fixed ?? [])].map(([name, value]) => [slotOf(name), value] as const);
  const all = latinHypercube(count, uncertain, seed);
  const names = runner.compiled.cells.slice(0, runner.compiled.visible).map((cell) => cell.name);
  const keys = new Map(names.map((name, index) => [cellKey(name), index]));
  const kept = (options.columns ?? names).map((name) => {
    const index = keys.get(cellKey(name));
    if (index === undefined) throw new RangeError(`'${name}' is no variable of the model`);
    return index;
  });
  let values = new Float64Array(0);
  let times: Float64Array = new Float64Array(0);
  for (let run = from; run < to; run++) {
    const set = new Map(fixed);
    for (const [k, slot] of places.entries()) set.set(slot, all[run * places.length + k] ?? 0);
    const table = runner.run({ seed: seed + run, values: set });
    if (run === from) {
      times = table.times;
      values = new Float64Array((to - from) * times.length * kept.length);
    }
    let at = (run - from) * times.length * kept.length;
    if (kept.length === table.width) values.set(table.values, at);
    else {
      for (let row = 0; row < times.length; row++) {
        for (const index of kept) values[at++] = table.values[row * table.width + index] ?? Number.NaN;
      }
    }
  }
  return {
    columns: kept.map((index) => names[index] ?? ''),
    times,
    runs: to - from,
    values,
    samples: all.slice(from * places.length, to * places.length),
  };
}

export const percentiles = [5, 25, 50, 75, 95] as const;

/** The percentiles of one variable at each time: `bands[p][row]`, linear between order statistics (type 7). */
export function bands(found: Ensemble, column: string): Float64Array[] {
  const index = found.columns.findIndex((name) => cellKey(name) === cellKey(column));
  const rows = found.times.length;
  const width = found.columns.length;
  const result = percentiles.map(() => new Float64Array(rows));
  const values = new Float64Array(found.runs);
  for (let row = 0; row < rows; row++) {
    for (let run = 0; run < found.runs; run++)
      values[run] = found.values[(run * rows + row) * width + index] ?? Number.NaN;
    values.sort();
    percentiles.forEach((percentile, p) => {
      const place = ((found.runs - 1) * percentile) / 100;
      const low = Math.floor(place);
      const below = values[low] ?? Number.NaN;
      const above = values[Math.min(found.runs - 1, low + 1)] ?? Number.NaN;
      const band = result[p];
      if (band !== undefined) band[row] = below + (place - low) * (above - below);
    });
  }
  return result;
}
