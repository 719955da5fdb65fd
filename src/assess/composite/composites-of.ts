import type { Finding } from '../../model/index.ts';
import { directionOf } from '../indicator.ts';
import { type MethodInput, setting } from '../method.ts';
import type { Observation } from '../observation.ts';
import { checkMatch, panelOf } from '../panel.ts';
import { build, type Composite, type Ingredients, type Recipe } from './build.ts';
import { fillSeries, noStandIns } from './fill-series.ts';
import { recipeOf, unknownWords } from './recipe-of.ts';
import { type Structure, structureOf } from './structure.ts';
import { weightsOf } from './weights-of.ts';

/** The composite of one period, with all that made it. */
export interface PeriodComposite {
  readonly period: string;
  readonly from: Ingredients;
  /** With the weights that were used, also where they were optimised. */
  readonly recipe: Recipe;
  readonly made: Composite;
}

export interface Composites {
  readonly composites: readonly PeriodComposite[];
  readonly structure: Structure;
  readonly standIns: ReadonlySet<string>;
  readonly findings: Finding[];
}

/**
 * The composites that an input asks for, one a period; the usable structure (an indicator whose direction is not
 * understood weighs nothing); which values stand in for gaps of a series; and what is wrong.
 */
export function compositesOf(input: MethodInput): Composites {
  const findings = checkMatch(input.indicators, input.observations);
  // Where no direction is said, the order of the bounds tells it.
  const indicators = input.indicators.map((one) => ({ ...one, direction: directionOf(one) }));
  const { structure, findings: shape } = structureOf(indicators);
  findings.push(...shape);
  for (const indicator of structure.indicators)
    if (indicator.direction === null && indicator.unknownDirection === null)
      findings.push({
        rule: 'codebook.no-direction',
        severity: 'warning',
        where: indicator.where,
        what: `indicator '${indicator.code}' has no direction; more is taken to be better`,
        why: 'a composite adds up what is good',
        mend: 'fill the column direction',
      });
  const usable = {
    ...structure,
    weights: structure.weights.map((weight, at) =>
      structure.indicators[at]?.unknownDirection === null || at >= structure.indicators.length ? weight : 0,
    ),
  };
  checkWeights(structure, findings);
  findings.push(...unknownWords(structure.indicators));
  const importance = new Map(
    input.indicators.flatMap(({ code, importance: own }) => (own === null ? [] : [[code, own]])),
  );
  const how = setting(input, 'impute-series');
  const { observations, standIns } =
    how === 'none'
      ? { observations: input.observations, standIns: noStandIns }
      : fillSeries(input.observations, how);
  const panel = panelOf(observations);
  const periods = [...new Set(observations.map(({ period }) => period))].sort();
  const composites: PeriodComposite[] = [];
  for (const period of periods) {
    const from = ingredientsOf(usable, observations, period, panel.units, panel.groupOf);
    if (from.values.units.length === 0) continue;
    const recipe = recipeOf(input, usable);
    const first = build(from, recipe);
    const weights = weightsOf(
      {
        kind: setting(input, 'weights'),
        level: setting(input, 'optimise'),
        importance,
        aggregate: recipe.aggregate,
      },
      first,
      usable,
      findings,
    );
    const made =
      weights === recipe.weights ? first : build(from, { ...recipe, weights }, { composite: first, recipe });
    composites.push({ period, from, recipe: { ...recipe, weights }, made });
  }
  return { composites, structure: usable, standIns, findings };
}

function checkWeights({ indicators, weights, codes }: Structure, findings: Finding[]): void {
  weights.forEach((weight, at) => {
    if (weight >= 0) return;
    const where = indicators[at]?.where ?? indicators[0]?.where ?? { file: 'codebook' };
    findings.push({
      rule: 'weights.negative',
      severity: 'error',
      where,
      what: `the weight of '${codes[at]}' is ${weight}`,
      why: 'a weight below zero turns a direction round without saying so',
      mend: 'turn the direction, or correct the weight',
    });
  });
}

function ingredientsOf(
  structure: Structure,
  observations: readonly Observation[],
  period: string,
  units: readonly string[],
  groupOf: ReadonlyMap<string, string | null>,
): Ingredients {
  const own = observations.filter((one) => one.period === period);
  const there = new Set(own.map(({ unit }) => unit));
  const rows = units.filter((unit) => there.has(unit));
  const rowOf = new Map(rows.map((unit, at) => [unit, at]));
  const denominators = structure.indicators.flatMap(({ denominator }) =>
    denominator === null ? [] : [denominator],
  );
  const codes = [...new Set([...structure.indicators.map(({ code }) => code), ...denominators])];
  const columns = new Map(codes.map((code) => [code, new Float64Array(rows.length).fill(Number.NaN)]));
  for (const { unit, indicator, value } of own) {
    const column = columns.get(indicator);
    const at = rowOf.get(unit);
    if (column !== undefined && at !== undefined && value !== null) column[at] = value;
  }
  return {
    structure,
    values: { units: rows, codes, columns: [...columns.values()] },
    groups: rows.map((unit) => groupOf.get(unit) ?? null),
  };
}
