import { raw } from 'hono/html';
import { labelled, periodText } from '../../language/index.ts';
import { address } from '../address.ts';
import { FrameworkLine } from '../assessment/framework-line.tsx';
import { StandingLine } from '../assessment/goal-standing.tsx';
import { openCount } from '../audit/audit-of.ts';
import { OpenLine } from '../audit/list-page.tsx';
import type { IndicatorEntry } from '../catalogue.ts';
import { Page } from '../layout.tsx';
import { sentence } from '../leading.ts';
import { oncePerSeries } from '../once-per-series.ts';
import { announcedBy, toldBy } from '../outlet/calendar.ts';
import { outletWords } from '../outlet/words.ts';
import { Mark } from '../parts/figure.tsx';
import { GoalChip, goalName } from '../parts/goal.tsx';
import { PlanSummary } from '../plan/standing.tsx';
import { portalWords } from '../portal/words.ts';
import { paths } from '../registers/paths.ts';
import { registerWords } from '../registers/words.ts';
import { named, type PlaceView } from '../view.ts';
import { counted } from '../words.ts';
import { Counts } from './home.tsx';
import { Promises, promisesIn } from './promises.tsx';

/** A city: what it promised, where it stands goal by goal, what is open. */
export function CityPage({
  view,
  editions,
}: {
  readonly view: PlaceView;
  /** Whether there may be editions to compare with: a page kept in memory does not list them, they come while the server runs. */
  readonly editions: boolean;
}) {
  const { here, t, language } = view;
  const { city, plans, reviews, frameworks } = here.place.workspace;
  const promises = promisesIn(view);
  const parent = view.places.find((each) => each.city === city.partOf);
  const parts = view.places.filter(({ place }) => place.workspace.city.partOf === city.id);
  return (
    <Page
      view={view}
      title={named(city.name, view)}
      room="overview"
      trail={[
        ...(parent === undefined
          ? []
          : [
              {
                name: named(parent.place.workspace.city.name, view),
                href: address.city(language, parent.city),
              },
            ]),
        { name: named(city.name, view) },
      ]}
    >
      <h1>{named(city.name, view)}</h1>
      {city.promise === undefined ? null : <p class="lead">{named(city.promise, view)}</p>}
      <Counts view={view} />
      <OpenQuestions view={view} />
      <TakePart view={view} />
      {plans.length + frameworks.length + promises.length === 0 ? null : (
        <section>
          <h2>{t.promised}</h2>
          <Promises promises={promises} view={view} />
          <ul class="plain">
            {plans.map((plan) => (
              <li>
                <a href={address.plan(language, here.city, plan.id)}>{named(plan.name, view)}</a>{' '}
                <span class="quiet">
                  {plan.commitments.length} {counted(t, plan.commitments.length, 'commitments')}
                </span>
                <div class="small">
                  <PlanSummary plan={plan} view={view} />
                </div>
              </li>
            ))}
            {frameworks.map((framework) => (
              <li>
                <FrameworkLine framework={framework} view={view} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{t.stands}</h2>
        <Standing view={view} />
      </section>
      <Lately view={view} editions={editions} />
      {reviews.length + parts.length === 0 ? null : (
        <section>
          <h2>{t.reviews}</h2>
          <ul class="plain">
            {reviews.map(({ head }) => (
              <li>
                <a href={address.review(language, here.city, head.id)}>{named(head.title, view)}</a>{' '}
                <time class="quiet" datetime={head.date}>
                  {periodText(head.date, language)}
                </time>
              </li>
            ))}
            {parts.map((part) => (
              <li>
                {labelled(t.district, language)}
                <a href={address.city(language, part.city)}>{named(part.place.workspace.city.name, view)}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}

/** Newest things told, on the home of a place. */
const mostTold = 4;

/** What changed: the newest news and reviews, what is announced next, and the way to every change since the last edition. */
function Lately({ view, editions }: { readonly view: PlaceView; readonly editions: boolean }) {
  const { here, language } = view;
  const t = outletWords[language];
  const { city, reviews } = here.place.workspace;
  const told = toldBy(city, reviews, []).slice(0, mostTold);
  const [next] = announcedBy(city);
  if (told.length === 0 && next === undefined) return null;
  return (
    <section>
      <h2>{t.lately}</h2>
      {editions ? (
        <p>
          <a href={address.room(language, here.city, 'changes')}>{portalWords[language].changes}</a>
        </p>
      ) : null}
      <ul class="plain">
        {next === undefined ? null : (
          <li>
            <span class="quiet">
              {labelled(t.expected, view.language)}
              {periodText(next.date, language)}
            </span>{' '}
            {named(next.title, view)}
          </li>
        )}
        {told.map(({ id, kind, date, title }) => (
          <li>
            <time class="quiet" datetime={date}>
              {periodText(date, language)}
            </time>{' '}
            <a href={`${address.room(language, here.city, 'news')}#${id}`}>{named(title, view)}</a>{' '}
            <span class="quiet">{t.kinds[kind]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What anyone may do here, where a server takes it in. */
function TakePart({ view }: { readonly view: PlaceView }) {
  const { language, here, live } = view;
  if (live !== true) return null;
  const words = registerWords[language];
  return (
    <p class="actions onscreen">
      <a class="button" href={paths.report(language, here.city)}>
        {words.report}
      </a>
      <a class="button" href={paths.follow(language, here.city)}>
        {words.follow}
      </a>
      <a class="button" href={paths.register(language, here.city, 'consultations')}>
        {words.consultations}
      </a>
    </p>
  );
}

/** What the audit still asks about; nothing where counting would keep the reader waiting. */
function OpenQuestions({ view }: { readonly view: PlaceView }) {
  const open = openCount(view.here, view.places);
  return open === null ? null : (
    <p class="small">
      <OpenLine open={open} view={view} />
    </p>
  );
}

/** One row a goal with the two findings that matter; places without goals get a row a topic. */
function Standing({ view }: { readonly view: PlaceView }) {
  const { here, t, language } = view;
  const entries = here.listed;
  const goals = here.goals();
  if (goals.length === 0) return <Findings entries={entries} view={view} most={8} />;
  return (
    <ul class="goals-standing">
      {goals.map((goal) => {
        const of = entries.filter(({ indicator }) => indicator.goals.includes(goal));
        const key = of.filter(({ indicator }) => indicator.key).length;
        return (
          <li>
            <GoalChip goal={goal} />
            <div>
              <h3>
                <a href={address.goal(language, here.city, goal)}>
                  <span class="vh">{labelled(`${t.goal} ${goal}`, view.language)}</span>
                  {goalName(goal, view)}
                </a>
              </h3>
              <span class="quiet small">
                {language === 'zh' ? of.length : `${of.length} `}
                {counted(t, of.length, 'countIndicators')}
                {key === 0
                  ? ''
                  : language === 'zh'
                    ? `，其中${key}${counted(t, key, 'keyIndicators')}`
                    : `, ${key} ${counted(t, key, 'keyIndicators')}`}
              </span>
            </div>
            <div>
              <StandingLine entries={of} view={view} />
              <Findings entries={of} view={view} most={2} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** The findings that matter: key indicators first, changes before single values. */
export function Findings({
  entries,
  view,
  most,
}: {
  readonly entries: readonly IndicatorEntry[];
  readonly view: PlaceView;
  readonly most: number;
}) {
  const told = entries.flatMap((entry) => foundOf(entry, view) ?? []);
  const best = [...told].sort((a, b) => b.weight - a.weight).slice(0, most);
  if (best.length === 0) return <p class="says quiet">{view.t.noValue}</p>;
  return <ul class="says">{raw(best.map(({ line }) => line).join(''))}</ul>;
}

/** What an indicator finds, as a line of a list: pages that tell of all indicators are made anew when one of them changes. */
const foundOf = oncePerSeries((entry, view): { readonly weight: number; readonly line: string } | null => {
  const { here } = view;
  const series = here.main(entry);
  if (series === null) return null;
  const change = here.leadingChange(series);
  const figure = change ?? here.latest(series);
  if (figure === null) return null;
  const line = (
    <li>
      {sentence(figure, entry, view)} <Mark figure={figure} view={view} />
    </li>
  );
  return { weight: (entry.indicator.key ? 2 : 0) + (change === null ? 0 : 1), line: String(line) };
});
