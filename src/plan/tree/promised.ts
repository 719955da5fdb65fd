import {
  breakdownKey,
  decimal,
  type Plan,
  type Target,
  toDecimal,
  type Workspace,
} from '../../model/index.ts';

/** A value to be reached, by a document, a plan or both. */
export interface PromisedTarget extends Target {
  /** The commitment of a plan that promises it; null where only a document does. */
  readonly promise: { readonly plan: string; readonly commitment: string } | null;
}

/** Names what a target asks for: two that ask for the same are one. */
function askedFor({
  area,
  period,
  breakdown,
  comparator,
  value,
  unit,
}: Pick<Target, 'area' | 'period' | 'breakdown' | 'comparator' | 'value' | 'unit'>): string {
  return [area, period, breakdownKey(breakdown), comparator, toDecimal(decimal(value)), unit].join('|');
}

/** The numbers that the commitments of a plan promise, withdrawn ones left out. */
function promisedBy(plan: Plan, city: string): readonly PromisedTarget[] {
  return plan.commitments.flatMap((commitment) =>
    commitment.withdrawn !== undefined
      ? []
      : commitment.targets.flatMap(({ area = city, value, citation, ...target }): PromisedTarget[] =>
          value === null
            ? []
            : [
                {
                  ...target,
                  area,
                  value,
                  breakdown: {},
                  basePeriod: null,
                  qualifier: null,
                  source: citation?.source ?? commitment.citation?.source ?? plan.source,
                  locator: citation?.locator ?? commitment.citation?.locator ?? '',
                  ref: null,
                  note: null,
                  promise: { plan: plan.id, commitment: commitment.id },
                },
              ],
        ),
  );
}

/**
 * Every target of a place by its indicator, each once. What the plans promise now comes first: a target that was adjusted
 * there is the one in force, and the document's own stays beside it.
 */
export function promisedTargets({
  city,
  plans,
  targets,
}: Pick<Workspace, 'city' | 'plans' | 'targets'>): ReadonlyMap<string, readonly PromisedTarget[]> {
  const found = new Map<string, Map<string, PromisedTarget>>();
  const of = (indicator: string): Map<string, PromisedTarget> => {
    const known = found.get(indicator) ?? new Map<string, PromisedTarget>();
    found.set(indicator, known);
    return known;
  };
  for (const target of plans.flatMap((plan) => promisedBy(plan, city.area))) {
    const known = of(target.indicator);
    const key = askedFor(target);
    if (!known.has(key)) known.set(key, target);
  }
  for (const target of targets) {
    const known = of(target.indicator);
    const key = askedFor(target);
    // A document says more of it: what it starts from, its qualifier, a note.
    known.set(key, { ...target, promise: known.get(key)?.promise ?? null });
  }
  return new Map([...found].map(([indicator, known]) => [indicator, [...known.values()]]));
}
