import type { Finding } from '../model/index.ts';
import type { Aggregation } from './composite/aggregate.ts';
import { build, type Composite, type Ingredients, presetRecipe, type Recipe } from './composite/build.ts';
import type { Imputation } from './composite/impute.ts';
import { columnOf, type Matrix, orNull } from './composite/matrix.ts';
import type { Normalisation } from './composite/normalise.ts';
import { type Structure, structureOf } from './composite/structure.ts';
import { presetTreatment, type Treatment } from './composite/treat.ts';
import { directionOf } from './indicator.ts';
import { type Method, type MethodInput, numberSetting, setting } from './method.ts';
import type { Observation } from './observation.ts';
import { checkMatch, once, panelOf } from './panel.ts';
import { type Outcome, type Result, result } from './result.ts';
import { competitionRanks } from './statistics.ts';

const imputations: readonly Imputation[] = [
  'none',
  'mean',
  'median',
  'group-mean',
  'group-median',
  'row-mean',
];
const normalisations = [
  'minmax',
  'zscore',
  'scaled',
  'rank',
  'borda',
  'prank',
  'fracmax',
  'dist2max',
  'dist2ref',
  'dist2targ',
  'goalposts',
  'none',
] as const;
const aggregations = ['arithmetic', 'geometric', 'harmonic', 'generalised', 'copeland'] as const;

/** A composite indicator: denominate, impute, screen, treat, normalise, weight, aggregate. */
export const composite: Method = {
  id: 'composite',
  version: '1.0.0',
  name: { en: 'Composite indicator', zh: '综合指数' },
  source:
    'OECD and JRC, Handbook on constructing composite indicators (2008); operations as in COINr 1.1.14 (MIT), whose ASEM example it reproduces',
  checked: 'replayed',
  needs: ['parent|goal', 'direction|best'],
  options: [
    { name: 'impute', values: imputations, preset: 'none', tells: 'what stands in for a missing value' },
    {
      name: 'screen',
      values: 'number',
      preset: '0',
      tells: 'least share of values a unit needs to be included',
    },
    {
      name: 'treat',
      values: ['none', 'winsorise', 'winsorise-log'],
      preset: 'none',
      tells: 'treatment of outliers',
    },
    {
      name: 'winsorise-most',
      values: 'number',
      preset: '5',
      tells: 'most values that are replaced in a column',
    },
    {
      name: 'normalise',
      values: normalisations,
      preset: 'minmax',
      tells: 'how values are brought to one scale',
    },
    { name: 'low', values: 'number', preset: '0', tells: 'low end of minmax and scaled; mean of zscore' },
    {
      name: 'high',
      values: 'number',
      preset: '100',
      tells: 'high end of minmax and scaled; deviation of zscore',
    },
    {
      name: 'reference',
      values: 'number',
      preset: '1',
      tells: 'row (from 1) of the reference unit of dist2ref',
    },
    { name: 'cap', values: ['yes', 'no'], preset: 'no', tells: 'whether dist2ref and dist2targ stop at 1' },
    {
      name: 'aggregate',
      values: aggregations,
      preset: 'arithmetic',
      tells: 'the mean that joins indicators',
    },
    {
      name: 'aggregate-above',
      values: ['same', ...aggregations],
      preset: 'same',
      tells: 'the mean that joins groups',
    },
    { name: 'power', values: 'number', preset: '0.5', tells: 'power of the generalised mean' },
    { name: 'least', values: 'number', preset: '0', tells: 'least share of its parts that a group needs' },
  ],
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
  const panel = panelOf(input.observations);
  const periods = [...new Set(input.observations.map(({ period }) => period))].sort();
  const results: Result[] = [];
  for (const period of periods) {
    const from = ingredientsOf(usable, input.observations, period, panel.units, panel.groupOf);
    if (from.values.units.length === 0) continue;
    const made = build(from, recipeOf(input, usable));
    findings.push(...findingsOf(made, usable, from));
    results.push(...resultsOf(made, usable, from, period));
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

function recipeOf(input: MethodInput, structure: Structure): Recipe {
  const number = (name: string) => numberSetting(input, name);
  const kind = setting(input, 'normalise');
  const first = aggregationOf(setting(input, 'aggregate'), number('power'));
  const above = setting(input, 'aggregate-above');
  const treatment: Treatment | null =
    setting(input, 'treat') === 'none'
      ? null
      : {
          ...presetTreatment,
          most: number('winsorise-most'),
          fallback: setting(input, 'treat') === 'winsorise' ? 'none' : 'log',
        };
  return {
    ...presetRecipe(structure),
    impute: imputations.find((one) => one === setting(input, 'impute')) ?? 'none',
    screen:
      number('screen') > 0
        ? { by: 'missing', leastAvailable: number('screen'), leastNonZero: 0, force: new Map() }
        : null,
    treat: treatment,
    normalise: normalisationOf(kind, input),
    normaliseEach: new Map(
      structure.indicators.flatMap(({ code, target, best, worst }): [string, Normalisation][] => {
        if (kind === 'dist2targ' && target !== null)
          return [[code, { kind: 'dist2targ', target, cap: setting(input, 'cap') === 'yes' }]];
        if (kind === 'goalposts' && best !== null && worst !== null)
          return [[code, posts(Math.min(best, worst), Math.max(best, worst), number('high'))]];
        return [];
      }),
    ),
    weights: structure.weights,
    aggregate: {
      byHeight: above === 'same' ? [first] : [first, aggregationOf(above, number('power'))],
      least: number('least'),
    },
  };
}

function posts(low: number, high: number, scale: number): Normalisation {
  return { kind: 'goalposts', low, high, scale, truncate: true };
}

/** The normalisation for columns that name no target or goalposts of their own. */
function normalisationOf(kind: string, input: MethodInput): Normalisation {
  const [low, high] = [numberSetting(input, 'low'), numberSetting(input, 'high')];
  const cap = setting(input, 'cap') === 'yes';
  switch (kind) {
    case 'minmax':
    case 'scaled':
      return { kind, low, high };
    case 'zscore':
      return { kind, mean: low, deviation: high };
    case 'rank':
    case 'borda':
    case 'prank':
    case 'fracmax':
    case 'dist2max':
    case 'none':
      return { kind };
    case 'dist2ref':
      return { kind, reference: numberSetting(input, 'reference') - 1, cap };
    case 'dist2targ':
      return { kind, target: Number.NaN, cap };
    default:
      return posts(0, 0, high);
  }
}

function aggregationOf(kind: string, power: number): Aggregation {
  switch (kind) {
    case 'generalised':
      return { kind, power };
    case 'geometric':
    case 'harmonic':
    case 'copeland':
      return { kind };
    default:
      return { kind: 'arithmetic' };
  }
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

function resultsOf(made: Composite, structure: Structure, from: Ingredients, period: string): Result[] {
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
        const imputed = filled.has(JSON.stringify([unit, code]));
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
