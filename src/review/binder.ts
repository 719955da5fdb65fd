import {
  formatValue,
  inARow,
  inBrackets,
  labelled,
  listMark,
  periodText,
  type ValueStyle,
} from '../language/index.ts';
import {
  type Breakdown,
  type Countable,
  comparePeriods,
  type Figure,
  type FigureKey,
  type Finding,
  type Indicator,
  type Language,
  type Localized,
  type Measure,
  type Review,
  type SourceDocument,
  type Workspace,
} from '../model/index.ts';
import type { Tag } from './chapter.ts';
import {
  type AnnexEntry,
  type Inline,
  named,
  type ScenarioEntry,
  type SourceEntry,
  type Standing,
} from './document.ts';
import type { ScenarioBook } from './scenario-book.ts';
import { say } from './words.ts';

/** What a review reads its numbers from. */
export interface FigureReader {
  get(key: FigureKey): Figure;
  standard(): Iterable<FigureKey>;
}

/** A place whose review belongs to this one, with its own figures. */
export interface RelatedPlace {
  readonly workspace: Workspace;
  readonly figures: FigureReader;
}

export interface BindInput {
  readonly review: Review;
  readonly workspace: Workspace;
  readonly figures: FigureReader;
  readonly related?: readonly RelatedPlace[];
  readonly language: Language;
  readonly asOf?: number;
  /** Named scenarios of the place's model; a review without one has no scenario tags. */
  readonly scenarios?: ScenarioBook | null;
}

/** Where a tag stands, for findings. */
export interface TagPlace {
  readonly file: string;
  readonly tag: Tag;
}

/** A figure with what is needed to show it. */
export interface BoundFigure {
  readonly figure: Figure;
  /** Null for a count, which has no indicator. */
  readonly indicator: Indicator | null;
  readonly place: RelatedPlace;
}

const emptyBreakdown: Breakdown = {};

/** The state of binding one review in one language: what it reads from, what it has used so far, what it found. */
export class Binder {
  readonly language: Language;
  readonly workspace: Workspace;
  readonly review: Review;
  readonly findings: Finding[] = [];
  readonly here: RelatedPlace;
  readonly places: readonly RelatedPlace[];
  readonly scenarios: ScenarioBook | null;
  readonly #scenarios = new Map<string, ScenarioEntry>();
  readonly #sources = new Map<string, SourceEntry>();
  readonly #used = new Map<string, AnnexEntry>();
  readonly #periods = new Map<RelatedPlace, Map<string, string[]>>();
  #tables = 0;
  #charts = 0;
  #hands = 0;

  constructor({ review, workspace, figures, related = [], language, scenarios = null }: BindInput) {
    this.scenarios = scenarios;
    this.language = language;
    this.workspace = workspace;
    this.review = review;
    this.here = { workspace, figures };
    this.places = [this.here, ...related];
  }

  get sources(): readonly SourceEntry[] {
    return [...this.#sources.values()];
  }

  get used(): readonly AnnexEntry[] {
    return [...this.#used.values()].sort((a, b) => compareText(a.figure, b.figure));
  }

  /** Results of scenarios that the review prints: apart from figures that are computed from records. */
  get usedScenarios(): readonly ScenarioEntry[] {
    return [...this.#scenarios.values()].sort(
      ({ figure: a }, { figure: b }) =>
        compareCodes(a.variable, b.variable) ||
        compareCodes(a.period, b.period) ||
        compareCodes(a.code, b.code),
    );
  }

  useScenario(entry: ScenarioEntry): void {
    this.#scenarios.set(entry.figure.code, entry);
  }

  nextTable(): string {
    this.#tables += 1;
    return String(this.#tables);
  }

  nextChart(): string {
    this.#charts += 1;
    return String(this.#charts);
  }

  nextHand(): string {
    this.#hands += 1;
    return String(this.#hands);
  }

  report(
    at: TagPlace,
    rule: string,
    severity: Finding['severity'],
    what: string,
    advice: { why: string; mend: string },
  ): void {
    const where = { file: at.file, row: at.tag.line, column: at.tag.column };
    this.findings.push({ rule, severity, where, what, ...advice });
  }

  /** The place that knows an area: this one, or a related one that is about it. */
  placeOf(area: string): RelatedPlace | null {
    const own = this.places.find(({ workspace }) => workspace.city.area === area);
    return (
      own ?? this.places.find(({ workspace }) => workspace.city.areas.some(({ id }) => id === area)) ?? null
    );
  }

  areaName(id: string): string {
    for (const { workspace } of this.places)
      for (const area of workspace.city.areas) if (area.id === id) return named(area.name, this.language);
    return id;
  }

  indicator(id: string, place: RelatedPlace = this.here): Indicator | null {
    return place.workspace.indicators.find((each) => each.id === id) ?? null;
  }

  /** Periods that have a figure of an indicator in an area (total), oldest first; `undated` last. */
  periods(place: RelatedPlace, indicator: string, area: string): readonly string[] {
    let index = this.#periods.get(place);
    if (index === undefined) {
      index = new Map();
      for (const key of place.figures.standard()) {
        if (key.measure.kind !== 'value' || Object.keys(key.breakdown).length > 0) continue;
        const at = `${key.indicator} ${key.area}`;
        const list = index.get(at);
        if (list === undefined) index.set(at, [key.measure.period]);
        else if (!list.includes(key.measure.period)) list.push(key.measure.period);
      }
      for (const list of index.values()) list.sort(comparePeriods);
      this.#periods.set(place, index);
    }
    return index.get(`${indicator} ${area}`) ?? [];
  }

  /** Computes one figure and writes it into the annex. Null when no workspace at hand knows the indicator. */
  figure(indicator: string, area: string, measure: Measure, breakdown = emptyBreakdown): BoundFigure | null {
    const found = this.peek(indicator, area, measure, breakdown);
    return found === null ? null : this.#use(found);
  }

  /** {@link figure} without writing it into the annex: for choosing what to show. */
  peek(indicator: string, area: string, measure: Measure, breakdown = emptyBreakdown): BoundFigure | null {
    const first = this.placeOf(area);
    const candidates = first === null ? [] : [first, ...this.places.filter((each) => each !== first)];
    let missing: BoundFigure | null = null;
    for (const place of candidates) {
      const known = this.indicator(indicator, place);
      if (known === null || !place.workspace.city.areas.some(({ id }) => id === area)) continue;
      const figure = place.figures.get({
        city: place.workspace.city.id,
        indicator,
        area,
        breakdown,
        measure,
      });
      const bound = { figure, indicator: known, place };
      if (figure.value !== null) return bound;
      missing ??= bound;
    }
    return missing;
  }

  #use(bound: BoundFigure): BoundFigure {
    const { figure, indicator, place } = bound;
    if (!this.#used.has(figure.code)) {
      for (const { source } of figure.contributions) this.source(source, place);
      this.#used.set(figure.code, {
        figure,
        name: this.figureName(figure, indicator, place),
        area: this.areaName(figure.key.area),
        period: measurePeriod(figure.key.measure, this.language),
        value: this.text(figure),
      });
    }
    return bound;
  }

  figureName(figure: Figure, indicator: Indicator | null, place: RelatedPlace): string {
    const { measure, breakdown } = figure.key;
    if (measure.kind === 'count') {
      const goal = measure.goal === null ? '' : ` (${measure.goal})`;
      return say('measureCount', this.language, {
        i: `${named(countNames[measure.of], this.language)}${goal}`,
      });
    }
    const i = indicator === null ? figure.key.indicator : named(indicator.name, this.language);
    const groups = Object.entries(breakdown).map(([dimension, value]) => {
      const found = place.workspace.city.dimensions.find(({ id }) => id === dimension);
      const category = found?.values.find(({ id }) => id === value);
      return category === undefined ? value : named(category.name, this.language);
    });
    const word = measureWord[measure.kind];
    const of = measure.kind === 'share' ? this.indicator(measure.of, place) : null;
    const o = of === null ? '' : named(of.name, this.language);
    const whole = say(word, this.language, { i, o });
    if (groups.length === 0) return whole;
    return `${whole}${inBrackets(groups.join(listMark(this.language)), this.language)}`;
  }

  /** Number of a source in the list of sources; 0 when no workspace at hand has it. */
  source(id: string, place: RelatedPlace = this.here): number {
    const known = this.#sources.get(id);
    if (known !== undefined) return known.number;
    const found = [place, ...this.places]
      .flatMap(({ workspace }) => workspace.city.sources)
      .find((each: SourceDocument) => each.id === id);
    if (found === undefined) return 0;
    const entry: SourceEntry = {
      number: this.#sources.size + 1,
      id,
      title: named(found.title, this.language),
      producer: named(found.producer, this.language),
      date: found.date === 'undated' ? say('undated', this.language) : found.date,
      licence: found.licenceName === undefined ? found.licence : named(found.licenceName, this.language),
      url: found.url ?? null,
      sha256: found.sha256 ?? null,
    };
    this.#sources.set(id, entry);
    return entry.number;
  }

  /** A figure's value as text, without marks of its standing. */
  text(
    figure: Figure,
    shown: { value?: string; unit?: string; decimals?: number } = {},
    style: ValueStyle = {},
  ): string {
    const value = shown.value ?? figure.value;
    if (value === null) return say('notReported', this.language);
    return formatValue(
      {
        value,
        unit: shown.unit ?? figure.unit,
        decimals: shown.decimals ?? figure.decimals,
        qualifier: figure.qualifier,
      },
      this.language,
      style,
    );
  }

  /** The number of things of one kind that the workspace lists, as a figure. */
  countFigure(of: Countable, goal: string | null): BoundFigure {
    const { city } = this.workspace;
    const figure = this.here.figures.get({
      city: city.id,
      indicator: 'count',
      area: city.area,
      breakdown: emptyBreakdown,
      measure: { kind: 'count', of, goal },
    });
    return this.#use({ figure, indicator: null, place: this.here });
  }

  /** A figure as an inline number with code, standing and a sentence that tells what it is. */
  number({ figure }: BoundFigure, shown: string = this.text(figure)): Inline {
    const entry = this.#used.get(figure.code);
    const basis = inARow(
      [entry?.name ?? figure.key.indicator, entry?.area ?? figure.key.area, entry?.period ?? ''],
      this.language,
    );
    if (figure.value === null) {
      const why = figure.missing === null ? '' : named(figure.missing, this.language);
      return {
        kind: 'number',
        text: shown,
        standing: 'missing',
        code: figure.code,
        basis: `${labelled(basis, this.language)}${why}`,
      };
    }
    return { kind: 'number', text: shown, standing: standingOf(figure), code: figure.code, basis };
  }
}

const countNames: Readonly<Record<Countable, Localized>> = {
  areas: { en: 'areas', zh: '地区' },
  cases: { en: 'cases', zh: '案例' },
  commitments: { en: 'commitments', zh: '规划事项' },
  criteria: { en: 'criteria', zh: '考核要求' },
  goals: { en: 'goals', zh: '目标' },
  indicators: { en: 'indicators', zh: '指标' },
  'key-indicators': { en: 'key indicators', zh: '关键指标' },
  measures: { en: 'measures', zh: '举措' },
  practices: { en: 'practices', zh: '实践' },
};

const measureWord = {
  value: 'measureValue',
  relative: 'measureRelative',
  points: 'measurePoints',
  absolute: 'measureAbsolute',
  growth: 'measureGrowth',
  ratio: 'measureRatio',
  share: 'measureShare',
  mean: 'measureMean',
  rank: 'measureRank',
} as const;

export function standingOf({ value, status }: Pick<Figure, 'value' | 'status'>): Standing {
  if (value === null) return 'missing';
  if (status === 'F') return 'forecast';
  if (status === 'P') return 'provisional';
  return status === 'E' || status === 'I' ? 'estimated' : 'present';
}

export function measurePeriod(measure: Measure, language: Language): string {
  if ('period' in measure) return periodText(measure.period, language);
  return 'from' in measure ? periodText(`${measure.from}/${measure.to}`, language) : '–';
}

function compareCodes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Annex order: indicator, area, then code: the same for every run, place and locale. */
function compareText(a: Figure, b: Figure): number {
  for (const [x, y] of [
    [a.key.indicator, b.key.indicator],
    [a.key.area, b.key.area],
    [a.code, b.code],
  ] as const)
    if (x !== y) return x < y ? -1 : 1;
  return 0;
}
