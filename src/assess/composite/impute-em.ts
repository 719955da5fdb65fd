import type { Matrix } from './matrix.ts';

/** The mean and covariance of a multivariate normal distribution, as expectation–maximisation finds them. */
interface Estimate {
  readonly mean: Float64Array;
  /** Row by row. */
  readonly covariance: Float64Array;
}

/** Rounds of the algorithm, and the change of every mean and covariance (of standardised columns) below which it ends. */
const mostRounds = 1000;
const tolerance = 1e-10;
/** Share of its variance that is added to each column in the inversions: with more columns than rows there is no inverse. */
const ridge = 1e-8;

/**
 * The matrix with missing values replaced by what a multivariate normal distribution expects, given what the unit has
 * (expectation–maximisation: Dempster, Laird and Rubin 1977; Little and Rubin 2002, §11.2). Columns without a value or
 * without spread are left as they are, rows without any value too. Deterministic: one value, no draws.
 */
export function imputeByExpectation(matrix: Matrix): {
  matrix: Matrix;
  filled: { unit: string; code: string }[];
} {
  const usable = matrix.columns.flatMap((column, at) => (spreadOf(column) > 0 ? [at] : []));
  const rows = matrix.units.map((_, row) => row).filter((row) => usable.some((at) => has(matrix, at, row)));
  const gaps = rows.some((row) => usable.some((at) => !has(matrix, at, row)));
  if (!gaps || usable.length < 2) return { matrix, filled: [] };

  const centre = usable.map((at) => meanOf(matrix.columns[at] ?? new Float64Array()));
  const scale = usable.map((at) => spreadOf(matrix.columns[at] ?? new Float64Array()));
  const z = rows.map((row) =>
    Float64Array.from(
      usable,
      (at, i) => ((matrix.columns[at]?.[row] ?? Number.NaN) - (centre[i] ?? 0)) / (scale[i] ?? 1),
    ),
  );
  const patterns = patternsOf(z);
  const size = usable.length;
  let estimate: Estimate = { mean: new Float64Array(size), covariance: identity(size) };
  let filledIn: Float64Array[] = z;
  for (let round = 0; round < mostRounds; round += 1) {
    const step = expect(z, patterns, estimate);
    const next = maximise(step.complete, step.extra);
    const moved = distance(estimate, next);
    estimate = next;
    filledIn = step.complete;
    if (moved < tolerance) break;
  }

  const filled: { unit: string; code: string }[] = [];
  const columns = matrix.columns.slice();
  usable.forEach((at, i) => {
    const made = (columns[at] ?? new Float64Array()).slice();
    rows.forEach((row, r) => {
      if (!Number.isNaN(made[row] ?? Number.NaN)) return;
      made[row] = (filledIn[r]?.[i] ?? 0) * (scale[i] ?? 1) + (centre[i] ?? 0);
      filled.push({ unit: matrix.units[row] ?? '', code: matrix.codes[at] ?? '' });
    });
    columns[at] = made;
  });
  return { matrix: { ...matrix, columns }, filled };
}

/** Rows that lack the same columns: the regression of what is missing on what is there is the same for all of them. */
interface Pattern {
  readonly there: readonly number[];
  readonly missing: readonly number[];
  readonly rows: readonly number[];
}

function patternsOf(z: readonly Float64Array[]): Pattern[] {
  const byKey = new Map<string, { there: number[]; missing: number[]; rows: number[] }>();
  z.forEach((row, r) => {
    const there: number[] = [];
    const missing: number[] = [];
    row.forEach((value, i) => {
      (Number.isNaN(value) ? missing : there).push(i);
    });
    const key = missing.join(' ');
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { there, missing, rows: [r] });
    else known.rows.push(r);
  });
  return [...byKey.values()];
}

/** Rows with their gaps filled by expectation, and the covariance that the filled gaps still lack. */
function expect(
  z: readonly Float64Array[],
  patterns: readonly Pattern[],
  { mean, covariance }: Estimate,
): { complete: Float64Array[]; extra: Float64Array } {
  const size = mean.length;
  const complete = z.map((row) => row.slice());
  const extra = new Float64Array(size * size);
  for (const { there, missing, rows } of patterns) {
    if (missing.length === 0) continue;
    const coefficients = regress(covariance, size, there, missing);
    missing.forEach((m, i) => {
      const own = coefficients[i] ?? new Float64Array();
      for (const r of rows) {
        const row = complete[r];
        if (row === undefined) continue;
        let value = mean[m] ?? 0;
        there.forEach((t, at) => {
          value += (own[at] ?? 0) * ((row[t] ?? 0) - (mean[t] ?? 0));
        });
        row[m] = value;
      }
      for (const n of missing) {
        let left = covariance[m * size + n] ?? 0;
        there.forEach((t, at) => {
          left -= (own[at] ?? 0) * (covariance[t * size + n] ?? 0);
        });
        extra[m * size + n] = (extra[m * size + n] ?? 0) + left * rows.length;
      }
    });
  }
  return { complete, extra };
}

function maximise(rows: readonly Float64Array[], extra: Float64Array): Estimate {
  const size = rows[0]?.length ?? 0;
  const mean = new Float64Array(size);
  for (const row of rows)
    for (let i = 0; i < size; i += 1) mean[i] = (mean[i] ?? 0) + (row[i] ?? 0) / rows.length;
  const covariance = extra.slice();
  for (const row of rows)
    for (let i = 0; i < size; i += 1) {
      const d = (row[i] ?? 0) - (mean[i] ?? 0);
      for (let j = 0; j < size; j += 1)
        covariance[i * size + j] = (covariance[i * size + j] ?? 0) + d * ((row[j] ?? 0) - (mean[j] ?? 0));
    }
  for (let at = 0; at < covariance.length; at += 1) covariance[at] = (covariance[at] ?? 0) / rows.length;
  return { mean, covariance };
}

/** Coefficients of the regression of each missing column on those that are there, by Cholesky's decomposition. */
function regress(
  covariance: Float64Array,
  size: number,
  there: readonly number[],
  missing: readonly number[],
): Float64Array[] {
  const n = there.length;
  const lower = there.map((t, i) =>
    Float64Array.from(
      { length: i + 1 },
      (_, j) => (covariance[t * size + (there[j] ?? 0)] ?? 0) * (i === j ? 1 + ridge : 1),
    ),
  );
  const get = (i: number, j: number) => lower[i]?.[j] ?? 0;
  for (let i = 0; i < n; i += 1) {
    const row = lower[i];
    if (row === undefined) continue;
    for (let j = 0; j <= i; j += 1) {
      let sum = row[j] ?? 0;
      for (let k = 0; k < j; k += 1) sum -= (row[k] ?? 0) * get(j, k);
      row[j] = i === j ? Math.sqrt(Math.max(sum, ridge)) : sum / get(j, j);
    }
  }
  return missing.map((m) => {
    const x = Float64Array.from(there, (t) => covariance[t * size + m] ?? 0);
    for (let i = 0; i < n; i += 1) {
      let sum = x[i] ?? 0;
      for (let k = 0; k < i; k += 1) sum -= get(i, k) * (x[k] ?? 0);
      x[i] = sum / get(i, i);
    }
    for (let i = n - 1; i >= 0; i -= 1) {
      let sum = x[i] ?? 0;
      for (let k = i + 1; k < n; k += 1) sum -= get(k, i) * (x[k] ?? 0);
      x[i] = sum / get(i, i);
    }
    return x;
  });
}

function distance(a: Estimate, b: Estimate): number {
  let most = 0;
  for (let at = 0; at < a.mean.length; at += 1)
    most = Math.max(most, Math.abs((a.mean[at] ?? 0) - (b.mean[at] ?? 0)));
  for (let at = 0; at < a.covariance.length; at += 1)
    most = Math.max(most, Math.abs((a.covariance[at] ?? 0) - (b.covariance[at] ?? 0)));
  return most;
}

function identity(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => (Math.floor(at / size) === at % size ? 1 : 0));
}

function has(matrix: Matrix, at: number, row: number): boolean {
  return !Number.isNaN(matrix.columns[at]?.[row] ?? Number.NaN);
}

function meanOf(column: Float64Array): number {
  let [sum, count] = [0, 0];
  for (const value of column) if (!Number.isNaN(value)) [sum, count] = [sum + value, count + 1];
  return sum / count;
}

function spreadOf(column: Float64Array): number {
  const mean = meanOf(column);
  let [sum, count] = [0, 0];
  for (const value of column) if (!Number.isNaN(value)) [sum, count] = [sum + (value - mean) ** 2, count + 1];
  return count === 0 ? 0 : Math.sqrt(sum / count);
}
