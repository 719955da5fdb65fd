import { colon, listMark } from '../../language/index.ts';
import type { Framework } from '../../model/index.ts';
import { address } from '../address.ts';
import { Cited } from '../pages/cited.tsx';
import { GoalChip, goalName } from '../parts/goal.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { areaName, named, type PlaceView } from '../view.ts';

/** goal → measure → practice → case → indicator. */
export function FrameworkResponse({
  framework,
  view,
}: {
  readonly framework: Framework;
  readonly view: PlaceView;
}) {
  const { t, here, language } = view;
  return (
    <>
      {framework.goals.map((goal) => (
        <section id={`goal-${goal.goal}`}>
          <h2>
            <GoalChip goal={goal.goal} /> {named(goal.name, view)}
            {goal.perspective === undefined ? null : (
              <span class="quiet"> · {named(goal.perspective, view)}</span>
            )}
          </h2>
          <Scroll label={named(goal.name, view)}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t.measureOf}</th>
                  <th scope="col">{t.practices}</th>
                  <th scope="col">{t.indicators}</th>
                  <th scope="col">{t.target}</th>
                </tr>
              </thead>
              <tbody>
                {goal.measures.map((measure) => (
                  <tr>
                    <th scope="row">
                      {named(measure.name, view)}
                      {measure.citation === undefined ? null : (
                        <div>
                          <Cited
                            source={measure.citation.source}
                            locator={measure.citation.locator}
                            view={view}
                          />
                        </div>
                      )}
                    </th>
                    <td>
                      <ul>
                        {measure.practices.map((practice) => (
                          <li>
                            {named(practice.name, view)}
                            {practice.case === undefined ? null : (
                              <>
                                {' '}
                                <a class="small" href={`#${practice.case}`}>
                                  {t.case}{' '}
                                  {framework.cases.find(({ id }) => id === practice.case)?.number ?? ''}
                                </a>
                              </>
                            )}
                          </li>
                        ))}
                      </ul>
                    </td>
                    <td>
                      <ul>
                        {measure.indicators.map((id) => {
                          const entry = here.entries.get(id);
                          return (
                            <li>
                              <a href={address.indicator(language, here.city, id)}>
                                {entry === undefined ? id : named(entry.indicator.name, view)}
                              </a>
                            </li>
                          );
                        })}
                      </ul>
                    </td>
                    <td class="quiet">{measure.targets.join(listMark(view.language))}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </section>
      ))}
      {framework.cases.length === 0 ? null : (
        <section>
          <h2>{t.cases}</h2>
          <ul class="plain">
            {framework.cases.map((item) => (
              <li id={item.id}>
                <b>
                  {item.number === undefined ? '' : `${t.case} ${item.number}${colon(language)}`}
                  {named(item.title, view)}
                </b>{' '}
                <span class="quiet">
                  {item.place === undefined
                    ? item.area === undefined
                      ? ''
                      : areaName(view, item.area)
                    : named(item.place, view)}
                </span>{' '}
                {item.citation === undefined ? null : (
                  <Cited source={item.citation.source} locator={item.citation.locator} view={view} />
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {framework.otherMeasures.length === 0 ? null : (
        <section>
          <h2>{t.otherMeasures}</h2>
          <dl class="facts">
            {framework.otherMeasures.map((other) => (
              <div>
                <dt>
                  <GoalChip goal={other.goal} /> {goalName(other.goal, view)}
                </dt>
                <dd>
                  {other.measures
                    .map((measure) => named(measure, view))
                    .join(language === 'zh' ? '；' : '; ')}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}
