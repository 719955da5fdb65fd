import { colon, decimalsOf, formatValue, inBrackets, labelled, periodText } from '../../language/index.ts';
import { type Portfolio, type Project, toFixed } from '../../model/index.ts';
import { doneShare, lastDay, overdueOf } from '../../plan/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { Cited } from '../pages/cited.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { ChartFigure } from '../parts/chart.tsx';
import { FigureLink } from '../parts/figure.tsx';
import { planPath } from '../plan/paths.ts';
import { areaName, named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { CurvePart } from './curve.tsx';
import { ChangesPart } from './history-part.tsx';
import { projectMap } from './map.ts';
import { projectPath } from './paths.ts';
import { Photos } from './photos-part.tsx';
import { projectWords } from './words.ts';

interface Shown {
  readonly project: Project;
  readonly portfolio: Portfolio;
  readonly view: PlaceView;
}

/** One project: stages, milestones, partners, money, results, earned value. */
export function ProjectPage({ project, portfolio, view }: Shown) {
  const { here, language } = view;
  const w = projectWords[language];
  const name = named(project.name, view);
  const { area, point, commitment, candidate, citation, note, entered, withdrawn } = project;
  const map = projectMap([{ project, portfolio }], view);
  const trail = trailTo(
    view,
    { name: w.title, href: address.room(language, here.city, 'projects') },
    { name },
  );
  return (
    <Page view={view} title={name} room="projects" trail={trail}>
      <h1>{withdrawn === undefined ? name : <s>{name}</s>}</h1>
      {withdrawn === undefined ? null : (
        <p class="told alarm">{fill(w.withdrawn, { when: withdrawn.on, reason: withdrawn.reason })}</p>
      )}
      {project.generated ? (
        <p>
          <strong>{w.generated}</strong>
        </p>
      ) : null}
      <p>
        {area === undefined ? null : `${areaName(view, area)} · `}
        {fill(w.asOf, { day: periodText(portfolio.asOf, language) })}{' '}
        {citation === undefined ? null : <Cited {...citation} view={view} />}
        {citation === undefined && entered !== undefined ? (
          <span class="quiet">
            {fill(w.entered, { by: entered.by, day: periodText(entered.on, language) })}
          </span>
        ) : null}
      </p>
      {note === undefined ? null : <p>{named(note, view)}</p>}
      {point === undefined ? null : (
        <p class="quiet">{fill(w.position, { latitude: point.latitude, longitude: point.longitude })}</p>
      )}
      <p class="onscreen p-links">
        {commitment === undefined ? null : (
          <a href={planPath.commitment(language, here.city, commitment.plan, commitment.id)}>{w.plan}</a>
        )}
        {candidate === undefined ? null : (
          <a href={`${address.selection(language, here.city, candidate.selection)}#${candidate.id}`}>
            {w.selection}
          </a>
        )}
        {view.live === true ? (
          <a href={projectPath.edit(language, here.city, portfolio.id, project.id)}>{w.edit}</a>
        ) : null}
      </p>
      {point === undefined || map === null ? null : <ChartFigure state={map} view={view} />}
      <Photos project={project} view={view} />
      <Stages project={project} portfolio={portfolio} view={view} />
      <Milestones project={project} portfolio={portfolio} view={view} />
      <CurvePart project={project} portfolio={portfolio} view={view} />
      <Money project={project} portfolio={portfolio} view={view} />
      <section id="partners">
        <h2>{w.partners}</h2>
        {project.partners.length === 0 ? <p class="quiet">{w.noPartners}</p> : null}
        <ul>
          {project.partners.map((partner) => (
            <li>
              {named(partner.name, view)}
              {partner.role === undefined ? null : <span class="quiet"> · {named(partner.role, view)}</span>}
            </li>
          ))}
        </ul>
      </section>
      <Results project={project} portfolio={portfolio} view={view} />
      {project.revisions === undefined ? null : <ChangesPart project={project} view={view} />}
    </Page>
  );
}

function Stages({ project, view }: Shown) {
  const w = projectWords[view.language];
  return (
    <section id="stages">
      <h2>{w.stages}</h2>
      {project.stages.length === 0 ? <p class="quiet">{w.noStages}</p> : null}
      <ol>
        {project.stages.map(({ stage, date, note, citation }) => (
          <li>
            <strong>{w[stage]}</strong>{' '}
            {date === undefined ? (
              <span class="quiet">
                {inBrackets(`${labelled(w.date, view.language)}${w.none}`, view.language)}
              </span>
            ) : (
              periodText(date, view.language)
            )}{' '}
            {note === undefined ? null : named(note, view)}{' '}
            {citation === undefined ? null : <Cited {...citation} view={view} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Milestones({ project, portfolio, view }: Shown) {
  const { language } = view;
  const w = projectWords[language];
  const overdue = new Set(overdueOf(project, portfolio.asOf));
  const share = doneShare(project);
  const date = (text: string | undefined): string =>
    text === undefined ? w.none : periodText(text, language);
  return (
    <section id="milestones" class="selection">
      <h2>{w.milestones}</h2>
      {share === null ? null : <p>{fill(w.share, { share: toFixed(share, 1) })}</p>}
      {project.milestones.length === 0 ? (
        <p class="quiet">{w.noMilestones}</p>
      ) : (
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{w.milestone}</th>
              <th scope="col">{w.due}</th>
              <th scope="col">{w.state}</th>
              <th scope="col" class="num">
                {w.weight}
              </th>
              <th scope="col" class="num">
                {w.cost}
              </th>
            </tr>
          </thead>
          <tbody>
            {project.milestones.map((milestone) => (
              <tr id={milestone.id}>
                <th scope="row">
                  {named(milestone.name, view)}{' '}
                  {milestone.citation === undefined ? null : <Cited {...milestone.citation} view={view} />}
                </th>
                <td data-label={w.due}>{date(milestone.due)}</td>
                <td data-label={w.state}>
                  {milestone.done !== undefined ? (
                    `${w.done} ${date(milestone.done)}`
                  ) : overdue.has(milestone) ? (
                    <strong>{fill(w.overdueOf, { day: date(lastDay(milestone.due ?? '')) })}</strong>
                  ) : (
                    w.open
                  )}
                </td>
                <td class="num" data-label={w.weight}>
                  {milestone.weight ?? w.none}
                </td>
                <td class="num" data-label={w.cost}>
                  {amountText(milestone.cost?.amount, milestone.cost?.unit, view)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function amountText(value: string | undefined, unit: string | undefined, view: PlaceView): string {
  return value === undefined || unit === undefined
    ? projectWords[view.language].none
    : formatValue({ value, unit, decimals: decimalsOf(value) }, view.language);
}

function Money({ project, view }: Shown) {
  const { language } = view;
  const w = projectWords[language];
  if (project.money.length === 0)
    return (
      <section id="money">
        <h2>{w.money}</h2>
        <p class="quiet">{w.noMoney}</p>
      </section>
    );
  return (
    <section id="money" class="selection">
      <h2>{w.money}</h2>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">{w.fund}</th>
            <th scope="col" class="num">
              {w.planned}
            </th>
            <th scope="col">{w.paid}</th>
          </tr>
        </thead>
        <tbody>
          {project.money.map(({ source, unit, planned, paid, note, citation }) => (
            <tr>
              <th scope="row">
                {named(source, view)}{' '}
                {note === undefined ? null : <span class="quiet">{named(note, view)}</span>}{' '}
                {citation === undefined ? null : <Cited {...citation} view={view} />}
              </th>
              <td class="num" data-label={w.planned}>
                {amountText(planned, unit, view)}
              </td>
              <td data-label={w.paid}>
                {paid === undefined
                  ? w.none
                  : paid.length === 0
                    ? amountText('0', unit, view)
                    : paid
                        .map(
                          ({ date, amount }) =>
                            `${periodText(date, language)} ${amountText(amount, unit, view)}`,
                        )
                        .join(language === 'zh' ? '；' : '; ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The newest figure of each result's indicator, linked to where it comes from. */
function Results({ project, view }: Shown) {
  const { here, language } = view;
  const w = projectWords[language];
  return (
    <section id="results">
      <h2>{w.results}</h2>
      {project.results.length === 0 ? <p class="quiet">{w.noResults}</p> : null}
      <ul>
        {project.results.map(({ indicator, area, note }) => {
          const entry = here.entries.get(indicator);
          const wanted = area ?? here.place.workspace.city.area;
          const series = entry?.series.find(
            (each) => each.area === wanted && Object.keys(each.breakdown).length === 0,
          );
          const figure = series === undefined ? null : here.latest(series);
          return (
            <li>
              <a href={address.indicator(language, here.city, indicator)}>
                {entry === undefined ? indicator : named(entry.indicator.name, view)}
              </a>
              {colon(language)}
              {figure === null ? (
                <span class="quiet">{w.noFigure}</span>
              ) : (
                <>
                  <FigureLink figure={figure} view={view} />
                  {'period' in figure.key.measure
                    ? ` (${periodText(figure.key.measure.period, language)})`
                    : ''}
                </>
              )}{' '}
              {note === undefined ? null : <span class="quiet">{named(note, view)}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
