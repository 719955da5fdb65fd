import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context, Hono } from 'hono';
import { readFigureCode } from '../../figures/index.ts';
import { assessmentApi } from '../assessment/api.ts';
import type { Catalogue } from '../catalogue.ts';
import { csvOf } from './csv.ts';
import { figureJson, indicatorJson, placeJson, provJson, sourceJson, tracedFigureJson } from './json.ts';
import { problem } from './problem.ts';
import {
  figureSchema,
  indicatorSchema,
  listOf,
  observationSchema,
  pageQuery,
  placeParam,
  placeSchema,
  problemSchema,
  sourceSchema,
  tracedFigureSchema,
} from './schemas.ts';

const wrong = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});
const right = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
});

/** The JSON interface under `/api`: read-only, the same data as the pages, described by OpenAPI at `/api/openapi.json`. */
export function mountApi(app: Hono, places: () => readonly Catalogue[]): void {
  const find = (c: Context): Catalogue | undefined =>
    places().find(({ city }) => city === c.req.param('place'));
  const described = new OpenAPIHono();
  /** An address with its description: what OpenAPI says and what answers stand side by side. */
  const serve = (route: ReturnType<typeof createRoute>, answer: (c: Context) => Response): void => {
    described.openAPIRegistry.registerPath(route);
    app.get(route.path.replace(/\{(\w+)\}/g, ':$1'), answer);
  };
  const noPlace = (c: Context): Response =>
    problem(c, 404, 'There is no such place', new URL(c.req.url).pathname);

  app.get('/api/', (c) =>
    c.json({
      title: 'Modelcity',
      openapi: '/api/openapi.json',
      places: places().map((place) => ({ ...placeJson(place), href: `/api/places/${place.city}` })),
    }),
  );

  serve(
    createRoute({
      method: 'get',
      path: '/api/places',
      summary: 'All places',
      responses: { 200: right('The places', listOf(placeSchema)) },
    }),
    (c) => c.json({ items: places().map(placeJson), total: places().length, next: null }, 200),
  );

  serve(
    createRoute({
      method: 'get',
      path: '/api/places/{place}',
      summary: 'One place',
      request: { params: placeParam },
      responses: { 200: right('The place', placeSchema), 404: wrong('No such place') },
    }),
    (c) => {
      const here = find(c);
      return here === undefined ? noPlace(c) : c.json(placeJson(here), 200);
    },
  );

  /** Registers a list: the same paging and the same refusals for every kind. Only what is on the page is made. */
  const list = <Item extends z.ZodType, Row>(
    name: string,
    summary: string,
    item: Item,
    rows: (here: Catalogue, c: Context) => readonly Row[],
    make: (row: Row, here: Catalogue) => z.infer<Item>,
  ): void => {
    serve(
      createRoute({
        method: 'get',
        path: `/api/places/{place}/${name}`,
        summary,
        request: { params: placeParam, query: pageQuery },
        responses: {
          200: right('A page of the list, in a fixed order', listOf(item)),
          400: wrong('A wrong parameter'),
          404: wrong('No such place'),
        },
      }),
      (c) => {
        const here = find(c);
        if (here === undefined) return noPlace(c);
        const query = pageQuery.safeParse(c.req.query());
        if (!query.success)
          return problem(
            c,
            400,
            'A parameter is wrong',
            new URL(c.req.url).pathname,
            query.error.issues.map(({ path, message }) => ({
              pointer: `#/${path.map(String).join('/')}`,
              detail: message,
            })),
          );
        const { after, limit } = query.data;
        const all = rows(here, c);
        const next = after + limit < all.length ? nextPage(c.req.url, after + limit, limit) : null;
        return c.json({
          items: all.slice(after, after + limit).map((row) => make(row, here)),
          total: all.length,
          next,
        });
      },
    );
  };

  list(
    'indicators',
    'Indicators of a place',
    indicatorSchema,
    (here) => [...here.entries.values()],
    ({ indicator }) => indicatorJson(indicator),
  );
  list(
    'figures',
    'Every standard figure of a place',
    figureSchema,
    (here, c) => {
      const [indicator, area] = [c.req.query('indicator'), c.req.query('area')];
      const keys = [...here.place.figures.standard(indicator === undefined ? undefined : [indicator])];
      return area === undefined ? keys : keys.filter((key) => key.area === area);
    },
    (key, here) => figureJson(here.figure(key)),
  );
  list(
    'observations',
    'Observations as they were handed in',
    observationSchema,
    (here) => here.place.workspace.observations,
    (each) => ({ ...each, breakdown: { ...each.breakdown } }),
  );
  list(
    'sources',
    'Documents and data that values come from',
    sourceSchema,
    (here) => here.place.workspace.city.sources,
    sourceJson,
  );
  const free = z.record(z.string(), z.unknown());
  const copied = (each: object) => ({ ...each });
  list(
    'frameworks',
    'Standards and response frameworks',
    free,
    (here) => here.place.workspace.frameworks,
    copied,
  );
  list('plans', 'Plans with their commitments', free, (here) => here.place.workspace.plans, copied);
  list('targets', 'Values to be reached', free, (here) => here.place.workspace.targets, copied);
  list(
    'reviews',
    'Reviews, without their text',
    free,
    (here) => here.place.workspace.reviews.map(({ head }) => head),
    copied,
  );

  serve(
    createRoute({
      method: 'get',
      path: '/api/places/{place}/indicators/{id}',
      summary: 'An indicator with all its figures',
      request: { params: placeParam.extend({ id: z.string() }) },
      responses: {
        200: right('The indicator', indicatorSchema.extend({ figures: z.array(figureSchema) })),
        404: wrong('No such place or indicator'),
      },
    }),
    (c) => {
      const here = find(c);
      if (here === undefined) return noPlace(c);
      const id = c.req.param('id') ?? '';
      const isCsv = id.endsWith('.csv');
      const entry = here.entries.get(isCsv ? id.slice(0, -4) : id);
      if (entry === undefined)
        return problem(c, 404, 'There is no such indicator', new URL(c.req.url).pathname);
      const figures = entry.series.flatMap(({ values, changes }) =>
        [...values, ...changes].map((key) => here.figure(key)),
      );
      if (isCsv)
        return c.body(csvOf(figures), 200, {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="${entry.indicator.id}.csv"`,
        });
      return c.json({ ...indicatorJson(entry.indicator), figures: figures.map(figureJson) }, 200);
    },
  );

  const figureParam = placeParam.extend({ code: z.string().openapi({ example: '7K2QM4XRB3ZD' }) });
  const figureAt = (c: Context) => {
    const code = readFigureCode(c.req.param('code') ?? '');
    const here = find(c);
    return here === undefined || code === null ? null : here.place.figures.byCode(code);
  };
  serve(
    createRoute({
      method: 'get',
      path: '/api/places/{place}/figures/{code}',
      summary: 'A figure with its formula, contributions and root',
      request: { params: figureParam },
      responses: { 200: right('The figure', tracedFigureSchema), 404: wrong('No such figure') },
    }),
    (c) => {
      const figure = figureAt(c);
      if (figure === null) return problem(c, 404, 'There is no such figure', new URL(c.req.url).pathname);
      return c.json(tracedFigureJson(figure), 200);
    },
  );
  serve(
    createRoute({
      method: 'get',
      path: '/api/places/{place}/figures/{code}/prov',
      summary: 'Where a figure comes from, as W3C PROV-JSON',
      request: { params: figureParam },
      responses: { 200: right('A PROV-JSON document', free), 404: wrong('No such figure') },
    }),
    (c) => {
      const figure = figureAt(c);
      const here = find(c);
      if (figure === null || here === undefined)
        return problem(c, 404, 'There is no such figure', new URL(c.req.url).pathname);
      return c.json(provJson(figure, here), 200);
    },
  );

  assessmentApi(serve, find);

  const openapi = described.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Modelcity',
      version: '1',
      description:
        'Figures of cities with the records they were computed from. Read-only. Numbers are exact decimals as text.',
    },
  });
  app.get('/api/openapi.json', (c) => c.json(openapi));
}

/** The address of the page of a list after this one, with all other parameters kept. */
function nextPage(url: string, after: number, limit: number): string {
  const next = new URL(url);
  next.searchParams.set('after', String(after));
  next.searchParams.set('limit', String(limit));
  return `${next.pathname}${next.search}`;
}
