import { periodText } from '../language/index.ts';
import { comparePeriods } from '../model/index.ts';
import type { ChartState, ChartValue } from './state.ts';
import { valueText, words } from './words.ts';

/** The same values as a table: the first column names the row. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Every value of a chart as a table: what a reader who can't see the drawing, or wants the digits, gets. */
export function chartTable(state: ChartState): ChartTable {
  const told = words[state.language];
  const shown = (value: ChartValue | undefined): string =>
    value === undefined ? '' : valueText(value, state.language);
  const when = (period: string): string => periodText(period, state.language);
  switch (state.kind) {
    case 'line':
    case 'stacked':
    case 'multiples': {
      const series = state.kind === 'multiples' ? state.panels : state.series;
      const periods = [...new Set(series.flatMap(({ points }) => points.map(({ period }) => period)))].sort(
        comparePeriods,
      );
      return {
        head: [told.period, ...series.map(({ name }) => name)],
        rows: periods.map((period) => [
          when(period),
          ...series.map(({ points }) => shown(points.find((point) => point.period === period))),
        ]),
      };
    }
    case 'projection': {
      const { lines, observed, band } = state;
      const columns = [
        ...(observed.length === 0 ? [] : [{ name: state.observedName, points: observed }]),
        ...lines,
      ];
      const periods = [
        ...new Set([
          ...columns.flatMap(({ points }) => points.map(({ period }) => period)),
          ...(band?.periods ?? []),
        ]),
      ].sort(comparePeriods);
      // A band of one range gives it twice, for both of its shades: a table says it once.
      const percentiles = (band?.percentiles ?? []).filter(
        ({ name }, at, all) => all.findIndex((each) => each.name === name) === at,
      );
      return {
        head: [
          told.period,
          ...columns.map(({ name }) => name),
          ...percentiles.map(({ name }) => `${band?.name ?? ''} ${name}`),
        ],
        rows: periods.map((period) => [
          when(period),
          ...columns.map(({ points }) => shown(points.find((point) => point.period === period))),
          ...percentiles.map(({ values }) => values[band?.periods.indexOf(period) ?? -1] ?? ''),
        ]),
      };
    }
    case 'bar':
      return {
        head: [told.name, state.unit],
        rows: state.rows.map((row) => [row.name, shown(row)]),
      };
    case 'tiles':
      return {
        head: [told.name, state.unit],
        rows: state.tiles.map((tile) => [tile.name, shown(tile)]),
      };
    case 'map':
      return {
        head: [told.name, state.unit],
        rows: [
          ...state.regions.map((region) => [region.name, shown(region)]),
          ...(state.points ?? []).map(({ name, longitude, latitude }, at) => [
            `${at + 1} ${name}`,
            `${latitude}°, ${longitude}°`,
          ]),
        ],
      };
    case 'scatter':
      return {
        head: [told.name, state.xName, state.yName],
        rows: state.dots.map(({ name, x, y }) => [name, shown(x), shown(y)]),
      };
    case 'slope':
    case 'dumbbell':
      return {
        head: [told.name, when(state.from), when(state.to)],
        rows: state.pairs.map(({ name, from, to }) => [name, shown(from), shown(to)]),
      };
    case 'sankey': {
      const names = new Map(state.nodes.map(({ id, name }) => [id, name]));
      return {
        head: [told.from, told.to, told.amount],
        rows: state.links.map(({ from, to, label }) => [names.get(from) ?? from, names.get(to) ?? to, label]),
      };
    }
  }
}
