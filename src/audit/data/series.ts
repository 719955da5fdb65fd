import {
  compare,
  comparePeriods,
  divide,
  equals,
  isZero,
  subtract,
  toNumber,
  yearOf,
} from '../../model/index.ts';
import type { Draft } from '../finding.ts';
import { place } from './place.ts';
import { type DataContext, type DataRow, grouped, type NumberRow, placesOf, seriesKey } from './row.ts';

/** Each series along its periods: holes, outliers, breaks, regularity, precision, units, age. */
export function checkSeriesData(
  rows: readonly NumberRow[],
  context: DataContext,
  /** Rows that say that there is no value: a year of theirs is no hole. */
  without: readonly DataRow[] = [],
): Draft[] {
  const drafts: Draft[] = [];
  const told = grouped(without, seriesKey);
  for (const [key, group] of grouped(rows, seriesKey)) {
    const series = [...group].sort((a, b) => comparePeriods(a.period, b.period));
    drafts.push(
      ...holes(series, told.get(key) ?? []),
      ...units(series, context),
      ...precision(series, context),
      ...stale(series, context),
    );
    const values = new Map(series.map((row) => [row.period, row]));
    const clean = [...values.values()].filter(
      ({ status, period }) => status !== 'F' && yearOf(period) !== null,
    );
    const odd = outliers(clean);
    drafts.push(...odd);
    if (odd.length === 0) drafts.push(...breaks(clean), ...regular(clean));
  }
  return drafts;
}

const named = (row: NumberRow): string => `${row.area} ${row.indicator}`;

/** Years between the first and the last that are not there, and of which no row says that there is no value. */
function holes(series: readonly NumberRow[], without: readonly DataRow[]): Draft[] {
  const years = series.flatMap(({ period }) => yearOf(period) ?? []);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const there = new Set(years);
  if (there.size < 3 || last - first > 200) return [];
  const steps = [...there]
    .sort((a, b) => a - b)
    .map((year, index, all) => year - (all[index - 1] ?? year))
    .slice(1);
  if (steps.filter((step) => step === 1).length * 2 < steps.length) return [];
  const told = new Set(without.flatMap(({ period }) => yearOf(period) ?? []));
  const lost = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
    (year) => !there.has(year) && !told.has(year),
  );
  const before = lost[0];
  if (before === undefined) return [];
  const row = series.find(({ period }) => yearOf(period) === before - 1) ?? series[0];
  if (row === undefined) return [];
  return [
    {
      rule: 'data.hole',
      places: [place(row, 'period', row.period)],
      values: { series: named(row), years: lost.join(', ') },
    },
  ];
}

function units(series: readonly NumberRow[], context: DataContext): Draft[] {
  const first = series[0];
  if (first === undefined) return [];
  const declared =
    context.indicators?.get(first.indicator)?.unit ?? commonest(series.map(({ unit }) => unit));
  return series
    .filter(({ unit }) => unit !== declared)
    .map((row) => ({
      rule: 'data.unit' as const,
      places: [place(row, 'unit', row.unit)],
      values: { series: named(row), unit: row.unit, expected: declared },
    }));
}

function commonest(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? '';
}

/** Digits beyond what the indicator declares, or far beyond the rest of the series: a computed value among reported ones. */
function precision(series: readonly NumberRow[], context: DataContext): Draft[] {
  const first = series[0];
  if (first === undefined) return [];
  const declared = context.indicators?.get(first.indicator)?.decimals;
  const usual = series.length < 4 ? null : Math.floor(median(series.map(({ text }) => placesOf(text))));
  return series
    .filter(({ text }) => {
      const places = placesOf(text);
      if (declared !== undefined) return places > declared;
      return usual !== null && places >= usual + 3;
    })
    .map((row) => ({
      rule: 'data.precision' as const,
      places: [place(row, 'value', row.text)],
      values: {
        series: named(row),
        value: row.text,
        places: String(placesOf(row.text)),
        usual: String(declared ?? usual ?? 0),
      },
    }));
}

function stale(series: readonly NumberRow[], { asOf, staleAfter = 3 }: DataContext): Draft[] {
  const last = series.at(-1);
  if (asOf === undefined || last === undefined) return [];
  const year = Number(/\d{4}(?=\D*$)/.exec(last.period)?.[0] ?? last.period.slice(0, 4));
  const now = Number(asOf.slice(0, 4));
  if (series.length < 2 || !/^\d{4}/.test(last.period) || now - year <= staleAfter) return [];
  return [
    {
      rule: 'data.stale',
      places: [place(last, 'period', last.period)],
      values: { series: named(last), period: last.period, age: String(now - year) },
    },
  ];
}

/**
 * Outliers by the Theil–Sen line (Sen 1968): the median of all slopes, then residuals against 1.4826 · MAD. Doubles are
 * enough here: a finding is a question, never a figure. At least six values; a residual must be six deviations and a
 * quarter of the level.
 */
function outliers(series: readonly NumberRow[]): Draft[] {
  if (series.length < 6 || series.length > 400) return [];
  const points = series.map(({ number, period }) => ({ x: yearOf(period) ?? 0, y: toNumber(number) }));
  const slopes = points.flatMap((a, index) =>
    points.slice(index + 1).map((b) => (b.y - a.y) / (b.x - a.x || 1)),
  );
  const slope = median(slopes);
  const intercept = median(points.map(({ x, y }) => y - slope * x));
  const residuals = points.map(({ x, y }) => y - intercept - slope * x);
  const sizes = residuals.map(Math.abs);
  const middle = 1.4826 * median(sizes);
  // Where most values are one number the median deviation is nothing, and every other value would be an outlier.
  const spread =
    middle > 0 ? middle : (1.2533 * sizes.reduce((sum, size) => sum + size, 0)) / sizes.length / 2;
  const level = median(points.map(({ y }) => Math.abs(y)));
  const isOdd = (index: number): boolean => {
    const size = sizes[index] ?? 0;
    return size > 6 * spread && size > 0.25 * level;
  };
  const shift = shiftOf(series, residuals, isOdd);
  if (shift !== null) return shift;
  return series.flatMap((row, index) => {
    if (!isOdd(index)) return [];
    const around = median(
      [series[index - 1], series[index + 1]].flatMap((near) =>
        near === undefined ? [] : [toNumber(near.number)],
      ),
    );
    const ratio = around === 0 ? 0 : toNumber(row.number) / around;
    const power = ratio > 0 ? Math.log10(ratio) : 0;
    const lost = Math.abs(power) > 0.8 && Math.abs(power - Math.round(power)) < 0.08;
    return [
      {
        rule: 'data.outlier' as const,
        places: [place(row, 'value', row.text)],
        values: {
          series: named(row),
          period: row.period,
          value: row.text,
          expected: String(Number((intercept + slope * (points[index]?.x ?? 0)).toPrecision(4))),
          reason: lost ? '@reason.magnitude' : '@reason.unseen',
        },
      },
    ];
  });
}

/** Several odd values in a row at one end of a series, on one side: not slips but a new level, told once. */
function shiftOf(
  series: readonly NumberRow[],
  residuals: readonly number[],
  isOdd: (index: number) => boolean,
): Draft[] | null {
  const odd = series.flatMap((_, index) => (isOdd(index) ? [index] : []));
  const [first, last] = [odd[0] ?? 0, odd.at(-1) ?? 0];
  const side = Math.sign(residuals[first] ?? 0);
  if (odd.length < 2 || last - first !== odd.length - 1) return null;
  if (odd.some((index) => Math.sign(residuals[index] ?? 0) !== side)) return null;
  const from = first === 0 ? series[last] : series[first - 1];
  const to = first === 0 ? series[last + 1] : last === series.length - 1 ? series[first] : undefined;
  if (from === undefined || to === undefined) return null;
  if (to.status === 'B') return [];
  return [
    {
      rule: 'data.break',
      places: [place(from, 'value', from.text), place(to, 'value', to.text)],
      values: { series: named(from), from: from.text, to: to.text, period: to.period },
    },
  ];
}

/** One step that dwarfs the others and stays: a change of method, not of the world, unless it is marked (status B). */
function breaks(series: readonly NumberRow[]): Draft[] {
  if (series.length < 6) return [];
  const steps = series.slice(1).map((row, index) => {
    const before = series[index];
    return before === undefined ? 0 : toNumber(subtract(row.number, before.number));
  });
  const sizes = steps.map(Math.abs);
  const largest = Math.max(...sizes);
  const at = sizes.indexOf(largest);
  const row = series[at + 1];
  const before = series[at];
  if (row === undefined || before === undefined || row.status === 'B' || at < 1 || at > steps.length - 2)
    return [];
  const level = median(series.map(({ number }) => Math.abs(toNumber(number))));
  const usual = median(sizes.filter((_, index) => index !== at));
  if (largest < 8 * usual || largest < 0.3 * level) return [];
  return [
    {
      rule: 'data.break',
      places: [place(before, 'value', before.text), place(row, 'value', row.text)],
      values: { series: named(row), from: before.text, to: row.text, period: row.period },
    },
  ];
}

/** Steps or ratios that are exactly equal over five years: computed, not observed. */
function regular(series: readonly NumberRow[]): Draft[] {
  const [first, second] = series;
  const last = series.at(-1);
  if (first === undefined || second === undefined || last === undefined || series.length < 5) return [];
  const step = subtract(second.number, first.number);
  const pairs = series
    .slice(1)
    .map((row, index) => [series[index]?.number ?? row.number, row.number] as const);
  const equalSteps = !isZero(step) && pairs.every(([a, b]) => equals(subtract(b, a), step));
  const ratio = isZero(first.number) ? null : divide(second.number, first.number);
  const equalRatios =
    ratio !== null &&
    compare(ratio, { n: 1n, d: 1n }) !== 0 &&
    (pairs.every(([a, b]) => !isZero(a) && equals(divide(b, a), ratio)) || nearRatios(series));
  if (!equalSteps && !equalRatios) return [];
  return [
    {
      rule: 'data.regular',
      places: [place(first, 'value', first.text), place(last, 'value', last.text)],
      values: {
        series: named(first),
        what: equalSteps ? '@what.steps' : '@what.ratios',
        count: String(series.length),
      },
    },
  ];
}

/**
 * Whether one ratio explains every step within the rounding of the values: computed, then rounded. Asked only of six values or
 * more with four digits that count, where chance does not make it so.
 */
function nearRatios(series: readonly NumberRow[]): boolean {
  if (series.length < 6) return false;
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (const [index, row] of series.entries()) {
    const value = toNumber(row.number);
    const half = 0.5 / 10 ** placesOf(row.text);
    if (value <= 0 || half / value > 0.0005) return false;
    const before = series[index - 1];
    if (before === undefined) continue;
    const start = toNumber(before.number);
    const loose = 0.5 / 10 ** placesOf(before.text);
    low = Math.max(low, (value - half) / (start + loose));
    high = Math.min(high, (value + half) / (start - loose));
  }
  return low <= high && (low > 1.0005 || high < 0.9995);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
