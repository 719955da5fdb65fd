import { colon, labelled } from '../../language/index.ts';
import type { Plan } from '../../model/index.ts';
import { planChanges } from '../../plan/index.ts';
import { contentOf } from '../../store/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { Differing } from './history-part.tsx';
import { planPath } from './paths.ts';
import { planWords } from './words.ts';

export interface TwoDays {
  readonly from: string;
  readonly to: string;
  /** The plan as the log had it at the end of each day; null where it was not there yet. */
  readonly before: Plan | null;
  readonly after: Plan | null;
  /** Whether the days could be read. */
  readonly good: boolean;
}

/** What a plan said on one day and on another. */
export function ChangesPage({
  plan,
  days,
  view,
}: {
  readonly plan: Plan;
  readonly days: TwoDays;
  readonly view: PlaceView;
}) {
  const { t, language, here } = view;
  const w = planWords[language];
  const { from, to, before, after, good } = days;
  const changes = before === null || after === null ? null : planChanges(before, after);
  const absent = [...(before === null ? [from] : []), ...(after === null ? [to] : [])];
  return (
    <Page
      view={view}
      title={`${labelled(w.changes, view.language)}${named(plan.name, view)}`}
      room="plan"
      trail={trailTo(
        view,
        { name: t.plans, href: address.room(language, here.city, 'plan') },
        { name: named(plan.name, view), href: address.plan(language, here.city, plan.id) },
        { name: w.changes },
      )}
    >
      <h1>{w.changes}</h1>
      <p class="lead">{w.changesText}</p>
      <form method="get" class="filter">
        <p class="field">
          <label for="from">{w.from}</label>
          <input id="from" name="from" type="date" value={from} required />
        </p>
        <p class="field">
          <label for="to">{w.to}</label>
          <input id="to" name="to" type="date" value={to} required />
        </p>
        <button type="submit">{w.compare}</button>
      </form>
      {good ? null : (
        <p class="told alarm" role="alert">
          {w.dayWrong}
        </p>
      )}
      {good && absent.length > 0 ? <p>{absent.map((day) => fill(w.noneThen, { day })).join(' ')}</p> : null}
      {changes?.length === 0 ? <p>{w.same}</p> : null}
      {(changes ?? []).map((change) => {
        const { commitment } = change;
        const was = before?.commitments.find(({ id }) => id === commitment.id);
        const is = after?.commitments.find(({ id }) => id === commitment.id);
        const reasons = (is?.revisions ?? []).slice(was?.revisions?.length ?? 0);
        return (
          <section class="p-change">
            <h2>
              <a href={planPath.commitment(language, here.city, plan.id, commitment.id)}>
                {named(commitment.name, view)}
              </a>{' '}
              <small>{w[`k_${change.kind}`]}</small>
            </h2>
            {reasons.map(({ at, by, reason }) => (
              <p>
                <time datetime={at}>{at.slice(0, 10)}</time> {by}
                {colon(language)}
                {reason}
              </p>
            ))}
            <Differing
              was={was === undefined ? null : contentOf(was)}
              is={is === undefined ? null : contentOf(is)}
              view={view}
            />
          </section>
        );
      })}
    </Page>
  );
}
