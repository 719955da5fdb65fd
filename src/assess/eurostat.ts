import type { Finding } from '../model/index.ts';
import type { Indicator } from './indicator.ts';
import { type Method, numberSetting } from './method.ts';
import { compoundGrowth, type Judged, runProgress, type Timed, targetInPast } from './progress.ts';
import { clamp, mean } from './statistics.ts';

/** Eurostat's monitoring of the SDGs in the EU. */
export const eurostat: Method = {
  id: 'eurostat',
  version: '1.0.0',
  name: { en: 'Eurostat SDG monitoring', zh: '欧盟统计局可持续发展目标监测' },
  source:
    'Eurostat, Sustainable development in the European Union: monitoring report, annex on methods (editions 2017–2023); thresholds and scores to be checked against an edition',
  checked: 'to-check',
  needs: ['direction'],
  needsOfData: ['period'],
  options: [
    {
      name: 'window',
      values: 'number',
      preset: '5',
      tells: 'years of the trend where the codebook gives no base year: 5 short term, 15 long term',
    },
  ],
  run: (input) =>
    runProgress(input, {
      judge: (series, indicator, findings) =>
        judge(series, indicator, findings, numberSetting(input, 'window')),
      group: (parts) => {
        const score = mean(parts.map((part) => part.score));
        return {
          score,
          status: score === null ? 'not_available' : score >= 0 ? 'progress' : 'movement_away',
        };
      },
    }),
};

function judge(series: readonly Timed[], indicator: Indicator, findings: Finding[], window: number): Judged {
  const latest = series.at(-1);
  const start = indicator.baseYear ?? (latest === undefined ? null : latest.year - window);
  const base = start === null ? undefined : series.find(({ year }) => year >= start);
  const unavailable = (en: string, zh: string): Judged => ({
    value: null,
    score: null,
    status: 'not_available',
    reached: false,
    period: latest?.observation.period ?? '',
    reasoning: { inputs: {}, formula: '', reason: { en, zh }, change: null },
  });
  const { direction, target } = indicator;
  if (direction === null || direction === 0)
    return unavailable('it is not known which way is better', '方向未知');
  if (latest === undefined || base === undefined)
    return unavailable('no value in the window', '时间窗口内没有数值');
  const years = latest.year - base.year;
  // A compound rate needs two values of one sign, neither of them a base of zero.
  if (years < 1 || base.value === 0 || base.value * latest.value < 0)
    return unavailable(
      'no rate of growth: one year only, a base of zero, or a change of sign',
      '无法计算增长率：只有一年、基准为零或正负号改变',
    );
  const sign = base.value < 0 ? -1 : 1;
  const growth = sign * direction * compoundGrowth(latest.value, base.value, years);
  const percent = (100 * growth).toFixed(2).replace('-', '−');
  const met = target !== null && direction * (latest.value - target) >= 0;
  const made = (value: number, score: number, status: string, formula: string, change: number): Judged => ({
    value,
    score,
    status,
    reached: met,
    period: latest.observation.period,
    reasoning: {
      inputs: {
        base_year: base.year,
        base_value: base.value,
        current_year: latest.year,
        current_value: latest.value,
        target,
        growth,
      },
      formula,
      reason: {
        en: `growth of ${percent} % a year in the direction wanted, ${base.year} to ${latest.year}`,
        zh: `${base.year}—${latest.year}年朝期望方向年均增长${percent}%`,
      },
      change: {
        en: `significant progress begins at ${(100 * change).toFixed(2)} % a year`,
        zh: `年均${(100 * change).toFixed(2)}%起为显著进展`,
      },
    },
  });
  if (target === null) {
    const status =
      growth >= 0.01
        ? 'significant_progress'
        : growth >= 0
          ? 'moderate_progress'
          : growth > -0.01
            ? 'moderate_movement_away'
            : 'significant_movement_away';
    return made(
      growth,
      clamp(250 * growth, -5, 5),
      status,
      '(current / base)^(1 / years) − 1, signed by direction',
      0.01,
    );
  }
  const targetYear = indicator.targetYear ?? 2030;
  const past = targetInPast(indicator, targetYear, latest.year);
  if (past !== null) findings.push(past);
  if (targetYear <= base.year || base.value * target <= 0)
    return unavailable('no rate of growth leads from the base to the target', '从基准到目标无法计算增长率');
  const needed = sign * direction * compoundGrowth(target, base.value, targetYear - base.year);
  if (needed <= 0)
    return unavailable(
      'the target asks for no growth, or for less than there was: no ratio of paces',
      '目标不要求增长，或低于基准值：无法计算速度之比',
    );
  const ratio = growth / needed;
  const status =
    ratio >= 0.95
      ? 'significant_progress'
      : ratio >= 0.6
        ? 'moderate_progress'
        : ratio >= 0
          ? 'insufficient_progress'
          : 'movement_away';
  const score = ratio >= 0.6 ? ((ratio - 0.6) / 0.35) * 2.5 : ((ratio - 0.6) / 0.6) * 2.5;
  return made(ratio, clamp(score, -5, 5), status, 'growth observed / growth needed', 0.95 * needed);
}
