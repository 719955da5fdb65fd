import { cellKey } from '../compile/compile.ts';
import { literalSlots, type Runner } from '../run/run.ts';
import { Stream } from '../run/stream.ts';
import { type Parameter, valueAt } from './calibrate.ts';

/** What must hold at a time. */
export interface Target {
  readonly variable: string;
  readonly time: number;
  readonly sense: 'at most' | 'at least';
  readonly value: number;
}

export interface OptimumOptions {
  readonly levers: readonly Parameter[];
  readonly targets: readonly Target[];
  /** The variable that is made as small as possible, and when it is read. */
  readonly cost: { readonly variable: string; readonly time: number };
  readonly seed: number;
  readonly generations?: number;
}

export interface Optimum {
  readonly levers: readonly { readonly name: string; readonly value: number }[];
  readonly cost: number;
  readonly targets: readonly (Target & { readonly reached: number; readonly met: boolean })[];
  readonly feasible: boolean;
  readonly runs: number;
}

/**
 * The mix of levers that meets targets at least cost: differential evolution (Storn and Price 1997, rand/1/bin) with
 * Deb's rule: what meets the targets beats what does not, then the cheaper wins, then the nearer; at the end each lever is
 * drawn back as far as the targets allow. Seeded, so repeatable; a heuristic, so the least cost found, not proven.
 */
export function optimise(
  runner: Runner,
  { levers, targets, cost, seed, generations = 120 }: OptimumOptions,
): Optimum {
  const slots = literalSlots(runner.compiled);
  const places = levers.map(({ name }) => {
    const slot = slots.get(cellKey(name));
    if (slot === undefined) throw new RangeError(`'${name}' is no constant of the model`);
    return slot;
  });
  let runs = 0;
  const judge = (at: readonly number[]) => {
    runs++;
    const table = runner.run({ values: new Map(places.map((slot, i) => [slot, at[i] ?? 0])) });
    const reached = targets.map((target) => valueAt(table, target.variable, target.time));
    const missed = targets.reduce((sum, target, i) => sum + gap(target, reached[i] ?? Number.NaN), 0);
    return { at, reached, missed, cost: valueAt(table, cost.variable, cost.time) };
  };
  type Candidate = ReturnType<typeof judge>;
  const better = (a: Candidate, b: Candidate) =>
    a.missed !== b.missed ? a.missed < b.missed : a.cost <= b.cost;
  const stream = new Stream(seed, 1);
  const size = Math.max(16, 4 * levers.length);
  const none = judge(levers.map((lever) => lever.min));
  const most = judge(levers.map((lever) => lever.max));
  const population: Candidate[] = [none, most];
  while (population.length < size) {
    population.push(judge(levers.map(({ min, max }) => min + stream.uniform() * (max - min))));
  }
  const pick = () => population[Math.floor(stream.uniform() * size)] ?? none;
  for (let generation = 0; generation < generations; generation++) {
    for (let i = 0; i < size; i++) {
      const own = population[i] ?? none;
      const [a, b, c] = [pick(), pick(), pick()];
      const sure = Math.floor(stream.uniform() * levers.length);
      const weight = 0.5 + 0.4 * stream.uniform();
      const trial = levers.map(({ min, max }, k) => {
        const mixed = (a.at[k] ?? 0) + weight * ((b.at[k] ?? 0) - (c.at[k] ?? 0));
        const value = stream.uniform() < 0.85 || k === sure ? mixed : (own.at[k] ?? 0);
        return Math.min(max, Math.max(min, value));
      });
      const found = judge(trial);
      if (better(found, own)) population[i] = found;
    }
  }
  const best = drawnBack(
    population.reduce((found, one) => (better(one, found) ? one : found), none),
    levers,
    (at) => judge(at),
    better,
  );
  return {
    levers: levers.map(({ name }, i) => ({ name, value: best.at[i] ?? 0 })),
    cost: best.cost,
    targets: targets.map((target, i) => {
      const reached = best.reached[i] ?? Number.NaN;
      return { ...target, reached, met: gap(target, reached) === 0 };
    }),
    feasible: best.missed === 0,
    runs,
  };
}

const sweeps = 3;
const halvings = 12;

/**
 * Draws each lever back towards its least as far as nothing gets worse: a population leaves small amounts of levers that
 * are not needed at all.
 */
function drawnBack<C extends { readonly at: readonly number[] }>(
  found: C,
  levers: readonly Parameter[],
  judge: (at: readonly number[]) => C,
  better: (a: C, b: C) => boolean,
): C {
  let best = found;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    levers.forEach(({ min }, k) => {
      let low = min;
      for (let n = 0; n < halvings; n++) {
        const high = best.at[k] ?? min;
        if (high <= low) return;
        const next = n === 0 ? min : (low + high) / 2;
        const trial = judge(best.at.map((value, i) => (i === k ? next : value)));
        if (better(trial, best)) best = trial;
        else low = next;
      }
    });
  }
  return best;
}

/** How far a target is missed, against its size; 0 when met. */
function gap({ sense, value }: Target, reached: number): number {
  if (Number.isNaN(reached)) return Number.MAX_VALUE;
  const missing = sense === 'at most' ? reached - value : value - reached;
  return missing <= 0 ? 0 : missing / Math.max(Math.abs(value), 1e-12);
}
