import { periodText } from '../language/index.ts';
import type { Language } from '../model/index.ts';
import { roleColour, tickText } from './ink.ts';
import { intervalOf, type Panel, timed } from './line-layout.ts';
import { breakMark, diamond, dot, isOpen, line, whisker } from './marks.ts';
import { periodPosition } from './scale.ts';
import type { ChartPoint, ChartSeries } from './state.ts';
import { element, escapeXml, polyline } from './svg.ts';
import { cut, text } from './text.ts';
import { valueText, words } from './words.ts';

interface Placed {
  readonly point: ChartPoint;
  readonly x: number;
  /** Null for a missing value. */
  readonly y: number | null;
}

/** Intervals of a series: a band where they follow one another in time, a stroke where one stands alone. */
function intervals(series: ChartSeries, placed: readonly Placed[], { y }: Panel, yearWidth: number): string {
  const runs: { readonly x: number; readonly low: number; readonly high: number }[][] = [[]];
  for (const { point, x } of placed) {
    const [low, high] = intervalOf(point, series);
    const last = runs.at(-1)?.at(-1);
    if (low === undefined || high === undefined) runs.push([]);
    else if (last !== undefined && x - last.x > yearWidth * 1.01)
      runs.push([{ x, low: y.at(low), high: y.at(high) }]);
    else runs.at(-1)?.push({ x, low: y.at(low), high: y.at(high) });
  }
  return runs
    .map((run) => {
      const [only] = run;
      if (only === undefined) return '';
      if (run.length === 1) return whisker(only.low, only.high, only.x, series.role, 'upright');
      const above = run.map(({ x, high }): [number, number] => [x, high]);
      const below = run.map(({ x, low }): [number, number] => [x, low]).reverse();
      return element('path', {
        d: `${polyline([...above, ...below])}Z`,
        class: `c-fill-${series.role} c-interval`,
        fill: roleColour(series.role),
        'fill-opacity': 0.16,
      });
    })
    .join('');
}

interface Stroke {
  readonly points: [number, number][];
  readonly dash: string | undefined;
  readonly isThin: boolean;
}

/** The strokes of a line: one for as long as it looks the same. Years without a record are dotted, what is forecast is dashed. */
function strokes(placed: readonly Placed[], yearWidth: number): readonly Stroke[] {
  const drawn: Stroke[] = [];
  let end: Placed | undefined;
  for (const to of placed) {
    const from = end;
    end = to;
    if (from?.y == null || to.y === null) continue;
    // Years without a record between two values: the stroke says that nothing was reported there.
    const isGap = to.x - from.x > yearWidth * 1.01;
    const dash = to.point.status === 'F' ? '6 4' : isGap ? '1.5 4' : undefined;
    const last = drawn.at(-1);
    const [x, y] = last?.points.at(-1) ?? [];
    if (last !== undefined && x === from.x && y === from.y && last.dash === dash && last.isThin === isGap)
      last.points.push([to.x, to.y]);
    else
      drawn.push({
        points: [
          [from.x, from.y],
          [to.x, to.y],
        ],
        dash,
        isThin: isGap,
      });
  }
  return drawn;
}

/** The marks of one series inside a panel: segments, gaps, breaks, dots, targets. */
export function seriesMarks(series: ChartSeries, panel: Panel, hatchId: string, language: Language): string {
  const labels = words[language];
  const placed: Placed[] = timed(series).map(({ point, position }) => ({
    point,
    x: panel.x(position),
    y: point.value === null ? null : panel.y.at(Number(point.value)),
  }));
  const yearWidth = panel.x(1) - panel.x(0);
  const colour = roleColour(series.role);
  const parts: string[] = [intervals(series, placed, panel, yearWidth)];
  for (const { point, x, y } of placed)
    if (y === null && series.role !== 'context') {
      const half = Math.min(yearWidth / 2, 16);
      parts.push(
        element(
          'rect',
          {
            x: x - half,
            y: panel.top,
            width: 2 * half,
            height: panel.bottom - panel.top,
            fill: `url(#${hatchId})`,
            opacity: 0.6,
          },
          element(
            'title',
            {},
            escapeXml(`${periodText(point.period, language)}${labels.colon}${valueText(point, language)}`),
          ),
        ),
      );
    }
  for (const { points, dash, isThin } of strokes(placed, yearWidth))
    parts.push(
      element('path', {
        d: polyline(points),
        class: `c-line c-stroke-${series.role}`,
        stroke: colour,
        'stroke-width': isThin || series.role === 'context' ? 1.5 : 2.25,
        'stroke-dasharray': dash,
        'stroke-linecap': 'round',
        'stroke-linejoin': 'round',
        fill: 'none',
      }),
    );
  for (let at = 1; at < placed.length; at++) {
    const [from, to] = [placed[at - 1], placed[at]];
    if (from?.y == null || to?.y == null || to.point.status !== 'B') continue;
    parts.push(breakMark((from.x + to.x) / 2, (from.y + to.y) / 2));
  }
  const crowded = placed.length > 16 || (series.role === 'context' && placed.length > 4);
  placed.forEach(({ point, x, y }, at) => {
    if (y === null) return;
    const alone = placed[at - 1]?.y === undefined && placed[at + 1]?.y === undefined;
    const end = at === placed.length - 1 || at === 0;
    if (crowded && !alone && !end && !isOpen(point)) return;
    const tip = `${series.name}${labels.comma}${periodText(point.period, language)}${labels.colon}${valueText(point, language)}`;
    parts.push(dot(x, y, series.role, point, tip, series.role === 'context' ? 3 : 4));
  });
  for (const target of series.targets) {
    const position = periodPosition(target.period);
    const y = panel.y.at(Number(target.value));
    if (position === null)
      parts.push(
        line(panel.left, y, panel.right, y, 'axis', { 'stroke-dasharray': '4 3' }),
        text(cut(target.label, panel.right - panel.left, 12), panel.left + 4, y - 5, {
          ...tickText,
          halo: true,
        }),
      );
    else parts.push(diamond(panel.x(position), y, series.role, target.label));
  }
  return parts.join('');
}
