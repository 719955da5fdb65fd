import { periodText } from '../language/index.ts';
import { byDepth, ink, labelText, tickText } from './ink.ts';
import { lineLayout, timed } from './line-layout.ts';
import { scatterLayout } from './scatter.ts';
import { slopeLayout } from './slope.ts';
import type { ChartRole, ChartState } from './state.ts';
import { element, polyline } from './svg.ts';
import { text, textWidth, wrap } from './text.ts';
import { valueText, words } from './words.ts';

/** One value that a reader can point at. */
interface Spot {
  readonly x: number;
  readonly y: number;
  /** Whether a stroke leads to it from the spot before. */
  readonly isJoined: boolean;
  /** `2019: 12.3`. */
  readonly facts: readonly string[];
}

interface ReachRow {
  readonly id: string | undefined;
  readonly name: string;
  readonly role: ChartRole;
  readonly spots: readonly Spot[];
}

/** All that a reader can point at in a drawing of one width. */
export interface Reach {
  readonly rows: readonly ReachRow[];
  readonly width: number;
  readonly height: number;
}

/** What a reader points at: a row, and one of its values. */
export interface Pointed {
  readonly row: number;
  readonly at: number;
}

/** How far from a line one still points at it, in px. */
const farthest = 40;

/** What can be pointed at in a chart whose rows do not all have room for their names; null for the other kinds. */
export function reachOf(state: ChartState, width: number): Reach | null {
  const told = words[state.language];
  const inner = Math.max(280, Math.round(width));
  const at = (period: string): string => periodText(period, state.language);
  const reach = (rows: readonly ReachRow[], height: number): Reach => ({
    rows: rows.filter(({ spots }) => spots.length > 0),
    width: inner,
    height,
  });
  if (state.kind === 'line') {
    const layout = lineLayout(state, inner);
    if (layout === null) return null;
    const rows = state.series.map((series): ReachRow => {
      const points = timed(series);
      const spots = points.flatMap(({ point, position }, index): readonly Spot[] =>
        point.value === null
          ? []
          : [
              {
                x: layout.x(position),
                y: layout.y.at(Number(point.value)),
                isJoined: index > 0 && points[index - 1]?.point.value !== null,
                facts: [`${at(point.period)}${told.colon}${valueText(point, state.language)}`],
              },
            ],
      );
      return { id: series.id, name: series.name, role: series.role, spots };
    });
    return reach(rows, layout.height);
  }
  if (state.kind === 'slope') {
    const layout = slopeLayout(state, inner);
    if (layout === null) return null;
    const { left, right, scale } = layout;
    const rows = layout.pairs.map(({ id, name, role, from, to }): ReachRow => {
      const facts = [
        `${at(state.from)}${told.colon}${valueText(from, state.language)}`,
        `${at(state.to)}${told.colon}${valueText(to, state.language)}`,
      ];
      return {
        id,
        name,
        role,
        spots: [
          { x: left, y: scale.at(Number(from.value)), isJoined: false, facts },
          { x: right, y: scale.at(Number(to.value)), isJoined: true, facts },
        ],
      };
    });
    return reach(rows, layout.height);
  }
  if (state.kind !== 'scatter') return null;
  const layout = scatterLayout(state, inner);
  if (layout === null) return null;
  const rows = layout.dots.map(({ id, name, role, x, y }): ReachRow => {
    const facts = [
      `${state.xName}${told.colon}${valueText(x, state.language)}`,
      `${state.yName}${told.colon}${valueText(y, state.language)}`,
    ];
    return {
      id,
      name,
      role,
      spots: [
        { x: layout.across.at(Number(x.value)), y: layout.up.at(Number(y.value)), isJoined: false, facts },
      ],
    };
  });
  return reach(rows, layout.height);
}

/** The row nearest to a point of the drawing, and of it the value nearest across; null where none is near. */
export function pointedAt({ rows }: Reach, x: number, y: number): Pointed | null {
  let best: { readonly row: number; readonly far: number } | null = null;
  // Of two that lie on one another the one that is drawn on top.
  const order = rows.map((row, at) => ({ row, at })).sort((a, b) => byDepth(a.row, b.row));
  for (const { row, at } of order) {
    const far = distance(row.spots, x, y);
    if (far <= (best?.far ?? farthest)) best = { row: at, far };
  }
  if (best === null) return null;
  const spots = rows[best.row]?.spots ?? [];
  return { row: best.row, at: nearestAcross(spots, x) };
}

function nearestAcross(spots: readonly Spot[], x: number): number {
  let best = 0;
  for (const [at, spot] of spots.entries())
    if (Math.abs(spot.x - x) < Math.abs((spots[best]?.x ?? 0) - x)) best = at;
  return best;
}

/** From a point to a row of spots and the strokes between them. */
function distance(spots: readonly Spot[], x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [at, to] of spots.entries()) {
    least = Math.min(least, Math.hypot(to.x - x, to.y - y));
    const from = spots[at - 1];
    if (from === undefined || !to.isJoined) continue;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const square = dx * dx + dy * dy;
    const along = square === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / square;
    const part = Math.max(0, Math.min(1, along));
    least = Math.min(least, Math.hypot(from.x + part * dx - x, from.y + part * dy - y));
  }
  return least;
}

/** Where a key leads from what is pointed at: along the row, or to the next row above or below; from nothing to the first row in colour. */
export function pointedBeside(
  { rows }: Reach,
  pointed: Pointed | null,
  to: 'before' | 'after' | 'above' | 'below',
): Pointed | null {
  const here = pointed === null ? undefined : rows[pointed.row]?.spots[pointed.at];
  if (pointed === null || here === undefined) {
    const row = rows.reduce((best, each, at) => {
      const other = rows[best];
      return other !== undefined && byDepth(other, each) < 0 ? at : best;
    }, 0);
    const spots = rows[row]?.spots ?? [];
    return spots.length === 0 ? null : { row, at: spots.length - 1 };
  }
  if (to === 'before' || to === 'after') {
    const last = (rows[pointed.row]?.spots.length ?? 1) - 1;
    return { row: pointed.row, at: Math.max(0, Math.min(last, pointed.at + (to === 'after' ? 1 : -1))) };
  }
  const all = rows
    .map(({ spots }, row) => {
      const at = row === pointed.row ? pointed.at : nearestAcross(spots, here.x);
      return { row, at, y: spots[at]?.y ?? 0 };
    })
    .sort((a, b) => a.y - b.y || a.row - b.row);
  const own = all.findIndex(({ row }) => row === pointed.row);
  const next = all[Math.max(0, Math.min(all.length - 1, own + (to === 'below' ? 1 : -1)))];
  return next === undefined ? pointed : { row: next.row, at: next.at };
}

/** What is pointed at, in words: for a screen reader. */
export function tellPointed({ rows }: Reach, { row, at }: Pointed, state: ChartState): string {
  const told = words[state.language];
  const { name = '', spots = [] } = rows[row] ?? {};
  return `${name}${told.stop}${(spots[at]?.facts ?? []).join(told.semicolon)}`;
}

/** Drawn over the chart: the row that is pointed at, its value, and both in words beside it. */
export function drawPointed({ rows, width, height }: Reach, { row, at }: Pointed): string {
  const { name, spots } = rows[row] ?? { name: '', spots: [] };
  const spot = spots[at];
  if (spot === undefined) return '';
  const runs: [number, number][][] = [];
  for (const { x, y, isJoined } of spots)
    if (isJoined) runs.at(-1)?.push([x, y]);
    else runs.push([[x, y]]);
  const d = runs.map(polyline).join('');
  const line = (kind: 'c-halo' | 'c-stroke-ink', stroke: string, wide: number): string =>
    element('path', {
      d,
      class: `c-line ${kind}`,
      stroke,
      'stroke-width': wide,
      'stroke-linejoin': 'round',
      'stroke-linecap': 'round',
      fill: 'none',
    });
  const most = Math.min(240, width * 0.6);
  const lines = [
    ...wrap(name, most, labelText.size, true).map((words) => ({ words, isName: true })),
    ...spot.facts
      .flatMap((fact) => wrap(fact, most, labelText.size))
      .map((words) => ({ words, isName: false })),
  ];
  const wide = Math.max(...lines.map(({ words, isName }) => textWidth(words, labelText.size, isName))) + 16;
  const tall = lines.length * 18 + 10;
  // Above or below its value, where it covers least of its own row.
  const left = Math.max(0, Math.min(width - wide, spot.x + 12));
  const top = spot.y - 14 - tall >= 0 ? spot.y - 14 - tall : Math.min(height - tall, spot.y + 14);
  return [
    line('c-halo', ink.paper, 6),
    line('c-stroke-ink', ink.ink, 2.75),
    element('circle', {
      cx: spot.x,
      cy: spot.y,
      r: 5,
      class: 'c-fill-ink c-halo',
      fill: ink.ink,
      stroke: ink.paper,
      'stroke-width': 2,
    }),
    element('rect', {
      x: left,
      y: top,
      width: wide,
      height: tall,
      class: 'c-paper c-axis-line',
      fill: ink.paper,
      stroke: ink.axis,
    }),
    ...lines.map(({ words, isName }, index) =>
      text(words, left + 8, top + 19 + index * 18, {
        ...(isName ? labelText : tickText),
        size: labelText.size,
        halo: false,
        weight: isName ? 600 : 400,
      }),
    ),
  ].join('');
}
