import type { ChartPair, ChartPoint, ChartSeries, ChartState, LineChart } from '../../chart/index.ts';

/** Kinds of chart that a reader may choose for a set of series over time. */
export const chartKinds = ['line', 'multiples', 'slope', 'dumbbell', 'bar'] as const;
export type ChartKind = (typeof chartKinds)[number];

/** What a reader has chosen; all of it stands in the address. */
export interface Choice {
  readonly kind: ChartKind;
  /** Positions of the series shown, in the order of the whole. */
  readonly shown: readonly number[];
  /** First and last period shown. */
  readonly from: string;
  readonly to: string;
}

/** Series shown before anyone has chosen. */
const atFirst = 12;

/** Dated periods of a chart, oldest first. */
export function periodsOf({ series }: LineChart): readonly string[] {
  return [...new Set(series.flatMap(({ points }) => points.map(({ period }) => period)))].sort();
}

/** The choice that the address makes; what it leaves open or gets wrong is as before anyone has chosen. */
export function readChoice(text: string, whole: LineChart): Choice {
  const asked = new URLSearchParams(text);
  const periods = periodsOf(whole);
  const first = periods[0] ?? '';
  const last = periods.at(-1) ?? '';
  const kind = chartKinds.find((each) => each === asked.get('kind')) ?? 'line';
  const shown = (asked.get('show') ?? '')
    .split('.')
    .filter((part) => /^\d{1,4}$/.test(part))
    .map(Number)
    .filter((at) => at < whole.series.length);
  const from = asked.get('from') ?? '';
  const to = asked.get('to') ?? '';
  const isSpan = periods.includes(from) && periods.includes(to) && from <= to;
  return {
    kind,
    shown:
      shown.length > 0
        ? [...new Set(shown)].sort((a, b) => a - b)
        : whole.series.slice(0, atFirst).map((_, at) => at),
    from: isSpan ? from : first,
    to: isSpan ? to : last,
  };
}

/** The choice as it stands in the address; reading it gives the same choice. */
export function writeChoice({ kind, shown, from, to }: Choice): string {
  return new URLSearchParams({ kind, show: shown.join('.'), from, to }).toString();
}

/** The chart of a choice. The whole state holds every series as a line; nothing is computed, only chosen and arranged. */
export function arrange(whole: LineChart, { kind, shown, from, to }: Choice): ChartState {
  const { language, title, subtitle, source, unit } = whole;
  const head = { language, title, subtitle, source, unit };
  const chosen = whole.series.filter((_, at) => shown.includes(at));
  const few = chosen.length <= 4;
  const series = chosen.map((each, at): ChartSeries => {
    const points = each.points.filter(({ period }) => period >= from && period <= to);
    const role = at === 0 ? 'focus' : at === 1 && few ? 'comparison' : 'context';
    return { ...each, role, points };
  });
  switch (kind) {
    case 'line':
      return { ...head, kind, series };
    case 'multiples':
      return { ...head, kind, panels: series.map((each) => ({ ...each, role: 'focus' })) };
    case 'bar':
      return {
        ...head,
        kind,
        rows: series.map(({ name, role, points }) => ({ name, role, ...valueAt(points, to, whole) })),
      };
    default:
      return {
        ...head,
        kind,
        from,
        to,
        pairs: series.map(
          ({ name, role, points }): ChartPair => ({
            name,
            role,
            from: valueAt(points, from, whole),
            to: valueAt(points, to, whole),
          }),
        ),
      };
  }
}

function valueAt(points: readonly ChartPoint[], period: string, { language }: LineChart): ChartPair['from'] {
  const point = points.find((each) => each.period === period);
  if (point === undefined)
    return { value: null, label: '', status: 'O', reason: language === 'zh' ? '未报告' : 'not reported' };
  const { value, label, status, reason } = point;
  return { value, label, status, ...(reason === undefined ? {} : { reason }) };
}
