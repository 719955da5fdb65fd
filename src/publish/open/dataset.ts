import type { FigureSet } from '../../figures/index.ts';
import {
  type Area,
  type Breakdown,
  comparePeriods,
  type Dimension,
  type Indicator,
  type Localized,
  type ObservationStatus,
  type Qualifier,
  type SourceDocument,
  type Workspace,
} from '../../model/index.ts';

/** One value as open data: an observation as it was handed in, or the value of a computed indicator. */
export interface OpenRow {
  readonly indicator: string;
  readonly area: string;
  readonly period: string;
  readonly breakdown: Breakdown;
  /** Exact decimal; null when missing. */
  readonly value: string | null;
  readonly unit: string;
  readonly status: ObservationStatus;
  readonly qualifier: Qualifier | null;
  /** Why there is no value, or what the source adds. */
  readonly comment: string | null;
  /** Document and place in it; the formula for a computed value. */
  readonly source: string;
  readonly locator: string;
}

/** A city's open data as of one position of its log. Rows are given indicator by indicator, so that none but those of one are held. */
export interface OpenDataset {
  readonly city: string;
  readonly name: Localized;
  readonly asOf: number;
  /** The day of the newest source, or the first day of 1970 when no source is dated: the same on every run. */
  readonly date: string;
  readonly licences: readonly string[];
  readonly languages: readonly string[];
  readonly areas: readonly Area[];
  readonly dimensions: readonly Dimension[];
  readonly indicators: readonly Indicator[];
  readonly sources: readonly SourceDocument[];
  /** Rows of one indicator in the order area, breakdown, period. */
  rows(indicator: string): readonly OpenRow[];
}

export interface OpenPlace {
  readonly workspace: Workspace;
  readonly figures: FigureSet;
  readonly asOf: number;
}

/** The open data of a place that is in memory. */
export function openDataset({ workspace, figures, asOf }: OpenPlace): OpenDataset {
  const observed = new Map<string, OpenRow[]>();
  for (const { reason, note, ref: _, ...row } of workspace.observations) {
    const own: OpenRow = { ...row, comment: reason === null ? note : reason.en === '' ? reason.zh : reason.en };
    const list = observed.get(row.indicator);
    if (list === undefined) observed.set(row.indicator, [own]);
    else list.push(own);
  }
  return {
    ...describe(workspace, asOf),
    rows(id) {
      const indicator = figures.definitions.indicators.get(id);
      if (indicator === undefined || (indicator.formula === undefined && indicator.rollup === 'none'))
        return inOrder(observed.get(id) ?? []);
      return inOrder(computedRows(figures, indicator));
    },
  };
}

/** What a city says about its data, without the data. */
export function describe(workspace: Pick<Workspace, 'city' | 'indicators'>, asOf: number): Omit<OpenDataset, 'rows'> {
  const { city } = workspace;
  const dated = city.sources.map(({ date }) => date).filter((date) => date !== 'undated').sort();
  const newest = dated.at(-1) ?? '1970-01-01';
  return {
    city: city.id,
    name: city.name,
    asOf,
    date: newest.length === 4 ? `${newest}-12-31` : newest.length === 7 ? `${newest}-01` : newest,
    licences: [...new Set(city.sources.map(({ licence }) => licence))].sort(),
    languages: city.languages,
    areas: city.areas,
    dimensions: city.dimensions,
    indicators: [...workspace.indicators].sort((a, b) => (a.id < b.id ? -1 : 1)),
    sources: city.sources,
  };
}

function computedRows(figures: FigureSet, indicator: Indicator): OpenRow[] {
  const rows: OpenRow[] = [];
  for (const key of figures.standard([indicator.id])) {
    if (key.measure.kind !== 'value') continue;
    const figure = figures.get(key);
    const sources = [...new Set(figure.contributions.map(({ source }) => source))];
    rows.push({
      indicator: indicator.id,
      area: key.area,
      period: key.measure.period,
      breakdown: key.breakdown,
      value: figure.value,
      unit: figure.unit,
      status: figure.status,
      qualifier: figure.qualifier,
      comment: figure.missing === null ? null : figure.missing.en,
      source: sources.join(' '),
      locator: figure.formula.text,
    });
  }
  return rows;
}

/** Area, breakdown, period: the order of every format, so that a series stands together. */
function inOrder(rows: readonly OpenRow[]): readonly OpenRow[] {
  const keyed = rows.map((row) => ({ row, series: seriesText(row) }));
  keyed.sort((a, b) => (a.series < b.series ? -1 : a.series > b.series ? 1 : comparePeriods(a.row.period, b.row.period)));
  return keyed.map(({ row }) => row);
}

export function seriesText({ area, breakdown }: Pick<OpenRow, 'area' | 'breakdown'>): string {
  let text = area;
  for (const dimension of Object.keys(breakdown).sort()) text += ` ${dimension}=${breakdown[dimension]}`;
  return text;
}
