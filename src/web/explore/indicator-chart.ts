import type { ChartPoint, ChartTarget, Rings } from '../../chart/index.ts';
import { comma, formatNumber, formatValue, periodText, unitHead } from '../../language/index.ts';
import { type BoundaryGeometry, breakdownKey, type Figure, type Target } from '../../model/index.ts';
import { type IndicatorEntry, periodOf, type Series } from '../catalogue.ts';
import { citedIn } from '../cite.ts';
import { completenessText } from '../parts/completeness.tsx';
import { breakdownName } from '../parts/figure.tsx';
import { areaName, named, type PlaceView, sourceLink } from '../view.ts';
import { fill } from '../words.ts';
import type { Explored, ExploredSeries, MapBase } from './explored.ts';

/** Series drawn before a reader chooses: more lines than this tell nothing. */
const mostSeries = 12;
/** Other indicators offered for a scatter. */
const mostOthers = 200;

/** What a series is called beside the others: its area, its group, or both. */
export function seriesName(series: Series, entry: IndicatorEntry, view: PlaceView): string {
  const group = breakdownName(series.breakdown, view);
  const first = entry.series[0]?.area;
  const manyAreas = entry.series.some(({ area }) => area !== first);
  if (group === '') return areaName(view, series.area);
  if (!manyAreas) return group;
  return view.language === 'zh'
    ? `${areaName(view, series.area)}（${group}）`
    : `${areaName(view, series.area)}, ${group}`;
}

/** The figures of the ends between which a figure's source says that it lies; null where there are none. */
export function intervalOf(
  { key, value }: Figure,
  { indicator: { interval } }: IndicatorEntry,
  { here }: PlaceView,
): { readonly lower: Figure; readonly upper: Figure } | null {
  if (interval === undefined || value === null) return null;
  const lower = here.figure({ ...key, indicator: interval.lower });
  const upper = here.figure({ ...key, indicator: interval.upper });
  return lower.value === null || upper.value === null ? null : { lower, upper };
}

/** A figure as a point of a chart. */
function pointOf(figure: Figure, entry: IndicatorEntry, view: PlaceView): ChartPoint {
  const { value, unit, decimals, qualifier, status, missing, completeness } = figure;
  const ends = intervalOf(figure, entry, view);
  const [low, high] = [ends?.lower.value ?? null, ends?.upper.value ?? null];
  const isPart = completeness !== null && completeness.present < completeness.expected;
  return {
    period: periodOf(figure.key),
    value,
    label: value === null ? view.t.noValue : shortValue({ value, unit, decimals, qualifier }, view),
    status,
    ...(missing === null ? {} : { reason: named(missing, view) }),
    ...(ends === null || low === null || high === null
      ? {}
      : {
          interval: {
            low,
            high,
            label: `${formatNumber(low, { language: view.language, decimals: ends.lower.decimals })}–${formatNumber(high, { language: view.language, decimals: ends.upper.decimals })}`,
          },
        }),
    ...(isPart && value !== null
      ? {
          remark:
            completeness.of === undefined
              ? fill(view.t.partOfAreas, { present: completeness.present, expected: completeness.expected })
              : completenessText(completeness, view),
        }
      : {}),
  };
}

/** A value without its unit where the subtitle tells it; large numbers keep their million or 万. */
function shortValue(
  shown: Pick<Figure, 'unit' | 'decimals' | 'qualifier'> & { readonly value: string },
  { language }: PlaceView,
): string {
  if (shown.unit === '%' || shown.unit === '{rank}' || Math.abs(Number(shown.value)) >= 100_000)
    return formatValue(shown, language).replace(
      language === 'zh'
        ? /^([^\d]*[\d.,]+(?:万亿|亿|万)).*$/
        : /^(.*?[\d.,]+\s(?:million|billion|trillion))\s.*$/,
      '$1',
    );
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
function headOf(
  entry: IndicatorEntry,
  title: string,
  view: PlaceView,
): Pick<Explored, 'language' | 'title' | 'subtitle' | 'source' | 'unit'> {
  const { indicator } = entry;
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
      .join(comma(view.language)),
    source: citedIn(entry, view)
      .map((id) => sourceLink(view, id).name)
      .join(view.language === 'zh' ? '；' : '; '),
    unit,
  };
}

/** Series with the values that have a date. */
function datedSeries(entry: IndicatorEntry): readonly Series[] {
  return entry.series.filter(({ periods }) => periods.some((period) => period !== 'undated'));
}

/** `310000`, or `310000:sex=F` for a group. */
export function seriesId({ area, breakdown }: Series): string {
  const group = breakdownKey(breakdown);
  return group === '' ? area : `${area}:${group}`;
}

/** Every dated series of an indicator, for a reader to choose from; null when there is nothing to draw. */
export function exploredOf(entry: IndicatorEntry, title: string, view: PlaceView): Explored | null {
  const drawn = datedSeries(entry);
  if (drawn.length === 0) return null;
  const series = drawn.map(
    (series): ExploredSeries => ({
      id: seriesId(series),
      area: series.area,
      group: breakdownKey(series.breakdown),
      name: seriesName(series, entry, view),
      place: areaName(view, series.area),
      role: 'context',
      points: view.here
        .figuresOf(series)
        .filter(({ key }) => periodOf(key) !== 'undated')
        .map((figure) => pointOf(figure, entry, view)),
      targets: targetsOf(series, entry, view),
    }),
  );
  return {
    ...headOf(entry, title, view),
    id: entry.indicator.id,
    name: named(entry.indicator.name, view),
    series,
    groups: groupsOf(drawn, view),
    ...intervalName(series, entry, view),
    first: shownFirst(series, view),
    apart: isApart(series, view),
    map: mapBase(series, view),
    others: othersOf(entry, view),
  };
}

/**
 * The series a reader sees first: all when they are few. Of many: the place's own, and of the areas the highest and the
 * lowest at the last moment, between which all the others lie; where there are no other areas, the whole and the groups with most
 * values.
 */
function shownFirst(series: readonly ExploredSeries[], view: PlaceView): readonly string[] {
  if (series.length <= mostSeries) return series.map(({ id }) => id);
  const own = view.here.place.workspace.city.area;
  const totals = series.filter(({ id, area }) => id === area && area !== own);
  const chosen = new Set([series[0]?.id ?? '']);
  if (totals.length === 0) {
    const count = ({ points }: ExploredSeries): number => points.filter(({ value }) => value !== null).length;
    const full = [...series].sort((a, b) => count(b) - count(a));
    if (series[0] !== undefined && count(series[0]) === 0) chosen.clear();
    for (const { id } of full) if (chosen.size < mostSeries) chosen.add(id);
  } else {
    const last = totals
      .flatMap(({ points }) => points.filter(({ value }) => value !== null))
      .map(({ period }) => period);
    const period = last.sort().at(-1) ?? '';
    const ranked = totals
      .flatMap(({ id, points }) => {
        const value = points.find((point) => point.period === period)?.value ?? null;
        return value === null ? [] : [{ id, value: Number(value) }];
      })
      .sort((a, b) => b.value - a.value);
    for (const { id } of [...ranked.slice(0, 3), ...ranked.slice(-3)]) chosen.add(id);
  }
  return series.map(({ id }) => id).filter((id) => chosen.has(id));
}

/** How many times the highest of the areas the place's own value must be, for them to be flat lines beside it. */
const farAbove = 2.5;

/** Whether the place's own newest value stands far above those of its areas, as a sum over many does. */
function isApart([first, ...rest]: readonly ExploredSeries[], view: PlaceView): boolean {
  if (first === undefined || first.area !== view.here.place.workspace.city.area) return false;
  const areas = rest.filter(({ area, group }) => area !== first.area && group === first.group);
  const newest = ({ points }: ExploredSeries): number =>
    Number(points.findLast(({ value }) => value !== null)?.value ?? 0);
  const highest = Math.max(0, ...areas.map(newest));
  return areas.length > 1 && highest > 0 && newest(first) > farAbove * highest;
}

/** The groups of some series, the whole first. */
function groupsOf(among: readonly Series[], view: PlaceView): Explored['groups'] {
  const names = new Map<string, string>();
  for (const { breakdown } of among) {
    const name = breakdownName(breakdown, view);
    names.set(breakdownKey(breakdown), name === '' ? view.t.whole : name);
  }
  return [...names]
    .map(([id, name]) => ({ id, name }))
    .sort((a, b) => Number(a.id !== '') - Number(b.id !== ''));
}

function intervalName(
  series: readonly ExploredSeries[],
  { indicator }: IndicatorEntry,
  { t }: PlaceView,
): Pick<Explored, 'interval'> {
  if (!series.some(({ points }) => points.some(({ interval }) => interval !== undefined))) return {};
  const level = indicator.interval?.level;
  return { interval: level === undefined ? t.interval : fill(t.intervalOf, { level }) };
}

/** The city's boundaries, the layer that shows most; else its tiles. Null when fewer than two areas on it have a series. */
function mapBase(series: readonly ExploredSeries[], view: PlaceView): MapBase | null {
  const { boundaries = [], city } = view.here.place.workspace;
  const areas = new Set(series.map(({ area }) => area));
  const shownOn = (on: readonly { readonly area: string }[]): number =>
    on.filter(({ area }) => areas.has(area)).length;
  const [layer] = [...boundaries].sort((a, b) => shownOn(b.features) - shownOn(a.features));
  if (layer !== undefined && shownOn(layer.features) > 1)
    return {
      kind: 'regions',
      regions: layer.features.flatMap(({ area, geometry }) =>
        geometry.type === 'Point'
          ? []
          : [
              {
                area,
                name: areaName(view, area),
                polygons: ringsOf(geometry),
              },
            ],
      ),
    };
  const { tiles = [] } = city;
  if (shownOn(tiles) < 2) return null;
  return {
    kind: 'tiles',
    tiles: tiles.map(({ area, column, row }) => ({ area, name: areaName(view, area), column, row })),
  };
}

/** Rings without heights, to five decimals: a metre on the ground, far below a pixel of any chart of a city. */
export function ringsOf(geometry: Exclude<BoundaryGeometry, { readonly type: 'Point' }>): readonly Rings[] {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((rings) =>
    rings.map((ring) =>
      ring.map(
        ([longitude, latitude]) => [Number(longitude.toFixed(5)), Number(latitude.toFixed(5))] as const,
      ),
    ),
  );
}

const idsOf = new WeakMap<IndicatorEntry, ReadonlySet<string>>();

/** Indicators with values for at least three of the same areas or groups: fewer dots say nothing. */
function othersOf(entry: IndicatorEntry, view: PlaceView): Explored['others'] {
  const own = idSet(entry);
  if (own.size < 3) return [];
  const found: { id: string; name: string }[] = [];
  for (const other of view.here.listed) {
    if (other === entry || other.series.length < 3) continue;
    let shared = 0;
    for (const id of idSet(other)) {
      if (own.has(id)) shared += 1;
      if (shared === 3) break;
    }
    if (shared === 3) found.push({ id: other.indicator.id, name: named(other.indicator.name, view) });
    if (found.length >= mostOthers) break;
  }
  return found;
}

function idSet(entry: IndicatorEntry): ReadonlySet<string> {
  const known = idsOf.get(entry);
  if (known !== undefined) return known;
  const made = new Set(datedSeries(entry).map(seriesId));
  idsOf.set(entry, made);
  return made;
}

/** One number without a target is said, not drawn. */
export function isWorthDrawing({ series }: Explored): boolean {
  const present = series.flatMap(({ points }) => points.filter(({ value }) => value !== null));
  const hasTarget = series.some(({ targets }) => targets.some(({ period }) => period !== 'undated'));
  return present.length > 1 || (present.length === 1 && hasTarget);
}
