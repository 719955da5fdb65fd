import type { Field, RegisterDeclaration, RegisterRole } from '../model/index.ts';
import type { StoredEvent } from '../store/index.ts';
import type { Case } from './case.ts';
import { entityOfKind } from './entity.ts';
import { fieldsOf } from './form.ts';
import type { Register } from './register.ts';

/** A field of a case with its text, as someone may see it. */
export interface VisibleValue {
  readonly field: Field;
  /** Null when it was given and has been erased. */
  readonly text: string | null;
}

/** Standings that take some step of a register's cases: those who handle them. */
function handlersOf({ steps }: RegisterDeclaration): readonly RegisterRole[] {
  return [...new Set(steps.flatMap(({ by }) => by))].filter((role) => role !== 'public');
}

/**
 * Whether someone in one of these standings may see a field of a case; `public` alone is anyone. What is personal is for
 * those that the field's `sees` names; where it names nobody, for those who handle the cases of the register.
 */
export function maySee(
  { declaration }: Pick<Register, 'declaration'>,
  field: Field,
  values: Readonly<Record<string, string>>,
  as: readonly RegisterRole[],
): boolean {
  if (field.sees !== undefined && !field.sees.some((role) => as.includes(role))) return false;
  if (field.personal && field.sees === undefined)
    return handlersOf(declaration).some((role) => as.includes(role));
  if (as.some((role) => role !== 'public')) return true;
  if (!field.public || field.personal) return false;
  return field.consent === undefined || values[field.consent] === 'yes';
}

/** Which of these fields hold something about a person. */
export function personalAmong(
  { declaration }: Pick<Register, 'declaration'>,
  ids: Iterable<string>,
): readonly string[] {
  const personal = new Set(
    declaration.forms.flatMap(({ fields }) => fields.filter((field) => field.personal).map(({ id }) => id)),
  );
  return [...new Set(ids)].filter((id) => personal.has(id)).sort();
}

/** Whether the public sees a register's cases of this type at all, and this one among them. */
export function isPublic(declaration: RegisterDeclaration, each: Case): boolean {
  const entity = entityOfKind(declaration, each.at);
  if (entity !== undefined) return entity.public;
  const { cases, reached } = declaration.public;
  return cases && (reached.length === 0 || each.steps.some(({ kind }) => reached.includes(kind)));
}

/** What someone may see of what one event says, in the order of its form, sealed texts opened. */
export async function visibleValues(
  register: Register,
  each: Case,
  { kind, body, stream }: Pick<StoredEvent, 'kind' | 'body' | 'stream'>,
  as: readonly RegisterRole[],
): Promise<readonly VisibleValue[]> {
  const step = register.declaration.steps.find((one) => one.kind === kind);
  const found: VisibleValue[] = [];
  for (const field of fieldsOf(register.declaration, step?.form)) {
    const stored = body[field.id];
    if (typeof stored !== 'string' || stored === '' || !maySee(register, field, each.values, as)) continue;
    const isSealed = (field.personal || field.erasable) && stored.startsWith('v1.');
    found.push({ field, text: isSealed ? await register.reveal(stream, field.id, stored) : stored });
  }
  return found;
}

/** The newest visible value of each field of a case, by field id; erased ones are left out. */
export async function visibleTexts(
  register: Register,
  each: Case,
  events: readonly StoredEvent[],
  as: readonly RegisterRole[],
): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = Object.create(null);
  for (const event of events)
    for (const { field, text } of await visibleValues(register, each, event, as))
      if (text !== null) texts[field.id] = text;
  return texts;
}
