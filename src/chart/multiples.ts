import { ink, labelText, tickText } from './ink.ts';
import { extent, timed } from './line-layout.ts';
import { line } from './marks.ts';
import { linearScale, tickLabel } from './scale.ts';
import { seriesMarks } from './series-marks.ts';
import type { MultiplesChart } from './state.ts';
import { cut, text, textWidth } from './text.ts';
import { words } from './words.ts';

/** One panel a series, all on the same two axes, so that heights compare across panels. */
export function drawMultiples(
  state: MultiplesChart,
  width: number,
  hatchId: string,
): { readonly body: string; readonly height: number } {
  const told = words[state.language];
  const { positions, values } = extent(state.panels);
  if (values.length === 0 || positions.length === 0)
    return { body: text(told.noValues, 0, 24, { ...tickText, size: 14 }), height: 40 };
  const gap = 20;
  const columns = Math.max(1, Math.min(state.panels.length, Math.floor((width + gap) / (150 + gap))));
  const cell = (width - gap * (columns - 1)) / columns;
  const cellHeight = 132;
  let [first, last] = [Math.min(...positions), Math.max(...positions)];
  if (first === last) [first, last] = [first - 1, last + 1];
  const parts = state.panels.map((series, at) => {
    const left = (at % columns) * (cell + gap);
    const top = Math.floor(at / columns) * (cellHeight + 24) + 24;
    const bottom = top + cellHeight - 40;
    const scale = linearScale(values, [bottom, top + 6], { zero: 'when-near', count: 3 });
    const ends = scale.ticks.filter((_, index) => index === 0 || index === scale.ticks.length - 1);
    const gutter = Math.max(...ends.map((value) => textWidth(tickLabel(value, scale, state.language), 11)));
    const [inner, right] = [left + gutter + 8, left + cell - 8];
    const x = (position: number): number =>
      inner + 5 + ((position - first) / (last - first)) * (right - inner - 10);
    const grid = scale.ticks.map((value) => {
      const y = scale.at(value);
      return (
        line(inner, y, left + cell, y, value === 0 ? 'axis' : 'grid') +
        (ends.includes(value)
          ? text(tickLabel(value, scale, state.language), inner - 6, y + 4, {
              ...tickText,
              size: 11,
              anchor: 'end',
            })
          : '')
      );
    });
    const years =
      text(String(Math.round(first)), x(first), bottom + 15, { ...tickText, size: 11 }) +
      text(String(Math.round(last)), x(last), bottom + 15, { ...tickText, size: 11, anchor: 'end' });
    const latest = timed(series)
      .filter(({ point }) => point.value !== null)
      .at(-1);
    const value = latest === undefined ? told.missing : latest.point.label;
    const valueWidth = textWidth(value, 13, true);
    const heading =
      text(cut(series.name, cell - valueWidth - 10, labelText.size), left, top - 8, {
        ...labelText,
        halo: false,
        weight: 600,
      }) +
      text(value, left + cell, top - 8, {
        ...labelText,
        halo: false,
        anchor: 'end',
        class: latest === undefined ? 'c-tick' : 'c-text-focus',
        fill: latest === undefined ? ink.quiet : ink.focus,
      });
    const panel = { left: inner, right, top, bottom, y: scale, x };
    return heading + grid.join('') + years + seriesMarks(series, panel, hatchId, state.language);
  });
  const rows = Math.ceil(state.panels.length / columns);
  return { body: parts.join(''), height: rows * (cellHeight + 24) };
}
