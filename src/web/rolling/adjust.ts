import { compare, decimal } from '../../model/index.ts';
import {
  type Adjustment,
  adjustmentSteps,
  adjustmentsOf,
  type Effect,
  effectOf,
  plannedActs,
  planWithTarget,
  proposalSchema,
  stageRows,
  writeActs,
} from '../../plan/index.ts';
import type { Store } from '../../store/index.ts';
import { writeSteps } from '../office/log.ts';
import type { PlannedPlace } from '../plan/values.ts';
import { randomToken } from '../sign-in/secret.ts';
import { holds, type Person } from '../who.ts';

const adjustmentRegister = [{ register: 'adjustment', version: 1, steps: [...adjustmentSteps] }];

export interface AdjustContext {
  readonly store: Store;
  /** As it stands in the log now. */
  readonly workspace: PlannedPlace;
  readonly person: Person;
  readonly now: Date;
}

export async function readAdjustments(
  store: Store,
  city: string,
  plan: string,
): Promise<readonly Adjustment[]> {
  return adjustmentsOf(await store.events(city, { register: 'adjustment' })).filter(
    (each) => each.plan === plan,
  );
}

/** `unapplied`: accepted, but the plan was changed by somebody else at the same moment and does not show it yet. */
export type AdjustOutcome = 'done' | 'rights' | 'own' | 'state' | 'form' | 'unapplied';

/** A number as people write it in a plan: no exponent, no more digits than a page can show. */
export const isPlainNumber = (text: string): boolean => /^-?\d{1,30}(?:\.\d{1,30})?$/.test(text);

/** Proposes another value for a target. Nothing of the plan changes by it. */
export async function propose(
  { store, workspace, person, now }: AdjustContext,
  given: { readonly plan: string; readonly key: string; readonly value: string; readonly reason: string },
): Promise<AdjustOutcome> {
  const { area, id: city } = workspace.city;
  if (!holds(person, ['editor', 'reporter'], area)) return 'rights';
  const proposal = proposalSchema.safeParse({ ...given, reason: given.reason.trim() });
  if (!proposal.success || !isPlainNumber(given.value)) return 'form';
  const plan = workspace.plans.find((each) => each.id === given.plan);
  const row =
    plan === undefined ? undefined : stageRows(plan, workspace).find(({ key }) => key === given.key);
  if (row === undefined) return 'state';
  if (row.target.value !== null && compare(decimal(row.target.value), decimal(given.value)) === 0)
    return 'form';
  const step = {
    area,
    stream: `adjustment:${randomToken(9)}`,
    seq: 1,
    register: 'adjustment',
    kind: 'proposed',
    from: '',
    body: proposal.data,
  };
  const receipt = await writeSteps(store.within([area]), city, person, now, [step], {}, adjustmentRegister);
  return receipt.outcome === 'refused' ? 'state' : 'done';
}

/** What an open proposal would do, as the plan stands now; null when its target no longer stands. */
export function effectNow(workspace: PlannedPlace, { plan, key, value }: Adjustment): Effect | null {
  const known = workspace.plans.find((each) => each.id === plan);
  return known === undefined ? null : effectOf(known, workspace, key, value);
}

/**
 * Decides on a proposal. Accepted, every commitment that promises the target gets the new value, as a version of its own: what
 * was promised before stays in its history. Nobody decides on what they proposed themselves; only they take it back.
 */
export async function decide(
  { store, workspace, person, now }: AdjustContext,
  adjustment: Adjustment,
  kind: 'accepted' | 'refused' | 'retracted',
  said: string,
): Promise<AdjustOutcome> {
  const { area, id: city } = workspace.city;
  const isOwn = adjustment.by === person.id;
  if (kind === 'retracted' ? !isOwn : !holds(person, ['approver'], area)) return 'rights';
  if (kind !== 'retracted' && isOwn) return 'own';
  if (said.trim() === '' && kind !== 'retracted') return 'form';
  if (adjustment.state !== 'proposed') return 'state';
  const plan = workspace.plans.find(({ id }) => id === adjustment.plan);
  const effect = effectNow(workspace, adjustment);
  if (kind === 'accepted' && (plan === undefined || effect === null)) return 'state';
  const step = {
    area,
    stream: `adjustment:${adjustment.id}`,
    seq: adjustment.seq + 1,
    register: 'adjustment',
    kind,
    from: adjustment.state,
    body: {
      said: said.trim(),
      // What was shown to whoever decided.
      goals: (effect?.goals ?? []).map(({ goal, before, after }) => ({ goal: goal.id, before, after })),
      sums: (effect?.sums ?? []).map(({ before, after }) => ({
        before: before?.gap ?? null,
        after: after.gap,
      })),
    },
  };
  const receipt = await writeSteps(store.within([area]), city, person, now, [step], {}, adjustmentRegister);
  if (receipt.outcome === 'refused') return 'state';
  if (kind !== 'accepted' || plan === undefined) return 'done';
  const changed = planWithTarget(plan, area, adjustment.key, adjustment.value);
  const written = await writeActs(
    store,
    workspace,
    plan.id,
    { id: person.id, name: person.name, now },
    `${adjustment.reason} — ${said.trim()}`.slice(0, 4000),
    plannedActs(plan, changed),
  );
  return written.outcome === 'stored' || written.outcome === 'unchanged' ? 'done' : 'unapplied';
}
