import type { Context } from 'hono';
import { methods, type Table } from '../../assess/index.ts';
import type { Framework } from '../../model/index.ts';
import { problem } from '../api/problem.ts';
import type { Catalogue } from '../catalogue.ts';
import { param, type Site } from '../site.ts';
import { FrameworkDistrictsPage, FrameworkPage, FrameworksPage } from './framework-pages.tsx';
import { comparesDistricts, judgeFramework } from './judged.ts';
import { comparedMethods, defaultMethod, progressBy, progressTables } from './progress-of.ts';
import { ProgressPage } from './progress-page.tsx';

/** Pages and interface of assessments: standards with their verdicts, districts compared, progress by method. */
export function mountAssessment(site: Site): void {
  const { room, app } = site;
  const frameworkOf = (here: Catalogue, c: Context): Framework | undefined =>
    here.place.workspace.frameworks.find(({ id }) => id === param(c, 'id'));

  room('/framework/', (view) => <FrameworksPage view={view} />);
  room('/framework/:id/', (view, c) => {
    const framework = frameworkOf(view.here, c);
    return framework === undefined ? null : <FrameworkPage framework={framework} view={view} />;
  });
  room('/framework/:id/districts/', (view, c) => {
    const framework = frameworkOf(view.here, c);
    return framework === undefined || !comparesDistricts(view.here, framework) ? null : (
      <FrameworkDistrictsPage framework={framework} view={view} />
    );
  });
  room('/progress/', (view) => <ProgressPage method={defaultMethod} view={view} />);
  room('/progress/:method/', (view, c) => {
    const method = comparedMethods.find((one) => one === param(c, 'method'));
    return method === undefined ? null : <ProgressPage method={method} view={view} />;
  });

  const inPlace = (path: string, answer: (here: Catalogue, c: Context) => Response): void => {
    app.get(`/api/places/:city/${path}`, (c) => {
      const here = site.placeOf(c);
      return here === undefined
        ? problem(c, 404, 'There is no such place', new URL(c.req.url).pathname)
        : answer(here, c);
    });
  };
  const nothing = (c: Context, title: string): Response =>
    problem(c, 404, title, new URL(c.req.url).pathname);

  inPlace('assessments', (here, c) =>
    c.json({
      items: here.place.workspace.frameworks
        .filter(({ criteria }) => criteria.length > 0)
        .map(({ id, name, version, periods }) => ({
          id,
          name,
          version,
          periods,
          href: `/api/places/${here.city}/assessments/${id}`,
        })),
    }),
  );
  inPlace('assessments/:id', (here, c) => {
    const framework = frameworkOf(here, c);
    if (framework === undefined || framework.criteria.length === 0)
      return nothing(c, 'There is no such standard');
    const area = c.req.query('area') ?? here.place.workspace.city.area;
    if (!here.areas.has(area)) return nothing(c, 'There is no such area');
    return c.json({ area, asOf: here.place.asOf, ...judgeFramework(here, framework, area) });
  });
  inPlace('progress', (here, c) =>
    c.json({
      asOf: here.place.asOf,
      methods: comparedMethods.map((id) => ({
        id,
        version: methods.get(id)?.version ?? null,
        name: methods.get(id)?.name ?? null,
        results: [...progressBy(here, id).values()],
      })),
    }),
  );
  const csv = (c: Context, { columns, rows }: Table): Response =>
    c.body(
      [columns, ...rows.map(({ cells }) => cells)].map((cells) => `${cells.join(',')}\n`).join(''),
      200,
      {
        'content-type': 'text/csv; charset=utf-8',
      },
    );
  inPlace('progress/codebook.csv', (here, c) => csv(c, progressTables(here).codebook));
  inPlace('progress/data.csv', (here, c) => csv(c, progressTables(here).data));
}
