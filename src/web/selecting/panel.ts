import {
  compare,
  decimal,
  type Localized,
  type ProjectSelection,
  type Workspace,
} from '../../model/index.ts';
import {
  asJson,
  type Ballot,
  ballotSteps,
  ballotStream,
  ballotsOf,
  isScore,
  type PanelDraft,
  type PanelSelection,
  panelSelectionOf,
  type Ranked,
  selectionOf,
  selectionSteps,
  selectionStream,
  type Written,
  withBallots,
  writeOver,
} from '../../plan/index.ts';
import type { Store, StoredEvent } from '../../store/index.ts';
import { holds, type Person } from '../who.ts';

/** A selection as it is being worked on, with what its members have said as far as it counts. */
export interface Worked {
  readonly panel: PanelSelection;
  readonly ballots: ReadonlyMap<string, Ballot>;
}

export async function readPanels(store: Store, city: string): Promise<readonly PanelSelection[]> {
  const byStream = new Map<string, StoredEvent[]>();
  for (const event of await store.events(city, { register: 'selection' }))
    byStream.set(event.stream, [...(byStream.get(event.stream) ?? []), event]);
  return [...byStream.values()].flatMap((events) => panelSelectionOf(events) ?? []);
}

/** A selection with the ballots of those whose scores are seen; of others none is asked for, and PostgreSQL would give none. */
export async function readWorked(
  store: Store,
  city: string,
  id: string,
  seen: (panel: PanelSelection) => readonly string[] | 'all' = () => 'all',
): Promise<Worked | null> {
  const panel = panelSelectionOf(
    await store.events(city, { register: 'selection', stream: selectionStream(id) }),
  );
  if (panel === null) return null;
  const whose = seen(panel);
  const { candidates, panel: all } = panel.draft.selection;
  const members = whose === 'all' ? all : all.filter((member) => whose.includes(member.id));
  const streams = candidates.flatMap((candidate) =>
    members.map((member) => ballotStream(id, candidate.id, member.id)),
  );
  const within = whose === 'all' ? store : store.withBallotsOf(whose);
  const events = await within.events(city, { register: 'ballot', streams });
  return { panel, ballots: ballotsOf(id, events, panel.closed) };
}

export interface SelectingContext {
  readonly store: Store;
  readonly workspace: Workspace;
  readonly person: Person;
  readonly now: Date;
}

/** `conflict`: the member has declared one and cannot score. `moved`: somebody else was faster; nothing was stored. */
export type Came = 'done' | 'rights' | 'state' | 'form' | 'reason' | 'conflict' | 'moved' | 'unchanged';

const cameOf = (written: Written): Came =>
  written.outcome === 'stored' ? 'done' : written.outcome === 'refused' ? 'state' : written.outcome;

/** Who leads a selection: sets it up, closes it, puts down the decision. */
export const leads = (person: Person, { city }: Workspace): boolean => holds(person, ['approver'], city.area);

/** The member that a person is in a panel; null for everyone else. */
export function memberOf({ draft }: PanelSelection, { id }: Person): string | null {
  return Object.entries(draft.persons).find(([, person]) => person === id)?.[0] ?? null;
}

/**
 * Whose scores somebody sees. Of a selection that is decided: all. Before, their own as a member; whoever leads it and auditors
 * see all, but while scores may come only where they do not score themselves.
 */
export function scoresSeenBy(
  person: Person,
  workspace: Workspace,
): (panel: PanelSelection) => readonly string[] | 'all' {
  return (panel) => {
    const own = memberOf(panel, person);
    const maySee = leads(person, workspace) || holds(person, ['auditor'], workspace.city.area);
    if (panel.state === 'decided' || (maySee && (own === null || panel.closed !== null))) return 'all';
    return own === null ? [] : [own];
  };
}

const mayFollow = (from: string, to: string): boolean =>
  selectionSteps.steps.some((step) => step.from === from && step.to === to);

/** Takes a step with a selection itself. */
async function step(
  { store, workspace, person, now }: SelectingContext,
  id: string,
  kind: string,
  expected: number,
  body: Readonly<Record<string, unknown>>,
): Promise<Came> {
  const { id: city, area } = workspace.city;
  const actor = { id: person.id, name: person.name, now };
  const wanted = {
    stream: selectionStream(id),
    kind,
    expected,
    body: asJson({ ...body, by: person.id }),
  };
  return cameOf(await writeOver(store, { city, area }, selectionSteps, actor, [wanted]));
}

/** Opens a selection, or changes what it is judged by, its members and candidates; scores that were given stay. */
export async function setUp(
  context: SelectingContext,
  before: PanelSelection | null,
  draft: PanelDraft,
  expected: number,
  reason: string,
): Promise<Came> {
  if (!leads(context.person, context.workspace)) return 'rights';
  if (before !== null && reason === '') return 'reason';
  const kind = before === null ? 'opened' : 'changed';
  if (!mayFollow(before?.state ?? '', kind)) return 'state';
  return step(context, draft.selection.id, kind, expected, { draft, reason });
}

/** What a member wants to say of one candidate. */
export interface Vote {
  readonly candidate: string;
  readonly expected: number;
  readonly scores: Readonly<Record<string, string>>;
  readonly said: string;
  /** Declares a conflict of interest, with its reason. */
  readonly conflict: string | null;
}

/**
 * Writes what a member says, all of it or nothing. A member with a declared conflict cannot score that candidate: told here,
 * and refused by the database, whose register has no such step.
 */
export async function vote(
  { store, workspace, person, now }: SelectingContext,
  { panel, ballots }: Worked,
  votes: readonly Vote[],
): Promise<Came> {
  const member = memberOf(panel, person);
  if (member === null) return 'rights';
  if (panel.state !== 'opened' && panel.state !== 'changed') return 'state';
  const { selection } = panel.draft;
  const most = new Map(selection.criteria.map((each) => [each.id, each.most]));
  const known = new Set(selection.candidates.map(({ id }) => id));
  for (const { candidate, scores, conflict } of votes) {
    const has = ballots.get(ballotStream(selection.id, candidate, member))?.kind;
    if (!known.has(candidate)) return 'form';
    if (has === 'conflict') return 'conflict';
    if (conflict === '') return 'reason';
    if (conflict === null && !Object.entries(scores).every(([id, score]) => isScore(score, most.get(id))))
      return 'form';
  }
  const { id: city, area } = workspace.city;
  const written = await writeOver(
    store,
    { city, area },
    ballotSteps,
    { id: person.id, name: person.name, now },
    votes.map(({ candidate, expected, scores, said, conflict }) => ({
      stream: ballotStream(selection.id, candidate, member),
      kind: conflict === null ? 'scored' : 'conflict',
      expected,
      body: asJson({
        candidate,
        member,
        by: person.id,
        ...(conflict === null ? { scores, said } : { reason: { en: conflict, zh: conflict } }),
      }),
    })),
  );
  return cameOf(written);
}

/** Takes a declared conflict back, as one that was declared in error: by who leads, never by the member. */
export async function lift(
  { store, workspace, person, now }: SelectingContext,
  { panel, ballots }: Worked,
  candidate: string,
  member: string,
  reason: string,
): Promise<Came> {
  if (!leads(person, workspace) || memberOf(panel, person) === member) return 'rights';
  if (reason === '') return 'reason';
  const stream = ballotStream(panel.draft.selection.id, candidate, member);
  const ballot = ballots.get(stream);
  if (ballot?.kind !== 'conflict' || panel.closed !== null) return 'state';
  const { id: city, area } = workspace.city;
  const body = asJson({ candidate, member, by: person.id, said: reason });
  const actor = { id: person.id, name: person.name, now };
  const wanted = { stream, kind: 'lifted', expected: ballot.seq, body };
  return cameOf(await writeOver(store, { city, area }, ballotSteps, actor, [wanted]));
}

/** Closes scoring, or opens it again with a reason. */
export async function closeScores(
  context: SelectingContext,
  { panel }: Worked,
  expected: number,
): Promise<Came> {
  if (!leads(context.person, context.workspace)) return 'rights';
  if (!mayFollow(panel.state, 'closed')) return 'state';
  return step(context, panel.draft.selection.id, 'closed', expected, {});
}

export async function makeShortlist(
  context: SelectingContext,
  { panel, ballots }: Worked,
  candidates: readonly string[],
  expected: number,
  reason: string,
): Promise<Came> {
  if (!leads(context.person, context.workspace)) return 'rights';
  if (!mayFollow(panel.state, 'shortlisted')) return 'state';
  if (reason === '') return 'reason';
  const judged = selectionOf(withBallots(panel.draft, ballots));
  const eligible = new Set(judged.ranked.filter(isEligible).map(({ candidate }) => candidate));
  if (candidates.length === 0 || candidates.some((id) => !eligible.has(id))) return 'form';
  return step(context, panel.draft.selection.id, 'shortlisted', expected, { candidates, reason });
}

/** Judged, and shut out by no criterion. */
export const isEligible = ({ rank }: Ranked): boolean => rank !== null;

/** What follows from the scores of the shortlist: who it takes before anyone says otherwise; ties are left open. */
export function proposed(
  judged: { readonly ranked: readonly Ranked[] },
  shortlist: readonly string[] | null,
  places: number,
): readonly string[] {
  const rows = judged.ranked.filter(
    (row) => isEligible(row) && (shortlist === null || shortlist.includes(row.candidate)),
  );
  const next = rows[places];
  const taken = rows.slice(0, places);
  const ends =
    next === undefined
      ? taken
      : taken.filter((row) => compare(decimal(row.total ?? '0'), decimal(next.total ?? '0')) > 0);
  return ends.map(({ candidate }) => candidate);
}

/**
 * Puts down the decision. At most as many as there are places, each judged and, where there is a shortlist, on it; whoever is
 * taken or left out against the order of the scores needs a reason of its own. From then on the public reads it.
 */
export async function decideSelection(
  context: SelectingContext,
  { panel, ballots }: Worked,
  chosen: readonly string[],
  reasons: ReadonlyMap<string, string>,
  expected: number,
  reason: string,
): Promise<Came> {
  const { workspace, person, now } = context;
  if (!leads(person, workspace)) return 'rights';
  if (!mayFollow(panel.state, 'decided')) return 'state';
  if (reason === '') return 'reason';
  const declared = withBallots(panel.draft, ballots);
  const judged = selectionOf(declared);
  const eligible = new Set(
    judged.ranked
      .filter(
        (row) => isEligible(row) && (panel.shortlist === null || panel.shortlist.includes(row.candidate)),
      )
      .map(({ candidate }) => candidate),
  );
  if (chosen.length === 0 || chosen.length > declared.places || chosen.some((id) => !eligible.has(id)))
    return 'form';
  const byScores = new Set(proposed(judged, panel.shortlist, declared.places));
  const against = [
    ...chosen.filter((id) => !byScores.has(id)),
    ...[...byScores].filter((id) => !chosen.includes(id)),
  ];
  if (against.some((id) => (reasons.get(id) ?? '') === '')) return 'reason';
  const said = (id: string): Localized | undefined => {
    const text = reasons.get(id) ?? '';
    return text === '' ? undefined : { en: text, zh: text };
  };
  const selection: ProjectSelection = {
    ...declared,
    candidates: declared.candidates.map((each) => ({ ...each, reason: said(each.id) ?? each.reason })),
    decision: {
      on: now.toISOString().slice(0, 10),
      by: person.name,
      reason,
      ...(panel.shortlist === null ? {} : { shortlist: [...panel.shortlist] }),
      chosen: [...chosen],
    },
  };
  return step(context, declared.id, 'decided', expected, { selection, reason });
}
