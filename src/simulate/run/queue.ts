import type { Belt } from './belt.ts';
import { type Device, figureOf, type QueueSpec } from './device.ts';
import type { Clock } from './runtime.ts';

/**
 * A queue (XMILE 1.0 §3.7.3): one batch a step, first in, first out. An outflow to a cloud or an ordinary stock takes all
 * there is; one to a conveyor takes what fits; an overflow takes what the outflows before it were refused. What arrives
 * may leave in the same step.
 */
export class Queue implements Device {
  readonly #spec: QueueSpec;
  readonly #find: (stock: number) => Belt | undefined;
  #batches: number[] = [];
  #filled = false;
  #plan: { readonly volumes: Float64Array; readonly rest: number[] } | undefined;

  constructor(spec: QueueSpec, find: (stock: number) => Belt | undefined) {
    this.#spec = spec;
    this.#find = find;
  }

  reset(): void {
    this.#batches = [];
    this.#filled = false;
    this.#plan = undefined;
  }

  flow(port: number, v: Float64Array, c: Clock): number {
    return (this.#serve(v, c).volumes[port] ?? 0) / c.dt;
  }

  held(figure: Parameters<Device['held']>[0], v: Float64Array, _: Clock, at: number): number {
    this.#fill(v);
    return figureOf(figure, this.#batches, at);
  }

  commit(v: Float64Array, c: Clock): void {
    this.#batches = this.#serve(v, c).rest;
    this.#plan = undefined;
  }

  #fill(v: Float64Array): void {
    if (this.#filled) return;
    this.#filled = true;
    const first = v[this.#spec.stock] ?? 0;
    this.#batches = first > 0 ? [first] : [];
  }

  #serve(v: Float64Array, c: Clock): { readonly volumes: Float64Array; readonly rest: number[] } {
    if (this.#plan !== undefined) return this.#plan;
    this.#fill(v);
    const rest = [...this.#batches];
    const arriving = this.#spec.inflows.reduce((sum, slot) => sum + Math.max(0, v[slot] ?? 0) * c.dt, 0);
    if (arriving > 0) rest.push(arriving);
    const volumes = new Float64Array(this.#spec.outflows.length);
    let refused = 0;
    this.#spec.outflows.forEach(({ overflow, belt }, i) => {
      const target = this.#find(belt);
      const most = overflow ? refused : Number.POSITIVE_INFINITY;
      if (target === undefined) {
        volumes[i] = take(rest, most, false, true);
        if (overflow) refused = Math.max(0, refused - (volumes[i] ?? 0));
        return;
      }
      const { batchIntegrity, oneAtATime } = target.spec;
      const wanted = oneAtATime ? (rest[0] ?? 0) : rest.reduce((sum, one) => sum + one, 0);
      const fits = target.room(v, c, 0);
      volumes[i] = take(rest, Math.min(most, fits), oneAtATime, !batchIntegrity);
      // Only what the conveyor had no room for may go elsewhere, not what waits for its turn.
      refused = Math.max(0, wanted - (volumes[i] ?? 0));
    });
    this.#plan = { volumes, rest };
    return this.#plan;
  }
}

/** Takes at most `most` from the front: one batch or several, whole batches only unless they may be split. */
function take(batches: number[], most: number, one: boolean, split: boolean): number {
  let taken = 0;
  while (batches.length > 0) {
    const [first = 0] = batches;
    if (taken + first <= most) {
      taken += first;
      batches.shift();
      if (one) break;
      continue;
    }
    const part = Math.max(0, most - taken);
    if (split && part > 0) {
      taken += part;
      batches[0] = first - part;
    }
    break;
  }
  return taken;
}
