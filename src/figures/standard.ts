import {
  type Breakdown,
  breakdownKey,
  comparePeriods,
  type FigureKey,
  type Indicator,
  isShare,
  type Measure,
  parseUnit,
  yearOf,
} from '../model/index.ts';
import type { Definitions } from './binder.ts';
import { indicatorsIn } from './expression.ts';

/** One series of an indicator as it is standard to show it: its periods, oldest first, and the changes a reader may want. */
export interface StandardSeries extends StandardCell {
  changes(): readonly Measure[];
}

interface StandardCell {
  readonly area: string;
  readonly breakdown: Breakdown;
  readonly periods: readonly string[];
}

/**
 * The keys of every value and of the changes a reader may want: over the whole series, since 2015 (the base year of the
 * 2030 Agenda) and over the last year. Order: indicator, area, breakdown, period.
 */
export function* standardKeys(
  city: string,
  definitions: Definitions,
  ids: Iterable<string> = definitions.indicators.keys(),
): Iterable<FigureKey> {
  for (const id of [...ids].sort()) {
    const indicator = definitions.indicators.get(id);
    if (indicator === undefined) continue;
    for (const { area, breakdown, periods } of cellsOf(indicator, definitions)) {
      for (const period of periods)
        yield { city, indicator: id, area, breakdown, measure: { kind: 'value', period } };
      for (const measure of changes(indicator, periods))
        yield { city, indicator: id, area, breakdown, measure };
    }
  }
}

/** The series of an indicator in order of area and breakdown: what {@link standardKeys} is made from, without a key for each value. */
export function standardSeries(id: string, definitions: Definitions): readonly StandardSeries[] {
  const indicator = definitions.indicators.get(id);
  return indicator === undefined
    ? []
    : cellsOf(indicator, definitions).map((cell) => ({
        ...cell,
        changes: () => changes(indicator, cell.periods),
      }));
}

/** The cells in which an indicator has a value or a reason for having none: its own, its formula's, its districts'. */
function cellsOf(indicator: Indicator, definitions: Definitions): readonly StandardCell[] {
  if (
    indicator.rollup === 'none' &&
    !definitions.formulas.has(indicator.id) &&
    !definitions.derived.has(indicator.id)
  ) {
    const ordered = new Map<readonly string[], readonly string[]>();
    return definitions.observations.cells(indicator.id).flatMap(({ area, breakdown, periods }) => {
      if (!definitions.areas.has(area)) return [];
      const known = ordered.get(periods) ?? [...periods].sort(comparePeriods);
      ordered.set(periods, known);
      return [{ area, breakdown, periods: known }];
    });
  }
  const found = new Map<string, { area: string; breakdown: Breakdown; periods: Set<string> }>();
  const open = new Set<string>();
  const addFrom = (id: string): void => {
    if (open.has(id)) return;
    open.add(id);
    for (const { area, breakdown, periods } of definitions.observations.cells(id)) {
      if (!definitions.areas.has(area)) continue;
      merge(area, breakdown, periods);
    }
    for (const { area, period } of definitions.derived.cells(id))
      if (definitions.areas.has(area)) merge(area, {}, [period]);
    const formula = definitions.formulas.get(id);
    if (formula !== undefined) for (const input of indicatorsIn(formula)) addFrom(input);
    const rollup = definitions.indicators.get(id)?.rollup;
    if (typeof rollup === 'object' && 'ratio' in rollup) addFrom(rollup.ratio.numerator);
  };
  const merge = (area: string, breakdown: Breakdown, periods: Iterable<string>): void => {
    const key = `${area} ${breakdownKey(breakdown)}`;
    const cell = found.get(key) ?? { area, breakdown, periods: new Set<string>() };
    for (const period of periods) cell.periods.add(period);
    found.set(key, cell);
  };
  addFrom(indicator.id);
  if (indicator.rollup !== 'none') {
    for (const { area, breakdown, periods } of [...found.values()]) {
      for (
        let parent = definitions.areas.get(area)?.parent;
        parent !== undefined;
        parent = definitions.areas.get(parent)?.parent
      )
        merge(parent, breakdown, periods);
    }
  }
  return [...found.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { area, breakdown, periods }]) => ({
      area,
      breakdown,
      periods: [...periods].sort(comparePeriods),
    }));
}

function changes(indicator: Indicator, periods: readonly string[]): readonly Measure[] {
  if (indicator.nature === 'code') return [];
  const years = periods.filter((period) => yearOf(period) !== null);
  const last = years.at(-1);
  if (last === undefined) return [];
  const starts = new Set([years[0], years.includes('2015') ? '2015' : undefined, years.at(-2)]);
  return [...starts]
    .filter((from) => from !== undefined && from !== last)
    .sort()
    .flatMap((from = '') => kinds(indicator).map((kind): Measure => ({ kind, from, to: last })));
}

function kinds({
  unit: code,
  nature,
}: Indicator): readonly ('absolute' | 'relative' | 'points' | 'growth' | 'ratio')[] {
  const unit = parseUnit(code);
  if (nature === 'rank') return ['absolute'];
  if (unit !== null && isShare(unit)) return ['points'];
  return ['absolute', 'relative', 'growth', 'ratio'];
}
