import { type Case, entityOfKind, type Register, type Registers } from '../../registers/index.ts';

/** How a department answers: counts of cases, and days from beginning to the first answer. */
export interface DepartmentAnswers {
  readonly department: string;
  readonly received: number;
  readonly open: number;
  readonly overdue: number;
  readonly answered: number;
  readonly inTime: number;
  /** Median of whole days; null when nothing was answered. */
  readonly medianDays: number | null;
}

interface Kept {
  readonly position: number;
  readonly minute: string;
  readonly answers: readonly DepartmentAnswers[];
}

const kept = new WeakMap<Register, Kept>();

/** As {@link answersByDepartment} of all cases, worked out once a minute for each position of the log. */
export function answersOf(all: Registers, register: Register, now: string): readonly DepartmentAnswers[] {
  const { position } = all.projection;
  const minute = now.slice(0, 16);
  const known = kept.get(register);
  if (known?.position === position && known.minute === minute) return known.answers;
  const answers = answersByDepartment(register, register.known(), now);
  kept.set(register, { position, minute, answers });
  return answers;
}

/** Answers and times by department, the one with most cases first. */
function answersByDepartment(
  register: Register,
  cases: readonly Case[],
  now: string,
): readonly DepartmentAnswers[] {
  const { declaration } = register;
  const field = declaration.department ?? '';
  const groups = new Map<string, Case[]>();
  for (const each of cases) {
    if (entityOfKind(declaration, each.at) !== undefined) continue;
    const name = each.values[field] ?? '';
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [each]);
    else group.push(each);
  }
  return [...groups]
    .map(([department, list]): DepartmentAnswers => {
      const done = list.filter(({ deadlines }) => deadlines.some((each) => each.done !== null));
      const days = done.map(({ steps, deadlines }) =>
        daysBetween(steps[0]?.occurred ?? '', firstDone(deadlines)),
      );
      return {
        department,
        received: list.length,
        open: list.filter(({ state }) => state === 'open').length,
        overdue: list.filter(({ deadlines }) =>
          deadlines.some((each) => each.done === null && each.due < now),
        ).length,
        answered: done.length,
        inTime: done.filter(({ deadlines }) =>
          deadlines.every((each) => each.done === null || Date.parse(each.done) <= Date.parse(each.due)),
        ).length,
        medianDays: median(days),
      };
    })
    .sort((a, b) => b.received - a.received || (a.department < b.department ? -1 : 1));
}

function firstDone(deadlines: Case['deadlines']): string {
  return deadlines.find(({ done }) => done !== null)?.done ?? '';
}

function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000));
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
