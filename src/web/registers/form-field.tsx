import { inBrackets, unitHead } from '../../language/index.ts';
import type { Area, Field } from '../../model/index.ts';
import { type FieldFault, isPublic, type Registers } from '../../registers/index.ts';
import { named, type PlaceView } from '../view.ts';
import { numberAndTitle } from './case-title.ts';
import { registerWords } from './words.ts';

interface FieldProps {
  readonly field: Field;
  readonly register: string;
  readonly all: Registers;
  readonly value: string;
  readonly fault: FieldFault | undefined;
  readonly view: PlaceView;
}

/** Longest list that is offered to choose from; beyond it the number is typed. */
const longestChoice = 500;

/** One field of a form, with its label, hint and fault; the browser's own controls. */
export function FormField(props: FieldProps) {
  const { field, fault, view } = props;
  const words = registerWords[view.language];
  const id = `f-${field.id}`;
  const label = (
    <>
      {named(field.name, view)}
      {field.unit === undefined ? '' : inBrackets(unitHead(field.unit, view.language), view.language)}
      {field.required ? <span class="quiet"> · {words.required}</span> : null}
    </>
  );
  const hint =
    field.hint === undefined ? null : (
      <p class="hint" id={`${id}-hint`}>
        {named(field.hint, view)}
      </p>
    );
  const wrong =
    fault === undefined ? null : (
      <p class="hint" id={`${id}-fault`}>
        <strong>{named(fault.says, view)}</strong>
      </p>
    );
  if (field.type === 'choices' || field.type === 'yes-no')
    return (
      <fieldset>
        <legend>{label}</legend>
        {hint}
        {wrong}
        <Options {...props} />
      </fieldset>
    );
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint}
      {wrong}
      <Control {...props} id={id} />
    </div>
  );
}

function Options({ field, value, view }: FieldProps) {
  const words = registerWords[view.language];
  if (field.type === 'yes-no')
    return (
      <>
        {(['yes', 'no'] as const).map((option) => (
          <label>
            <input
              type="radio"
              name={field.id}
              value={option}
              checked={value === option}
              required={field.required}
            />
            {words[option]}
          </label>
        ))}
      </>
    );
  const chosen = new Set(value.split(','));
  return (
    <>
      {field.choices?.map((choice) => (
        <label>
          <input type="checkbox" name={field.id} value={choice.id} checked={chosen.has(choice.id)} />
          {named(choice.name, view)}
        </label>
      ))}
    </>
  );
}

function Control({ field, register, all, value, fault, view, id }: FieldProps & { readonly id: string }) {
  const words = registerWords[view.language];
  const common = {
    id,
    name: field.id,
    required: field.required,
    'aria-invalid': fault === undefined ? undefined : ('true' as const),
    'aria-describedby':
      [field.hint === undefined ? null : `${id}-hint`, fault === undefined ? null : `${id}-fault`]
        .filter((each) => each !== null)
        .join(' ') || undefined,
  };
  switch (field.type) {
    case 'choice':
      return (
        <select {...common}>
          <option value="">{words.choose}</option>
          {field.choices?.map((choice) => (
            <option value={choice.id} selected={choice.id === value}>
              {named(choice.name, view)}
            </option>
          ))}
        </select>
      );
    case 'area':
      return (
        <AreaSelect areas={view.here.place.workspace.city.areas} value={value} view={view} {...common} />
      );
    case 'entity': {
      const prefix = `${field.register ?? register}.${field.of ?? ''}.`;
      const known = all.projection
        .cases(field.register ?? register)
        .filter(
          ({ stream, steps }) => stream.startsWith(prefix) && steps.at(-1)?.kind !== `${field.of}.ended`,
        );
      if (field.several || known.length > longestChoice)
        return <input {...common} type="text" value={value} maxlength={2000} />;
      const title = all
        .declaration(field.register ?? register)
        ?.entities.find((each) => each.id === field.of)?.title;
      return (
        <select {...common}>
          <option value="">{words.choose}</option>
          {known.map(({ stream, values }) => {
            const key = stream.slice(prefix.length);
            return (
              <option value={key} selected={key === value}>
                {values[title ?? ''] ?? key}
              </option>
            );
          })}
        </select>
      );
    }
    case 'case': {
      const of = field.register ?? register;
      const declaration = all.declaration(of);
      if (declaration === undefined || field.several)
        return <input {...common} type="text" value={value} maxlength={2000} />;
      const known = all
        .casesOf(declaration)
        .filter((each) => field.of === undefined || each.type === field.of);
      // What the public does not see is named by its number only.
      const isListed =
        known.length > 0 &&
        known.length <= longestChoice &&
        known.every((each) => isPublic(declaration, each));
      if (!isListed) return <input {...common} type="text" value={value} maxlength={2000} />;
      return (
        <select {...common}>
          <option value="">{words.choose}</option>
          {[...known]
            .sort((a, b) => Number(a.state === 'closed') - Number(b.state === 'closed'))
            .map((each) => (
              <option value={each.number} selected={each.number === value}>
                {numberAndTitle(all, of, each.number, view)}
              </option>
            ))}
        </select>
      );
    }
    case 'long-text':
    case 'rows':
    case 'shape':
    case 'serials':
      return (
        <textarea {...common} maxlength={field.type === 'long-text' ? (field.longest ?? 4000) : undefined}>
          {value}
        </textarea>
      );
    case 'photo':
      return <input {...common} type="file" accept="image/*" />;
    case 'file':
      return <input {...common} type="file" />;
    case 'point':
      return (
        <>
          <input {...common} type="text" value={value} maxlength={field.longest ?? 200} />
          {/* Shown by the page's script where the device can tell where it is. */}
          <button type="button" class="here" data-here={id} hidden>
            {words.useMyPlace}
          </button>
        </>
      );
    default:
      return (
        <input
          {...common}
          type={inputTypes[field.type] ?? 'text'}
          value={value}
          maxlength={field.longest ?? 200}
          inputmode={field.type === 'number' ? 'decimal' : field.type === 'integer' ? 'numeric' : undefined}
        />
      );
  }
}

const inputTypes: Partial<Record<Field['type'], string>> = {
  date: 'date',
  moment: 'datetime-local',
  phone: 'tel',
  email: 'email',
};

export function AreaSelect({
  areas,
  value,
  view,
  ...rest
}: {
  readonly areas: readonly Area[];
  readonly value: string;
  readonly view: PlaceView;
  readonly id: string;
  readonly name: string;
}) {
  return (
    <select {...rest}>
      {areas.map((area) => (
        <option value={area.id} selected={area.id === value}>
          {named(area.name, view)}
        </option>
      ))}
    </select>
  );
}

/** What a form could not take, at its head, for everyone and for screen readers. */
export function Faults({
  faults,
  view,
}: {
  readonly faults: readonly FieldFault[];
  readonly view: PlaceView;
}) {
  if (faults.length === 0) return null;
  return (
    <div class="faults" role="alert">
      <strong>{registerWords[view.language].faults}</strong>
      <ul>
        {faults.map(({ field, says }) => (
          <li>{field === '' ? named(says, view) : <a href={`#f-${field}`}>{named(says, view)}</a>}</li>
        ))}
      </ul>
    </div>
  );
}
