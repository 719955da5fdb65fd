/** Moments of the values of a column that are there. */
export interface Shape {
  readonly count: number;
  readonly mean: number;
  /** Sample standard deviation (n − 1). */
  readonly deviation: number;
  /** Skewness and excess kurtosis with the sample correction of SAS and SPSS ("type 2", Joanes and Gill 1998). */
  readonly skewness: number;
  readonly kurtosis: number;
}

export function shapeOf(column: Float64Array): Shape {
  let count = 0;
  let sum = 0;
  for (const value of column)
    if (!Number.isNaN(value)) {
      count += 1;
      sum += value;
    }
  const mean = sum / count;
  let [m2, m3, m4] = [0, 0, 0];
  for (const value of column)
    if (!Number.isNaN(value)) {
      const d = value - mean;
      const square = d * d;
      m2 += square;
      m3 += square * d;
      m4 += square * square;
    }
  const n = count;
  const variance = m2 / n;
  const g1 = m3 / n / variance ** 1.5;
  const g2 = m4 / n / (variance * variance) - 3;
  return {
    count,
    mean,
    deviation: Math.sqrt(m2 / (n - 1)),
    skewness: (g1 * Math.sqrt(n * (n - 1))) / (n - 2),
    kurtosis: (((n + 1) * g2 + 6) * (n - 1)) / ((n - 2) * (n - 3)),
  };
}

/** Bounds beyond which both moments together tell of outliers. */
export interface ShapeLimits {
  readonly skewness: number;
  readonly kurtosis: number;
}

/** A column passes when its skewness or its kurtosis is within the limits. Too few values to tell, or no spread: it passes. */
export function passes(column: Float64Array, limits: ShapeLimits): boolean {
  const { skewness, kurtosis } = shapeOf(column);
  if (!Number.isFinite(skewness) || !Number.isFinite(kurtosis)) return true;
  return Math.abs(skewness) < limits.skewness || kurtosis < limits.kurtosis;
}
