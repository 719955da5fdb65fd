/** How a model's values agree with measured ones. Shares of Theil's decomposition add up to 1. */
export interface Fit {
  readonly count: number;
  /** Mean absolute percentage error, as a share; values of 0 are left out of it. */
  readonly mape: number;
  readonly rmse: number;
  /** Theil's inequality shares of the mean squared error (Sterman 1984). */
  readonly bias: number;
  readonly variance: number;
  readonly covariance: number;
}

export function fitOf(measured: readonly number[], modelled: readonly number[]): Fit {
  const count = measured.length;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = (values: readonly number[]) =>
    Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
  const errors = measured.map((value, i) => (modelled[i] ?? Number.NaN) - value);
  const relative = measured.flatMap((value, i) => (value === 0 ? [] : [Math.abs((errors[i] ?? 0) / value)]));
  const square = mean(errors.map((error) => error ** 2));
  const a = spread(measured);
  const b = spread(modelled);
  const product = mean(
    measured.map((value, i) => (value - mean(measured)) * ((modelled[i] ?? 0) - mean(modelled))),
  );
  const part = (value: number) => (square === 0 ? 0 : value / square);
  return {
    count,
    mape: relative.length === 0 ? 0 : mean(relative),
    rmse: Math.sqrt(square),
    bias: part((mean(modelled) - mean(measured)) ** 2),
    variance: part((b - a) ** 2),
    covariance: part(2 * (a * b - product)),
  };
}
