import type { Context } from 'hono';
import type { Step } from '../../model/index.ts';
import {
  type Case,
  type FieldFault,
  type FormValues,
  fieldsOf,
  forget,
  type Register,
} from '../../registers/index.ts';
import { param } from '../site.ts';
import type { Answer, AtDesk, Desk } from './desk.ts';
import { EnterPage } from './enter-page.tsx';
import { tooMany } from './faults.ts';
import { seesCase } from './hall.ts';
import { readForm } from './incoming.ts';
import { callerOf } from './limit.ts';
import { messageOf } from './once.ts';
import { paths } from './paths.ts';

/** The form of a step and what it sends: for a case, or to begin one. */
export async function enteredStep(desk: Desk, { c, all, register, view }: AtDesk): Promise<Answer> {
  const number = c.req.param('number') ?? null;
  const each = number === null ? null : await register.byNumber(number);
  if (number !== null && each === null) return null;
  const posted = c.req.method === 'POST';
  const step = register.declaration.steps.find(({ kind }) => kind === param(c, 'kind'));
  if (step === undefined) return null;
  const incoming = posted ? await readForm(c, register.declaration, step.form) : null;
  const areas = view.here.areas;
  const wanted = incoming?.own._area ?? c.req.query('area') ?? '';
  const area = each?.area ?? (areas.has(wanted) ? wanted : view.here.place.workspace.city.area);
  const standing = await desk.hall.standing(c, view.here, area);
  if (each !== null && !seesCase(register, each, standing)) return null;
  const as = step.by.find((role) => standing.roles.includes(role));
  // Whoever may not take a step is not shown its form. The public files and reopens on its own pages.
  if (as === undefined || (as === 'public' && register.declaration.services !== undefined)) return null;
  const show = (values: FormValues, faults: readonly FieldFault[], status: 200 | 422 = 200) => {
    const suggested = register.suggest(step.form, { ...each?.values, ...values });
    const page = (
      <EnterPage
        all={all}
        register={register}
        step={step}
        number={number}
        area={area}
        values={{ ...startValues(step, register, each), ...suggested, ...values }}
        faults={faults}
        prefilled={Object.keys(suggested).length > 0}
        view={view}
      />
    );
    return desk.site.show(c, page, status);
  };
  if (incoming === null) return show(queryValues(c, register, step), []);
  if (incoming.faults.length > 0) return show(incoming.values, incoming.faults, 422);
  const { person, department } = standing;
  if (person === null && !desk.filings.allows(callerOf(c), Date.parse(desk.hall.now())))
    return show(incoming.values, [{ field: '', says: tooMany }], 422);
  const result = await register.take({
    ...(each === null ? {} : { stream: each.stream }),
    area,
    kind: step.kind,
    values: incoming.values,
    as,
    actor: person?.id ?? null,
    now: desk.hall.now(),
    files: incoming.files,
    ...messageOf(incoming.own),
    ...(department === undefined ? {} : { department }),
  });
  if (result.case === null) return show(incoming.values, result.faults, 422);
  return c.redirect(paths.case(view.language, view.here.city, register.id, result.case.number), 303);
}

export async function forgottenCase(desk: Desk, { c, all, register, view }: AtDesk): Promise<Answer> {
  const each = await register.byNumber(param(c, 'number'));
  if (each === null) return null;
  const standing = await desk.hall.standing(c, view.here, each.area);
  if (!standing.roles.includes('administrator')) return null;
  await forget(all, register, each, desk.hall.now());
  return c.redirect(paths.case(view.language, view.here.city, register.id, each.number), 303);
}

/** What stands in a form before anything is typed: for a changed entity, what it is now. */
function startValues({ form, kind }: Step, { declaration }: Register, each: Case | null): FormValues {
  if (each === null || !kind.endsWith('.changed')) return {};
  const names = fieldsOf(declaration, form)
    .filter(({ personal, erasable }) => !personal && !erasable)
    .map(({ id }) => id);
  return Object.fromEntries(
    names.flatMap((id) => (each.values[id] === undefined ? [] : [[id, each.values[id]]])),
  );
}

/** Values that an address brings to an empty form: `?v.enterprise=e1`. */
function queryValues(c: Context, { declaration }: Register, { form }: Step): FormValues {
  return Object.fromEntries(
    fieldsOf(declaration, form).flatMap(({ id }) => {
      const value = c.req.query(`v.${id}`);
      return value === undefined ? [] : [[id, value.slice(0, 500)]];
    }),
  );
}
