import { z } from 'zod';
import type { ExaminationDeclaration, ExaminationSubject } from '../../model/index.ts';
import {
  examineSubject,
  type Hearing,
  type HearingBody,
  type HearingKind,
  hearingBodySchema,
  hearingKinds,
  restoredBy,
} from '../../plan/index.ts';
import type { Store } from '../../store/index.ts';
import { problem } from '../api/problem.ts';
import type { Guard, Guarded } from '../guard.ts';
import type { Door } from '../sign-in/door.ts';
import { type FormFields, readForm } from '../sign-in/form.ts';
import { param, type Site } from '../site.ts';
import { holds, roles } from '../who.ts';
import { DeskPage, HearingsPage } from './desk-page.tsx';
import { type ActOutcome, act, readHearing, sheetOf } from './hearings.ts';
import { examinationIn } from './mount.tsx';
import { tellNext } from './notices.ts';
import { deskPath } from './office-list.tsx';
import { examinationWords } from './words.ts';

const actors = ['reporter', 'checker', 'approver'] as const;
const path = '/examinations/:id/:subject';
const statusOf = { rights: 403, own: 409, state: 409, form: 422, empty: 422 } as const;

interface Desk {
  readonly declared: ExaminationDeclaration;
  readonly subject: ExaminationSubject;
  readonly hearing: Hearing;
}

/** The course of an examination: self-report, check, objection, answer, final. */
export function mountHearings(site: Site, door: Door, office: Guard, store: Store): void {
  const maySee = ({ person }: Guarded, { area, department }: ExaminationSubject): boolean =>
    holds(person, roles, area, department);

  office.page('/examinations/:id/', roles, async (at) => {
    const declared = examinationIn(at.here, param(at.c, 'id'));
    if (declared === undefined) return site.absent(at.c);
    const subjects = declared.subjects.filter((subject) => maySee(at, subject));
    const hearings = new Map(
      await Promise.all(
        subjects.map(
          async (subject): Promise<[string, Hearing]> => [
            subject.id,
            await readHearing(store, at.here.city, declared, subject),
          ],
        ),
      ),
    );
    return site.show(at.c, HearingsPage({ view: at.view, person: at.person, declared, subjects, hearings }));
  });

  /** The desk of a subject, as far as the person may see it. */
  async function deskOf(at: Guarded): Promise<Desk | null> {
    const declared = examinationIn(at.here, param(at.c, 'id'));
    const subject = declared?.subjects.find(({ id }) => id === param(at.c, 'subject'));
    if (declared === undefined || subject === undefined || !maySee(at, subject)) return null;
    return { declared, subject, hearing: await readHearing(store, at.here.city, declared, subject) };
  }

  const examinedAt = ({ here }: Guarded, { declared, subject, hearing }: Desk) =>
    examineSubject(declared, subject, here.place.workspace, here.place.figures, hearing.restored);

  function show(at: Guarded, desk: Desk, told: ActOutcome | null, typed: FormFields | null = null) {
    const examined = examinedAt(at, desk);
    return site.show(
      at.c,
      DeskPage({ view: at.view, person: at.person, ...desk, examined, told, typed }),
      told === null || told === 'done' ? 200 : statusOf[told],
    );
  }

  office.page(`${path}/`, roles, async (at) => {
    const desk = await deskOf(at);
    if (desk === null) return site.absent(at.c);
    return show(at, desk, at.c.req.query('told') === 'done' ? 'done' : null);
  });

  async function take(at: Guarded, desk: Desk, kind: HearingKind, expected: number, body: HearingBody) {
    const { declared, subject } = desk;
    const examined = examinedAt(at, desk);
    // An answer changes the score that is kept with it.
    const after =
      kind === 'answered'
        ? examinedAt(at, {
            ...desk,
            hearing: { ...desk.hearing, restored: restoredBy(desk.hearing.restored, body.items) },
          })
        : examined;
    const came = await act(
      { store, city: at.here.city, declared, subject, person: at.person, now: door.now() },
      kind,
      expected,
      kind === 'checked' || kind === 'answered' || kind === 'final'
        ? { ...body, sheet: sheetOf(after, at.here.place.asOf) }
        : body,
      examined,
    );
    if (came === 'done') {
      const { people } = door;
      const seq = expected + 1;
      await tellNext(
        { people, city: at.here.city, declared, subject, person: at.person, now: door.now() },
        kind,
        seq,
      );
    }
    return came;
  }

  office.form(`${path}/`, actors, 'examination.act', async (at) => {
    const desk = await deskOf(at);
    if (desk === null) return site.absent(at.c);
    const form = await readForm(at.c);
    const kind = hearingKinds.find((each) => each === form.text('do'));
    const body = hearingBodySchema.safeParse(bodyOf(kind ?? 'reported', form, desk));
    if (kind === undefined || !body.success) return show(at, desk, 'form', form);
    const expected = Number(form.text('expected') || 'NaN');
    const came = await take(at, desk, kind, expected, body.data);
    if (came !== 'done') return show(at, (await deskOf(at)) ?? desk, came, form);
    return at.c.redirect(`${deskPath(at.view, desk.declared.id, desk.subject.id)}?told=done`, 303);
  });

  office.api('GET', path, roles, 'view', async (at) => {
    const desk = await deskOf(at);
    if (desk === null)
      return problem(at.c, 404, 'There is nothing of this examination for you', at.c.req.path);
    const { seq, state, events } = desk.hearing;
    const now = sheetOf(examinedAt(at, desk), at.here.place.asOf);
    return at.c.json({ expected: seq, state, now, events });
  });
  const callSchema = hearingBodySchema
    .omit({ sheet: true })
    .extend({ do: z.enum(hearingKinds), expected: z.int().min(0) });
  office.api('POST', path, actors, 'examination.act', async (at) => {
    const desk = await deskOf(at);
    if (desk === null)
      return problem(at.c, 404, 'There is nothing of this examination for you', at.c.req.path);
    const given = callSchema.safeParse(await jsonOf(at));
    if (!given.success)
      return problem(
        at.c,
        422,
        given.error.issues.map((each) => `/${each.path.join('/')}: ${each.message}`).join('; '),
        at.c.req.path,
      );
    const { do: kind, expected, ...body } = given.data;
    const came = await take(at, desk, kind, expected, body);
    return came === 'done'
      ? at.c.json({ outcome: 'done' })
      : problem(at.c, statusOf[came], examinationWords.en[`x_${came}`], at.c.req.path);
  });
}

/** Most bytes of a call. */
const mostBytes = 200_000;

async function jsonOf({ c }: Guarded): Promise<unknown> {
  if (Number(c.req.header('content-length') ?? '0') > mostBytes) return null;
  const text = await c.req.text();
  if (text.length > mostBytes) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What a form says of the items: only those of which something is said. */
function bodyOf(kind: HearingKind, form: FormFields, { declared, hearing }: Desk): unknown {
  const asked = kind === 'answered' ? (hearing.events.at(-1)?.items.map(({ item }) => item) ?? []) : null;
  const items = (asked ?? declared.items.map(({ id }) => id)).flatMap((item) => {
    const [said, value] = [form.text(`said:${item}`).trim(), form.text(`value:${item}`).trim()];
    const upheld = form.text(`upheld:${item}`) === 'yes';
    if (asked === null && said === '' && value === '') return [];
    return [{ item, said, value: kind === 'answered' && !upheld ? '' : value, upheld }];
  });
  const takesItems = kind === 'reported' || kind === 'objected' || kind === 'answered';
  return { said: form.text('said').trim(), items: takesItems ? items : [] };
}
