import { oversightKinds } from '../../plan/index.ts';
import type { Store } from '../../store/index.ts';
import type { Guard, Guarded } from '../guard.ts';
import type { Door } from '../sign-in/door.ts';
import { readForm } from '../sign-in/form.ts';
import { param, type Site } from '../site.ts';
import { roles } from '../who.ts';
import { type OversightCame, oversee, readOversights } from './oversight.ts';
import { OversightPage, OversightsPage } from './oversight-page.tsx';
import { planPath } from './paths.ts';

const statusOf = { done: 200, rights: 403, state: 409, form: 422, moved: 409 } as const;

/** Supervision of single commitments and of what is overdue: issue, answer, remind, take higher, close. */
export function mountOversight(site: Site, door: Door, office: Guard, store: Store): void {
  const day = (): string => door.now().toISOString().slice(0, 10);
  const planOf = async (at: Guarded) =>
    (await store.definitions(at.here.city))?.plans.find(({ id }) => id === param(at.c, 'plan'));
  const one = async (at: Guarded) => {
    const plan = await planOf(at);
    const commitment = plan?.commitments.find(({ id }) => id === param(at.c, 'commitment'));
    if (plan === undefined || commitment === undefined) return null;
    const oversight = (await readOversights(store, at.here.city, plan.id)).get(commitment.id) ?? null;
    return { plan, commitment, oversight };
  };
  const show = (
    at: Guarded,
    found: NonNullable<Awaited<ReturnType<typeof one>>>,
    told: OversightCame | null,
    typed = '',
  ) =>
    site.show(
      at.c,
      OversightPage({ view: at.view, person: at.person, day: day(), ...found, told, typed }),
      statusOf[told ?? 'done'],
    );

  office.page('/plan/:plan/oversight/', roles, async (at) => {
    const plan = await planOf(at);
    if (plan === undefined) return site.absent(at.c);
    const oversights = await readOversights(store, at.here.city, plan.id);
    return site.show(
      at.c,
      OversightsPage({ view: at.view, person: at.person, plan, day: day(), oversights }),
    );
  });
  office.page('/plan/:plan/oversight/:commitment/', roles, async (at) => {
    const found = await one(at);
    if (found === null) return site.absent(at.c);
    return show(at, found, at.c.req.query('told') === 'done' ? 'done' : null);
  });
  office.form('/plan/:plan/oversight/:commitment/', roles, 'oversight.step', async (at) => {
    const found = await one(at);
    if (found === null) return site.absent(at.c);
    const { plan, commitment } = found;
    const form = await readForm(at.c);
    const kind = oversightKinds.find((each) => each === form.text('do'));
    const said = form.text('said').replace(/\r\n?/g, '\n').trim().slice(0, 2000);
    const expected = Number(form.text('expected') || 'NaN');
    const came =
      kind === undefined
        ? 'form'
        : await oversee(
            {
              store,
              people: door.people,
              city: at.here.city,
              area: at.here.place.workspace.city.area,
              person: at.person,
              now: door.now(),
            },
            plan,
            commitment,
            kind,
            Number.isSafeInteger(expected) ? expected : -1,
            said,
            form.text('until').trim(),
          );
    if (came !== 'done') return show(at, (await one(at)) ?? found, came, said);
    return at.c.redirect(
      `${planPath.oversight(at.view.language, at.here.city, plan.id, commitment.id)}?told=done`,
      303,
    );
  });
}
