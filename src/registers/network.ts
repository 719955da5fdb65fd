import type { Network } from '../model/index.ts';
import { distance, type Point, readPoint } from './geometry.ts';

/** A street network ready to be walked: corners with their places, and to whom each leads in how many metres. */
class Streets {
  readonly #places: readonly Point[];
  readonly #ways: readonly (readonly (readonly [to: number, metres: number])[])[];

  constructor({ nodes, edges }: Network) {
    const names = new Map(Object.keys(nodes).map((name, at) => [name, at]));
    this.#places = Object.values(nodes).flatMap((text) => readPoint(text) ?? []);
    const ways: [number, number][][] = this.#places.map(() => []);
    for (const { from, to, metres } of edges) {
      const [a, b] = [names.get(from), names.get(to)];
      const [start, end] = [this.#places[a ?? -1], this.#places[b ?? -1]];
      if (a === undefined || b === undefined || start === undefined || end === undefined) continue;
      const length = metres ?? distance(start, end);
      ways[a]?.push([b, length]);
      ways[b]?.push([a, length]);
    }
    this.#ways = ways;
  }

  /** Metres along the streets, with the straight ways from and to the nearest corners; null where none leads there. */
  metres(from: Point, to: Point): number | null {
    const [start, end] = [this.#nearest(from), this.#nearest(to)];
    if (start === null || end === null) return null;
    const along = this.#shortest(start.at, end.at);
    return along === null ? null : start.metres + along + end.metres;
  }

  #nearest(point: Point): { readonly at: number; readonly metres: number } | null {
    let best: { at: number; metres: number } | null = null;
    for (const [at, place] of this.#places.entries()) {
      const metres = distance(point, place);
      if (best === null || metres < best.metres) best = { at, metres };
    }
    return best;
  }

  /** Dijkstra's algorithm with a binary heap; ends at the corner that is asked for. */
  #shortest(start: number, end: number): number | null {
    const known = new Map<number, number>([[start, 0]]);
    const done = new Set<number>();
    const heap = new Heap();
    heap.push(start, 0);
    for (let next = heap.pop(); next !== null; next = heap.pop()) {
      if (next.at === end) return next.metres;
      if (done.has(next.at)) continue;
      done.add(next.at);
      for (const [to, length] of this.#ways[next.at] ?? []) {
        const metres = next.metres + length;
        if (metres >= (known.get(to) ?? Number.POSITIVE_INFINITY)) continue;
        known.set(to, metres);
        heap.push(to, metres);
      }
    }
    return null;
  }
}

interface Entry {
  readonly at: number;
  readonly metres: number;
}

/** The nearest first. */
class Heap {
  readonly #list: Entry[] = [];

  push(at: number, metres: number): void {
    this.#list.push({ at, metres });
    for (let child = this.#list.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!this.#isNearer(child, parent)) break;
      this.#swap(child, parent);
      child = parent;
    }
  }

  pop(): Entry | null {
    const [first] = this.#list;
    const last = this.#list.pop();
    if (first === undefined || last === undefined) return null;
    if (this.#list.length === 0) return first;
    this.#list[0] = last;
    for (let parent = 0; ; ) {
      let least = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2])
        if (child < this.#list.length && this.#isNearer(child, least)) least = child;
      if (least === parent) return first;
      this.#swap(parent, least);
      parent = least;
    }
  }

  #isNearer(a: number, b: number): boolean {
    return (this.#list[a]?.metres ?? 0) < (this.#list[b]?.metres ?? 0);
  }

  #swap(a: number, b: number): void {
    const [x, y] = [this.#list[a], this.#list[b]];
    if (x === undefined || y === undefined) return;
    [this.#list[a], this.#list[b]] = [y, x];
  }
}

const made = new WeakMap<Network, Streets>();

/**
 * Minutes on foot between two places along a network's streets, at its speed, rounded to a tenth: a double. Null where a place
 * cannot be read or no way leads there.
 */
export function walkingMinutes(network: Network, from: string, to: string): string | null {
  const [a, b] = [readPoint(from), readPoint(to)];
  if (a === null || b === null) return null;
  const streets = made.get(network) ?? new Streets(network);
  made.set(network, streets);
  const metres = streets.metres(a, b);
  return metres === null ? null : (metres / Number(network.metresPerMinute)).toFixed(1);
}
