import { byDepth, ink, labelText, roleColour, tickText } from './ink.ts';
import { dot, line, whisker } from './marks.ts';
import { Room } from './room.ts';
import { linearScale, tickLabels } from './scale.ts';
import type { ChartDot, ChartValue, ScatterChart } from './state.ts';
import { cut, text, textWidth, wrap } from './text.ts';
import { valueText, words } from './words.ts';

/** Names are written beside dots up to this many; beyond, only those in colour are. */
const mostNames = 24;

/** Where everything of a scatter chart stands, in px; null where there is nothing to draw. */
export function scatterLayout(state: ScatterChart, width: number) {
  const dots = state.dots.filter(({ x, y }) => x.value !== null && y.value !== null);
  if (dots.length === 0) return null;
  const above = wrap(`↑ ${state.yName}`, width, 12);
  const height = Math.round(Math.min(480, Math.max(300, width * 0.6)));
  const [top, bottom] = [above.length * 16 + 14, height - 46];
  const up = linearScale(
    dots.flatMap((dot) => ends(dot.y, dot.role)),
    [bottom, top],
    { zero: 'when-near', count: 5 },
  );
  const upTicks = tickLabels(up, state.language);
  const left = Math.ceil(Math.max(...upTicks.map((tick) => textWidth(tick, tickText.size)))) + 10;
  const right = width - 12;
  const across = linearScale(
    dots.flatMap((dot) => ends(dot.x, dot.role)),
    [left, right],
    { zero: 'when-near', count: Math.max(2, Math.floor((right - left) / 90)) },
  );
  const acrossTicks = tickLabels(across, state.language);
  return { dots, above, height, top, bottom, up, upTicks, left, right, across, acrossTicks };
}

/** One dot a place: its value of one indicator across, of the other up. Places without both stand in the table. */
export function drawScatter(
  state: ScatterChart,
  width: number,
): { readonly body: string; readonly height: number } {
  const told = words[state.language];
  const layout = scatterLayout(state, width);
  if (layout === null)
    return {
      body: text(state.xName === '' ? told.noAcross : told.noValues, 0, 24, { ...tickText, size: 14 }),
      height: 40,
    };
  const { dots, above, height, top, bottom, up, upTicks, left, right, across, acrossTicks } = layout;
  const grid = [
    ...up.ticks.map(
      (value, at) =>
        line(left, up.at(value), right, up.at(value), 'grid') +
        text(upTicks[at] ?? '', left - 8, up.at(value) + 4, { ...tickText, anchor: 'end' }),
    ),
    ...across.ticks.map((value, at) => {
      const half = textWidth(acrossTicks[at] ?? '', tickText.size) / 2;
      return (
        line(across.at(value), top, across.at(value), bottom, 'grid') +
        text(acrossTicks[at] ?? '', Math.min(across.at(value), width - half), bottom + 18, {
          ...tickText,
          anchor: 'middle',
        })
      );
    }),
  ];
  const names = [
    ...above.map((row, at) => text(row, 0, 12 + at * 16, tickText)),
    text(cut(`${state.xName} →`, width, 12), width, height - 6, { ...tickText, anchor: 'end' }),
  ];
  const drawn = [...dots].sort(byDepth);
  const marks = drawn.map(({ name, role, x, y }) =>
    dot(
      across.at(Number(x.value)),
      up.at(Number(y.value)),
      role,
      y,
      `${name}${told.colon}${valueText(x, state.language)}${told.comma}${valueText(y, state.language)}`,
      role === 'context' ? 4 : 5,
    ),
  );
  const whiskers = drawn.map(({ role, x, y }) => {
    if (role === 'context') return '';
    const [px, py] = [across.at(Number(x.value)), up.at(Number(y.value))];
    const { interval: wide } = x;
    const { interval: tall } = y;
    return (
      (tall === undefined
        ? ''
        : whisker(up.at(Number(tall.low)), up.at(Number(tall.high)), px, role, 'upright')) +
      (wide === undefined
        ? ''
        : whisker(across.at(Number(wide.low)), across.at(Number(wide.high)), py, role, 'along'))
    );
  });
  const labels = labelsOf(
    drawn,
    (value) => across.at(value),
    (value) => up.at(value),
    { width, top, bottom },
  );
  return { body: [...grid, ...whiskers, ...marks, ...labels, ...names].join(''), height };
}

/** The values that an axis must hold for a dot: its own, and of those in colour the ends of their interval. */
function ends({ value, interval }: ChartValue, role: ChartDot['role']): readonly number[] {
  const own = Number(value);
  return interval === undefined || role === 'context'
    ? [own]
    : [own, Number(interval.low), Number(interval.high)];
}

/** From where to where the stroke of a value's interval goes, in px. */
function reach({ value, interval }: ChartValue, at: (value: number) => number): readonly [number, number] {
  const ends = [interval?.low ?? value, interval?.high ?? value].map((each) => at(Number(each)));
  return [Math.min(...ends), Math.max(...ends)];
}

/** Names beside the dots, where they have room: those in colour first. A name that has none stands in the dot's own text and in the table. */
function labelsOf(
  drawn: readonly ChartDot[],
  across: (value: number) => number,
  up: (value: number) => number,
  { width, top, bottom }: { readonly width: number; readonly top: number; readonly bottom: number },
): readonly string[] {
  const room = new Room();
  for (const { role, x, y } of drawn) {
    const [px, py] = [across(Number(x.value)), up(Number(y.value))];
    room.hold({ left: px - 4, right: px + 4, top: py - 4, bottom: py + 4 });
    if (role === 'context') continue;
    const [west, east] = reach(x, across);
    const [north, south] = reach(y, up);
    room.hold({ left: west, right: east, top: py - 4, bottom: py + 4 });
    room.hold({ left: px - 4, right: px + 4, top: north, bottom: south });
  }
  const labelled = drawn.filter(({ role }) => role !== 'context' || drawn.length <= mostNames);
  return [...labelled].reverse().map(({ name, role, x, y }) => {
    const [px, py] = [across(Number(x.value)), up(Number(y.value))];
    const wide = textWidth(name, 11.5, role !== 'context');
    const at = (left: number, middle: number) => ({
      left,
      right: left + wide,
      top: middle - 6,
      bottom: middle + 6,
    });
    const [west, east] = role === 'context' ? [px, px] : reach(x, across);
    const boxes = [
      at(east + 8, py),
      at(west - 8 - wide, py),
      at(px + 4, py - 12),
      at(px + 4, py + 12),
      at(px - 4 - wide, py - 12),
      at(px - 4 - wide, py + 12),
    ].filter((box) => box.left >= 0 && box.right <= width && box.top >= top - 8 && box.bottom <= bottom + 2);
    const box = boxes[room.take(boxes)];
    if (box === undefined) return '';
    return text(name, box.left, box.top + 10, {
      ...labelText,
      size: 11.5,
      class: `c-text-${role}`,
      fill: role === 'context' ? ink.quiet : roleColour(role),
      weight: role === 'context' ? 400 : 600,
    });
  });
}
