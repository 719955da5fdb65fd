import type { Finding } from '../model/index.ts';
import type { Indicator } from './indicator.ts';
import type { Method, MethodInput } from './method.ts';
import { checkMatch, once, panelOf } from './panel.ts';
import { type Outcome, type Result, result } from './result.ts';
import { competitionRanks } from './statistics.ts';

/** The six sub-indices with their weights in percent, by which the index can be formed from published sub-indices. */
const subIndices: ReadonlyMap<string, number> = new Map([
  ['resource_use', 29.3],
  ['env_governance', 16.5],
  ['env_quality', 19.3],
  ['eco_protection', 16.5],
  ['growth_quality', 9.2],
  ['green_living', 9.2],
]);

/** The Chinese green development index (绿色发展指数) of the yearly assessment of ecological civilisation. */
export const greenDevelopmentIndex: Method = {
  id: 'green-development-index',
  version: '1.1.0',
  name: { en: 'Green development index', zh: '绿色发展指数' },
  source:
    'NDRC, NBS, MEP and COD, Green development indicator system (发改环资〔2016〕2635号); weights of the six sub-indices read, indicator weights to be checked; what counts for data that are not there read in the communiqué of 2016 (26 December 2017), notes 1 and 2; five provinces of 2016 replayed',
  checked: 'to-check',
  needs: [],
  options: [
    {
      name: 'values',
      values: ['auto', 'raw', 'scored'],
      preset: 'auto',
      tells:
        'raw values, scored 60 to 100 between worst and best; or scores already; auto: scores when the indicators are the six sub-indices',
    },
    {
      name: 'unreported',
      values: ['lowest', 'left-out'],
      preset: 'lowest',
      tells: 'an indicator of which no unit has a value: 60 for all, its weight as it is; or left out',
    },
  ],
  run,
};

interface Scale {
  readonly indicator: Indicator;
  readonly weight: number;
  readonly low: number;
  readonly high: number;
  /** Whether any unit of the period has a value. */
  readonly reported: boolean;
}

/** Score of the worst of the units. */
const lowest = 60;

function run(input: MethodInput): Outcome {
  const findings = checkMatch(input.indicators, input.observations);
  const chosen = input.settings.get('values');
  const named = input.indicators.every(({ code }) => subIndices.has(code));
  const scored = chosen === 'scored' || (chosen === 'auto' && named);
  const panel = panelOf(input.observations);
  const periods = [...new Set(input.observations.map(({ period }) => period))].sort();
  const goals = [...new Set(input.indicators.flatMap(({ goal }) => (goal === null ? [] : [goal])))];
  const results: Result[] = [];
  // Communiqué of 2016, note 2: what nobody reports has the lowest score and keeps its weight; what does not apply to a
  // region leaves, and its weight falls to the others.
  const fallback = ({ indicator, reported }: Scale): number | null =>
    reported || subIndices.has(indicator.code) || input.settings.get('unreported') !== 'lowest'
      ? null
      : lowest;
  for (const period of periods) {
    const observed = (unit: string, code: string) =>
      panel.series(unit, code).find((one) => one.period === period);
    const scales = input.indicators.flatMap((indicator) => {
      const values = panel.units.flatMap((unit) => observed(unit, indicator.code)?.value ?? []);
      const scale = scaleOf(indicator, values, scored, findings);
      return scale === null ? [] : [scale];
    });
    const indices: Result[] = [];
    for (const unit of panel.units) {
      const rows = scales.map((scale) => {
        const own = observed(unit, scale.indicator.code);
        const value = own?.value ?? null;
        const applies = own?.standing !== 'not_applicable';
        const score =
          value !== null ? (scored ? value : scoreOf(value, scale)) : applies ? fallback(scale) : null;
        results.push(
          result({
            level: 'indicator',
            unit,
            code: scale.indicator.code,
            period,
            value,
            score,
            status:
              value !== null
                ? 'present'
                : !applies
                  ? 'not_applicable'
                  : score === null
                    ? 'missing'
                    : 'imputed',
            coverage: applies ? (value === null ? 0 : 1) : null,
          }),
        );
        return { scale, score, applies, known: value !== null };
      });
      for (const goal of goals)
        results.push(
          whole(
            'goal',
            unit,
            goal,
            period,
            rows.filter(({ scale }) => scale.indicator.goal === goal),
          ),
        );
      indices.push(whole('index', unit, 'index', period, rows));
    }
    const ranks = competitionRanks(indices.map(({ score }) => score));
    results.push(...indices.map((index, at) => ({ ...index, rank: ranks[at] ?? null })));
  }
  return { results, findings: once(findings) };
}

/** Ends of the scale: those of the codebook, otherwise the least and most of the units of the period. */
function scaleOf(
  indicator: Indicator,
  values: readonly number[],
  scored: boolean,
  findings: Finding[],
): Scale | null {
  const weight = indicator.weight ?? subIndices.get(indicator.code) ?? 1;
  const reported = values.length > 0;
  if (indicator.unknownDirection !== null) return null;
  if (scored || !reported) return { indicator, weight, low: 0, high: 100, reported };
  const { best, worst, direction } = indicator;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const low = worst ?? (direction === -1 ? most : least);
  const high = best ?? (direction === -1 ? least : most);
  if (low !== high) return { indicator, weight, low, high, reported };
  findings.push({
    rule: 'bounds.zero-range',
    severity: 'error',
    where: indicator.where,
    what: `the values of '${indicator.code}' do not differ; it is left out`,
    why:
      values.length === 1
        ? 'there is only one unit, and nothing to compare it with'
        : 'a scale needs two different ends',
    mend: 'fill best and worst in the codebook, or take it out',
  });
  return null;
}

/** 60 at the worst, 100 at the best. */
function scoreOf(value: number, { low, high }: Scale): number {
  return ((value - low) / (high - low)) * (100 - lowest) + lowest;
}

function whole(
  level: 'goal' | 'index',
  unit: string,
  code: string,
  period: string,
  rows: readonly { scale: Scale; score: number | null; applies: boolean; known: boolean }[],
): Result {
  let [sum, weights] = [0, 0];
  for (const { scale, score } of rows) {
    if (score === null) continue;
    sum += scale.weight * score;
    weights += scale.weight;
  }
  const all = rows.filter(({ applies }) => applies).length;
  const known = rows.filter((row) => row.known).length;
  const score = weights > 0 ? sum / weights : null;
  return result({
    level,
    unit,
    code,
    period,
    value: score === null ? null : Number(score.toFixed(2)),
    score,
    status: score === null ? 'insufficient_data' : known < all ? 'partial' : 'complete',
    coverage: all === 0 ? null : known / all,
  });
}
