import type { Contribution } from '../model/index.ts';
import { type Case, meets } from './case.ts';
import type { Rate } from './declaration.ts';

/** A rate's records for one area and year: every case that counts below the line, and of those, which above it. */
export interface RateRecords {
  readonly area: string;
  readonly period: string;
  readonly numerator: readonly Contribution[];
  readonly denominator: readonly Contribution[];
}

/**
 * The cases behind a rate, by area and year of the step it goes by. `now` is the moment that deadlines are judged at: for
 * a figure, the time at which the newest source it may see was received, never a clock.
 */
export function rateRecords(
  rate: Rate,
  register: string,
  cases: readonly Case[],
  now: string,
): readonly RateRecords[] {
  const groups = new Map<
    string,
    { area: string; period: string; numerator: Contribution[]; denominator: Contribution[] }
  >();
  for (const each of cases) {
    const began = each.events.find(({ kind }) => kind === rate.year);
    if (began === undefined || !meets(rate.of, each, now)) continue;
    const period = began.occurred.slice(0, 4);
    const key = `${each.area} ${period}`;
    const group = groups.get(key) ?? { area: each.area, period, numerator: [], denominator: [] };
    groups.set(key, group);
    group.denominator.push(contribution(register, each, 'den'));
    if (meets(rate.counts, each, now)) group.numerator.push(contribution(register, each, 'num'));
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function contribution(register: string, { area, events, stream }: Case, role: 'num' | 'den'): Contribution {
  const last = events.at(-1);
  return {
    record: `event/${area}/${stream}/${last?.seq ?? 1}`,
    role,
    quantity: '1',
    unit: '{case}',
    status: 'A',
    source: register,
    locator: `case ${stream.slice(stream.lastIndexOf('.') + 1)}, step ${last?.seq ?? 1}`,
  };
}
