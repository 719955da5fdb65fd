import {
  type Area,
  type Contribution,
  type Countable,
  type Figure,
  type FigureKey,
  type Finding,
  type Indicator,
  type Localized,
  type ObservationStatus,
  parseUnit,
  type Qualifier,
  type Rational,
  toDecimal,
  type Unit,
  type Workspace,
} from '../model/index.ts';
import type { DerivedCell } from '../registers/index.ts';
import { Binder, type Definitions } from './binder.ts';
import { countedItems } from './countable.ts';
import { shownDecimals } from './decimals.ts';
import { DerivedIndex } from './derived-index.ts';
import { evaluate, NoValue } from './evaluate.ts';
import { type Expression, printExpression } from './expression.ts';
import { figureCode, figureKeyText, measureText } from './figure-code.ts';
import { figureRoot, formulaHash } from './figure-root.ts';
import { readFormulas } from './formulas.ts';
import { changeExpression, measureUnit } from './measure.ts';
import { ObservationIndex } from './observation-index.ts';
import { standardKeys } from './standard.ts';

/** Statuses from the firmest to the weakest: a computed figure is no firmer than its weakest record. */
const firmness: readonly ObservationStatus[] = ['A', 'B', 'V', 'U', 'P', 'E', 'I', 'F'];

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
  readonly #computed = new Map<string, Figure>();
  #codes: Map<string, FigureKey> | null = null;

  constructor(
    workspace: Workspace,
    options: {
      readonly asOf: number;
      readonly related?: readonly Workspace[];
      /** Records of registers, by indicator, area and period. */
      readonly derived?: readonly DerivedCell[];
    },
  ) {
    this.workspace = workspace;
    this.asOf = options.asOf;
    const related = options.related ?? [];
    const { formulas, findings } = readFormulas(workspace.indicators);
    this.findings = findings;
    this.definitions = {
      indicators: new Map(workspace.indicators.map((indicator) => [indicator.id, indicator])),
      formulas,
      areas: new Map(workspace.city.areas.map((area) => [area.id, area])),
      children: childrenOf(workspace.city.areas),
      categories: new Map(
        workspace.city.dimensions.map(({ id, values }) => [
          id,
          values.filter(({ parent }) => parent === undefined).map((value) => value.id),
        ]),
      ),
      observations: new ObservationIndex(workspace, related),
      derived: new DerivedIndex(options.derived ?? []),
    };
  }

  /** The figure of a key; a key that cannot be computed gives a figure that is missing, with the reason. */
  get(key: FigureKey): Figure {
    const text = figureKeyText(key);
    const known = this.#computed.get(text);
    if (known !== undefined) return known;
    const figure = this.#compute(key);
    this.#computed.set(text, figure);
    this.#codes?.set(figure.code, key);
    return figure;
  }

  /** The figure whose code this is, among the standard ones and those asked for so far. */
  byCode(code: string): Figure | null {
    if (this.#codes === null) {
      this.#codes = new Map();
      for (const key of this.standard()) this.#codes.set(figureCode(key), key);
      for (const figure of this.#computed.values()) this.#codes.set(figure.code, figure.key);
    }
    const key = this.#codes.get(code);
    return key === undefined ? null : this.get(key);
  }

  /** Every value, and for every series the changes a reader may want, in a fixed order. */
  standard(): Iterable<FigureKey> {
    return standardKeys(this.workspace, this.definitions);
  }

  /** The standard figures, computed one by one and not kept. */
  *all(): Iterable<Figure> {
    for (const key of this.standard()) yield this.#computed.get(figureKeyText(key)) ?? this.#compute(key);
  }

  #compute(key: FigureKey): Figure {
    const { measure } = key;
    const indicator = this.definitions.indicators.get(key.indicator);
    const unit = measureUnit(measure, indicator?.unit ?? '1');
    const binder = new Binder(this.definitions);
    const outcome = this.#outcome(key, indicator, binder, unit);
    const { contributions } = binder;
    const version = indicator?.version ?? 1;
    const text = this.#formulaText(key, indicator);
    const value = 'value' in outcome ? toDecimal(outcome.value) : null;
    return {
      key,
      code: figureCode(key),
      value,
      fraction:
        'value' in outcome && value !== null && !endsWithin(outcome.value, value)
          ? `${outcome.value.n}/${outcome.value.d}`
          : null,
      missing: 'missing' in outcome ? outcome.missing : null,
      unit,
      status: value === null ? 'O' : weakest(contributions, binder.completeness),
      qualifier: value === null ? null : qualifierOf(measure.kind, binder.qualifiers),
      decimals: shownDecimals(key, indicator, contributions, 'value' in outcome ? outcome.value : null),
      formula: {
        text,
        version,
        expression: 'value' in outcome ? printExpression(outcome.expression) : '',
        sha256: formulaHash({ text, version }, unit),
      },
      contributions,
      completeness: binder.completeness,
      asOf: this.asOf,
      root: figureRoot(contributions),
    };
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
    const args = items.map((item): Expression => ({ op: 'record', index: binder.add(item, unit) }));
    const expression: Expression = { op: 'call', name: 'sum', args };
    return { expression, value: evaluate(expression, binder.operands, unit) };
  }

  #formulaText({ indicator: id, breakdown, measure }: FigureKey, indicator: Indicator | undefined): string {
    const formula = indicator === undefined ? undefined : this.definitions.formulas.get(indicator.id);
    const inner = printExpression(formula ?? { op: 'indicator', id, breakdown });
    if (measure.kind === 'value') return inner;
    const [kind, ...rest] = measureText(measure).split(' ');
    return measure.kind === 'count' ? `count(${rest.join(', ')})` : `${kind}(${[inner, ...rest].join(', ')})`;
  }
}

type Outcome =
  | { readonly expression: Expression; readonly value: Rational }
  | { readonly missing: Localized };

function childrenOf(areas: readonly Area[]): ReadonlyMap<string, readonly Area[]> {
  const children = new Map<string, Area[]>();
  for (const area of [...areas].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (area.parent === undefined) continue;
    children.set(area.parent, [...(children.get(area.parent) ?? []), area]);
  }
  return children;
}

function weakest(
  contributions: readonly Contribution[],
  completeness: { readonly present: number; readonly expected: number } | null,
): ObservationStatus {
  const worst = contributions.reduce((most, { status }) => Math.max(most, firmness.indexOf(status)), 0);
  const partial = completeness !== null && completeness.present < completeness.expected;
  return firmness[partial ? Math.max(worst, firmness.indexOf('E')) : worst] ?? 'A';
}

/** A value keeps its source's word; anything computed from words like over or nearly is `about`. */
function qualifierOf(kind: FigureKey['measure']['kind'], qualifiers: readonly Qualifier[]): Qualifier | null {
  const [first] = qualifiers;
  if (first === undefined) return null;
  return kind === 'value' && qualifiers.length === 1 ? first : 'about';
}

function endsWithin(value: Rational, text: string): boolean {
  const places = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
  return (value.n * 10n ** BigInt(places)) % value.d === 0n;
}
