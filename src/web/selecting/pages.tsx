import { inBrackets, labelled } from '../../language/index.ts';
import { decimal, toFixed } from '../../model/index.ts';
import {
  ballotStream,
  type PanelSelection,
  type Ranked,
  selectionOf,
  withBallots,
} from '../../plan/index.ts';
import { address } from '../address.ts';
import { OfficeFrame } from '../office/frame.tsx';
import { selectionWords } from '../pages/selection-words.ts';
import { projectPath } from '../projects/paths.ts';
import { named, type PlaceView } from '../view.ts';
import type { Person } from '../who.ts';
import { fill } from '../words.ts';
import { type Came, isEligible, leads, memberOf, proposed, scoresSeenBy, type Worked } from './panel.ts';
import { selectingPath } from './paths.ts';
import { type SelectingWords, selectingWords } from './words.ts';

interface Props {
  readonly view: PlaceView;
  readonly person: Person;
  readonly told: Came | null;
}

export const toldText = (told: Came | null, w: SelectingWords): string | null =>
  told === null ? null : told === 'done' ? w.saved : w[`x_${told}`];

/** All selections of a place that panels work on, or have worked on. */
export function SelectionsOfficePage({
  view,
  person,
  panels,
}: Omit<Props, 'told'> & { readonly panels: readonly PanelSelection[] }) {
  const { language, here } = view;
  const w = selectingWords[language];
  const { workspace } = here.place;
  return (
    <OfficeFrame view={view} person={person} title={w.title}>
      <p class="lead">{w.lead}</p>
      {panels.length === 0 ? <p class="quiet">{w.none}</p> : null}
      <ul>
        {panels.map(({ draft, state }) => (
          <li>
            <a href={selectingPath.one(language, here.city, draft.selection.id)}>
              {named(draft.selection.name, view)}
            </a>{' '}
            <span class="quiet">{w[`s_${state}`]}</span>
          </li>
        ))}
      </ul>
      {leads(person, workspace) ? (
        <form method="get" action={selectingPath.add(language, here.city)} class="door">
          <h2>{w.open}</h2>
          <p class="field">
            <label for="from">{w.from}</label>
            <select id="from" name="from">
              <option value="">–</option>
              {(workspace.selections ?? []).map(({ id, name }) => (
                <option value={id}>{named(name, view)}</option>
              ))}
            </select>
          </p>
          <button type="submit" class="main">
            {w.begin}
          </button>
        </form>
      ) : null}
    </OfficeFrame>
  );
}

/** One selection: how far its members are; for who leads it the order by scores, the shortlist and the decision. */
export function PanelPage({ view, person, told, worked }: Props & { readonly worked: Worked }) {
  const { language, here } = view;
  const w = selectingWords[language];
  const { panel, ballots } = worked;
  const { selection } = panel.draft;
  const { workspace } = here.place;
  const isLead = leads(person, workspace);
  const seen = scoresSeenBy(person, workspace)(panel);
  const isOpen = panel.closed === null;
  const said = [...ballots.values()];
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={named(selection.name, view)}
      told={toldText(told, w)}
      alarm={told !== null && told !== 'done'}
    >
      <p class="p-links">
        <a href={selectingPath.list(language, here.city)}>{w.title}</a>
        {memberOf(panel, person) === null ? null : (
          <a href={selectingPath.score(language, here.city, selection.id)}>{w.score}</a>
        )}
        {isLead ? <a href={selectingPath.edit(language, here.city, selection.id)}>{w.setUp}</a> : null}
        {panel.state === 'decided' ? (
          <a href={address.selection(language, here.city, selection.id)}>{w.public}</a>
        ) : null}
      </p>
      <p class="lead">
        {w[`s_${panel.state}`]} ·{' '}
        {fill(selectionWords[language].summaryShort, { n: selection.candidates.length })} → {selection.places}
      </p>
      {seen.length === 0 ? null : (
        <section id="progress">
          <h2>{w.progress}</h2>
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">{w.member}</th>
                <th scope="col" class="num">
                  {w.scored}
                </th>
                <th scope="col" class="num">
                  {w.interests}
                </th>
              </tr>
            </thead>
            <tbody>
              {selection.panel
                .filter(({ id }) => seen === 'all' || seen.includes(id))
                .map(({ id, name }) => {
                  const own = said.filter(({ member }) => member === id);
                  const count = (kind: string): number => own.filter((each) => each.kind === kind).length;
                  return (
                    <tr>
                      <th scope="row">{named(name, view)}</th>
                      <td class="num" data-label={w.scored}>
                        {count('scored')}
                      </td>
                      <td class="num" data-label={w.interests}>
                        {count('conflict')}
                      </td>
                    </tr>
                  );
                })}
            </tbody>
          </table>
        </section>
      )}
      {isLead ? <Interests worked={worked} isOpen={isOpen} view={view} /> : null}
      {isLead || seen === 'all' ? (
        <Order worked={worked} isLead={isLead} isSeen={seen === 'all'} view={view} />
      ) : (
        <p class="quiet">{w.notLead}</p>
      )}
      {panel.state === 'decided' ? <Chosen panel={panel} view={view} /> : null}
      <section id="happened">
        <h2>{w.happened}</h2>
        <ol class="plain happened">
          {panel.events.map(({ kind, occurred, actor, body, position }) => (
            <li>
              <time datetime={occurred}>{occurred.slice(0, 16).replace('T', ' ')}</time>{' '}
              {labelled(actor ?? '', view.language)}
              {stepText(kind, body, w)} {typeof body.reason === 'string' ? body.reason : ''}{' '}
              <small class="quiet">№ {position}</small>
            </li>
          ))}
        </ol>
      </section>
    </OfficeFrame>
  );
}

function stepText(kind: string, body: Readonly<Record<string, unknown>>, w: SelectingWords): string {
  if (kind === 'shortlisted')
    return fill(w.k_shortlisted, { n: Array.isArray(body.candidates) ? body.candidates.length : 0 });
  return kind === 'opened' || kind === 'changed' || kind === 'closed' || kind === 'decided'
    ? w[`k_${kind}`]
    : kind;
}

/** Declared interests; one that was declared in error is taken back by who leads, with a reason. */
function Interests({
  worked: { panel, ballots },
  isOpen,
  view,
}: {
  readonly worked: Worked;
  readonly isOpen: boolean;
  readonly view: PlaceView;
}) {
  const w = selectingWords[view.language];
  const { selection } = panel.draft;
  const declared = [...ballots.values()].filter(({ kind }) => kind === 'conflict');
  if (declared.length === 0) return null;
  const nameIn = (list: typeof selection.panel | typeof selection.candidates, id: string): string => {
    const known = list.find((each) => each.id === id);
    return known === undefined ? id : named(known.name, view);
  };
  return (
    <section id="interests">
      <h2>{w.conflictsNow}</h2>
      <ul class="plain">
        {declared.map(({ candidate, member, reason }) => (
          <li>
            <strong>{nameIn(selection.panel, member)}</strong> ·{' '}
            {labelled(nameIn(selection.candidates, candidate), view.language)}
            {reason === null ? '' : named(reason, view)}
            {isOpen ? (
              <details>
                <summary>{w.lift}</summary>
                <form method="post" action={selectingPath.one(view.language, view.here.city, selection.id)}>
                  <input type="hidden" name="candidate" value={candidate} />
                  <input type="hidden" name="member" value={member} />
                  <p class="field">
                    <label for={`lift-${candidate}-${member}`}>{w.reason}</label>
                    <input id={`lift-${candidate}-${member}`} name="reason" maxlength={2000} required />
                  </p>
                  <button type="submit" name="do" value="lift">
                    {w.lift}
                  </button>
                </form>
              </details>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The order by scores, with the form of the step that comes next: close, shortlist, decide. */
function Order({
  worked: { panel, ballots },
  isLead,
  isSeen,
  view,
}: {
  readonly worked: Worked;
  readonly isLead: boolean;
  /** Whether the scores are there to order by. */
  readonly isSeen: boolean;
  readonly view: PlaceView;
}) {
  const { language, here } = view;
  const w = selectingWords[language];
  const { selection, shortlist: length } = panel.draft;
  const judged = selectionOf(withBallots(panel.draft, ballots));
  const names = new Map(selection.candidates.map((each) => [each.id, named(each.name, view)]));
  const ranked = judged.ranked.filter(isEligible);
  const { state, shortlist, seq } = panel;
  const deciding = isLead && (state === 'closed' || state === 'shortlisted');
  const onList = new Set(shortlist ?? proposed(judged, null, length));
  const chosen = new Set(proposed(judged, shortlist, selection.places));
  const rows: readonly Ranked[] =
    state === 'shortlisted' ? judged.ranked.filter(({ candidate }) => onList.has(candidate)) : judged.ranked;
  const table = !isSeen ? (
    <p class="quiet">{w.notWhileScoring}</p>
  ) : (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">{w.candidate}</th>
          <th scope="col" class="num">
            {w.rank}
          </th>
          <th scope="col" class="num">
            {w.total}
          </th>
          <th scope="col">{w.decision}</th>
          {deciding ? <th scope="col">{state === 'closed' ? w.onList : w.choose}</th> : null}
          {deciding && state === 'shortlisted' ? <th scope="col">{w.reasonFor}</th> : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <th scope="row">{names.get(row.candidate) ?? row.candidate}</th>
            <td class="num" data-label={w.rank}>
              {row.rank ?? '–'}
            </td>
            <td class="num" data-label={w.total}>
              {row.total === null ? '–' : toFixed(decimal(row.total), 2)}
            </td>
            <td data-label={w.decision}>{selectionWords[language][row.decision]}</td>
            {deciding ? (
              <td data-label={state === 'closed' ? w.onList : w.choose}>
                {isEligible(row) ? (
                  <input
                    type="checkbox"
                    name="candidate"
                    value={row.candidate}
                    checked={(state === 'closed' ? onList : chosen).has(row.candidate)}
                    aria-label={`${labelled(state === 'closed' ? w.onList : w.choose, view.language)}${names.get(row.candidate) ?? ''}`}
                  />
                ) : (
                  '–'
                )}
              </td>
            ) : null}
            {deciding && state === 'shortlisted' ? (
              <td data-label={w.reasonFor}>
                <input
                  name={`why:${row.candidate}`}
                  maxlength={2000}
                  aria-label={`${labelled(w.reasonFor, view.language)}${names.get(row.candidate) ?? ''}`}
                />
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
  const reason = (label: string) => (
    <p class="field">
      <label for="reason">{label}</label>
      <textarea id="reason" name="reason" rows={2} maxlength={4000} />
    </p>
  );
  return (
    <section id="order">
      <h2>{w.ranking}</h2>
      {isSeen ? (
        <p class="quiet">
          {w.rankingHint} {ranked.length}/{judged.ranked.length}
        </p>
      ) : null}
      {!isLead ? (
        table
      ) : (
        <form method="post" action={selectingPath.one(language, here.city, selection.id)}>
          <input type="hidden" name="expected" value={String(seq)} />
          {state === 'shortlisted' ? <p>{fill(w.decideText, { places: selection.places })}</p> : null}
          {table}
          {state === 'closed' ? reason(w.listReason) : state === 'shortlisted' ? reason(w.theReason) : null}
          {state === 'decided' ? reason(w.reason) : null}
          <p class="acts">
            {state === 'opened' || state === 'changed' ? (
              <button type="submit" name="do" value="close" class="main">
                {w.close}
              </button>
            ) : state === 'closed' ? (
              <button type="submit" name="do" value="shortlist" class="main">
                {w.makeList}
              </button>
            ) : state === 'shortlisted' ? (
              <button type="submit" name="do" value="decide" class="main">
                {w.decide}
              </button>
            ) : null}{' '}
            {state === 'opened' || state === 'changed' ? null : (
              <button type="submit" name="do" value="reopen">
                {w.reopen}
              </button>
            )}
          </p>
        </form>
      )}
    </section>
  );
}

/** Those that were chosen, each on its way to a project. */
function Chosen({ panel, view }: { readonly panel: PanelSelection; readonly view: PlaceView }) {
  const { language, here } = view;
  const w = selectingWords[language];
  const { workspace } = here.place;
  const { selection } = panel.draft;
  const decided = workspace.selections?.find(({ id }) => id === selection.id);
  const chosen = new Set(decided?.decision?.chosen ?? []);
  const projects = (workspace.portfolios ?? []).flatMap((each) => each.projects);
  return (
    <section id="chosen">
      <h2>{w.chosen}</h2>
      <ul>
        {selection.candidates
          .filter(({ id }) => chosen.has(id))
          .map(({ id, name }) => {
            const made = projects.find(
              ({ candidate }) => candidate?.selection === selection.id && candidate.id === id,
            );
            return (
              <li>
                {named(name, view)}{' '}
                {made === undefined ? (
                  <a
                    href={projectPath.add(
                      language,
                      here.city,
                      `candidate=${encodeURIComponent(`${selection.id} ${id}`)}`,
                    )}
                  >
                    {w.project}
                  </a>
                ) : (
                  <a href={address.project(language, here.city, made.id)}>{named(made.name, view)}</a>
                )}
              </li>
            );
          })}
      </ul>
    </section>
  );
}

/** How many candidates stand on one page of a member's sheet. */
export const sheetLength = 20;

/** A member's sheet: a candidate a row, a field a criterion; an interest is declared in the same row. */
export function ScorePage({
  view,
  person,
  told,
  worked: { panel, ballots },
  member,
  page,
  typed,
}: Props & {
  readonly worked: Worked;
  readonly member: string;
  readonly page: number;
  /** Fields as they were sent, where they could not be stored. */
  readonly typed: ReadonlyMap<string, string>;
}) {
  const { language, here } = view;
  const w = selectingWords[language];
  const { selection } = panel.draft;
  const pages = Math.max(1, Math.ceil(selection.candidates.length / sheetLength));
  const shown = selection.candidates.slice((page - 1) * sheetLength, page * sheetLength);
  const self = selection.panel.find(({ id }) => id === member);
  const isOpen = panel.closed === null;
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={fill(w.scoreTitle, { name: named(selection.name, view) })}
      told={toldText(told, w)}
      alarm={told !== null && told !== 'done'}
    >
      <p class="p-links">
        <a href={selectingPath.one(language, here.city, selection.id)}>{named(selection.name, view)}</a>
      </p>
      <p class="lead">
        {fill(w.scoreLead, { member: self === undefined ? member : named(self.name, view) })}
      </p>
      {isOpen ? null : <p class="told alarm">{w.ended}</p>}
      <form method="post" action={selectingPath.score(language, here.city, selection.id, page)}>
        {shown.map((candidate) => {
          const ballot = ballots.get(ballotStream(selection.id, candidate.id, member));
          const name = named(candidate.name, view);
          if (ballot?.kind === 'conflict')
            return (
              <fieldset>
                <legend>{name}</legend>
                <p class="told">
                  {fill(w.declared, { reason: ballot.reason === null ? '' : named(ballot.reason, view) })}
                </p>
              </fieldset>
            );
          const field = (key: string, fallback: string): string => typed.get(key) ?? fallback;
          return (
            <fieldset>
              <legend>
                {name}
                {candidate.field === undefined ? null : (
                  <span class="quiet small"> {named(candidate.field, view)}</span>
                )}
              </legend>
              <input type="hidden" name={`expected:${candidate.id}`} value={String(ballot?.seq ?? 0)} />
              <div class="scores">
                {selection.criteria.map((criterion) => {
                  const key = `score:${candidate.id}:${criterion.id}`;
                  return (
                    <label>
                      {named(criterion.name, view)}
                      {inBrackets(`0–${criterion.most}`, view.language)}
                      <input
                        name={key}
                        value={field(key, ballot?.scores[criterion.id] ?? '')}
                        inputmode="decimal"
                        maxlength={16}
                        disabled={!isOpen}
                      />
                    </label>
                  );
                })}
                <label>
                  {w.said}
                  <input
                    name={`said:${candidate.id}`}
                    value={field(`said:${candidate.id}`, ballot?.said ?? '')}
                    maxlength={2000}
                    disabled={!isOpen}
                  />
                </label>
                <label>
                  {w.interest}
                  <input
                    name={`interest:${candidate.id}`}
                    value={field(`interest:${candidate.id}`, '')}
                    maxlength={2000}
                    placeholder={w.interestHint}
                    disabled={!isOpen}
                  />
                </label>
              </div>
            </fieldset>
          );
        })}
        {isOpen ? (
          <p class="acts">
            <button type="submit" class="main" name="do" value="score">
              {w.save}
            </button>
          </p>
        ) : null}
      </form>
      <nav class="p-links" aria-label={w.candidates}>
        {Array.from({ length: pages }, (_, at) => at + 1).map((each) => (
          <a
            href={selectingPath.score(language, here.city, selection.id, each)}
            aria-current={each === page ? 'page' : undefined}
            aria-label={fill(w.page, { n: each, of: pages })}
          >
            {each}
          </a>
        ))}
      </nav>
    </OfficeFrame>
  );
}
