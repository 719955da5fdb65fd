import type { Field } from '../../model/index.ts';
import { type Registers, rowsOf, type VisibleValue } from '../../registers/index.ts';
import { named, type PlaceView } from '../view.ts';
import { numberAndTitle } from './case-title.ts';
import { paths } from './paths.ts';
import { shownText } from './shown-text.ts';
import { registerWords } from './words.ts';

/** The values of one step or entity as a list of terms. */
export function Values({
  values,
  all,
  register,
  number,
  hidden,
  view,
}: {
  readonly values: readonly VisibleValue[];
  readonly all: Registers;
  readonly register: string;
  readonly number: string;
  /** Fields whose files are told of and not shown. */
  readonly hidden?: (field: Field) => boolean;
  readonly view: PlaceView;
}) {
  if (values.length === 0) return null;
  const words = registerWords[view.language];
  return (
    <dl class="facts">
      {values.map(({ field, text }) => (
        <div>
          <dt>{named(field.name, view)}</dt>
          <dd>
            {text === null ? (
              <span class="quiet">{words.erased}</span>
            ) : (field.type === 'photo' || field.type === 'file') && hidden?.(field) === true ? (
              <span class="quiet">{words.photoKept}</span>
            ) : (
              <Value field={field} text={text} all={all} register={register} number={number} view={view} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({
  field,
  text,
  all,
  register,
  number,
  view,
}: {
  readonly field: Field;
  readonly text: string;
  readonly all: Registers;
  readonly register: string;
  readonly number: string;
  readonly view: PlaceView;
}) {
  const { city } = view.here;
  if (field.type === 'photo' || field.type === 'file')
    return (
      <>
        {text.split(',').map((name) => {
          const href = paths.attachment(view.language, city, register, number, field.id, name);
          return field.type === 'photo' ? (
            <img class="photo" src={href} alt={named(field.name, view)} loading="lazy" />
          ) : (
            <a href={href}>{name}</a>
          );
        })}
      </>
    );
  if (field.type === 'entity' || field.type === 'case') {
    const of = field.register ?? register;
    return (
      <>
        {text.split(',').map((key, at) => (
          <>
            {at === 0 ? '' : ', '}
            <a
              href={paths.case(
                view.language,
                city,
                of,
                field.type === 'entity' ? `${field.of ?? ''}.${key}` : key,
              )}
            >
              {field.type === 'case'
                ? numberAndTitle(all, of, key, view)
                : shownText(field, key, all, register, view)}
            </a>
          </>
        ))}
      </>
    );
  }
  if (field.type === 'rows')
    return (
      <table class="narrow">
        <thead>
          <tr>
            {field.columns?.map((column) => (
              <th scope="col">{named(column.name, view)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(text).map((row) => (
            <tr>
              {field.columns?.map((column) => (
                <td class={column.type === 'number' ? 'num' : undefined}>
                  {shownText(
                    { ...field, type: column.type === 'choice' ? 'choice' : 'text', choices: column.choices },
                    row[column.id] ?? '',
                    all,
                    register,
                    view,
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    );
  return (
    <>
      {shownText(field, text, all, register, view)
        .split('\n')
        .map((line, at) => (
          <>
            {at === 0 ? null : <br />}
            {line}
          </>
        ))}
    </>
  );
}
