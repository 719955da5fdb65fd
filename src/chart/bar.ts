import type { Language } from '../model/index.ts';
import { ink, labelText, roleColour, tickText } from './ink.ts';
import { diamond, isOpen, line, whisker } from './marks.ts';
import { linearScale, type Scale, tickLabel } from './scale.ts';
import type { BarChart, ChartRow } from './state.ts';
import { element, escapeXml } from './svg.ts';
import { cut, text, textWidth, wrap } from './text.ts';
import { valueText, words } from './words.ts';

const lineHeight = 16;

/** Names down the left side: wrapped to their column, or on a line of their own above the row where the drawing is narrow. */
export function nameColumn(
  names: readonly string[],
  width: number,
): { readonly left: number; readonly above: boolean; readonly lines: readonly (readonly string[])[] } {
  const widest = Math.max(...names.map((name) => textWidth(name, labelText.size)));
  const above = width < 480 && widest > width * 0.28;
  const left = above ? 0 : Math.ceil(Math.min(widest, width * 0.34)) + 12;
  const lines = names.map((name) => wrap(name, above ? width : left - 12, labelText.size));
  return { left, above, lines };
}

/** Tick labels under a horizontal axis, kept inside the drawing. */
export function axisLabels(scale: Scale, y: number, width: number, language: Language): readonly string[] {
  return scale.ticks.map((value) => {
    const label = tickLabel(value, scale, language);
    const half = textWidth(label, tickText.size) / 2;
    const x = Math.max(half, Math.min(scale.at(value), width - half));
    return text(label, x, y, { ...tickText, anchor: 'middle' });
  });
}

/** Where a row's marks end: its label, so wide, stands beyond them. */
function beyond({ value, interval, target }: ChartRow, wide: number, scale: Scale): number {
  const ends = [0, Number(value ?? 0), Number(interval?.high ?? 0)].map(scale.at);
  const right = Math.max(...ends);
  // A diamond that would stand on the label pushes it aside.
  const mark = target === undefined ? Number.NEGATIVE_INFINITY : scale.at(Number(target.value));
  return mark > right - 8 && mark < right + wide + 16 ? mark + 6 : right;
}

/** Horizontal bars from zero. */
export function drawBar(
  state: BarChart,
  width: number,
  hatchId: string,
): { readonly body: string; readonly height: number } {
  const told = words[state.language];
  const values = state.rows.flatMap(({ value, interval, target }) => [
    ...(value === null
      ? []
      : [Number(value), Number(interval?.low ?? value), Number(interval?.high ?? value)]),
    ...(target === undefined ? [] : [Number(target.value)]),
  ]);
  const { left, above, lines } = nameColumn(
    state.rows.map(({ name }) => name),
    width,
  );
  const labels = state.rows.map((row) => (row.value === null ? (row.reason ?? told.missing) : row.label));
  const right =
    width -
    Math.ceil(
      Math.min(
        width * 0.3,
        Math.max(
          24,
          ...state.rows.map((row, at) =>
            row.value === null ? 0 : textWidth(labels[at] ?? '', labelText.size, true),
          ),
        ),
      ),
    ) -
    10;
  const all = state.target === undefined ? values : [...values, Number(state.target.value)];
  const scale = linearScale(all, [left, right], {
    zero: 'always',
    count: Math.max(2, Math.floor((right - left) / 90)),
  });
  const zero = scale.at(0);
  const parts: string[] = [];
  let y = state.target === undefined ? 4 : 22;
  const first = y;
  state.rows.forEach((row, at) => {
    const names = lines[at] ?? [];
    const bar = 20;
    const block = above ? names.length * lineHeight + bar + 10 : Math.max(bar, names.length * lineHeight) + 8;
    const barTop = above ? y + names.length * lineHeight + 2 : y + (block - 8 - bar) / 2;
    names.forEach((each, row) => {
      const base = above ? y + 13 : y + (block - 8 - names.length * lineHeight) / 2 + 12.5;
      parts.push(
        text(each, above ? 0 : left - 10, base + row * lineHeight, {
          ...labelText,
          halo: false,
          anchor: above ? 'start' : 'end',
        }),
      );
    });
    const tip = element('title', {}, escapeXml(`${row.name}${told.colon}${valueText(row, state.language)}`));
    if (row.value === null) {
      parts.push(
        element('rect', { x: zero, y: barTop, width: 36, height: bar, fill: `url(#${hatchId})` }, tip),
        text(cut(labels[at] ?? '', width - zero - 46, tickText.size), zero + 44, barTop + 14.5, tickText),
      );
    } else {
      const end = scale.at(Number(row.value));
      const hollow = isOpen(row);
      const colour = roleColour(row.role);
      parts.push(
        element(
          'rect',
          {
            x: Math.min(zero, end) + (hollow ? 1 : 0),
            y: barTop + (hollow ? 1 : 0),
            width: Math.max(0.75, Math.abs(end - zero) - (hollow ? 2 : 0)),
            height: bar - (hollow ? 2 : 0),
            class: hollow ? `c-hollow c-stroke-${row.role}` : `c-fill-${row.role}`,
            fill: hollow ? ink.paper : colour,
            stroke: hollow ? colour : undefined,
            'stroke-width': hollow ? 2 : undefined,
          },
          tip,
        ),
        ...(row.interval === undefined
          ? []
          : [
              whisker(
                scale.at(Number(row.interval.low)),
                scale.at(Number(row.interval.high)),
                barTop + bar / 2,
                'ink',
                'along',
              ),
            ]),
        text(
          labels[at] ?? '',
          beyond(row, textWidth(labels[at] ?? '', labelText.size, true), scale) + 7,
          barTop + 14.5,
          {
            ...labelText,
            class: `c-text-${row.role}`,
            fill: row.role === 'context' ? ink.ink : colour,
            weight: row.role === 'context' ? 400 : 600,
          },
        ),
      );
    }
    if (row.target !== undefined)
      parts.push(
        diamond(
          scale.at(Number(row.target.value)),
          barTop + bar / 2,
          row.role,
          `${row.name}${told.colon}${row.target.label}`,
        ),
      );
    y += block;
  });
  const grid = scale.ticks.map((value) => line(scale.at(value), first, scale.at(value), y, 'grid'));
  const axis = axisLabels(scale, y + 17, width, state.language);
  const zeroLine = line(zero, first - 2, zero, y, 'axis');
  const target =
    state.target === undefined
      ? ''
      : line(
          scale.at(Number(state.target.value)),
          first - 4,
          scale.at(Number(state.target.value)),
          y,
          'axis',
          {
            'stroke-dasharray': '4 3',
          },
        ) +
        text(
          state.target.label,
          Math.min(
            scale.at(Number(state.target.value)),
            width - textWidth(state.target.label, tickText.size) / 2,
          ),
          12,
          { ...tickText, anchor: 'middle', halo: true },
        );
  return {
    body: [...grid, ...parts, zeroLine, target, ...axis].join(''),
    height: Math.ceil(y + 26),
  };
}
