import { breakdownKey, type Observation } from './observation.ts';
import type { Claim, Target } from './statement.ts';

/**
 * Stable addresses of records: what a record is about, free of file, row and value. One address holds one record at a
 * time; a later one under the same address is its correction.
 */
export function observationAddress(
  record: Pick<Observation, 'indicator' | 'area' | 'period' | 'breakdown'>,
): string {
  return `observation/${record.area}/${record.indicator}/${record.period}/${breakdownKey(record.breakdown)}`;
}

/** A document may give a range, so the comparator belongs to it; and two documents may give two targets. */
export function targetAddress(record: Target): string {
  const { area, indicator, period, breakdown, comparator, basePeriod, source } = record;
  const base = basePeriod === null ? '' : `since ${basePeriod}`;
  return `target/${area}/${indicator}/${period}/${breakdownKey(breakdown)}/${comparator}/${base}/${record.ref ?? source}`;
}

/** By its id in the city's list where it has one; otherwise by all that tells one statement from another. */
export function claimAddress(record: Claim): string {
  if (record.ref !== null) return `claim/${record.ref}`;
  const { area, indicator, kind, from, to, breakdown, source, locator } = record;
  return `claim/${area}/${indicator}/${kind}/${from ?? ''}/${to}/${breakdownKey(breakdown)}/${source}/${locator}`;
}
