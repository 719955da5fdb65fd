import { periodText } from '../language/index.ts';
import { ink, labelText, roleColour, tickText } from './ink.ts';
import { dot, line, spread, whisker } from './marks.ts';
import { linearScale } from './scale.ts';
import type { SlopeChart } from './state.ts';
import { element, polyline } from './svg.ts';
import { cut, text, textWidth } from './text.ts';
import { valueText, words } from './words.ts';

/** Where everything of a slope chart stands, in px; null where there is nothing to draw. */
export function slopeLayout(state: SlopeChart, width: number) {
  const pairs = state.pairs.filter(({ from, to }) => from.value !== null && to.value !== null);
  if (pairs.length === 0) return null;
  const height = Math.round(Math.max(240, Math.min(520, 90 + pairs.length * 30)));
  const [top, bottom] = [34, height - 12];
  const scale = linearScale(
    pairs.flatMap(({ from, to, role }) =>
      [from, to].flatMap(({ value, interval }) => [
        Number(value),
        ...(interval === undefined || role === 'context'
          ? []
          : [Number(interval.low), Number(interval.high)]),
      ]),
    ),
    [bottom, top],
    { zero: 'when-near', count: 4 },
  );
  const leftLabels = pairs.map(({ from }) => from.label);
  const rightLabels = pairs.map(({ name, to }) => (pairs.length > 1 ? `${to.label}  ${name}` : to.label));
  const left = Math.ceil(Math.max(...leftLabels.map((each) => textWidth(each, labelText.size, true)))) + 14;
  const rightRoom = Math.min(
    width * 0.5,
    Math.max(...rightLabels.map((each) => textWidth(each, labelText.size, true))) + 16,
  );
  const right = width - Math.ceil(rightRoom);
  return { pairs, height, top, bottom, scale, leftLabels, rightLabels, left, right, rightRoom };
}

/** Two moments side by side: one line a row, names and values at both ends. Rows without both values stay out and are named in the table. */
export function drawSlope(
  state: SlopeChart,
  width: number,
): { readonly body: string; readonly height: number } {
  const told = words[state.language];
  const layout = slopeLayout(state, width);
  if (layout === null) return { body: text(told.noValues, 0, 24, { ...tickText, size: 14 }), height: 40 };
  const { pairs, height, top, bottom, scale, leftLabels, rightLabels, left, right, rightRoom } = layout;
  const leftPlaces = spread(
    pairs.map(({ from }) => scale.at(Number(from.value))),
    16,
    top,
    bottom,
  );
  const rightPlaces = spread(
    pairs.map(({ to }) => scale.at(Number(to.value))),
    16,
    top,
    bottom,
  );
  const [began, stands] = [state.from, state.to].map((period) => periodText(period, state.language));
  const axes = [left, right].map((x, at) => {
    return (
      line(x, top - 8, x, bottom, 'grid') +
      text((at === 0 ? began : stands) ?? '', x, 16, { ...tickText, anchor: 'middle', weight: 600 })
    );
  });
  const rows = pairs.map(({ name, role, from, to }, at) => {
    const [y1, y2] = [scale.at(Number(from.value)), scale.at(Number(to.value))];
    const style = {
      ...labelText,
      class: `c-text-${role}`,
      fill: role === 'context' ? ink.quiet : roleColour(role),
      weight: role === 'context' ? 400 : 600,
    };
    return (
      element('path', {
        d: polyline([
          [left, y1],
          [right, y2],
        ]),
        class: `c-line c-stroke-${role}`,
        stroke: roleColour(role),
        'stroke-width': role === 'context' ? 1.5 : 2.25,
        fill: 'none',
      }) +
      [from, to]
        .map(({ interval }, end) =>
          interval === undefined || role === 'context'
            ? ''
            : whisker(
                scale.at(Number(interval.low)),
                scale.at(Number(interval.high)),
                end === 0 ? left : right,
                role,
                'upright',
              ),
        )
        .join('') +
      dot(
        left,
        y1,
        role,
        from,
        `${name}${told.comma}${began}${told.colon}${valueText(from, state.language)}`,
      ) +
      dot(right, y2, role, to, `${name}${told.comma}${stands}${told.colon}${valueText(to, state.language)}`) +
      text(leftLabels[at] ?? '', left - 9, (leftPlaces[at] ?? 0) + 4.5, { ...style, anchor: 'end' }) +
      text(
        cut(rightLabels[at] ?? '', (rightRoom - 12) / (role === 'context' ? 1 : 1.05), labelText.size),
        right + 9,
        (rightPlaces[at] ?? 0) + 4.5,
        style,
      )
    );
  });
  return { body: [...axes, ...rows].join(''), height };
}
