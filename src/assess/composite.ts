import type { Finding } from '../model/index.ts';
import type { Composite, Ingredients } from './composite/build.ts';
import { compositesOf } from './composite/composites-of.ts';
import { columnOf, type Matrix, orNull } from './composite/matrix.ts';
import { compositeOptions } from './composite/recipe-of.ts';
import type { Structure } from './composite/structure.ts';
import type { Method, MethodInput } from './method.ts';
import { once } from './panel.ts';
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
  const { composites, structure, standIns, findings } = compositesOf(input);
  const results: Result[] = [];
  for (const { made, from, period } of composites) {
    findings.push(...findingsOf(made, structure, from));
    results.push(...resultsOf(made, structure, from, period, standIns));
  }
  return { results, findings: once(findings) };
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
