import { stageRows } from '../../plan/index.ts';
import type { Store } from '../../store/index.ts';
import { problem } from '../api/problem.ts';
import type { Guard, Guarded } from '../guard.ts';
import { withValues } from '../plan/values.ts';
import { declareRule } from '../rules.ts';
import type { Door } from '../sign-in/door.ts';
import { readForm } from '../sign-in/form.ts';
import { param, type Site } from '../site.ts';
import { holds, roles } from '../who.ts';
import { type AdjustOutcome, decide, propose, readAdjustments } from './adjust.ts';
import { type DeskState, RollingDeskPage, RollingPage } from './pages.tsx';
import { rollingPath } from './paths.ts';

/** The plan at its present stage, for readers: a page, and the same as JSON. */
export function mountRolling(site: Site): void {
  const { store } = site;
  site.room('/plan/:id/rolling/', async (view, c) => {
    const { workspace } = view.here.place;
    const plan = workspace.plans.find(({ id }) => id === param(c, 'id'));
    if (plan === undefined) return null;
    // Decisions come while the server runs.
    if (store !== undefined) c.header('cache-control', 'no-store');
    const adjustments = store === undefined ? null : await readAdjustments(store, view.here.city, plan.id);
    return (
      <RollingPage
        plan={plan}
        rows={stageRows(plan, withValues(view.here))}
        adjustments={adjustments}
        view={view}
      />
    );
  });
  const path = '/api/places/:city/plans/:id/rolling';
  declareRule(site.app, 'GET', path, 'anyone');
  site.app.get(path, async (c) => {
    const here = site.placeOf(c);
    const plan = here?.place.workspace.plans.find(({ id }) => id === param(c, 'id'));
    if (here === undefined || plan === undefined)
      return problem(c, 404, 'There is no such plan', new URL(c.req.url).pathname);
    c.header('access-control-allow-origin', '*');
    if (store !== undefined) c.header('cache-control', 'no-store');
    const adjustments = store === undefined ? [] : await readAdjustments(store, here.city, plan.id);
    return c.json({
      plan: plan.id,
      asOf: here.place.asOf,
      targets: stageRows(plan, withValues(here)).map(({ key, target, commitments, standing, projected }) => ({
        key,
        ...target,
        commitments: commitments.map(({ id }) => id),
        standing: standing.kind,
        observed:
          standing.observed === null
            ? null
            : { period: standing.observed.period, value: standing.observed.value },
        required: standing.required,
        chance: standing.reaches,
        projected,
      })),
      decisions: adjustments
        .filter(({ state }) => state === 'accepted' || state === 'refused')
        .map(({ key, value, reason, state, name, at, decided }) => ({
          key,
          value,
          reason,
          state,
          name,
          at,
          decided,
        })),
    });
  });
}

const statusOf = { done: 200, rights: 403, own: 409, state: 409, form: 422, unapplied: 409 } as const;

/** The same in the office: adjustments proposed and decided, their effect on the whole in view before each. */
export function mountRollingOffice(site: Site, door: Door, office: Guard, store: Store): void {
  // Whoever decides reads the log itself: the shown place may be a moment older.
  async function deskOf(
    at: Guarded,
  ): Promise<Pick<DeskState, 'plan' | 'workspace' | 'rows' | 'adjustments'> | null> {
    const { here, person } = at;
    const { workspace: shown } = here.place;
    if (!holds(person, roles, shown.city.area)) return null;
    const plans = (await store.definitions(here.city))?.plans ?? [];
    const plan = plans.find(({ id }) => id === param(at.c, 'plan'));
    if (plan === undefined) return null;
    const workspace = withValues(here, plans);
    const adjustments = await readAdjustments(store, here.city, plan.id);
    return { plan, workspace, rows: stageRows(plan, workspace), adjustments };
  }
  const show = (at: Guarded, state: DeskState) =>
    site.show(
      at.c,
      RollingDeskPage({ view: at.view, person: at.person, state }),
      statusOf[state.told ?? 'done'],
    );

  office.page('/rolling/:plan/', roles, async (at) => {
    const desk = await deskOf(at);
    if (desk === null) return site.absent(at.c);
    const row = desk.rows.find(({ key }) => key === at.c.req.query('key'));
    const draft = row === undefined ? null : { key: row.key, value: row.target.value ?? '', reason: '' };
    return show(at, { ...desk, draft, told: at.c.req.query('told') === 'done' ? 'done' : null });
  });
  office.form('/rolling/:plan/', ['editor', 'reporter', 'approver'], 'plan.adjust', async (at) => {
    const desk = await deskOf(at);
    if (desk === null) return site.absent(at.c);
    const form = await readForm(at.c);
    const kind = form.text('do');
    const typed = { key: form.text('key'), value: form.text('value').trim(), reason: form.text('reason') };
    if (kind === 'show') return show(at, { ...desk, draft: typed, told: null });
    const context = { store, workspace: desk.workspace, person: at.person, now: door.now() };
    let came: AdjustOutcome = 'form';
    if (kind === 'proposed') came = await propose(context, { plan: desk.plan.id, ...typed });
    else if (kind === 'accepted' || kind === 'refused' || kind === 'retracted') {
      const adjustment = desk.adjustments.find(({ id }) => id === form.text('adjustment'));
      came = adjustment === undefined ? 'state' : await decide(context, adjustment, kind, form.text('said'));
    }
    if (came === 'done')
      return at.c.redirect(
        `${rollingPath.office(at.view.language, at.here.city, desk.plan.id)}?told=done`,
        303,
      );
    return show(at, {
      ...((await deskOf(at)) ?? desk),
      draft: kind === 'proposed' ? typed : null,
      told: came,
    });
  });
}
