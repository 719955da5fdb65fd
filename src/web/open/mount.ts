import type { Context } from 'hono';
import { FigureSet } from '../../figures/index.ts';
import { describe, distributions, formatOf, formats, openDataset, openText } from '../../publish/index.ts';
import { problem } from '../api/problem.ts';
import { oncePer } from '../once-per.ts';
import { declareRule } from '../rules.ts';
import { param, type Site } from '../site.ts';
import type { DatasetAt } from './dataset-at.ts';
import { mountSdmx } from './sdmx.ts';

/**
 * Addresses of the open data: `/data/{city}/{file}` for the newest state, `/data/{city}/as-of/{position}/{file}` for one
 * that never changes; and the SDMX REST interface under `/sdmx/3.0`.
 */
export function mountOpenData(site: Site): void {
  const { app } = site;
  const newest = oncePer(({ place }) => openDataset(place));
  const at: DatasetAt = async (here, asOf) => {
    if (asOf === null || asOf === here.place.asOf) return newest(here);
    if (site.store === undefined || asOf > here.place.asOf) return null;
    const workspace = await site.store.workspace(here.city, asOf);
    return workspace === null
      ? null
      : openDataset({ workspace, figures: new FigureSet(workspace, { asOf }), asOf });
  };
  const serve = async (c: Context, asOf: number | null): Promise<Response> => {
    const path = new URL(c.req.url).pathname;
    const here = site.placeOf(c);
    const format = formatOf(param(c, 'file'));
    if (here === undefined || format === null)
      return problem(c, 404, 'There is no such file of open data', path);
    const dataset = await at(here, asOf);
    if (dataset === null) return problem(c, 404, `Position ${asOf} of the log cannot be read here`, path);
    const service = new URL('/sdmx/3.0', c.req.url).pathname;
    const body = openText(dataset, format, {
      base: `/data/${encodeURIComponent(here.city)}/as-of/${dataset.asOf}/`,
      service,
    });
    return c.body(body, 200, {
      'content-type': format.type,
      'content-disposition': `inline; filename="${here.city}-${dataset.asOf}-${format.path.replaceAll('/', '-')}"`,
      link: `</data/${encodeURIComponent(here.city)}/as-of/${dataset.asOf}/${format.path}>; rel="canonical"`,
      'cache-control': asOf === null ? 'no-cache' : 'public, max-age=31536000, immutable',
    });
  };
  for (const path of ['/data/:city/', '/data/:city/as-of/:n{[1-9][0-9]*}/:file{.+}', '/data/:city/:file{.+}'])
    declareRule(app, 'GET', path, 'anyone');
  app.get('/data/:city/', (c) => {
    const here = site.placeOf(c);
    const path = new URL(c.req.url).pathname;
    if (here === undefined) return problem(c, 404, 'There is no such place', path);
    const about = describe(here.place.workspace, here.place.asOf);
    return c.json({
      city: about.city,
      name: about.name,
      asOf: about.asOf,
      licences: about.licences,
      catalogue: `${path}catalogue.jsonld`,
      sdmx: '/sdmx/3.0',
      files: formats.map(({ path: file, type }) => ({
        path: file,
        type,
        href: `${path}${file}`,
        asOfHref: `${path}as-of/${about.asOf}/${file}`,
      })),
      formats: distributions.map(({ title }) => title),
    });
  });
  app.get('/data/:city/as-of/:n{[1-9][0-9]*}/:file{.+}', (c) => serve(c, Number(param(c, 'n').slice(0, 15))));
  app.get('/data/:city/:file{.+}', (c) => serve(c, null));
  mountSdmx(site, at);
}
