import { type Commitment, type Plan, yearOf } from '../../model/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { Cited } from '../pages/cited.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { projectPath } from '../projects/paths.ts';
import { projectWords } from '../projects/words.ts';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import type { Moment } from './history.ts';
import { HistoryPart } from './history-part.tsx';
import { fields, kindName, linesOf, targetLine } from './lines.ts';
import { PathPart } from './path-part.tsx';
import { planPath } from './paths.ts';
import { StandingMark, standingAt } from './standing.tsx';
import { planWords } from './words.ts';

/** Shown by the page itself in other places. */
const apart: ReadonlySet<string> = new Set([
  'name',
  'kind',
  'parent',
  'description',
  'note',
  'targets',
  'citation',
  'withdrawn',
]);

/** One commitment: what it promises and where that stands, the path to it, and everything it said before. */
export function CommitmentPage({
  plan,
  commitment,
  moments,
  view,
}: {
  readonly plan: Plan;
  readonly commitment: Commitment;
  readonly moments: readonly Moment[];
  readonly view: PlaceView;
}) {
  const { t, language, here } = view;
  const w = planWords[language];
  const p = projectWords[language];
  const projects = (here.place.workspace.portfolios ?? [])
    .flatMap((each) => each.projects)
    .filter((each) => each.commitment?.plan === plan.id && each.commitment.id === commitment.id);
  const name = named(commitment.name, view);
  const parent = plan.commitments.find(({ id }) => id === commitment.parent);
  const below = plan.commitments.filter((each) => each.parent === commitment.id);
  const base = commitment.start === undefined ? null : yearOf(commitment.start);
  const { description, note, citation, withdrawn } = commitment;
  const numbered = commitment.targets.filter(
    ({ value, period }) => value !== null && yearOf(period) !== null,
  );
  const drawn = numbered.filter(
    (target, at) =>
      numbered.findIndex((each) => each.indicator === target.indicator && each.area === target.area) === at,
  );
  return (
    <Page
      view={view}
      title={name}
      room="plan"
      trail={trailTo(
        view,
        { name: t.plans, href: address.room(language, here.city, 'plan') },
        { name: named(plan.name, view), href: address.plan(language, here.city, plan.id) },
        { name: w.commitment },
      )}
    >
      <p class="quiet p-kind">{kindName(commitment.kind, view)}</p>
      <h1>{withdrawn === undefined ? name : <s>{name}</s>}</h1>
      {withdrawn === undefined ? null : (
        <p class="told alarm">{fill(w.withdrawnOn, { when: withdrawn.on, reason: withdrawn.reason })}</p>
      )}
      {description === undefined ? null : <p class="lead">{named(description, view)}</p>}
      {note === undefined ? null : <p class="quiet">{named(note, view)}</p>}
      <dl class="facts">
        {parent === undefined ? null : (
          <div>
            <dt>{w.above}</dt>
            <dd>
              <a href={planPath.commitment(language, here.city, plan.id, parent.id)}>
                {named(parent.name, view)}
              </a>
            </dd>
          </div>
        )}
        {fields
          .filter((field) => !apart.has(field))
          .map((field) => {
            const lines = linesOf(field, commitment, view);
            return lines.length === 0 ? null : (
              <div>
                <dt>{w[`f_${field}`]}</dt>
                <dd>{lines.map((line) => (lines.length === 1 ? line : <p>{line}</p>))}</dd>
              </div>
            );
          })}
        {commitment.targets.map((target) => (
          <div>
            <dt>◇ {t.stagedTarget}</dt>
            <dd>
              <a href={address.indicator(language, here.city, target.indicator)}>
                {targetLine(target, view)}
              </a>{' '}
              <StandingMark standing={standingAt(target, view, base)} view={view} />{' '}
              {target.citation === undefined ? null : (
                <Cited source={target.citation.source} locator={target.citation.locator} view={view} />
              )}
            </dd>
          </div>
        ))}
        {citation === undefined ? null : (
          <div>
            <dt>{t.source}</dt>
            <dd>
              <Cited source={citation.source} locator={citation.locator} view={view} />
            </dd>
          </div>
        )}
      </dl>
      {view.live === true ? (
        <p class="onscreen">
          <a href={planPath.edit(language, here.city, plan.id, commitment.id)}>{w.edit}</a>
        </p>
      ) : null}
      {drawn.length === 0 ? null : (
        <section id="path">
          <h2>{w.path}</h2>
          <p class="small quiet">{w.pathHint}</p>
          {drawn.map((target) => (
            <PathPart target={target} base={base} view={view} />
          ))}
        </section>
      )}
      {projects.length === 0 && view.live !== true ? null : (
        <section id="projects">
          <h2>{p.carriedOut}</h2>
          <ul>
            {projects.map((each) => (
              <li>
                <a href={address.project(language, here.city, each.id)}>{named(each.name, view)}</a>
              </li>
            ))}
          </ul>
          {view.live === true ? (
            <p class="onscreen">
              <a
                href={projectPath.add(
                  language,
                  here.city,
                  `commitment=${encodeURIComponent(`${plan.id} ${commitment.id}`)}`,
                )}
              >
                {p.addProject}
              </a>
            </p>
          ) : null}
        </section>
      )}
      {below.length === 0 ? null : (
        <section id="below">
          <h2>{w.below}</h2>
          <ul class="tree">
            {below.map((each) => (
              <li>
                <div>
                  <span class="kind">{kindName(each.kind, view)}</span>
                  <a href={planPath.commitment(language, here.city, plan.id, each.id)}>
                    {each.withdrawn === undefined ? named(each.name, view) : <s>{named(each.name, view)}</s>}
                  </a>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      <HistoryPart moments={moments} view={view} />
    </Page>
  );
}
