import { goals } from '../goals.ts';
import { named, type View } from '../view.ts';

/** The number of a Sustainable Development Goal on a small chip of its colour. */
export function GoalChip({ goal }: { readonly goal: string }) {
  return (
    <span class={`goal g${/^\d{1,2}$/.test(goal) ? Number(goal) : 0}`} aria-hidden="true">
      {goal}
    </span>
  );
}

export function goalName(goal: string, view: Pick<View, 'language' | 't'>): string {
  const known = goals[goal];
  return known === undefined ? `${view.t.goal} ${goal}` : named(known, view);
}
