import { languages } from '../../model/index.ts';
import type { Guarded } from '../guard.ts';
import { param } from '../site.ts';
import { holds, roles } from '../who.ts';
import { hasChapter, type TextName } from './read.ts';

/** The text that an address names; null when there is none, or the person has no part in this place's own review. */
export function textAt({ c, here, person }: Guarded): TextName | null {
  const language = languages.find((each) => each === param(c, 'text'));
  if (language === undefined || !holds(person, roles, here.place.workspace.city.area)) return null;
  const name = { review: param(c, 'review'), chapter: param(c, 'chapter'), language };
  return hasChapter(here.place.workspace, name) ? name : null;
}
