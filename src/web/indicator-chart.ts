import type { ChartPoint, ChartSeries, ChartState, ChartTarget, LineChart } from '../chart/index.ts';
import { formatNumber, formatValue, periodText, unitHead } from '../language/index.ts';
import type { Figure, Target } from '../model/index.ts';
import { type IndicatorEntry, periodOf, type Series } from './catalogue.ts';
import type { ExplorerWords } from './elements/explorer.ts';
import { breakdownName } from './parts/figure.tsx';
import { areaName, named, type PlaceView, sourceLink } from './view.ts';
import { fill } from './words.ts';

/** Series drawn before a reader chooses: more lines than this tell nothing. */
const mostSeries = 12;

/** What a series is called beside the others: its area, its group, or both. */
export function seriesName(series: Series, entry: IndicatorEntry, view: PlaceView): string {
  const group = breakdownName(series.breakdown, view);
  const manyAreas = new Set(entry.series.map(({ area }) => area)).size > 1;
  if (group === '') return areaName(view, series.area);
  if (!manyAreas) return group;
  return view.language === 'zh'
    ? `${areaName(view, series.area)}（${group}）`
    : `${areaName(view, series.area)}, ${group}`;
}

/** A figure as a point of a chart. */
function pointOf(figure: Figure, view: PlaceView): ChartPoint {
  const { value, unit, decimals, qualifier, status, missing } = figure;
  return {
    period: periodOf(figure.key),
    value,
    label: value === null ? view.t.noValue : shortValue({ value, unit, decimals, qualifier }, view),
    status,
    ...(missing === null ? {} : { reason: named(missing, view) }),
  };
}

/** A value without its unit where the subtitle tells it; large numbers keep their million or 万. */
function shortValue(
  shown: Pick<Figure, 'unit' | 'decimals' | 'qualifier'> & { readonly value: string },
  { language }: PlaceView,
): string {
  if (shown.unit === '%' || shown.unit === '{rank}' || Math.abs(Number(shown.value)) >= 100_000)
    return formatValue(shown, language).replace(/^(\S+\s(?:million|billion|trillion))\s.*$/, '$1');
  const word = shown.qualifier === null ? '' : formatValue(shown, language).split(/[\d−+]/)[0];
  return `${word ?? ''}${formatNumber(shown.value, { language, decimals: shown.decimals })}`;
}

/** A target in words: `at least 20 % by 2025`. */
export function targetText(target: Target, view: PlaceView): string {
  const { t, language } = view;
  const decimals = target.value.includes('.') ? target.value.length - target.value.indexOf('.') - 1 : 0;
  const amount = formatValue({ value: target.value, unit: target.unit, decimals }, language);
  const phrase = { '>=': t.atLeast, '<=': t.atMost, '>': t.over, '<': t.under, '=': t.equal }[
    target.comparator
  ];
  const said = fill(phrase, { v: amount });
  if (target.period === 'undated') return said;
  const when = fill(t.by, { when: periodText(target.period, language) });
  return language === 'zh' ? `${when}${said}` : `${said} ${when}`;
}

function targetsOf(series: Series, entry: IndicatorEntry, view: PlaceView): readonly ChartTarget[] {
  const { unit } = entry.indicator;
  return entry.targets
    .filter(
      (target) =>
        target.area === series.area &&
        target.unit === unit &&
        JSON.stringify(target.breakdown) === JSON.stringify(series.breakdown),
    )
    .map((target) => ({ period: target.period, value: target.value, label: targetText(target, view) }));
}

/** What every chart of an indicator says around its drawing. */
function headOf(entry: IndicatorEntry, title: string, view: PlaceView): Omit<LineChart, 'kind' | 'series'> {
  const { indicator } = entry;
  const sources = new Set(
    entry.series.flatMap(({ values }) =>
      values.flatMap((key) => view.here.figure(key).contributions.map(({ source }) => source)),
    ),
  );
  const areas = new Set(entry.series.map(({ area }) => area));
  const [only] = areas;
  const unit = unitHead(indicator.unit, view.language);
  return {
    language: view.language,
    title,
    subtitle: [
      named(indicator.name, view),
      unit,
      areas.size === 1 && only !== undefined ? areaName(view, only) : '',
    ]
      .filter((part) => part !== '' && part !== '1')
      .join(view.language === 'zh' ? '，' : ', '),
    source: [...sources].map((id) => sourceLink(view, id).name).join(view.language === 'zh' ? '；' : '; '),
    unit,
  };
}

/**
 * The chart a page shows of an indicator before anyone has chosen: lines where there is time, bars where there are
 * several areas at one moment, nothing where there is one number.
 */
export function indicatorChart(entry: IndicatorEntry, title: string, view: PlaceView): ChartState | null {
  const { indicator } = entry;
  const own = view.here.place.workspace.city.area;
  const head = headOf(entry, title, view);
  const drawn = datedSeries(entry);
  const moments = new Set(drawn.flatMap(({ dated }) => dated.map(periodOf)));
  const targeted = entry.targets.some(
    ({ period, unit: of }) => period !== 'undated' && of === indicator.unit,
  );
  if (drawn.some(({ dated }) => dated.length > 1) || (targeted && drawn.length > 0 && moments.size > 0)) {
    const series = drawn.slice(0, mostSeries).map(({ series, dated }, at): ChartSeries => {
      const focus = at === 0;
      return {
        name: seriesName(series, entry, view),
        role: focus ? 'focus' : at === 1 && drawn.length <= 4 ? 'comparison' : 'context',
        points: dated.map((key) => pointOf(view.here.figure(key), view)),
        targets: targetsOf(series, entry, view),
      };
    });
    return { ...head, kind: 'line', series };
  }
  if (drawn.length > 1 && moments.size === 1) {
    const rows = drawn.map(({ series, dated }) => {
      const [key] = dated;
      const point = key === undefined ? null : pointOf(view.here.figure(key), view);
      return {
        name: seriesName(series, entry, view),
        role: series.area === own ? ('focus' as const) : ('context' as const),
        value: point?.value ?? null,
        label: point?.label ?? '',
        status: point?.status ?? ('O' as const),
        ...(point?.reason === undefined ? {} : { reason: point.reason }),
      };
    });
    if (rows.some(({ value }) => value !== null)) return { ...head, kind: 'bar', rows };
  }
  return null;
}

/** Series with the values that have a date. */
function datedSeries(entry: IndicatorEntry) {
  return entry.series
    .map((series) => ({ series, dated: series.values.filter((key) => periodOf(key) !== 'undated') }))
    .filter(({ dated }) => dated.length > 0);
}

/** Every dated series of an indicator, for a reader to choose from; null when there is nothing to choose. */
export function indicatorSeries(entry: IndicatorEntry, title: string, view: PlaceView): LineChart | null {
  const drawn = datedSeries(entry);
  if (drawn.length === 0) return null;
  return {
    ...headOf(entry, title, view),
    kind: 'line',
    series: drawn.map(({ series, dated }) => ({
      name: seriesName(series, entry, view),
      role: 'context',
      points: dated.map((key) => pointOf(view.here.figure(key), view)),
      targets: targetsOf(series, entry, view),
    })),
  };
}

/** Texts of the explorer's controls. */
export function explorerWords({ t }: PlaceView): ExplorerWords {
  return {
    kind: t.chart,
    from: t.start,
    to: t.end,
    series: t.series,
    find: t.filter,
    kinds: {
      line: t.k_line,
      multiples: t.k_multiples,
      slope: t.k_slope,
      dumbbell: t.k_dumbbell,
      bar: t.k_bar,
    },
  };
}
