import type { Condition, Deadline, RegisterDeclaration, Step } from '../model/index.ts';
import type { CaseRecord, CaseStep } from './case-record.ts';
import { compute, type Facts, truthOf } from './compute.ts';
import { flagsKey } from './event-keys.ts';
import { dateOfYear } from './parameter.ts';
import { daysAfter, dueAfter, endOfDay, type WorkCalendar } from './working-days.ts';

/** A deadline of one case: when it ends and when what it waits for was done, if it was. */
export interface CaseDeadline {
  readonly deadline: Deadline;
  readonly due: string;
  readonly done: string | null;
}

/** A case as its steps tell it. */
export interface Case extends CaseRecord {
  readonly state: 'open' | 'closed';
  /** Kind of the newest step. */
  readonly at: string;
  /** Type of the case; null where a register has one type only. */
  readonly type: string | null;
  readonly deadlines: readonly CaseDeadline[];
  /** Checks that found a fault. */
  readonly flags: readonly string[];
}

export function caseOf(declaration: RegisterDeclaration, record: CaseRecord, calendar: WorkCalendar): Case {
  const last = record.steps.at(-1);
  const step = declaration.steps.find(({ kind }) => kind === last?.kind);
  const flags = record.values[flagsKey];
  return {
    ...record,
    state: step?.state ?? 'open',
    at: last?.kind ?? '',
    type: step?.of ?? declaration.cases[0]?.id ?? null,
    deadlines: declaration.deadlines.flatMap((deadline) =>
      caseDeadline(declaration, deadline, record, calendar),
    ),
    flags: flags === undefined || flags === '' ? [] : flags.split(','),
  };
}

/** Counted from the newest start, so that a reopened case has its time anew. */
function caseDeadline(
  declaration: RegisterDeclaration,
  deadline: Deadline,
  { steps, values }: CaseRecord,
  calendar: WorkCalendar,
): readonly CaseDeadline[] {
  const begins = steps.findLastIndex(({ kind }) => kind === deadline.from);
  const start = steps[begins];
  if (start === undefined) return [];
  const due = dueOf(declaration, deadline, start, values, calendar);
  if (due === null) return [];
  const done = steps.slice(begins + 1).find(({ kind }) => deadline.until.includes(kind));
  return [{ deadline, due, done: done?.occurred ?? null }];
}

function dueOf(
  declaration: RegisterDeclaration,
  { workingDays, days, date }: Deadline,
  start: CaseStep,
  values: Readonly<Record<string, string>>,
  calendar: WorkCalendar,
): string | null {
  if (date !== undefined) {
    const day = dateOfYear(declaration, date.parameter, values[date.year] ?? '');
    return day === null ? null : endOfDay(day, calendar);
  }
  if (days !== undefined) return daysAfter(start.occurred, days, calendar);
  if (workingDays === undefined) return null;
  return dueAfter(start.occurred, allowedDays(workingDays, values), calendar);
}

function allowedDays(
  workingDays: NonNullable<Deadline['workingDays']>,
  values: Readonly<Record<string, string>>,
): number {
  if (typeof workingDays === 'number') return workingDays;
  const choice = values[workingDays.field];
  return choice !== undefined && Object.hasOwn(workingDays.days, choice)
    ? (workingDays.days[choice] ?? workingDays.otherwise)
    : workingDays.otherwise;
}

/** Whether a case meets a condition at the moment `now`. What is not known is not met. */
export function meets(condition: Condition, each: Case, now: string, facts: Facts): boolean {
  if ('reached' in condition) return each.steps.some(({ kind }) => kind === condition.reached);
  if ('at' in condition) return condition.at.includes(each.at);
  if ('field' in condition) return (each.values[condition.field] ?? '') === condition.is;
  if ('flagged' in condition) return each.flags.includes(condition.flagged);
  if ('holds' in condition) return truthOf(compute(condition.holds, facts)) === true;
  if ('within' in condition) {
    const found = each.deadlines.find(({ deadline }) => deadline.id === condition.within);
    return found?.done != null && Date.parse(found.done) <= Date.parse(found.due);
  }
  if ('due' in condition) {
    const found = each.deadlines.find(({ deadline }) => deadline.id === condition.due);
    return found !== undefined && (found.done !== null || Date.parse(found.due) < Date.parse(now));
  }
  if ('all' in condition) return condition.all.every((inner) => meets(inner, each, now, facts));
  if ('any' in condition) return condition.any.some((inner) => meets(inner, each, now, facts));
  return !meets(condition.not, each, now, facts);
}

/** The steps that a case may take next, or that may begin one. */
export function nextSteps({ steps }: RegisterDeclaration, at: string | null): readonly Step[] {
  return steps.filter(({ after }) => (at === null ? after.length === 0 : after.includes(at)));
}

/** Whether a deadline of a case has passed without what it waits for. */
export function isOverdue(each: Case, now: string): boolean {
  const waiting = each.deadlines.filter(({ done }) => done === null);
  return waiting.length > 0 && waiting.some(({ due }) => Date.parse(due) < Date.parse(now));
}
