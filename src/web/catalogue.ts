import { figureCode } from '../figures/index.ts';
import {
  type Area,
  type Breakdown,
  breakdownKey,
  type Citation,
  type Claim,
  comparePeriods,
  type Figure,
  type FigureKey,
  type Indicator,
  type SourceDocument,
  type Target,
} from '../model/index.ts';
import type { Place } from './place.ts';

/** One series of an indicator: an area and a breakdown, with the keys of its values (oldest first) and changes. */
export interface Series {
  readonly area: string;
  readonly breakdown: Breakdown;
  readonly values: readonly FigureKey[];
  readonly changes: readonly FigureKey[];
}

/** All that a place has on one indicator. */
export interface IndicatorEntry {
  readonly indicator: Indicator;
  /** The place's own area first, totals before breakdowns. */
  readonly series: readonly Series[];
  readonly targets: readonly Target[];
  readonly claims: readonly Claim[];
}

/** Series are arranged when first asked for: a large place has hundreds of thousands of values. */
class Entry implements IndicatorEntry {
  readonly indicator: Indicator;
  readonly targets: readonly Target[];
  readonly claims: readonly Claim[];
  readonly #here: Catalogue;
  #series: readonly Series[] | null;

  constructor(
    { indicator, targets, claims }: Omit<IndicatorEntry, 'series'>,
    series: readonly Series[] | null,
    here: Catalogue,
  ) {
    this.indicator = indicator;
    this.targets = targets;
    this.claims = claims;
    this.#series = series;
    this.#here = here;
  }

  get series(): readonly Series[] {
    this.#here.place.reads?.note(`shape ${this.indicator.id}`);
    this.#series ??= this.#here.seriesOf(this.indicator.id);
    return this.#series;
  }

  /** The series, where they have been asked for. */
  get arranged(): readonly Series[] | null {
    return this.#series;
  }
}

/** A place arranged for readers: by indicator, area and source. Made once when the place is opened. */
export class Catalogue {
  readonly place: Place;
  readonly entries: ReadonlyMap<string, Entry>;
  readonly areas: ReadonlyMap<string, Area>;
  readonly sources: ReadonlyMap<string, SourceDocument>;
  #goals: readonly string[] | null = null;

  /** `since`: a catalogue of an older state of the place, and the indicators that may differ; the rest is taken over. */
  constructor(
    place: Place,
    since: { readonly before: Catalogue; readonly indicators: ReadonlySet<string> } | null = null,
  ) {
    this.place = place;
    const { city, indicators, targets, claims } = place.workspace;
    this.areas = new Map(city.areas.map((area) => [area.id, area]));
    this.sources = new Map(city.sources.map((source) => [source.id, source]));
    const targetsOf = grouped(targets);
    const claimsOf = grouped(claims);
    this.entries = new Map(
      indicators.map((indicator): [string, Entry] => {
        const { id } = indicator;
        const known = since?.indicators.has(id) === false ? since.before.entries.get(id) : undefined;
        const entry = new Entry(
          { indicator, targets: targetsOf.get(id) ?? [], claims: claimsOf.get(id) ?? [] },
          known?.arranged ?? null,
          this,
        );
        return [id, entry];
      }),
    );
  }

  get valueCount(): number {
    let count = 0;
    for (const { series } of this.entries.values()) for (const { values } of series) count += values.length;
    return count;
  }

  /** The series of an indicator, the place's own area first, totals before breakdowns. */
  seriesOf(indicator: string): readonly Series[] {
    const cells = new Map<string, { values: FigureKey[]; changes: FigureKey[] }>();
    for (const key of this.place.figures.standard([indicator])) {
      const name = `${key.area} ${breakdownKey(key.breakdown)}`;
      const cell = cells.get(name) ?? { values: [], changes: [] };
      cells.set(name, cell);
      if (key.measure.kind === 'value') cell.values.push(key);
      else cell.changes.push(key);
    }
    const series = [...cells.values()].flatMap(({ values, changes }): Series[] => {
      const [first] = values;
      if (first === undefined) return [];
      const ordered = [...values].sort((a, b) => comparePeriods(periodOf(a), periodOf(b)));
      return [{ area: first.area, breakdown: first.breakdown, values: ordered, changes }];
    });
    return series.sort((a, b) => this.#rank(a) - this.#rank(b));
  }

  get city(): string {
    return this.place.workspace.city.id;
  }

  #rank({ area, breakdown }: Series): number {
    const own = area === this.place.workspace.city.area ? 0 : 2;
    return own + (Object.keys(breakdown).length === 0 ? 0 : 1);
  }

  figure(key: FigureKey): Figure {
    return this.place.figures.get(key);
  }

  /** The series a reader means when only the indicator is named. */
  main(entry: IndicatorEntry): Series | null {
    return entry.series[0] ?? null;
  }

  /** The newest value of a series that is there; null when all are missing. */
  latest(series: Series): Figure | null {
    const dated = series.values.filter((key) => periodOf(key) !== 'undated');
    for (const key of [...series.values.filter((key) => !dated.includes(key)), ...dated].reverse()) {
      const figure = this.figure(key);
      if (figure.value !== null) return figure;
    }
    return null;
  }

  /** The one change that tells most about a series: over the whole of it, in % or in points. */
  leadingChange(series: Series): Figure | null {
    const telling = series.changes.filter(
      ({ measure }) =>
        measure.kind === 'relative' || measure.kind === 'points' || measure.kind === 'absolute',
    );
    const best = [...telling].sort((a, b) => spanOf(b) - spanOf(a) || order(a) - order(b));
    for (const key of best) {
      const figure = this.figure(key);
      if (figure.value !== null) return figure;
    }
    return null;
  }

  /** Goals that have indicators here, in order of number. */
  goals(): readonly string[] {
    this.#goals ??= [...new Set([...this.entries.values()].flatMap(({ indicator }) => indicator.goals))].sort(
      (a, b) => Number(a) - Number(b),
    );
    return this.#goals;
  }

  /** How many records cite a source, by indicator. */
  citedBy(source: string): ReadonlyMap<string, number> {
    const { observations, targets, claims } = this.place.workspace;
    const counts = new Map<string, number>();
    for (const records of [observations, targets, claims])
      for (const each of records)
        if (each.source === source) counts.set(each.indicator, (counts.get(each.indicator) ?? 0) + 1);
    return counts;
  }

  /** What cites a source, in order of the place in it. */
  citations(source: string): readonly CitedRecord[] {
    const { observations, targets, claims } = this.place.workspace;
    const found: CitedRecord[] = [];
    for (const each of observations)
      if (each.source === source)
        found.push({
          kind: 'observation',
          indicator: each.indicator,
          area: each.area,
          period: each.period,
          value: each.value,
          unit: each.unit,
          source,
          locator: each.locator,
          code: figureCode({
            city: this.city,
            indicator: each.indicator,
            area: each.area,
            breakdown: each.breakdown,
            measure: { kind: 'value', period: each.period },
          }),
        });
    for (const each of targets)
      if (each.source === source)
        found.push({ ...pick(each), kind: 'target', period: each.period, code: null });
    for (const each of claims)
      if (each.source === source) found.push({ ...pick(each), kind: 'claim', period: each.to, code: null });
    return found.sort((a, b) => locatorNumber(a.locator) - locatorNumber(b.locator));
  }
}

/** The newest period in which at least two of some series have a value, with these values in the order of the series. */
export function newestShared(
  among: readonly Series[],
  here: Catalogue,
): { readonly period: string; readonly figures: readonly Figure[] } | null {
  const byPeriod = new Map<string, FigureKey[]>();
  for (const { values } of among)
    for (const key of values) {
      const period = periodOf(key);
      const keys = byPeriod.get(period);
      if (keys === undefined) byPeriod.set(period, [key]);
      else keys.push(key);
    }
  byPeriod.delete('undated');
  for (const [period, keys] of [...byPeriod].sort(([a], [b]) => (a < b ? 1 : -1))) {
    if (keys.length < 2) continue;
    const figures = keys.map((key) => here.figure(key)).filter(({ value }) => value !== null);
    if (figures.length > 1) return { period, figures };
  }
  return null;
}

export interface CitedRecord extends Citation {
  readonly kind: 'observation' | 'target' | 'claim';
  readonly indicator: string;
  readonly area: string;
  readonly period: string;
  readonly value: string | null;
  readonly unit: string;
  /** Code of the figure that shows it, where it is a value. */
  readonly code: string | null;
}

function pick({
  indicator,
  area,
  value,
  unit,
  source,
  locator,
}: Target | Claim): Pick<CitedRecord, 'indicator' | 'area' | 'value' | 'unit' | 'source' | 'locator'> {
  return { indicator, area, value, unit, source, locator };
}

/** First number in a locator, so that line 9 stands before line 10. */
function locatorNumber(locator: string): number {
  return Number(/\d+/.exec(locator)?.[0] ?? Number.MAX_SAFE_INTEGER);
}

export function periodOf({ measure }: FigureKey): string {
  if ('period' in measure) return measure.period;
  return 'to' in measure ? measure.to : '';
}

function spanOf({ measure }: FigureKey): number {
  return 'from' in measure ? Number(measure.to) - Number(measure.from) : 0;
}

/** Relative change and points say more than a bare difference. */
function order({ measure }: FigureKey): number {
  return measure.kind === 'absolute' ? 1 : 0;
}

function grouped<Statement extends { readonly indicator: string }>(
  statements: readonly Statement[],
): ReadonlyMap<string, readonly Statement[]> {
  const groups = new Map<string, Statement[]>();
  for (const statement of statements)
    groups.set(statement.indicator, [...(groups.get(statement.indicator) ?? []), statement]);
  return groups;
}
