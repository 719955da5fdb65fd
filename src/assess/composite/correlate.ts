/** Pairs of values that are both there. */
function pairs(a: Float64Array, b: Float64Array): [Float64Array, Float64Array] {
  const both = (_: number, at: number) =>
    !Number.isNaN(a[at] ?? Number.NaN) && !Number.isNaN(b[at] ?? Number.NaN);
  return [a.filter(both), b.filter(both)];
}

/** Covariance (n − 1) over the pairs that are there; null with fewer than two. */
export function covariance(a: Float64Array, b: Float64Array): number | null {
  const [x, y] = pairs(a, b);
  const n = x.length;
  if (n < 2) return null;
  const meanX = x.reduce((sum, value) => sum + value, 0) / n;
  const meanY = y.reduce((sum, value) => sum + value, 0) / n;
  let sum = 0;
  for (let at = 0; at < n; at += 1) sum += ((x[at] ?? 0) - meanX) * ((y[at] ?? 0) - meanY);
  return sum / (n - 1);
}

/** Correlation over the pairs that are there; null where one of the two does not vary. Kendall's is tau-b. */
export function correlation(
  a: Float64Array,
  b: Float64Array,
  kind: 'pearson' | 'spearman' | 'kendall' = 'pearson',
): number | null {
  const [x, y] = pairs(a, b);
  if (kind === 'kendall') return kendall(x, y);
  const [u, v] = kind === 'spearman' ? [averageRanks(x), averageRanks(y)] : [x, y];
  const [both, ofU, ofV] = [covariance(u, v), covariance(u, u), covariance(v, v)];
  if (both === null || ofU === null || ofV === null || ofU === 0 || ofV === 0) return null;
  return both / Math.sqrt(ofU * ofV);
}

function averageRanks(column: Float64Array): Float64Array {
  const sorted = column.slice().sort();
  const place = new Map<number, { sum: number; count: number }>();
  sorted.forEach((value, at) => {
    const known = place.get(value);
    if (known === undefined) place.set(value, { sum: at + 1, count: 1 });
    else place.set(value, { sum: known.sum + at + 1, count: known.count + 1 });
  });
  return column.map((value) => {
    const { sum, count } = place.get(value) ?? { sum: 0, count: 1 };
    return sum / count;
  });
}

function kendall(x: Float64Array, y: Float64Array): number | null {
  let [order, inX, inY] = [0, 0, 0];
  for (let a = 0; a < x.length; a += 1)
    for (let b = a + 1; b < x.length; b += 1) {
      const dx = Math.sign((x[a] ?? 0) - (x[b] ?? 0));
      const dy = Math.sign((y[a] ?? 0) - (y[b] ?? 0));
      order += dx * dy;
      inX += dx * dx;
      inY += dy * dy;
    }
  return inX === 0 || inY === 0 ? null : order / Math.sqrt(inX * inY);
}

/** Cronbach's alpha of a group of columns, over pairs that are there; null with fewer than two columns or no variance. */
export function cronbachAlpha(columns: readonly Float64Array[]): number | null {
  const k = columns.length;
  if (k < 2) return null;
  let [own, all] = [0, 0];
  for (const [i, a] of columns.entries())
    for (const [j, b] of columns.entries()) {
      const c = covariance(a, b) ?? 0;
      all += c;
      if (i === j) own += c;
    }
  return all === 0 ? null : (k / (k - 1)) * (1 - own / all);
}
