import { z } from 'zod';
import {
  areaIdSchema,
  breakdownKey,
  comparePeriods,
  type Indicator,
  idSchema,
  localizedSchema,
  type Observation,
  observationKey,
  periodSchema,
  type Workspace,
} from '../../model/index.ts';

const daySchema = z.iso.date();

/** An indicator that a round asks for: who answers for it, and why it was chosen. */
const askedSchema = z.strictObject({
  indicator: idSchema,
  department: idSchema,
  reason: z.string().min(1).max(1000),
});

/** One cycle of a review's data: what is asked of whom, until when (数据收集轮次). */
export const roundSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  /** What the review of this year is about. */
  theme: localizedSchema,
  period: periodSchema,
  /** Priority goals. */
  goals: z.array(z.string().regex(/^\d{1,2}$/)).max(17),
  areas: z.array(areaIdSchema).min(1).max(500),
  departments: z
    .array(z.strictObject({ id: idSchema, name: localizedSchema }))
    .min(1)
    .max(200),
  asked: z.array(askedSchema).min(1).max(5000),
  /** Days by which each level has done its part, in this order. */
  calendar: z.strictObject({ opens: daySchema, due: daySchema, check: daySchema, approve: daySchema }),
  /** Nothing is public before this moment; null: values are public once they are approved. */
  release: z.iso.datetime({ offset: true }).nullable(),
});
export type Round = z.infer<typeof roundSchema>;

/** One value that somebody is asked for. */
export interface AskedCell {
  readonly area: string;
  readonly department: string;
  readonly indicator: string;
  readonly period: string;
  /** `sex=f,urban=yes`; empty for the total. */
  readonly breakdown: string;
  readonly unit: string;
  /** The newest value before the period, to compare with. */
  readonly before: Observation | null;
}

/** The name of a cell's case in the log; the third part is its department, by which the database keeps departments apart. */
export function cellStream(round: string, cell: Omit<AskedCell, 'area' | 'unit' | 'before'>): string {
  const breakdown = cell.breakdown.replaceAll(',', ';');
  return ['cell', round, cell.department, cell.indicator, cell.period.replaceAll('/', '~'), breakdown].join(
    ':',
  );
}

/** What is wrong with a round beside its form: in words of the field, empty when nothing is. */
export function roundFaults(round: Round, workspace: Workspace): readonly string[] {
  const { opens, due, check, approve } = round.calendar;
  const areas = new Set(workspace.city.areas.map(({ id }) => id));
  const indicators = new Set(workspace.indicators.map(({ id }) => id));
  const departments = new Set(round.departments.map(({ id }) => id));
  const faults: string[] = [];
  if (!(opens <= due && due <= check && check <= approve)) faults.push('calendar');
  if (round.areas.some((area) => !areas.has(area))) faults.push('areas');
  if (round.asked.some(({ indicator }) => !indicators.has(indicator))) faults.push('indicators');
  if (round.asked.some(({ department }) => !departments.has(department))) faults.push('departments');
  return faults;
}

/**
 * The cells that a round asks for, by area, department and indicator. A computed indicator asks for what its formula
 * needs; a breakdown is asked where it was reported before. `inputsOf` gives the indicators that a formula names.
 */
export function askedCells(
  round: Round,
  workspace: Workspace,
  inputsOf: (indicator: Indicator) => readonly string[],
): readonly AskedCell[] {
  const indicators = new Map(workspace.indicators.map((indicator) => [indicator.id, indicator]));
  const departmentOf = new Map<string, string>();
  const need = (id: string, department: string): void => {
    const indicator = indicators.get(id);
    if (indicator === undefined || departmentOf.has(id)) return;
    if (indicator.formula === undefined) departmentOf.set(id, department);
    else for (const input of inputsOf(indicator)) need(input, department);
  };
  // What is asked by name belongs to the department named; what only a formula needs, to that of the formula.
  const byName = [...round.asked].sort(
    (a, b) => Number(isComputed(indicators, a.indicator)) - Number(isComputed(indicators, b.indicator)),
  );
  for (const { indicator, department } of byName) need(indicator, department);

  const before = newestBefore(workspace.observations, round.period, new Set(departmentOf.keys()));
  const cells: AskedCell[] = [];
  for (const area of [...round.areas].sort())
    for (const [indicator, department] of departmentOf) {
      const unit = indicators.get(indicator)?.unit ?? '1';
      const known = before.get(`${area} ${indicator}`) ?? new Map<string, Observation>();
      for (const breakdown of new Set(['', ...known.keys()]))
        cells.push({
          area,
          department,
          indicator,
          period: round.period,
          breakdown,
          unit: known.get(breakdown)?.unit ?? unit,
          before: known.get(breakdown) ?? null,
        });
    }
  return cells.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

const orderOf = ({ area, department, indicator, breakdown }: AskedCell): string =>
  [area, department, indicator, breakdown].join('\u0001');

function isComputed(indicators: ReadonlyMap<string, Indicator>, id: string): boolean {
  return indicators.get(id)?.formula !== undefined;
}

/** By `area indicator` and breakdown, the newest observation of a period before `period` of the same kind. */
function newestBefore(
  observations: readonly Observation[],
  period: string,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlyMap<string, Observation>> {
  const found = new Map<string, Map<string, Observation>>();
  for (const observation of observations) {
    if (!wanted.has(observation.indicator) || observation.period.length !== period.length) continue;
    if (comparePeriods(observation.period, period) >= 0) continue;
    const series = `${observation.area} ${observation.indicator}`;
    const cells = found.get(series) ?? new Map<string, Observation>();
    found.set(series, cells);
    const key = breakdownKey(observation.breakdown);
    const known = cells.get(key);
    if (known === undefined || comparePeriods(known.period, observation.period) < 0)
      cells.set(key, observation);
  }
  return found;
}

/** The observations of a workspace by cell, for finding what a value replaces. */
export function observationsByCell(observations: readonly Observation[]): ReadonlyMap<string, Observation> {
  return new Map(observations.map((each) => [observationKey(each), each]));
}
