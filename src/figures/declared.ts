import type { Area, Finding, Indicator, Workspace } from '../model/index.ts';
import { type Expression, indicatorsIn } from './expression.ts';
import { readFormulas } from './formulas.ts';

/** What a workspace declares, arranged for computing: everything that figures need but the observations. */
export interface Declared {
  readonly indicators: ReadonlyMap<string, Indicator>;
  /** The parsed formula of each indicator that has one. */
  readonly formulas: ReadonlyMap<string, Expression>;
  /** Formulas that cannot be computed at all: unreadable, circular, naming what is not there. */
  readonly findings: readonly Finding[];
  readonly areas: ReadonlyMap<string, Area>;
  /** Areas directly below an area, in order of id. */
  readonly children: ReadonlyMap<string, readonly Area[]>;
  /** Top-level categories of each breakdown dimension. */
  readonly categories: ReadonlyMap<string, readonly string[]>;
}

export function declaredOf({ indicators, city }: Pick<Workspace, 'indicators' | 'city'>): Declared {
  return {
    indicators: new Map(indicators.map((indicator) => [indicator.id, indicator])),
    ...readFormulas(indicators),
    areas: new Map(city.areas.map((area) => [area.id, area])),
    children: childrenOf(city.areas),
    categories: new Map(
      city.dimensions.map(({ id, values }) => [
        id,
        values.filter(({ parent }) => parent === undefined).map((value) => value.id),
      ]),
    ),
  };
}

function childrenOf(areas: readonly Area[]): ReadonlyMap<string, readonly Area[]> {
  const children = new Map<string, Area[]>();
  for (const area of [...areas].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (area.parent === undefined) continue;
    const siblings = children.get(area.parent);
    if (siblings === undefined) children.set(area.parent, [area]);
    else siblings.push(area);
  }
  return children;
}

/** The indicators whose observations the figures of these indicators may come from: themselves and all that their formulas and roll-ups name. */
export function neededFor(
  wanted: readonly string[],
  { indicators, formulas }: Declared,
): ReadonlySet<string> {
  const needed = new Set<string>();
  const open = [...wanted];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (needed.has(id)) continue;
    needed.add(id);
    const formula = formulas.get(id);
    if (formula !== undefined) open.push(...indicatorsIn(formula));
    const rollup = indicators.get(id)?.rollup;
    if (typeof rollup !== 'object') continue;
    if ('ratio' in rollup) open.push(rollup.ratio.numerator, rollup.ratio.denominator);
    else open.push(rollup.weightedBy);
  }
  return needed;
}

/** The indicators whose figures may change when values of these do; ranks and shares are of the indicator itself and of what they name. */
export function dependentsOf(changed: readonly string[], declared: Declared): ReadonlySet<string> {
  const first = new Set(changed);
  return new Set(
    [...declared.indicators.keys()].filter((id) =>
      [...neededFor([id], declared)].some((each) => first.has(each)),
    ),
  );
}
