import type { EntityDeclaration, RegisterDeclaration, Step } from '../model/index.ts';

/** Entities live like cases, with three steps of their own: added, changed (as often as need be), ended. */
export type EntityChange = 'added' | 'changed' | 'ended';

const names = {
  added: { en: 'Entered', zh: '登记' },
  changed: { en: 'Changed', zh: '变更' },
  ended: { en: 'Ended', zh: '注销' },
} as const;

/** The declared steps and those of the entities. */
export function stepsOf({ entities, steps }: RegisterDeclaration): readonly Step[] {
  return [...steps, ...entities.flatMap(entitySteps)];
}

function entitySteps(entity: EntityDeclaration): readonly Step[] {
  const step = (change: EntityChange, after: readonly EntityChange[]): Step => ({
    kind: entityKind(entity.id, change),
    name: names[change],
    after: after.map((each) => entityKind(entity.id, each)),
    by: entity.by,
    ...(change === 'ended' ? {} : { form: entity.id }),
    state: change === 'ended' ? 'closed' : 'open',
    of: entity.id,
    needs: [],
    joins: [],
    flows: [],
    opens: [],
  });
  return [step('added', []), step('changed', ['added', 'changed']), step('ended', ['added', 'changed'])];
}

export function entityKind(entity: string, change: EntityChange): string {
  return `${entity}.${change}`;
}

/** The entity that a step belongs to; undefined for a step of a case. */
export function entityOfKind({ entities }: RegisterDeclaration, kind: string): EntityDeclaration | undefined {
  return entities.find(
    ({ id }) => kind === `${id}.added` || kind === `${id}.changed` || kind === `${id}.ended`,
  );
}

/** A register whose steps are the declared ones and those of its entities. */
export function withEntitySteps(declaration: RegisterDeclaration): RegisterDeclaration {
  return { ...declaration, steps: [...stepsOf(declaration)] };
}
