import type { Portfolio, Project } from '../../model/index.ts';
import { earnedCurve, fundTotals, overdueOf, stageOf } from '../../plan/index.ts';
import { problem } from '../api/problem.ts';
import type { Catalogue } from '../catalogue.ts';
import { csvText } from '../csv-text.ts';
import { declareRule } from '../rules.ts';
import { param, type Site } from '../site.ts';
import { curveRows } from './curve.tsx';
import { PortfolioPage, projectsShown } from './portfolio-page.tsx';
import { ProjectPage } from './project-page.tsx';

function projectIn(
  here: Catalogue,
  id: string,
): { readonly project: Project; readonly portfolio: Portfolio } | null {
  for (const portfolio of here.place.workspace.portfolios ?? []) {
    const project = portfolio.projects.find((each) => each.id === id);
    if (project !== undefined) return { project, portfolio };
  }
  return null;
}

/** Projects for readers: the portfolio, each project, its curve as CSV, and all of it as JSON. */
export function mountProjects(site: Site): void {
  site.room('/projects/', (view, c) => {
    const portfolios = view.here.place.workspace.portfolios ?? [];
    if (portfolios.length === 0) return null;
    const shown = projectsShown(new URL(c.req.url).searchParams, portfolios);
    return <PortfolioPage portfolios={portfolios} shown={shown} view={view} />;
  });
  site.room('/projects/:id/', (view, c) => {
    const found = projectIn(view.here, param(c, 'id'));
    return found === null ? null : <ProjectPage {...found} view={view} />;
  });
  site.room('/projects/:id/earned-value.csv', (view, c) => {
    const found = projectIn(view.here, param(c, 'id'));
    const curve = found === null ? null : earnedCurve(found.project, found.portfolio.asOf);
    if (curve === null || typeof curve === 'string') return null;
    return c.body(csvText(curveRows(curve)), 200, { 'content-type': 'text/csv; charset=utf-8' });
  });
  site.room('/projects/:id/photos/:photo{[0-9a-f]+\\.jpg}', async (view, c) => {
    const sha256 = param(c, 'photo').replace(/\.jpg$/, '');
    const shown = projectIn(view.here, param(c, 'id'))?.project.photos?.some(
      (each) => each.sha256 === sha256,
    );
    if (shown !== true || site.fileOf === undefined) return null;
    // A folder may name photographs that it does not bring along.
    const bytes = await site.fileOf(sha256).catch(() => null);
    if (bytes === null) return null;
    return c.body(Uint8Array.from(bytes).buffer, 200, {
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });
  const path = '/api/places/:city/projects';
  declareRule(site.app, 'GET', path, 'anyone');
  site.app.get(path, (c) => {
    const portfolios = site.placeOf(c)?.place.workspace.portfolios ?? [];
    if (portfolios.length === 0) return problem(c, 404, 'There are no projects', new URL(c.req.url).pathname);
    c.header('access-control-allow-origin', '*');
    return c.json({
      portfolios: portfolios.map(({ id, name, asOf, projects }) => ({
        id,
        name,
        asOf,
        money: fundTotals(projects),
        projects: projects.map((project) => project.id),
      })),
    });
  });
  const one = `${path}/:id`;
  declareRule(site.app, 'GET', one, 'anyone');
  site.app.get(one, (c) => {
    const here = site.placeOf(c);
    const found = here === undefined ? null : projectIn(here, param(c, 'id'));
    if (found === null) return problem(c, 404, 'There is no such project', new URL(c.req.url).pathname);
    const { project, portfolio } = found;
    const curve = earnedCurve(project, portfolio.asOf);
    c.header('access-control-allow-origin', '*');
    return c.json({
      ...project,
      portfolio: portfolio.id,
      asOf: portfolio.asOf,
      stage: stageOf(project),
      overdue: overdueOf(project, portfolio.asOf).map(({ id }) => id),
      earnedValue: typeof curve === 'string' ? { none: curve } : curve,
    });
  });
}
