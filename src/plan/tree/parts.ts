import {
  type Area,
  add,
  decimal,
  type Indicator,
  multiply,
  type Plan,
  rational,
  toDecimal,
} from '../../model/index.ts';
import { type Decomposition, decompositions } from './decompose.ts';
import type { KnownValue, StagedTarget } from './standing.ts';

/** A staged target with the area and the department that have taken it on. */
export interface TakenOn extends StagedTarget {
  readonly area: string;
  readonly commitment: string;
  readonly department: string | null;
}

/** Every staged target of a plan that still stands, with whose it is: its own area, else its commitment's, else the whole. */
export function takenOn(plan: Plan, whole: string): readonly TakenOn[] {
  return plan.commitments.flatMap(({ id, targets, area, department, withdrawn }) =>
    withdrawn === undefined
      ? targets.map((target) => ({
          ...target,
          area: target.area ?? area ?? whole,
          commitment: id,
          department: department ?? null,
        }))
      : [],
  );
}

const cellOf = ({ indicator, area, period, unit }: TakenOn): string =>
  [indicator, area, period, unit].join(' ');

/** The first of several that promise the same thing of one area: a task may repeat the target of its objective. */
function once(targets: readonly TakenOn[]): readonly TakenOn[] {
  const known = new Set<string>();
  return targets.filter((target) => {
    const cell = cellOf(target);
    if (known.has(cell)) return false;
    known.add(cell);
    return true;
  });
}

/**
 * What areas have taken on of what the area above them promises, on every level: districts of the city, towns of a district.
 * Targets that a department has taken on are parts of another kind, see {@link departmentParts}.
 */
export function areaParts(
  plan: Plan,
  areas: readonly Area[],
  whole: string,
  indicators: ReadonlyMap<string, Indicator>,
  values: readonly KnownValue[],
): readonly Decomposition[] {
  const targets = once(takenOn(plan, whole).filter(({ department }) => department === null));
  const parents = [whole, ...areas.map(({ id }) => id).filter((id) => id !== whole)].filter((id) =>
    areas.some(({ parent }) => parent === id),
  );
  return parents.flatMap((parent) => decompositions(targets, areas, indicators, values, parent));
}

/** What departments have taken on of what an area promises: only quantities that add up can be shared out. */
export interface DepartmentParts {
  readonly indicator: string;
  readonly period: string;
  readonly area: string;
  readonly unit: string;
  readonly whole: string;
  readonly parts: readonly {
    readonly department: string;
    readonly commitment: string;
    readonly value: string;
  }[];
  /** Exact sum; null where the indicator does not add up. */
  readonly assigned: string | null;
  readonly gap: string | null;
}

export function departmentParts(
  plan: Plan,
  whole: string,
  indicators: ReadonlyMap<string, Indicator>,
): readonly DepartmentParts[] {
  const all = takenOn(plan, whole);
  const wholes = once(all.filter(({ department, value }) => department === null && value !== null));
  return wholes.flatMap((target) => {
    const parts = all.flatMap((each) =>
      each.department === null || each.value === null || cellOf(each) !== cellOf(target)
        ? []
        : [{ department: each.department, commitment: each.commitment, value: each.value }],
    );
    if (parts.length === 0 || target.value === null) return [];
    const { indicator, period, area, unit } = target;
    const assigned =
      indicators.get(indicator)?.rollup === 'sum'
        ? parts.reduce((sum, { value }) => add(sum, decimal(value)), rational(0n))
        : null;
    return [
      {
        indicator,
        period,
        area,
        unit,
        whole: target.value,
        parts,
        assigned: assigned === null ? null : toDecimal(assigned),
        gap:
          assigned === null ? null : toDecimal(add(decimal(target.value), multiply(assigned, rational(-1n)))),
      },
    ];
  });
}

/** Targets of an area with areas below it that none of them has taken any part of. */
export function unassigned(plan: Plan, areas: readonly Area[], whole: string): readonly TakenOn[] {
  const all = takenOn(plan, whole);
  return once(all.filter(({ department, value }) => department === null && value !== null)).filter(
    (target) =>
      areas.some(({ parent }) => parent === target.area) &&
      !all.some(
        (each) =>
          each.indicator === target.indicator &&
          each.period === target.period &&
          each.unit === target.unit &&
          ((each.area === target.area && each.department !== null) ||
            areas.some(({ id, parent }) => parent === target.area && id === each.area)),
      ),
  );
}
