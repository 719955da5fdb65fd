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
import { looksAt } from './stands-alone.ts';
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

  /** What an area below has, in the one above it. */
  take({ expected, present, missing }: Tally): void {
    this.expected += expected;
    this.present += present;
    for (const [key, { reason, count, names }] of missing) {
      const of = this.missing.get(key) ?? { reason, count: 0, names: [] };
      this.missing.set(key, of);
      of.count += count;
      of.names.push(...names.slice(0, mostNamed - of.names.length));
    }
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
  // First where it is, then once for all that lies above: a city has tens of thousands of cases and a few areas.
  const own = new Map<string, Map<string, Tally>>();
  const put: Put = (area, period, isThere, reason, name) => {
    const ofPeriod = own.get(period) ?? new Map<string, Tally>();
    own.set(period, ofPeriod);
    const tally = ofPeriod.get(area) ?? new Tally();
    ofPeriod.set(area, tally);
    tally.add(isThere, reason, name);
  };
  const of =
    'entity' in expects
      ? putEntities(entries, indicator, expects, counted, put)
      : putCases(entries, indicator, expects, counted, put);
  const above = new Map<string, Tally>();
  for (const [period, ofPeriod] of own)
    for (const [area, tally] of ofPeriod)
      for (const at of areas.upwards(area)) {
        const key = `${at} ${period}`;
        const total = above.get(key) ?? new Tally();
        above.set(key, total);
        total.take(tally);
      }
  return new Map([...above].map(([key, tally]) => [key, tally.told(expects, of)]));
}

type Put = (area: string, period: string, isThere: boolean, reason: Localized, name: string | null) => void;

/** The period for which a case is expected, where only the case itself decides it; null: it is not. */
const keptPeriods = new WeakMap<Expectation, WeakMap<Case, string | null>>();

function putCases(
  entries: Entries,
  indicator: DerivedIndicator,
  expects: Extract<Expectation, { by: unknown }>,
  counted: readonly Entry[],
  put: Put,
): Localized {
  const { all, declaration, now } = entries;
  const { cases, by, when } = expects;
  const there = new Set(counted.map(({ of }) => of));
  const type = cases ?? declaration.cases[0]?.id;
  const steps = new Map(declaration.steps.map(({ kind, name }) => [kind, name]));
  const looks = looksAt(when, undefined);
  const mayKeep = !looks.others && !looks.time;
  const kept = keptPeriods.get(expects) ?? new WeakMap<Case, string | null>();
  keptPeriods.set(expects, kept);
  const expectedIn = (each: Case): string | null =>
    when === undefined || meets(when, each, now, all.facts(declaration, each))
      ? entries.periodOf(each, by, indicator)
      : null;
  for (const each of entries.every(type)) {
    const known = kept.get(each);
    const period = known === undefined ? expectedIn(each) : known;
    if (known === undefined && mayKeep) kept.set(each, period);
    if (period === null) continue;
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
