import {
  type Area,
  add,
  decimal,
  divide,
  type Indicator,
  multiply,
  type Rational,
  rational,
  toDecimal,
} from '../../model/index.ts';
import type { KnownValue, StagedTarget } from './standing.ts';

/** A whole's target against what its parts have taken on. */
export interface Decomposition {
  readonly indicator: string;
  readonly period: string;
  readonly area: string;
  readonly unit: string;
  readonly whole: string;
  readonly parts: readonly { readonly area: string; readonly value: string }[];
  /** Areas below that have taken on nothing. */
  readonly without: readonly string[];
  /** What the parts come to by the indicator's roll-up; null when that cannot be said, with the reason. */
  readonly assigned: string | null;
  readonly why: 'no-rollup' | 'not-all' | 'no-weights' | null;
  /** `whole − assigned`: what nobody has taken on; below zero more is assigned than promised. */
  readonly gap: string | null;
}

/**
 * Holds the targets of areas against that of the area they make up, for each indicator and period in which both stand. A
 * sum may be judged while parts are missing (what is missing is the gap); a weighted mean only when every part has a target
 * and a weight: the newest value of the weighing indicator up to the period.
 */
export function decompositions(
  targets: readonly StagedTarget[],
  areas: readonly Area[],
  indicators: ReadonlyMap<string, Indicator>,
  values: readonly KnownValue[],
  whole: string,
): readonly Decomposition[] {
  const below = areas
    .filter(({ parent }) => parent === whole)
    .map(({ id }) => id)
    .sort();
  const areaOf = (target: StagedTarget): string => target.area ?? whole;
  // A task may promise what its objective promises: one promise, one sum.
  const told = new Set<string>();
  return targets.flatMap((target) => {
    if (areaOf(target) !== whole || target.value === null) return [];
    const promise = [target.indicator, target.period, target.unit, toDecimal(decimal(target.value))].join(
      '|',
    );
    if (told.has(promise)) return [];
    told.add(promise);
    const parts = below.flatMap((area) => {
      const own = targets.find(
        (each) =>
          each.area === area &&
          each.indicator === target.indicator &&
          each.period === target.period &&
          each.unit === target.unit,
      );
      return own === undefined || own.value === null ? [] : [{ area, value: own.value }];
    });
    if (parts.length === 0) return [];
    const without = below.filter((area) => !parts.some((part) => part.area === area));
    const { assigned, why } = assignedOf(
      indicators.get(target.indicator),
      parts,
      without,
      values,
      target.period,
    );
    return [
      {
        indicator: target.indicator,
        period: target.period,
        area: whole,
        unit: target.unit,
        whole: target.value,
        parts,
        without,
        assigned: assigned === null ? null : toDecimal(assigned),
        why,
        gap:
          assigned === null ? null : toDecimal(add(decimal(target.value), multiply(assigned, rational(-1n)))),
      },
    ];
  });
}

function assignedOf(
  indicator: Indicator | undefined,
  parts: Decomposition['parts'],
  without: readonly string[],
  values: readonly KnownValue[],
  period: string,
): { readonly assigned: Rational | null; readonly why: Decomposition['why'] } {
  const rollup = indicator?.rollup ?? 'none';
  if (rollup === 'none') return { assigned: null, why: 'no-rollup' };
  if (rollup === 'sum')
    return { assigned: parts.reduce((sum, { value }) => add(sum, decimal(value)), rational(0n)), why: null };
  if (without.length > 0) return { assigned: null, why: 'not-all' };
  const weighing = 'weightedBy' in rollup ? rollup.weightedBy : rollup.ratio.denominator;
  let weights = rational(0n);
  let weighted = rational(0n);
  for (const { area, value } of parts) {
    const weight = newest(values, weighing, area, period);
    if (weight === null) return { assigned: null, why: 'no-weights' };
    weights = add(weights, weight);
    weighted = add(weighted, multiply(weight, decimal(value)));
  }
  return weights.n === 0n
    ? { assigned: null, why: 'no-weights' }
    : { assigned: divide(weighted, weights), why: null };
}

function newest(
  values: readonly KnownValue[],
  indicator: string,
  area: string,
  period: string,
): Rational | null {
  const known = values
    .filter(
      (each) =>
        each.indicator === indicator &&
        each.area === area &&
        each.period <= period &&
        each.value !== null &&
        Object.keys(each.breakdown).length === 0,
    )
    .sort((a, b) => (a.period < b.period ? -1 : 1))
    .at(-1);
  return known?.value == null ? null : decimal(known.value);
}
