import type { Figure, Plan, Workspace } from '../../model/index.ts';
import type { KnownPlace, KnownValue } from '../../plan/index.ts';
import type { Catalogue, Series } from '../catalogue.ts';

/** A place with the values that its plans are held against. */
export type PlannedPlace = Workspace & KnownPlace;

/** The whole of an area, without any group of it. */
const wholeOf = (here: Catalogue, indicator: string): readonly Series[] =>
  here.entries.get(indicator)?.series.filter(({ breakdown }) => Object.keys(breakdown).length === 0) ?? [];

/** The figures of an indicator in an area, oldest first: recorded, computed by a formula, or out of the records of a register. */
export function figuresAt(here: Catalogue, indicator: string, area: string): readonly Figure[] {
  const series = wholeOf(here, indicator).find((each) => each.area === area);
  return series === undefined ? [] : here.figuresOf(series);
}

/** The figure that shows a value. */
export function figureOf(here: Catalogue, { indicator, area, period }: KnownValue): Figure | null {
  const series = wholeOf(here, indicator).find((each) => each.area === area);
  return series?.periods.includes(period) === true ? here.figure(series.valueAt(period)) : null;
}

export const knownValue = ({ key, value, unit }: Figure): readonly KnownValue[] =>
  key.measure.kind === 'value'
    ? [
        {
          indicator: key.indicator,
          area: key.area,
          period: key.measure.period,
          breakdown: key.breakdown,
          value,
          unit,
        },
      ]
    : [];

/** What some plans promise numbers of, and what weighs it when areas are put together. */
function named(here: Catalogue, plans: readonly Plan[]): ReadonlySet<string> {
  const found = new Set(
    plans.flatMap(({ commitments }) =>
      commitments.flatMap(({ targets }) => targets.map(({ indicator }) => indicator)),
    ),
  );
  for (const id of [...found]) {
    const rollup = here.entries.get(id)?.indicator.rollup ?? 'none';
    if (typeof rollup !== 'string')
      found.add('weightedBy' in rollup ? rollup.weightedBy : rollup.ratio.denominator);
  }
  return found;
}

/** The place with given plans, and the values of all that these name. */
export function withValues(
  here: Catalogue,
  plans: readonly Plan[] = here.place.workspace.plans,
): PlannedPlace {
  const values = [...named(here, plans)].flatMap((indicator) =>
    wholeOf(here, indicator).flatMap((series) => here.figuresOf(series).flatMap(knownValue)),
  );
  return { ...here.place.workspace, plans, values };
}
