import type { Finding } from '../model/index.ts';
import type { Indicator } from './indicator.ts';
import type { Method } from './method.ts';
import { baseOf, compoundGrowth, type Judged, runProgress, type Timed, targetInPast } from './progress.ts';
import type { Reasoning } from './result.ts';
import { mean } from './statistics.ts';

/** What stands in for zero, which has no rate of growth. */
const almostZero = 0.001;
const presetBaseYear = 2015;
const presetTargetYear = 2030;
/** Exponent of the reduction near a natural limit. */
const limitExponent = 4.44;

/** The progress measure of Statistics Canada, as Open SDG computes it. */
export const statcan: Method = {
  id: 'statcan',
  version: '1.0.0',
  name: { en: 'Progress measure of Statistics Canada and Open SDG', zh: '加拿大统计局与Open SDG进展度量' },
  source: 'Open SDG, progress-methodology.md and sdg-build ProgressMeasure (MIT), after Statistics Canada',
  checked: 'replayed',
  needs: ['direction'],
  needsOfData: ['period'],
  options: [],
  run: (input) => runProgress(input, { judge, group }),
};

function group(parts: readonly { score: number; reached: boolean }[]) {
  const score = mean(parts.map((part) => part.score));
  if (score === null) return { score, status: 'not_available' };
  if (parts.every(({ reached }) => reached)) return { score, status: 'target_achieved' };
  const status =
    score >= 2.5
      ? 'substantial_progress'
      : score >= 0
        ? 'moderate_progress'
        : score >= -2.5
          ? 'limited_progress'
          : 'deterioration';
  return { score, status };
}

/** The thresholds of a series: shares of growth without a target, of the needed growth with one. */
interface Thresholds {
  readonly high: number;
  readonly moderate: number;
  readonly coefficient: number;
}

function judge(series: readonly Timed[], indicator: Indicator, findings: Finding[]): Judged {
  const unavailable = (period: string, en: string, zh: string): Judged => ({
    value: null,
    score: null,
    status: 'not_available',
    reached: false,
    period,
    reasoning: { inputs: {}, formula: '', reason: { en, zh }, change: null },
  });
  if (indicator.unknownDirection !== null) return unavailable('', 'its direction is not known', '方向未知');
  const latest = series.at(-1);
  const base = baseOf(series, indicator.baseYear ?? presetBaseYear);
  if (latest === undefined || base === undefined)
    return unavailable(
      latest?.observation.period ?? '',
      'no value since the base year',
      '基准年以来没有数值',
    );
  const period = latest.observation.period;
  // Open SDG takes less to be better where nothing is said.
  const direction = indicator.direction === 1 ? 1 : -1;
  const target = indicator.target === 0 ? almostZero : indicator.target;
  const targetYear = indicator.targetYear ?? presetTargetYear;
  const past = targetInPast(indicator, targetYear, latest.year);
  if (past !== null) findings.push(past);

  const thresholds = thresholdsOf(indicator, base.value, target !== null);
  const reached = target !== null && direction * (latest.value - target) >= 0;
  const value = progressValue(series, base, latest, direction, target, targetYear);
  const score = reached ? 5 : value === null ? null : scoreOf(value, thresholds, target !== null);
  const status = reached ? 'target_achieved' : value === null ? 'not_available' : statusOf(value, thresholds);
  const reasoning: Reasoning = {
    inputs: {
      base_year: base.year,
      base_value: base.value,
      current_year: latest.year,
      current_value: latest.value,
      target,
      target_year: target === null ? null : targetYear,
      direction,
      sign: base.value < 0 ? -1 : 1,
      limit: indicator.limit,
    },
    formula:
      target === null
        ? 'sign × direction × ((current / base)^(1 / years) − 1)'
        : 'sign × direction × growth observed / |growth needed|',
    reason: reasonOf(status, value, base, latest),
    change: changeOf(base, latest, direction, target, targetYear, thresholds),
  };
  return { value, score, status, reached, period, reasoning };
}

function progressValue(
  series: readonly Timed[],
  base: Timed,
  latest: Timed,
  direction: 1 | -1,
  target: number | null,
  targetYear: number,
): number | null {
  const years = latest.year - base.year;
  if (series.length < 2 || years < 1) return null;
  const start = base.value === 0 ? almostZero : base.value;
  if (start * latest.value < 0) return null;
  const sign = base.value < 0 ? -1 : 1;
  const observed = compoundGrowth(latest.value, start, years);
  if (target === null) return sign * direction * observed;
  if (start * target < 0 || targetYear <= base.year) return null;
  const needed = compoundGrowth(target, start, targetYear - base.year);
  return needed === 0 ? null : (sign * direction * observed) / Math.abs(needed);
}

function thresholdsOf({ limit }: Indicator, baseValue: number, hasTarget: boolean): Thresholds {
  if (hasTarget) return { high: 0.95, moderate: 0.6, coefficient: 1 };
  const coefficient = limit === null ? 1 : limitCoefficient(Math.abs(baseValue), Math.abs(limit));
  return { high: 0.015 * coefficient, moderate: 0.005 * coefficient, coefficient };
}

/** 1 far from the limit, 0 at it: growth cannot be asked for where there is no room to grow. */
function limitCoefficient(base: number, limit: number): number {
  if (base >= 2 * limit) return 1;
  if (base <= limit) return 1 - (base / limit) ** limitExponent;
  return 1 - ((2 * limit - base) / limit) ** limitExponent;
}

function statusOf(value: number, { high, moderate }: Thresholds): string {
  if (value >= high) return 'substantial_progress';
  if (value >= moderate) return 'moderate_progress';
  return value >= 0 ? 'limited_progress' : 'deterioration';
}

/** Score from -5 to 5, continuous and piecewise linear in the measure; the published coefficients have four decimals. */
function scoreOf(value: number, { high, moderate, coefficient }: Thresholds, hasTarget: boolean): number {
  if (hasTarget)
    return value >= 0.6 ? Math.min(7.1429 * value - 4.2857, 5) : Math.max(4.1667 * value - 2.5, -5);
  if (value < 0) return Math.max(125 * value - 2.5, -5);
  if (coefficient === 0) return 5;
  if (value >= high) return Math.min((500 * value) / coefficient - 5, 5);
  return value >= moderate ? (250 * value) / coefficient - 1.25 : (500 * value) / coefficient - 2.5;
}

function reasonOf(status: string, value: number | null, base: Timed, latest: Timed) {
  const from = `${base.value} (${base.year})`;
  const to = `${latest.value} (${latest.year})`;
  if (status === 'target_achieved')
    return { en: `the latest value ${to} reaches the target`, zh: `最新值${to}已达到目标` };
  if (value === null)
    return {
      en: `no rate of growth can be formed from ${from} to ${to}: too short, or a change of sign`,
      zh: `由${from}到${to}无法计算增长率：时间过短或正负号改变`,
    };
  return {
    en: `growth from ${from} to ${to} measures ${value}`,
    zh: `由${from}到${to}的进展度量为${value}`,
  };
}

function changeOf(
  base: Timed,
  latest: Timed,
  direction: 1 | -1,
  target: number | null,
  targetYear: number,
  { high }: Thresholds,
) {
  const years = latest.year - base.year;
  if (years < 1 || base.value === 0) return null;
  const sign = base.value < 0 ? -1 : 1;
  const growth =
    target === null
      ? high
      : target * base.value > 0 && targetYear > base.year
        ? high * Math.abs(compoundGrowth(target, base.value, targetYear - base.year))
        : null;
  if (growth === null) return null;
  const level = base.value * (1 + sign * direction * growth) ** years;
  const text = String(Number(level.toPrecision(6)));
  return {
    en: `substantial progress begins at ${text} in ${latest.year}`,
    zh: `${latest.year}年达到${text}即为显著进展`,
  };
}
