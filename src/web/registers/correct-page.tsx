import {
  type Case,
  type FieldFault,
  type FormValues,
  type Register,
  visibleValues,
} from '../../registers/index.ts';
import { param } from '../site.ts';
import type { Answer, AtDesk, Desk } from './desk.ts';
import { EnterPage } from './enter-page.tsx';
import { isOffice, seesCase } from './hall.ts';
import { readForm } from './incoming.ts';
import { paths } from './paths.ts';

/** The form in which whoever may take a step says anew what was recorded at it, and what it sends. */
export async function correctPage({ site, hall }: Desk, { c, all, register, view }: AtDesk): Promise<Answer> {
  const each = await register.byNumber(param(c, 'number'));
  const seq = Number(param(c, 'seq'));
  const kind = each?.steps.find((one) => one.seq === seq)?.kind;
  const step = register.declaration.steps.find((one) => one.kind === kind);
  if (each === null || step === undefined) return null;
  const standing = await hall.standing(c, view.here, each.area);
  const as = step.by.find((role) => role !== 'public' && standing.roles.includes(role));
  if (as === undefined || !isOffice(standing) || !seesCase(register, each, standing)) return null;
  const show = (values: FormValues, reason: string, faults: readonly FieldFault[], status: 200 | 422 = 200) =>
    site.show(
      c,
      <EnterPage
        all={all}
        register={register}
        step={step}
        number={each.number}
        area={each.area}
        values={values}
        faults={faults}
        prefilled={false}
        correcting={reason}
        view={view}
      />,
      status,
    );
  if (c.req.method !== 'POST') return show(await recorded(register, each, seq, standing.roles), '', []);
  const incoming = await readForm(c, register.declaration, step.form);
  const reason = incoming.own._reason ?? '';
  const result = await register.correct({
    stream: each.stream,
    seq,
    values: incoming.values,
    reason,
    as,
    actor: standing.person?.id ?? null,
    now: hall.now(),
    ...(standing.department === undefined ? {} : { department: standing.department }),
  });
  if (result.case === null) {
    return show(incoming.values, reason, result.faults, 422);
  }
  return c.redirect(paths.case(view.language, view.here.city, register.id, each.number), 303);
}

/** What a step says now, sealed texts opened. */
async function recorded(
  register: Register,
  each: Case,
  seq: number,
  roles: Parameters<typeof visibleValues>[3],
): Promise<FormValues> {
  const event = (await register.events(each.stream)).find((one) => one.seq === seq);
  if (event === undefined) return {};
  const values = await visibleValues(register, each, event, roles);
  return Object.fromEntries(values.flatMap(({ field, text }) => (text === null ? [] : [[field.id, text]])));
}
