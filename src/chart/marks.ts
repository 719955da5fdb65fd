import type { ObservationStatus } from '../model/index.ts';
import { ink, roleColour } from './ink.ts';
import type { ChartRole, ChartValue } from './state.ts';
import { element, escapeXml, polyline } from './svg.ts';

// Marks that all charts share, so that a hollow dot means the same everywhere.

/** Whether a value is drawn hollow: provisional, estimated, imputed, unvalidated or of low reliability. */
export function isHollow(status: ObservationStatus): boolean {
  return (
    status === 'P' || status === 'E' || status === 'F' || status === 'I' || status === 'U' || status === 'V'
  );
}

/** Whether a value is drawn hollow: its status is not final, or a remark says what it lacks. */
export function isOpen({ status, remark }: Pick<ChartValue, 'status' | 'remark'>): boolean {
  return isHollow(status) || remark !== undefined;
}

/** Between which values one lies: a stroke with two short ends, upright or along a row. */
export function whisker(
  low: number,
  high: number,
  across: number,
  role: ChartRole,
  direction: 'upright' | 'along',
): string {
  const end = 4;
  const ends = [low, high].map((at) =>
    direction === 'upright'
      ? polyline([
          [across - end, at],
          [across + end, at],
        ])
      : polyline([
          [at, across - end],
          [at, across + end],
        ]),
  );
  const stroke =
    direction === 'upright'
      ? polyline([
          [across, low],
          [across, high],
        ])
      : polyline([
          [low, across],
          [high, across],
        ]);
  return element('path', {
    d: stroke + ends.join(''),
    class: `c-stroke-${role}`,
    stroke: roleColour(role),
    'stroke-width': 1.25,
    fill: 'none',
  });
}

/** A dot for a value: solid when final, hollow when not. */
export function dot(
  x: number,
  y: number,
  role: ChartRole,
  value: Pick<ChartValue, 'status' | 'remark'>,
  tip: string,
  radius = 4,
): string {
  const colour = roleColour(role);
  const hollow = isOpen(value);
  return element(
    'circle',
    {
      cx: x,
      cy: y,
      r: hollow ? radius - 0.5 : radius,
      class: hollow ? `c-hollow c-stroke-${role}` : `c-fill-${role}`,
      fill: hollow ? ink.paper : colour,
      stroke: hollow ? colour : undefined,
      'stroke-width': hollow ? 2 : undefined,
    },
    element('title', {}, escapeXml(tip)),
  );
}

/** A target: a hollow diamond. */
export function diamond(x: number, y: number, role: ChartRole, tip: string, radius = 6): string {
  const d = `${polyline([
    [x, y - radius],
    [x + radius, y],
    [x, y + radius],
    [x - radius, y],
  ])}Z`;
  return element(
    'path',
    {
      d,
      class: `c-hollow c-stroke-${role}`,
      fill: ink.paper,
      stroke: roleColour(role),
      'stroke-width': 1.75,
    },
    element('title', {}, escapeXml(tip)),
  );
}

/** Two short strokes across a line: values before and after are not the same measure. */
export function breakMark(x: number, y: number): string {
  const d = `M${x - 5},${y + 5}L${x - 1},${y - 5}M${x + 1},${y + 5}L${x + 5},${y - 5}`;
  return element('path', { d, class: 'c-axis-line', stroke: ink.quiet, 'stroke-width': 1.5, fill: 'none' });
}

export function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  kind: 'grid' | 'axis',
  more: Readonly<Record<string, string | number>> = {},
): string {
  return element('line', {
    x1,
    y1,
    x2,
    y2,
    class: kind === 'grid' ? 'c-grid' : 'c-axis-line',
    stroke: kind === 'grid' ? ink.rule : ink.axis,
    ...more,
  });
}

/** The fill for a missing value: a hatch, defined once a drawing. */
export function hatch(id: string): string {
  return element(
    'defs',
    {},
    element(
      'pattern',
      { id, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      element('rect', { width: 6, height: 6, class: 'c-paper', fill: ink.paper }),
      element('line', { x1: 0, y1: 0, x2: 0, y2: 6, class: 'c-grid', stroke: ink.axis, 'stroke-width': 1.5 }),
    ),
  );
}

/** Moves labels apart that would stand on one another; keeps their order and stays in [low, high]. */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): readonly number[] {
  const order = wanted.map((_, at) => at).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b);
  const placed: number[] = [...wanted];
  let last = Number.NEGATIVE_INFINITY;
  for (const at of order) {
    last = Math.max(placed[at] ?? 0, last + gap, low);
    placed[at] = last;
  }
  let next = Number.POSITIVE_INFINITY;
  for (const at of [...order].reverse()) {
    next = Math.min(placed[at] ?? 0, next - gap, high);
    placed[at] = next;
  }
  return placed;
}
