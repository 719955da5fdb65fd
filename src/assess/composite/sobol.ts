import { quantile } from '../statistics.ts';
import { type Random, randomStream } from './random.ts';

/** The share of the variance of an outcome that an input explains: alone (first order) and with all others (total). */
export interface Sensitivity {
  readonly input: string;
  readonly first: number;
  readonly total: number;
  /** Bootstrap bounds of 5 and 95 %. */
  readonly firstInterval: readonly [number, number];
  readonly totalInterval: readonly [number, number];
}

/**
 * The points of a Saltelli design: n rows A, n rows B, then for each input n rows of A with its column from B. Flat, a row
 * a point, `inputs` numbers in [0, 1).
 */
export function sobolDesign(n: number, inputs: number, random: Random): Float64Array {
  const points = new Float64Array(n * (inputs + 2) * inputs);
  const block = n * inputs;
  for (let at = 0; at < 2 * block; at += 1) points[at] = random();
  for (let input = 0; input < inputs; input += 1) {
    const start = (2 + input) * block;
    points.copyWithin(start, 0, block);
    for (let row = 0; row < n; row += 1) {
      const at = row * inputs + input;
      points[start + at] = points[block + at] ?? 0;
    }
  }
  return points;
}

/**
 * First-order indices S = mean(yB (yABi − yA)) / V and total indices T = mean((yA − yABi)²) / 2V (Saltelli et al. 2010,
 * Jansen 1999) from the outcomes of a {@link sobolDesign}; V is the variance over A and B. Null when the outcome does not vary.
 */
export function sobolIndices(
  outcomes: Float64Array,
  inputs: readonly string[],
  bootstrap = 0,
  seed = 1,
): { variance: number; indices: Sensitivity[] } | null {
  const n = outcomes.length / (inputs.length + 2);
  const variance = varianceOf(outcomes.subarray(0, 2 * n));
  if (!(variance > 0)) return null;
  const rows = Uint32Array.from({ length: n }, (_, row) => row);
  const all = inputs.map((_, input) => estimate(outcomes, n, input, rows));
  const samples = inputs.map(() => ({ first: [] as number[], total: [] as number[] }));
  const random = randomStream(seed, 0);
  for (let round = 0; round < bootstrap; round += 1) {
    for (let row = 0; row < n; row += 1) rows[row] = Math.floor(random() * n);
    samples.forEach((sample, input) => {
      const again = estimate(outcomes, n, input, rows);
      sample.first.push(again.first);
      sample.total.push(again.total);
    });
  }
  const bounds = (list: readonly number[], otherwise: number): readonly [number, number] => [
    quantile(list, 0.05, 7) ?? otherwise,
    quantile(list, 0.95, 7) ?? otherwise,
  ];
  return {
    variance,
    indices: inputs.map((input, at) => {
      const { first, total } = all[at] ?? { first: 0, total: 0 };
      return {
        input,
        first,
        total,
        firstInterval: bounds(samples[at]?.first ?? [], first),
        totalInterval: bounds(samples[at]?.total ?? [], total),
      };
    }),
  };
}

function estimate(
  y: Float64Array,
  n: number,
  input: number,
  rows: Uint32Array,
): { first: number; total: number } {
  let [product, square, sum, squares] = [0, 0, 0, 0];
  const shift = (2 + input) * n;
  for (const row of rows) {
    const [a, b, ab] = [y[row] ?? 0, y[n + row] ?? 0, y[shift + row] ?? 0];
    product += b * (ab - a);
    square += (a - ab) ** 2;
    sum += a + b;
    squares += a * a + b * b;
  }
  const variance = (squares - (sum * sum) / (2 * n)) / (2 * n - 1);
  return variance > 0
    ? { first: product / n / variance, total: square / n / (2 * variance) }
    : { first: 0, total: 0 };
}

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
