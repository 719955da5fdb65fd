import type { Stream } from './stream.ts';

/** The clock that equations see. `base` is the start of the step, `full` tells the step's own evaluation from inner ones. */
export interface Clock {
  time: number;
  base: number;
  readonly dt: number;
  readonly start: number;
  readonly stop: number;
  full: boolean;
}

/** How a graphical function is read outside and between its points. */
export type Table = (x: number) => number;

/** Points in time count as reached within this share of a step: start + n·dt carries rounding. */
const slack = 1e-6;

/** The functions of XMILE 1.0 §3.5 that are no plain Math call; both back ends use these very functions. */
export const functions = {
  /** Floored: the greatest whole number not above x (§3.5.1). */
  int: (x: number) => Math.floor(x),
  /** The remainder with the divisor's sign (§3.3.1): -1 MOD 3 is 2. */
  mod: (a: number, b: number) => a - b * Math.floor(a / b),
  round: (x: number) => Math.floor(x + 0.5),
  /** Vensim's MODULO: the remainder with the sign of a. */
  remainder: (a: number, b: number) => a - b * Math.trunc(a / b),
  quantum: (a: number, b: number) => (b <= 0 ? a : b * Math.trunc(a / b)),
  /** Vensim's XIDZ and ZIDZ: a divisor below 1e-6 counts as 0. */
  nearlyzero: (a: number, b: number, otherwise: number) => (Math.abs(b) < 1e-6 ? otherwise : a / b),
  gammaln: logGamma,
  factorial: (n: number) => chosen(n, n),
  combinations: (n: number, r: number) => chosen(n, r) / chosen(r, r),
  permutations: (n: number, r: number) => chosen(n, r),
  safediv: (a: number, b: number, otherwise: number) => (b === 0 ? otherwise : a / b),
  step: (c: Clock, height: number, at: number) => (c.time >= at - slack * c.dt ? height : 0),
  ramp: (c: Clock, slope: number, from: number, to: number) =>
    c.time > from ? slope * (Math.min(c.time, to) - from) : 0,
  /** A pulse lasts one step and holds `volume` whatever dt is. */
  pulse: (c: Clock, volume: number, first: number, interval: number) => {
    const since = c.base - first;
    if (since < -slack * c.dt) return 0;
    const past = interval > 0 ? since - Math.floor(since / interval + slack) * interval : since;
    return past < c.dt * (1 - slack) ? volume / c.dt : 0;
  },
  /** Vensim's PULSE: 1 for `width` from `from` on, for one step at least; through all parts of a step. */
  window: (c: Clock, from: number, width: number) => {
    const middle = c.base + c.dt / 2;
    return middle > from && middle < from + Math.max(width, c.dt) ? 1 : 0;
  },
  /** Vensim's PULSE TRAIN: such windows every `between`, before `until`. */
  windows: (c: Clock, from: number, width: number, between: number, until: number) => {
    const middle = c.base + c.dt / 2;
    if (!(middle > from) || !(c.base < until - slack * c.dt)) return 0;
    const since = middle - from;
    return since - Math.floor(since / between) * between < Math.max(width, c.dt) ? 1 : 0;
  },
  /** Stella's ALLOCATE for element `own`: after it demand, priority and width of each element. */
  allocate: (available: number, kind: number, own: number, ...parts: readonly number[]) => {
    const gets = (i: number, price: number) => {
      const above = ((parts[3 * i + 1] ?? 0) - price) / (parts[3 * i + 2] ?? 1);
      const share = kind === 3 ? normalBelow(above) : Math.min(1, Math.max(0, above + 0.5));
      return Math.max(0, parts[3 * i] ?? 0) * share;
    };
    const count = parts.length / 3;
    const all = (price: number) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += gets(i, price);
      return sum;
    };
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < count; i++) {
      const reach = 9 * Math.abs(parts[3 * i + 2] ?? 1);
      low = Math.min(low, (parts[3 * i + 1] ?? 0) - reach);
      high = Math.max(high, (parts[3 * i + 1] ?? 0) + reach);
    }
    if (!(available > 0)) return 0;
    if (all(low) <= available) return Math.max(0, parts[3 * own] ?? 0);
    for (let n = 0; n < 200 && high - low > 1e-14 * Math.max(1, Math.abs(low)); n++) {
      const middle = (low + high) / 2;
      if (all(middle) > available) low = middle;
      else high = middle;
    }
    return gets(own, high);
  },
  min: (...values: readonly number[]) => Math.min(...values),
  max: (...values: readonly number[]) => Math.max(...values),
  mean: (...values: readonly number[]) => total(values) / values.length,
  prod: (...values: readonly number[]) => values.reduce((left, right) => left * right, 1),
  sum: (...values: readonly number[]) => total(values),
  stddev: (...values: readonly number[]) => {
    const mean = total(values) / values.length;
    return Math.sqrt(total(values.map((value) => (value - mean) ** 2)) / values.length);
  },
  /** The 1-based place of the value that stands at `rank` in ascending order. */
  rank: (rank: number, ...values: readonly number[]) => {
    const order = values
      .map((_, index) => index)
      .sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
    const at = order[Math.floor(rank) - 1];
    return at === undefined ? 0 : at + 1;
  },
  /** Vensim's VECTOR SORT ORDER: from 0, the element at place `at` of the values sorted; equal values keep their order. */
  vectororder: (up: number, at: number, ...values: readonly number[]) =>
    sortOrder(up, values)[at] ?? Number.NaN,
  /** Vensim's VECTOR RANK: from 1, the place of element `own` among the values sorted. */
  vectorrank: (up: number, own: number, ...values: readonly number[]) =>
    sortOrder(up, values).indexOf(own) + 1,
  /** Vensim's VECTOR ELM MAP: the value at a place counted from 0; none beyond. */
  vectorat: (place: number, ...values: readonly number[]) => values[Math.floor(place + slack)] ?? Number.NaN,
  sinwave: (c: Clock, amplitude: number, period: number) =>
    amplitude * Math.sin((2 * Math.PI * c.time) / period),
  coswave: (c: Clock, amplitude: number, period: number) =>
    amplitude * Math.cos((2 * Math.PI * c.time) / period),
  pick: (
    v: Float64Array,
    slots: readonly number[],
    sizes: readonly number[],
    ...indices: readonly number[]
  ) => {
    let place = 0;
    for (let i = 0; i < sizes.length; i++) {
      const index = Math.floor((indices[i] ?? 0) + slack);
      const size = sizes[i] ?? 0;
      if (!(index >= 1 && index <= size)) return 0;
      place = place * size + index - 1;
    }
    return v[slots[place] ?? -1] ?? 0;
  },
} as const;

/** Places of values in ascending order (descending unless `up` is above 0). */
function sortOrder(up: number, values: readonly number[]): number[] {
  const sign = up > 0 ? 1 : -1;
  return values
    .map((_, index) => index)
    .sort((a, b) => sign * ((values[a] ?? 0) - (values[b] ?? 0)) || a - b);
}

/** The standard normal distribution function, by Marsaglia's series (2004); double precision. */
function normalBelow(x: number): number {
  if (!(Math.abs(x) < 8)) return x > 0 ? 1 : Number.isNaN(x) ? x : 0;
  let sum = x;
  let before = Number.NaN;
  let term = x;
  for (let i = 3; sum !== before && i < 1000; i += 2) {
    before = sum;
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-(x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/** Lanczos' approximation (g = 7, nine terms), good to fifteen digits for x > 0. */
function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const z = x - 1;
  let sum = 0.9999999999998099;
  terms.forEach((term, i) => {
    sum += term / (z + i + 1);
  });
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** n·(n−1)·…, r factors; exact while it fits a double. */
function chosen(n: number, r: number): number {
  let product = 1;
  for (let i = 0; i < Math.min(Math.floor(r), 200); i++) product *= Math.floor(n) - i;
  return product;
}

function total(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Random functions draw from one stream a call site; see Stream. */
export const draws: Readonly<Record<string, (stream: Stream, ...args: readonly number[]) => number>> = {
  uniform: (stream, min = 0, max = 1) => min + (max - min) * stream.uniform(),
  normal: (
    stream,
    mean = 0,
    deviation = 1,
    min = Number.NEGATIVE_INFINITY,
    max = Number.POSITIVE_INFINITY,
  ) => {
    for (let tries = 0; tries < 1000; tries++) {
      const value = mean + deviation * stream.normal();
      if (value >= min && value <= max) return value;
    }
    return Math.min(max, Math.max(min, mean));
  },
  /** Mean and standard deviation are those of the values, not of their logarithms (§3.5.2). */
  lognormal: (stream, mean = 1, deviation = 1) => {
    const spread = Math.log(1 + (deviation / mean) ** 2);
    return Math.exp(Math.log(mean) - spread / 2 + Math.sqrt(spread) * stream.normal());
  },
  /** Its argument is the mean (§3.5.2). */
  exprnd: (stream, mean = 1) => -Math.log(1 - stream.uniform()) * mean,
  poisson: (stream, mu = 1) => stream.poisson(mu),
  triangular: (stream, low = 0, mode = 0.5, high = 1) => {
    const u = stream.uniform();
    const share = (mode - low) / (high - low);
    return u < share
      ? low + Math.sqrt(u * (high - low) * (mode - low))
      : high - Math.sqrt((1 - u) * (high - low) * (high - mode));
  },
  weibull: (stream, shape = 1, scale = 1) => scale * (-Math.log(1 - stream.uniform())) ** (1 / shape),
  pareto: (stream, shape = 1, scale = 1) => scale / (1 - stream.uniform()) ** (1 / shape),
  logistic: (stream, mean = 0, scale = 1) => {
    const u = stream.uniform();
    return mean + scale * Math.log(u / (1 - u));
  },
  geometric: (stream, p = 0.5) => Math.floor(Math.log(1 - stream.uniform()) / Math.log(1 - p)),
  binomial: (stream, n = 1, p = 0.5) => stream.binomial(n, p),
};

/** Makes the reader of a graphical function. A binary search over typed arrays; the last segment found is tried first. */
export function table(kind: string, xs: readonly number[], ys: readonly number[]): Table {
  const x = Float64Array.from(xs);
  const y = Float64Array.from(ys);
  const last = x.length - 1;
  let hint = 0;
  return (at) => {
    if (!(at >= (x[0] ?? 0))) {
      if (Number.isNaN(at)) return at;
      return kind === 'extrapolate' && last > 0 ? line(x, y, 0, at) : (y[0] ?? 0);
    }
    if (at >= (x[last] ?? 0)) {
      return kind === 'extrapolate' && last > 0 ? line(x, y, last - 1, at) : (y[last] ?? 0);
    }
    let i = hint;
    if (!((x[i] ?? 0) <= at && at < (x[i + 1] ?? 0))) {
      let low = 0;
      let high = last;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((x[middle] ?? 0) <= at) low = middle;
        else high = middle;
      }
      i = low;
      hint = low;
    }
    if (kind === 'next') return at > (x[i] ?? 0) ? (y[i + 1] ?? 0) : (y[i] ?? 0);
    return kind === 'discrete' ? (y[i] ?? 0) : line(x, y, i, at);
  };
}

function line(x: Float64Array, y: Float64Array, i: number, at: number): number {
  const x0 = x[i] ?? 0;
  const x1 = x[i + 1] ?? 0;
  const y0 = y[i] ?? 0;
  const y1 = y[i + 1] ?? 0;
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (at - x0)) / (x1 - x0);
}

/** What generated code is given. */
export interface Runtime {
  readonly f: typeof functions;
  readonly table: typeof table;
  readonly draws: typeof draws;
}

export const runtime: Runtime = { f: functions, table, draws };
