import type { Field, RegisterDeclaration } from '../../model/index.ts';
import { type Case, fieldNamed, isPublic, type Registers } from '../../registers/index.ts';
import type { PlaceView } from '../view.ts';
import { shownText } from './shown-text.ts';

/** Kinds of field that say in a word what a case is about. */
const telling: readonly Field['type'][] = ['text', 'choice', 'entity'];

/**
 * What a case is called beside its number: the title field of its type, or else the first short field of the form that
 * begins it, where anyone may read it; null without one.
 */
export function caseTitle(all: Registers, register: string, each: Case, view: PlaceView): string | null {
  const declaration = all.declaration(register);
  if (declaration === undefined || !isPublic(declaration, each)) return null;
  const field = titleField(declaration, each);
  const text = field === undefined ? undefined : each.values[field.id];
  if (field === undefined || text === undefined) return null;
  const shown = shownText(field, text, all, register, view);
  return shown === each.number ? null : shown;
}

function titleField(declaration: RegisterDeclaration, each: Case): Field | undefined {
  const { cases, entities, forms, steps } = declaration;
  const type = [...cases, ...entities].find(({ id }) => id === each.type);
  const begun = steps.find(({ kind }) => kind === each.steps[0]?.kind);
  const fields =
    type?.title === undefined
      ? (forms.find(({ id }) => id === begun?.form)?.fields ?? []).filter(({ type: kind }) =>
          telling.includes(kind),
        )
      : [fieldNamed(declaration, type.title)];
  return fields.find(
    (field) => field?.public === true && !field.personal && !field.erasable && field.consent === undefined,
  );
}

/** A case by its number and title. */
export function numberAndTitle(all: Registers, register: string, number: string, view: PlaceView): string {
  const declaration = all.declaration(register);
  const record = all.projection.case(register, `${register}.${number}`);
  const title =
    declaration === undefined || record === null
      ? null
      : caseTitle(all, register, all.caseOf(declaration, record), view);
  return title === null ? number : `${number} · ${title}`;
}
