import { listMark, unitHead } from '../../language/index.ts';
import type { Field } from '../../model/index.ts';
import type { Registers } from '../../registers/index.ts';
import { areaName, named, type PlaceView } from '../view.ts';
import { registerWords } from './words.ts';

/** A text of a field as a reader sees it: choices by name, numbers with their unit, others by a link. */
export function shownText(
  field: Field,
  text: string,
  all: Registers,
  register: string,
  view: PlaceView,
): string {
  const words = registerWords[view.language];
  switch (field.type) {
    case 'choice':
    case 'choices':
      return text
        .split(',')
        .map((id) => {
          const choice = field.choices?.find((each) => each.id === id);
          return choice === undefined ? id : named(choice.name, view);
        })
        .join(listMark(view.language));
    case 'yes-no':
      return text === 'yes' ? words.yes : words.no;
    case 'area':
      return areaName(view, text);
    case 'number':
    case 'integer':
      return field.unit === undefined ? text : `${text} ${unitHead(field.unit, view.language)}`;
    case 'entity': {
      const declaration = all.declaration(field.register ?? register);
      const title = declaration?.entities.find(({ id }) => id === field.of)?.title ?? '';
      return text
        .split(',')
        .map((key) => {
          const id = field.register ?? register;
          return all.projection.case(id, `${id}.${field.of ?? ''}.${key}`)?.values[title] ?? key;
        })
        .join(listMark(view.language));
    }
    default:
      return text;
  }
}
