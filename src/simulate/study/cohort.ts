/** How long goods stay in use. `scale` and `mean`, `deviation` are in time steps. */
export type Lifetime =
  | { readonly kind: 'fixed'; readonly years: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly kind: 'weibull'; readonly shape: number; readonly scale: number };

/** The share of a cohort still in use at an age, in steps; 1 at age 0 of a normal lifetime only as far as its left tail allows. */
export function survival(lifetime: Lifetime, age: number): number {
  switch (lifetime.kind) {
    case 'fixed':
      return age < lifetime.years ? 1 : 0;
    case 'normal':
      return 0.5 * errorComplement((age - lifetime.mean) / (lifetime.deviation * Math.SQRT2));
    case 'weibull':
      return Math.exp(-((age / lifetime.scale) ** lifetime.shape));
  }
}

export interface CohortRun {
  readonly inflow: Float64Array;
  readonly stock: Float64Array;
  readonly outflow: Float64Array;
  /** What is in use in each step by the step in which it came: `cohorts[step * steps + born]`. */
  readonly cohorts: Float64Array;
}

/**
 * Inflow-driven dynamic stock model with lifetime cohorts (as in ODYM, Pauliuk and Heeren 2020): each step's inflow
 * survives by its lifetime; the outflow closes the balance.
 */
export function inflowDriven(inflow: readonly number[], lifetime: Lifetime): CohortRun {
  return run(inflow.length, lifetime, (step) => inflow[step] ?? 0);
}

/** Stock-driven: the inflow of each step is what the given stock needs after the older cohorts have aged. */
export function stockDriven(stock: readonly number[], lifetime: Lifetime): CohortRun {
  const first = survival(lifetime, 0);
  return run(stock.length, lifetime, (step, remaining) =>
    first === 0 ? 0 : ((stock[step] ?? 0) - remaining) / first,
  );
}

function run(
  steps: number,
  lifetime: Lifetime,
  inflowOf: (step: number, remaining: number) => number,
): CohortRun {
  const kept = Float64Array.from({ length: steps }, (_, age) => survival(lifetime, age));
  const inflow = new Float64Array(steps);
  const stock = new Float64Array(steps);
  const outflow = new Float64Array(steps);
  const cohorts = new Float64Array(steps * steps);
  for (let step = 0; step < steps; step++) {
    let remaining = 0;
    for (let born = 0; born < step; born++) {
      const left = (inflow[born] ?? 0) * (kept[step - born] ?? 0);
      cohorts[step * steps + born] = left;
      remaining += left;
    }
    const added = inflowOf(step, remaining);
    inflow[step] = added;
    cohorts[step * steps + step] = added * (kept[0] ?? 1);
    stock[step] = remaining + added * (kept[0] ?? 1);
    outflow[step] = added + (step === 0 ? 0 : (stock[step - 1] ?? 0)) - (stock[step] ?? 0);
  }
  return { inflow, stock, outflow, cohorts };
}

/**
 * erfc by its series near 0 and its continued fraction elsewhere (Abramowitz and Stegun 7.1.5, 7.1.14), to about 1e-15.
 */
export function errorComplement(x: number): number {
  const z = Math.abs(x);
  if (z > 27) return x > 0 ? 0 : 2;
  let value: number;
  if (z < 2.5) {
    let term = z;
    let sum = z;
    for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum) && n < 200; n++) {
      term *= -(z * z) / n;
      sum += term / (2 * n + 1);
    }
    value = 1 - (2 / Math.sqrt(Math.PI)) * sum;
  } else {
    let fraction = 0;
    for (let n = 120; n >= 1; n--) fraction = n / 2 / (z + fraction);
    value = Math.exp(-z * z) / (Math.sqrt(Math.PI) * (z + fraction));
  }
  return x >= 0 ? value : 2 - value;
}
