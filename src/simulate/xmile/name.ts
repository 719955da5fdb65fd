/**
 * Names as XMILE 1.0 §3.2.2 compares them: without case, and with any run of white space, `\n` or underscores as one.
 */
export function canonical(name: string): string {
  return spoken(name)
    .replace(/[\s_\u00a0]+/gu, '_')
    .toLowerCase();
}

/** A name as written, on one line: escapes undone, quotes and line breaks gone. */
export function spoken(name: string): string {
  let text = name.trim();
  if (text.length >= 2 && text.startsWith('"') && text.endsWith('"')) text = text.slice(1, -1);
  return text
    .replace(/\\(["\\])/g, '$1')
    .replace(/\\[nr]/g, ' ')
    .replace(/[\s\u00a0]+/gu, ' ')
    .trim();
}

/** The known name that a reader most likely meant, or undefined when none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  let looked = 0;
  for (const candidate of known) {
    if (++looked > 5000) break;
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const far = distance(name, candidate, least);
    if (far < least) {
      least = far;
      best = candidate;
    }
  }
  return best;
}

/** Levenshtein's distance, given up at `limit`. */
function distance(left: string, right: string, limit: number): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= right.length; j++) {
      const change = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      const value = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      next.push(value);
      least = Math.min(least, value);
    }
    if (least >= limit) return limit;
    row = next;
  }
  return row[right.length] ?? limit;
}
