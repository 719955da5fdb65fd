import type { GraphLink } from '../graph.ts';

/** A node with its place: layers from left to right, rows from top to bottom. */
export interface PlacedNode {
  readonly key: string;
  readonly layer: number;
  readonly row: number;
}

/** Passes over the layers in which nodes are moved towards what they hang on. */
const passes = 8;

/**
 * A layered layout (Sugiyama, Tagawa and Toda 1981): links that close a circle are set aside, the longest path gives the
 * layer, barycentres give the order in it. The same graph gives the same layout, in whatever order its parts come.
 */
export function layeredLayout(keys: readonly string[], links: readonly GraphLink[]): PlacedNode[] {
  const sorted = [...new Set(keys)].sort(compare);
  const known = new Set(sorted);
  const inside = links
    .filter(({ from, to }) => known.has(from) && known.has(to) && from !== to)
    .sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
  const forward = withoutCircles(sorted, inside);
  const layerOf = longestPaths(sorted, forward);
  const layers: string[][] = [];
  for (const key of sorted) {
    const layer = layerOf.get(key) ?? 0;
    layers[layer] = [...(layers[layer] ?? []), key];
  }
  const neighbours = (side: 'from' | 'to') => {
    const found = new Map<string, string[]>();
    for (const link of forward) {
      const own = side === 'from' ? link.to : link.from;
      found.set(own, [...(found.get(own) ?? []), side === 'from' ? link.from : link.to]);
    }
    return found;
  };
  const before = neighbours('from');
  const after = neighbours('to');
  const rows = new Map<string, number>();
  const number = (layer: readonly string[]) => {
    for (const [row, key] of layer.entries()) rows.set(key, row);
  };
  for (const layer of layers) number(layer ?? []);
  for (let pass = 0; pass < passes; pass++) {
    const downward = pass % 2 === 0;
    const order = layers.map((_, i) => i);
    for (const at of downward ? order : order.reverse()) {
      const linked = downward ? before : after;
      const middle = (key: string): number => {
        const places = (linked.get(key) ?? []).map((one) => rows.get(one) ?? 0);
        return places.length === 0
          ? (rows.get(key) ?? 0)
          : places.reduce((sum, place) => sum + place, 0) / places.length;
      };
      const wanted = new Map((layers[at] ?? []).map((key) => [key, middle(key)]));
      layers[at] = [...(layers[at] ?? [])].sort(
        (a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0) || compare(a, b),
      );
      number(layers[at] ?? []);
    }
  }
  return layers.flatMap((layer, at) => (layer ?? []).map((key, row) => ({ key, layer: at, row })));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Links less those that lead back into a path that is still open (depth first, in the order of names). */
function withoutCircles(keys: readonly string[], links: readonly GraphLink[]): GraphLink[] {
  const from = new Map<string, GraphLink[]>();
  for (const link of links) from.set(link.from, [...(from.get(link.from) ?? []), link]);
  const done = new Set<string>();
  const open = new Set<string>();
  const kept: GraphLink[] = [];
  for (const start of keys) {
    if (done.has(start)) continue;
    // A stack of its own: a chain of equations may be longer than the engine's.
    const stack: { readonly key: string; at: number }[] = [{ key: start, at: 0 }];
    open.add(start);
    while (stack.length > 0) {
      const top = stack.at(-1);
      if (top === undefined) break;
      const link = (from.get(top.key) ?? [])[top.at];
      if (link === undefined) {
        open.delete(top.key);
        done.add(top.key);
        stack.pop();
        continue;
      }
      top.at += 1;
      if (open.has(link.to)) continue;
      kept.push(link);
      if (!done.has(link.to)) {
        open.add(link.to);
        stack.push({ key: link.to, at: 0 });
      }
    }
  }
  return kept;
}

/** The number of links on the longest way to each node. */
function longestPaths(keys: readonly string[], links: readonly GraphLink[]): ReadonlyMap<string, number> {
  const layers = new Map(keys.map((key) => [key, 0]));
  const waiting = new Map(keys.map((key) => [key, 0]));
  const from = new Map<string, string[]>();
  for (const link of links) {
    waiting.set(link.to, (waiting.get(link.to) ?? 0) + 1);
    from.set(link.from, [...(from.get(link.from) ?? []), link.to]);
  }
  const ready = keys.filter((key) => waiting.get(key) === 0);
  for (let i = 0; i < ready.length; i++) {
    const key = ready[i] ?? '';
    for (const to of from.get(key) ?? []) {
      layers.set(to, Math.max(layers.get(to) ?? 0, (layers.get(key) ?? 0) + 1));
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  // What nothing leads to stands just before the first that reads it, not at the far left.
  for (const key of keys) {
    if (links.some((link) => link.to === key)) continue;
    const readers = (from.get(key) ?? []).map((to) => layers.get(to) ?? 0);
    if (readers.length > 0) layers.set(key, Math.max(0, Math.min(...readers) - 1));
  }
  return layers;
}
