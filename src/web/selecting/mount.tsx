import { readSelectionForm } from '../../intake/index.ts';
import type { Candidate } from '../../model/index.ts';
import { ballotStream, panelDraftSchema, selectionOf, withBallots } from '../../plan/index.ts';
import type { Store } from '../../store/index.ts';
import type { Guard, Guarded } from '../guard.ts';
import { faultsOf } from '../projects/mount-office.tsx';
import { projectOfficeWords } from '../projects/office-words.ts';
import type { Door } from '../sign-in/door.ts';
import { type FormFields, readForm } from '../sign-in/form.ts';
import { param, type Site } from '../site.ts';
import { roles } from '../who.ts';
import { PanelPage, ScorePage, SelectionsOfficePage, sheetLength, toldText } from './pages.tsx';
import {
  type Came,
  closeScores,
  decideSelection,
  lift,
  makeShortlist,
  memberOf,
  readPanels,
  readWorked,
  type SelectingContext,
  scoresSeenBy,
  setUp,
  type Vote,
  vote,
  type Worked,
} from './panel.ts';
import { selectingPath } from './paths.ts';
import { blankSetUp, givenSelection, type SetUpFields, setUpOf, typedSetUp, whole } from './set-up-form.ts';
import { SetUpPage, type SetUpState } from './set-up-page.tsx';
import { selectingWords } from './words.ts';

const statusOf = {
  done: 200,
  rights: 403,
  state: 409,
  form: 422,
  reason: 422,
  conflict: 409,
  moved: 409,
  unchanged: 409,
} as const;

/** Selections of projects by a panel: set up, scored by its members, closed, a shortlist, the decision. */
export function mountSelecting(site: Site, door: Door, office: Guard, store: Store): void {
  const contextOf = ({ here, person }: Guarded): SelectingContext => ({
    store,
    workspace: here.place.workspace,
    person,
    now: door.now(),
  });
  /** As its reader may see it. */
  const workedOf = ({ here, c, person }: Guarded): Promise<Worked | null> =>
    readWorked(store, here.city, param(c, 'id'), scoresSeenBy(person, here.place.workspace));

  office.page('/selections/', roles, async (at) =>
    site.show(
      at.c,
      SelectionsOfficePage({
        view: at.view,
        person: at.person,
        panels: await readPanels(store, at.here.city),
      }),
    ),
  );

  /** Who has a role here, by name. */
  async function peopleOf({ here }: Guarded): Promise<ReadonlyMap<string, string>> {
    const known = new Set((await door.people.grants(here.city)).map(({ person }) => person));
    return new Map(
      (await door.people.everyone()).filter(({ id }) => known.has(id)).map(({ id, name }) => [id, name]),
    );
  }
  async function showSetUp(
    at: Guarded,
    fields: SetUpFields,
    more: Partial<SetUpState>,
    status: 200 | 403 | 409 | 422 = 200,
  ): Promise<Response> {
    return site.show(
      at.c,
      SetUpPage({
        view: at.view,
        person: at.person,
        fields,
        isNew: false,
        expected: 0,
        reason: '',
        people: await peopleOf(at),
        faults: [],
        told: null,
        ...more,
      }),
      status,
    );
  }

  office.page('/selections/new/', ['approver'], (at) => {
    const from = at.here.place.workspace.selections?.find(({ id }) => id === at.c.req.query('from'));
    const fields = from === undefined ? blankSetUp : { ...setUpOf(from, {}, from.places * 2), id: '' };
    return showSetUp(at, fields, { isNew: true });
  });
  office.page('/selections/:id/set-up/', ['approver'], async (at) => {
    const worked = await workedOf(at);
    if (worked === null) return site.absent(at.c);
    const { draft, seq } = worked.panel;
    return showSetUp(at, setUpOf(draft.selection, draft.persons, draft.shortlist), { expected: seq });
  });

  async function save(at: Guarded, worked: Worked | null, id: string, form: FormFields): Promise<Response> {
    const { workspace } = at.here.place;
    const w = selectingWords[at.view.language];
    const fields = typedSetUp(form, id);
    const reason = form.text('reason').replace(/\r\n?/g, '\n').trim();
    const typed = { isNew: worked === null, expected: Number(form.text('expected') || '0'), reason };
    const people = await peopleOf(at);
    const refuse = (faults: readonly string[]) => showSetUp(at, fields, { ...typed, people, faults }, 422);
    const persons = fields.members.map(({ person }) => person);
    if (persons.some((each) => !people.has(each)) || new Set(persons).size < persons.length)
      return refuse([w.persons]);
    const known: readonly Candidate[] = [
      ...(workspace.selections ?? []).flatMap(({ candidates }) => candidates),
      ...(worked?.panel.draft.selection.candidates ?? []),
    ];
    const entered = { on: door.now().toISOString().slice(0, 10), by: at.person.name };
    const read = readSelectionForm(givenSelection(fields, people, known, entered), workspace);
    if (read.value === null) return refuse(faultsOf(read, projectOfficeWords[at.view.language]));
    const draft = panelDraftSchema.safeParse({
      selection: { ...read.value, candidates: read.value.candidates },
      persons: Object.fromEntries(fields.members.map((each) => [each.id, each.person])),
      shortlist: whole(fields.shortlist),
    });
    const tooLong = read.value.candidates.some((candidate) =>
      fields.members.some((member) => ballotStream(id, candidate.id, member.id).length > 200),
    );
    if (!draft.success || tooLong) return refuse([w.x_form]);
    const came = await setUp(contextOf(at), worked?.panel ?? null, draft.data, typed.expected, reason);
    if (came === 'done')
      return at.c.redirect(`${selectingPath.one(at.view.language, at.here.city, id)}?told=done`, 303);
    return showSetUp(at, fields, { ...typed, people, told: toldText(came, w) }, statusOf[came]);
  }
  office.form('/selections/new/', ['approver'], 'selection.open', async (at) => {
    const form = await readForm(at.c);
    return save(at, null, form.text('id').trim(), form);
  });
  office.form('/selections/:id/set-up/', ['approver'], 'selection.change', async (at) => {
    const worked = await workedOf(at);
    if (worked === null) return site.absent(at.c);
    return save(at, worked, worked.panel.draft.selection.id, await readForm(at.c));
  });

  const show = (at: Guarded, worked: Worked, told: Came | null) =>
    site.show(at.c, PanelPage({ view: at.view, person: at.person, worked, told }), statusOf[told ?? 'done']);
  office.page('/selections/:id/', roles, async (at) => {
    const worked = await workedOf(at);
    return worked === null
      ? site.absent(at.c)
      : show(at, worked, at.c.req.query('told') === 'done' ? 'done' : null);
  });
  office.form('/selections/:id/', ['approver'], 'selection.step', async (at) => {
    // A shortlist and a decision are made of every score, whoever may see them.
    const worked = await readWorked(store, at.here.city, param(at.c, 'id'));
    if (worked === null) return site.absent(at.c);
    const form = await readForm(at.c);
    const came = await stepOf(contextOf(at), worked, form);
    if (came !== 'done') return show(at, (await workedOf(at)) ?? worked, came);
    const { id } = worked.panel.draft.selection;
    return at.c.redirect(`${selectingPath.one(at.view.language, at.here.city, id)}?told=done`, 303);
  });

  async function sheet(
    at: Guarded,
    worked: Worked,
    member: string,
    told: Came | null,
    typed: ReadonlyMap<string, string> = new Map(),
  ) {
    const pages = Math.max(1, Math.ceil(worked.panel.draft.selection.candidates.length / sheetLength));
    const page = Math.min(pages, Math.max(1, Number(at.c.req.query('page')) || 1));
    return site.show(
      at.c,
      ScorePage({ view: at.view, person: at.person, worked, member, page, told, typed }),
      statusOf[told ?? 'done'],
    );
  }
  office.page('/selections/:id/score/', roles, async (at) => {
    const worked = await workedOf(at);
    const member = worked === null ? null : memberOf(worked.panel, at.person);
    if (worked === null || member === null) return site.absent(at.c);
    return sheet(at, worked, member, at.c.req.query('told') === 'done' ? 'done' : null);
  });
  office.form('/selections/:id/score/', roles, 'selection.score', async (at) => {
    const worked = await workedOf(at);
    const member = worked === null ? null : memberOf(worked.panel, at.person);
    if (worked === null || member === null) return site.absent(at.c);
    const form = await readForm(at.c);
    const votes = votesOf(form, worked, member);
    const came = await vote(contextOf(at), worked, votes);
    if (came !== 'done' && came !== 'unchanged')
      return sheet(at, (await workedOf(at)) ?? worked, member, came, typedOf(form, worked));
    const { id } = worked.panel.draft.selection;
    const page = Number(at.c.req.query('page')) || 1;
    const back = selectingPath.score(at.view.language, at.here.city, id, page);
    return at.c.redirect(`${back}${back.includes('?') ? '&' : '?'}told=done`, 303);
  });

  /** For other systems: a selection as its reader may see it. */
  office.api('GET', '/selections/:id', roles, 'view', async (at) => {
    const worked = await workedOf(at);
    if (worked === null) return site.absent(at.c);
    const { panel, ballots } = worked;
    const sees = scoresSeenBy(at.person, at.here.place.workspace)(panel) === 'all';
    return at.c.json({
      state: panel.state,
      expected: panel.seq,
      selection: panel.draft.selection,
      ballots: [...ballots.values()],
      ranked: sees ? selectionOf(withBallots(panel.draft, ballots)).ranked : null,
    });
  });
}

async function stepOf(context: SelectingContext, worked: Worked, form: FormFields): Promise<Came> {
  const expected = Number(form.text('expected') || '-1');
  const reason = form.text('reason').replace(/\r\n?/g, '\n').trim();
  const candidates = form.all('candidate');
  switch (form.text('do')) {
    case 'close':
      return closeScores(context, worked, expected);
    case 'reopen':
      return setUp(context, worked.panel, worked.panel.draft, expected, reason);
    case 'shortlist':
      return makeShortlist(context, worked, candidates, expected, reason);
    case 'decide': {
      const reasons = new Map(
        worked.panel.draft.selection.candidates.map(({ id }) => [id, form.text(`why:${id}`).trim()]),
      );
      return decideSelection(context, worked, candidates, reasons, expected, reason);
    }
    case 'lift':
      return lift(context, worked, candidates[0] ?? '', form.text('member'), reason);
    default:
      return 'form';
  }
}

/** What a member says anew: only rows in which something differs from what the log has. */
function votesOf(form: FormFields, { panel, ballots }: Worked, member: string): readonly Vote[] {
  const { selection } = panel.draft;
  return selection.candidates.flatMap((candidate): Vote[] => {
    const expected = form.text(`expected:${candidate.id}`);
    const interest = form.text(`interest:${candidate.id}`).trim();
    if (
      expected === '' &&
      interest === '' &&
      form.text(`score:${candidate.id}:${selection.criteria[0]?.id}`) === ''
    )
      return [];
    const scores = Object.fromEntries(
      selection.criteria.flatMap(({ id }) => {
        const typed = form.text(`score:${candidate.id}:${id}`).trim();
        return typed === '' ? [] : [[id, typed]];
      }),
    );
    const said = form.text(`said:${candidate.id}`).trim();
    const before = ballots.get(ballotStream(selection.id, candidate.id, member));
    const same =
      said === (before?.said ?? '') &&
      selection.criteria.every(({ id }) => (scores[id] ?? '') === (before?.scores[id] ?? ''));
    if (interest === '' && same) return [];
    return [
      {
        candidate: candidate.id,
        expected: /^\d{1,6}$/.test(expected) ? Number(expected) : -1,
        scores,
        said,
        conflict: interest === '' ? null : interest,
      },
    ];
  });
}

/** What was typed, to be shown again. */
function typedOf(form: FormFields, { panel }: Worked): ReadonlyMap<string, string> {
  const { candidates, criteria } = panel.draft.selection;
  return new Map(
    candidates.flatMap(({ id }) =>
      [...criteria.map((each) => `score:${id}:${each.id}`), `said:${id}`, `interest:${id}`].flatMap(
        (key): (readonly [string, string])[] => (form.all(key).length === 0 ? [] : [[key, form.text(key)]]),
      ),
    ),
  );
}
