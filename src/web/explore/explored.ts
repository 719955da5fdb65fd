import type { ChartSeries, LineChart, Rings } from '../../chart/index.ts';

/** One series that a reader may choose, named by what it is the value of: it stays the same when others come and go. */
export interface ExploredSeries extends ChartSeries {
  /** `310000`, or `310000:sex=F` for a group. */
  readonly id: string;
  readonly area: string;
  /** `sex=F`; empty for the whole. */
  readonly group: string;
  /** The area's name alone: enough where the group is told elsewhere. */
  readonly place: string;
}

/** Where areas stand on a map: in their boundaries, or as tiles in their rough places. */
export type MapBase =
  | {
      readonly kind: 'regions';
      readonly regions: readonly {
        readonly area: string;
        readonly name: string;
        readonly polygons: readonly Rings[];
      }[];
    }
  | {
      readonly kind: 'tiles';
      readonly tiles: readonly {
        readonly area: string;
        readonly name: string;
        readonly column: number;
        readonly row: number;
      }[];
    };

/** Every dated series of one indicator as plain data: what the server draws from, and what it gives to the browser. */
export interface Explored extends Omit<LineChart, 'series' | 'kind' | 'axis'> {
  readonly id: string;
  /** The measure alone, for an axis. */
  readonly name: string;
  readonly series: readonly ExploredSeries[];
  /** Ids of the series shown before anyone has chosen. */
  readonly first: readonly string[];
  /** The place's own values stand so far above those of its areas that on one axis these are flat lines. */
  readonly apart: boolean;
  /** The groups that series are of, the whole first, where it has values; a map shows one of them. */
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  /** `95 % interval`, where values have one. */
  readonly interval?: string;
  readonly map: MapBase | null;
  /** Other indicators with values for the same areas or groups, to set against this one. */
  readonly others: readonly { readonly id: string; readonly name: string }[];
}

/** Dated periods of what can be explored, oldest first. */
export function periodsOf({ series }: Pick<Explored, 'series'>): readonly string[] {
  const known = periodsKnown.get(series);
  if (known !== undefined) return known;
  const periods = new Set<string>();
  for (const { points } of series) for (const { period } of points) periods.add(period);
  const sorted = [...periods].sort();
  periodsKnown.set(series, sorted);
  return sorted;
}

/** Asked for several times for one drawing. */
const periodsKnown = new WeakMap<Explored['series'], readonly string[]>();
