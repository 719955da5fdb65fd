import { shapeOf } from './shape.ts';

/** How a column is brought to a common scale. `direction` -1 turns the values round first. */
export type Normalisation =
  | { readonly kind: 'minmax'; readonly low: number; readonly high: number }
  | { readonly kind: 'zscore'; readonly mean: number; readonly deviation: number }
  | { readonly kind: 'scaled'; readonly low: number; readonly high: number }
  | { readonly kind: 'rank' | 'borda' | 'prank' | 'fracmax' | 'dist2max' | 'none' }
  /** Distance to the value of one unit, by its row. */
  | { readonly kind: 'dist2ref'; readonly reference: number; readonly cap: boolean }
  | { readonly kind: 'dist2targ'; readonly target: number; readonly cap: boolean }
  | {
      readonly kind: 'goalposts';
      readonly low: number;
      readonly high: number;
      readonly scale: number;
      readonly truncate: boolean;
    };

/**
 * The normalised column, or null when it has no range to be spread over. Targets and goalposts stand in the units of the
 * values; for direction -1 they are turned with them.
 */
export function normalise(column: Float64Array, how: Normalisation, direction: 1 | -1): Float64Array | null {
  const x = direction === 1 ? column : column.map((value) => -value);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of x) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return null;
  const range = high - low;
  switch (how.kind) {
    case 'none':
      return x;
    case 'minmax':
      return range === 0 ? null : x.map((value) => ((value - low) / range) * (how.high - how.low) + how.low);
    case 'zscore': {
      const { mean, deviation } = shapeOf(x);
      return deviation > 0 ? x.map((value) => ((value - mean) / deviation) * how.deviation + how.mean) : null;
    }
    case 'scaled':
      return how.high === how.low ? null : x.map((value) => ((value - how.low) / (how.high - how.low)) * 100);
    case 'rank':
      return ranksUpward(x);
    case 'borda':
      return ranksUpward(x).map((rank) => rank - 1);
    case 'prank': {
      const count = x.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
      return count < 2 ? null : ranksUpward(x).map((rank) => (rank - 1) / (count - 1));
    }
    case 'fracmax':
      return high === 0 ? null : x.map((value) => value / high);
    case 'dist2max':
      return range === 0 ? null : x.map((value) => 1 - (high - value) / range);
    case 'dist2ref': {
      const reference = x[how.reference];
      if (reference === undefined || Number.isNaN(reference) || reference === low) return null;
      return toward(x, reference, low, how.cap);
    }
    case 'dist2targ': {
      const target = direction * how.target;
      return Number.isNaN(target) || target === low ? null : toward(x, target, low, how.cap);
    }
    case 'goalposts':
      return betweenPosts(x, how, direction);
  }
}

function toward(x: Float64Array, goal: number, low: number, cap: boolean): Float64Array {
  return x.map((value) => {
    const score = 1 - (goal - value) / (goal - low);
    return cap && score > 1 ? 1 : score;
  });
}

function betweenPosts(
  x: Float64Array,
  how: Extract<Normalisation, { kind: 'goalposts' }>,
  direction: 1 | -1,
): Float64Array | null {
  if (how.low === how.high) return null;
  const [from, to] = direction === 1 ? [how.low, how.high] : [-how.high, -how.low];
  return x.map((value) => {
    const score = (value - from) / (to - from);
    const held = how.truncate && score > 1 ? 1 : how.truncate && score < 0 ? 0 : score;
    return held * how.scale;
  });
}

/** Ranks from 1 for the lowest; ties share the lowest of their ranks; what is missing stays so. */
export function ranksUpward(column: Float64Array): Float64Array {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort();
  const first = new Map<number, number>();
  for (let at = sorted.length - 1; at >= 0; at -= 1) first.set(sorted[at] ?? 0, at + 1);
  return column.map((value) => first.get(value) ?? Number.NaN);
}
