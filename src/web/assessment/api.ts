import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { methods, type Table } from '../../assess/index.ts';
import { problem } from '../api/problem.ts';
import { placeParam, problemSchema } from '../api/schemas.ts';
import type { Catalogue } from '../catalogue.ts';
import { judgeFramework } from './judged.ts';
import { comparedMethods, progressBy, progressTables } from './progress-of.ts';

/** How the interface registers an address with its description. */
type Serve = (route: ReturnType<typeof createRoute>, answer: (c: Context) => Response) => void;

const free = z.record(z.string(), z.unknown());
const json = (description: string) => ({ description, content: { 'application/json': { schema: free } } });
const absent = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

/** Assessments as JSON: the verdicts of standards with every input and formula, progress by method, and the tables to recompute it. */
export function assessmentApi(serve: Serve, find: (c: Context) => Catalogue | undefined): void {
  const inPlace =
    (answer: (here: Catalogue, c: Context) => Response) =>
    (c: Context): Response => {
      const here = find(c);
      return here === undefined ? nothing(c, 'There is no such place') : answer(here, c);
    };
  const nothing = (c: Context, title: string): Response =>
    problem(c, 404, title, new URL(c.req.url).pathname);

  serve(
    createRoute({
      method: 'get',
      path: '/api/places/{place}/assessments',
      summary: 'The standards a place is judged by',
      request: { params: placeParam },
      responses: { 200: json('The standards'), 404: absent('No such place') },
    }),
    inPlace((here, c) =>
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
    ),
  );
  serve(
    createRoute({
      method: 'get',
      path: '/api/places/{place}/assessments/{standard}',
      summary:
        'A standard judged on the figures of an area, with inputs, formulas, reasons and what would change them',
      request: {
        params: placeParam.extend({ standard: z.string() }),
        query: z.object({ area: z.string().optional() }),
      },
      responses: { 200: json('The assessment'), 404: absent('No such place, standard or area') },
    }),
    inPlace((here, c) => {
      const id = c.req.param('standard');
      const framework = here.place.workspace.frameworks.find((one) => one.id === id);
      if (framework === undefined || framework.criteria.length === 0)
        return nothing(c, 'There is no such standard');
      const area = c.req.query('area') ?? here.place.workspace.city.area;
      if (!here.areas.has(area)) return nothing(c, 'There is no such area');
      return c.json({ area, asOf: here.place.asOf, ...judgeFramework(here, framework, area) });
    }),
  );
  serve(
    createRoute({
      method: 'get',
      path: '/api/places/{place}/progress',
      summary: 'The progress of every indicator with a direction, by each method, with reasons',
      request: { params: placeParam },
      responses: { 200: json('Verdicts by method'), 404: absent('No such place') },
    }),
    inPlace((here, c) =>
      c.json({
        asOf: here.place.asOf,
        methods: comparedMethods.map((id) => ({
          id,
          version: methods.get(id)?.version ?? null,
          name: methods.get(id)?.name ?? null,
          results: [...progressBy(here, id).values()],
        })),
      }),
    ),
  );
  for (const table of ['codebook', 'data'] as const)
    serve(
      createRoute({
        method: 'get',
        path: `/api/places/{place}/progress/${table}.csv`,
        summary: `The ${table} table that the progress methods judge, for modelcity assess`,
        request: { params: placeParam },
        responses: {
          200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } },
          404: absent('No such place'),
        },
      }),
      inPlace((here, c) =>
        c.body(csvOf(progressTables(here)[table]), 200, { 'content-type': 'text/csv; charset=utf-8' }),
      ),
    );
}

/** Cells of these tables are ids, numbers and codes: none needs a quote. */
function csvOf({ columns, rows }: Table): string {
  return [columns, ...rows.map(({ cells }) => cells)].map((cells) => `${cells.join(',')}\n`).join('');
}
