import { build, type Ingredients, type Recipe } from './build.ts';
import { correlation } from './correlate.ts';
import { ranksUpward } from './normalise.ts';

/** What leaving one part out does to the index. */
export interface Removal {
  readonly code: string;
  /** Mean and largest absolute change of rank. */
  readonly mean: number;
  readonly largest: number;
  /** Spearman correlation of the index with and without the part; null where one does not vary. */
  readonly agreement: number | null;
}

/** The index without each of its columns in turn: a weight of zero takes a column out of what it is a part of. */
export function removeEach(from: Ingredients, recipe: Recipe, codes: readonly string[]): Removal[] {
  const composite = build(from, recipe);
  const nominal = composite.aggregated.columns.at(-1) ?? new Float64Array();
  const before = ranksUpward(nominal.map((value) => -value));
  return codes.flatMap((code) => {
    const at = from.structure.codes.indexOf(code);
    if (at < 0) return [];
    const weights = recipe.weights.slice();
    weights[at] = 0;
    const index =
      build(from, { ...recipe, weights }, { composite, recipe }).aggregated.columns.at(-1) ?? nominal;
    const after = ranksUpward(index.map((value) => -value));
    const changes = [...before].flatMap((rank, row) => {
      const change = Math.abs((after[row] ?? Number.NaN) - rank);
      return Number.isNaN(change) ? [] : [change];
    });
    return [
      {
        code,
        mean: changes.length === 0 ? 0 : changes.reduce((sum, one) => sum + one, 0) / changes.length,
        largest: Math.max(0, ...changes),
        agreement: correlation(nominal, index, 'spearman'),
      },
    ];
  });
}
