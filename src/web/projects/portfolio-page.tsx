import { betweenSentences, formatValue, inBrackets, periodText } from '../../language/index.ts';
import { type Portfolio, type Project, type ProjectStage, projectStages } from '../../model/index.ts';
import { fundTotals, overdueOf, stageOf } from '../../plan/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { Cited } from '../pages/cited.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { ChartFigure } from '../parts/chart.tsx';
import { areaName, named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { projectMap, type Row } from './map.ts';
import { projectPath } from './paths.ts';
import { projectWords } from './words.ts';

/** What of the projects is shown, from the address: all, or one stage and one area. */
export interface ProjectsShown {
  readonly stage: ProjectStage | 'none' | null;
  readonly area: string | null;
}

/** Reads `?stage=started&area=310117`; what is not known there shows all. */
export function projectsShown(query: URLSearchParams, portfolios: readonly Portfolio[]): ProjectsShown {
  const areas = portfolios.flatMap(({ projects }) => projects.flatMap(({ area }) => area ?? []));
  return {
    stage: [...projectStages, 'none' as const].find((each) => each === query.get('stage')) ?? null,
    area: areas.find((each) => each === query.get('area')) ?? null,
  };
}

/** All projects of a place: how far they have come, what they cost, where they are. */
export function PortfolioPage({
  portfolios,
  shown,
  view,
}: {
  readonly portfolios: readonly Portfolio[];
  readonly shown: ProjectsShown;
  readonly view: PlaceView;
}) {
  const w = projectWords[view.language];
  const all = portfolios.flatMap((portfolio) =>
    portfolio.projects.map((project) => ({ project, portfolio })),
  );
  const rows = all.filter(
    ({ project }) =>
      (shown.stage === null || (stageOf(project) ?? 'none') === shown.stage) &&
      (shown.area === null || project.area === shown.area),
  );
  const projects = rows.map(({ project }) => project);
  const map = projectMap(rows, view);
  return (
    <Page view={view} title={w.title} room="projects" trail={trailTo(view, { name: w.title })}>
      <h1>{w.title}</h1>
      {portfolios.map(({ name, note, citation, asOf }) => (
        <p>
          <strong>{named(name, view)}</strong> {fill(w.asOf, { day: periodText(asOf, view.language) })}
          {betweenSentences(view.language)}
          {note === undefined ? null : named(note, view)}{' '}
          {citation === undefined ? null : (
            <Cited source={citation.source} locator={citation.locator} view={view} />
          )}
        </p>
      ))}
      {view.live === true ? (
        <p class="onscreen">
          <a href={projectPath.office(view.language, view.here.city)}>{w.edit}</a>
        </p>
      ) : null}
      <section id="projects" class="selection">
        <Filter all={all.map(({ project }) => project)} shown={shown} view={view} />
        <p class="quiet">{fill(w.summary, { n: rows.length, of: all.length })}</p>
        <Table rows={rows} view={view} />
      </section>
      <Totals projects={projects} view={view} />
      <section id="map">
        <h2>{w.map}</h2>
        {map === null ? (
          <p class="quiet">{w.noMap}</p>
        ) : (
          <>
            <ChartFigure state={map} view={view} />
            <p class="quiet">{w.mapHint}</p>
          </>
        )}
      </section>
    </Page>
  );
}

function Table({ rows, view }: { readonly rows: readonly Row[]; readonly view: PlaceView }) {
  const { here, language, t } = view;
  const w = projectWords[language];
  return (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">{w.project}</th>
          <th scope="col">{w.stage}</th>
          <th scope="col">{w.area}</th>
          <th scope="col">{w.overdue}</th>
          <th scope="col">{t.source}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ project, portfolio }) => {
          const stage = stageOf(project);
          return (
            <tr id={project.id}>
              <th scope="row">
                <a href={address.project(language, here.city, project.id)}>
                  {project.withdrawn === undefined ? (
                    named(project.name, view)
                  ) : (
                    <s>{named(project.name, view)}</s>
                  )}
                </a>
              </th>
              <td data-label={w.stage}>{w[stage ?? 'none']}</td>
              <td data-label={w.area}>
                {project.area === undefined ? w.none : areaName(view, project.area)}
              </td>
              <td data-label={w.overdue}>
                {overdueOf(project, portfolio.asOf)
                  .map(({ name }) => named(name, view))
                  .join(language === 'zh' ? '；' : '; ') || '–'}
              </td>
              <td data-label={t.source}>
                {project.generated ? <strong>{w.generatedShort}</strong> : null}
                {project.citation === undefined ? null : <Cited {...project.citation} view={view} />}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Totals({ projects, view }: { readonly projects: readonly Project[]; readonly view: PlaceView }) {
  const { language } = view;
  const w = projectWords[language];
  const totals = fundTotals(projects);
  const text = (amount: string | null, unit: string): string =>
    amount === null ? w.none : formatValue({ value: amount, unit, decimals: 0 }, language);
  return (
    <section id="money" class="selection">
      <h2>{w.money}</h2>
      {totals.length === 0 ? <p class="quiet">{w.noMoney}</p> : null}
      {totals.length === 0 ? null : (
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{w.fund}</th>
              <th scope="col">{w.currency}</th>
              <th scope="col" class="num">
                {w.planned}
              </th>
              <th scope="col" class="num">
                {w.paid}
              </th>
              <th scope="col" class="num">
                {w.count}
              </th>
            </tr>
          </thead>
          <tbody>
            {totals.map(({ source, currency, planned, paid, projects: count, generated }) => (
              <tr>
                <th scope="row">
                  {named(source, view)}
                  {generated ? <strong>{inBrackets(w.generatedShort, view.language)}</strong> : null}
                </th>
                <td data-label={w.currency}>{currency}</td>
                <td class="num" data-label={w.planned}>
                  {text(planned, currency)}
                </td>
                <td class="num" data-label={w.paid}>
                  {text(paid, currency)}
                </td>
                <td class="num" data-label={w.count}>
                  {count}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="quiet">{w.counted}</p>
    </section>
  );
}

/** A plain form: what is shown stands in the address. */
function Filter({
  all,
  shown,
  view,
}: {
  readonly all: readonly Project[];
  readonly shown: ProjectsShown;
  readonly view: PlaceView;
}) {
  const w = projectWords[view.language];
  return (
    <form class="filters" method="get" action="#projects">
      <label for="stage">
        {w.stage}
        <select id="stage" name="stage">
          <option value="">{w.any}</option>
          {[...projectStages, 'none' as const].map((stage) => (
            <option value={stage} selected={stage === shown.stage}>
              {w[stage]}
            </option>
          ))}
        </select>
      </label>
      <label for="area">
        {w.area}
        <select id="area" name="area">
          <option value="">{w.any}</option>
          {[...new Set(all.flatMap(({ area }) => area ?? []))].map((area) => (
            <option value={area} selected={area === shown.area}>
              {areaName(view, area)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">{view.t.show}</button>
    </form>
  );
}
