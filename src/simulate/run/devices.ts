import { Belt } from './belt.ts';
import type { Device, DeviceSpec } from './device.ts';
import { Queue } from './queue.ts';

/** Makes the conveyors and queues of a model, each knowing the others by their stock. */
export function devicesOf(specs: readonly DeviceSpec[]): {
  readonly all: readonly Device[];
  readonly at: (stock: number) => Device;
} {
  const belts = new Map<number, Belt>();
  const find = (stock: number) => belts.get(stock);
  const made = new Map<number, Device>();
  for (const spec of specs) {
    if (spec.kind === 'belt') {
      const belt = new Belt(spec, find);
      belts.set(spec.stock, belt);
      made.set(spec.stock, belt);
    } else made.set(spec.stock, new Queue(spec, find));
  }
  return {
    all: [...made.values()],
    at: (stock) => {
      const found = made.get(stock);
      if (found === undefined) throw new Error(`no device at ${stock}`);
      return found;
    },
  };
}
