import type { Context } from 'hono';
import type { Framework } from '../../model/index.ts';
import type { Catalogue } from '../catalogue.ts';
import { declareRule } from '../rules.ts';
import { param, type Site } from '../site.ts';
import { FrameworkDistrictsPage, FrameworkPage, FrameworksPage } from './framework-pages.tsx';
import { comparesDistricts } from './judged.ts';
import { comparedMethods, defaultMethod } from './progress-of.ts';
import { ProgressPage } from './progress-page.tsx';
import { shippedFrameworks } from './shipped.ts';
import { ShippedFrameworkPage, ShippedFrameworksPage } from './shipped-pages.tsx';

/** Pages of the frameworks that come with the product. Mounted before the places, whose addresses have the same form. */
export function mountShipped({ app, viewOf, show, absent }: Site): void {
  declareRule(app, 'GET', '/:language{en|zh}/frameworks/', 'anyone');
  declareRule(app, 'GET', '/:language{en|zh}/frameworks/:id/', 'anyone');
  app.get('/:language{en|zh}/frameworks/', (c) => show(c, <ShippedFrameworksPage view={viewOf(c)} />));
  app.get('/:language{en|zh}/frameworks/:id/', (c) => {
    const framework = shippedFrameworks().find(({ id }) => id === param(c, 'id'));
    return framework === undefined
      ? absent(c)
      : show(c, <ShippedFrameworkPage framework={framework} view={viewOf(c)} />);
  });
}

/** Pages of assessments: standards with their verdicts, districts compared, progress by method. */
export function mountAssessment(site: Site): void {
  const { room } = site;
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
}
