import { ink, labelText, tickText } from './ink.ts';
import { diamond, dot, line, spread } from './marks.ts';
import { linearScale, periodPosition, type Scale, tickLabel, yearTicks } from './scale.ts';
import type { ChartPoint, ProjectionBand, ProjectionChart, ProjectionStyle } from './state.ts';
import { element, escapeXml, length, polyline } from './svg.ts';
import { cut, text, textWidth } from './text.ts';
import { words } from './words.ts';

interface Stroke {
  readonly colour: string;
  /** The last part of the class by which a style sheet restates the colour. */
  readonly role: 'focus' | 'comparison' | 'fourth' | 'ink' | 'quiet';
  readonly width: number;
  /** Told apart by dash as well as by colour: they stay apart in greyscale. */
  readonly dash: string;
}

const strokes: Readonly<Record<ProjectionStyle, Stroke>> = {
  baseline: { colour: ink.quiet, role: 'quiet', width: 1.75, dash: '2 3' },
  a: { colour: ink.focus, role: 'focus', width: 2.5, dash: '8 3' },
  b: { colour: ink.comparison, role: 'comparison', width: 2.25, dash: '4 3' },
  c: { colour: ink.ink, role: 'ink', width: 1.75, dash: '10 3 2 3' },
  d: { colour: ink.fourth, role: 'fourth', width: 2, dash: '6 2 2 2 2 2' },
  required: { colour: ink.comparison, role: 'comparison', width: 1.75, dash: '1 3' },
};

/** The least distance between two labels at the ends of lines. */
const labelGap = 15;

interface Frame {
  readonly x: (position: number) => number;
  readonly y: Scale;
}

/** Observed, required and projected values over time. The frame depends on `hold`, `longest` and the periods alone. */
export function drawProjection(
  state: ProjectionChart,
  width: number,
): { readonly body: string; readonly height: number } {
  const told = words[state.language];
  const points = [...state.observed, ...state.lines.flatMap((one) => one.points)];
  const values = [
    ...points.flatMap(({ value }) => (value === null ? [] : [Number(value)])),
    ...state.targets.map(({ value }) => Number(value)),
    ...(state.band?.percentiles.flatMap((one) => one.values.map(Number)) ?? []),
  ].filter(Number.isFinite);
  const positions = [
    ...points.map(({ period }) => period),
    ...(state.band?.periods ?? []),
    ...state.targets.map(({ period }) => period),
  ].flatMap((period) => periodPosition(period) ?? []);
  if (values.length === 0 || positions.length === 0)
    return { body: text(told.noValues, 0, 24, { ...tickText, size: 14 }), height: 40 };
  const height = Math.round(Math.min(360, Math.max(210, width * 0.56)));
  const [top, bottom] = [16, height - 26];
  const scale = linearScale([...values, ...state.hold], [bottom, top], { zero: 'when-near', count: 4 });
  const ticks = scale.ticks.map((value) => tickLabel(value, scale, state.language));
  const left = Math.ceil(Math.max(...ticks.map((tick) => textWidth(tick, tickText.size)))) + 10;
  const room = Math.min(width * 0.34, textWidth(state.longest, labelText.size, true) + 4);
  const right = width - Math.ceil(room) - 12;
  let [first, last] = [Math.min(...positions), Math.max(...positions)];
  if (first === last) [first, last] = [first - 1, last + 1];
  const frame: Frame = {
    y: scale,
    x: (position) => left + 6 + ((position - first) / (last - first)) * (right - left - 12),
  };
  const grid = scale.ticks.map((value, at) => {
    const y = scale.at(value);
    return (
      line(left, y, right, y, value === 0 ? 'axis' : 'grid') +
      text(ticks[at] ?? '', left - 8, y + 4, { ...tickText, anchor: 'end' })
    );
  });
  const axis = yearTicks(first, last, Math.max(2, Math.floor((right - left) / 52))).map(
    (year) =>
      line(frame.x(year), bottom, frame.x(year), bottom + 5, 'axis') +
      text(String(year), frame.x(year), bottom + 19, { ...tickText, anchor: 'middle' }),
  );
  const order: readonly ProjectionStyle[] = ['required', 'baseline', 'd', 'c', 'b', 'a'];
  const drawn = [...state.lines].sort((one, other) => order.indexOf(one.style) - order.indexOf(other.style));
  return {
    body: [
      ...grid,
      ...axis,
      state.band === undefined ? '' : fan(state.band, frame),
      ...drawn.map(({ points, style, name }) => stroke(points, style, name, frame)),
      observed(state, frame, told),
      ...endLabels(state, frame, { right, room, top, bottom }),
      ...targetMarks(state.targets, frame, { left, right, bottom }),
    ].join(''),
    height,
  };
}

function placed(points: readonly ChartPoint[], { x, y }: Frame): (readonly [number, number])[] {
  return points.flatMap(({ period, value }) => {
    const position = periodPosition(period);
    return position === null || value === null ? [] : [[x(position), y.at(Number(value))] as const];
  });
}

function stroke(points: readonly ChartPoint[], style: ProjectionStyle, name: string, frame: Frame): string {
  const { colour, role, width, dash } = strokes[style];
  return element(
    'path',
    {
      d: polyline(placed(points, frame)),
      class: `c-line c-stroke-${role}`,
      stroke: colour,
      'stroke-width': width,
      'stroke-dasharray': dash,
      fill: 'none',
    },
    element('title', {}, escapeXml(name)),
  );
}

/** Two shades around the middle: 5 to 95 and 25 to 75, with the median as a thin line. */
function fan({ periods, percentiles }: ProjectionBand, frame: Frame): string {
  const at = (values: readonly string[] | undefined) =>
    placed(
      periods.map((period, i) => ({ period, value: values?.[i] ?? null, label: '', status: 'F' })),
      frame,
    );
  const [p5, p25, p50, p75, p95] = percentiles.map(({ values }) => at(values));
  const area = (low = [] as typeof p5, high = [] as typeof p5, opacity: number) =>
    element('path', {
      d: `${polyline([...(low ?? []), ...[...(high ?? [])].reverse()])}Z`,
      class: 'c-band',
      fill: ink.focus,
      'fill-opacity': opacity,
    });
  return (
    area(p5, p95, 0.13) +
    area(p25, p75, 0.2) +
    element('path', {
      d: polyline(p50 ?? []),
      class: 'c-line c-stroke-focus',
      stroke: ink.focus,
      'stroke-width': 1,
      fill: 'none',
    })
  );
}

/** Measured values: solid dots on a solid line, the only solid things in the chart. */
function observed(state: ProjectionChart, frame: Frame, told: { readonly colon: string }): string {
  const path = placed(state.observed, frame);
  const joined =
    path.length < 2
      ? ''
      : element('path', {
          d: polyline(path),
          class: 'c-line c-stroke-ink',
          stroke: ink.ink,
          'stroke-width': 2,
          fill: 'none',
        });
  return (
    joined +
    state.observed
      .flatMap((point) => {
        const [at] = placed([point], frame);
        const tip = `${state.observedName} ${point.period}${told.colon}${point.label}`;
        return at === undefined ? [] : [dot(at[0], at[1], 'ink', point, tip)];
      })
      .join('')
  );
}

function endLabels(
  state: ProjectionChart,
  frame: Frame,
  {
    right,
    room,
    top,
    bottom,
  }: { readonly right: number; readonly room: number; readonly top: number; readonly bottom: number },
): string[] {
  const ends = state.lines.flatMap(({ style, mark, points }) => {
    const last = points.filter(({ value }) => value !== null).at(-1);
    const [at] = last === undefined ? [] : placed([last], frame);
    if (last === undefined || at === undefined || style === 'required') return [];
    return [{ style, at, text: mark === '' ? last.label : `${mark} ${last.label}` }];
  });
  const places = spread(
    ends.map(({ at }) => at[1]),
    labelGap,
    top + 2,
    bottom - 2,
  );
  return ends.map(({ style, at, text: label }, i) => {
    const { colour, role } = strokes[style];
    const y = places[i] ?? 0;
    const leader =
      Math.abs(y - at[1]) > 6 || right - at[0] > 20
        ? element('path', {
            d: `M${length(at[0] + 3)},${length(at[1])}L${length(right + 5)},${length(y)}`,
            class: 'c-grid',
            stroke: ink.rule,
            fill: 'none',
          })
        : '';
    return (
      leader +
      text(cut(label, room, labelText.size), right + 8, y + 4.5, {
        ...labelText,
        class: style === 'baseline' ? 'c-tick' : `c-text-${role}`,
        fill: style === 'baseline' ? ink.quiet : colour,
        weight: style === 'baseline' ? 400 : 600,
      })
    );
  });
}

/** The words of a target keep clear of the other targets and their words: above it, below it, beside it, or a line further off. */
function targetMarks(
  targets: ProjectionChart['targets'],
  frame: Frame,
  { left, right, bottom }: { readonly left: number; readonly right: number; readonly bottom: number },
): string[] {
  const marks = targets.flatMap((target) => {
    const position = periodPosition(target.period);
    return position === null
      ? []
      : [{ label: target.label, x: frame.x(position), y: frame.y.at(Number(target.value)) }];
  });
  const taken = marks.map(({ x, y }) => ({ x, y, wide: 14, high: 14 }));
  return marks.map(({ label, x, y }) => {
    const wide = textWidth(label, tickText.size);
    const within = (at: number): number => Math.max(left + wide / 2 + 2, Math.min(at, right - wide / 2));
    const aside = wide / 2 + 11;
    const places = (
      [
        [0, -11],
        [0, 21],
        [-aside, 4],
        [aside, 4],
        [0, -26],
        [0, 36],
        [-aside, -11],
        [-aside, 21],
        [aside, -11],
        [aside, 21],
        [0, -41],
        [0, 51],
        [0, -56],
        [-aside, -26],
        [aside, -26],
      ] as const
    )
      .map(([across, down]) => ({ x: within(x + across), base: y + down }))
      .filter(({ base }) => base > 9 && base < bottom - 2);
    const boxOf = (place: { readonly x: number; readonly base: number }) => ({
      x: place.x,
      y: place.base - 4,
      wide: wide + 4,
      high: 12,
    });
    const place = places.find((each) => {
      const box = boxOf(each);
      return taken.every(
        (other) =>
          Math.abs(other.x - box.x) * 2 >= other.wide + box.wide ||
          Math.abs(other.y - box.y) * 2 >= other.high + box.high,
      );
    }) ??
      places[0] ?? { x: within(x), base: y - 11 };
    taken.push(boxOf(place));
    return (
      diamond(x, y, 'comparison', label) +
      text(label, place.x, place.base, {
        ...tickText,
        anchor: 'middle',
        class: 'c-text-comparison',
        halo: true,
      })
    );
  });
}
