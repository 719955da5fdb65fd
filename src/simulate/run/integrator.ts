import { refuse } from '../fault.ts';
import type { Method } from '../xmile/document.ts';
import type { Kernel } from './kernel.ts';
import type { Clock } from './runtime.ts';

/** How far RK45 may err in one step, relative to a stock's size or to the largest that it has been in this step. */
const tolerance = 1e-7;
const mostSubsteps = 10_000;

/** Dormand and Prince's coefficients (1980): stages, fifth order, and the difference to the fourth. */
const stages = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const nodes = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
const errors = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

export type Advance = (v: Float64Array, c: Clock, method: Method) => void;

/** Moves stocks by one step. `c` is at the step's start and cells are computed for it. */
export function integrator(kernel: Kernel, stocks: Int32Array, evaluations: number): Advance {
  const count = stocks.length;
  const start = new Float64Array(count);
  const slopes = Array.from({ length: 7 }, () => new Float64Array(count));
  const [k1 = start, k2 = start, k3 = start, k4 = start] = slopes;
  const evaluate = (v: Float64Array, c: Clock, time: number, slope: Float64Array) => {
    c.time = time;
    c.full = false;
    kernel.step(v, c, slope);
  };
  const trial = (v: Float64Array, c: Clock, slope: Float64Array, part: number) => {
    for (let i = 0; i < count; i++) v[stocks[i] ?? 0] = (start[i] ?? 0) + part * (slope[i] ?? 0);
    evaluate(v, c, c.base + part, slope);
  };
  const euler = (v: Float64Array, dt: number) => {
    for (let i = 0; i < count; i++) {
      const place = stocks[i] ?? 0;
      v[place] = (v[place] ?? 0) + dt * (k1[i] ?? 0);
    }
  };
  const adaptive = adaptiveStep(kernel, stocks, start, slopes, evaluate, evaluations);
  return (v, c, method) => {
    const { dt } = c;
    kernel.rates(v, c, k1);
    if (method === 'euler') {
      euler(v, dt);
      return;
    }
    for (let i = 0; i < count; i++) start[i] = v[stocks[i] ?? 0] ?? 0;
    if (method === 'rk45') {
      adaptive(v, c);
      return;
    }
    if (method === 'rk2') {
      // Heun: the mean of the slopes at both ends of the step.
      trial(v, c, k1, dt);
      kernel.rates(v, c, k2);
      for (let i = 0; i < count; i++)
        v[stocks[i] ?? 0] = (start[i] ?? 0) + (dt / 2) * ((k1[i] ?? 0) + (k2[i] ?? 0));
      return;
    }
    trial(v, c, k1, dt / 2);
    kernel.rates(v, c, k2);
    trial(v, c, k2, dt / 2);
    kernel.rates(v, c, k3);
    trial(v, c, k3, dt);
    kernel.rates(v, c, k4);
    for (let i = 0; i < count; i++) {
      const slope = (k1[i] ?? 0) + 2 * (k2[i] ?? 0) + 2 * (k3[i] ?? 0) + (k4[i] ?? 0);
      v[stocks[i] ?? 0] = (start[i] ?? 0) + (dt / 6) * slope;
    }
  };
}

function tooStiff(time: number): never {
  return refuse({
    rule: 'simulate.size',
    where: { file: 'RK45' },
    what: `RK45 needs ever smaller steps at time ${time}`,
    why: 'something changes faster than can be followed in bounded time',
    mend: 'use euler or rk4, or look for what grows without bound there',
  });
}

/**
 * RK45: the model's step is divided until the fourth and fifth order agree. What happens once a step (pulses, random
 * numbers, PREVIOUS) happens once a step of the model, not of its parts.
 */
function adaptiveStep(
  kernel: Kernel,
  stocks: Int32Array,
  start: Float64Array,
  slopes: readonly Float64Array[],
  evaluate: (v: Float64Array, c: Clock, time: number, slope: Float64Array) => void,
  evaluations: number,
): (v: Float64Array, c: Clock) => void {
  const count = stocks.length;
  const first = slopes[0] ?? start;
  let left = evaluations;
  return (v, c) => {
    const end = c.base + c.dt;
    let at = c.base;
    let h = c.dt;
    if (c.base === c.start) left = evaluations;
    while (at < end) {
      left -= 6;
      if (left < 0) tooStiff(c.base);
      h = Math.min(h, end - at);
      for (let s = 1; s < 7; s++) {
        const row = stages[s] ?? [];
        for (let i = 0; i < count; i++) {
          let sum = 0;
          for (let j = 0; j < s; j++) sum += (row[j] ?? 0) * (slopes[j]?.[i] ?? 0);
          v[stocks[i] ?? 0] = (start[i] ?? 0) + h * sum;
        }
        const slope = slopes[s] ?? start;
        evaluate(v, c, at + (nodes[s] ?? 0) * h, slope);
        kernel.rates(v, c, slope);
      }
      let worst = 0;
      for (let i = 0; i < count; i++) {
        let error = 0;
        for (let s = 0; s < 7; s++) error += (errors[s] ?? 0) * (slopes[s]?.[i] ?? 0);
        const size = Math.max(Math.abs(start[i] ?? 0), Math.abs(v[stocks[i] ?? 0] ?? 0), 1e-9);
        worst = Math.max(worst, Math.abs(h * error) / size);
      }
      const small = h <= c.dt / mostSubsteps;
      if (worst > tolerance && !small) {
        h *= Math.max(0.1, 0.9 * (tolerance / worst) ** 0.2);
        continue;
      }
      // The seventh stage is the fifth-order result, and its slope the first of what follows.
      at = end - (at + h) <= 1e-12 * Math.abs(c.dt) ? end : at + h;
      for (let i = 0; i < count; i++) start[i] = v[stocks[i] ?? 0] ?? 0;
      first.set(slopes[6] ?? start);
      h *= worst === 0 ? 5 : Math.min(5, Math.max(0.2, 0.9 * (tolerance / worst) ** 0.2));
    }
    for (let i = 0; i < count; i++) v[stocks[i] ?? 0] = start[i] ?? 0;
  };
}
