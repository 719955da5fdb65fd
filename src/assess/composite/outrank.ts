/**
 * How far each unit outranks each other: the weight share of the indicators in which it is better, ties counting half.
 * A unit against itself is 0.
 */
export function outrankMatrix(
  columns: readonly Float64Array[],
  weights: Float64Array,
): readonly Float64Array[] {
  const units = columns[0]?.length ?? 0;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const rows = Array.from({ length: units }, () => new Float64Array(units));
  columns.forEach((column, at) => {
    const weight = (weights[at] ?? 0) / total;
    for (let a = 0; a < units; a += 1) {
      const own = column[a] ?? Number.NaN;
      const row = rows[a];
      if (row === undefined || Number.isNaN(own)) continue;
      for (let b = 0; b < units; b += 1) {
        const other = column[b] ?? Number.NaN;
        if (a === b || Number.isNaN(other)) continue;
        if (own > other) row[b] = (row[b] ?? 0) + weight;
        else if (own === other) row[b] = (row[b] ?? 0) + weight / 2;
      }
    }
  });
  return rows;
}

/** Copeland's score: contests won (more than half of the weight) less contests lost. */
export function copelandScores(matrix: readonly Float64Array[]): Float64Array {
  return Float64Array.from(matrix, (row, a) => {
    let score = 0;
    row.forEach((share, b) => {
      // A half that is summed from weights misses 0.5 by their rounding.
      if (a !== b && Math.abs(share - 0.5) > 1e-12) score += share > 0.5 ? 1 : -1;
    });
    return score;
  });
}
