/** Plain sum divided by the count, in the order given; null for an empty list. */
export function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/**
 * Sample quantile by the numbering of Hyndman and Fan (1996). Type 2 averages the two order statistics when n·p is whole
 * (Stata `pctile`, and so the bounds of the SDG Index); type 7 interpolates linearly (spreadsheets, R's default).
 * Null for an empty list; p between 0 and 1.
 */
export function quantile(values: readonly number[], p: number, type: 2 | 7): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): number | null =>
    sorted[Math.min(Math.max(index, 0), sorted.length - 1)] ?? null;
  if (sorted.length === 0) return null;
  if (type === 2) {
    const position = sorted.length * p;
    const whole = Math.round(position);
    // n·p is a product of a double: 40 × 0.025 must count as one.
    if (Math.abs(position - whole) < 1e-9) return mean([at(whole - 1) ?? 0, at(whole) ?? 0]);
    return at(Math.ceil(position) - 1);
  }
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const [low, high] = [at(below), at(below + 1)];
  return low === null || high === null ? null : low + (position - below) * (high - low);
}

/** Mean of the `count` highest (or, when less is better, lowest) values; null when there are fewer. */
export function meanOfTop(values: readonly number[], count: number, direction: 1 | -1): number | null {
  if (values.length < count) return null;
  const sorted = [...values].sort((a, b) => direction * (b - a));
  return mean(sorted.slice(0, count));
}

/** Values that differ by no more than this share of themselves differ only by the order in which doubles were added. */
const sameShare = 1e-12;

/**
 * Competition ranks ("1, 2, 2, 4"), highest first unless `direction` is -1; a null stays null. Nothing is rounded
 * before ranking, but for what the order of addition alone can make of equal values.
 */
export function competitionRanks(
  values: readonly (number | null)[],
  direction: 1 | -1 = 1,
): (number | null)[] {
  const sorted = values.filter((value) => value !== null).sort((a, b) => direction * (b - a));
  const rank = new Map<number, number>();
  let [first, place] = [Number.NaN, 0];
  sorted.forEach((value, at) => {
    if (!(Math.abs(value - first) <= sameShare * Math.abs(first))) [first, place] = [value, at + 1];
    rank.set(value, place);
  });
  return values.map((value) => (value === null ? null : (rank.get(value) ?? null)));
}

/** The value held between two bounds. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
