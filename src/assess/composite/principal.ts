import { correlation } from './correlate.ts';

/** A principal component of standardised columns. */
export interface Component {
  readonly deviation: number;
  /** Share of the whole variance. */
  readonly share: number;
  readonly loadings: readonly number[];
}

/**
 * Principal components of columns scaled to unit variance, over the units that have all values; strongest first. The sign
 * of a component is free: here its loadings sum to a positive number. Null when a column does not vary.
 */
export function principalComponents(columns: readonly Float64Array[]): Component[] | null {
  const whole = (_: number, row: number) =>
    columns.every((column) => !Number.isNaN(column[row] ?? Number.NaN));
  const complete = columns.map((column) => column.filter(whole));
  const size = complete.length;
  const matrix = complete.map((a) => complete.map((b) => correlation(a, b)));
  if (size === 0 || matrix.some((row) => row.some((value) => value === null))) return null;
  const { values, vectors } = jacobi(matrix.map((row) => row.map((value) => value ?? 0)));
  return values
    .map((value, at) => {
      const loadings = vectors.map((row) => row[at] ?? 0);
      const sign = loadings.reduce((sum, one) => sum + one, 0) < 0 ? -1 : 1;
      return {
        deviation: Math.sqrt(Math.max(value, 0)),
        share: value / size,
        loadings: loadings.map((one) => sign * one),
      };
    })
    .sort((a, b) => b.deviation - a.deviation);
}

/** Eigenvalues and eigenvectors (columns) of a symmetric matrix, by Jacobi rotations. */
function jacobi(input: readonly (readonly number[])[]): { values: number[]; vectors: number[][] } {
  const n = input.length;
  const a = input.map((row) => Float64Array.from(row));
  const v = input.map((_, i) => Float64Array.from(input, (_, j) => (i === j ? 1 : 0)));
  const get = (m: Float64Array[], i: number, j: number) => m[i]?.[j] ?? 0;
  const set = (m: Float64Array[], i: number, j: number, value: number) => {
    const row = m[i];
    if (row !== undefined) row[j] = value;
  };
  for (let sweep = 0; sweep < 100; sweep += 1) {
    let off = 0;
    for (let p = 0; p < n; p += 1) for (let q = p + 1; q < n; q += 1) off += get(a, p, q) ** 2;
    if (off < 1e-30) break;
    for (let p = 0; p < n; p += 1)
      for (let q = p + 1; q < n; q += 1) {
        const apq = get(a, p, q);
        if (apq === 0) continue;
        const theta = (get(a, q, q) - get(a, p, p)) / (2 * apq);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < n; k += 1) {
          const [kp, kq] = [get(a, k, p), get(a, k, q)];
          set(a, k, p, c * kp - s * kq);
          set(a, k, q, s * kp + c * kq);
        }
        for (let k = 0; k < n; k += 1) {
          const [pk, qk] = [get(a, p, k), get(a, q, k)];
          set(a, p, k, c * pk - s * qk);
          set(a, q, k, s * pk + c * qk);
          const [vp, vq] = [get(v, k, p), get(v, k, q)];
          set(v, k, p, c * vp - s * vq);
          set(v, k, q, s * vp + c * vq);
        }
      }
  }
  return { values: a.map((row, i) => row[i] ?? 0), vectors: v.map((row) => [...row]) };
}
