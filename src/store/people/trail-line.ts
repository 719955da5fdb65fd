import { type Engine, exchange } from '../engine.ts';
import { addTrail, type TrailEntry } from './trail.ts';

interface Waiting {
  readonly entry: TrailEntry;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Adds to the trail: what is told of one city while a transaction runs goes into the next one together. Resolves after the
 * commit: who is answered is in the trail.
 */
export function trailLine(engine: Engine): (entry: TrailEntry) => Promise<void> {
  const lines = new Map<string, Waiting[]>();
  const work = async (city: string, line: Waiting[]): Promise<void> => {
    while (line.length > 0) {
      const group = line.splice(0, 200);
      try {
        await exchange(engine, { role: 'keeper', city, areas: [] }, (connection) =>
          addTrail(
            connection,
            group.map(({ entry }) => entry),
          ),
        );
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    lines.delete(city);
  };
  return (entry) =>
    new Promise((resolve, reject) => {
      const waiting = { entry, resolve, reject };
      const line = lines.get(entry.city);
      if (line !== undefined) {
        line.push(waiting);
        return;
      }
      const fresh = [waiting];
      lines.set(entry.city, fresh);
      void work(entry.city, fresh);
    });
}
