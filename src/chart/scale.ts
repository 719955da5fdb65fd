import { groupThousands } from '../language/index.ts';
import { type Language, periodBounds } from '../model/index.ts';

/** A linear scale from values to positions, with round ticks. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly ticks: readonly number[];
  readonly at: (value: number) => number;
  /** Equal distances are equal ratios; ticks then have no common step. */
  readonly isLog?: boolean;
}

/** Steps of 1, 2 or 5 times a power of ten, the usual choice for about `count` ticks. */
function niceStep(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const exponent = Math.floor(Math.log10(rough));
  const unit = Number(`1e${exponent}`);
  const error = rough / unit;
  return unit * (error >= 7.07 ? 10 : error >= 3.16 ? 5 : error >= 1.41 ? 2 : 1);
}

/**
 * A scale over values. `zero` puts zero on it: always for bars; a line chart includes it when that costs less than a
 * third of the height, so that a small change never looks like a large one without need; never for the classes of a map.
 */
export function linearScale(
  values: readonly number[],
  range: readonly [number, number],
  options: { readonly zero: 'always' | 'when-near' | 'never'; readonly count: number },
): Scale {
  const finite = values.filter(Number.isFinite);
  let low = finite.length === 0 ? 0 : Math.min(...finite);
  let high = finite.length === 0 ? 1 : Math.max(...finite);
  const near = low > 0 ? low <= (high - low) * 1.5 : high < 0 && -high <= (high - low) * 1.5;
  if (options.zero === 'always' || (options.zero === 'when-near' && near) || low === high) {
    low = Math.min(low, 0);
    high = Math.max(high, 0);
  }
  // Ends that a double can hardly tell apart have no ticks between them.
  const least = Math.max(1e-9 * Math.max(Math.abs(low), Math.abs(high)), 1e-300);
  if (high - low < least) high = low + (low === 0 ? 1 : Math.max(least, 1e-12));
  const step = niceStep(high - low, options.count);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks: number[] = [];
  for (let index = first; index <= last; index++) ticks.push(Number((index * step).toPrecision(12)));
  low = ticks[0] ?? low;
  high = ticks.at(-1) ?? high;
  const [start, end] = range;
  return { low, high, step, ticks, at: (value) => start + ((value - low) / (high - low)) * (end - start) };
}

/**
 * A logarithmic scale over values above zero, with ticks at 1, 2 and 5 times powers of ten as far as there is room; null
 * when a value is zero or less, which no ratio can show.
 */
export function logScale(
  values: readonly number[],
  range: readonly [number, number],
  count: number,
): Scale | null {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0 || finite.some((value) => value <= 0)) return null;
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const [first, last] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  const candidates = [[1, 2, 5], [1, 3], [1]].map((digits) => {
    const all: number[] = [];
    for (let power = first; power <= last; power++)
      for (const digit of digits) all.push(Number(`${digit}e${power}`));
    const from = all.findLastIndex((value) => value <= least);
    const to = all.findIndex((value) => value >= most);
    return all.slice(Math.max(0, from), to === -1 ? undefined : to + 1);
  });
  const ticks = candidates.find((each) => each.length <= count + 2) ?? candidates.at(-1) ?? [];
  const low = ticks[0] ?? least;
  const high = ticks.at(-1) ?? most;
  const [start, end] = range;
  const span = Math.log(high / low) || 1;
  return {
    low,
    high,
    step: low,
    ticks,
    isLog: true,
    at: (value) => start + (Math.log(value / low) / span) * (end - start),
  };
}

/** The words for large numbers, and from what an axis reaches on they stand there: where values beside it have them too. */
const large = {
  en: [
    { one: 1e9, from: 1e9, word: ' billion' },
    { one: 1e6, from: 1e6, word: ' million' },
  ],
  zh: [
    { one: 1e8, from: 1e8, word: '亿' },
    { one: 1e4, from: 1e5, word: '万' },
  ],
} as const satisfies Record<Language, unknown>;

/** The ticks of a scale as text. */
export function tickLabels(scale: Scale, language: Language): readonly string[] {
  if (scale.isLog !== true) return scale.ticks.map((value) => tickLabel(value, scale, language));
  // Each for itself: 100,000 and then 1 million.
  return scale.ticks.map((value) => {
    const one = large[language].find(({ from }) => value >= from)?.one ?? Math.min(value, 1);
    return tickLabel(value, { step: one, low: value, high: value }, language);
  });
}

/** A tick as text, written as values are: thousands set off from five digits on; 万 and 亿 in Chinese, as a reader there expects. */
export function tickLabel(
  value: number,
  { step, low, high }: Pick<Scale, 'step' | 'low' | 'high'>,
  language: Language,
): string {
  if (value === 0) return '0';
  const most = Math.max(Math.abs(low), Math.abs(high));
  // With one decimal at most: 0.5 million, never 0.05 million.
  const unit = large[language].find(({ one, from }) => most >= from && Math.abs(step) * 10 >= one);
  const one = unit?.one ?? 1;
  const decimals = Math.max(0, Math.min(8, Math.ceil(-Math.log10(Math.abs(step) / one) - 1e-9)));
  const [whole = '0', fraction] = Math.abs(value / one)
    .toFixed(decimals)
    .split('.');
  return `${value < 0 ? '−' : ''}${groupThousands(whole)}${fraction === undefined ? '' : `.${fraction}`}${unit?.word ?? ''}`;
}

/** Where a period stands on a time axis, in years: a year at its number, parts of a year in their middle; null for undated. */
export function periodPosition(period: string): number | null {
  const bounds = periodBounds(period);
  if (bounds === null || bounds === 'undated') return null;
  if (/^\d{4}$/.test(period)) return Number(period);
  // A span is a statement about its end: what was reached, or the average up to then.
  if (period.includes('/')) return periodPosition(period.split('/')[1] ?? '');
  const [start, end] = [dayOfTime(bounds.start), dayOfTime(bounds.end)];
  return (start + end) / 2 - 0.5;
}

function dayOfTime(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return year + (month - 1) / 12 + (day - 1) / 372;
}

const monthsEn = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** What to mark on an axis of time so wide in px: years, or months where less than three years are shown by parts of a year. */
export function timeTicks(
  { first, last }: { readonly first: number; readonly last: number },
  positions: readonly number[],
  width: number,
  language: Language,
): readonly { readonly position: number; readonly label: string }[] {
  if (last - first >= 3 || positions.every(Number.isInteger))
    return yearTicks(first, last, Math.max(2, Math.floor(width / (language === 'zh' ? 52 : 48)))).map(
      (year) => ({ position: year, label: String(year) }),
    );
  // A year's number stands at its middle, a month at its own; a period's own place is told in days of a year of 372.
  const middle = (month: number): number => (month + 0.5) / 12 - 0.5;
  const [from, to] = [Math.ceil((first + 0.5) * 12 - 0.5 - 0.05), Math.floor((last + 0.5) * 12 - 0.5 + 0.05)];
  const most = Math.max(2, width / 84);
  const step = [1, 2, 3, 4, 6, 12].find((each) => (to - from) / each < most) ?? 12;
  const ticks: { position: number; label: string }[] = [];
  for (let month = Math.ceil(from / step) * step; month <= to; month += step) {
    const [year, of] = [Math.floor(month / 12), month % 12];
    ticks.push({
      position: middle(month),
      label: language === 'zh' ? `${year}年${of + 1}月` : `${monthsEn[of]} ${year}`,
    });
  }
  return ticks;
}

/** Whole years to mark between two positions: not more than `count`, both ends among them where they cut. */
export function yearTicks(low: number, high: number, count: number): readonly number[] {
  const [first, last] = [Math.ceil(low - 1e-9), Math.floor(high + 1e-9)];
  const step = [1, 2, 3, 5, 10, 20, 25, 50, 100].find((each) => (last - first) / each <= count) ?? 200;
  const ticks: number[] = [];
  for (let year = last; year >= first; year -= step) ticks.unshift(year);
  return ticks;
}
