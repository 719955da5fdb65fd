import type { Plan } from '../../model/index.ts';
import { ownersOf } from '../../plan/index.ts';
import type { Store } from '../../store/index.ts';
import type { Guard, Guarded } from '../guard.ts';
import type { Door } from '../sign-in/door.ts';
import { readForm } from '../sign-in/form.ts';
import { param, type Site } from '../site.ts';
import { named } from '../view.ts';
import { holds, type Person, roles } from '../who.ts';
import { fill } from '../words.ts';
import { letterWords } from './letter-words.ts';
import { issueLetter, type LetterContext, readLetters, type StoredLetter, stepLetter } from './letters.ts';
import { LetterPage, LettersPage } from './letters-page.tsx';
import { planPath } from './paths.ts';

/** Who leads supervision: reminds, takes higher, closes. */
const leading = ['approver', 'administrator'] as const;

/** Responsibility letters in the office: issued and signed from the plan, acknowledged, reminded of, taken higher, closed. */
export function mountLetters(site: Site, door: Door, office: Guard, store: Store, home: string | null): void {
  const contextOf = ({ here, person }: Guarded, folder: string): LetterContext => ({
    store,
    people: door.people,
    home: folder,
    workspace: here.place.workspace,
    person,
    now: door.now(),
  });
  const fresh = async (at: Guarded): Promise<Plan | undefined> =>
    (await store.definitions(at.here.city))?.plans.find(({ id }) => id === param(at.c, 'plan'));

  /** Who may acknowledge a letter by name: whoever has a role here. */
  async function receivers({ here }: Guarded): Promise<ReadonlyMap<string, string>> {
    const known = new Set((await door.people.grants(here.city)).map(({ person }) => person));
    return new Map(
      (await door.people.everyone()).filter(({ id }) => known.has(id)).map(({ id, name }) => [id, name]),
    );
  }

  async function showList(
    at: Guarded,
    plan: Plan,
    told: string | null = null,
    alarm = false,
  ): Promise<Response> {
    const letters = await readLetters(store, at.here.city, plan.id);
    const day = door.now().toISOString().slice(0, 10);
    const { view, person } = at;
    const people = await receivers(at);
    return site.show(
      at.c,
      LettersPage({ view, person, plan, letters, day, people, canSign: home !== null, told, alarm }),
      alarm ? 422 : 200,
    );
  }

  office.page('/plan/:plan/letters/', roles, async (at) => {
    const plan = await fresh(at);
    return plan === undefined ? site.absent(at.c) : showList(at, plan);
  });

  office.form('/plan/:plan/letters/', ['approver'], 'letter.issue', async (at) => {
    const plan = await fresh(at);
    if (plan === undefined) return site.absent(at.c);
    const w = letterWords[at.view.language];
    if (home === null) return showList(at, plan, w.noKey, true);
    if (!holds(at.person, ['approver'], at.here.place.workspace.city.area))
      return showList(at, plan, w.mayNot, true);
    const form = await readForm(at.c);
    const owner = ownersOf(plan).find(({ key }) => key === form.text('owner'));
    const year = form.text('year').trim();
    if (owner === undefined || !/^[12]\d{3}$/.test(year)) return showList(at, plan, w.noOwners, true);
    const given = form.text('receiver');
    const name = given === '' ? undefined : (await receivers(at)).get(given);
    if (name === undefined && (given !== '' || owner.department === ''))
      return showList(at, plan, w.needReceiver, true);
    const receiver = name === undefined ? null : { id: given, name };
    const asOf = (await store.cities()).find(({ id }) => id === at.here.city)?.head ?? 1;
    const done = await issueLetter(contextOf(at, home), plan, owner, year, asOf, receiver);
    if (done.outcome === 'issued')
      return at.c.redirect(
        `${planPath.letter(at.view.language, at.here.city, plan.id, done.id)}?told=issued`,
        303,
      );
    const why = {
      empty: fill(w.nothing, { owner: named(owner.name, at.view), year }),
      busy: w.busy,
      pdf: fill(w.pdfFault, { why: done.why ?? '' }),
    }[done.outcome];
    return showList(at, plan, why, true);
  });

  async function one(at: Guarded): Promise<{ readonly plan: Plan; readonly letter: StoredLetter } | null> {
    const plan = await fresh(at);
    const id = param(at.c, 'letter');
    const letter = plan === undefined ? undefined : (await readLetters(store, at.here.city, plan.id, id))[0];
    return plan === undefined || letter === undefined ? null : { plan, letter };
  }
  function showOne(
    at: Guarded,
    { plan, letter }: { readonly plan: Plan; readonly letter: StoredLetter },
    told: string | null = null,
    alarm = false,
  ) {
    const { view, person } = at;
    return site.show(
      at.c,
      LetterPage({
        view,
        person,
        plan,
        letter,
        told,
        alarm,
        mayAcknowledge: mayAcknowledge(person, letter),
        mayLead: holds(person, leading, view.here.place.workspace.city.area),
      }),
      alarm ? 409 : 200,
    );
  }

  office.page('/plan/:plan/letters/:letter/', roles, async (at) => {
    const found = await one(at);
    const w = letterWords[at.view.language];
    if (found === null) return site.absent(at.c);
    const told = at.c.req.query('told');
    return showOne(
      at,
      found,
      told === 'issued'
        ? fill(w.issuedNow, { id: found.letter.letter.id })
        : told === 'done'
          ? w.doneNow
          : null,
    );
  });

  office.form('/plan/:plan/letters/:letter/', roles, 'letter.step', async (at) => {
    const found = await one(at);
    if (found === null) return site.absent(at.c);
    const w = letterWords[at.view.language];
    const form = await readForm(at.c);
    const said = form.text('said').replace(/\r\n?/g, '\n').trim().slice(0, 1000);
    const step = (['acknowledged', 'reminded', 'escalated', 'closed'] as const).find(
      (each) => each === form.text('do'),
    );
    const allowed =
      step === 'acknowledged'
        ? mayAcknowledge(at.person, found.letter)
        : holds(at.person, leading, at.here.place.workspace.city.area);
    if (step === undefined || !allowed || found.letter.closed !== null)
      return showOne(at, found, w.mayNot, true);
    if (step === 'closed' && said === '') return showOne(at, found, w.needSaid, true);
    const { letter } = found.letter;
    if (
      form.text('expected') !== String(found.letter.seq) ||
      !(await stepLetter(contextOf(at, home ?? ''), found.letter, step, said))
    )
      return showOne(at, (await one(at)) ?? found, w.moved, true);
    return at.c.redirect(
      `${planPath.letter(at.view.language, at.here.city, letter.plan, letter.id)}?told=done`,
      303,
    );
  });

  for (const file of ['letter.en.pdf', 'letter.zh.pdf', 'letter.json'] as const)
    office.page(`/plan/:plan/letters/:letter/${file}`, roles, async (at) => {
      const found = await one(at);
      if (found === null) return site.absent(at.c);
      const { letter, seal } = found.letter;
      const name = `responsibility-${letter.plan}-${letter.id}${file.slice('letter'.length)}`;
      const headers = { 'content-disposition': `attachment; filename="${name}"` };
      if (file === 'letter.json')
        return at.c.body(`${JSON.stringify(seal, null, 2)}\n`, 200, {
          ...headers,
          'content-type': 'application/json',
        });
      const bytes = await store.file(file === 'letter.zh.pdf' ? seal.pdf.zh : seal.pdf.en);
      return at.c.body(new Uint8Array(bytes), 200, { ...headers, 'content-type': 'application/pdf' });
    });
}

/** The owner's people acknowledge, once, and nobody for a department that is not theirs by name. */
function mayAcknowledge({ id, grants }: Person, { letter, acknowledged, closed }: StoredLetter): boolean {
  return (
    acknowledged === null &&
    closed === null &&
    (letter.receiver?.id === id ||
      (letter.department !== '' && grants.some(({ department }) => department === letter.department)))
  );
}
