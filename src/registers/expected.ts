import type {
  Completeness,
  DerivedIndicator,
  Expectation,
  Localized,
  MissingReason,
} from '../model/index.ts';
import type { AreaTree } from './area-tree.ts';
import { fieldNamed } from './book.ts';
import { type Case, meets } from './case.ts';
import type { Entries, Entry } from './entries.ts';
import { isPublic } from './visible.ts';
import { localDay } from './working-days.ts';

/** Names told of those that are missing for one reason; the rest is a number. */
const mostNamed = 50;
const noRecord: Localized = { en: 'no record', zh: '无记录' };

/** What is expected in one area and period. */
class Tally {
  expected = 0;
  present = 0;
  readonly missing = new Map<
    string,
    { readonly reason: Localized; count: number; readonly names: string[] }
  >();

  add(isThere: boolean, reason: Localized, name: string | null): void {
    this.expected += 1;
    if (isThere) {
      this.present += 1;
      return;
    }
    const of = this.missing.get(reason.en) ?? { reason, count: 0, names: [] };
    this.missing.set(reason.en, of);
    of.count += 1;
    if (name !== null && of.names.length < mostNamed) of.names.push(name);
  }

  told({ least }: Expectation, of: Localized): Completeness {
    const reasons: MissingReason[] = [...this.missing.values()].sort((a, b) =>
      a.reason.en < b.reason.en ? -1 : 1,
    );
    return {
      present: this.present,
      expected: this.expected,
      missing: reasons.flatMap(({ names }) => names),
      of,
      ...(least === undefined ? {} : { least }),
      ...(reasons.length === 0 ? {} : { reasons }),
    };
  }
}

/**
 * How much of what an indicator expects stands in its records, by area and period (`area period`): entities that no record
 * names, or cases that are not counted yet, each with why. `counted`: the entries of the indicator.
 */
export function expectedOf(
  entries: Entries,
  indicator: DerivedIndicator,
  counted: readonly Entry[],
  areas: AreaTree,
): ReadonlyMap<string, Completeness> {
  const { expects } = indicator;
  if (expects === undefined) return new Map();
  const tallies = new Map<string, Tally>();
  const put = (
    area: string,
    period: string,
    isThere: boolean,
    reason: Localized,
    name: string | null,
  ): void => {
    for (const at of areas.upwards(area)) {
      const key = `${at} ${period}`;
      const tally = tallies.get(key) ?? new Tally();
      tallies.set(key, tally);
      tally.add(isThere, reason, name);
    }
  };
  const of =
    'entity' in expects
      ? putEntities(entries, indicator, expects, counted, put)
      : putCases(entries, indicator, expects, counted, put);
  return new Map([...tallies].map(([key, tally]) => [key, tally.told(expects, of)]));
}

type Put = (area: string, period: string, isThere: boolean, reason: Localized, name: string | null) => void;

function putCases(
  entries: Entries,
  indicator: DerivedIndicator,
  { cases, by, when }: Extract<Expectation, { by: unknown }>,
  counted: readonly Entry[],
  put: Put,
): Localized {
  const { all, declaration, now } = entries;
  const there = new Set(counted.map(({ of }) => of));
  const type = cases ?? declaration.cases[0]?.id;
  const steps = new Map(declaration.steps.map(({ kind, name }) => [kind, name]));
  for (const each of entries.every(type)) {
    const period = entries.periodOf(each, by, indicator);
    if (period === null || (when !== undefined && !meets(when, each, now, all.facts(declaration, each))))
      continue;
    const name = isPublic(declaration, each) ? each.number : null;
    put(each.area, period, there.has(each), steps.get(each.at) ?? noRecord, name);
  }
  return declaration.cases.find(({ id }) => id === type)?.name ?? declaration.name;
}

function putEntities(
  entries: Entries,
  { numerator, denominator, period: length }: DerivedIndicator,
  { entity, register: home, when, field }: Extract<Expectation, { entity: unknown }>,
  counted: readonly Entry[],
  put: Put,
): Localized {
  const { all, declaration } = entries;
  const owner = all.declaration(home ?? declaration.id);
  const kind = owner?.entities.find(({ id }) => id === entity);
  if (owner === undefined || kind === undefined) return declaration.name;
  const there = new Map<string, Set<string>>();
  for (const { period, of } of counted) {
    const known = there.get(period) ?? new Set<string>();
    there.set(period, known);
    for (const stream of namedBy(entries, of, field)) known.add(stream);
  }
  const measure = denominator ?? numerator;
  const reasons =
    field !== undefined && measure !== undefined && 'by' in measure
      ? stepsByEntity(entries, measure, field, { period: length })
      : new Map<string, Localized>();
  const title = kind.fields.find(({ id }) => id === kind.title);
  const dayOf = (instant: string): string => localDay(instant, all.at.calendar);
  for (const record of all.projection.cases(owner.id)) {
    const each = all.caseOf(owner, record);
    if (each.type !== entity) continue;
    if (when !== undefined && !meets({ holds: when }, each, entries.now, all.facts(owner, each))) continue;
    const [first] = each.steps;
    const begins = first === undefined ? '' : dayOf(first.occurred);
    const ended = each.state === 'closed' ? dayOf(each.steps.at(-1)?.occurred ?? '') : null;
    const name = (title?.public === true ? each.values[title.id] : undefined) ?? each.number;
    for (const [period, known] of there) {
      const isStanding =
        begins.slice(0, period.length) <= period &&
        (ended === null || ended.slice(0, period.length) >= period);
      if (!isStanding) continue;
      const reason = reasons.get(`${period} ${each.stream}`) ?? noRecord;
      put(each.area, period, known.has(each.stream), reason, kind.public ? name : null);
    }
  }
  return kind.name;
}

/** The streams of the entities that a counted record names. */
function namedBy(entries: Entries, of: Entry['of'], field: string | undefined): readonly string[] {
  if ('from' in of) return [of.from.holder, of.to.holder];
  if (!('values' in of) || field === undefined) return [];
  const stream = streamNamed(entries, of, field);
  return stream === null ? [] : [stream];
}

function streamNamed({ all, declaration }: Entries, { values }: Case, field: string): string | null {
  const known = fieldNamed(declaration, field);
  const value = values[field];
  return known === undefined || value === undefined ? null : all.streamNamed(declaration, known, value);
}

/** How far the newest case of each entity and period has come, by `period stream`: why it does not count yet. */
function stepsByEntity(
  entries: Entries,
  { cases, by }: Extract<NonNullable<DerivedIndicator['numerator']>, { by: unknown }>,
  field: string,
  indicator: Pick<DerivedIndicator, 'period'>,
): ReadonlyMap<string, Localized> {
  const { declaration } = entries;
  const names = new Map<string, Localized>(declaration.steps.map(({ kind, name }) => [kind, name]));
  const found = new Map<string, Localized>();
  for (const each of entries.every(cases ?? declaration.cases[0]?.id)) {
    const period = entries.periodOf(each, by, indicator);
    const stream = streamNamed(entries, each, field);
    const name = names.get(each.at);
    if (period !== null && stream !== null && name !== undefined) found.set(`${period} ${stream}`, name);
  }
  return found;
}
