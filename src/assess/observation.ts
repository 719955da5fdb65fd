import type { Place } from '../model/index.ts';

/**
 * How far a value can be relied on, and, for a value that is not there, why. Kept apart in every method: what does not
 * apply leaves the denominator, what is missing lowers the coverage, what is imputed is flagged.
 */
export type Standing =
  | 'present'
  | 'provisional'
  | 'estimated'
  | 'forecast'
  | 'imputed'
  | 'missing'
  | 'not_applicable';

/** One value of one indicator for one unit (city, district, country) and period. */
export interface Observation {
  readonly unit: string;
  /** The group of the unit: region, province, income class; null when the table names none. */
  readonly group: string | null;
  readonly indicator: string;
  /** The period as written. */
  readonly period: string;
  /** Start of the period in years (2014.5 is mid-2014), or null when the text holds no year. */
  readonly year: number | null;
  /** The value as a double, for statistical methods; null when there is none. */
  readonly value: number | null;
  /** The value as written, for exact comparison; empty when there is none. */
  readonly text: string;
  readonly standing: Standing;
  readonly where: Place;
}

/** SDMX code list CL_OBS_STATUS 2.2, and the words people write instead of its codes. */
const standings: ReadonlyMap<string, Standing> = new Map<string, Standing>([
  ['', 'present'],
  ['a', 'present'],
  ['b', 'present'],
  ['d', 'present'],
  ['g', 'present'],
  ['u', 'present'],
  ['v', 'provisional'],
  ['p', 'provisional'],
  ['e', 'estimated'],
  ['f', 'forecast'],
  ['i', 'imputed'],
  ['n', 'present'],
  ['h', 'missing'],
  ['j', 'missing'],
  ['k', 'missing'],
  ['l', 'missing'],
  ['o', 'missing'],
  ['q', 'missing'],
  ['s', 'missing'],
  ['m', 'not_applicable'],
  ['present', 'present'],
  ['normal', 'present'],
  ['final', 'present'],
  ['observed', 'present'],
  ['provisional', 'provisional'],
  ['preliminary', 'provisional'],
  ['predicted', 'forecast'],
  ['estimated', 'estimated'],
  ['estimate', 'estimated'],
  ['forecast', 'forecast'],
  ['imputed', 'imputed'],
  ['missing', 'missing'],
  ['suppressed', 'missing'],
  ['na', 'not_applicable'],
  ['n/a', 'not_applicable'],
  ['not applicable', 'not_applicable'],
  ['not_applicable', 'not_applicable'],
  ['暂定', 'provisional'],
  ['预计', 'forecast'],
  ['缺失', 'missing'],
  ['不适用', 'not_applicable'],
]);

/** The standing that a status cell names, or null for a word or code that is not known. */
export function readStanding(status: string): Standing | null {
  return standings.get(status.trim().toLowerCase()) ?? null;
}

/** Whether a value carries a standing with which nothing can be called reached for good. */
export function isProvisional(standing: Standing): boolean {
  return standing !== 'present';
}

/**
 * The year at which a period starts: `2015`, `2015.0`, `2013-2017` (its first year, as Open SDG takes it), `2014-S2`,
 * `2014-Q3`, `2014-09`, `2014-09-30`. Null when the text does not start with a year.
 */
export function startYear(period: string): number | null {
  const match = /^(\d{4})(?:\.0+)?(?:-(?:S([12])|Q([1-4])|(0[1-9]|1[0-2])(?:-\d{2})?))?(?![\d.])/.exec(
    period.trim(),
  );
  if (match === null) return null;
  const [, year, half, quarter, month] = match;
  const part =
    half !== undefined
      ? (Number(half) - 1) / 2
      : quarter !== undefined
        ? (Number(quarter) - 1) / 4
        : month !== undefined
          ? (Number(month) - 1) / 12
          : 0;
  return Number(year) + part;
}
