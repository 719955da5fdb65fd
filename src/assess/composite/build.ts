import type { Aggregated, AggregationRule } from './aggregate.ts';
import { aggregate, presetAggregation } from './aggregate.ts';
import { type Imputation, impute } from './impute.ts';
import { columnOf, keepCodes, type Matrix } from './matrix.ts';
import { type Normalisation, normalise } from './normalise.ts';
import { type Screened, type ScreenRule, screen } from './screen.ts';
import type { Structure } from './structure.ts';
import { presetTreatment, type Treated, type Treatment, treat } from './treat.ts';

/** How a composite is made, stage by stage. A stage that is null is left out. */
export interface Recipe {
  readonly denominate: boolean;
  readonly impute: Imputation;
  readonly screen: ScreenRule | null;
  readonly treat: Treatment | null;
  /** Columns that are treated in their own way; null: not at all. */
  readonly treatEach: ReadonlyMap<string, Treatment | null>;
  readonly normalise: Normalisation;
  /** Columns that are normalised in their own way. */
  readonly normaliseEach: ReadonlyMap<string, Normalisation>;
  readonly weights: Float64Array;
  readonly aggregate: AggregationRule;
}

/** Every stage of a composite. */
export interface Composite {
  readonly raw: Matrix;
  readonly denominated: Matrix;
  readonly imputed: Matrix;
  readonly filled: readonly { unit: string; code: string }[];
  readonly screened: Matrix;
  readonly screening: readonly Screened[];
  readonly treated: Matrix;
  readonly treatment: ReadonlyMap<string, Treated>;
  readonly normalised: Matrix;
  /** Indicators without a range: they are left out of every aggregate. */
  readonly flat: readonly string[];
  readonly aggregated: Aggregated;
}

/** What a composite is made of: values with their denominators, groups of units, and the structure. */
export interface Ingredients {
  readonly structure: Structure;
  readonly values: Matrix;
  readonly groups: readonly (string | null)[];
}

export function presetRecipe(structure: Structure): Recipe {
  return {
    denominate: true,
    impute: 'none',
    screen: null,
    treat: presetTreatment,
    treatEach: new Map(),
    normalise: { kind: 'minmax', low: 0, high: 100 },
    normaliseEach: new Map(),
    weights: structure.weights,
    aggregate: presetAggregation,
  };
}

/**
 * Builds a composite. Given the one made before and its recipe, stages whose inputs have not changed are taken over, so
 * that a change of weights costs only the aggregation.
 */
export function build(
  from: Ingredients,
  recipe: Recipe,
  before: { readonly composite: Composite; readonly recipe: Recipe } | null = null,
): Composite {
  const { structure } = from;
  const last = before?.composite;
  const old = before?.recipe;
  const codes = structure.indicators.map(({ code }) => code);
  const raw = last?.raw ?? keepCodes(from.values, codes);
  let same = last !== undefined && old?.denominate === recipe.denominate;
  const denominated = same && last ? last.denominated : recipe.denominate ? denominate(raw, from) : raw;
  same = same && old?.impute === recipe.impute;
  const imputation =
    same && last
      ? { matrix: last.imputed, filled: last.filled }
      : impute(denominated, recipe.impute, from.groups, directionIn(structure));
  same = same && old?.screen === recipe.screen;
  const screening =
    same && last
      ? { matrix: last.screened, units: last.screening }
      : recipe.screen === null
        ? { matrix: imputation.matrix, units: [] }
        : screen(imputation.matrix, recipe.screen);
  same = same && old?.treat === recipe.treat && old.treatEach === recipe.treatEach;
  const treatment =
    same && last
      ? { matrix: last.treated, steps: last.treatment }
      : recipe.treat === null && recipe.treatEach.size === 0
        ? { matrix: screening.matrix, steps: new Map<string, Treated>() }
        : treat(screening.matrix, recipe.treat, recipe.treatEach);
  same = same && old?.normalise === recipe.normalise && old.normaliseEach === recipe.normaliseEach;
  const normalisation =
    same && last
      ? { matrix: last.normalised, flat: last.flat }
      : normaliseAll(treatment.matrix, structure, recipe);
  same = same && old?.weights === recipe.weights && old.aggregate === recipe.aggregate;
  const aggregated =
    same && last
      ? last.aggregated
      : aggregate(structure, normalisation.matrix.columns, recipe.weights, recipe.aggregate);
  return {
    raw,
    denominated,
    imputed: imputation.matrix,
    filled: imputation.filled,
    screened: screening.matrix,
    screening: screening.units,
    treated: treatment.matrix,
    treatment: treatment.steps,
    normalised: normalisation.matrix,
    flat: normalisation.flat,
    aggregated,
  };
}

function directionIn({ indicators }: Structure): (code: string) => 1 | -1 {
  const turned = new Set(indicators.flatMap(({ code, direction }) => (direction === -1 ? [code] : [])));
  return (code) => (turned.has(code) ? -1 : 1);
}

/** Each indicator that names a denominator, divided by it; a denominator of zero leaves nothing. */
function denominate(raw: Matrix, { structure, values }: Ingredients): Matrix {
  return {
    ...raw,
    columns: raw.columns.map((column, at) => {
      const name = structure.indicators.find(({ code }) => code === raw.codes[at])?.denominator ?? null;
      if (name === null) return column;
      const by = columnOf(values, name);
      return column.map((value, row) => {
        const divisor = by?.[row] ?? Number.NaN;
        return divisor === 0 ? Number.NaN : value / divisor;
      });
    }),
  };
}

export function normaliseAll(
  matrix: Matrix,
  structure: Structure,
  recipe: Recipe,
): { matrix: Matrix; flat: string[] } {
  const flat: string[] = [];
  // Columns follow the structure: an indicator without data is a column of missing values.
  const columns = structure.indicators.map(({ code, direction }) => {
    const column = columnOf(matrix, code);
    const how = recipe.normaliseEach.get(code) ?? recipe.normalise;
    const made = column === null ? null : normalise(column, how, direction === -1 ? -1 : 1);
    if (made !== null) return made;
    if (column?.some((value) => !Number.isNaN(value)) === true) flat.push(code);
    return new Float64Array(matrix.units.length).fill(Number.NaN);
  });
  return {
    matrix: { units: matrix.units, codes: structure.indicators.map(({ code }) => code), columns },
    flat,
  };
}
