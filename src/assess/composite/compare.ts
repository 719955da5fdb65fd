import { correlation } from './correlate.ts';
import { ranksUpward } from './normalise.ts';

/** How one unit stands in two composites. Ranks from 1, highest value first; null where it has no value. */
export interface RankShift {
  readonly unit: string;
  readonly before: number | null;
  readonly after: number | null;
  /** Places gained: positive when the unit stands higher after. Null where one of the two is missing. */
  readonly gained: number | null;
}

export interface Comparison {
  readonly shifts: readonly RankShift[];
  /** Mean and largest absolute shift over units that have both ranks. */
  readonly mean: number;
  readonly largest: number;
  /** Spearman correlation of the two; null where one does not vary. */
  readonly agreement: number | null;
}

/** Two indices of the same or of different units beside each other, unit by unit, in the order of the first. */
export function compareIndices(
  before: { readonly units: readonly string[]; readonly index: Float64Array },
  after: { readonly units: readonly string[]; readonly index: Float64Array },
): Comparison {
  const rankIn = ({ units, index }: typeof before) => {
    const ranks = ranksUpward(index.map((value) => -value));
    return new Map(units.map((unit, at) => [unit, ranks[at] ?? Number.NaN]));
  };
  const [first, second] = [rankIn(before), rankIn(after)];
  const units = [...new Set([...before.units, ...after.units])];
  const place = (ranks: ReadonlyMap<string, number>, unit: string): number | null => {
    const rank = ranks.get(unit);
    return rank === undefined || Number.isNaN(rank) ? null : rank;
  };
  const shifts = units.map((unit): RankShift => {
    const [was, is] = [place(first, unit), place(second, unit)];
    return { unit, before: was, after: is, gained: was === null || is === null ? null : was - is };
  });
  const sizes = shifts.flatMap(({ gained }) => (gained === null ? [] : [Math.abs(gained)]));
  const both = shifts.filter(({ gained }) => gained !== null);
  return {
    shifts,
    mean: sizes.length === 0 ? 0 : sizes.reduce((sum, size) => sum + size, 0) / sizes.length,
    largest: sizes.reduce((most, size) => Math.max(most, size), 0),
    agreement: correlation(
      Float64Array.from(both, (one) => one.before ?? 0),
      Float64Array.from(both, (one) => one.after ?? 0),
      'spearman',
    ),
  };
}
