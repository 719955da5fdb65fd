import {
  type Breakdown,
  type Completeness,
  type Contribution,
  type Countable,
  canonicalDecimal,
  type Figure,
  type FigureKey,
  type Finding,
  type Indicator,
  isMissingStatus,
  isPartial,
  type Localized,
  type ObservationStatus,
  parseUnit,
  type Qualifier,
  type Rational,
  toDecimalText,
  type Unit,
  type Workspace,
} from '../model/index.ts';
import { Binder, type Definitions } from './binder.ts';
import { countedItems } from './countable.ts';
import { shownDecimals } from './decimals.ts';
import { type Declared, declaredOf } from './declared.ts';
import { DerivedIndex } from './derived-index.ts';
import { evaluate, NoValue } from './evaluate.ts';
import { type Expression, printExpression } from './expression.ts';
import { codeOfKeyText, figureCode, figureKeyText, measureText, shortCodeLength } from './figure-code.ts';
import { figureRoot, formulaHash } from './figure-root.ts';
import { changeExpression, measureUnit } from './measure.ts';
import { ObservationIndex, relatedObservations } from './observation-index.ts';
import { fewRecords, withEvidence } from './on-demand.ts';
import type { IndexedObservation } from './open-cell.ts';
import { type StandardSeries, standardKeys, standardSeries } from './standard.ts';

/** Statuses from the firmest to the weakest: a computed figure is no firmer than its weakest record. */
const firmness: readonly ObservationStatus[] = ['A', 'B', 'V', 'U', 'P', 'E', 'I', 'F'];

/** Figures kept once computed: the newest of them, at most this number. One that is not kept is computed again. */
const mostKept = 80_000;
/** A figure over many records weighs as many as there are this many records in it. */
const recordsOfOne = 20;

/** Which part of a place a set of figures is for; see {@link FigureReader}. */
export interface FigurePart {
  readonly declared: Declared;
  /** The indicators whose figures are wanted. */
  readonly wanted: readonly string[];
  /** The indicators whose observations the workspace and its relations hold here. */
  readonly scope: ReadonlySet<string>;
}

/**
 * Every figure of one place as of one position of its log. Figures are computed when asked for, always to the same
 * value, contributions and root.
 */
export class FigureSet {
  /** Formulas that cannot be computed at all: unreadable, circular, naming what is not there. */
  readonly findings: readonly Finding[];
  readonly definitions: Definitions;
  readonly workspace: Workspace;
  readonly asOf: number;
  readonly #keep: number;
  #computed = new Map<string, Figure>();
  #weight = 0;
  #older: ReadonlyMap<string, Figure> = new Map();
  readonly #wanted: readonly string[] | undefined;
  #codes: Map<string, FigureKey> | null = null;
  /** Full codes by their beginnings, made when an earlier release's code is asked for. */
  #beginnings: { readonly of: number; readonly codes: Map<string, string[]> } | null = null;
  #lastRoot: { readonly contributions: readonly Contribution[]; readonly root: string } | null = null;
  #lastSeries: { readonly id: string; readonly breakdown: Breakdown; readonly text: string } | null = null;

  constructor(
    workspace: Workspace,
    options: {
      readonly asOf: number;
      readonly related?: readonly Workspace[];
      readonly part?: FigurePart;
      /** How many figures are kept once computed, where it is not as many as usual. */
      readonly keep?: number;
    },
  ) {
    this.workspace = workspace;
    this.asOf = options.asOf;
    const { related = [], part, keep = mostKept } = options;
    this.#keep = keep / 2;
    const declared = part?.declared ?? declaredOf(workspace);
    this.findings = declared.findings;
    this.#wanted = part?.wanted;
    this.definitions = {
      ...declared,
      observations: new ObservationIndex(
        workspace.observations,
        relatedObservations(related),
        part?.scope ?? null,
      ),
      derived: new DerivedIndex(workspace.derived?.cells ?? [], part?.scope ?? null),
    };
  }

  /** The indicators whose figures this set is for. */
  get wanted(): readonly string[] {
    return this.#wanted ?? [...this.definitions.indicators.keys()].sort();
  }

  /** The figure of a key; a key that cannot be computed gives a figure that is missing, with the reason. */
  get(key: FigureKey): Figure {
    const text = figureKeyText(key);
    const known = this.#known(text);
    if (known !== undefined) return known;
    const figure = this.#compute(key, text);
    if (this.#weight >= this.#keep) {
      this.#older = this.#computed;
      this.#computed = new Map();
      this.#weight = 0;
    }
    this.#computed.set(text, figure);
    this.#weight += weightOf(figure);
    this.#codes?.set(figure.code, key);
    return figure;
  }

  #known(text: string): Figure | undefined {
    return this.#computed.get(text) ?? this.#older.get(text);
  }

  /** The figure whose code this is, among the standard ones and those asked for so far; null also where several begin so. */
  byCode(code: string): Figure | null {
    const [key, ...others] = this.withCode(code);
    return key === undefined || others.length > 0 ? null : this.get(key);
  }

  /** What a code names: one figure at most; a code of an earlier release, seven letters long, in rare cases several. */
  withCode(code: string): readonly FigureKey[] {
    if (this.#codes === null) {
      this.#codes = new Map();
      for (const key of standardKeys(this.workspace.city.id, this.definitions, this.#wanted))
        this.#codes.set(figureCode(key), key);
      for (const kept of [this.#older, this.#computed])
        for (const figure of kept.values()) this.#codes.set(figure.code, figure.key);
    }
    const codes = this.#codes;
    const full = code.length === shortCodeLength ? this.#beginningsOf(codes).get(code) : [code];
    return (full ?? []).flatMap((each) => codes.get(each) ?? []);
  }

  #beginningsOf(codes: ReadonlyMap<string, FigureKey>): ReadonlyMap<string, readonly string[]> {
    if (this.#beginnings?.of === codes.size) return this.#beginnings.codes;
    const found = new Map<string, string[]>();
    for (const code of [...codes.keys()].sort()) {
      const short = code.slice(0, shortCodeLength);
      const before = found.get(short);
      if (before === undefined) found.set(short, [code]);
      else before.push(code);
    }
    this.#beginnings = { of: codes.size, codes: found };
    return found;
  }

  /** Every value, and for every series the changes a reader may want, in a fixed order; of these indicators or of all. */
  standard(indicators = this.#wanted): Iterable<FigureKey> {
    return standardKeys(this.workspace.city.id, this.definitions, indicators);
  }

  /** The series that an indicator has, without a key for each value. */
  series(indicator: string): readonly StandardSeries[] {
    return standardSeries(indicator, this.definitions);
  }

  /** The standard figures, computed one by one and not kept. */
  *all(): Iterable<Figure> {
    for (const key of this.standard()) {
      const text = figureKeyText(key);
      yield this.#known(text) ?? this.#compute(key, text);
    }
  }

  #compute(key: FigureKey, keyText: string): Figure {
    const { measure } = key;
    const indicator = this.definitions.indicators.get(key.indicator);
    if (measure.kind === 'value' && indicator !== undefined) {
      const found = this.definitions.observations.find(
        key.indicator,
        key.area,
        key.breakdown,
        measure.period,
      );
      if (found !== undefined && isAsIs(found, indicator))
        return this.#asReported(key, keyText, found, indicator);
    }
    const unit = measureUnit(measure, indicator?.unit ?? '1');
    const binder = new Binder(this.definitions);
    const outcome = this.#outcome(key, indicator, binder, unit);
    const { contributions } = binder;
    const version = indicator?.version ?? 1;
    const text = this.#formulaText(key, indicator);
    const shown = 'value' in outcome ? toDecimalText(outcome.value) : null;
    const value = shown?.text ?? null;
    const expression = (): string => ('value' in outcome ? printExpression(outcome.expression) : '');
    const isShort = contributions.length <= fewRecords;
    const figure: Figure = {
      key,
      code: codeOfKeyText(keyText),
      value,
      fraction: 'value' in outcome && shown?.exact === false ? `${outcome.value.n}/${outcome.value.d}` : null,
      missing: 'missing' in outcome ? outcome.missing : null,
      unit,
      status: value === null ? 'O' : weakest(contributions, binder.completeness),
      qualifier: value === null ? null : qualifierOf(measure.kind, binder.qualifiers),
      decimals: shownDecimals(key, indicator, contributions, 'value' in outcome ? outcome.value : null),
      formula: {
        text,
        version,
        expression: isShort ? expression() : '',
        sha256: formulaHash({ text, version }, unit),
      },
      contributions,
      completeness: binder.completeness,
      asOf: this.asOf,
      root: isShort ? this.#rootOf(contributions) : '',
    };
    return isShort ? figure : withEvidence(figure, expression, () => this.#rootOf(contributions));
  }

  /** A value that is reported in the indicator's own unit is its own figure: no arithmetic, the text is enough. */
  #asReported(key: FigureKey, keyText: string, found: IndexedObservation, indicator: Indicator): Figure {
    const { value, status, qualifier } = found.observation;
    const { version, unit } = indicator;
    const text = this.#formulaText(key, indicator);
    const contributions = [found.contribution('value')];
    return {
      key,
      code: codeOfKeyText(keyText),
      value: canonicalDecimal(value ?? '0'),
      fraction: null,
      missing: null,
      unit,
      status,
      qualifier,
      // Only of a long decimal does the size of the value decide what is shown.
      decimals: shownDecimals(
        key,
        indicator,
        contributions,
        /\.\d{4}/.test(value ?? '') ? found.value : null,
      ),
      formula: { text, version, expression: '#0', sha256: formulaHash({ text, version }, unit) },
      contributions,
      completeness: null,
      asOf: this.asOf,
      root: figureRoot(contributions),
    };
  }

  /** The changes between two periods are several figures over the same records: they have one root. */
  #rootOf(contributions: readonly Contribution[]): string {
    const last = this.#lastRoot;
    if (last !== null && isSame(last.contributions, contributions)) return last.root;
    const root = figureRoot(contributions);
    this.#lastRoot = { contributions, root };
    return root;
  }

  #outcome(key: FigureKey, indicator: Indicator | undefined, binder: Binder, unitCode: string): Outcome {
    const unit = parseUnit(unitCode);
    try {
      if (unit === null) throw new NoValue({ en: `${unitCode} is not a unit`, zh: `${unitCode}不是单位` });
      if (key.measure.kind === 'count') return this.#count(key.measure.of, key.measure.goal, binder, unit);
      if (indicator === undefined)
        throw new NoValue({ en: `there is no indicator ${key.indicator}`, zh: `没有指标${key.indicator}` });
      const expression = this.#expression(key, indicator, binder);
      return { expression, value: evaluate(expression, binder.operands, unit) };
    } catch (error) {
      if (error instanceof NoValue) return { missing: error.reason };
      throw error;
    }
  }

  #expression(key: FigureKey, indicator: Indicator, binder: Binder): Expression {
    const { area, breakdown, measure } = key;
    switch (measure.kind) {
      case 'value':
        return binder.bind(key.indicator, { area, breakdown, period: measure.period }, 'value');
      case 'share': {
        const at = { area, breakdown, period: measure.period };
        return {
          op: 'divide',
          left: binder.bind(key.indicator, at, 'num'),
          right: binder.bind(measure.of, measure.of === key.indicator ? { ...at, breakdown: {} } : at, 'den'),
        };
      }
      case 'rank':
        return this.#rank(key, indicator, measure.period, binder);
      case 'count':
        throw new NoValue({ en: 'a count has no series', zh: '计数没有序列' });
      default:
        return changeExpression(measure, key, binder, indicator.unit);
    }
  }

  #rank(key: FigureKey, indicator: Indicator, period: string, binder: Binder): Expression {
    const own = this.definitions.areas.get(key.area);
    if (indicator.direction === 'none')
      throw new NoValue({
        en: 'the indicator has no better direction, so no rank',
        zh: '该指标没有优劣方向，不排名',
      });
    const siblings =
      own?.parent === undefined
        ? []
        : (this.definitions.children.get(own.parent) ?? []).filter(({ kind }) => kind === own.kind);
    const first = binder.bind(key.indicator, { area: key.area, breakdown: key.breakdown, period }, 'value');
    const others: Expression[] = [];
    const missing: string[] = [];
    for (const { id } of siblings) {
      if (id === key.area) continue;
      try {
        others.push(binder.bind(key.indicator, { area: id, breakdown: key.breakdown, period }, 'term'));
      } catch (error) {
        if (!(error instanceof NoValue)) throw error;
        missing.push(id);
      }
    }
    if (others.length === 0)
      throw new NoValue({ en: 'no other area has a value to compare with', zh: '没有其他地区的值可供比较' });
    binder.completeness = {
      present: others.length + 1,
      expected: others.length + missing.length + 1,
      missing,
    };
    return {
      op: 'call',
      name: indicator.direction === 'up' ? 'rankhigh' : 'ranklow',
      args: [first, ...others],
    };
  }

  #count(of: Countable, goal: string | null, binder: Binder, unit: Unit): Outcome {
    const items = countedItems(this.workspace, of, goal);
    if (items.length === 0)
      throw new NoValue({ en: 'nothing of this kind is listed', zh: '没有列出此类内容' });
    const args = items.map((item): Expression => ({ op: 'record', index: binder.addOne(item, unit) }));
    const expression: Expression = { op: 'call', name: 'sum', args };
    return { expression, value: evaluate(expression, binder.operands, unit) };
  }

  #seriesText(id: string, breakdown: Breakdown, indicator: Indicator | undefined): string {
    const last = this.#lastSeries;
    if (last !== null && last.id === id && last.breakdown === breakdown) return last.text;
    const formula = indicator === undefined ? undefined : this.definitions.formulas.get(indicator.id);
    const text = printExpression(formula ?? { op: 'indicator', id, breakdown });
    this.#lastSeries = { id, breakdown, text };
    return text;
  }

  #formulaText({ indicator: id, breakdown, measure }: FigureKey, indicator: Indicator | undefined): string {
    const inner = this.#seriesText(id, breakdown, indicator);
    if (measure.kind === 'value') return inner;
    const [kind, ...rest] = measureText(measure).split(' ');
    return measure.kind === 'count' ? `count(${rest.join(', ')})` : `${kind}(${[inner, ...rest].join(', ')})`;
  }
}

/** Room that a figure takes, in figures over few records. */
export function weightOf({ contributions }: Pick<Figure, 'contributions'>): number {
  return 1 + Math.floor(contributions.length / recordsOfOne);
}

type Outcome =
  | { readonly expression: Expression; readonly value: Rational }
  | { readonly missing: Localized };

function isAsIs({ observation: { value, unit, status } }: IndexedObservation, indicator: Indicator): boolean {
  return unit === indicator.unit && value !== null && !isMissingStatus(status) && parseUnit(unit) !== null;
}

function isSame(a: readonly Contribution[], b: readonly Contribution[]): boolean {
  return a.length === b.length && a.every((each, at) => each === b[at]);
}

function weakest(
  contributions: readonly Contribution[],
  completeness: Completeness | null,
): ObservationStatus {
  const worst = contributions.reduce((most, { status }) => Math.max(most, firmness.indexOf(status)), 0);
  return firmness[isPartial(completeness) ? Math.max(worst, firmness.indexOf('E')) : worst] ?? 'A';
}

/** A value keeps its source's word; anything computed from words like over or nearly is `about`. */
function qualifierOf(kind: FigureKey['measure']['kind'], qualifiers: readonly Qualifier[]): Qualifier | null {
  const [first] = qualifiers;
  if (first === undefined) return null;
  return kind === 'value' && qualifiers.length === 1 ? first : 'about';
}
