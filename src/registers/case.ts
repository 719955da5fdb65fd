import type { CaseEvent } from '../store/index.ts';
import type { Condition, Deadline, RegisterDeclaration, Step } from './declaration.ts';
import { dueAfter, type WorkCalendar } from './working-days.ts';

/** A deadline of one case: when it ends and when what it waits for was done, if it was. */
export interface CaseDeadline {
  readonly deadline: Deadline;
  readonly due: string;
  readonly done: string | null;
}

/** A case as its events tell it. */
export interface Case {
  readonly stream: string;
  readonly area: string;
  readonly state: 'open' | 'closed';
  /** Kind of the newest event. */
  readonly at: string;
  readonly events: readonly CaseEvent[];
  /** Values of all forms so far; a later step's value of a field replaces an earlier one's. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly deadlines: readonly CaseDeadline[];
}

/** Puts a case together from its events, which are in order of `seq`. Null when there is none. */
export function caseOf(
  declaration: RegisterDeclaration,
  events: readonly CaseEvent[],
  calendar: WorkCalendar,
): Case | null {
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) return null;
  const values: Record<string, unknown> = Object.assign(
    Object.create(null),
    ...events.map(({ body }) => body),
  );
  const state = declaration.steps.find(({ kind }) => kind === last.kind)?.state ?? 'open';
  return {
    stream: first.stream,
    area: first.area,
    state,
    at: last.kind,
    events,
    values,
    deadlines: declaration.deadlines.flatMap((deadline) => caseDeadline(deadline, events, values, calendar)),
  };
}

/** Counted from the newest start, so that a reopened case has its time anew. */
function caseDeadline(
  deadline: Deadline,
  events: readonly CaseEvent[],
  values: Readonly<Record<string, unknown>>,
  calendar: WorkCalendar,
): readonly CaseDeadline[] {
  const begins = events.findLastIndex(({ kind }) => kind === deadline.from);
  const start = events[begins];
  if (start === undefined) return [];
  const done = events.slice(begins + 1).find(({ kind }) => deadline.until.includes(kind));
  return [
    {
      deadline,
      due: dueAfter(start.occurred, allowedDays(deadline, values), calendar),
      done: done?.occurred ?? null,
    },
  ];
}

function allowedDays({ workingDays }: Deadline, values: Readonly<Record<string, unknown>>): number {
  if (typeof workingDays === 'number') return workingDays;
  const choice = values[workingDays.field];
  return typeof choice === 'string' && Object.hasOwn(workingDays.days, choice)
    ? (workingDays.days[choice] ?? workingDays.otherwise)
    : workingDays.otherwise;
}

/** Whether a case meets a condition at the moment `now`. */
export function meets(condition: Condition, each: Case, now: string): boolean {
  if ('reached' in condition) return each.events.some(({ kind }) => kind === condition.reached);
  if ('field' in condition) return String(each.values[condition.field] ?? '') === condition.is;
  if ('within' in condition) {
    const found = each.deadlines.find(({ deadline }) => deadline.id === condition.within);
    return found?.done != null && Date.parse(found.done) <= Date.parse(found.due);
  }
  if ('due' in condition) {
    const found = each.deadlines.find(({ deadline }) => deadline.id === condition.due);
    return found !== undefined && (found.done !== null || Date.parse(found.due) < Date.parse(now));
  }
  if ('all' in condition) return condition.all.every((inner) => meets(inner, each, now));
  return !meets(condition.not, each, now);
}

/** The steps that a case may take next, or that may begin one. */
export function nextSteps({ steps }: RegisterDeclaration, at: string | null): readonly Step[] {
  return steps.filter(({ after }) => (at === null ? after.length === 0 : after.includes(at)));
}
