import { figureCode, type StandardSeries, weightOf } from '../figures/index.ts';
import type {
  Area,
  Breakdown,
  Citation,
  Claim,
  Figure,
  FigureKey,
  Indicator,
  Measure,
  SourceDocument,
  Target,
} from '../model/index.ts';
import { type PromisedTarget, promisedTargets } from '../plan/index.ts';
import type { Place } from './place.ts';

/** One series of an indicator: an area and a breakdown, with the keys of its values (oldest first) and changes. */
export interface Series {
  readonly area: string;
  readonly breakdown: Breakdown;
  /** Of its values, oldest first. */
  readonly periods: readonly string[];
  /** The key of one value. */
  valueAt(period: string): FigureKey;
  readonly values: readonly FigureKey[];
  readonly changes: readonly FigureKey[];
}

/** Keys held at once for all series of a place; those of others are made again when asked for. */
const mostKeys = 60_000;

/** Figures of whole series held at once: the pages of one indicator show them again and again. */
const mostFigures = 6_000;

/** The keys of some series, which are most of what a catalogue of a large place would hold. */
class HeldKeys {
  #of: KeyedSeries[] = [];
  #count = 0;

  hold(series: KeyedSeries, keys: number): void {
    if (this.#count + keys > mostKeys) {
      for (const each of this.#of) each.forget();
      this.#of = [];
      this.#count = 0;
    }
    this.#of.push(series);
    this.#count += keys;
  }
}

/** A series whose keys are made when first asked for. */
class KeyedSeries implements Series {
  readonly #from: StandardSeries;
  readonly #of: Pick<FigureKey, 'city' | 'indicator'>;
  readonly #held: HeldKeys;
  #values: readonly FigureKey[] | null = null;
  #changes: readonly FigureKey[] | null = null;

  constructor(from: StandardSeries, of: Pick<FigureKey, 'city' | 'indicator'>, held: HeldKeys) {
    this.#from = from;
    this.#of = of;
    this.#held = held;
  }

  get area(): string {
    return this.#from.area;
  }

  get breakdown(): Breakdown {
    return this.#from.breakdown;
  }

  get periods(): readonly string[] {
    return this.#from.periods;
  }

  valueAt(period: string): FigureKey {
    const { city, indicator } = this.#of;
    const { area, breakdown } = this.#from;
    return { city, indicator, area, breakdown, measure: { kind: 'value', period } };
  }

  get values(): readonly FigureKey[] {
    this.#values ??= this.#keys(this.#from.periods.map((period) => ({ kind: 'value', period })));
    return this.#values;
  }

  get changes(): readonly FigureKey[] {
    this.#changes ??= this.#keys(this.#from.changes());
    return this.#changes;
  }

  #keys(measures: readonly Measure[]): readonly FigureKey[] {
    const { area, breakdown } = this.#from;
    this.#held.hold(this, measures.length);
    const { city, indicator } = this.#of;
    return measures.map((measure) => ({ city, indicator, area, breakdown, measure }));
  }

  forget(): void {
    this.#values = null;
    this.#changes = null;
  }
}

/** All that a place has on one indicator. */
export interface IndicatorEntry {
  readonly indicator: Indicator;
  /** The place's own area first, totals before breakdowns. */
  readonly series: readonly Series[];
  readonly targets: readonly PromisedTarget[];
  readonly claims: readonly Claim[];
}

/** Series are arranged when first asked for: a large place has hundreds of thousands of values. */
class Entry implements IndicatorEntry {
  readonly indicator: Indicator;
  readonly targets: readonly PromisedTarget[];
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
  /** Indicators as readers list them: ends of intervals stand with the values that lie between them. */
  readonly listed: readonly Entry[];
  readonly areas: ReadonlyMap<string, Area>;
  readonly sources: ReadonlyMap<string, SourceDocument>;
  #goals: readonly string[] | null = null;
  #cited: ReadonlyMap<string, ReadonlyMap<string, number>> | null = null;
  readonly #held = new HeldKeys();
  readonly #figures = new Map<Series, readonly Figure[]>();
  #figureWeight = 0;

  /** `since`: a catalogue of an older state of the place, and the indicators that may differ; the rest is taken over. */
  constructor(
    place: Place,
    since: { readonly before: Catalogue; readonly indicators: ReadonlySet<string> } | null = null,
  ) {
    this.place = place;
    const { city, indicators, claims } = place.workspace;
    this.areas = new Map(city.areas.map((area) => [area.id, area]));
    this.sources = new Map(city.sources.map((source) => [source.id, source]));
    const targetsOf = promisedTargets(place.workspace);
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
    this.listed = this.#withoutEnds();
  }

  #withoutEnds(): readonly Entry[] {
    const ends = new Set<string>();
    for (const { indicator } of this.entries.values())
      if (indicator.interval !== undefined) ends.add(indicator.interval.lower).add(indicator.interval.upper);
    return [...this.entries.values()].filter(({ indicator }) => !ends.has(indicator.id));
  }

  get valueCount(): number {
    let count = 0;
    for (const { series } of this.entries.values()) for (const { periods } of series) count += periods.length;
    return count;
  }

  /** The series of an indicator, the place's own area first, totals before breakdowns. */
  seriesOf(indicator: string): readonly Series[] {
    const of = { city: this.city, indicator };
    const series = this.place.figures
      .series(indicator)
      .flatMap((from) => (from.periods.length === 0 ? [] : [new KeyedSeries(from, of, this.#held)]));
    return series.sort((a, b) => this.#rank(a) - this.#rank(b));
  }

  get city(): string {
    return this.place.workspace.city.id;
  }

  /** The place itself before its parts; the whole before groups, and groups before groups of groups. */
  #rank({ area, breakdown }: Series): number {
    const own = area === this.place.workspace.city.area ? 0 : 100;
    return own + Object.keys(breakdown).length;
  }

  figure(key: FigureKey): Figure {
    return this.place.figures.get(key);
  }

  /** The figures of a series' values, oldest first. */
  figuresOf(series: Series): readonly Figure[] {
    const known = this.#figures.get(series);
    const [first] = series.values;
    if (known !== undefined) {
      // Whoever takes note of what is read: one value of a series stands for all of them.
      if (first !== undefined) this.figure(first);
      return known;
    }
    const figures = series.values.map((key) => this.figure(key));
    const weight = figures.reduce((sum, figure) => sum + weightOf(figure), 0);
    if (this.#figureWeight + weight > mostFigures) {
      this.#figures.clear();
      this.#figureWeight = 0;
    }
    this.#figures.set(series, figures);
    this.#figureWeight += weight;
    return figures;
  }

  /** The series a reader means when only the indicator is named. */
  main(entry: IndicatorEntry): Series | null {
    return entry.series[0] ?? null;
  }

  /** The newest value of a series that is there; null when all are missing. */
  latest(series: Series): Figure | null {
    const { periods } = series;
    const dated = periods.filter((period) => period !== 'undated').reverse();
    for (const period of dated.length === periods.length ? dated : [...dated, 'undated']) {
      const figure = this.figure(series.valueAt(period));
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
    this.#cited ??= this.#counted();
    this.place.reads?.note('presence');
    return this.#cited.get(source) ?? new Map();
  }

  #counted(): ReadonlyMap<string, ReadonlyMap<string, number>> {
    const counted = (): ReadonlyMap<string, ReadonlyMap<string, number>> => {
      const { observations, targets, claims } = this.place.workspace;
      const all = new Map<string, Map<string, number>>();
      for (const records of [observations, targets, claims])
        for (const { source, indicator } of records) {
          const counts = all.get(source) ?? new Map<string, number>();
          all.set(source, counts);
          counts.set(indicator, (counts.get(indicator) ?? 0) + 1);
        }
      return all;
    };
    return this.place.reads?.as('presence', counted) ?? counted();
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
  const byPeriod = new Map<string, Series[]>();
  for (const series of among)
    for (const period of series.periods) {
      const those = byPeriod.get(period);
      if (those === undefined) byPeriod.set(period, [series]);
      else those.push(series);
    }
  byPeriod.delete('undated');
  for (const [period, those] of [...byPeriod].sort(([a], [b]) => (a < b ? 1 : -1))) {
    if (those.length < 2) continue;
    const figures = those
      .map((series) => here.figure(series.valueAt(period)))
      .filter(({ value }) => value !== null);
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
