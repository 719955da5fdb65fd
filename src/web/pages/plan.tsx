import { formatValue, periodText } from '../../language/index.ts';
import type { Commitment, Plan } from '../../model/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { PlanPaths } from '../scenarios/projected-path.tsx';
import { named, type PlaceView } from '../view.ts';
import { counted, fill } from '../words.ts';
import { Cited } from './indicator.tsx';
import { trailTo } from './indicators.tsx';

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
      <Branch of={children.get(undefined) ?? []} tree={children} view={view} depth={0} />
    </Page>
  );
}

const deepest = 12;

function Branch({
  of,
  tree,
  view,
  depth,
}: {
  readonly of: readonly Commitment[];
  readonly tree: ReadonlyMap<string | undefined, readonly Commitment[]>;
  readonly view: PlaceView;
  readonly depth: number;
}) {
  if (of.length === 0 || depth > deepest) return null;
  return (
    <ul class={depth === 0 ? 'tree' : undefined}>
      {of.map((commitment) => (
        <li id={commitment.id}>
          <Line commitment={commitment} view={view} />
          <Branch of={tree.get(commitment.id) ?? []} tree={tree} view={view} depth={depth + 1} />
        </li>
      ))}
    </ul>
  );
}

const kindWord = {
  goal: 'kindGoal',
  objective: 'kindObjective',
  task: 'kindTask',
  project: 'kindProject',
  mechanism: 'kindMechanism',
} as const;

function Line({ commitment, view }: { readonly commitment: Commitment; readonly view: PlaceView }) {
  const { t, language } = view;
  const { kind, name, due, start, state, targets, owner, budget, description, note, citation } = commitment;
  const when =
    due !== undefined
      ? fill(t.due, { when: periodText(due, language) })
      : start !== undefined
        ? fill(t.from, { when: periodText(start, language) })
        : '';
  const head = (
    <>
      <span class="kind">{t[kindWord[kind]]}</span>
      <span>{named(name, view)}</span>
      <span class="when">
        {[state === 'unknown' ? '' : t[`state_${state}`], when].filter((part) => part !== '').join(' · ')}
      </span>
    </>
  );
  const more =
    targets.length + budget.length > 0 ||
    owner !== undefined ||
    description !== undefined ||
    note !== undefined ||
    citation !== undefined;
  if (!more) return <div>{head}</div>;
  return (
    <details>
      <summary>{head}</summary>
      <div class="inside">
        {description === undefined ? null : <p>{named(description, view)}</p>}
        {note === undefined ? null : <p class="quiet">{named(note, view)}</p>}
        <dl class="facts">
          {owner === undefined ? null : (
            <div>
              <dt>{t.owner}</dt>
              <dd>{named(owner, view)}</dd>
            </div>
          )}
          {targets.map((target) => (
            <StagedTarget target={target} view={view} />
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
      </div>
    </details>
  );
}

const sign = { '>=': '≥ ', '<=': '≤ ', '>': '> ', '<': '< ', '=': '' } as const;

function StagedTarget({
  target,
  view,
}: {
  readonly target: Commitment['targets'][number];
  readonly view: PlaceView;
}) {
  const { here, t, language } = view;
  const entry = here.entries.get(target.indicator);
  return (
    <div>
      <dt>◇ {t.stagedTarget}</dt>
      <dd>
        <a href={address.indicator(language, here.city, target.indicator)}>
          {entry === undefined ? target.indicator : named(entry.indicator.name, view)}
        </a>
        {language === 'zh' ? '：' : ': '}
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
        {target.citation === undefined ? null : (
          <Cited source={target.citation.source} locator={target.citation.locator} view={view} />
        )}
      </dd>
    </div>
  );
}

function decimalsOf(value: string): number {
  return value.includes('.') ? value.length - value.indexOf('.') - 1 : 0;
}
