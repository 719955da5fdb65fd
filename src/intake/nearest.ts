/** Longest text that is compared: a name is short, and hostile input must not make the work grow. */
const longest = 64;

/**
 * The candidate that `text` was most likely meant to be, or null when none is near: at most a third of the letters
 * differ (insertions, deletions, replacements, swaps of neighbours). Letter case does not count.
 */
export function nearest(text: string, candidates: Iterable<string>): string | null {
  if (text.length === 0 || text.length > longest) return null;
  const wanted = text.toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= bestDistance || candidate.length > longest) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** The end of a mend: `did you mean …?` or nothing. */
export function meant(text: string, candidates: Iterable<string>): string {
  const near = nearest(text, candidates);
  return near === null ? '' : `; did you mean '${near}'?`;
}

/** Optimal string alignment distance, given up at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least >= limit) return limit;
    before = last;
    last = row;
  }
  return last[b.length] ?? limit;
}
