import { add, decimal, type Rational, rational, toDecimal } from '../../model/index.ts';

/** A milestone with its part of the budget; accepted once its evidence is. */
export interface Milestone {
  readonly id: string;
  readonly due: string;
  readonly budget: string;
  /** Day on which its evidence was accepted; null before. */
  readonly accepted: string | null;
}

export interface Expense {
  readonly day: string;
  readonly amount: string;
}

export interface ValuePoint {
  readonly day: string;
  /** What was to be done by then, what was done, and what it cost: exact sums of money (earned value, 挣值). */
  readonly planned: string;
  readonly earned: string;
  readonly spent: string;
}

/** The three curves of earned value on each day on which one of them moves, up to `today`. Progress is accepted milestones only. */
export function earnedValue(
  milestones: readonly Milestone[],
  expenses: readonly Expense[],
  today: string,
): readonly ValuePoint[] {
  const days = new Set([
    ...milestones.map(({ due }) => due),
    ...milestones.flatMap(({ accepted }) => accepted ?? []),
    ...expenses.map(({ day }) => day),
    today,
  ]);
  const sum = (amounts: readonly string[]): string =>
    toDecimal(amounts.reduce((total: Rational, each) => add(total, decimal(each)), rational(0n)));
  return [...days]
    .filter((day) => day <= today)
    .sort()
    .map((day) => ({
      day,
      planned: sum(milestones.filter(({ due }) => due <= day).map(({ budget }) => budget)),
      earned: sum(
        milestones.filter(({ accepted }) => accepted !== null && accepted <= day).map(({ budget }) => budget),
      ),
      spent: sum(expenses.filter((expense) => expense.day <= day).map(({ amount }) => amount)),
    }));
}
