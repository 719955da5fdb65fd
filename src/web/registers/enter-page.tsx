import { colon } from '../../language/index.ts';
import type { Step } from '../../model/index.ts';
import {
  type FieldFault,
  type FormValues,
  fieldsOf,
  type Register,
  type Registers,
} from '../../registers/index.ts';
import { Page } from '../layout.tsx';
import { named, type PlaceView } from '../view.ts';
import { AreaSelect, Faults, FormField } from './form-field.tsx';
import { trailOf } from './hall-page.tsx';
import { stepLabel } from './list-page.tsx';
import { onceField, onceName } from './once.ts';
import { paths } from './paths.ts';
import { registerWords } from './words.ts';

/** The form of a step, for a case or to begin one. What was wrong stands at its head and beside its field. */
export function EnterPage({
  all,
  register,
  step,
  number,
  area,
  values,
  faults,
  prefilled,
  correcting,
  view,
}: {
  readonly all: Registers;
  readonly register: Register;
  readonly step: Step;
  /** The case; null when the step begins one. */
  readonly number: string | null;
  readonly area: string;
  readonly values: FormValues;
  readonly faults: readonly FieldFault[];
  readonly prefilled: boolean;
  /** Why it was wrong, when what was recorded is said anew; absent when a step is taken. */
  readonly correcting?: string;
  readonly view: PlaceView;
}) {
  const { declaration, id } = register;
  const { language, here } = view;
  const words = registerWords[language];
  const label = stepLabel(register, step.kind, named(step.name, view), view);
  const title = correcting === undefined ? label : `${words.correct}${colon(view.language)}${label}`;
  const fields = fieldsOf(declaration, step.form).filter(
    ({ compute, type }) =>
      // The files of a step stay those that it came with.
      compute === undefined && (correcting === undefined || (type !== 'photo' && type !== 'file')),
  );
  return (
    <Page
      view={view}
      title={`${title} · ${named(declaration.name, view)}`}
      room="registers"
      trail={trailOf(view, [
        { name: words.registers, href: paths.hall(language, here.city) },
        { name: named(declaration.name, view), href: paths.register(language, here.city, id) },
        ...(number === null ? [] : [{ name: number, href: paths.case(language, here.city, id, number) }]),
        { name: title },
      ])}
    >
      <p class="kicker">
        {number === null ? named(declaration.name, view) : `${named(declaration.name, view)} · ${number}`}
      </p>
      <h1>{title}</h1>
      <Faults faults={faults} view={view} />
      {correcting === undefined ? null : <p>{words.correctLead}</p>}
      {prefilled ? <p class="quiet">{words.filled}</p> : null}
      <form class="entry" method="post" enctype="multipart/form-data">
        {number === null ? (
          <div class="field">
            <label for="area">{words.area}</label>
            <AreaSelect
              id="area"
              name="_area"
              areas={here.place.workspace.city.areas}
              value={area}
              view={view}
            />
          </div>
        ) : null}
        {correcting === undefined ? <input type="hidden" name={onceField} value={onceName()} /> : null}
        {fields.map((field) => (
          <FormField
            field={field}
            register={id}
            all={all}
            value={values[field.id] ?? ''}
            fault={faults.find((each) => each.field === field.id)}
            view={view}
          />
        ))}
        {correcting === undefined ? null : (
          <div class="field">
            <label for="reason">{words.reason}</label>
            <input id="reason" name="_reason" required maxlength={500} value={correcting} />
          </div>
        )}
        <button class="strong" type="submit">
          {correcting === undefined ? words.take : words.correct}
        </button>
      </form>
    </Page>
  );
}
