import { assess, methods, type Result, type Table } from '../../assess/index.ts';
import { convert, decimal, type Figure, parseUnit, type Target, toDecimal } from '../../model/index.ts';
import { type Catalogue, type IndicatorEntry, periodOf } from '../catalogue.ts';
import { oncePer } from '../once-per.ts';
import { oncePerIndicator } from '../once-per-series.ts';

/** The methods that stand side by side, the product's own first. */
export const comparedMethods = ['linear-distance', 'statcan', 'eurostat', 'unsd-2023'] as const;
export type ComparedMethod = (typeof comparedMethods)[number];
export const defaultMethod: ComparedMethod = 'linear-distance';

/** An indicator whose way can be followed: it has a direction and values of at least two years. */
export interface Followed {
  readonly entry: IndicatorEntry;
  readonly direction: 1 | -1;
  /** Values by year, oldest first. */
  readonly points: readonly Figure[];
  /** The target that is judged by, with its value in the unit of the figures; null when none has a year. */
  readonly aim: { readonly target: Target; readonly value: string; readonly year: number } | null;
}

const isYear = (period: string): boolean => /^\d{4}$/.test(period);

/** Whether a place has anything to follow; told from what is declared, without computing a figure. */
export function hasProgress(here: Catalogue): boolean {
  return here.listed.some(
    ({ indicator, series, targets }) =>
      (indicator.direction !== 'none' || targets.length > 0) &&
      (series[0]?.periods.filter(isYear).length ?? 0) > 1,
  );
}

/** Every indicator of a place that can be followed, in the order of the catalogue. Made once for a place as it stands. */
export const followed: (here: Catalogue) => readonly Followed[] = oncePer(follow);

function follow(here: Catalogue): readonly Followed[] {
  return here.listed.flatMap((entry) => {
    const one = way(entry, here);
    return one === null ? [] : [{ ...one, entry }];
  });
}

/** What is followed of an indicator: kept for as long as its values stay, since a place changes a few indicators at a time. */
const way = oncePerIndicator((entry, here): Omit<Followed, 'entry'> | null => {
  const series = here.main(entry);
  if (series === null) return null;
  const points = series.values
    .filter((key) => isYear(periodOf(key)))
    .map((key) => here.figure(key))
    .filter(({ value }) => value !== null);
  const own = entry.indicator.direction === 'up' ? 1 : entry.indicator.direction === 'down' ? -1 : null;
  const last = points.at(-1);
  if (points.length < 2 || last === undefined) return null;
  const aim = aimOf(entry, series.area, last, own);
  const direction = own ?? (aim === null ? null : senseOf(aim.target));
  return direction === null ? null : { direction, points, aim };
});

/** Whether a target asks for more (1) or for less (-1); null for one that asks for a value. */
function senseOf({ comparator }: Target): 1 | -1 | null {
  return comparator === '=' ? null : comparator.startsWith('>') ? 1 : -1;
}

/**
 * The target of a series: the one whose year comes next after its last value, otherwise the last one. A target without a
 * year, of another unit, or against the indicator's direction is none.
 */
function aimOf(entry: IndicatorEntry, area: string, last: Figure, own: 1 | -1 | null): Followed['aim'] {
  const aims = entry.targets.flatMap((target) => {
    const sense = senseOf(target) ?? own;
    if (target.area !== area || !isYear(target.period) || Object.keys(target.breakdown).length > 0) return [];
    if (sense === null || (own !== null && sense !== own)) return [];
    const [from, to] = [parseUnit(target.unit), parseUnit(last.unit)];
    const value = from === null || to === null ? null : convert(decimal(target.value), from, to);
    return value === null ? [] : [{ target, value: toDecimal(value), year: Number(target.period) }];
  });
  aims.sort((a, b) => a.year - b.year);
  const now = Number(periodOf(last.key));
  return aims.find(({ year }) => year >= now) ?? aims.at(-1) ?? null;
}

/** The tables that the methods judge: what `modelcity assess` takes, so that a reader can recompute every verdict. */
export function progressTables(here: Catalogue): { codebook: Table; data: Table } {
  return tablesOf(followed(here), here);
}

function tablesOf(all: readonly Followed[], here: Catalogue): { codebook: Table; data: Table } {
  return {
    codebook: {
      file: 'codebook.csv',
      columns: ['indicator', 'goal', 'direction', 'target', 'target_year', 'base_year'],
      rows: all.map(({ entry, direction, points, aim }, at) => ({
        row: at + 2,
        cells: [
          entry.indicator.id,
          entry.indicator.goals[0] ?? '',
          String(direction),
          aim?.value ?? '',
          aim === null ? '' : String(aim.year),
          points[0] === undefined ? '' : periodOf(points[0].key),
        ],
      })),
    },
    data: {
      file: 'data.csv',
      columns: ['unit', 'indicator', 'period', 'value', 'status'],
      rows: all
        .flatMap(({ entry, points }) =>
          points.map((figure) => [
            here.place.workspace.city.area,
            entry.indicator.id,
            periodOf(figure.key),
            figure.value ?? '',
            figure.status,
          ]),
        )
        .map((cells, at) => ({ row: at + 2, cells })),
    },
  };
}

const verdicts = new Map(comparedMethods.map((method) => [method, oncePer((here) => judged(here, method))]));

/** The verdict of a method on every followed indicator of a place, by indicator. Made once for a place as it stands. */
export function progressBy(here: Catalogue, method: ComparedMethod): ReadonlyMap<string, Result> {
  return verdicts.get(method)?.(here) ?? new Map();
}

/** Verdicts by method and year of assessment, of the points that they judge: these stay the same while an indicator's values do. */
const judgedBefore = new WeakMap<readonly Figure[], Map<string, Result>>();

/**
 * A verdict on an indicator comes from its own values and from the year of the assessment, the latest of all values. So only
 * those are judged that have changed, the year being told; what is said of groups is not shown here.
 */
function judged(here: Catalogue, method: ComparedMethod): ReadonlyMap<string, Result> {
  const how = methods.get(method);
  const all = followed(here);
  if (how === undefined || all.length === 0) return new Map();
  const asOf = how.options.some(({ name }) => name === 'as-of') ? lastYear(all) : 0;
  const name = `${method} ${asOf}`;
  const open = all.filter(({ points }) => judgedBefore.get(points)?.get(name) === undefined);
  if (open.length > 0) {
    const { codebook, data } = tablesOf(open, here);
    const settings = new Map(asOf === 0 ? [] : [['as-of', String(asOf)]]);
    const results = new Map(
      assess(how, codebook, data, settings)
        .results.filter(({ level }) => level === 'indicator')
        .map((result) => [result.code, result]),
    );
    for (const { entry, points } of open) {
      const result = results.get(entry.indicator.id);
      if (result === undefined) continue;
      const known = judgedBefore.get(points) ?? new Map<string, Result>();
      judgedBefore.set(points, known.set(name, result));
    }
  }
  return new Map(
    all.flatMap(({ entry, points }) => {
      const result = judgedBefore.get(points)?.get(name);
      return result === undefined ? [] : [[entry.indicator.id, result] as const];
    }),
  );
}

/** The latest year of any value that is no forecast; 0 where there is none. */
function lastYear(all: readonly Followed[]): number {
  let last = 0;
  for (const { points } of all)
    for (const figure of points)
      if (figure.status !== 'F') last = Math.max(last, Number(periodOf(figure.key)));
  return last;
}
