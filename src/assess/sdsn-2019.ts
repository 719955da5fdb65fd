import type { Finding } from '../model/index.ts';
import { type Bounds, boundsOf, distanceScore } from './bounds.ts';
import { colourOf, goalColour, goalColourOfStates, type Marks, marksOf } from './dashboard.ts';
import type { Indicator } from './indicator.ts';
import { type Method, type MethodInput, numberSetting, setting } from './method.ts';
import type { Observation } from './observation.ts';
import { checkMatch, type Panel, panelOf } from './panel.ts';
import { type Outcome, type Result, result } from './result.ts';
import { clamp, competitionRanks, mean } from './statistics.ts';
import { commonYear, goalTrend, type TrendReading, trendOf } from './trend.ts';

/** An indicator ready to score. */
interface Scale {
  readonly indicator: Indicator;
  readonly goal: string;
  readonly bounds: Bounds;
  readonly marks: Marks | null;
  readonly trendEnd: number | null;
}

/** What one unit has in one goal. */
interface GoalScore {
  readonly goal: string;
  readonly score: number | null;
  readonly available: number;
  readonly applicable: number;
}

interface UnitScores {
  readonly unit: string;
  readonly results: Result[];
  readonly goals: readonly GoalScore[];
  readonly available: number;
  readonly applicable: number;
  readonly period: string;
}

const sdgs = 17;

/** The SDG Index and Dashboards method of 2019 and its editions for cities and states. */
export const sdsn2019: Method = {
  id: 'sdsn-2019',
  version: '1.0.0',
  name: { en: 'SDG Index and Dashboards 2019', zh: '可持续发展目标指数与看板（2019）' },
  source:
    'Bertelsmann Stiftung and SDSN, SDG Index and Dashboards: methodology, editions 2018 and 2019 (CC BY 4.0); 2019 US Cities Index',
  checked: 'replayed',
  needs: ['goal|parent', 'best|direction', 'worst|direction'],
  options: [
    {
      name: 'impute',
      values: ['auto', 'group', 'none'],
      preset: 'auto',
      tells:
        'whether a missing goal takes the mean of its group, for the index only; auto: when the codebook holds all 17 goals, as in the global edition, not in those of cities and states',
    },
    {
      name: 'max-missing',
      values: 'number',
      preset: '0.2',
      tells: 'largest share of applicable indicators that may be missing for a unit to have an index',
    },
    { name: 'window', values: 'number', preset: '5', tells: 'years over which a trend is taken' },
    {
      name: 'dashboard',
      values: ['global', 'states-2018'],
      preset: 'global',
      tells: 'rule for the colour of a goal',
    },
  ],
  run,
};

function run(input: MethodInput): Outcome {
  const findings = checkMatch(input.indicators, input.observations);
  const panel = panelOf(input.observations);
  const scales = scalesOf(input.indicators, panel, findings);
  const goals = [...new Set(scales.map(({ goal }) => goal))];
  const window = numberSetting(input, 'window');
  const ofStates = setting(input, 'dashboard') === 'states-2018';
  const units = panel.units.map((unit) => scoreUnit(unit, goals, scales, panel, window, ofStates));

  const maxMissing = numberSetting(input, 'max-missing');
  const enough = ({ available, applicable }: UnitScores) =>
    available > 0 && applicable - available <= maxMissing * applicable + 1e-9;
  const impute = setting(input, 'impute');
  const fill = impute === 'group' || (impute === 'auto' && holdsAllGoals(goals));
  const donors = fill ? groupMeans(units.filter(enough), panel) : new Map<string, number>();

  const indices = units.map((unit) => {
    const group = panel.groupOf.get(unit.unit) ?? null;
    const filled: string[] = [];
    const parts = unit.goals.flatMap(({ goal, score }) => {
      if (score !== null) return [score];
      const donor = group === null ? undefined : donors.get(JSON.stringify([group, goal]));
      if (donor === undefined) return [];
      filled.push(goal);
      return [donor];
    });
    return { score: enough(unit) ? mean(parts) : null, filled };
  });
  const ranks = competitionRanks(indices.map(({ score }) => score));
  const results = units.flatMap((unit, at) => {
    const { score, filled } = indices[at] ?? { score: null, filled: [] };
    return [
      ...unit.results,
      result({
        level: 'index',
        unit: unit.unit,
        code: 'index',
        period: unit.period,
        value: score,
        score,
        rank: ranks[at] ?? null,
        status: score === null ? 'insufficient_data' : filled.length > 0 ? 'partly_imputed' : 'complete',
        coverage: unit.applicable === 0 ? null : unit.available / unit.applicable,
        reasoning: {
          inputs: {
            available: unit.available,
            applicable: unit.applicable,
            imputed_goals: filled.join(' ') || null,
          },
          formula: 'mean of the goal scores, each goal alike',
          reason:
            score === null
              ? {
                  en: `${unit.available} of ${unit.applicable} applicable indicators have a value: too few for an index`,
                  zh: `${unit.applicable}项适用指标中只有${unit.available}项有值，不足以计算指数`,
                }
              : {
                  en: `the plain mean of ${unit.goals.filter((goal) => goal.score !== null).length + filled.length} goal scores`,
                  zh: `${unit.goals.filter((goal) => goal.score !== null).length + filled.length}个目标得分的算术平均`,
                },
          change: null,
        },
      }),
    ];
  });
  if (!fill && [...panel.groupOf.values()].some((group) => group !== null))
    noteUnfilled(units, input.indicators, findings);
  return { results, findings };
}

function scalesOf(indicators: readonly Indicator[], panel: Panel, findings: Finding[]): Scale[] {
  const scales: Scale[] = [];
  for (const indicator of indicators) {
    const goal = indicator.goal ?? indicator.parent;
    if (goal === null) {
      findings.push({
        rule: 'codebook.no-goal',
        severity: 'error',
        where: indicator.where,
        what: `indicator '${indicator.code}' belongs to no goal; it is left out`,
        why: 'the index is the mean of goals',
        mend: 'fill the column goal',
      });
      continue;
    }
    const all = panel.units.map((unit) => panel.series(unit, indicator.code));
    const values = all.flatMap((series) => latest(series)?.value ?? []);
    const rule = { tail: 0.025, quantileType: 2, top: 5 } as const;
    const bounds = boundsOf(indicator, values, rule, findings);
    if (bounds === null) continue;
    scales.push({
      indicator,
      goal,
      bounds,
      marks: marksOf(indicator, bounds, findings),
      trendEnd: commonYear(all),
    });
  }
  return scales;
}

/** The last observation that has a value, otherwise the last that says why there is none. */
function latest(series: readonly Observation[]): Observation | undefined {
  return series.findLast(({ value }) => value !== null) ?? series.at(-1);
}

function scoreUnit(
  unit: string,
  goals: readonly string[],
  scales: readonly Scale[],
  panel: Panel,
  window: number,
  ofStates: boolean,
): UnitScores {
  const results: Result[] = [];
  const periods: Observation[] = [];
  const goalScores = goals.map((goal): GoalScore => {
    const scores: number[] = [];
    const own = scales.filter((scale) => scale.goal === goal);
    const rows = own.map((scale) => {
      const series = panel.series(unit, scale.indicator.code);
      const observation = latest(series);
      const trend =
        scale.trendEnd === null || scale.indicator.green === null || scale.marks === null
          ? null
          : trendOf(series, scale.trendEnd, window, scale.bounds, scale.indicator.green);
      const row = indicatorResult(unit, scale, observation, trend);
      if (row.score !== null) scores.push(row.score);
      if (observation !== undefined && observation.value !== null) periods.push(observation);
      return { scale, row, trend };
    });
    results.push(...rows.map(({ row }) => row));
    const applicable = rows.filter(({ row }) => row.status !== 'not_applicable');
    const coloured = applicable.flatMap(({ row, scale: { marks } }) =>
      row.value !== null && marks !== null ? [{ value: row.value, marks }] : [],
    );
    const period = lastPeriod(rows.flatMap(({ row }) => (row.value === null ? [] : [row.period])));
    const withMarks = applicable.filter(({ scale }) => scale.marks !== null);
    results.push(
      result({
        level: 'goal',
        unit,
        code: goal,
        period,
        value: mean(scores),
        score: mean(scores),
        colour: ofStates
          ? goalColourOfStates(coloured.map(({ value, marks }) => colourOf(value, marks)))
          : goalColour(coloured, withMarks.length),
        trend: goalTrend(withMarks.map(({ trend }) => trend)),
        status:
          applicable.length === 0
            ? 'not_applicable'
            : scores.length === 0
              ? 'missing'
              : scores.length < applicable.length
                ? 'partial'
                : 'complete',
        coverage: applicable.length === 0 ? null : scores.length / applicable.length,
      }),
    );
    return { goal, score: mean(scores), available: scores.length, applicable: applicable.length };
  });
  return {
    unit,
    results,
    goals: goalScores,
    available: goalScores.reduce((sum, { available }) => sum + available, 0),
    applicable: goalScores.reduce((sum, { applicable }) => sum + applicable, 0),
    period: lastPeriod(periods.map(({ period }) => period)),
  };
}

function lastPeriod(periods: readonly string[]): string {
  return periods.toSorted().at(-1) ?? '';
}

function indicatorResult(
  unit: string,
  { indicator, bounds, marks }: Scale,
  observation: Observation | undefined,
  trend: TrendReading | null,
): Result {
  const value = observation?.value ?? null;
  const bare = { level: 'indicator', unit, code: indicator.code, period: observation?.period ?? '' } as const;
  if (observation === undefined || value === null)
    return result({
      ...bare,
      status: observation?.standing === 'not_applicable' ? 'not_applicable' : 'missing',
      coverage: observation?.standing === 'not_applicable' ? null : 0,
    });
  const score = clamp(distanceScore(value, bounds), 0, 100);
  return result({
    ...bare,
    value,
    score,
    colour: marks === null ? null : colourOf(value, marks),
    trend: trend?.trend ?? null,
    status: observation.standing,
    coverage: 1,
    reasoning: {
      inputs: {
        value,
        best: bounds.best,
        worst: bounds.worst,
        green: indicator.green,
        red: indicator.red,
        trend_from: trend?.from.period ?? null,
        trend_to: trend?.to.period ?? null,
      },
      formula: 'min(max((value − worst) / (best − worst) × 100, 0), 100)',
      reason: {
        en: `${value} lies between the worst value ${bounds.worst} (0) and the best ${bounds.best} (100)`,
        zh: `${value}位于最差值${bounds.worst}（0分）与最优值${bounds.best}（100分）构成的尺度上`,
      },
      change:
        marks === null || indicator.green === null
          ? null
          : {
              en: `the green threshold is ${indicator.green}, the red one ${indicator.red}`,
              zh: `绿色阈值为${indicator.green}，红色阈值为${indicator.red}`,
            },
    },
  });
}

/** Mean goal score of each group, by JSON of [group, goal]. */
function groupMeans(units: readonly UnitScores[], panel: Panel): Map<string, number> {
  const scores = new Map<string, number[]>();
  for (const { unit, goals } of units) {
    const group = panel.groupOf.get(unit) ?? null;
    if (group === null) continue;
    for (const { goal, score } of goals) {
      if (score === null) continue;
      const key = JSON.stringify([group, goal]);
      const list = scores.get(key);
      if (list === undefined) scores.set(key, [score]);
      else list.push(score);
    }
  }
  return new Map(
    [...scores].flatMap(([key, list]) => {
      const average = mean(list);
      return average === null ? [] : [[key, average] as const];
    }),
  );
}

/** Whether the goals are the seventeen, however they are written: `1`, `01`, `SDG1`, `Goal 1`. */
function holdsAllGoals(goals: readonly string[]): boolean {
  const numbers = new Set(goals.map((goal) => Number(/(\d{1,2})\s*$/.exec(goal)?.[1] ?? 0)));
  return Array.from({ length: sdgs }, (_, at) => at + 1).every((number) => numbers.has(number));
}

function noteUnfilled(
  units: readonly UnitScores[],
  indicators: readonly Indicator[],
  findings: Finding[],
): void {
  const lacking = units.filter(({ goals }) => goals.some(({ score }) => score === null));
  const [first] = indicators;
  if (lacking.length === 0 || first === undefined) return;
  findings.push({
    rule: 'sdsn.goal-missing',
    severity: 'note',
    where: { file: first.where.file },
    what: `${lacking.length} of ${units.length} units lack a whole goal; their index is the mean of the goals they have`,
    why: 'editions for cities and states do not impute; the global edition takes the mean of the region',
    mend: 'to impute from the group, set impute=group',
  });
}
