import { address } from '../address.ts';
import { StandingLine, StandingTable } from '../assessment/goal-standing.tsx';
import { Page } from '../layout.tsx';
import { GoalChip, goalName } from '../parts/goal.tsx';
import type { PlaceView } from '../view.ts';
import { Findings } from './city.tsx';
import { IndicatorTable, trailTo } from './indicators.tsx';

/** Every goal with indicators, and what they say. */
export function GoalsPage({ view }: { readonly view: PlaceView }) {
  const { here, t, language } = view;
  return (
    <Page view={view} title={t.goals} room="goals" trail={trailTo(view, { name: t.goals })}>
      <h1>{t.goals}</h1>
      {here.goals().length === 0 ? <p class="quiet">{t.noIndicators}</p> : null}
      {here.goals().map((goal) => {
        const entries = here.listed.filter(({ indicator }) => indicator.goals.includes(goal));
        return (
          <section id={`goal-${goal}`}>
            <h2>
              <GoalChip goal={goal} />{' '}
              <a href={address.goal(language, here.city, goal)}>
                <span class="vh">{goal}. </span>
                {goalName(goal, view)}
              </a>
            </h2>
            <StandingLine entries={entries} view={view} />
            <Findings entries={entries} view={view} most={4} />
          </section>
        );
      })}
    </Page>
  );
}

/** One goal: its indicators and how the place's frameworks answer it. */
export function GoalPage({ goal, view }: { readonly goal: string; readonly view: PlaceView }) {
  const { here, t, language } = view;
  const entries = here.listed.filter(({ indicator }) => indicator.goals.includes(goal));
  const name = goalName(goal, view);
  return (
    <Page
      view={view}
      title={name}
      room="goals"
      trail={trailTo(view, { name: t.goals, href: address.room(language, here.city, 'goals') }, { name })}
    >
      <h1>
        <GoalChip goal={goal} /> <span class="vh">{goal}. </span>
        {name}
      </h1>
      <section>
        <h2>{t.stands}</h2>
        <Findings entries={entries} view={view} most={6} />
      </section>
      <StandingTable entries={entries} view={view} />
      <section>
        <h2>{t.indicators}</h2>
        <IndicatorTable entries={entries} view={view} />
      </section>
    </Page>
  );
}
