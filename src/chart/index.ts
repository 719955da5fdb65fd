export { describeChart } from './describe.ts';
export { drawChart } from './render.ts';
export type {
  BarChart,
  ChartHead,
  ChartOptions,
  ChartPair,
  ChartPoint,
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
  SankeyChart,
  SlopeChart,
  TileMap,
} from './state.ts';
export { type ChartTable, chartTable } from './table.ts';
