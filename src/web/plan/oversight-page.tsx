import { periodText } from '../../language/index.ts';
import type { Commitment, Plan } from '../../model/index.ts';
import { answerableFor, isUnanswered, type Oversight, overdueCommitments } from '../../plan/index.ts';
import { OfficeFrame } from '../office/frame.tsx';
import { areaName, named, type PlaceView } from '../view.ts';
import { holds, type Person } from '../who.ts';
import { fill } from '../words.ts';
import { answersFor, leaders, type OversightCame } from './oversight.ts';
import { oversightWords } from './oversight-words.ts';
import { planPath } from './paths.ts';

interface Props {
  readonly view: PlaceView;
  readonly person: Person;
  readonly plan: Plan;
  readonly day: string;
}

/** What of a plan is overdue, what is under supervision, what was. */
export function OversightsPage({
  view,
  person,
  plan,
  day,
  oversights,
}: Props & { readonly oversights: ReadonlyMap<string, Oversight> }) {
  const { language, here } = view;
  const w = oversightWords[language];
  const known = plan.commitments.flatMap((commitment) => {
    const oversight = oversights.get(commitment.id);
    return oversight === undefined ? [] : [{ commitment, oversight }];
  });
  const open = known.filter(({ oversight }) => oversight.kind !== 'closed');
  const closed = known.filter(({ oversight }) => oversight.kind === 'closed');
  const isOpen = new Set(open.map(({ commitment }) => commitment.id));
  const overdue = overdueCommitments(plan, day).filter(({ id }) => !isOpen.has(id));
  const link = ({ id, name }: Commitment) => (
    <a href={planPath.oversight(language, here.city, plan.id, id)}>{named(name, view)}</a>
  );
  return (
    <OfficeFrame view={view} person={person} title={w.title}>
      <p class="p-links">
        <a href={planPath.office(language, here.city, plan.id)}>{named(plan.name, view)}</a>
      </p>
      <p class="lead">{w.lead}</p>
      <section id="open">
        <h2>{w.open}</h2>
        {open.length === 0 ? (
          <p class="quiet">{w.openNone}</p>
        ) : (
          <Table plan={plan} rows={open} day={day} link={link} view={view} />
        )}
      </section>
      <section id="overdue">
        <h2>{w.overdue}</h2>
        <p class="quiet">{w.overdueText}</p>
        {overdue.length === 0 ? (
          <p>{w.overdueNone}</p>
        ) : (
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">{w.commitment}</th>
                <th scope="col">{w.due}</th>
                <th scope="col">{w.owner}</th>
              </tr>
            </thead>
            <tbody>
              {overdue.map((commitment) => (
                <tr>
                  <th scope="row">{link(commitment)}</th>
                  <td data-label={w.due}>
                    {commitment.due === undefined ? '–' : periodText(commitment.due, language)}
                  </td>
                  <td data-label={w.owner}>{ownerText(plan, commitment, view)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      {closed.length === 0 ? null : (
        <section id="closed">
          <h2>{w.closed}</h2>
          <Table plan={plan} rows={closed} day={day} link={link} view={view} />
        </section>
      )}
    </OfficeFrame>
  );
}

/** Who is named, and who is asked: the same, or the nearest one above, or who keeps the plan. */
function ownerText(plan: Plan, commitment: Commitment, view: PlaceView): string {
  const w = oversightWords[view.language];
  const { owner, department, area } = commitment;
  const who = answerableFor(plan, commitment);
  const isOwn = department !== undefined || area !== undefined;
  const asked = 'department' in who ? who.department : 'area' in who ? areaName(view, who.area) : w.keepers;
  if (owner === undefined && !isOwn && 'keepers' in who) return w.none;
  return [
    ...(owner === undefined ? [] : [named(owner, view)]),
    ...(isOwn && department !== undefined && area !== undefined ? [areaName(view, area)] : []),
    isOwn ? asked : fill(w.by, { who: asked }),
  ].join(' · ');
}

function Table({
  plan,
  rows,
  day,
  link,
  view,
}: {
  readonly plan: Plan;
  readonly rows: readonly { readonly commitment: Commitment; readonly oversight: Oversight }[];
  readonly day: string;
  readonly link: (commitment: Commitment) => unknown;
  readonly view: PlaceView;
}) {
  const w = oversightWords[view.language];
  return (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">{w.commitment}</th>
          <th scope="col">{w.state}</th>
          <th scope="col">{w.until}</th>
          <th scope="col">{w.owner}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ commitment, oversight }) => (
          <tr>
            <th scope="row">{link(commitment)}</th>
            <td data-label={w.state}>
              {w[`s_${oversight.kind}`]}
              {isUnanswered(oversight, day) ? (
                <span class="standing standing-missed"> ○ {w.late}</span>
              ) : null}
            </td>
            <td data-label={w.until}>{periodText(oversight.until, view.language)}</td>
            <td data-label={w.owner}>{ownerText(plan, commitment, view)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The supervision of one commitment: what happened, and the steps of who looks. */
export function OversightPage({
  view,
  person,
  plan,
  day,
  commitment,
  oversight,
  told,
  typed,
}: Props & {
  readonly commitment: Commitment;
  readonly oversight: Oversight | null;
  readonly told: OversightCame | null;
  readonly typed: string;
}) {
  const { language, here } = view;
  const w = oversightWords[language];
  const mayLead = holds(person, leaders, here.place.workspace.city.area);
  const mayAnswer = answersFor(person, plan, commitment, here.place.workspace.city.area);
  const isOpen = oversight !== null && oversight.kind !== 'closed';
  const acts = [
    ...(mayAnswer && isOpen ? [['answered', w.answer] as const] : []),
    ...(mayLead && isOpen
      ? ([
          ['reminded', w.remind],
          ['escalated', w.escalate],
          ['closed', w.close],
        ] as const)
      : []),
    ...(mayLead && !isOpen ? [['issued', w.issue] as const] : []),
  ];
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={fill(w.titleOf, { name: named(commitment.name, view) })}
      told={told === null ? null : told === 'done' ? w.done : w[`x_${told}`]}
      alarm={told !== null && told !== 'done'}
    >
      <p class="p-links">
        <a href={planPath.oversights(language, here.city, plan.id)}>{w.title}</a>
        <a href={planPath.commitment(language, here.city, plan.id, commitment.id)}>{w.page}</a>
      </p>
      <dl class="facts">
        <div>
          <dt>{w.due}</dt>
          <dd>{commitment.due === undefined ? '–' : periodText(commitment.due, language)}</dd>
        </div>
        <div>
          <dt>{w.owner}</dt>
          <dd>{ownerText(plan, commitment, view)}</dd>
        </div>
        {oversight === null ? null : (
          <div>
            <dt>{w.state}</dt>
            <dd>
              {w[`s_${oversight.kind}`]} · {w.until} {periodText(oversight.until, language)}
              {isUnanswered(oversight, day) ? (
                <span class="standing standing-missed"> ○ {w.late}</span>
              ) : null}
            </dd>
          </div>
        )}
      </dl>
      <section id="happened">
        <h2>{w.happened}</h2>
        {oversight === null ? <p class="quiet">{w.nothing}</p> : null}
        <ol class="plain happened">
          {(oversight?.events ?? []).map(({ kind, occurred, actor, body, position }) => (
            <li>
              <time datetime={occurred}>{occurred.slice(0, 16).replace('T', ' ')}</time> {actor ?? ''} ·{' '}
              <strong>{stepName(kind, w)}</strong>
              {typeof body.said === 'string' && body.said !== '' ? ` · ${body.said}` : ''}{' '}
              <small class="quiet">№ {position}</small>
            </li>
          ))}
        </ol>
        {acts.length === 0 ? null : (
          <form method="post" class="door">
            <input type="hidden" name="expected" value={String(oversight?.seq ?? 0)} />
            {isOpen ? null : (
              <p class="field">
                <label for="until">{w.untilLabel}</label>
                <input id="until" name="until" type="date" min={day} required />
              </p>
            )}
            <p class="field">
              <label for="said">{w.said}</label>
              <textarea id="said" name="said" rows={3} maxlength={2000}>
                {typed}
              </textarea>
            </p>
            <p class="acts">
              {acts.map(([kind, label]) => (
                <>
                  <button type="submit" name="do" value={kind}>
                    {label}
                  </button>{' '}
                </>
              ))}
            </p>
          </form>
        )}
      </section>
    </OfficeFrame>
  );
}

const stepName = (kind: string, w: (typeof oversightWords)['en' | 'zh']): string =>
  kind === 'issued' || kind === 'answered' || kind === 'reminded' || kind === 'escalated' || kind === 'closed'
    ? w[`s_${kind}`]
    : kind;
