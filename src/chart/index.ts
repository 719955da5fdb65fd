export { describeChart } from './describe.ts';
export { ink } from './ink.ts';
export {
  drawPointed,
  type Pointed,
  pointedAt,
  pointedBeside,
  type Reach,
  reachOf,
  tellPointed,
} from './reach.ts';
export { drawChart } from './render.ts';
export type {
  BarChart,
  ChartDot,
  ChartHead,
  ChartOptions,
  ChartPair,
  ChartPlace,
  ChartPoint,
  ChartRegion,
  ChartRole,
  ChartRow,
  ChartSeries,
  ChartState,
  ChartTarget,
  ChartTile,
  ChartValue,
  Drawing,
  DumbbellChart,
  LineChart,
  MultiplesChart,
  ProjectionBand,
  ProjectionChart,
  ProjectionLine,
  ProjectionStyle,
  RegionMap,
  Rings,
  SankeyChart,
  ScatterChart,
  SlopeChart,
  StackedChart,
  TileMap,
} from './state.ts';
export { escapeXml } from './svg.ts';
export { type ChartTable, chartTable } from './table.ts';
