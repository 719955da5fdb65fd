import type { Commitment, Finding, Plan } from '../../model/index.ts';

/** A commitment with those below it. */
export interface Branch {
  readonly commitment: Commitment;
  readonly depth: number;
  readonly below: readonly Branch[];
}

/**
 * A plan as its tree, in the order in which it lists its commitments. One that names a parent that is not there, or that
 * stands below itself, is at the top and told.
 */
export function planTree(plan: Plan): {
  readonly roots: readonly Branch[];
  readonly findings: readonly Finding[];
} {
  const byId = new Map(plan.commitments.map((commitment) => [commitment.id, commitment]));
  const findings: Finding[] = [];
  const children = new Map<string | undefined, Commitment[]>();
  for (const commitment of plan.commitments) {
    const parent = soundParent(commitment, byId);
    if (commitment.parent !== undefined && parent === undefined)
      findings.push({
        rule: 'plan.parent',
        severity: 'error',
        where: { file: 'plan.yaml', pointer: `/${commitment.id}/parent` },
        what: byId.has(commitment.parent)
          ? `${commitment.id} stands below itself`
          : `${commitment.id} names ${commitment.parent} as its parent, which is not in the plan`,
        why: 'a plan is one tree',
        mend: 'name a commitment of the plan, or leave the parent out',
      });
    children.set(parent, [...(children.get(parent) ?? []), commitment]);
  }
  const grow = (parent: string | undefined, depth: number): readonly Branch[] =>
    (children.get(parent) ?? []).map((commitment) => ({
      commitment,
      depth,
      below: grow(commitment.id, depth + 1),
    }));
  return { roots: grow(undefined, 0), findings };
}

function soundParent(commitment: Commitment, byId: ReadonlyMap<string, Commitment>): string | undefined {
  const seen = new Set([commitment.id]);
  for (let at = commitment.parent; at !== undefined; at = byId.get(at)?.parent) {
    if (seen.has(at) || !byId.has(at)) return undefined;
    seen.add(at);
  }
  return commitment.parent;
}

/** Every branch, parents before what is below them. */
export function* branchesOf(roots: readonly Branch[]): Generator<Branch> {
  for (const branch of roots) {
    yield branch;
    yield* branchesOf(branch.below);
  }
}
