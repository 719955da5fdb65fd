import { labelText, tickText } from './ink.ts';
import { spread } from './marks.ts';
import { linearScale, logScale, periodPosition, type Scale, tickLabels } from './scale.ts';
import type { ChartPoint, ChartSeries, LineChart } from './state.ts';
import { textWidth } from './text.ts';

/** Where lines are drawn: the edges in px, and both axes. */
export interface Panel {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly y: Scale;
  readonly x: (position: number) => number;
}

/** Where the axis of time begins and ends. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

interface Timed {
  readonly point: ChartPoint;
  readonly position: number;
}

/** The last value of a series, with the text that names it there and where that stands. */
export interface LineEnd {
  readonly series: ChartSeries;
  readonly label: string;
  readonly said: string;
  readonly position: number;
  readonly value: number;
  /** The middle of its text, moved off the others. */
  readonly place: number;
}

export interface LineLayout extends Panel, Span {
  readonly height: number;
  readonly ticks: readonly string[];
  /** Whether there are several lines, each with its name at its end. */
  readonly isNamed: boolean;
  /** The lines that are named at their ends: all where there is room, else those in colour and as many as fit. */
  readonly ends: readonly LineEnd[];
  /** Room for the names, in px. */
  readonly widest: number;
}

/** Grey lines are all named up to this many series; beyond, only where there is room. */
const mostNamed = 12;
/** From one name to the next, in px. */
const apart = { all: 16, crowded: 14 } as const;

/** Asked for several times for one drawing, and for each width. */
const timedKnown = new WeakMap<readonly ChartPoint[], readonly Timed[]>();

/** Points of a series that a time axis can show, in order of time. */
export function timed({ points }: Pick<ChartSeries, 'points'>): readonly Timed[] {
  const known = timedKnown.get(points);
  if (known !== undefined) return known;
  const made = points
    .flatMap((point) => {
      const position = periodPosition(point.period);
      return position === null ? [] : [{ point, position }];
    })
    .sort((a, b) => a.position - b.position);
  timedKnown.set(points, made);
  return made;
}

/** Positions and values that the axes of a set of series must hold. */
export function extent(series: readonly ChartSeries[]): {
  readonly positions: readonly number[];
  readonly values: readonly number[];
} {
  const positions = series.flatMap((each) => [
    ...timed(each).map(({ position }) => position),
    ...each.targets.flatMap(({ period }) => periodPosition(period) ?? []),
  ]);
  const values = series.flatMap((each) => [
    ...timed(each).flatMap(({ point }) => (point.value === null ? [] : [Number(point.value)])),
    ...timed(each).flatMap(({ point }) => intervalOf(point, each)),
    ...each.targets.map(({ value }) => Number(value)),
  ]);
  return { positions, values };
}

/** The ends of the interval that is drawn around a point: those of grey lines would cover one another. */
export function intervalOf({ value, interval }: ChartPoint, { role }: ChartSeries): readonly number[] {
  if (value === null || interval === undefined || role === 'context') return [];
  return [Number(interval.low), Number(interval.high)];
}

/** Where everything of a line chart stands, in px; null where there is nothing to draw. */
export function lineLayout(state: LineChart, width: number): LineLayout | null {
  const { positions, values } = extent(state.series);
  if (values.length === 0 || positions.length === 0) return null;
  const height = Math.round(Math.min(400, Math.max(220, width * 0.5)));
  const [top, bottom] = [18, height - 28];
  const y =
    (state.axis === 'log' ? logScale(values, [bottom, top], 7) : null) ??
    linearScale(values, [bottom, top], { zero: 'when-near', count: 5 });
  const ticks = tickLabels(y, state.language);
  const left = Math.ceil(Math.max(...ticks.map((tick) => textWidth(tick, tickText.size)))) + 10;
  const isNamed = state.series.length > 1;
  const ends = named(endsOf(state, isNamed), y, { top, bottom });
  const room = width * (isNamed ? 0.36 : 0.24);
  const widest = Math.max(
    24,
    ...ends.map(({ label }) => Math.min(room, textWidth(label, labelText.size, true))),
  );
  const right = width - Math.ceil(widest) - 14;
  let [first, last] = [Math.min(...positions), Math.max(...positions)];
  if (first === last) [first, last] = [first - 1, last + 1];
  const inset = 8;
  const x = (position: number): number =>
    left + inset + ((position - first) / (last - first)) * (right - left - 2 * inset);
  return { left, right, top, bottom, y, x, first, last, height, ticks, isNamed, ends, widest };
}

function endsOf({ series }: LineChart, isNamed: boolean): readonly Omit<LineEnd, 'place'>[] {
  return series.flatMap((each) => {
    const last = timed(each).findLast(({ point }) => point.value !== null);
    if (last === undefined) return [];
    const said = last.point.label;
    const label = isNamed ? `${each.name} ${said}` : said;
    return [{ series: each, label, said, position: last.position, value: Number(last.point.value) }];
  });
}

/**
 * The ends that get a name. Of many grey lines it is the highest, the lowest, and then always the one that stands farthest from those
 * named, as long as its name has room at the line's own height: so a crowd is named from top to bottom.
 */
function named(
  ends: readonly Omit<LineEnd, 'place'>[],
  y: Scale,
  { top, bottom }: Pick<Panel, 'top' | 'bottom'>,
): readonly LineEnd[] {
  const isCrowded = ends.length > mostNamed;
  const sure = isCrowded ? ends.filter(({ series }) => series.role !== 'context') : ends;
  const places = spread(
    sure.map(({ value }) => y.at(value)),
    apart.all,
    top + 2,
    bottom - 2,
  );
  const placed = sure.map((end, at): LineEnd => ({ ...end, place: places[at] ?? 0 }));
  if (!isCrowded) return placed;
  const latest = Math.max(...ends.map(({ position }) => position));
  const waiting = ends
    .filter(({ series, position }) => series.role === 'context' && position === latest)
    .map((end): LineEnd => ({ ...end, place: y.at(end.value) }))
    .sort((a, b) => a.place - b.place);
  const free = (end: LineEnd): number => Math.min(...placed.map(({ place }) => Math.abs(place - end.place)));
  const take = (end: LineEnd | undefined): boolean => {
    if (end === undefined || free(end) < apart.crowded) return false;
    placed.push(end);
    return true;
  };
  take(waiting[0]);
  take(waiting.at(-1));
  const farthest = (): LineEnd | undefined =>
    waiting.reduce<LineEnd | undefined>(
      (best, end) => (best === undefined || free(end) > free(best) ? end : best),
      undefined,
    );
  while (take(farthest()));
  return placed;
}
