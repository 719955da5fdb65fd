import { periodText } from '../language/index.ts';
import { ink, labelText, parts, tickText } from './ink.ts';
import { timed } from './line-layout.ts';
import { isOpen, line } from './marks.ts';
import { linearScale, tickLabels, yearTicks } from './scale.ts';
import type { ChartPoint, StackedChart } from './state.ts';
import { element, escapeXml, polyline } from './svg.ts';
import { text, textWidth, wrap } from './text.ts';
import { valueText, words } from './words.ts';

interface Layer {
  readonly name: string;
  readonly point: ChartPoint | null;
  readonly low: number;
  readonly high: number;
}

interface Stack {
  readonly period: string;
  readonly position: number;
  readonly layers: readonly Layer[];
  /** Names of the parts without a value: the whole is then not known. */
  readonly missing: readonly string[];
  readonly top: number;
}

/** Parts one on another, in the order given, the first at the bottom. Parts below zero can't be stacked and are said. */
export function drawStacked(
  state: StackedChart,
  width: number,
  hatchId: string,
): { readonly body: string; readonly height: number } {
  const told = words[state.language];
  const stacks = stacksOf(state);
  const below = state.series.some(({ points }) => points.some(({ value }) => Number(value ?? 0) < 0));
  if (below || stacks.every(({ top }) => top === 0)) {
    const said = below ? told.noStack : told.noValues;
    return { body: text(said, 0, 24, { ...tickText, size: 14 }), height: 40 };
  }
  const height = Math.round(Math.min(420, Math.max(240, width * 0.5)));
  const [top, bottom] = [18, height - 28];
  const scale = linearScale(
    stacks.map((stack) => stack.top),
    [bottom, top],
    { zero: 'always', count: 5 },
  );
  const ticks = tickLabels(scale, state.language);
  const left = Math.ceil(Math.max(...ticks.map((tick) => textWidth(tick, tickText.size)))) + 10;
  const last = stacks.filter(({ missing }) => missing.length === 0).at(-1) ?? stacks.at(-1);
  const keyed = state.series.map(({ name }, at) => {
    const label = last?.layers[at]?.point?.label ?? '';
    return label === '' ? name : `${name} ${label}`;
  });
  const widest = Math.min(
    width * 0.36,
    Math.max(24, ...keyed.map((each) => textWidth(each, labelText.size))) + 22,
  );
  const right = width - Math.ceil(widest) - 8;
  const keyHeight = keyed.reduce(
    (sum, each) => sum + 3 + wrap(each, widest - 17, labelText.size).length * 16,
    top + 12,
  );
  const positions = stacks.map(({ position }) => position);
  const [first, final] = [Math.min(...positions), Math.max(...positions)];
  const slot = (right - left) / (final - first + 1);
  const x = (position: number): number =>
    state.form === 'bar' || first === final
      ? left + (position - first + 0.5) * slot
      : left + ((position - first) / (final - first)) * (right - left);
  const grid = scale.ticks.map(
    (value, at) =>
      line(left, scale.at(value), right, scale.at(value), value === 0 ? 'axis' : 'grid') +
      text(ticks[at] ?? '', left - 8, scale.at(value) + 4, { ...tickText, anchor: 'end' }),
  );
  const years = yearTicks(first, final, Math.max(2, Math.floor((right - left) / 50))).map((year) =>
    text(String(year), x(year), bottom + 20, { ...tickText, anchor: 'middle' }),
  );
  const gaps = stacks
    .filter(({ missing }) => missing.length > 0)
    .map(({ position, period, missing }) => {
      const half = Math.min(slot, 32) / 2;
      return element(
        'rect',
        { x: x(position) - half, y: top, width: 2 * half, height: bottom - top, fill: `url(#${hatchId})` },
        element('title', {}, escapeXml(`${period}${told.colon}${missing.join(told.comma)} ${told.missing}`)),
      );
    });
  const drawn =
    state.form === 'bar' ? bars(stacks, x, scale.at, slot, state) : areas(stacks, x, scale.at, state);
  return {
    body: [...grid, ...gaps, ...drawn, ...key(keyed, { top, left: right + 8, width: widest }), ...years].join(
      '',
    ),
    height: Math.max(height, keyHeight),
  };
}

function stacksOf({ series }: StackedChart): readonly Stack[] {
  const placed = series.map((each) => ({
    name: each.name,
    points: new Map(timed(each).map(({ point, position }) => [position, point])),
  }));
  const positions = [...new Set(placed.flatMap(({ points }) => [...points.keys()]))].sort((a, b) => a - b);
  return positions.map((position) => {
    let sum = 0;
    const layers = placed.map(({ name, points }): Layer => {
      const point = points.get(position) ?? null;
      const low = sum;
      if (point !== null && point.value !== null) sum += Number(point.value);
      return { name, point, low, high: sum };
    });
    const missing = layers
      .filter(({ point }) => point === null || point.value === null)
      .map(({ name }) => name);
    const period = layers.find(({ point }) => point !== null)?.point?.period ?? String(position);
    return { period, position, layers, missing, top: sum };
  });
}

function bars(
  stacks: readonly Stack[],
  x: (position: number) => number,
  y: (value: number) => number,
  slot: number,
  { language }: StackedChart,
): readonly string[] {
  const told = words[language];
  const wide = Math.min(56, slot * 0.72);
  return stacks.flatMap(({ layers, position, period }) =>
    layers.flatMap(({ name, point, low, high }, at) =>
      point === null || point.value === null || high === low
        ? []
        : [
            element(
              'rect',
              {
                x: x(position) - wide / 2,
                y: y(high),
                width: wide,
                height: y(low) - y(high),
                class: `${partClass(at)} c-border`,
                fill: parts[at % parts.length],
                'fill-opacity': isOpen(point) ? 0.45 : undefined,
                stroke: ink.paper,
                'stroke-width': 1,
              },
              element(
                'title',
                {},
                escapeXml(
                  `${name}${told.comma}${periodText(period, language)}${told.colon}${valueText(point, language)}`,
                ),
              ),
            ),
          ],
    ),
  );
}

/** Bands over the stretches of time in which every part is known. */
function areas(
  stacks: readonly Stack[],
  x: (position: number) => number,
  y: (value: number) => number,
  { series }: StackedChart,
): readonly string[] {
  const runs: Stack[][] = [[]];
  for (const stack of stacks)
    if (stack.missing.length === 0) runs.at(-1)?.push(stack);
    else runs.push([]);
  return runs
    .filter((run) => run.length > 1)
    .flatMap((run) =>
      series.map(({ name }, at) => {
        const edge = (pick: (layer: Layer) => number): [number, number][] =>
          run.flatMap(({ layers, position }): [number, number][] => {
            const layer = layers[at];
            return layer === undefined ? [] : [[x(position), y(pick(layer))]];
          });
        return element(
          'path',
          {
            d: `${polyline([...edge(({ high }) => high), ...edge(({ low }) => low).reverse()])}Z`,
            class: `${partClass(at)} c-border`,
            fill: parts[at % parts.length],
            stroke: ink.paper,
            'stroke-width': 1,
          },
          element('title', {}, escapeXml(name)),
        );
      }),
    );
}

/** Names and last values beside the stacks, in their order from above. */
function key(
  labels: readonly string[],
  at: { readonly top: number; readonly left: number; readonly width: number },
): readonly string[] {
  let row = 0;
  return [...labels.keys()].reverse().map((index) => {
    const lines = wrap(labels[index] ?? '', at.width - 17, labelText.size);
    const y = at.top + 12 + row;
    row += 3 + lines.length * 16;
    const square = element('rect', {
      x: at.left,
      y: y - 10,
      width: 11,
      height: 11,
      class: partClass(index),
      fill: parts[index % parts.length],
    });
    const style = { ...labelText, halo: false };
    return square + lines.map((each, line) => text(each, at.left + 17, y + line * 16, style)).join('');
  });
}

function partClass(at: number): string {
  return `c-part-${at % parts.length}`;
}
