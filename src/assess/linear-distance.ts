import { formatNumber } from '../language/index.ts';
import type { Finding, Language, Localized } from '../model/index.ts';
import type { Indicator } from './indicator.ts';
import { type Method, type MethodInput, numberSetting } from './method.ts';
import { isProvisional, type Observation } from './observation.ts';
import { type Judged, runProgress, type Timed, targetInPast } from './progress.ts';
import { type Line, monotoneTrend, type Outlook, outlook, robustLine } from './robust-line.ts';
import { clamp, mean } from './statistics.ts';

const presetBaseYear = 2015;
const presetTargetYear = 2030;

/** Share of the way at the target year: from where a verdict begins. */
const bands = [
  { from: 0.95, status: 'on_track' },
  { from: 0.5, status: 'acceleration_needed' },
  { from: 0.1, status: 'insufficient_progress' },
  { from: -0.1, status: 'no_progress' },
  { from: Number.NEGATIVE_INFINITY, status: 'moving_away' },
] as const;

/** The product's own progress method: docs/methods/linear-distance.md is its paper. */
export const linearDistance: Method = {
  id: 'linear-distance',
  version: '1.1.0',
  name: { en: 'Linear distance to target', zh: '线性距离目标法' },
  source: 'docs/methods/linear-distance.md; line by Theil (1950) and Sen (1968)',
  checked: 'replayed',
  needs: ['direction'],
  needsOfData: ['period'],
  options: [
    {
      name: 'as-of',
      values: 'number',
      preset: '0',
      tells: 'year of the assessment; 0: the latest year of any value',
    },
    {
      name: 'max-age',
      values: 'number',
      preset: '5',
      tells: 'years after which a latest value is too old to judge by',
    },
    {
      name: 'level',
      values: 'number',
      preset: '0.9',
      tells: 'probability of the prediction interval, 0.5 to 0.999',
    },
  ],
  run: (input) => {
    // A loop, not a spread: a long table has more values than a call takes arguments.
    let last = 0;
    for (const { year, value, standing } of input.observations)
      if (year !== null && value !== null && standing !== 'forecast' && year > last) last = year;
    const asOf = numberSetting(input, 'as-of') || last;
    const frame: Frame = {
      asOf,
      maxAge: numberSetting(input, 'max-age'),
      level: clamp(numberSetting(input, 'level'), 0.5, 0.999),
    };
    return runProgress(withoutForecasts(input), {
      judge: (series, indicator, findings) => judge(series, indicator, findings, frame),
      group,
    });
  },
};

interface Frame {
  readonly asOf: number;
  readonly maxAge: number;
  readonly level: number;
}

/** A forecast is not an observation: it is never fitted and never judged. */
function withoutForecasts(input: MethodInput): MethodInput {
  const kept = input.observations.map(
    (one): Observation =>
      one.standing === 'forecast' ? { ...one, value: null, text: '', standing: 'missing' } : one,
  );
  return { ...input, observations: kept };
}

function group(parts: readonly { score: number; reached: boolean }[]) {
  const score = mean(parts.map((part) => part.score));
  if (score === null) return { score, status: 'not_judged' };
  if (parts.every(({ reached }) => reached)) return { score, status: 'reached' };
  return { score, status: statusOf(score / 100) };
}

function statusOf(share: number): string {
  return bands.find(({ from }) => share >= from)?.status ?? 'moving_away';
}

const notJudged = (period: string, reason: Localized, change: Localized): Judged => ({
  value: null,
  score: null,
  status: 'not_judged',
  reached: false,
  period,
  reasoning: { inputs: {}, formula: '', reason, change },
});

function judge(series: readonly Timed[], indicator: Indicator, findings: Finding[], frame: Frame): Judged {
  const base = indicator.baseYear ?? presetBaseYear;
  const since = series.filter(({ year }) => year >= base);
  const latest = since.at(-1);
  const direction = indicator.direction === 1 ? 1 : indicator.direction === -1 ? -1 : null;
  if (latest === undefined)
    return notJudged(
      series.at(-1)?.observation.period ?? '',
      { en: `no value since ${base}`, zh: `${base}年以来没有数值` },
      { en: 'a value', zh: '提交数值' },
    );
  const period = latest.observation.period;
  if (direction === null)
    return notJudged(
      period,
      { en: 'it is not known which way is better', zh: '方向未知' },
      { en: 'declare the direction', zh: '声明方向' },
    );
  if (frame.asOf - latest.year > frame.maxAge)
    return notJudged(
      period,
      {
        en: `the latest value is of ${latest.year}, more than ${frame.maxAge} years before ${frame.asOf}`,
        zh: `最新数值为${latest.year}年，早于${frame.asOf}年超过${frame.maxAge}年`,
      },
      { en: 'a newer value', zh: '提交更新的数值' },
    );
  const { target, limit } = indicator;
  if (target === null) return withoutTarget(since, latest, direction);
  if (limit !== null && (direction === 1 ? target > limit : target < limit)) {
    findings.push({
      rule: 'target.beyond-limit',
      severity: 'error',
      where: indicator.where,
      what: `the target ${target} of '${indicator.code}' lies beyond its natural limit ${limit}`,
      why: 'what cannot be reached cannot be judged',
      mend: 'correct target or limit',
    });
    return notJudged(
      period,
      { en: 'the target lies beyond the natural limit', zh: '目标超出自然极限' },
      { en: 'correct target or limit', zh: '更正目标或极限' },
    );
  }
  return withTarget(since, latest, base, direction, target, indicator, findings, frame);
}

/** Fewer values than these can stand in no order that is rarer than one in ten by chance: no trend can be clear. */
const leastForTrend = 4;

/** Few values make no trend; that the last is better or worse than the first is still a fact, and told as no more. */
function sinceBase(series: readonly Timed[], latest: Timed, direction: 1 | -1): Judged {
  const period = latest.observation.period;
  const [first] = series;
  if (first === undefined || first === latest)
    return notJudged(
      period,
      { en: 'one value only', zh: '只有一个数值' },
      { en: 'a second year', zh: '提交第二个年份的数值' },
    );
  const side = direction * Math.sign(latest.value - first.value);
  return {
    value: null,
    score: null,
    status: side > 0 ? 'better_than_base' : side < 0 ? 'worse_than_base' : 'same_as_base',
    reached: false,
    period,
    reasoning: {
      inputs: {
        base_year: first.year,
        base_value: first.value,
        latest_year: latest.year,
        latest_value: latest.value,
        direction,
      },
      formula: 'sign of direction × (latest − first)',
      reason: {
        en: `${series.length} values, ${short(first.value, 'en')} (${first.year}) to ${short(latest.value, 'en')} (${latest.year}): a change, too few for a trend; no target is set`,
        zh: `仅有${series.length}个数值：${first.year}年${short(first.value, 'zh')}，${latest.year}年${short(latest.value, 'zh')}；可见变化，不足以判断趋势；未设目标`,
      },
      change: { en: 'more years, or a target', zh: '提交更多年份，或设定目标' },
    },
  };
}

/** Without a target only the direction can be told, and only when it is clearer than chance. */
function withoutTarget(series: readonly Timed[], latest: Timed, direction: 1 | -1): Judged {
  const period = latest.observation.period;
  const trend = series.length < leastForTrend ? null : monotoneTrend(series);
  if (trend === null) return sinceBase(series, latest, direction);
  const clear = trend.chance < 0.1;
  const toward = direction * trend.tau;
  const status = !clear ? 'no_clear_change' : toward > 0 ? 'improving' : 'worsening';
  return {
    value: toward,
    score: 100 * toward,
    status,
    reached: false,
    period,
    reasoning: {
      inputs: { points: series.length, tau: trend.tau, chance: trend.chance, direction },
      formula: 'direction × Kendall’s tau against time; clear when the chance of so much order is below 10 %',
      reason: {
        en: `${series.length} values from ${series[0]?.year} to ${latest.year}; no target is set`,
        zh: `${series[0]?.year}—${latest.year}年共${series.length}个数值；未设目标`,
      },
      change: { en: 'a target to judge by', zh: '设定目标' },
    },
  };
}

function withTarget(
  series: readonly Timed[],
  latest: Timed,
  base: number,
  direction: 1 | -1,
  target: number,
  indicator: Indicator,
  findings: Finding[],
  frame: Frame,
): Judged {
  const period = latest.observation.period;
  const targetYear = indicator.targetYear ?? presetTargetYear;
  const met = direction * (latest.value - target) >= 0;
  const provisional = isProvisional(latest.observation.standing);
  const past = targetInPast(indicator, targetYear, latest.year);
  if (past !== null) findings.push(past);
  const line = robustLine(series);
  const start = series[0];
  const ahead = line === null ? null : outlook(line, targetYear, target, direction, frame.level);
  const share =
    line === null || start === undefined
      ? null
      : shareOfWay(line, series, start.year, targetYear, target, direction);
  const said = (
    status: string,
    score: number | null,
    reason: Localized,
    change: Localized | null,
  ): Judged => ({
    value: share,
    score,
    status,
    reached: met,
    period,
    reasoning: {
      inputs: {
        target,
        target_year: targetYear,
        base_year: base,
        points: series.length,
        latest_year: latest.year,
        latest_value: latest.value,
        latest_status: latest.observation.standing,
        slope: line?.slope ?? null,
        ...outlookInputs(ahead, indicator.limit, direction),
      },
      formula:
        'share of the way = (fitted value in the target year − fitted value at the start) / (target − fitted value at the start); line by Theil and Sen over all values',
      reason,
      change,
    },
  });
  if (met)
    return said(
      provisional ? 'reached_provisional' : 'reached',
      100,
      {
        en: `the latest value ${latest.value} (${latest.year}) stands at the target ${target} or beyond it${atRisk(ahead, direction, target) ? '; its line falls behind it again by the target year' : ''}`,
        zh: `最新值${latest.value}（${latest.year}）已达到目标${target}${atRisk(ahead, direction, target) ? '；但按其趋势到目标年将再次落后' : ''}`,
      },
      provisional ? { en: 'a final value', zh: '最终数值' } : null,
    );
  if (targetYear <= latest.year)
    return said(
      'missed',
      share === null ? 0 : 100 * clamp(share, -1, 1),
      {
        en: `the target of ${targetYear} is not reached in ${latest.year}`,
        zh: `${latest.year}年未达到${targetYear}年目标`,
      },
      { en: 'a new target year', zh: '设定新的目标年' },
    );
  if (line === null || ahead === null || start === undefined)
    return notJudged(
      period,
      { en: 'one value makes no line', zh: '只有一个数值，无法拟合' },
      { en: 'a second year', zh: '提交第二个年份的数值' },
    );
  const reason = reasonOf(line, ahead, start.year, targetYear);
  const pace = (target - latest.value) / (targetYear - latest.year);
  const change: Localized = {
    en: `from ${latest.year} on a yearly change of ${short(pace, 'en')} reaches the target; it was ${short(line.slope, 'en')}`,
    zh: `自${latest.year}年起每年变化${short(pace, 'zh')}可达到目标；此前为每年${short(line.slope, 'zh')}`,
  };
  // It started at the target or beyond and has lost it: there is no way of which a share could be taken.
  if (share === null) return said('moving_away', -100, reason, change);
  return said(statusOf(share), 100 * clamp(share, -1, 1), reason, change);
}

/**
 * Share of the way from the fitted start to the target that the line has covered by the target year; null when it starts
 * at the target or beyond it. Twelve digits: what differs only by the rounding of doubles gets one verdict.
 */
function shareOfWay(
  line: Line,
  series: readonly Timed[],
  start: number,
  targetYear: number,
  target: number,
  direction: 1 | -1,
): number | null {
  const distance = direction * (target - line.at(start));
  const extent = Math.max(...series.map(({ value }) => Math.abs(value - target)));
  if (distance <= 1e-9 * extent) return null;
  const share = (direction * (line.at(targetYear) - line.at(start))) / distance;
  return Number(share.toPrecision(12));
}

function atRisk(ahead: Outlook | null, direction: 1 | -1, target: number): boolean {
  return ahead !== null && direction * (ahead.expected - target) < 0;
}

/** The outlook as inputs; the expected value and its interval do not pass the natural limit. */
function outlookInputs(ahead: Outlook | null, limit: number | null, direction: 1 | -1) {
  const hold = (value: number | null) =>
    value === null || limit === null
      ? value
      : direction === 1
        ? Math.min(value, limit)
        : Math.max(value, limit);
  return {
    limit,
    expected: hold(ahead?.expected ?? null),
    interval_low: hold(ahead?.low ?? null),
    interval_high: hold(ahead?.high ?? null),
    interval_level: ahead?.level ?? null,
    probability: ahead?.reaches ?? null,
  };
}

function reasonOf(line: Line, ahead: Outlook, start: number, targetYear: number): Localized {
  const chance = ahead.reaches === null ? null : (100 * ahead.reaches).toFixed(0);
  const { low, high } = ahead;
  const known = low !== null && high !== null;
  const range = {
    en: known ? ` (${short(low, 'en')} to ${short(high, 'en')})` : '',
    zh: known ? `（${short(low, 'zh')}至${short(high, 'zh')}）` : '',
  };
  const level = (100 * ahead.level).toFixed(0);
  return {
    en: `the line through ${line.points} values since ${start} leads to ${short(ahead.expected, 'en')}${range.en} in ${targetYear}${chance === null ? '; two values tell nothing of its certainty' : `, interval of ${level} %; the target is reached with a probability of ${chance} %`}`,
    zh: `${start}年以来${line.points}个数值的拟合线到${targetYear}年为${short(ahead.expected, 'zh')}${range.zh}${chance === null ? '；仅两个数值，无法估计不确定性' : `，区间水平${level}%；达到目标的概率为${chance}%`}`,
  };
}

const scales = {
  en: [
    [1e12, ' trillion'],
    [1e9, ' billion'],
    [1e6, ' million'],
  ],
  zh: [
    [1e12, '万亿'],
    [1e8, '亿'],
    [1e5, '万'],
  ],
} as const satisfies Record<Language, readonly (readonly [number, string])[]>;

/** A double as a reader wants it in a sentence: four significant digits, large ones in the words of the language. */
function short(value: number, language: Language): string {
  const [from, word] = scales[language].find(([least]) => Math.abs(value) >= least) ?? [1, ''];
  const scaled = Number((value / (from === 1e5 ? 1e4 : from)).toPrecision(4));
  const text = String(scaled);
  return (/^-?\d{4,}$/.test(text) ? formatNumber(text, { decimals: 0, language }) : text) + word;
}
