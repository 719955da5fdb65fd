import type {
  Contribution,
  ContributionRole,
  DerivedIndicator,
  RegisterDeclaration,
  RegisterMeasure,
} from '../model/index.ts';
import type { StoredFlow, StoredReadingDay } from '../store/index.ts';
import { type Case, meets } from './case.ts';
import { computeNumber } from './compute.ts';
import { registerSource } from './derived.ts';
import { ownName } from './projection.ts';
import type { Registers } from './registers.ts';
import { looksAt } from './stands-alone.ts';
import { localDay } from './working-days.ts';

/** What one record gives to a measure: where, when and how much. */
export interface Entry {
  readonly area: string;
  readonly period: string;
  readonly contribution: Contribution;
  /** The record itself. */
  readonly of: Case | StoredFlow | StoredReadingDay;
}

type Counted = Extract<RegisterMeasure, { by: unknown }>;

/** What a case gives to a measure where only the case itself decides it; null: nothing. A changed case is another object. */
const keptEntries = new WeakMap<Counted, WeakMap<Case, Entry | null>>();

/** What the records of one register give to the measures of its indicators. */
export class Entries {
  readonly all: Registers;
  readonly declaration: RegisterDeclaration;
  /** The moment at which deadlines are judged. */
  readonly now: string;
  readonly #readings: readonly StoredReadingDay[];
  #cases: readonly Case[] | null = null;

  constructor(
    all: Registers,
    declaration: RegisterDeclaration,
    now: string,
    readings: readonly StoredReadingDay[],
  ) {
    this.all = all;
    this.declaration = declaration;
    this.now = now;
    this.#readings = readings;
  }

  *of(measure: RegisterMeasure, indicator: DerivedIndicator, role: ContributionRole): Iterable<Entry> {
    if ('flows' in measure) yield* this.#flows(measure.flows, indicator, role);
    else if ('readings' in measure) yield* this.#series(measure.readings, indicator, role);
    else if ('standing' in measure) yield* this.#standing(measure.standing, role);
    else yield* this.#counted(measure, indicator, role);
  }

  /** Cases of a type; of all types where none is named. */
  every(type: string | undefined): readonly Case[] {
    this.#cases ??= [...this.all.projection.everyCase(this.declaration.id)].map((each) =>
      this.all.caseOf(this.declaration, each),
    );
    return type === undefined ? this.#cases : this.#cases.filter((each) => each.type === type);
  }

  /** The period of an indicator that a case belongs to, by a step or by a field with a date or year; null when it has none. */
  periodOf(each: Case, by: Counted['by'], indicator: Pick<DerivedIndicator, 'period'>): string | null {
    if ('step' in by) {
      const step = each.steps.find(({ kind }) => kind === by.step);
      return step === undefined ? null : this.#period(step.occurred, indicator);
    }
    const value = each.values[by.field];
    if (value === undefined || !/^\d{4}/.test(value)) return null;
    return value.slice(0, indicator.period === 'month' && value.length >= 7 ? 7 : 4);
  }

  #period(instant: string, { period }: Pick<DerivedIndicator, 'period'>): string {
    return localDay(instant, this.all.at.calendar).slice(0, period === 'month' ? 7 : 4);
  }

  *#counted(measure: Counted, indicator: DerivedIndicator, role: ContributionRole): Iterable<Entry> {
    const looks = looksAt(measure.when, measure.sum);
    const kept = keptEntries.get(measure) ?? new WeakMap<Case, Entry | null>();
    keptEntries.set(measure, kept);
    for (const each of this.every(measure.cases ?? this.declaration.cases[0]?.id)) {
      const known = kept.get(each);
      if (known === null) continue;
      if (known !== undefined) {
        yield known;
        continue;
      }
      const entry = this.#countedOne(measure, each, indicator, role);
      if (!looks.others && (!looks.time || each.deadlines.every(({ done }) => done !== null)))
        kept.set(each, entry);
      if (entry !== null) yield entry;
    }
  }

  #countedOne(
    { when, by, sum, unit }: Counted,
    each: Case,
    indicator: DerivedIndicator,
    role: ContributionRole,
  ): Entry | null {
    const facts = this.all.facts(this.declaration, each);
    const period = this.periodOf(each, by, indicator);
    if (period === null) return null;
    if (when !== undefined && !meets(when, each, this.now, facts)) return null;
    const quantity = sum === undefined ? '1' : computeNumber(sum, facts);
    if (quantity === null) return null;
    return { area: each.area, period, contribution: this.#ofCase(each, role, quantity, unit), of: each };
  }

  /** Each year from the one it begins in to the one before it ends, up to the newest that anything happened in. */
  *#standing(
    { cases, from, until, when, sum, unit }: Extract<RegisterMeasure, { standing: unknown }>['standing'],
    role: ContributionRole,
  ): Iterable<Entry> {
    const yearOf = (instant: string): number => Number(localDay(instant, this.all.at.calendar).slice(0, 4));
    const last = yearOf(this.now);
    for (const each of this.every(cases)) {
      const facts = this.all.facts(this.declaration, each);
      if (when !== undefined && !meets(when, each, this.now, facts)) continue;
      const quantity = sum === undefined ? '1' : computeNumber(sum, facts);
      if (quantity === null) continue;
      for (let year = 0, stands = false, at = 0; at <= each.steps.length; at += 1) {
        const step = each.steps[at];
        const end = step === undefined ? last + 1 : yearOf(step.occurred);
        for (; stands && year < end; year += 1)
          yield {
            area: each.area,
            period: String(year),
            contribution: this.#ofCase(each, role, quantity, unit),
            of: each,
          };
        year = end;
        if (step?.kind === from) stands = true;
        if (step !== undefined && until.includes(step.kind)) stands = false;
      }
    }
  }

  *#flows(
    { items, steps, from, to }: Extract<RegisterMeasure, { flows: unknown }>['flows'],
    indicator: DerivedIndicator,
    role: ContributionRole,
  ): Iterable<Entry> {
    const { id } = this.declaration;
    const names = new Set(items.map((item) => ownName(this.declaration, item)));
    const isOf = (holder: string, kinds: readonly string[] | undefined): boolean =>
      kinds === undefined || kinds.includes(this.all.holderKind(this.declaration, holder));
    for (const flow of this.all.projection.flows(id)) {
      if (!names.has(flow.item)) continue;
      if (steps !== undefined && !steps.includes(this.all.kindOfFlow(id, flow.id) ?? '')) continue;
      if (!isOf(flow.from.holder, from) || !isOf(flow.to.holder, to)) continue;
      yield {
        area: flow.from.area,
        period: this.#period(flow.occurred, indicator),
        contribution: this.#record(
          `flow/${flow.from.area}/${flow.id}`,
          role,
          flow,
          flow.id.slice(id.length + 1),
        ),
        of: flow,
      };
    }
  }

  *#series(
    { series, take }: Extract<RegisterMeasure, { readings: unknown }>['readings'],
    indicator: DerivedIndicator,
    role: ContributionRole,
  ): Iterable<Entry> {
    const prefix = `${this.declaration.id}.${series}.`;
    const newest = new Map<string, StoredReadingDay>();
    const periodOf = (day: string): string => day.slice(0, indicator.period === 'month' ? 7 : 4);
    for (const day of this.#readings) {
      if (!day.series.startsWith(prefix) || day.total === null) continue;
      const period = periodOf(day.day);
      if (take === 'sum') yield this.#ofDay(day, period, day.total, role);
      else {
        const key = `${day.area} ${day.series} ${period}`;
        if ((newest.get(key)?.day ?? '') < day.day) newest.set(key, day);
      }
    }
    for (const day of newest.values()) {
      const value = day.readings.findLast((each) => each !== null);
      if (value != null) yield this.#ofDay(day, periodOf(day.day), value, role);
    }
  }

  #ofDay(day: StoredReadingDay, period: string, quantity: string, role: ContributionRole): Entry {
    const { area, series, day: date, unit } = day;
    const locator = `${series.slice(this.declaration.id.length + 1)}, ${date}`;
    const contribution = this.#record(`reading/${area}/${series}/${date}`, role, { quantity, unit }, locator);
    return { area, period, contribution, of: day };
  }

  #ofCase(
    { area, stream, number, steps }: Case,
    role: ContributionRole,
    quantity: string,
    unit = '{case}',
  ): Contribution {
    const seq = steps.at(-1)?.seq ?? 1;
    return this.#record(`event/${area}/${stream}/${seq}`, role, { quantity, unit }, `${number}, step ${seq}`);
  }

  #record(
    record: string,
    role: ContributionRole,
    { quantity, unit }: { readonly quantity: string; readonly unit: string },
    locator: string,
  ): Contribution {
    return {
      record,
      role,
      quantity,
      unit,
      status: 'A',
      source: registerSource(this.declaration.id),
      locator,
    };
  }
}
