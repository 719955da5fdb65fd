import { formatValue, periodText } from '../../language/index.ts';
import { type Criterion, compare, decimal, type Framework } from '../../model/index.ts';
import { address } from '../address.ts';
import { periodOf } from '../catalogue.ts';
import { Page } from '../layout.tsx';
import { FigureLink } from '../parts/figure.tsx';
import { GoalChip, goalName } from '../parts/goal.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { areaName, named, type PlaceView, sourceLink } from '../view.ts';
import { Cited } from './indicator.tsx';
import { trailTo } from './indicators.tsx';

export function FrameworksPage({ view }: { readonly view: PlaceView }) {
  const { here, t, language } = view;
  const { frameworks } = here.place.workspace;
  return (
    <Page view={view} title={t.frameworks} room="framework" trail={trailTo(view, { name: t.frameworks })}>
      <h1>{t.frameworks}</h1>
      {frameworks.length === 0 ? <p class="quiet">{t.noFrameworks}</p> : null}
      <ul class="plain">
        {frameworks.map((framework) => (
          <li>
            <a href={address.framework(language, here.city, framework.id)}>{named(framework.name, view)}</a>
          </li>
        ))}
      </ul>
    </Page>
  );
}

/** A standard as a table a committee could sign, or a review's response framework as goal, measure, practice, case. */
export function FrameworkPage({
  framework,
  view,
}: {
  readonly framework: Framework;
  readonly view: PlaceView;
}) {
  const { here, t, language } = view;
  const name = named(framework.name, view);
  return (
    <Page
      view={view}
      title={name}
      room="framework"
      trail={trailTo(
        view,
        { name: t.frameworks, href: address.room(language, here.city, 'framework') },
        { name },
      )}
    >
      <h1>{name}</h1>
      <p class="quiet">
        {t.source}:{' '}
        <a href={sourceLink(view, framework.source).href}>{sourceLink(view, framework.source).name}</a>
      </p>
      {framework.note === undefined ? null : <p>{named(framework.note, view)}</p>}
      {framework.criteria.length === 0 ? null : <Criteria framework={framework} view={view} />}
      <Response framework={framework} view={view} />
    </Page>
  );
}

/** Criteria with their thresholds, the value of each assessed period, and the verdict by shape and word. */
function Criteria({ framework, view }: { readonly framework: Framework; readonly view: PlaceView }) {
  const { t } = view;
  return (
    <section>
      <h2>{t.requirement}</h2>
      <Scroll label={t.requirement}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.requirement}</th>
              <th scope="col">{t.threshold}</th>
              <th scope="col" class="num">
                {t.latest}
              </th>
              <th scope="col">{t.verdict}</th>
              <th scope="col">{t.where}</th>
            </tr>
          </thead>
          {framework.criteria.map((criterion) => (
            <CriterionRows criterion={criterion} framework={framework} view={view} />
          ))}
        </table>
      </Scroll>
    </section>
  );
}

function CriterionRows({
  criterion,
  framework,
  view,
}: {
  readonly criterion: Criterion;
  readonly framework: Framework;
  readonly view: PlaceView;
}) {
  const { t, here, language } = view;
  const citation = (cited: Criterion['citation']) =>
    cited === undefined ? null : <Cited source={cited.source} locator={cited.locator} view={view} />;
  return (
    <tbody>
      <tr class="group">
        <th scope="rowgroup" colspan={4}>
          {named(criterion.name, view)} <span class="quiet small">· {t[criterion.kind]}</span>
          {criterion.standing === 'to-check' ? <span class="quiet small"> · {t.toCheck}</span> : null}
        </th>
        <td>{citation(criterion.citation)}</td>
      </tr>
      {criterion.tests.map((test) => {
        const { figure, verdict } = testVerdict(test, framework, view);
        const entry = here.entries.get(test.indicator);
        const label = test.name ?? entry?.indicator.name;
        return (
          <tr>
            <th scope="row">
              <a href={address.indicator(language, here.city, test.indicator)}>
                {label === undefined ? test.indicator : named(label, view)}
              </a>
            </th>
            <td>
              {comparatorSign[test.comparator]}{' '}
              {formatValue(
                { value: test.value, unit: test.unit, decimals: decimalsOf(test.value) },
                language,
              )}
            </td>
            <td class="num">
              {figure === null ? (
                <span class="missing">{t.noValue}</span>
              ) : (
                <>
                  <FigureLink figure={figure} view={view} />{' '}
                  <span class="quiet small">{periodText(periodOf(figure.key), language)}</span>
                </>
              )}
            </td>
            <td class="verdict">
              <span aria-hidden="true">{verdictSign[verdict]}</span> <b>{t[verdict]}</b>
            </td>
            <td>{citation(test.citation)}</td>
          </tr>
        );
      })}
      {criterion.evidence.map((item) => (
        <tr>
          <th scope="row">
            {named(item.statement, view)}
            {item.evidence === undefined ? null : <div class="quiet small">{named(item.evidence, view)}</div>}
          </th>
          <td>{t.evidence}</td>
          <td />
          <td class="verdict">
            <b>{t[item.standing]}</b>
          </td>
          <td>{citation(item.citation)}</td>
        </tr>
      ))}
    </tbody>
  );
}

const comparatorSign = { '>=': '≥', '<=': '≤', '>': '>', '<': '<', '=': '=' } as const;
const verdictSign = {
  met: '●',
  met_provisional: '◐',
  not_met: '○',
  not_shown: '◌',
  not_applicable: '–',
} as const;

function decimalsOf(value: string): number {
  return value.includes('.') ? value.length - value.indexOf('.') - 1 : 0;
}

/** The newest assessed value against a threshold, compared exactly. */
function testVerdict(
  test: Criterion['tests'][number],
  framework: Framework,
  view: PlaceView,
): { readonly figure: ReturnType<PlaceView['here']['latest']>; readonly verdict: keyof typeof verdictSign } {
  const { here } = view;
  const entry = here.entries.get(test.indicator);
  const series = entry?.series[0];
  if (series === undefined) return { figure: null, verdict: 'not_shown' };
  const assessed = series.values.filter((key) => framework.periods.includes(periodOf(key)));
  const key = assessed.at(-1);
  const figure = key === undefined ? here.latest(series) : here.figure(key);
  if (figure === null || figure.value === null || figure.unit !== test.unit)
    return { figure, verdict: 'not_shown' };
  const side = compare(decimal(figure.value), decimal(test.value));
  const holds = { '>=': side >= 0, '<=': side <= 0, '>': side > 0, '<': side < 0, '=': side === 0 }[
    test.comparator
  ];
  const final = figure.status === 'A' || figure.status === 'B';
  return { figure, verdict: holds ? (final ? 'met' : 'met_provisional') : 'not_met' };
}

/** goal → measure → practice → case → indicator. */
function Response({ framework, view }: { readonly framework: Framework; readonly view: PlaceView }) {
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
                    <td class="quiet">{measure.targets.join(', ')}</td>
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
                  {item.number === undefined
                    ? ''
                    : `${t.case} ${item.number}${language === 'zh' ? '：' : ': '}`}
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
