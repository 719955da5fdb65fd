import { byDepth, ink, labelText, roleColour, tickText } from './ink.ts';
import { lineLayout, timed } from './line-layout.ts';
import { line, spread } from './marks.ts';
import { periodPosition, timeTicks } from './scale.ts';
import { seriesMarks } from './series-marks.ts';
import type { LineChart } from './state.ts';
import { element, length } from './svg.ts';
import { cut, text, textWidth } from './text.ts';
import { words } from './words.ts';

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
  const layout = lineLayout(state, width);
  if (layout === null)
    return { body: text(words[state.language].noValues, 0, 24, { ...tickText, size: 14 }), height: 40 };
  const { left, right, top, bottom, y: scale, x, first, last, height, ticks, isNamed, ends, widest } = layout;

  const grid = scale.ticks.map((value, at) => {
    const y = scale.at(value);
    const isZero = value === 0;
    return (
      line(left, y, right, y, isZero ? 'axis' : 'grid') +
      text(ticks[at] ?? '', left - 8, y + 4, { ...tickText, anchor: 'end' })
    );
  });
  const times = timeTicks(
    { first, last },
    state.series.flatMap((each) => timed(each).map(({ position }) => position)),
    right - left,
    state.language,
  );
  const axis = times.map(
    ({ position, label }) =>
      line(x(position), bottom, x(position), bottom + 5, 'axis') +
      text(label, x(position), bottom + 20, { ...tickText, anchor: 'middle' }),
  );
  const marks = [...state.series]
    .sort(byDepth)
    .map((series) => seriesMarks(series, layout, hatchId, state.language));
  const endLabels = ends.map(({ series, label, said, position, value, place: y }) => {
    const px = x(position);
    const tx = isNamed ? right + 8 : Math.min(px + 10, right + 8);
    const leader =
      isNamed && (right - px > 20 || Math.abs(y - scale.at(value)) > 6)
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
        const limit = isNamed ? right : width - 2;
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
