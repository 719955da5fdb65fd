import { ink, labelText, roleColour, tickText } from './ink.ts';
import { dot, line, spread } from './marks.ts';
import { linearScale, tickLabels } from './scale.ts';
import type { ScatterChart } from './state.ts';
import { cut, text, textWidth, wrap } from './text.ts';
import { words } from './words.ts';

/** Names are written beside dots up to this many; beyond, only those in colour are. */
const mostNames = 24;

/** One dot a place: its value of one indicator across, of the other up. Places without both stand in the table. */
export function drawScatter(
  state: ScatterChart,
  width: number,
): { readonly body: string; readonly height: number } {
  const told = words[state.language];
  const dots = state.dots.filter(({ x, y }) => x.value !== null && y.value !== null);
  if (dots.length === 0) return { body: text(told.noValues, 0, 24, { ...tickText, size: 14 }), height: 40 };
  const above = wrap(`↑ ${state.yName}`, width, 12);
  const height = Math.round(Math.min(480, Math.max(300, width * 0.6)));
  const [top, bottom] = [above.length * 16 + 14, height - 46];
  const up = linearScale(
    dots.map(({ y }) => Number(y.value)),
    [bottom, top],
    { zero: 'when-near', count: 5 },
  );
  const upTicks = tickLabels(up, state.language);
  const left = Math.ceil(Math.max(...upTicks.map((tick) => textWidth(tick, tickText.size)))) + 10;
  const right = width - 12;
  const across = linearScale(
    dots.map(({ x }) => Number(x.value)),
    [left, right],
    { zero: 'when-near', count: Math.max(2, Math.floor((right - left) / 90)) },
  );
  const acrossTicks = tickLabels(across, state.language);
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
  const order = { context: 0, comparison: 1, focus: 2 };
  const drawn = [...dots].sort((a, b) => order[a.role] - order[b.role]);
  const marks = drawn.map(({ name, role, x, y }) =>
    dot(
      across.at(Number(x.value)),
      up.at(Number(y.value)),
      role,
      y.status,
      `${name}${told.colon}${x.label}${told.comma}${y.label}`,
      role === 'context' ? 4 : 5,
    ),
  );
  const labelled = drawn.filter(({ role }) => role !== 'context' || drawn.length <= mostNames);
  const places = spread(
    labelled.map(({ y }) => up.at(Number(y.value))),
    13,
    top,
    bottom,
  );
  const labels = labelled.map(({ name, role, x }, at) => {
    const px = across.at(Number(x.value));
    const wide = textWidth(name, 11.5);
    const before = px + 8 + wide > width;
    return text(name, before ? px - 8 : px + 8, (places[at] ?? 0) + 4, {
      ...labelText,
      size: 11.5,
      anchor: before ? 'end' : 'start',
      class: `c-text-${role}`,
      fill: role === 'context' ? ink.quiet : roleColour(role),
      weight: role === 'context' ? 400 : 600,
    });
  });
  return { body: [...grid, ...marks, ...labels, ...names].join(''), height };
}
