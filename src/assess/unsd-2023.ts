import type { Finding } from '../model/index.ts';
import type { Indicator } from './indicator.ts';
import type { Method } from './method.ts';
import { compoundGrowth, type Judged, runProgress, type Timed, targetInPast } from './progress.ts';
import { mean } from './statistics.ts';

const levels = ['', 'stagnation_or_regression', 'fair_progress', 'on_track_or_met'] as const;

/** The SDG progress chart of the United Nations Statistics Division, 2023. */
export const unsd2023: Method = {
  id: 'unsd-2023',
  version: '1.1.0',
  name: { en: 'SDG progress chart 2023', zh: '可持续发展目标进展图表2023' },
  source: 'UNSD, Sustainable Development Goals progress chart 2023: technical note, as described by Eustat',
  checked: 'read',
  needs: ['direction'],
  needsOfData: ['period'],
  options: [],
  run: (input) =>
    runProgress(input, {
      judge,
      group: (parts) => {
        const score = mean(parts.map((part) => part.score));
        return {
          score,
          status: score === null ? 'not_available' : (levels[Math.floor(score + 0.5)] ?? 'not_available'),
        };
      },
    }),
};

/**
 * The value to start from: that of the base year, otherwise the first after it, otherwise the last before it, whichever
 * leaves a later value to compare with.
 */
function startOf(series: readonly Timed[], baseYear: number): Timed | undefined {
  const earlier = series.slice(0, -1);
  return earlier.find(({ year }) => year >= baseYear) ?? earlier.at(-1) ?? series.at(-1);
}

function judge(whole: readonly Timed[], indicator: Indicator, findings: Finding[]): Judged {
  const { direction, target } = indicator;
  const targetYear = indicator.targetYear ?? 2030;
  const last = whole.at(-1);
  // A target whose year has passed is judged by the values up to that year.
  const past = last === undefined ? null : targetInPast(indicator, targetYear, last.year);
  if (past !== null) findings.push(past);
  const until = past === null ? whole : whole.filter(({ year }) => year <= targetYear);
  const series = until.length === 0 ? whole : until;
  const latest = series.at(-1);
  const base = startOf(series, indicator.baseYear ?? 2015);
  const period = latest?.observation.period ?? '';
  const made = (value: number | null, score: 1 | 2 | 3 | null, reached = false): Judged => ({
    value,
    score,
    status: score === null ? 'not_available' : levels[score],
    reached,
    period,
    reasoning: {
      inputs: {
        base_year: base?.year ?? null,
        base_value: base?.value ?? null,
        current_year: latest?.year ?? null,
        current_value: latest?.value ?? null,
        target,
        target_year: targetYear,
      },
      formula:
        target === null
          ? 'compound yearly growth in the direction wanted'
          : '(current × (1 + growth)^(target year − current year) − base) / (target − base)',
      reason:
        value === null
          ? {
              en: reached ? 'the target is met' : 'no rate of growth can be formed',
              zh: reached ? '已达到目标' : '无法计算增长率',
            }
          : { en: `the measure is ${value}`, zh: `度量值为${value}` },
      change:
        target === null
          ? { en: '2 % and 0.5 % a year divide the levels', zh: '以年均2%和0.5%分级' }
          : { en: '0.95 and 0.10 divide the levels', zh: '以0.95和0.10分级' },
    },
  });
  if (latest === undefined || direction === null || direction === 0) return made(null, null);
  // A target of 0 or 100 % counts as met within one point.
  const slack = target !== null && (target === 0 || target === 100) ? 1 : 0;
  if (target !== null && direction * (latest.value - target) + slack >= 0) return made(null, 3, true);
  if (base === undefined || latest.year > targetYear) return made(null, null);
  const years = latest.year - base.year;
  if (years < 1 || base.value === 0 || base.value * latest.value < 0) return made(null, null);
  const growth = compoundGrowth(latest.value, base.value, years);
  if (target === null) {
    const toward = (base.value < 0 ? -1 : 1) * direction * growth;
    return made(toward, toward >= 0.02 ? 3 : toward >= 0.005 ? 2 : 1);
  }
  if (target === base.value) return made(null, null);
  const projected = latest.value * (1 + growth) ** (targetYear - latest.year);
  const share = (projected - base.value) / (target - base.value);
  return made(share, share >= 0.95 ? 3 : share >= 0.1 ? 2 : 1);
}
