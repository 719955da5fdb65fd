import type { Notice } from '../../store/index.ts';
import { ExaminationList } from '../examination/office-list.tsx';
import { letterWords } from '../plan/letter-words.ts';
import { oversightWords } from '../plan/oversight-words.ts';
import { planPath } from '../plan/paths.ts';
import { projectOfficeWords } from '../projects/office-words.ts';
import { projectPath } from '../projects/paths.ts';
import { projectWords } from '../projects/words.ts';
import { rollingPath } from '../rolling/paths.ts';
import { rollingWords } from '../rolling/words.ts';
import { selectingPath } from '../selecting/paths.ts';
import { selectingWords } from '../selecting/words.ts';
import { tableWords } from '../tables/words.ts';
import { textWords } from '../texts/words.ts';
import { named, type PlaceView } from '../view.ts';
import { roles as allRoles, holds, type Person } from '../who.ts';
import { fill } from '../words.ts';
import { writingPath } from '../writing/paths.ts';
import { writingWords } from '../writing/words.ts';
import { OfficeFrame } from './frame.tsx';
import { releaseText } from './release-text.ts';
import type { OpenRound } from './round-store.ts';
import { officeWords } from './words.ts';

export function OfficePage({
  view,
  person,
  rounds,
  notices,
}: {
  readonly view: PlaceView;
  readonly person: Person;
  readonly rounds: readonly OpenRound[];
  readonly notices: readonly Notice[];
}) {
  const w = officeWords[view.language];
  const base = `/${view.language}/${view.here.city}/office/`;
  const fresh = notices.filter(({ seen }) => seen === null);
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={fill(w.officeOf, { name: named(view.here.place.workspace.city.name, view) })}
    >
      <section>
        <h2>{w.notices}</h2>
        {fresh.length === 0 ? <p class="quiet">{w.noNotices}</p> : null}
        <ul class="plain notices">
          {fresh.map(({ body, href, at }) => (
            <li>
              <time datetime={at}>{at.slice(0, 16).replace('T', ' ')}</time>{' '}
              <a href={`/${view.language}${href}`}>{named(body, view)}</a>
            </li>
          ))}
        </ul>
        {fresh.length === 0 ? null : (
          <form method="post" action={`${base}seen/`}>
            <button type="submit">{w.seen}</button>
          </form>
        )}
      </section>
      <div class="desks">
        {holds(person, allRoles, view.here.place.workspace.city.area) ? (
          <section>
            <h2>{writingWords[view.language].reviews}</h2>
            <ul>
              {view.here.place.workspace.reviews.map(({ head }) => (
                <li>
                  <a href={writingPath.board(view.language, view.here.city, head.id)}>
                    {named(head.title, view)}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <ExaminationList view={view} />
        {view.here.place.workspace.plans.length === 0 ? null : (
          <section>
            <h2>{view.t.plans}</h2>
            <ul>
              {view.here.place.workspace.plans.map(({ id, name }) => (
                <li>
                  <a href={planPath.office(view.language, view.here.city, id)}>{named(name, view)}</a>
                  <ul>
                    <li>
                      <a href={planPath.letters(view.language, view.here.city, id)}>
                        {letterWords[view.language].letters}
                      </a>
                    </li>
                    <li>
                      <a href={planPath.oversights(view.language, view.here.city, id)}>
                        {oversightWords[view.language].title}
                      </a>
                    </li>
                    <li>
                      <a href={rollingPath.office(view.language, view.here.city, id)}>
                        {rollingWords[view.language].title}
                      </a>
                    </li>
                  </ul>
                </li>
              ))}
            </ul>
          </section>
        )}
        {holds(person, allRoles, view.here.place.workspace.city.area) ? (
          <section>
            <h2>{projectWords[view.language].title}</h2>
            <ul>
              <li>
                <a href={projectPath.office(view.language, view.here.city)}>
                  {projectOfficeWords[view.language].title}
                </a>
              </li>
              <li>
                <a href={selectingPath.list(view.language, view.here.city)}>
                  {selectingWords[view.language].title}
                </a>
              </li>
            </ul>
          </section>
        ) : null}
        <section>
          <h2>{w.rounds}</h2>
          {rounds.length === 0 ? <p>{w.noRounds}</p> : null}
          <ul>
            {rounds.map(({ round, releasedAt }) => (
              <li>
                <a href={`${base}rounds/${round.id}/`}>{named(round.name, view)}</a>{' '}
                <span class="quiet">
                  {w.due} {round.calendar.due} · {releaseText(round, releasedAt, w)}
                </span>
              </li>
            ))}
          </ul>
          {holds(person, ['approver'], view.here.place.workspace.city.area) ? (
            <p>
              <a class="button" href={`${base}table/`}>
                {tableWords[view.language].title}
              </a>
            </p>
          ) : null}
          {person.grants.length > 0 ? (
            <p>
              <a class="button" href={`${base}text/`}>
                {textWords[view.language].title}
              </a>
            </p>
          ) : null}
          {holds(person, ['administrator', 'editor'], view.here.place.workspace.city.area) ? (
            <p>
              <a class="button" href={`${base}rounds/new/`}>
                {w.openRound}
              </a>
            </p>
          ) : null}
        </section>
      </div>
    </OfficeFrame>
  );
}
