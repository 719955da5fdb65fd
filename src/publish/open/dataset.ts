import type { FigureReader, FigureSet } from '../../figures/index.ts';
import type {
  Area,
  Dimension,
  Indicator,
  Localized,
  Observation,
  SourceDocument,
  Workspace,
} from '../../model/index.ts';
import type { ObservationRun, Store } from '../../store/index.ts';
import type { OpenRow } from './row.ts';
import { commentOf, type OpenSeries, periodOrder, seriesOf, seriesOfRuns, seriesText } from './series.ts';

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
  /** Every unit that a row has. */
  units(): ReadonlySet<string>;
}

/** What is said of open data, without the data. */
export type OpenDescription = Omit<OpenDataset, 'rows' | 'units'>;

export interface OpenPlace {
  readonly workspace: Workspace;
  readonly figures: FigureSet;
  readonly asOf: number;
}

/** The open data of a place that is in memory. */
export function openDataset({ workspace, figures, asOf }: OpenPlace): OpenDataset {
  let observed: ReadonlyMap<string, readonly Observation[]> | null = null;
  return {
    ...describe(workspace, asOf),
    rows(id) {
      const indicator = figures.definitions.indicators.get(id);
      if (indicator === undefined || (indicator.formula === undefined && indicator.rollup === 'none')) {
        observed ??= byIndicator(workspace.observations);
        return inOrder((observed.get(id) ?? []).map(openRow));
      }
      return inOrder(computedRows(figures, indicator));
    },
    units() {
      const units = new Set(workspace.indicators.map(({ unit }) => unit));
      for (const { unit } of workspace.observations) units.add(unit);
      return units;
    },
  };
}

function byIndicator(observations: readonly Observation[]): ReadonlyMap<string, readonly Observation[]> {
  const observed = new Map<string, Observation[]>();
  for (const row of observations) {
    const list = observed.get(row.indicator);
    if (list === undefined) observed.set(row.indicator, [row]);
    else list.push(row);
  }
  return observed;
}

/** What a city says about its data, without the data. */
export function describe(workspace: Pick<Workspace, 'city' | 'indicators'>, asOf: number): OpenDescription {
  const { city } = workspace;
  const dated = city.sources
    .map(({ date }) => date)
    .filter((date) => date !== 'undated')
    .sort();
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

function openRow(row: Observation): OpenRow {
  return {
    indicator: row.indicator,
    area: row.area,
    period: row.period,
    breakdown: row.breakdown,
    value: row.value,
    unit: row.unit,
    status: row.status,
    qualifier: row.qualifier,
    comment: commentOf(row.reason, row.note),
    source: row.source,
    locator: row.locator,
  };
}

/** Area, breakdown, period: the order of every format, so that a series stands together. */
function inOrder(rows: readonly OpenRow[]): readonly OpenRow[] {
  const series = new Map<string, OpenRow[]>();
  for (const row of rows) {
    const text = seriesText(row);
    const list = series.get(text);
    if (list === undefined) series.set(text, [row]);
    else list.push(row);
  }
  return [...series]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, list]) => list.sort((a, b) => periodOrder(a.period, b.period)));
}

/** Packed values held at once. */
const mostPacked = 6_000;

/**
 * Series read from the store a few indicators at a time, in the order of indicators: what is held is bounded by the largest
 * indicators, not by the city. What was handed in is read packed; a computed indicator's values are its figures.
 */
export async function* storedParts(
  reader: FigureReader,
  store: Pick<Store, 'observationCounts' | 'observationRuns'>,
): AsyncGenerator<readonly OpenSeries[]> {
  const { asOf } = reader;
  const city = reader.workspace.city.id;
  const counts = await store.observationCounts(city, { asOf });
  for (const { ids, isHandedIn } of sharedOut(reader, counts)) {
    if (isHandedIn) {
      const byIndicator = new Map<string, ObservationRun[]>(ids.map((id) => [id, []]));
      for (const run of await store.observationRuns(city, { asOf, indicators: ids }))
        byIndicator.get(run.indicator)?.push(run);
      for (const runs of byIndicator.values()) yield seriesOfRuns(runs);
      continue;
    }
    for await (const figures of reader.each(ids)) {
      const part = openDataset({ workspace: figures.workspace, figures, asOf });
      for (const id of figures.wanted) yield seriesOf(part.rows(id));
    }
  }
}

/** Neighbours of one kind together, those handed in at most so many values at once. */
function* sharedOut(
  reader: FigureReader,
  counts: ReadonlyMap<string, number>,
): Generator<{ readonly ids: readonly string[]; readonly isHandedIn: boolean }> {
  let ids: string[] = [];
  let kind = true;
  let held = 0;
  for (const id of reader.indicators()) {
    const isHandedIn = reader.isHandedIn(id);
    const count = counts.get(id) ?? 0;
    if (ids.length > 0 && (isHandedIn !== kind || (kind && held + count > mostPacked))) {
      yield { ids, isHandedIn: kind };
      [ids, held] = [[], 0];
    }
    kind = isHandedIn;
    ids.push(id);
    held += count;
  }
  if (ids.length > 0) yield { ids, isHandedIn: kind };
}
