import { colon, unitHead } from '../../language/index.ts';
import { type Plan, yearOf } from '../../model/index.ts';
import { type Adjustment, effectOf, planWithTarget, type StageRow } from '../../plan/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { OfficeFrame } from '../office/frame.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { PathPart } from '../plan/path-part.tsx';
import type { PlannedPlace } from '../plan/values.ts';
import { planWords } from '../plan/words.ts';
import { named, type PlaceView } from '../view.ts';
import { holds, type Person } from '../who.ts';
import { type AdjustOutcome, effectNow, isPlainNumber } from './adjust.ts';
import { rollingPath } from './paths.ts';
import { AdjustmentText, EffectText, StageTable, targetName } from './stage-table.tsx';
import { rollingWords } from './words.ts';

/** A table of targets without one value reads like a fault of the program: says that the sources give none. */
function NothingObserved({ rows, view }: { readonly rows: readonly StageRow[]; readonly view: PlaceView }) {
  return rows.some(({ standing }) => standing.observed !== null) ? null : (
    <p class="quiet">{planWords[view.language].pathNone}</p>
  );
}

/** The plan at this stage, for readers: every target with what is, what is required and what is projected; what was decided. */
export function RollingPage({
  plan,
  rows,
  adjustments,
  view,
}: {
  readonly plan: Plan;
  readonly rows: readonly StageRow[];
  readonly adjustments: readonly Adjustment[] | null;
  readonly view: PlaceView;
}) {
  const { language, here, t } = view;
  const w = rollingWords[language];
  const decided = (adjustments ?? []).filter(({ state }) => state === 'accepted' || state === 'refused');
  return (
    <Page
      view={view}
      title={w.title}
      room="plan"
      trail={trailTo(
        view,
        { name: t.plans, href: address.room(language, here.city, 'plan') },
        { name: named(plan.name, view), href: address.plan(language, here.city, plan.id) },
        { name: w.title },
      )}
    >
      <h1>{w.title}</h1>
      <p>{w.lead}</p>
      <NothingObserved rows={rows} view={view} />
      <StageTable plan={plan} rows={rows} action={null} view={view} />
      {decided.length === 0 ? null : (
        <section id="decisions">
          <h2>{w.decided}</h2>
          {decided.map((adjustment) => (
            <AdjustmentText adjustment={adjustment} view={view} />
          ))}
        </section>
      )}
      <p>
        <a href={address.api('places', here.city, 'plans', plan.id, 'rolling')}>{w.json}</a>
        {adjustments === null ? null : (
          <>
            {' · '}
            <a href={rollingPath.office(language, here.city, plan.id)}>{w.office}</a>
          </>
        )}
      </p>
    </Page>
  );
}

export interface DeskState {
  readonly plan: Plan;
  readonly workspace: PlannedPlace;
  readonly rows: readonly StageRow[];
  readonly adjustments: readonly Adjustment[];
  /** The target whose adjustment is being written, with what was typed; null: none. */
  readonly draft: { readonly key: string; readonly value: string; readonly reason: string } | null;
  readonly told: AdjustOutcome | null;
}

/** The desk of a plan's rolling assessment: propose with the effect in view, decide with the effect in view. */
export function RollingDeskPage({
  view,
  person,
  state,
}: {
  readonly view: PlaceView;
  readonly person: Person;
  readonly state: DeskState;
}) {
  const { plan, workspace, rows, adjustments, draft, told } = state;
  const w = rollingWords[view.language];
  const action = rollingPath.office(view.language, view.here.city, plan.id);
  const open = adjustments.filter((each) => each.state === 'proposed');
  const decided = adjustments.filter((each) => each.state !== 'proposed');
  const mayDecide = holds(person, ['approver'], workspace.city.area);
  const mayPropose = holds(person, ['editor', 'reporter'], workspace.city.area);
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={`${w.title}${colon(view.language)}${named(plan.name, view)}`}
      told={told === null ? null : told === 'done' ? w.done : w[`x_${told}`]}
      alarm={told !== null && told !== 'done'}
    >
      <Draft {...{ draft, rows, state, action, view }} />
      <section id="open">
        <h2>{w.open}</h2>
        {open.length === 0 ? <p class="quiet">{w.noOpen}</p> : null}
        {open.map((adjustment) => (
          <article>
            <AdjustmentText adjustment={adjustment} view={view} />
            <EffectText effect={effectNow(workspace, adjustment)} view={view} />
            {mayDecide || adjustment.by === person.id ? (
              <form method="post" action={action}>
                <input type="hidden" name="adjustment" value={adjustment.id} />
                {mayDecide && adjustment.by !== person.id ? (
                  <>
                    <p class="field">
                      <label for={`said-${adjustment.id}`}>{w.said}</label>
                      <textarea id={`said-${adjustment.id}`} name="said" rows={2} maxlength={2000} />
                    </p>
                    <p class="quiet">{w.keeps}</p>
                    <p class="acts">
                      <button type="submit" name="do" value="accepted" class="main">
                        {w.accept}
                      </button>
                      <button type="submit" name="do" value="refused">
                        {w.refuse}
                      </button>
                    </p>
                  </>
                ) : (
                  <p class="acts">
                    <button type="submit" name="do" value="retracted">
                      {w.retract}
                    </button>
                  </p>
                )}
              </form>
            ) : null}
          </article>
        ))}
      </section>
      <section id="stage">
        <h2>{w.title}</h2>
        <NothingObserved rows={state.rows} view={view} />
        <StageTable
          plan={plan}
          rows={rows}
          action={mayPropose ? (key) => `${action}?key=${encodeURIComponent(key)}` : null}
          view={view}
        />
      </section>
      {decided.length === 0 ? null : (
        <section id="decisions">
          <h2>{w.decided}</h2>
          {decided.map((adjustment) => (
            <AdjustmentText adjustment={adjustment} view={view} />
          ))}
        </section>
      )}
    </OfficeFrame>
  );
}

/** The path that the target would ask for, against what is observed and where the line so far leads. */
function ProposedPath({
  draft,
  row,
  state: { plan, workspace },
  view,
}: {
  readonly draft: NonNullable<DeskState['draft']>;
  readonly row: StageRow;
  readonly state: DeskState;
  readonly view: PlaceView;
}) {
  if (!isPlainNumber(draft.value) || row.standing.observed === null) return null;
  const changed = planWithTarget(plan, workspace.city.area, draft.key, draft.value);
  const start = row.commitments.find((each) => each.start !== undefined)?.start;
  return (
    <PathPart
      target={{ ...row.target, value: draft.value }}
      base={start === undefined ? null : yearOf(start)}
      plans={workspace.plans.map((each) => (each.id === plan.id ? changed : each))}
      view={view}
    />
  );
}

function Draft({
  draft,
  rows,
  state,
  action,
  view,
}: {
  readonly draft: DeskState['draft'];
  readonly rows: readonly StageRow[];
  readonly state: DeskState;
  readonly action: string;
  readonly view: PlaceView;
}) {
  const w = rollingWords[view.language];
  const row = rows.find(({ key }) => key === draft?.key);
  if (draft === null || row === undefined) return null;
  return (
    <section id="draft">
      <h2>{w.adjust}</h2>
      <p>
        <strong>{targetName(row, view)}</strong>
      </p>
      {isPlainNumber(draft.value) && draft.value !== row.target.value ? (
        <EffectText effect={effectOf(state.plan, state.workspace, draft.key, draft.value)} view={view} />
      ) : null}
      <ProposedPath draft={draft} row={row} state={state} view={view} />
      <form method="post" action={action}>
        <input type="hidden" name="key" value={draft.key} />
        <p class="field">
          <label for="value">
            {w.value.replace('{unit}', unitHead(row.target.unit, view.language) || '1')}
          </label>
          <input id="value" name="value" value={draft.value} inputmode="decimal" maxlength={60} required />
        </p>
        <p class="field">
          <label for="reason">{w.reason}</label>
          <textarea id="reason" name="reason" rows={3} maxlength={2000}>
            {draft.reason}
          </textarea>
        </p>
        <p class="acts">
          <button type="submit" name="do" value="show">
            {w.show}
          </button>
          <button type="submit" name="do" value="proposed" class="main">
            {w.propose}
          </button>
        </p>
      </form>
    </section>
  );
}
