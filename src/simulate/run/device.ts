import type { Clock } from './runtime.ts';

/**
 * A stock that holds more than one number. Its flows are computed once a step from what it holds and from cells of the
 * state; `commit` then moves its content. Nothing changes before, so flows may be asked for in any order.
 */
export interface Device {
  readonly reset: () => void;
  /** The value of one of the flows that it drives, per unit of time. */
  readonly flow: (port: number, v: Float64Array, c: Clock) => number;
  /** What lies in its n-th place, or a figure over all places. */
  readonly held: (figure: Figure, v: Float64Array, c: Clock, at: number) => number;
  readonly commit: (v: Float64Array, c: Clock) => void;
}

export const figures = ['at', 'sum', 'mean', 'min', 'max', 'stddev', 'size'] as const;
export type Figure = (typeof figures)[number];

/** A conveyor: the slots of the cells that rule it. -1 where the file says nothing. */
export interface BeltSpec {
  readonly kind: 'belt';
  readonly stock: number;
  readonly name: string;
  readonly length: number;
  readonly capacity: number;
  readonly inLimit: number;
  readonly sample: number;
  readonly arrest: number;
  readonly discrete: boolean;
  readonly batchIntegrity: boolean;
  readonly oneAtATime: boolean;
  readonly exponentialLeak: boolean;
  readonly leaks: readonly { readonly fraction: number; readonly from: number; readonly to: number }[];
  /**
   * What comes in: a wish of so much, which capacity and limit may cut; the end of another conveyor, which is never cut;
   * or a queue's outflow, which the queue cuts to fit.
   */
  readonly inflows: (
    | { readonly from: 'wish'; readonly slot: number }
    | { readonly from: 'belt' | 'queue'; readonly slot: number }
  )[];
  /** The conveyor at its end, by stock: while it stands still, nothing leaves this one. */
  readonly next: number;
}

/** A queue: the slots of its inflows, and where each outflow goes, in order of priority. */
export interface QueueSpec {
  readonly kind: 'queue';
  readonly stock: number;
  readonly name: string;
  readonly inflows: readonly number[];
  readonly outflows: readonly { readonly overflow: boolean; readonly belt: number }[];
}

export type DeviceSpec = BeltSpec | QueueSpec;

/** A figure over the places of a device, from the exit on. Nothing held: 0 for sums and sizes, else NaN. */
export function figureOf(figure: Figure, places: readonly number[], at: number): number {
  if (figure === 'at') return places[Math.floor(at + 1e-6) - 1] ?? Number.NaN;
  if (figure === 'size') return places.length;
  const sum = places.reduce((total, one) => total + one, 0);
  if (figure === 'sum') return sum;
  if (places.length === 0) return Number.NaN;
  const mean = sum / places.length;
  if (figure === 'mean') return mean;
  if (figure === 'stddev')
    return Math.sqrt(places.reduce((total, one) => total + (one - mean) ** 2, 0) / places.length);
  return places.reduce(
    (found, one) => (figure === 'min' ? Math.min(found, one) : Math.max(found, one)),
    places[0] ?? 0,
  );
}
