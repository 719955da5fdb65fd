import { registerRoleSchema } from '../../model/index.ts';
import { type Case, type FieldFault, type FormValues, fieldsOf } from '../../registers/index.ts';
import { type Answer, type AtDesk, type Desk, seenEvents } from './desk.ts';
import { tooMany } from './faults.ts';
import { readForm } from './incoming.ts';
import { callerOf } from './limit.ts';
import { messageOf } from './once.ts';
import {
  FollowedPage,
  FollowPage,
  honeyField,
  ReportDone,
  ReportForm,
  ReportStart,
} from './report-pages.tsx';
import { registerWords } from './words.ts';

/** A citizen's report: two questions, then number and code. */
export async function citizenReport(desk: Desk, { c, all, register, view }: AtDesk): Promise<Answer> {
  const { declaration } = register;
  const about = c.req.query('about') ?? '';
  const first = declaration.steps.find(({ after }) => after.length === 0);
  const service = declaration.forms
    .flatMap(({ fields }) => fields)
    .find(({ id }) => id === declaration.services);
  if (first === undefined) return null;
  if (service?.choices?.some(({ id }) => id === about) !== true)
    return <ReportStart all={all} register={register} view={view} />;
  const home = view.here.place.workspace.city.area;
  const form = (values: FormValues, area: string, faults: readonly FieldFault[], status: 200 | 422 | 429) =>
    desk.site.show(
      c,
      <ReportForm
        all={all}
        register={register}
        about={about}
        area={area}
        values={values}
        faults={faults}
        view={view}
      />,
      status,
    );
  if (c.req.method !== 'POST') return form({}, home, [], 200);
  const incoming = await readForm(c, declaration, first.form);
  const wanted = incoming.own._area ?? '';
  const area = view.here.areas.has(wanted) ? wanted : home;
  if ((incoming.own[honeyField] ?? '') !== '')
    return form(incoming.values, area, [{ field: '', says: tooMany }], 422);
  const { location, address } = incoming.values;
  const faults = [...incoming.faults];
  if ((location ?? '') === '' && (address ?? '') === '' && area === home && view.here.areas.size > 1)
    faults.push({
      field: 'address',
      says: { en: registerWords.en.whereHint, zh: registerWords.zh.whereHint },
    });
  if (faults.length > 0) return form(incoming.values, area, faults, 422);
  const { message } = messageOf(incoming.own);
  // Pressed twice: whoever sent it gets the number that it was given, and nothing is filed again.
  const sentBefore = async (): Promise<Answer> => {
    const each = message === undefined ? null : register.knownByMessage(message);
    const secret = each === null ? null : await register.secretOf(each.stream);
    return each === null || secret === null ? null : <ReportDone each={each} secret={secret} view={view} />;
  };
  const sent = await sentBefore();
  if (sent !== null) return sent;
  if (!desk.filings.allows(callerOf(c), Date.parse(desk.hall.now())))
    return form(incoming.values, area, [{ field: '', says: tooMany }], 429);
  const result = await register.take({
    area,
    kind: first.kind,
    values: incoming.values,
    as: 'public',
    actor: null,
    now: desk.hall.now(),
    files: incoming.files,
    ...(message === undefined ? {} : { message }),
  });
  if (result.case === null) return (await sentBefore()) ?? form(incoming.values, area, result.faults, 422);
  return <ReportDone each={result.case} secret={await register.makeSecret(result.case.stream)} view={view} />;
}

/** What became of a report, for whoever has its number and code; they may take its public steps. */
export async function followedCase(desk: Desk, { c, all, register, view }: AtDesk): Promise<Answer> {
  const ask = (number: string, faults: readonly FieldFault[], status: 200 | 422 | 429) =>
    desk.site.show(c, <FollowPage number={number} faults={faults} view={view} />, status);
  if (c.req.method !== 'POST') return ask((c.req.query('number') ?? '').slice(0, 60), [], 200);
  const posted = await c.req.formData();
  const text = (name: string): string =>
    String(posted.get(name) ?? '')
      .trim()
      .slice(0, 4500);
  const [number, code] = [text('number'), text('code').toUpperCase()];
  if (!desk.lookups.allows(callerOf(c), Date.parse(desk.hall.now())))
    return ask(number, [{ field: '', says: tooMany }], 429);
  const each = /^[0-9]{4}-[0-9]{1,9}$/.test(number) ? await register.byNumber(number) : null;
  const secret = each === null ? null : await register.secretOf(each.stream);
  if (each === null || secret === null || secret !== code)
    return ask(
      number,
      [{ field: '', says: { en: registerWords.en.wrongCode, zh: registerWords.zh.wrongCode } }],
      422,
    );
  let now: Case = each;
  if (text('take') !== '') {
    const step = register.possible(each, ['public']).find(({ kind }) => kind === text('take'));
    const field = step === undefined ? undefined : fieldsOf(register.declaration, step.form)[0];
    if (step !== undefined && field !== undefined) {
      const result = await register.take({
        stream: each.stream,
        area: each.area,
        kind: step.kind,
        values: { [field.id]: text(field.id) },
        as: 'public',
        actor: null,
        now: desk.hall.now(),
      });
      if (result.case === null) return ask(number, result.faults, 422);
      now = result.case;
    }
  }
  // Whoever filed it sees what they wrote, and what the public sees of the rest.
  const own = await seenEvents(register, now, registerRoleSchema.options);
  const open = await seenEvents(register, now, ['public']);
  const byPublic = (kind: string): boolean =>
    register.declaration.steps.find((step) => step.kind === kind)?.by.includes('public') === true;
  const events = own.map((each_, at) => (byPublic(each_.event.kind) ? each_ : (open[at] ?? each_)));
  return (
    <FollowedPage
      all={all}
      register={register}
      each={now}
      events={events}
      secret={code}
      now={desk.hall.now()}
      view={view}
    />
  );
}
