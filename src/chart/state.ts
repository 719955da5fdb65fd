import type { Language, ObservationStatus } from '../model/index.ts';

/**
 * What a chart shows, as plain data that survives JSON. The drawing is a pure function of it: the server, the browser
 * and the PDF make the same bytes. Values are exact decimal text; a chart only turns them into positions.
 */
export type ChartState =
  | LineChart
  | BarChart
  | SlopeChart
  | DumbbellChart
  | MultiplesChart
  | TileMap
  | RegionMap
  | StackedChart
  | ScatterChart
  | SankeyChart
  | ProjectionChart;

/** How a row stands out: in the accent colour, in ochre, and, where a reader highlights more, in ink and in blue; grey for the context. */
export type ChartRole = 'focus' | 'comparison' | 'ink' | 'fourth' | 'context';

export interface ChartHead {
  readonly language: Language;
  /** The finding, in one sentence. */
  readonly title: string;
  /** Measure, unit, place. */
  readonly subtitle: string;
  /** Who says so; stands under the chart. */
  readonly source: string;
  /** Code of the figure or block under which a reader of paper finds it again. */
  readonly code?: string;
}

/** A value with the text that stands for it: already formatted with its decimals, in the chart's language. */
export interface ChartValue {
  /** Exact decimal; null when missing. */
  readonly value: string | null;
  /** `0.28` or the word for missing. */
  readonly label: string;
  readonly status: ObservationStatus;
  /** Why there is no value. */
  readonly reason?: string;
  /** Between which values the source says that it lies: exact decimals, and both as text. */
  readonly interval?: { readonly low: string; readonly high: string; readonly label: string };
  /** What a reader must know of it, such as `11 of 16 areas`: stands beside it in words, and its mark is hollow. */
  readonly remark?: string;
}

export interface ChartPoint extends ChartValue {
  /** Period code of src/model, such as `2021`; `undated` values are never drawn on a time axis. */
  readonly period: string;
}

export interface ChartTarget {
  readonly period: string;
  readonly value: string;
  /** `at least 20 % by 2025`. */
  readonly label: string;
}

export interface ChartSeries {
  /** By what whoever made the state knows it again. */
  readonly id?: string;
  readonly name: string;
  /** Those in colour are drawn last, over the grey context. */
  readonly role: ChartRole;
  readonly points: readonly ChartPoint[];
  readonly targets: readonly ChartTarget[];
}

export interface LineChart extends ChartHead {
  readonly kind: 'line';
  /** Unit as it is printed, for the axis. */
  readonly unit: string;
  readonly series: readonly ChartSeries[];
  /** `log`: equal distances are equal ratios. Drawn linear where a value is zero or less. */
  readonly axis?: 'linear' | 'log';
  /** False: lines do not say where they begin, as sums that all begin close to zero. */
  readonly starts?: false;
}

export interface ChartRow extends ChartValue {
  readonly name: string;
  readonly role: ChartRole;
  /** What this row is to reach: a hollow diamond on it. */
  readonly target?: Omit<ChartTarget, 'period'>;
}

/** Horizontal bars from zero, in the order given. */
export interface BarChart extends ChartHead {
  readonly kind: 'bar';
  readonly unit: string;
  readonly rows: readonly ChartRow[];
  readonly target?: { readonly value: string; readonly label: string };
}

export interface ChartPair {
  /** By what whoever made the state knows it again. */
  readonly id?: string;
  readonly name: string;
  readonly role: ChartRole;
  readonly from: ChartValue;
  readonly to: ChartValue;
  /** What this row is to reach: a hollow diamond on it. */
  readonly target?: Omit<ChartTarget, 'period'>;
}

/** Two moments, one line a row: who rose, who fell, who passed whom. */
export interface SlopeChart extends ChartHead {
  readonly kind: 'slope';
  readonly unit: string;
  readonly from: string;
  readonly to: string;
  readonly pairs: readonly ChartPair[];
}

/** Two moments as two dots on one row each: how far each has come. */
export interface DumbbellChart extends ChartHead {
  readonly kind: 'dumbbell';
  readonly unit: string;
  readonly from: string;
  readonly to: string;
  readonly pairs: readonly ChartPair[];
}

/** One small line chart a panel, all on the same axes. */
export interface MultiplesChart extends ChartHead {
  readonly kind: 'multiples';
  readonly unit: string;
  readonly panels: readonly ChartSeries[];
}

export interface ChartTile extends ChartValue {
  readonly name: string;
  /** `focus`: outlined. */
  readonly role?: ChartRole;
  readonly column: number;
  readonly row: number;
}

/** Districts as squares in their rough places: a map for a city without boundary data. */
export interface TileMap extends ChartHead {
  readonly kind: 'tiles';
  readonly unit: string;
  readonly tiles: readonly ChartTile[];
}

/** Outer ring first, then holes; each point as longitude and latitude in degrees (WGS 84). */
export type Rings = readonly (readonly (readonly [number, number])[])[];

export interface ChartRegion extends ChartValue {
  readonly name: string;
  /** `focus`: outlined. */
  readonly role?: ChartRole;
  readonly polygons: readonly Rings[];
}

/** Districts in their boundaries, shaded by class. */
export interface RegionMap extends ChartHead {
  readonly kind: 'map';
  readonly unit: string;
  readonly regions: readonly ChartRegion[];
  /** Places on the map, each with a number that stands beside it and in the table. */
  readonly points?: readonly ChartPlace[];
}

/** A place of a map, in degrees (WGS 84). */
export interface ChartPlace {
  readonly name: string;
  readonly longitude: number;
  readonly latitude: number;
}

/** Parts of a whole by period, one on another from zero. A period in which a part is missing has no whole, and shows so. */
export interface StackedChart extends ChartHead {
  readonly kind: 'stacked';
  readonly form: 'bar' | 'area';
  readonly unit: string;
  readonly series: readonly ChartSeries[];
}

export interface ChartDot {
  /** By what whoever made the state knows it again. */
  readonly id?: string;
  readonly name: string;
  readonly role: ChartRole;
  readonly x: ChartValue;
  readonly y: ChartValue;
}

/** Two indicators against each other, one dot a place or group. */
export interface ScatterChart extends ChartHead {
  readonly kind: 'scatter';
  readonly xName: string;
  readonly yName: string;
  readonly dots: readonly ChartDot[];
}

/** Flows of one material between holders; widths are in proportion to the amounts. */
export interface SankeyChart extends ChartHead {
  readonly kind: 'sankey';
  readonly unit: string;
  readonly nodes: readonly { readonly id: string; readonly name: string }[];
  readonly links: readonly {
    readonly from: string;
    readonly to: string;
    readonly value: string;
    readonly label: string;
  }[];
}

/** How a line of a projection is drawn: the baseline grey, up to four scenarios, and the straight path to a target. */
export type ProjectionStyle = 'baseline' | 'a' | 'b' | 'c' | 'd' | 'required';

export interface ProjectionLine {
  readonly name: string;
  readonly style: ProjectionStyle;
  /** One letter or short word before the value at the line's end. */
  readonly mark: string;
  readonly points: readonly ChartPoint[];
}

/** Percentiles of an ensemble at each period, outer to inner and the middle: 5, 25, 50, 75, 95. */
export interface ProjectionBand {
  readonly name: string;
  readonly periods: readonly string[];
  readonly percentiles: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/**
 * What is observed, what is required and what a model projects, on axes that stay where they are while a reader moves a
 * lever. Whatever is not observed is dashed, so that a model's line is never taken for a measurement.
 */
export interface ProjectionChart extends ChartHead {
  readonly kind: 'projection';
  readonly unit: string;
  readonly lines: readonly ProjectionLine[];
  readonly observed: readonly ChartPoint[];
  /** Name of the observed values; stands in the table and the description. */
  readonly observedName: string;
  readonly targets: readonly ChartTarget[];
  readonly band?: ProjectionBand;
  /** Values that the axis holds whatever is drawn. */
  readonly hold: readonly number[];
  /** The longest text that may stand at a line's end: the room for it is kept whatever is drawn. */
  readonly longest: string;
}

export interface ChartOptions {
  /** Width in px; from 280. The height follows. */
  readonly width: number;
  /** With title, subtitle and source inside, for a file that stands alone. Default: the drawing only. */
  readonly framed?: boolean;
}

export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}
