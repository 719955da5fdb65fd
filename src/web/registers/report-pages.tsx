import type { Field } from '../../model/index.ts';
import {
  type Case,
  type FieldFault,
  type FormValues,
  fieldsOf,
  localDay,
  maySee,
  type Register,
  type Registers,
} from '../../registers/index.ts';
import { Page } from '../layout.tsx';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import type { SeenEvent } from './case-page.tsx';
import { AreaSelect, Faults, FormField } from './form-field.tsx';
import { trailOf } from './hall-page.tsx';
import { StateChip } from './list-page.tsx';
import { onceField, onceName } from './once.ts';
import { paths } from './paths.ts';
import { Values } from './show-value.tsx';
import { registerWords } from './words.ts';

/** A field that no person fills in: whoever does is a program. */
export const honeyField = 'website';

interface ReportProps {
  readonly all: Registers;
  readonly register: Register;
  readonly view: PlaceView;
}

function frame(view: PlaceView, title: string) {
  return { view, title, room: 'registers', trail: trailOf(view, [{ name: title }]) };
}

/** First question: what it is about. Each answer is a link. */
export function ReportStart({ register, view }: ReportProps) {
  const words = registerWords[view.language];
  const { declaration } = register;
  const field = declaration.forms
    .flatMap(({ fields }) => fields)
    .find(({ id }) => id === declaration.services);
  return (
    <Page {...frame(view, words.report)}>
      <div class="citizen">
        <p class="quiet">{fill(words.stepOf, { n: 1, m: 2 })}</p>
        <h1>{words.whatAbout}</h1>
        <p>{words.reportLead}</p>
        <ul class="choice-list">
          {field?.choices?.map(({ id, name }) => (
            <li>
              <a href={`?about=${id}`}>{named(name, view)}</a>
            </li>
          ))}
        </ul>
        <p>
          <a href={paths.follow(view.language, view.here.city)}>{words.follow}</a>
        </p>
      </div>
    </Page>
  );
}

/** Second question: what and where, with a photograph, and how to be reached if one wishes. */
export function ReportForm({
  all,
  register,
  about,
  area,
  values,
  faults,
  view,
}: ReportProps & {
  readonly about: string;
  readonly area: string;
  readonly values: FormValues;
  readonly faults: readonly FieldFault[];
}) {
  const words = registerWords[view.language];
  const { declaration, id } = register;
  const first = declaration.steps.find(({ after }) => after.length === 0);
  const fields = fieldsOf(declaration, first?.form).filter((field) => field.id !== declaration.services);
  const service = fieldsOf(declaration, first?.form)
    .find((field) => field.id === declaration.services)
    ?.choices?.find((choice) => choice.id === about);
  const show = (list: readonly Field[]) =>
    list.map((field) => (
      <FormField
        field={field}
        register={id}
        all={all}
        value={values[field.id] ?? ''}
        fault={faults.find((each) => each.field === field.id)}
        view={view}
      />
    ));
  const isPlace = ({ type, id: name }: Field): boolean => type === 'point' || name === 'address';
  return (
    <Page {...frame(view, words.report)}>
      <div class="citizen">
        <p class="quiet">
          {fill(words.stepOf, { n: 2, m: 2 })} · {service === undefined ? '' : named(service.name, view)} ·{' '}
          <a href={paths.report(view.language, view.here.city)}>{words.back}</a>
        </p>
        <h1>{words.what}</h1>
        <Faults faults={faults} view={view} />
        <form
          class="entry"
          method="post"
          enctype="multipart/form-data"
          action={`?about=${encodeURIComponent(about)}`}
        >
          <input type="hidden" name={declaration.services ?? ''} value={about} />
          <input type="hidden" name={onceField} value={onceName()} />
          {show(fields.filter((field) => !field.personal && !isPlace(field)))}
          <h2>{words.where}</h2>
          <p class="hint">{words.whereHint}</p>
          <div class="field">
            <label for="area">{words.area}</label>
            <AreaSelect
              id="area"
              name="_area"
              areas={view.here.place.workspace.city.areas}
              value={area}
              view={view}
            />
          </div>
          {show(fields.filter(isPlace))}
          <h2>{words.contact}</h2>
          <p class="hint">{fill(words.contactHint, { n: declaration.retentionYears })}</p>
          {show(fields.filter(({ personal }) => personal))}
          <p class="honey" aria-hidden="true">
            <label for="f-honey">Website</label>
            <input id="f-honey" name={honeyField} tabindex={-1} autocomplete="off" />
          </p>
          <button class="strong" type="submit">
            {words.send}
          </button>
        </form>
      </div>
    </Page>
  );
}

/** What one gets for a report: the number, and the code that shows that one filed it. */
export function ReportDone({
  each,
  secret,
  view,
}: {
  readonly each: Case;
  readonly secret: string;
  readonly view: PlaceView;
}) {
  const words = registerWords[view.language];
  const { language, here } = view;
  return (
    <Page {...frame(view, words.report)}>
      <div class="citizen">
        <h1>{words.sent}</h1>
        <div class="ticket">
          <p>
            {words.number} <strong>{each.number}</strong>
          </p>
          <p>
            {words.followCode} <strong>{secret}</strong>
          </p>
        </div>
        <p>{words.sentKeep}</p>
        <p>{words.notYetShown}</p>
        <p>
          <a class="button strong" href={`${paths.follow(language, here.city)}?number=${each.number}`}>
            {words.follow}
          </a>
        </p>
      </div>
    </Page>
  );
}

/** Where one asks what became of a report. */
export function FollowPage({
  number,
  faults,
  view,
}: {
  readonly number: string;
  readonly faults: readonly FieldFault[];
  readonly view: PlaceView;
}) {
  const words = registerWords[view.language];
  return (
    <Page {...frame(view, words.follow)}>
      <div class="citizen">
        <h1>{words.follow}</h1>
        <p>{words.followLead}</p>
        <Faults faults={faults} view={view} />
        <form class="entry" method="post">
          <div class="field">
            <label for="f-number">{words.number}</label>
            <input
              id="f-number"
              name="number"
              value={number}
              required={true}
              maxlength={60}
              autocomplete="off"
            />
          </div>
          <div class="field">
            <label for="f-code">{words.followCode}</label>
            <input id="f-code" name="code" required={true} maxlength={20} autocomplete="off" />
          </div>
          <button class="strong" type="submit">
            {words.followGo}
          </button>
        </form>
      </div>
    </Page>
  );
}

/** What became of a report, for the one who filed it: all of their own words, the answer, and reopening. */
export function FollowedPage({
  all,
  register,
  each,
  events,
  secret,
  now,
  view,
}: ReportProps & {
  readonly each: Case;
  readonly events: readonly SeenEvent[];
  readonly secret: string;
  readonly now: string;
}) {
  const words = registerWords[view.language];
  const { declaration, id } = register;
  // What is not open to everyone yet cannot be fetched: the page says that it came.
  const hidden = (of: Field): boolean => !maySee(register, of, each.values, ['public']);
  const again = register.possible(each, ['public'])[0];
  const field = again === undefined ? undefined : fieldsOf(declaration, again.form)[0];
  return (
    <Page {...frame(view, words.follow)}>
      <div class="citizen">
        <h1>
          {each.number} <StateChip each={each} register={register} now={now} view={view} />
        </h1>
        <ol class="history">
          {events.map(({ event, values }) => {
            const step = declaration.steps.find(({ kind }) => kind === event.kind);
            return (
              <li>
                <h2>{step === undefined ? event.kind : named(step.name, view)}</h2>
                <p class="quiet small">
                  <time datetime={event.occurred}>{localDay(event.occurred, all.at.calendar)}</time>
                </p>
                <Values
                  values={values}
                  all={all}
                  register={id}
                  number={each.number}
                  hidden={hidden}
                  view={view}
                />
              </li>
            );
          })}
        </ol>
        {again === undefined || field === undefined ? null : (
          <form class="entry" method="post">
            <h2>{words.reopen}</h2>
            <input type="hidden" name="number" value={each.number} />
            <input type="hidden" name="code" value={secret} />
            <FormField field={field} register={id} all={all} value="" fault={undefined} view={view} />
            <button type="submit" name="take" value={again.kind}>
              {words.send}
            </button>
          </form>
        )}
      </div>
    </Page>
  );
}
