import type { Context } from 'hono';
import { readPlanFile, readPlanRows } from '../../intake/index.ts';
import { colon } from '../../language/index.ts';
import type { Commitment, Plan } from '../../model/index.ts';
import { type ActOutcome, plannedActs, readActs, type WantedAct, writeActs } from '../../plan/index.ts';
import { contentOf, type Store } from '../../store/index.ts';
import type { Guard, Guarded } from '../guard.ts';
import type { Door } from '../sign-in/door.ts';
import { readForm } from '../sign-in/form.ts';
import { param, type Site } from '../site.ts';
import { named } from '../view.ts';
import { holds, roles } from '../who.ts';
import { fill } from '../words.ts';
import { EditPage, type EditState } from './edit-page.tsx';
import { faultText } from './faults.ts';
import { planWith, rowsOfCommitment, rowsOfForm } from './form.ts';
import { momentsInLog } from './history.ts';
import { planOf } from './mount.tsx';
import { PlanOfficePage } from './office-page.tsx';
import { planPath } from './paths.ts';
import { planWords } from './words.ts';

/** Most bytes of a plan that is sent as a file. */
const mostBytes = 10_000_000;

/** The plan in the office: adding, changing and withdrawing commitments, each with its reason; bringing in a table. */
export function mountPlanOffice(site: Site, door: Door, office: Guard, store: Store): void {
  const write = (
    { here, person }: Guarded,
    plan: Plan,
    reason: string,
    acts: readonly WantedAct[],
  ): Promise<ActOutcome> =>
    writeActs(
      store,
      here.place.workspace,
      plan.id,
      { id: person.id, name: person.name, now: door.now() },
      reason,
      acts,
    );
  // A reader may be shown the plan as it was before the last act: who works on it reads the log itself.
  const fresh = async ({ here }: Guarded, id: string): Promise<Plan | undefined> =>
    (await store.definitions(here.city))?.plans.find((plan) => plan.id === id);

  const showPlan = (
    at: Guarded,
    plan: Plan,
    told: string | null,
    faults: readonly string[] = [],
    status: 200 | 422 | 409 = 200,
  ) =>
    site.show(
      at.c,
      PlanOfficePage({ view: at.view, person: at.person, plan, told, alarm: status !== 200, faults }),
      status,
    );

  office.page('/plan/:plan/', roles, async (at) => {
    const plan = await fresh(at, param(at.c, 'plan'));
    return plan === undefined || planOf(at.view, plan.id) === undefined
      ? site.absent(at.c)
      : showPlan(at, plan, null);
  });

  office.form('/plan/:plan/', ['editor'], 'plan.bring', async (at) => {
    const { c, view, here, person } = at;
    const w = planWords[view.language];
    const plan = await fresh(at, param(c, 'plan'));
    if (plan === undefined) return site.absent(c);
    if (!holds(person, ['editor'], here.place.workspace.city.area))
      return showPlan(at, plan, w.mayNot, [], 409);
    const sent = await readUpload(c);
    if (sent === null) return showPlan(at, plan, w.fileMissing, [], 422);
    const read = readPlanFile(sent.name, sent.bytes, here.place.workspace);
    const errors = read.findings.filter(({ severity }) => severity === 'error');
    if (read.plan === null)
      return showPlan(
        at,
        plan,
        fill(w.faults, { n: errors.length }),
        errors.slice(0, 50).map((each) => faultText(each, w)),
        422,
      );
    if (read.plan.id !== plan.id) return showPlan(at, plan, fill(w.otherPlan, { id: read.plan.id }), [], 422);
    const reason = sent.reason.trim();
    const acts = plannedActs(
      plan,
      read.plan,
      sent.withdraw ? { on: door.now().toISOString().slice(0, 10), reason: reason || '–' } : null,
    );
    if (sent.act === 'check')
      return showPlan(
        at,
        plan,
        acts.length === 0
          ? w.wouldNot
          : fill(w.wouldChange, {
              n: acts.length,
              list: acts
                .slice(0, 40)
                .map(
                  ({ kind, commitment }) =>
                    `${w[`k_${kind}`]}${colon(view.language)}${named(commitment.name, view)}`,
                )
                .join(view.language === 'zh' ? '；' : '; '),
            }),
      );
    if (reason === '') return showPlan(at, plan, w.needReason, [], 422);
    const done = await write(at, plan, reason, acts);
    const after = (await fresh(at, plan.id)) ?? plan;
    if (done.outcome === 'stored') return showPlan(at, after, fill(w.broughtIn, { n: done.acts }));
    if (done.outcome === 'unchanged') return showPlan(at, after, w.unchanged);
    if (done.outcome === 'moved') return showPlan(at, after, w.moved, [], 409);
    return showPlan(
      at,
      after,
      fill(w.faults, { n: done.findings.length }),
      done.findings.map((each) => faultText(each, w)),
      422,
    );
  });

  const showEdit = async (
    at: Guarded,
    plan: Plan,
    commitment: Commitment | null,
    more: Partial<EditState>,
    status: 200 | 409 | 422 = 200,
  ): Promise<Response> => {
    const { view, person, here } = at;
    const acts = commitment === null ? [] : await readActs(store, here.city, plan.id, commitment.id);
    return site.show(
      at.c,
      EditPage({
        view,
        person,
        plan,
        commitment,
        rows: commitment === null ? [] : rowsOfCommitment(commitment),
        id: commitment?.id ?? '',
        expected: acts.reduce((most, { seq }) => Math.max(most, seq), 0),
        reason: '',
        moments: commitment === null ? [] : await momentsInLog(store, here.city, plan, commitment),
        faults: [],
        told: null,
        alarm: status !== 200,
        ...more,
      }),
      status,
    );
  };

  office.page('/plan/:plan/commitment/:id/', roles, async (at) => {
    const w = planWords[at.view.language];
    const plan = await fresh(at, param(at.c, 'plan'));
    const commitment = plan?.commitments.find(({ id }) => id === param(at.c, 'id'));
    if (plan === undefined || commitment === undefined) return site.absent(at.c);
    const said = { saved: w.savedNow, added: w.addedNow, withdrawn: w.withdrawnNow, restored: w.restoredNow };
    const told = Object.entries(said).find(([word]) => word === at.c.req.query('told'))?.[1] ?? null;
    return showEdit(at, plan, commitment, { told });
  });

  office.page('/plan/:plan/new/', ['editor'], async (at) => {
    const plan = await fresh(at, param(at.c, 'plan'));
    if (plan === undefined) return site.absent(at.c);
    const parent = at.c.req.query('parent') ?? '';
    return showEdit(at, plan, null, { rows: [{ parent, kind: 'task' }] });
  });

  office.form('/plan/:plan/new/', ['editor'], 'plan.add', async (at) => {
    const plan = await fresh(at, param(at.c, 'plan'));
    if (plan === undefined) return site.absent(at.c);
    const w = planWords[at.view.language];
    const form = await readForm(at.c);
    const id = form.text('id').trim();
    if (plan.commitments.some((each) => each.id === id))
      return showEdit(
        at,
        plan,
        null,
        { rows: rowsOfForm(form, id, null), id, reason: form.text('reason'), told: w.taken },
        422,
      );
    return save(at, plan, null, id, form);
  });

  office.form('/plan/:plan/commitment/:id/', ['editor'], 'plan.change', async (at) => {
    const plan = await fresh(at, param(at.c, 'plan'));
    const commitment = plan?.commitments.find(({ id }) => id === param(at.c, 'id'));
    if (plan === undefined || commitment === undefined) return site.absent(at.c);
    return save(at, plan, commitment, commitment.id, await readForm(at.c));
  });

  async function save(
    at: Guarded,
    plan: Plan,
    before: Commitment | null,
    id: string,
    form: Awaited<ReturnType<typeof readForm>>,
  ): Promise<Response> {
    const { view, here, person } = at;
    const w = planWords[view.language];
    const rows = rowsOfForm(form, id, before);
    const reason = form.text('reason').replace(/\r\n?/g, '\n').trim();
    const typed = { rows, id, reason };
    if (!holds(person, ['editor'], here.place.workspace.city.area))
      return showEdit(at, plan, before, { ...typed, told: w.mayNot }, 409);
    if (reason === '') return showEdit(at, plan, before, { ...typed, told: w.needReason }, 422);
    const wish = form.text('do');
    const read = readPlanRows(planWith(plan, id, rows), here.place.workspace);
    const now = read.plan?.commitments.find((each) => each.id === id);
    if (now === undefined) {
      const faults = read.findings.filter(({ severity }) => severity === 'error').slice(0, 20);
      return showEdit(
        at,
        plan,
        before,
        { ...typed, faults: faults.map((each) => faultText(each, w, true)) },
        422,
      );
    }
    const { withdrawn: gone, ...rest } = contentOf(now);
    const act: WantedAct =
      wish === 'withdraw'
        ? {
            kind: 'withdrawn',
            commitment: {
              ...contentOf(before ?? now),
              withdrawn: { on: door.now().toISOString().slice(0, 10), reason },
            },
          }
        : wish === 'restore'
          ? { kind: 'restored', commitment: rest }
          : {
              kind: before === null ? 'added' : 'changed',
              commitment: gone === undefined ? rest : { ...rest, withdrawn: gone },
            };
    if (before !== null && wish === 'save' && plannedActs(plan, { ...plan, commitments: [now] }).length === 0)
      return showEdit(at, plan, before, { ...typed, told: w.unchanged });
    const expected = Number(form.text('expected') || 'NaN');
    const done = await write(at, plan, reason, [
      { ...act, expected: Number.isSafeInteger(expected) ? expected : -1 },
    ]);
    if (done.outcome === 'stored') {
      const told = { added: 'added', changed: 'saved', withdrawn: 'withdrawn', restored: 'restored' }[
        act.kind
      ];
      return at.c.redirect(`${planPath.edit(view.language, here.city, plan.id, id)}?told=${told}`, 303);
    }
    const after = (await fresh(at, plan.id)) ?? plan;
    const present = after.commitments.find((each) => each.id === id) ?? before;
    if (done.outcome === 'refused')
      return showEdit(
        at,
        after,
        present,
        { ...typed, faults: done.findings.map((each) => faultText(each, w, true)) },
        422,
      );
    return showEdit(
      at,
      after,
      present,
      { ...typed, told: done.outcome === 'moved' ? w.moved : w.unchanged },
      409,
    );
  }
}

interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly act: 'check' | 'bring';
  readonly reason: string;
  readonly withdraw: boolean;
}

async function readUpload(c: Context): Promise<Upload | null> {
  const length = Number(c.req.header('content-length') ?? '0');
  if (!(length > 0 && length <= mostBytes + 100_000)) return null;
  const { file, do: act, reason, withdraw } = await c.req.parseBody();
  if (!(file instanceof File) || file.size === 0 || file.size > mostBytes) return null;
  return {
    name: file.name.replace(/^.*[\\/]/, '').slice(-120),
    bytes: new Uint8Array(await file.arrayBuffer()),
    act: act === 'bring' ? 'bring' : 'check',
    reason: typeof reason === 'string' ? reason.slice(0, 4000) : '',
    withdraw: withdraw === 'on',
  };
}
