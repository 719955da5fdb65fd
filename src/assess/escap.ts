import type { Finding } from '../model/index.ts';
import type { Indicator } from './indicator.ts';
import type { Method } from './method.ts';
import { baseOf, type Judged, runProgress, type Timed, targetInPast } from './progress.ts';
import { mean } from './statistics.ts';

/** Current status and anticipated progress of the UN regional commissions. */
export const escap: Method = {
  id: 'escap',
  version: '1.1.0',
  name: { en: 'ESCAP current status and anticipated progress', zh: '亚太经社会现状指数与预期进展指数' },
  source:
    'UN ESCAP, Asia and the Pacific SDG Progress Report, technical notes; current status read in code, the projection and its reference in the technical notes; the cut-offs of anticipated progress and the weights of its regression are to be checked',
  checked: 'to-check',
  needs: ['target', 'direction'],
  needsOfData: ['period'],
  options: [],
  run: (input) =>
    runProgress(input, {
      judge,
      group: (parts) => {
        const gap = mean(parts.map((part) => part.score));
        return {
          value: mean(parts.flatMap(({ value }) => value ?? [])),
          score: gap,
          status: gap === null ? 'not_available' : callOf(gap),
        };
      },
    }),
};

/** The regression that carries a series forward begins with this year. */
const firstYear = 2000;

/** What an anticipated gap calls for, in percent of the way from the base to the target. */
function callOf(gap: number): string {
  return gap <= 10 ? 'maintain' : gap <= 100 ? 'accelerate' : 'reverse';
}

function judge(series: readonly Timed[], indicator: Indicator, findings: Finding[]): Judged {
  const latest = series.at(-1);
  const base = baseOf(series, indicator.baseYear ?? 2015);
  const { target, direction } = indicator;
  const period = latest?.observation.period ?? '';
  const unavailable: Judged = { value: null, score: null, status: 'not_available', reached: false, period };
  if (latest === undefined || base === undefined || target === null || direction === null) return unavailable;
  const targetYear = indicator.targetYear ?? 2030;
  const past = targetInPast(indicator, targetYear, latest.year);
  if (past !== null) findings.push(past);
  const way = Math.abs(target - base.value);
  const met = direction === 0 ? latest.value === target : direction * (latest.value - target) >= 0;
  if (way === 0 && !met) return unavailable;
  const status =
    direction === 0
      ? 10 - (way === 0 ? 0 : (10 * Math.abs(target - latest.value)) / way)
      : met
        ? 10
        : (10 * direction * (latest.value - base.value)) / way;
  const recent = series.filter(({ year }) => year >= firstYear);
  const expected = recent.length < 2 ? null : weightedForecast(recent, targetYear);
  const gap =
    met || expected === null || way === 0
      ? met
        ? 0
        : null
      : direction === 0
        ? (100 * Math.abs(target - expected)) / way
        : Math.max(0, 100 - (100 * direction * (expected - base.value)) / way);
  if (gap === null) return unavailable;
  return {
    value: status,
    score: gap,
    status: callOf(gap),
    reached: met,
    period,
    reasoning: {
      inputs: {
        base_year: base.year,
        base_value: base.value,
        current_year: latest.year,
        current_value: latest.value,
        target,
        target_year: targetYear,
        expected,
        anticipated_gap: gap,
      },
      formula:
        'current status 10 × direction × (current − base) / |target − base|; anticipated gap 100 − 100 × direction × (expected − base) / |target − base|',
      reason: {
        en: `current status ${status.toFixed(2)} of 10; anticipated gap ${gap.toFixed(1)} %`,
        zh: `现状指数${status.toFixed(2)}（满分10）；预期差距${gap.toFixed(1)}%`,
      },
      change: {
        en: 'an anticipated gap up to 10 % maintains, up to 100 % must accelerate, beyond must reverse',
        zh: '预期差距10%以内为保持，100%以内需加速，超过则需扭转',
      },
    },
  };
}

/** Value in a year by linear regression in which recent years weigh more: weight rises evenly from the first year (1) to the last. */
function weightedForecast(series: readonly Timed[], year: number): number {
  const first = series[0]?.year ?? 0;
  let [w, t, y, tt, ty] = [0, 0, 0, 0, 0];
  for (const point of series) {
    const weight = 1 + (point.year - first);
    w += weight;
    t += weight * (point.year - first);
    y += weight * point.value;
    tt += weight * (point.year - first) ** 2;
    ty += weight * (point.year - first) * point.value;
  }
  const spread = w * tt - t * t;
  const slope = spread === 0 ? 0 : (w * ty - t * y) / spread;
  return (y - slope * t) / w + slope * (year - first);
}
