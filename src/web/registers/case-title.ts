import { type Case, fieldNamed, isPublic, type Registers } from '../../registers/index.ts';
import type { PlaceView } from '../view.ts';
import { shownText } from './shown-text.ts';

/** What a case is called beside its number: the title field of its type, where anyone may read it; null without one. */
export function caseTitle(all: Registers, register: string, each: Case, view: PlaceView): string | null {
  const declaration = all.declaration(register);
  if (declaration === undefined || !isPublic(declaration, each)) return null;
  const type =
    declaration.cases.find(({ id }) => id === each.type) ??
    declaration.entities.find(({ id }) => id === each.type);
  const field = type?.title === undefined ? undefined : fieldNamed(declaration, type.title);
  const text = field === undefined ? undefined : each.values[field.id];
  if (
    field === undefined ||
    text === undefined ||
    !field.public ||
    field.personal ||
    field.consent !== undefined
  )
    return null;
  const shown = shownText(field, text, all, register, view);
  return shown === each.number ? null : shown;
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
