import type { Finding } from '../model/index.ts';
import { build, type Composite, type Ingredients } from './composite/build.ts';
import { fillSeries, noStandIns } from './composite/fill-series.ts';
import { columnOf, type Matrix, orNull } from './composite/matrix.ts';
import { compositeOptions, recipeOf, unknownWords } from './composite/recipe-of.ts';
import { type Structure, structureOf } from './composite/structure.ts';
import { weightsOf } from './composite/weights-of.ts';
import { directionOf } from './indicator.ts';
import { type Method, type MethodInput, setting } from './method.ts';
import type { Observation } from './observation.ts';
import { checkMatch, once, panelOf } from './panel.ts';
import { type Outcome, type Result, result } from './result.ts';
import { competitionRanks } from './statistics.ts';

/** A composite indicator: denominate, impute, screen, treat, normalise, weight, aggregate. */
export const composite: Method = {
  id: 'composite',
  version: '1.2.0',
  name: { en: 'Composite indicator', zh: '综合指数' },
  source:
    'OECD and JRC, Handbook on constructing composite indicators (2008); operations as in COINr 1.1.14 (MIT), whose ASEM example it reproduces',
  checked: 'replayed',
  needs: ['parent|goal', 'direction|best'],
  options: compositeOptions,
  run,
};

function run(input: MethodInput): Outcome {
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
  const results: Result[] = [];
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
    findings.push(...findingsOf(made, usable, from));
    results.push(...resultsOf(made, usable, from, period, standIns));
  }
  return { results, findings: once(findings) };
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

function findingsOf(made: Composite, structure: Structure, from: Ingredients): Finding[] {
  const file = structure.indicators[0]?.where.file ?? 'codebook';
  const flat = made.flat.map(
    (code): Finding => ({
      rule: 'composite.zero-range',
      severity: 'error',
      where: structure.indicators.find((one) => one.code === code)?.where ?? { file },
      what: `'${code}' cannot be normalised: its values do not differ, or its target or goalposts are missing; it is left out`,
      why:
        from.values.units.length === 1
          ? 'there is only one unit, and nothing to compare it with'
          : 'a scale needs two different ends',
      mend: 'take it out of the codebook, or choose a normalisation with fixed ends',
    }),
  );
  const refused = made.aggregated.refused.map(
    ({ code, kind, units }): Finding => ({
      rule: 'composite.no-mean',
      severity: 'error',
      where: { file },
      what: `the ${kind} mean of '${code}' does not exist for ${units} units: a part is zero or negative; they get no value`,
      why: 'geometric and harmonic means are defined for values above zero only',
      mend: 'normalise to a scale that starts above zero (low=1), or use the arithmetic mean',
    }),
  );
  return [...flat, ...refused];
}

function resultsOf(
  made: Composite,
  structure: Structure,
  from: Ingredients,
  period: string,
  standIns: ReadonlySet<string>,
): Result[] {
  const { units } = made.normalised;
  const index = made.aggregated.columns.at(-1);
  const ranks = competitionRanks(units.map((_, row) => orNull(index?.[row])));
  const filled = new Set(made.filled.map(({ unit, code }) => JSON.stringify([unit, code])));
  const leaves = structure.indicators.length;
  return units
    .flatMap((unit, row) => {
      const coverage: number[] = [];
      const own = structure.indicators.map(({ code }, at) => {
        const value = orNull(rawOf(made.raw, unit, code));
        coverage[at] = value === null ? 0 : 1;
        const score = orNull(made.normalised.columns[at]?.[row]);
        const imputed =
          filled.has(JSON.stringify([unit, code])) || standIns.has(JSON.stringify([unit, code, period]));
        return result({
          level: 'indicator',
          unit,
          code,
          period,
          value,
          score,
          status: imputed ? 'imputed' : value === null ? 'missing' : score === null ? 'left_out' : 'present',
          coverage: coverage[at],
        });
      });
      const groups = structure.aggregates.map(({ code, parts }, at) => {
        const last = at === structure.aggregates.length - 1;
        const score = orNull(made.aggregated.columns[at]?.[row]);
        coverage[leaves + at] = parts.reduce((sum, part) => sum + (coverage[part] ?? 0), 0) / parts.length;
        return result({
          level: last ? 'index' : 'goal',
          unit,
          code,
          period,
          value: score,
          score,
          rank: last ? (ranks[row] ?? null) : null,
          status: score === null ? 'insufficient_data' : 'complete',
          coverage: coverage[leaves + at] ?? null,
        });
      });
      return [...own, ...groups];
    })
    .concat(excluded(made, from, period));
}

function rawOf(raw: Matrix, unit: string, code: string): number | undefined {
  return columnOf(raw, code)?.[raw.units.indexOf(unit)];
}

/** Units that screening has left out are told, without a score. */
function excluded(made: Composite, { structure }: Ingredients, period: string): Result[] {
  return made.screening
    .filter(({ included }) => !included)
    .map(({ unit, available }) =>
      result({
        level: 'index',
        unit,
        code: structure.codes.at(-1) ?? 'index',
        period,
        status: 'screened_out',
        coverage: available,
      }),
    );
}
