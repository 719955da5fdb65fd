import {
  type Breakdown,
  type Completeness,
  type Contribution,
  type ContributionRole,
  type DerivedCell,
  decimal,
  type Indicator,
  isMissingStatus,
  type Localized,
  one,
  parseUnit,
  type Qualifier,
  type Rational,
  type Unit,
  yearOf,
} from '../model/index.ts';
import type { Declared } from './declared.ts';
import type { DerivedIndex } from './derived-index.ts';
import { NoValue, type Operand } from './evaluate.ts';
import type { Expression } from './expression.ts';
import type { ObservationIndex } from './observation-index.ts';
import type { IndexedObservation } from './open-cell.ts';

/** What binding reads: the workspace's definitions and values, indexed. */
export interface Definitions extends Declared {
  readonly observations: ObservationIndex;
  /** What registers' records give. */
  readonly derived: DerivedIndex;
}

/** The point at which an indicator is wanted. */
export interface Point {
  readonly area: string;
  readonly breakdown: Breakdown;
  readonly period: string;
}

const deepest = 40;
const fewContributions = 8;

/**
 * Follows one figure's definition down to records: formulas are put in place of computed indicators, districts in place
 * of a city's total where a roll-up is declared. Collects each record once, in the order in which it is met.
 * Throws {@link NoValue} where a value is not to be had; what was collected until then stays, as the trace of why.
 */
export class Binder {
  readonly contributions: Contribution[] = [];
  readonly operands: Operand[] = [];
  readonly qualifiers: Qualifier[] = [];
  completeness: Completeness | null = null;
  readonly #definitions: Definitions;
  /**
   * Where a contribution stands, once there are too many to look through: by role and record, since a name put together of
   * both would have to be hashed anew for each of tens of thousands.
   */
  #indexes: Map<ContributionRole, Map<string, number>> | null = null;
  /** What is being bound, from the outermost in; most figures never open a formula. */
  #open: Set<string> | null = null;

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
  }

  /** The indicator at a point, as an expression over records. */
  bind(id: string, point: Point, role: ContributionRole): Expression {
    const { observations, formulas, indicators, derived } = this.#definitions;
    const indicator = indicators.get(id);
    if (indicator === undefined)
      throw new NoValue({ en: `there is no indicator ${id}`, zh: `没有指标${id}` });
    const reported = observations.find(id, point.area, point.breakdown, point.period);
    if (reported !== undefined) return this.#record(reported, indicator, role);
    const records =
      Object.keys(point.breakdown).length === 0 ? derived.find(id, point.area, point.period) : undefined;
    if (records !== undefined) return this.#derived(records, indicator, role);
    const step = `${id} ${point.area} ${point.period} ${JSON.stringify(point.breakdown)}`;
    const open = this.#open ?? new Set();
    this.#open = open;
    if (open.has(step) || open.size >= deepest)
      throw new NoValue({ en: `the formula of ${id} leads back to itself`, zh: `${id}的公式循环引用自身` });
    open.add(step);
    try {
      const formula = formulas.get(id);
      if (formula !== undefined) return this.#formula(formula, point, role);
      return this.#rollup(indicator, point, role);
    } finally {
      open.delete(step);
    }
  }

  /** The records of a register: their sum, or the ratio of two sums. */
  #derived(
    { numerator, denominator, completeness }: DerivedCell,
    { name }: Indicator,
    role: ContributionRole,
  ): Expression {
    this.#rests(completeness);
    // Each record stands once a side, and nothing else is in a plain value: there is nothing to look for.
    const isAlone = role === 'value' && this.contributions.length === 0;
    const total = (list: readonly Contribution[], as: ContributionRole): Expression => {
      const args = list.map((contribution): Expression => {
        const unit = parseUnit(contribution.unit);
        if (unit === null)
          throw new NoValue({ en: `${contribution.unit} is not a unit`, zh: `${contribution.unit}不是单位` });
        const { quantity } = contribution;
        const value = quantity === '1' ? one : decimal(quantity ?? '0');
        const own = contribution.role === as ? contribution : { ...contribution, role: as };
        return { op: 'record', index: isAlone ? this.#push(own, value, unit) : this.#add(own, value, unit) };
      });
      return sum(args);
    };
    if (denominator === null) {
      if (numerator.length === 0)
        throw new NoValue({ en: `${name.en}: no records`, zh: `${name.zh}：没有记录` });
      return total(numerator, role === 'value' && numerator.length > 1 ? 'term' : role);
    }
    // Nothing that counts is zero of something, and the something is known.
    const above: Expression =
      numerator.length === 0
        ? { op: 'number', value: '0', unit: denominator[0]?.unit ?? null }
        : total(numerator, role === 'value' ? 'num' : role);
    return { op: 'divide', left: above, right: total(denominator, role === 'value' ? 'den' : role) };
  }

  #formula(formula: Expression, point: Point, role: ContributionRole): Expression {
    if (formula.op === 'divide' && role === 'value')
      return {
        op: 'divide',
        left: this.expression(formula.left, point, 'num'),
        right: this.expression(formula.right, point, 'den'),
      };
    return this.expression(formula, point, role === 'value' ? 'term' : role);
  }

  /** A definition's expression at a point, over records. */
  expression(node: Expression, point: Point, role: ContributionRole): Expression {
    switch (node.op) {
      case 'number':
        return node;
      case 'record':
        throw new NoValue({ en: 'a definition cannot name a record', zh: '定义不能引用记录' });
      case 'indicator':
        return this.bind(node.id, { ...point, breakdown: { ...point.breakdown, ...node.breakdown } }, role);
      case 'negate':
        return { op: 'negate', of: this.expression(node.of, point, role) };
      case 'call':
        return this.#call(node, point, role);
      default:
        return {
          op: node.op,
          left: this.expression(node.left, point, role),
          right: this.expression(node.right, point, role),
        };
    }
  }

  #call(node: Extract<Expression, { op: 'call' }>, point: Point, role: ContributionRole): Expression {
    const [first] = node.args;
    if (node.name === 'previous' && first?.op === 'indicator') {
      const year = yearOf(point.period);
      if (year === null)
        throw new NoValue({ en: 'previous() needs a yearly period', zh: 'previous()需要年度时期' });
      return this.expression(first, { ...point, period: String(year - 1) }, role);
    }
    if (node.name === 'total' && first?.op === 'indicator' && node.dimension !== undefined) {
      const { dimension } = node;
      const values = this.#definitions.categories.get(dimension);
      if (values === undefined)
        throw new NoValue({ en: `there is no dimension ${dimension}`, zh: `没有维度${dimension}` });
      return {
        op: 'call',
        name: 'sum',
        args: values.map((value) =>
          this.expression({ ...first, breakdown: { ...first.breakdown, [dimension]: value } }, point, role),
        ),
      };
    }
    return { op: 'call', name: node.name, args: node.args.map((arg) => this.expression(arg, point, role)) };
  }

  #rollup(indicator: Indicator, point: Point, role: ContributionRole): Expression {
    const { rollup } = indicator;
    const children = this.#definitions.children.get(point.area) ?? [];
    if (rollup === 'none' || children.length === 0)
      throw new NoValue(notReported(indicator, point, this.#areaName(point.area)));
    const inner: ContributionRole = role === 'value' ? 'term' : role;
    const parts: Expression[][] = [];
    const missing: string[] = [];
    for (const child of children) {
      const at = { ...point, area: child.id };
      try {
        const wanted =
          rollup === 'sum'
            ? [this.bind(indicator.id, at, inner)]
            : 'ratio' in rollup
              ? [this.bind(rollup.ratio.numerator, at, 'num'), this.bind(rollup.ratio.denominator, at, 'den')]
              : [
                  this.bind(indicator.id, at, inner),
                  this.bind(rollup.weightedBy, { ...at, breakdown: {} }, 'weight'),
                ];
        parts.push(wanted);
      } catch (error) {
        if (!(error instanceof NoValue)) throw error;
        missing.push(child.id);
      }
    }
    if (parts.length === 0) throw new NoValue(notReported(indicator, point, this.#areaName(point.area)));
    this.#rests({ present: parts.length, expected: children.length, missing });
    if (rollup === 'sum') {
      // A sum over some of the parts is not the total: a district that has not reported is not a zero.
      if (missing.length > 0)
        throw new NoValue({
          en: `${missing.length} of ${children.length} areas have not reported`,
          zh: `${children.length}个地区中有${missing.length}个未上报`,
        });
      return sum(parts.map(([value]) => value));
    }
    if ('ratio' in rollup)
      return {
        op: 'divide',
        left: sum(parts.map(([numerator]) => numerator)),
        right: sum(parts.map(([, denominator]) => denominator)),
      };
    const products = parts.flatMap(([value, weight]): Expression[] =>
      value === undefined || weight === undefined ? [] : [{ op: 'multiply', left: value, right: weight }],
    );
    return { op: 'divide', left: sum(products), right: sum(parts.map(([, weight]) => weight)) };
  }

  #record(found: IndexedObservation, indicator: Indicator, role: ContributionRole): Expression {
    const { observation } = found;
    const unit = parseUnit(observation.unit);
    if (unit === null)
      throw new NoValue({ en: `${observation.unit} is not a unit`, zh: `${observation.unit}不是单位` });
    const index = this.#add(found.contribution(role), found.value, unit);
    if (observation.value === null || isMissingStatus(observation.status))
      throw new NoValue(
        observation.reason ?? {
          en: `${indicator.name.en}: not reported`,
          zh: `${indicator.name.zh}：未报告`,
        },
      );
    if (observation.qualifier !== null) this.qualifiers.push(observation.qualifier);
    return { op: 'record', index };
  }

  /** A value over several parts is as whole as the least whole of them. */
  #rests(completeness: Completeness | null): void {
    if (completeness === null) return;
    const before = this.completeness;
    if (before === null || completeness.present * before.expected <= before.present * completeness.expected)
      this.completeness = completeness;
  }

  /** Adds one thing counted, once, and returns its number. */
  addOne(contribution: Contribution, unit: Unit): number {
    return this.#add(contribution, one, unit);
  }

  /** Adds a record, once, and returns its number. */
  #add(contribution: Contribution, value: Rational, unit: Unit): number {
    const known = this.#indexOf(contribution);
    return known ?? this.#push(contribution, value, unit);
  }

  #push(contribution: Contribution, value: Rational, unit: Unit): number {
    const index = this.contributions.length;
    this.contributions.push(contribution);
    this.operands.push({ value, unit });
    if (this.#indexes !== null) note(this.#indexes, contribution, index);
    return index;
  }

  #indexOf(contribution: Contribution): number | undefined {
    if (this.#indexes === null && this.contributions.length >= fewContributions) {
      this.#indexes = new Map();
      for (const [at, each] of this.contributions.entries()) note(this.#indexes, each, at);
    }
    if (this.#indexes !== null) return this.#indexes.get(contribution.role)?.get(contribution.record);
    const at = this.contributions.findIndex(
      ({ record, role }) => role === contribution.role && record === contribution.record,
    );
    return at === -1 ? undefined : at;
  }

  #areaName(id: string): Localized {
    return this.#definitions.areas.get(id)?.name ?? { en: id, zh: id };
  }
}

function sum(parts: readonly (Expression | undefined)[]): Expression {
  const args = parts.filter((part) => part !== undefined);
  const [only] = args;
  return args.length === 1 && only !== undefined ? only : { op: 'call', name: 'sum', args };
}

function notReported(indicator: Indicator, { period }: Point, area: Localized): Localized {
  return {
    en: `${indicator.name.en || indicator.id} is not reported for ${area.en || area.zh}, ${period}`,
    zh: `${area.zh || area.en}${period}未报告${indicator.name.zh || indicator.id}`,
  };
}

function note(
  indexes: Map<ContributionRole, Map<string, number>>,
  { role, record }: Contribution,
  index: number,
): void {
  const known = indexes.get(role);
  if (known === undefined) indexes.set(role, new Map([[record, index]]));
  else known.set(record, index);
}
