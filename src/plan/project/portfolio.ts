import {
  add,
  compare,
  convert,
  currencyOf,
  decimal,
  type Project,
  type ProjectStage,
  parseUnit,
  projectStages,
  type Rational,
  rational,
  toDecimal,
} from '../../model/index.ts';
import { earnedValue, type ValuePoint } from './earned-value.ts';

/** The last day of a date that may be a year or a month: by then it has come for certain. */
export function lastDay(date: string): string {
  const [year, month, day] = date.split('-');
  if (year === undefined || day !== undefined) return date;
  if (month === undefined) return `${year}-12-31`;
  return `${year}-${month}-${new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()}`;
}

/** The furthest stage that is told; null where none is. */
export function stageOf({ stages }: Project): ProjectStage | null {
  return projectStages.findLast((stage) => stages.some((each) => each.stage === stage)) ?? null;
}

/** Milestones whose day has passed by `asOf` and that are not accepted. One without a planned date is never overdue. */
export function overdueOf({ milestones }: Project, asOf: string): Project['milestones'] {
  return milestones.filter(({ due, done }) => done === undefined && due !== undefined && lastDay(due) < asOf);
}

/** An amount in whole units of its currency, exact; null when it is no money. */
function inCurrency(
  amount: string,
  unit: string,
): { readonly currency: string; readonly value: Rational } | null {
  const from = parseUnit(unit);
  const currency = from === null ? null : currencyOf(from);
  const to = currency === null ? null : parseUnit(currency);
  const value = from === null || to === null ? null : convert(decimal(amount), from, to);
  return currency === null || value === null ? null : { currency, value };
}

export interface FundTotal {
  /** Name of the source in the first language that it has. */
  readonly source: Project['money'][number]['source'];
  readonly currency: string;
  /** Exact sums in whole units of the currency; null where no project tells any. */
  readonly planned: string | null;
  readonly paid: string | null;
  readonly projects: number;
  readonly generated: boolean;
}

/** Money by currency and source. What is made up is never added to what is told. */
export function fundTotals(projects: readonly Project[]): readonly FundTotal[] {
  interface Sum extends Pick<FundTotal, 'source' | 'currency' | 'generated'> {
    planned: Rational | null;
    paid: Rational | null;
    readonly projects: Set<string>;
  }
  const sums = new Map<string, Sum>();
  for (const { id, money, generated } of projects)
    for (const { source, unit, planned, paid } of money) {
      const currency = inCurrency('0', unit)?.currency;
      if (currency === undefined) continue;
      const key = JSON.stringify([currency, generated, source.en, source.zh]);
      const sum = sums.get(key) ?? {
        source,
        currency,
        generated,
        planned: null,
        paid: null,
        projects: new Set(),
      };
      sums.set(key, sum);
      sum.projects.add(id);
      const more = (so: Rational | null, amount: string): Rational | null => {
        const value = inCurrency(amount, unit)?.value;
        return value === undefined ? so : add(so ?? rational(0n), value);
      };
      if (planned !== undefined) sum.planned = more(sum.planned, planned);
      // An empty list says that nothing was paid; a missing one says nothing.
      if (paid !== undefined)
        sum.paid = paid.reduce((so, { amount }) => more(so, amount), more(sum.paid, '0'));
    }
  const text = (value: Rational | null): string | null => (value === null ? null : toDecimal(value));
  return [...sums.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sum]) => ({
      ...sum,
      planned: text(sum.planned),
      paid: text(sum.paid),
      projects: sum.projects.size,
    }));
}

export type NoCurve = 'no-milestones' | 'cost-missing' | 'due-missing' | 'currencies' | 'paid-missing';

export interface EarnedCurve {
  readonly currency: string;
  readonly points: readonly ValuePoint[];
}

/**
 * Planned, earned and spent money of a project up to `asOf`, in whole units of its one currency. There is none, and a
 * reason, where a cost, a planned date or the payments of a source are not told: a curve without them would say zero.
 */
export function earnedCurve({ milestones, money }: Project, asOf: string): EarnedCurve | NoCurve {
  if (milestones.length === 0) return 'no-milestones';
  const planned = milestones.flatMap(({ id, due, done, cost }) => {
    const budget = cost === undefined ? null : inCurrency(cost.amount, cost.unit);
    return budget === null || due === undefined
      ? []
      : [{ id, due: lastDay(due), accepted: done === undefined ? null : lastDay(done), budget }];
  });
  if (milestones.some(({ cost }) => cost === undefined)) return 'cost-missing';
  if (planned.length < milestones.length) return 'due-missing';
  if (money.length === 0 || money.some(({ paid }) => paid === undefined)) return 'paid-missing';
  const spent = money.flatMap(({ unit, paid }) =>
    (paid ?? []).flatMap(({ date, amount }) => {
      const value = inCurrency(amount, unit);
      return value === null ? [] : [{ day: lastDay(date), value }];
    }),
  );
  const currencies = new Set([
    ...planned.map(({ budget }) => budget.currency),
    ...money.flatMap(({ unit }) => inCurrency('0', unit)?.currency ?? []),
  ]);
  const [currency] = currencies;
  if (currency === undefined || currencies.size > 1) return 'currencies';
  return {
    currency,
    points: earnedValue(
      planned.map((each) => ({ ...each, budget: toDecimal(each.budget.value) })),
      spent.map(({ day, value }) => ({ day, amount: toDecimal(value.value) })),
      asOf,
    ),
  };
}

/** The share of accepted weight, exact, in per cent; null where a milestone has no weight or none is above zero. */
export function doneShare({ milestones }: Project): Rational | null {
  const sum = (of: Project['milestones']): Rational =>
    of.reduce((so, { weight }) => add(so, decimal(weight ?? '0')), rational(0n));
  if (milestones.some(({ weight }) => weight === undefined)) return null;
  const all = sum(milestones);
  if (compare(all, rational(0n)) <= 0) return null;
  const done = sum(milestones.filter((each) => each.done !== undefined));
  return rational(done.n * all.d * 100n, done.d * all.n);
}
