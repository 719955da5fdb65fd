import { formatValue, periodText } from '../../language/index.ts';
import { breakdownKey, type Commitment, decimal, type Plan, toFixed, yearOf } from '../../model/index.ts';
import { decompositions, type Standing, standingOf } from '../../plan/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { PlanPaths } from '../scenarios/projected-path.tsx';
import { named, type PlaceView } from '../view.ts';
import { counted, fill } from '../words.ts';
import { Cited } from './indicator.tsx';
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
      <p class="onscreen">
        <a href={`${address.plan(language, here.city, plan.id)}plan.csv`}>{planWords[language].export}</a>
      </p>
      <Assigned plan={plan} view={view} />
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
        <StandingMark standing={standing} view={view} />{' '}
        {target.citation === undefined ? null : (
          <Cited source={target.citation.source} locator={target.citation.locator} view={view} />
        )}
      </dd>
    </div>
  );
}

/** Where a target stands against the values of its indicator and the path that its stages ask for. */
function standingAt(target: Commitment['targets'][number], view: PlaceView, base: number | null): Standing {
  const { workspace } = view.here.place;
  const area = target.area ?? workspace.city.area;
  const series = workspace.observations.filter(
    (each) =>
      each.indicator === target.indicator && each.area === area && breakdownKey(each.breakdown) === '',
  );
  const stages = workspace.plans
    .flatMap(({ commitments }) => commitments.flatMap(({ targets }) => targets))
    .filter(
      (each) =>
        each !== target && each.indicator === target.indicator && (each.area ?? workspace.city.area) === area,
    );
  return standingOf(target, series, stages, base);
}

/** Shape and word first: ● met, ○ not met, ↗ on the path, ↘ behind it, ◌ nothing to compare. */
const standingShape = {
  met: '●',
  missed: '○',
  'on-track': '↗',
  behind: '↘',
  'no-number': '–',
  'not-reported': '◌',
} as const;

function StandingMark({ standing, view }: { readonly standing: Standing; readonly view: PlaceView }) {
  const w = planWords[view.language];
  const { kind, observed, required, reaches } = standing;
  if (kind === 'no-number') return null;
  const parts: string[] = [w[kind]];
  if (observed !== null && observed.value !== null)
    parts.push(fill(w.observed, { value: observed.value, when: periodText(observed.period, view.language) }));
  if (required !== null && (kind === 'on-track' || kind === 'behind'))
    parts.push(
      fill(w.required, { value: toFixed(decimal(required), Math.max(1, decimalsOf(observed?.value ?? ''))) }),
    );
  if (reaches !== null && kind !== 'met' && kind !== 'missed')
    parts.push(fill(w.chance, { n: Math.round(reaches * 100) }));
  return (
    <span class={`standing standing-${kind}`}>
      <span aria-hidden="true">{standingShape[kind]}</span> {parts.join(view.language === 'zh' ? '；' : '; ')}
    </span>
  );
}

const planWords = {
  en: {
    met: 'met',
    missed: 'not met',
    'on-track': 'on the required path',
    behind: 'behind the required path',
    'not-reported': 'no value to compare',
    observed: '{value} in {when}',
    required: 'the path asks for {value}',
    chance: 'chance of reaching it on the line so far: {n} %',
    summary:
      '{targets} staged targets: {met} met, {missed} not met, {on} on the required path, {behind} behind it, {none} without a value to compare, {words} in words only.',
    export: 'Download as CSV',
    promised: '{whole} promised, {assigned} assigned; nobody has taken on {gap}',
  },
  zh: {
    met: '已达标',
    missed: '未达标',
    'on-track': '符合所需进度',
    behind: '落后于所需进度',
    'not-reported': '无可比数值',
    observed: '{when}为{value}',
    required: '所需进度为{value}',
    chance: '按现有趋势达标的可能性：{n}%',
    summary:
      '分阶段目标{targets}项：已达标{met}项，未达标{missed}项，符合所需进度{on}项，落后{behind}项，无可比数值{none}项，仅有文字表述{words}项。',
    export: '下载CSV',
    promised: '承诺{whole}，已分解{assigned}；尚无人承担{gap}',
  },
} as const;

/** How many targets of a plan stand where, in one sentence. */
function PlanSummary({ plan, view }: { readonly plan: Plan; readonly view: PlaceView }) {
  const kinds = plan.commitments.flatMap(({ targets, start }) =>
    targets.map((target) => standingAt(target, view, start === undefined ? null : yearOf(start)).kind),
  );
  const n = (kind: Standing['kind']): number => kinds.filter((each) => each === kind).length;
  return (
    <p>
      {fill(planWords[view.language].summary, {
        targets: kinds.length,
        met: n('met'),
        missed: n('missed'),
        on: n('on-track'),
        behind: n('behind'),
        none: n('not-reported'),
        words: n('no-number'),
      })}
    </p>
  );
}

/** What districts have taken on of what the whole promises, where both stand in the plan. */
function Assigned({ plan, view }: { readonly plan: Plan; readonly view: PlaceView }) {
  const { workspace } = view.here.place;
  const found = decompositions(
    plan.commitments.flatMap(({ targets }) => targets),
    workspace.city.areas,
    new Map(workspace.indicators.map((indicator) => [indicator.id, indicator])),
    workspace.observations,
    workspace.city.area,
  ).filter(({ assigned }) => assigned !== null);
  if (found.length === 0) return null;
  return (
    <ul>
      {found.map(({ indicator, period, whole, assigned, gap }) => {
        const entry = view.here.entries.get(indicator);
        return (
          <li>
            {entry === undefined ? indicator : named(entry.indicator.name, view)},{' '}
            {periodText(period, view.language)}:{' '}
            {fill(planWords[view.language].promised, { whole, assigned: assigned ?? '', gap: gap ?? '' })}
          </li>
        );
      })}
    </ul>
  );
}

function decimalsOf(value: string): number {
  return value.includes('.') ? value.length - value.indexOf('.') - 1 : 0;
}
