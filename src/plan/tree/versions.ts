import type { Commitment, Plan } from '../../model/index.ts';

/** One thing that a newer version of a plan says otherwise. */
export type PlanChange =
  | { readonly kind: 'added' | 'dropped'; readonly commitment: Commitment }
  | {
      readonly kind: 'changed';
      readonly commitment: Commitment;
      /** Field, what it said, what it says. */
      readonly fields: readonly { readonly field: string; readonly was: string; readonly is: string }[];
    };

/** What was promised before and what is promised now: additions, drops and changes, in the order of the newer version. */
export function planChanges(before: Plan, after: Plan): readonly PlanChange[] {
  const old = new Map(before.commitments.map((commitment) => [commitment.id, commitment]));
  const now = new Set(after.commitments.map(({ id }) => id));
  const changes: PlanChange[] = after.commitments.flatMap((commitment): PlanChange[] => {
    const was = old.get(commitment.id);
    if (was === undefined) return [{ kind: 'added', commitment }];
    const fields = differing(was, commitment);
    return fields.length === 0 ? [] : [{ kind: 'changed', commitment, fields }];
  });
  return [
    ...changes,
    ...before.commitments.flatMap((commitment): PlanChange[] =>
      now.has(commitment.id) ? [] : [{ kind: 'dropped', commitment }],
    ),
  ];
}

function differing(was: Commitment, is: Commitment) {
  const before = new Map<string, unknown>(Object.entries(was));
  const after = new Map<string, unknown>(Object.entries(is));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((field) => {
    // What it said before is told by the versions compared.
    if (field === 'revisions') return [];
    const [a, b] = [textOf(before.get(field)), textOf(after.get(field))];
    return a === b ? [] : [{ field, was: a, is: b }];
  });
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
