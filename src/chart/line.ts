import { periodText } from '../language/index.ts';
import type { Language } from '../model/index.ts';
import { ink, labelText, roleColour, tickText } from './ink.ts';
import { breakMark, diamond, dot, isOpen, line, spread, whisker } from './marks.ts';
import { linearScale, logScale, periodPosition, type Scale, tickLabels, yearTicks } from './scale.ts';
import type { ChartPoint, ChartSeries, LineChart } from './state.ts';
import { element, escapeXml, length, polyline } from './svg.ts';
import { cut, text, textWidth } from './text.ts';
import { valueText, words } from './words.ts';

interface Placed {
  readonly point: ChartPoint;
  readonly x: number;
  /** Null for a missing value. */
  readonly y: number | null;
}

export interface Panel {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly y: Scale;
  readonly x: (position: number) => number;
}

interface Timed {
  readonly point: ChartPoint;
  readonly position: number;
}

/** Asked for several times for one drawing, and for each width. */
const timedKnown = new WeakMap<readonly ChartPoint[], readonly Timed[]>();

/** Points of a series that a time axis can show, in order of time. */
export function timed({ points }: ChartSeries): readonly Timed[] {
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
function intervalOf({ value, interval }: ChartPoint, { role }: ChartSeries): readonly number[] {
  if (value === null || interval === undefined || role === 'context') return [];
  return [Number(interval.low), Number(interval.high)];
}

/** Intervals of a series: a band where they follow one another in time, a stroke where one stands alone. */
function intervals(series: ChartSeries, placed: readonly Placed[], { y }: Panel, yearWidth: number): string {
  const runs: { readonly x: number; readonly low: number; readonly high: number }[][] = [[]];
  for (const { point, x } of placed) {
    const [low, high] = intervalOf(point, series);
    const last = runs.at(-1)?.at(-1);
    if (low === undefined || high === undefined) runs.push([]);
    else if (last !== undefined && x - last.x > yearWidth * 1.01)
      runs.push([{ x, low: y.at(low), high: y.at(high) }]);
    else runs.at(-1)?.push({ x, low: y.at(low), high: y.at(high) });
  }
  return runs
    .map((run) => {
      const [only] = run;
      if (only === undefined) return '';
      if (run.length === 1) return whisker(only.low, only.high, only.x, series.role, 'upright');
      const above = run.map(({ x, high }): [number, number] => [x, high]);
      const below = run.map(({ x, low }): [number, number] => [x, low]).reverse();
      return element('path', {
        d: `${polyline([...above, ...below])}Z`,
        class: `c-fill-${series.role} c-interval`,
        fill: roleColour(series.role),
        'fill-opacity': 0.16,
      });
    })
    .join('');
}

/** The marks of one series inside a panel: segments, gaps, breaks, dots, targets. */
export function seriesMarks(series: ChartSeries, panel: Panel, hatchId: string, language: Language): string {
  const labels = words[language];
  const placed: Placed[] = timed(series).map(({ point, position }) => ({
    point,
    x: panel.x(position),
    y: point.value === null ? null : panel.y.at(Number(point.value)),
  }));
  const yearWidth = panel.x(1) - panel.x(0);
  const colour = roleColour(series.role);
  const parts: string[] = [intervals(series, placed, panel, yearWidth)];
  for (const { point, x, y } of placed)
    if (y === null && series.role !== 'context') {
      const half = Math.min(yearWidth / 2, 16);
      parts.push(
        element(
          'rect',
          {
            x: x - half,
            y: panel.top,
            width: 2 * half,
            height: panel.bottom - panel.top,
            fill: `url(#${hatchId})`,
            opacity: 0.6,
          },
          element(
            'title',
            {},
            escapeXml(`${periodText(point.period, language)}${labels.colon}${valueText(point, language)}`),
          ),
        ),
      );
    }
  for (let at = 1; at < placed.length; at++) {
    const [from, to] = [placed[at - 1], placed[at]];
    if (from === undefined || to === undefined || from.y === null || to.y === null) continue;
    // Years without a record between two values: the stroke says that nothing was reported there.
    const gap = to.x - from.x > yearWidth * 1.01;
    const forecast = to.point.status === 'F';
    parts.push(
      element('path', {
        d: polyline([
          [from.x, from.y],
          [to.x, to.y],
        ]),
        class: `c-line c-stroke-${series.role}`,
        stroke: colour,
        'stroke-width': series.role === 'context' ? 1.5 : gap ? 1.5 : 2.25,
        'stroke-dasharray': forecast ? '6 4' : gap ? '1.5 4' : undefined,
        'stroke-linecap': 'round',
        fill: 'none',
      }),
    );
    if (to.point.status === 'B') parts.push(breakMark((from.x + to.x) / 2, (from.y + to.y) / 2));
  }
  const crowded = placed.length > 16 || (series.role === 'context' && placed.length > 4);
  placed.forEach(({ point, x, y }, at) => {
    if (y === null) return;
    const alone = placed[at - 1]?.y === undefined && placed[at + 1]?.y === undefined;
    const end = at === placed.length - 1 || at === 0;
    if (crowded && !alone && !end && !isOpen(point)) return;
    const tip = `${series.name}${labels.comma}${periodText(point.period, language)}${labels.colon}${valueText(point, language)}`;
    parts.push(dot(x, y, series.role, point, tip, series.role === 'context' ? 3 : 4));
  });
  for (const target of series.targets) {
    const position = periodPosition(target.period);
    const y = panel.y.at(Number(target.value));
    if (position === null)
      parts.push(
        line(panel.left, y, panel.right, y, 'axis', { 'stroke-dasharray': '4 3' }),
        text(cut(target.label, panel.right - panel.left, 12), panel.left + 4, y - 5, {
          ...tickText,
          halo: true,
        }),
      );
    else parts.push(diamond(panel.x(position), y, series.role, target.label));
  }
  return parts.join('');
}

/** A name and its value in so much room: the name is cut, never the value. */
function fitted(label: string, value: string, width: number): string {
  if (textWidth(label, labelText.size) <= width) return label;
  const name = label.slice(0, label.length - value.length).trimEnd();
  return `${cut(name, width - textWidth(` ${value}`, labelText.size), labelText.size)} ${value}`;
}

export function drawLine(
  state: LineChart,
  width: number,
  hatchId: string,
): { readonly body: string; readonly height: number } {
  const told = words[state.language];
  const { positions, values } = extent(state.series);
  if (values.length === 0 || positions.length === 0)
    return { body: text(told.noValues, 0, 24, { ...tickText, size: 14 }), height: 40 };
  const height = Math.round(Math.min(400, Math.max(220, width * 0.5)));
  const [top, bottom] = [18, height - 28];
  const scale =
    (state.axis === 'log' ? logScale(values, [bottom, top], 7) : null) ??
    linearScale(values, [bottom, top], { zero: 'when-near', count: 5 });
  const ticks = tickLabels(scale, state.language);
  const left = Math.ceil(Math.max(...ticks.map((tick) => textWidth(tick, tickText.size)))) + 10;

  const named = state.series.length > 1;
  const ends = state.series.flatMap((series) => {
    const last = timed(series)
      .filter(({ point }) => point.value !== null)
      .at(-1);
    if (last === undefined || (named && series.role === 'context' && state.series.length > 12)) return [];
    const label = named ? `${series.name} ${last.point.label}` : last.point.label;
    return [
      { series, label, said: last.point.label, position: last.position, value: Number(last.point.value) },
    ];
  });
  const room = width * (named ? 0.36 : 0.24);
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
  const panel: Panel = { left, right, top, bottom, y: scale, x };

  const grid = scale.ticks.map((value, at) => {
    const y = scale.at(value);
    const isZero = value === 0;
    return (
      line(left, y, right, y, isZero ? 'axis' : 'grid') +
      text(ticks[at] ?? '', left - 8, y + 4, { ...tickText, anchor: 'end' })
    );
  });
  const years = yearTicks(
    first,
    last,
    Math.max(2, Math.floor((right - left) / (state.language === 'zh' ? 52 : 48))),
  );
  const axis = years.map(
    (year) =>
      line(x(year), bottom, x(year), bottom + 5, 'axis') +
      text(String(year), x(year), bottom + 20, { ...tickText, anchor: 'middle' }),
  );
  const order = { context: 0, comparison: 1, focus: 2 };
  const drawn = [...state.series].sort((a, b) => order[a.role] - order[b.role]);
  const marks = drawn.map((series) => seriesMarks(series, panel, hatchId, state.language));

  const places = spread(
    ends.map(({ value }) => scale.at(value)),
    16,
    top + 2,
    bottom - 2,
  );
  const endLabels = ends.map(({ series, label, said, position, value }, at) => {
    const y = places[at] ?? 0;
    const px = x(position);
    const tx = named ? right + 8 : Math.min(px + 10, right + 8);
    const leader =
      named && (right - px > 20 || Math.abs(y - scale.at(value)) > 6)
        ? element('path', {
            d: `M${length(px + 6)},${length(scale.at(value))}L${length(right + 4)},${length(y)}`,
            class: 'c-grid',
            stroke: ink.rule,
            fill: 'none',
          })
        : '';
    return (
      leader +
      text(fitted(label, said, widest), tx, y + 4.5, {
        ...labelText,
        class: `c-text-${series.role}`,
        fill: series.role === 'context' ? ink.quiet : roleColour(series.role),
        weight: series.role === 'context' ? 400 : 600,
      })
    );
  });
  // Up to three lines also say where they began; the labels keep off the strokes and off one another.
  const begins = state.series.flatMap((series) => {
    const [begin, next] = timed(series).filter(({ point }) => point.value !== null);
    if (begin === undefined || next === undefined || state.series.length > 3 || state.starts === false)
      return [];
    const [y, later] = [scale.at(Number(begin.point.value)), scale.at(Number(next.point.value))];
    return [{ series, begin, y, wanted: later < y - 2 && y + 16 <= bottom - 4 ? y + 16 : y - 14 }];
  });
  // A label above its dot would stand on the dot of a line that begins just higher: it goes below.
  const apart = begins.map(({ wanted, y }, at) =>
    wanted < y && begins.some((other, index) => index !== at && other.y < y && y - other.y < 34)
      ? y + 16
      : wanted,
  );
  const beginPlaces = spread(apart, 16, top - 10, bottom - 4);
  const starts = begins.map(({ series, begin }, at) =>
    text(begin.point.label, x(begin.position) - 4, (beginPlaces[at] ?? 0) + 4.5, {
      ...labelText,
      class: `c-text-${series.role}`,
      fill: series.role === 'context' ? ink.quiet : roleColour(series.role),
      weight: series.role === 'context' ? 400 : 600,
    }),
  );
  const targets = state.series
    .filter(({ role }) => role !== 'context')
    .flatMap(({ targets, role }) =>
      targets.flatMap((target) => {
        const position = periodPosition(target.period);
        if (position === null) return [];
        const px = x(position);
        const size = 12;
        const wide = textWidth(target.label, size);
        const above = scale.at(Number(target.value)) > top + 24;
        const limit = named ? right : width - 2;
        const tx = Math.max(left + wide / 2, Math.min(px, limit - wide / 2));
        return text(target.label, tx, scale.at(Number(target.value)) + (above ? -12 : 22), {
          ...tickText,
          anchor: 'middle',
          class: `c-text-${role}`,
          halo: true,
        });
      }),
    );
  return {
    body: [...grid, ...axis, ...marks, ...endLabels, ...starts, ...targets].join(''),
    height,
  };
}
