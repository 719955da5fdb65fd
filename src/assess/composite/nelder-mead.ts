/** Where a search ended. */
export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
  readonly evaluations: number;
  readonly converged: boolean;
}

interface Vertex {
  point: number[];
  value: number;
}

/**
 * Least value of a function by the simplex of Nelder and Mead (1965) as Nash (1990, algorithm 19) and R's `optim` run it:
 * reflection 1, contraction 0.5, expansion 2, first step a tenth of the largest coordinate. Ends when the spread of the
 * simplex falls below `tolerance` × (|first value| + tolerance).
 */
export function nelderMead(
  evaluate: (point: readonly number[]) => number,
  start: readonly number[],
  tolerance: number,
  most: number,
): Minimum {
  const n = start.length;
  let evaluations = 1;
  const call = (point: readonly number[]) => {
    evaluations += 1;
    const value = evaluate(point);
    return Number.isFinite(value) ? value : 1e35;
  };
  const first = evaluate(start);
  const limit = tolerance * (Math.abs(first) + tolerance);
  const step = 0.1 * Math.max(0, ...start.map(Math.abs)) || 0.1;
  const simplex: Vertex[] = [{ point: [...start], value: first }];
  for (let j = 0; j < n; j += 1) {
    const point = start.map((value, at) => (at === j ? value + step : value));
    simplex.push({ point, value: call(point) });
  }
  let size = 10 * step * n;
  for (;;) {
    const low = extreme(simplex, -1);
    const high = extreme(simplex, 1);
    const done = (converged: boolean): Minimum => ({
      at: low.point,
      value: low.value,
      evaluations,
      converged,
    });
    if (high.value <= low.value + limit) return done(true);
    if (evaluations > most) return done(false);
    const centre = start.map((_, at) => {
      const sum = simplex.reduce((total, vertex) => total + (vertex.point[at] ?? 0), 0);
      return (sum - (high.point[at] ?? 0)) / n;
    });
    const reflected = centre.map((own, at) => 2 * own - (high.point[at] ?? 0));
    const value = call(reflected);
    if (value < low.value) {
      const expanded = centre.map((own, at) => 2 * (reflected[at] ?? 0) - own);
      const further = call(expanded);
      [high.point, high.value] = further < value ? [expanded, further] : [reflected, value];
      continue;
    }
    const better = value < high.value;
    if (better) [high.point, high.value] = [reflected, value];
    const contracted = centre.map((own, at) => 0.5 * (high.point[at] ?? 0) + 0.5 * own);
    const nearer = call(contracted);
    if (nearer < high.value) [high.point, high.value] = [contracted, nearer];
    else if (!better) {
      const shrunk = shrink(simplex, low, call);
      if (shrunk >= size) return done(false);
      size = shrunk;
    }
  }
}

/** Draws every vertex half way to the lowest; gives the size that is left. */
function shrink(simplex: readonly Vertex[], low: Vertex, call: (point: readonly number[]) => number): number {
  let size = 0;
  for (const vertex of simplex) {
    if (vertex === low) continue;
    vertex.point = vertex.point.map((own, at) => 0.5 * (own - (low.point[at] ?? 0)) + (low.point[at] ?? 0));
    size += vertex.point.reduce((sum, own, at) => sum + Math.abs(own - (low.point[at] ?? 0)), 0);
  }
  for (const vertex of simplex) if (vertex !== low) vertex.value = call(vertex.point);
  return size;
}

function extreme(simplex: readonly Vertex[], sign: 1 | -1): Vertex {
  return simplex.reduce((best, vertex) => (sign * vertex.value > sign * best.value ? vertex : best));
}
