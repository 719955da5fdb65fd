/** A box in which a minimum is sought. */
export interface Box {
  readonly min: readonly number[];
  readonly max: readonly number[];
}

export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
  readonly evaluations: number;
}

/**
 * Nelder and Mead's simplex inside a box (1965; coefficients of their paper). Points outside are moved to the wall, so a
 * minimum on a wall is found and can be told.
 */
export function simplex(
  goal: (point: readonly number[]) => number,
  start: readonly number[],
  { min, max }: Box,
  { most = 2000, tolerance = 1e-10 } = {},
): Minimum {
  const size = start.length;
  let evaluations = 0;
  const inside = (point: readonly number[]) =>
    point.map((x, i) => Math.min(max[i] ?? x, Math.max(min[i] ?? x, x)));
  const point = (at: readonly number[]) => {
    const place = inside(at);
    evaluations++;
    const value = goal(place);
    return { at: place, value: Number.isFinite(value) ? value : Number.MAX_VALUE };
  };
  const corners = [point(start)];
  for (let i = 0; i < size; i++) {
    const width = (max[i] ?? 1) - (min[i] ?? 0);
    const shift = (start[i] ?? 0) + width * 0.15 > (max[i] ?? 0) ? -0.15 : 0.15;
    corners.push(point(start.map((x, k) => (k === i ? x + width * shift : x))));
  }
  const along = (from: readonly number[], to: readonly number[], share: number) =>
    from.map((x, i) => x + share * ((to[i] ?? 0) - x));
  while (evaluations < most) {
    corners.sort((a, b) => a.value - b.value);
    const best = corners[0];
    const worst = corners[size];
    const second = corners[size - 1];
    if (best === undefined || worst === undefined || second === undefined) break;
    if (worst.value - best.value <= tolerance * (Math.abs(best.value) + 1e-12)) break;
    const centre = best.at.map(
      (_, i) => corners.slice(0, size).reduce((sum, corner) => sum + (corner.at[i] ?? 0), 0) / size,
    );
    const mirrored = point(along(centre, worst.at, -1));
    if (mirrored.value < best.value) {
      const further = point(along(centre, worst.at, -2));
      corners[size] = further.value < mirrored.value ? further : mirrored;
    } else if (mirrored.value < second.value) corners[size] = mirrored;
    else {
      const nearer = point(along(centre, mirrored.value < worst.value ? mirrored.at : worst.at, 0.5));
      if (nearer.value < Math.min(worst.value, mirrored.value)) corners[size] = nearer;
      else for (let i = 1; i <= size; i++) corners[i] = point(along(best.at, corners[i]?.at ?? best.at, 0.5));
    }
  }
  corners.sort((a, b) => a.value - b.value);
  const [best] = corners;
  return { at: best?.at ?? start, value: best?.value ?? Number.MAX_VALUE, evaluations };
}
