import {
  type Area,
  type Completeness,
  type Contribution,
  type ContributionRole,
  type DerivedCell,
  type DerivedIndicator,
  decimal,
  divide,
  type Indicator,
  type Localized,
  parseUnit,
  type RegisterDeclaration,
  type RegisterMeasure,
  type SourceDocument,
  toDecimal,
} from '../model/index.ts';
import type { StoredFlow, StoredReadingDay } from '../store/index.ts';
import { type Case, meets } from './case.ts';
import { computeNumber } from './compute.ts';
import { type Derived, registerSource } from './derived.ts';
import { ownName } from './projection.ts';
import type { Registers } from './registers.ts';
import { looksAt } from './stands-alone.ts';
import { localDay } from './working-days.ts';

/**
 * Works out the records behind the indicators of all registers that hold any. `now` is the moment at which deadlines are
 * judged: when the newest source that the figures may see was received, never a clock.
 */
export function derive(all: Registers, now: string, readings: readonly StoredReadingDay[] = []): Derived {
  const used = all
    .all()
    .filter(
      ({ id }) => all.projection.count(id) > 0 || readings.some(({ series }) => series.startsWith(`${id}.`)),
    );
  const cells = used.flatMap(({ declaration }) => {
    const work = new Work(all, declaration, now, readings);
    return declaration.indicators.flatMap((indicator) =>
      indicator.numerator === undefined ? [] : work.cells(indicator),
    );
  });
  const filled = new Set(cells.map(({ indicator }) => indicator));
  const indicators = used.flatMap(({ declaration }) =>
    declaration.indicators
      .filter(({ id, formula }) => formula !== undefined || filled.has(id))
      .map((each) => indicatorOf(each)),
  );
  return {
    indicators,
    sources: used.map(({ declaration }) => sourceOf(declaration, all.at.synthetic)),
    cells,
    official: new Map(
      used.flatMap(({ declaration }) =>
        declaration.indicators.flatMap(({ id, official }) =>
          official.length === 0 ? [] : [[id, official] as const],
        ),
      ),
    ),
  };
}

function indicatorOf({
  id,
  version,
  name,
  definition,
  unit,
  direction,
  nature,
  goals,
  decimals,
  formula,
}: DerivedIndicator): Indicator {
  return {
    id,
    version,
    name,
    definition,
    unit,
    direction,
    nature,
    goals,
    targets: [],
    key: false,
    rollup: 'none',
    topic: 'registers',
    // What is counted in things has no decimals.
    ...(decimals !== undefined ? { decimals } : /^\{[^}]*\}$/.test(unit) ? { decimals: 0 } : {}),
    ...(formula === undefined ? {} : { formula }),
  };
}

function sourceOf({ id, name }: RegisterDeclaration, synthetic: Localized | undefined): SourceDocument {
  const prefix = synthetic === undefined ? { en: '', zh: '' } : { en: 'Synthetic: ', zh: '合成数据：' };
  return {
    id: registerSource(id),
    title: { en: `${prefix.en}Register: ${name.en}`, zh: `${prefix.zh}登记：${name.zh}` },
    producer: synthetic ?? { en: 'The city, from its own records', zh: '本市业务记录' },
    date: 'undated',
    licence: 'public figures; single records as the register allows',
    locators: { en: 'number of the case and step', zh: '编号与环节' },
  };
}

/** What a case gives to an indicator where only the case itself decides it; null: nothing. A changed case is another object. */
const keptEntries = new WeakMap<DerivedIndicator, Map<ContributionRole, WeakMap<Case, Entry | null>>>();

function keptOf(indicator: DerivedIndicator, role: ContributionRole): WeakMap<Case, Entry | null> {
  const byRole = keptEntries.get(indicator) ?? new Map<ContributionRole, WeakMap<Case, Entry | null>>();
  keptEntries.set(indicator, byRole);
  const kept = byRole.get(role) ?? new WeakMap<Case, Entry | null>();
  byRole.set(role, kept);
  return kept;
}

interface Entry {
  readonly area: string;
  readonly period: string;
  readonly contribution: Contribution;
}

class Work {
  readonly #all: Registers;
  readonly #declaration: RegisterDeclaration;
  readonly #now: string;
  readonly #readings: readonly StoredReadingDay[];
  readonly #parents: ReadonlyMap<string, string | undefined>;
  readonly #districts: readonly Area[];
  readonly #above = new Map<string, readonly string[]>();
  #cases: readonly Case[] | null = null;

  constructor(
    all: Registers,
    declaration: RegisterDeclaration,
    now: string,
    readings: readonly StoredReadingDay[],
  ) {
    this.#all = all;
    this.#declaration = declaration;
    this.#now = now;
    this.#readings = readings;
    this.#parents = new Map(all.at.areas.map(({ id, parent }) => [id, parent]));
    this.#districts = all.at.areas.filter(({ parent }) => parent === all.at.area);
  }

  /** The cells of an indicator: each area with records, and every area above it. */
  cells(indicator: DerivedIndicator): readonly DerivedCell[] {
    const { numerator, denominator } = indicator;
    if (numerator === undefined) return [];
    const cells = new Map<
      string,
      { area: string; period: string; num: Contribution[]; den: Contribution[]; districts: Set<string> }
    >();
    const put = (measure: RegisterMeasure, role: 'num' | 'den', as: ContributionRole): void => {
      for (const { area, period, contribution } of this.#entries(measure, indicator, as))
        for (const at of this.#upwards(area)) {
          const key = `${at} ${period}`;
          const cell = cells.get(key) ?? { area: at, period, num: [], den: [], districts: new Set() };
          cells.set(key, cell);
          cell[role].push(contribution);
          for (const each of this.#upwards(area)) cell.districts.add(each);
        }
    };
    put(numerator, 'num', denominator === undefined ? 'term' : 'num');
    if (denominator !== undefined) put(denominator, 'den', 'den');
    return [...cells.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, { area, period, num, den, districts }]) =>
        denominator !== undefined && den.length === 0
          ? []
          : [
              {
                indicator: indicator.id,
                area,
                period,
                numerator: num,
                denominator: denominator === undefined ? null : den,
                completeness: indicator.everyDistrict ? this.#completeness(area, districts) : null,
              },
            ],
      );
  }

  #upwards(area: string): readonly string[] {
    const known = this.#above.get(area);
    if (known !== undefined) return known;
    const found: string[] = [];
    for (let at: string | undefined = area; at !== undefined && found.length < 12; at = this.#parents.get(at))
      if (this.#parents.has(at)) found.push(at);
    this.#above.set(area, found);
    return found;
  }

  #completeness(area: string, present: ReadonlySet<string>): Completeness | null {
    if (area !== this.#all.at.area || this.#districts.length === 0) return null;
    const missing = this.#districts.map(({ id }) => id).filter((id) => !present.has(id));
    return { present: this.#districts.length - missing.length, expected: this.#districts.length, missing };
  }

  *#entries(measure: RegisterMeasure, indicator: DerivedIndicator, role: ContributionRole): Iterable<Entry> {
    if ('flows' in measure) yield* this.#flows(measure.flows, indicator, role);
    else if ('readings' in measure) yield* this.#series(measure.readings, indicator, role);
    else if ('standing' in measure) yield* this.#standing(measure.standing, role);
    else yield* this.#counted(measure, indicator, role);
  }

  #every(type: string | undefined): readonly Case[] {
    this.#cases ??= [...this.#all.projection.everyCase(this.#declaration.id)].map((each) =>
      this.#all.caseOf(this.#declaration, each),
    );
    return type === undefined ? this.#cases : this.#cases.filter((each) => each.type === type);
  }

  #period(instant: string, { period }: Pick<DerivedIndicator, 'period'>): string {
    return localDay(instant, this.#all.at.calendar).slice(0, period === 'month' ? 7 : 4);
  }

  *#counted(
    { cases, when, by, sum, unit }: Extract<RegisterMeasure, { by: unknown }>,
    indicator: DerivedIndicator,
    role: ContributionRole,
  ): Iterable<Entry> {
    const looks = looksAt(when, sum);
    const kept = keptOf(indicator, role);
    for (const each of this.#every(cases ?? this.#declaration.cases[0]?.id)) {
      const known = kept.get(each);
      if (known === null) continue;
      if (known !== undefined) {
        yield known;
        continue;
      }
      const entry = this.#countedOne({ when, by, sum, unit }, each, indicator, role);
      if (!looks.others && (!looks.time || each.deadlines.every(({ done }) => done !== null)))
        kept.set(each, entry);
      if (entry !== null) yield entry;
    }
  }

  #countedOne(
    { when, by, sum, unit }: Omit<Extract<RegisterMeasure, { by: unknown }>, 'cases'>,
    each: Case,
    indicator: DerivedIndicator,
    role: ContributionRole,
  ): Entry | null {
    const facts = this.#all.facts(this.#declaration, each);
    let period: string;
    if ('step' in by) {
      const step = each.steps.find(({ kind }) => kind === by.step);
      if (step === undefined) return null;
      period = this.#period(step.occurred, indicator);
    } else {
      const value = each.values[by.field];
      if (value === undefined || !/^\d{4}/.test(value)) return null;
      period = value.slice(0, indicator.period === 'month' && value.length >= 7 ? 7 : 4);
    }
    if (when !== undefined && !meets(when, each, this.#now, facts)) return null;
    const quantity = sum === undefined ? '1' : computeNumber(sum, facts);
    if (quantity === null) return null;
    return { area: each.area, period, contribution: this.#ofCase(each, role, quantity, unit) };
  }

  /** Each year from the one it begins in to the one before it ends, up to the newest that anything happened in. */
  *#standing(
    { cases, from, until, when, sum, unit }: Extract<RegisterMeasure, { standing: unknown }>['standing'],
    role: ContributionRole,
  ): Iterable<Entry> {
    const last = Number(localDay(this.#now, this.#all.at.calendar).slice(0, 4));
    for (const each of this.#every(cases)) {
      const facts = this.#all.facts(this.#declaration, each);
      if (when !== undefined && !meets(when, each, this.#now, facts)) continue;
      const quantity = sum === undefined ? '1' : computeNumber(sum, facts);
      if (quantity === null) continue;
      const yearOf = (instant: string): number =>
        Number(localDay(instant, this.#all.at.calendar).slice(0, 4));
      for (let year = 0, stands = false, at = 0; at <= each.steps.length; at += 1) {
        const step = each.steps[at];
        const end = step === undefined ? last + 1 : yearOf(step.occurred);
        for (; stands && year < end; year += 1)
          yield {
            area: each.area,
            period: String(year),
            contribution: this.#ofCase(each, role, quantity, unit),
          };
        year = end;
        if (step?.kind === from) stands = true;
        if (step !== undefined && until.includes(step.kind)) stands = false;
      }
    }
  }

  #ofCase(
    { area, stream, number, steps }: Case,
    role: ContributionRole,
    quantity: string,
    unit = '{case}',
  ): Contribution {
    const seq = steps.at(-1)?.seq ?? 1;
    return {
      record: `event/${area}/${stream}/${seq}`,
      role,
      quantity,
      unit,
      status: 'A',
      source: registerSource(this.#declaration.id),
      locator: `${number}, step ${seq}`,
    };
  }

  *#flows(
    { items, steps, from, to }: Extract<RegisterMeasure, { flows: unknown }>['flows'],
    indicator: DerivedIndicator,
    role: ContributionRole,
  ): Iterable<Entry> {
    const { id } = this.#declaration;
    const names = new Set(items.map((item) => ownName(this.#declaration, item)));
    for (const flow of this.#all.projection.flows(id)) {
      if (!names.has(flow.item)) continue;
      if (steps !== undefined && !steps.includes(this.#all.kindOfFlow(id, flow.id) ?? '')) continue;
      if (from !== undefined && !from.includes(this.#holderKind(flow.from.holder))) continue;
      if (to !== undefined && !to.includes(this.#holderKind(flow.to.holder))) continue;
      yield {
        area: flow.from.area,
        period: this.#period(flow.occurred, indicator),
        contribution: this.#ofFlow(flow, role),
      };
    }
  }

  /** A declared holder by its id, an entity by its kind's id, anything else is a case. */
  #holderKind(holder: string): string {
    return this.#all.holderKind(this.#declaration, holder);
  }

  #ofFlow({ id, from, quantity, unit }: StoredFlow, role: ContributionRole): Contribution {
    return {
      record: `flow/${from.area}/${id}`,
      role,
      quantity,
      unit,
      status: 'A',
      source: registerSource(this.#declaration.id),
      locator: id.slice(this.#declaration.id.length + 1),
    };
  }

  *#series(
    { series, take }: Extract<RegisterMeasure, { readings: unknown }>['readings'],
    indicator: DerivedIndicator,
    role: ContributionRole,
  ): Iterable<Entry> {
    const prefix = `${this.#declaration.id}.${series}.`;
    const newest = new Map<string, StoredReadingDay>();
    for (const day of this.#readings) {
      if (!day.series.startsWith(prefix) || day.total === null) continue;
      const period = day.day.slice(0, indicator.period === 'month' ? 7 : 4);
      if (take === 'sum') yield { area: day.area, period, contribution: this.#ofDay(day, day.total, role) };
      else {
        const key = `${day.area} ${day.series} ${period}`;
        if ((newest.get(key)?.day ?? '') < day.day) newest.set(key, day);
      }
    }
    for (const day of newest.values()) {
      const value = day.readings.findLast((each) => each !== null);
      if (value != null)
        yield {
          area: day.area,
          period: day.day.slice(0, indicator.period === 'month' ? 7 : 4),
          contribution: this.#ofDay(day, value, role),
        };
    }
  }

  #ofDay(
    { area, series, day, unit }: StoredReadingDay,
    quantity: string,
    role: ContributionRole,
  ): Contribution {
    return {
      record: `reading/${area}/${series}/${day}`,
      role,
      quantity,
      unit,
      status: 'A',
      source: registerSource(this.#declaration.id),
      locator: `${series.slice(this.#declaration.id.length + 1)}, ${day}`,
    };
  }
}

/** The value of a cell in the unit of its indicator, exact where it ends: for tables that need no figure. */
export function cellValue({ numerator, denominator }: DerivedCell, unit: string): string | null {
  const total = (list: readonly Contribution[]) =>
    list.reduce(
      (sum, { quantity, unit: code }) => {
        const factor = parseUnit(code)?.factor ?? decimal('1');
        const value = decimal(quantity ?? '0');
        return { n: sum.n * value.d * factor.d + value.n * factor.n * sum.d, d: sum.d * value.d * factor.d };
      },
      { n: 0n, d: 1n },
    );
  const [above, below] = [total(numerator), denominator === null ? { n: 1n, d: 1n } : total(denominator)];
  if (below.n === 0n) return null;
  return toDecimal(divide(divide(above, below), parseUnit(unit)?.factor ?? decimal('1')));
}
