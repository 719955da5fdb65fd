import type { Indicator } from './indicator.ts';
import type { Method, MethodInput } from './method.ts';
import { checkMatch, panelOf } from './panel.ts';
import { type Outcome, type Result, result } from './result.ts';
import { clamp, competitionRanks } from './statistics.ts';

/** The four indicators of the index, with the names under which they are known. */
const parts = [
  {
    id: 'le',
    dimension: 'health',
    worst: 20,
    best: 85,
    log: false,
    names: ['le', 'life_expectancy', 'lifeexp', 'life_expectancy_at_birth', '预期寿命', '出生时预期寿命'],
  },
  {
    id: 'eys',
    dimension: 'education',
    worst: 0,
    best: 18,
    log: false,
    names: ['eys', 'expected_years_schooling', 'expected_years_of_schooling', '预期受教育年限'],
  },
  {
    id: 'mys',
    dimension: 'education',
    worst: 0,
    best: 15,
    log: false,
    names: ['mys', 'mean_years_schooling', 'mean_years_of_schooling', '平均受教育年限'],
  },
  {
    id: 'gnipc',
    dimension: 'income',
    worst: 100,
    best: 75_000,
    log: true,
    names: ['gnipc', 'gni', 'gni_pc', 'gnipc_ppp', 'gni_per_capita', '人均国民总收入'],
  },
] as const;

type Part = (typeof parts)[number];

const dimensions = ['health', 'education', 'income'] as const;

/** The Human Development Index since 2014: goalposts, logarithm of income, geometric mean of three dimensions. */
export const hdi: Method = {
  id: 'hdi',
  version: '1.0.0',
  name: { en: 'Human Development Index', zh: '人类发展指数' },
  source: 'UNDP, Human Development Report 2021/22, Technical note 1 (CC BY 3.0 IGO)',
  checked: 'replayed',
  needs: [],
  options: [],
  run,
};

function run({ indicators, observations }: MethodInput): Outcome {
  const findings = checkMatch(indicators, observations);
  const found = new Map<Part, Indicator>();
  for (const part of parts) {
    const indicator = indicators.find(({ code }) =>
      part.names.some((name) => name === code.toLowerCase().replace(/[\s-]+/g, '_')),
    );
    if (indicator !== undefined) found.set(part, indicator);
    else
      findings.push({
        rule: 'hdi.no-indicator',
        severity: 'error',
        where: { file: indicators[0]?.where.file ?? 'codebook' },
        what: `the codebook has no indicator '${part.id}'`,
        why: 'the index is made of life expectancy (le), expected (eys) and mean years of schooling (mys) and income per head (gnipc)',
        mend: `name the indicator one of: ${part.names.join(', ')}`,
      });
  }
  if (found.size < parts.length) return { results: [], findings };

  for (const [part, indicator] of found)
    if (!spansScale(part, indicator)) {
      findings.push({
        rule: 'bounds.zero-range',
        severity: 'error',
        where: indicator.where,
        what: `the goalposts of '${indicator.code}' (${indicator.worst ?? part.worst}, ${indicator.best ?? part.best}) span no scale`,
        why: 'two different goalposts are needed, above zero where the logarithm is taken',
        mend: 'correct best and worst, or leave them empty for those of the report',
      });
      return { results: [], findings };
    }
  const panel = panelOf(observations);
  const periods = [...new Set(observations.map(({ period }) => period))].sort();
  const results: Result[] = [];
  const codes = dimensions.map((dimension) => dimensionCode(dimension, found));
  for (const period of periods) {
    const indices: Result[] = [];
    for (const unit of panel.units) {
      const scored = parts.map((part) => {
        const indicator = found.get(part);
        const series = indicator === undefined ? [] : panel.series(unit, indicator.code);
        return { part, indicator, observation: series.find((one) => one.period === period) };
      });
      if (scored.every(({ observation }) => observation === undefined)) continue;
      const scores = scored.map(({ part, indicator, observation }) => {
        const value = observation?.value ?? null;
        const score = value === null || indicator === undefined ? null : partScore(part, indicator, value);
        if (indicator !== undefined)
          results.push(
            result({
              level: 'indicator',
              unit,
              code: indicator.code,
              period,
              value,
              score,
              status: observation?.standing ?? 'missing',
              coverage: score === null ? 0 : 1,
            }),
          );
        return score;
      });
      const [le, eys, mys, gni] = scores;
      const schooling = isNumber(eys) && isNumber(mys) ? (eys + mys) / 2 : null;
      const three = [le ?? null, schooling, gni ?? null];
      three.forEach((score, at) => {
        results.push(
          result({
            level: 'goal',
            unit,
            code: codes[at] ?? '',
            period,
            value: score,
            score,
            coverage: score === null ? 0 : 1,
          }),
        );
      });
      indices.push(indexResult(unit, period, three, scores));
    }
    // UNDP ranks the published figure of three decimals: equal figures share a rank.
    const ranks = competitionRanks(indices.map(({ value }) => value));
    results.push(...indices.map((index, at) => ({ ...index, rank: ranks[at] ?? null })));
  }
  return { results, findings };
}

const isNumber = (value: number | null | undefined): value is number => value !== null && value !== undefined;

function indexResult(
  unit: string,
  period: string,
  [health, education, income]: readonly (number | null)[],
  scores: readonly (number | null)[],
): Result {
  const available = scores.filter(isNumber).length;
  const score =
    isNumber(health) && isNumber(education) && isNumber(income)
      ? Math.cbrt(health * education * income)
      : null;
  return result({
    level: 'index',
    unit,
    code: 'index',
    period,
    value: score === null ? null : Number(score.toFixed(3)),
    score,
    status: score === null ? 'insufficient_data' : band(Number(score.toFixed(3))),
    coverage: available / parts.length,
    reasoning: {
      inputs: { health: health ?? null, education: education ?? null, income: income ?? null },
      formula: '(health × education × income)^(1/3), to three decimals',
      reason: {
        en:
          score === null
            ? `${parts.length - available} of its four indicators have no value`
            : 'the geometric mean of three dimension indices',
        zh: score === null ? `四项指标中有${parts.length - available}项缺值` : '三个维度指数的几何平均',
      },
      change: null,
    },
  });
}

/** Groups by fixed cut-off points since the report of 2014. */
function band(value: number): string {
  return value >= 0.8 ? 'very_high' : value >= 0.7 ? 'high' : value >= 0.55 ? 'medium' : 'low';
}

function spansScale(part: Part, { worst, best }: Indicator): boolean {
  const [low, high] = [worst ?? part.worst, best ?? part.best];
  return low !== high && (!part.log || (low > 0 && high > 0));
}

/** Place between the goalposts, held within 0 and 1; the codebook's goalposts go before those of the report. */
function partScore(part: Part, indicator: Indicator, value: number): number {
  const worst = indicator.worst ?? part.worst;
  const best = indicator.best ?? part.best;
  if (!part.log) return clamp((value - worst) / (best - worst), 0, 1);
  // Income at or below zero has no logarithm; it is below any goalpost.
  if (value <= 0) return 0;
  return clamp((Math.log(value) - Math.log(worst)) / (Math.log(best) - Math.log(worst)), 0, 1);
}

function dimensionCode(dimension: string, found: ReadonlyMap<Part, Indicator>): string {
  for (const [part, indicator] of found)
    if (part.dimension === dimension && indicator.goal !== null) return indicator.goal;
  return dimension;
}
