import type { Plan } from '../../model/index.ts';
import type { Site } from '../site.ts';
import { param } from '../site.ts';
import type { PlaceView } from '../view.ts';
import { ChangesPage, type TwoDays } from './changes-page.tsx';
import { CommitmentPage } from './commitment-page.tsx';
import { momentsInLog, momentsOf } from './history.ts';
import { PartsPage } from './parts-page.tsx';

/** A plan's pages for readers: a commitment with its path and history, and what changed between two days. */
export function mountPlan(site: Site): void {
  site.room('/plan/:id/c/:commitment/', async (view, c) => {
    const plan = planOf(view, param(c, 'id'));
    const commitment = plan?.commitments.find(({ id }) => id === param(c, 'commitment'));
    if (plan === undefined || commitment === undefined) return null;
    const moments =
      site.store === undefined
        ? momentsOf(commitment)
        : await momentsInLog(site.store, view.here.city, plan, commitment);
    return <CommitmentPage plan={plan} commitment={commitment} moments={moments} view={view} />;
  });
  site.room('/plan/:id/parts/', (view, c) => {
    const plan = planOf(view, param(c, 'id'));
    return plan === undefined ? null : <PartsPage plan={plan} view={view} />;
  });
  site.room('/plan/:id/changes/', async (view, c) => {
    const { store } = site;
    const plan = planOf(view, param(c, 'id'));
    if (plan === undefined || store === undefined) return null;
    c.header('cache-control', 'no-store');
    const entries = await store.submissions(view.here.city);
    const from = c.req.query('from') ?? entries[0]?.received.slice(0, 10) ?? '';
    const to = c.req.query('to') ?? entries.at(-1)?.received.slice(0, 10) ?? '';
    const good = isDay(from) && isDay(to) && from <= to;
    const at = async (day: string): Promise<Plan | null> => {
      const position = entries.filter(({ received }) => received.slice(0, 10) <= day).at(-1)?.position;
      if (!good || position === undefined) return null;
      const then = await store.definitions(view.here.city, position);
      return then?.plans.find(({ id }) => id === plan.id) ?? null;
    };
    const days: TwoDays = { from, to, before: await at(from), after: await at(to), good };
    return <ChangesPage plan={plan} days={days} view={view} />;
  });
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

export function planOf(view: PlaceView, id: string): Plan | undefined {
  return view.here.place.workspace.plans.find((plan) => plan.id === id);
}
