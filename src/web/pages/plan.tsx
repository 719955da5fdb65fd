import { colon, decimalsOf, formatValue, periodText } from '../../language/index.ts';
import { type Commitment, type Plan, yearOf } from '../../model/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { kindName } from '../plan/lines.ts';
import { planPath } from '../plan/paths.ts';
import { PlanSummary, StandingMark, standingAt } from '../plan/standing.tsx';
import { planWords } from '../plan/words.ts';
import { projectWords } from '../projects/words.ts';
import { rollingPath } from '../rolling/paths.ts';
import { rollingWords } from '../rolling/words.ts';
import { PlanPaths } from '../scenarios/projected-path.tsx';
import { named, type PlaceView } from '../view.ts';
import { counted, fill } from '../words.ts';
import { Cited } from './cited.tsx';
import { trailTo } from './indicators.tsx';
import { selectionWords } from './selection-words.ts';

export function PlansPage({ view }: { readonly view: PlaceView }) {
  const { here, t, language } = view;
  const { plans } = here.place.workspace;
  return (
    <Page view={view} title={t.plans} room="plan" trail={trailTo(view, { name: t.plans })}>
      <h1>{t.plans}</h1>
      {plans.length === 0 ? <p class="quiet">{t.noPlan}</p> : null}
      <ul class="plain">
        {plans.map((plan) => (
          <li>
            <a href={address.plan(language, here.city, plan.id)}>{named(plan.name, view)}</a>{' '}
            <span class="quiet">
              {plan.commitments.length} {counted(t, plan.commitments.length, 'commitments')}
            </span>
          </li>
        ))}
        {(here.place.workspace.portfolios ?? []).length === 0 ? null : (
          <li>
            <a href={address.room(language, here.city, 'projects')}>{projectWords[language].title}</a>
          </li>
        )}
        {(here.place.workspace.selections ?? []).map(({ id, name, candidates }) => (
          <li>
            <a href={address.selection(language, here.city, id)}>{named(name, view)}</a>{' '}
            <span class="quiet">{fill(selectionWords[language].summaryShort, { n: candidates.length })}</span>
          </li>
        ))}
      </ul>
    </Page>
  );
}

/** A plan as its tree, one line a commitment, opened in place. */
export function PlanPage({ plan, view }: { readonly plan: Plan; readonly view: PlaceView }) {
  const { here, t, language } = view;
  const name = named(plan.name, view);
  const children = new Map<string | undefined, Commitment[]>();
  const ids = new Set(plan.commitments.map(({ id }) => id));
  for (const commitment of plan.commitments) {
    const parent =
      commitment.parent !== undefined && ids.has(commitment.parent) ? commitment.parent : undefined;
    children.set(parent, [...(children.get(parent) ?? []), commitment]);
  }
  return (
    <Page
      view={view}
      title={name}
      room="plan"
      trail={trailTo(view, { name: t.plans, href: address.room(language, here.city, 'plan') }, { name })}
    >
      <h1>{name}</h1>
      <p class="quiet">
        {plan.commitments.length} {counted(t, plan.commitments.length, 'commitments')}
      </p>
      <PlanPaths view={view} />
      <PlanSummary plan={plan} view={view} />
      <PlanLinks plan={plan} view={view} />
      <Branch of={children.get(undefined) ?? []} tree={children} plan={plan} view={view} depth={0} />
    </Page>
  );
}

/** What can be done with a plan: taken out as a file, compared over time, worked on. */
function PlanLinks({ plan, view }: { readonly plan: Plan; readonly view: PlaceView }) {
  const { language, here } = view;
  const w = planWords[language];
  const base = address.plan(language, here.city, plan.id);
  return (
    <p class="onscreen p-links">
      <span>
        {w.download} <a href={`${base}plan.csv`}>CSV</a> <a href={`${base}plan.xlsx`}>XLSX</a>{' '}
        <a href={`${base}plan.yaml`}>YAML</a>
      </span>
      <a href={planPath.parts(language, here.city, plan.id)}>{w.parts}</a>
      <a href={rollingPath.page(language, here.city, plan.id)}>{rollingWords[language].title}</a>
      {view.live === true ? (
        <>
          <a href={planPath.changes(language, here.city, plan.id)}>{w.changes}</a>
          <a href={planPath.office(language, here.city, plan.id)}>{w.office}</a>
        </>
      ) : null}
    </p>
  );
}

const deepest = 12;

function Branch({
  of,
  tree,
  plan,
  view,
  depth,
}: {
  readonly of: readonly Commitment[];
  readonly tree: ReadonlyMap<string | undefined, readonly Commitment[]>;
  readonly plan: Plan;
  readonly view: PlaceView;
  readonly depth: number;
}) {
  if (of.length === 0 || depth > deepest) return null;
  return (
    <ul class={depth === 0 ? 'tree' : undefined}>
      {of.map((commitment) => (
        <li id={commitment.id}>
          <Line commitment={commitment} plan={plan} view={view} />
          <Branch of={tree.get(commitment.id) ?? []} tree={tree} plan={plan} view={view} depth={depth + 1} />
        </li>
      ))}
    </ul>
  );
}

function Line({
  commitment,
  plan,
  view,
}: {
  readonly commitment: Commitment;
  readonly plan: Plan;
  readonly view: PlaceView;
}) {
  const { t, language, here } = view;
  const w = planWords[language];
  const { kind, name, withdrawn, due, start, state, targets, owner, budget, description, note, citation } =
    commitment;
  const when =
    due !== undefined
      ? fill(t.due, { when: periodText(due, language) })
      : start !== undefined
        ? fill(t.from, { when: periodText(start, language) })
        : '';
  const head = (
    <>
      <span class="kind">{kindName(kind, view)}</span>
      <span>{withdrawn === undefined ? named(name, view) : <s>{named(name, view)}</s>}</span>
      <span class="when">
        {[
          withdrawn === undefined ? '' : `× ${w.withdrawn}`,
          state === 'unknown' ? '' : t[`state_${state}`],
          when,
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </span>
    </>
  );
  return (
    <details>
      <summary>{head}</summary>
      <div class="inside">
        {description === undefined ? null : <p>{named(description, view)}</p>}
        {note === undefined ? null : <p class="quiet">{named(note, view)}</p>}
        {withdrawn === undefined ? null : (
          <p>{fill(w.withdrawnOn, { when: withdrawn.on, reason: withdrawn.reason })}</p>
        )}
        <dl class="facts">
          {owner === undefined ? null : (
            <div>
              <dt>{t.owner}</dt>
              <dd>{named(owner, view)}</dd>
            </div>
          )}
          {targets.map((target) => (
            <StagedTarget target={target} view={view} base={start === undefined ? null : yearOf(start)} />
          ))}
          {budget.map((item) => (
            <div>
              <dt>{t.budget}</dt>
              <dd>
                {formatValue(
                  { value: item.amount, unit: item.unit, decimals: decimalsOf(item.amount) },
                  language,
                )}{' '}
                {item.source === undefined ? '' : <span class="quiet">{named(item.source, view)}</span>}
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
        <p class="small">
          <a href={planPath.commitment(language, here.city, plan.id, commitment.id)}>{w.pageOf}</a>
        </p>
      </div>
    </details>
  );
}

const sign = { '>=': '≥ ', '<=': '≤ ', '>': '> ', '<': '< ', '=': '' } as const;

function StagedTarget({
  target,
  view,
  base,
}: {
  readonly target: Commitment['targets'][number];
  readonly view: PlaceView;
  readonly base: number | null;
}) {
  const { here, t, language } = view;
  const entry = here.entries.get(target.indicator);
  const standing = standingAt(target, view, base);
  return (
    <div>
      <dt>◇ {t.stagedTarget}</dt>
      <dd>
        <a href={address.indicator(language, here.city, target.indicator)}>
          {entry === undefined ? target.indicator : named(entry.indicator.name, view)}
        </a>
        {colon(language)}
        {target.value === null ? (
          <span class="missing">{t.noNumber}</span>
        ) : (
          <b>
            {sign[target.comparator]}
            {formatValue(
              { value: target.value, unit: target.unit, decimals: decimalsOf(target.value) },
              language,
            )}
          </b>
        )}{' '}
        <span class="quiet">{periodText(target.period, language)}</span>{' '}
        <StandingMark standing={standing} view={view} />{' '}
        {target.citation === undefined ? null : (
          <Cited source={target.citation.source} locator={target.citation.locator} view={view} />
        )}
      </dd>
    </div>
  );
}
