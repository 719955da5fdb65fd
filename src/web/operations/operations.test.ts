import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { LivePlaces } from '../live-places.ts';
import { type AnsweredRequest, withOperations, withoutSecrets } from './operations.ts';

function operated(heads: () => Promise<{ id: string; head: number }[]>, engine = 'postgres') {
  const site = new Hono();
  site.get('/en/', (c) => c.text('home'));
  site.get('/fault', () => {
    throw new Error('broken');
  });
  site.notFound((c) => c.text('own page', 404));
  site.onError((_, c) => c.text('own fault', 500));
  const told: AnsweredRequest[] = [];
  const app = withOperations({
    site,
    version: '1.2.3',
    engine,
    live: new LivePlaces([]),
    heads,
    onAnswer: (request) => told.push(request),
    patience: 20,
  });
  return { app, told };
}

const up = async () => [{ id: 'shanghai', head: 7 }];
const never = () => new Promise<never>(() => undefined);

it('is well while the database answers, and says so when it does not', async () => {
  const well = await operated(up).app.request('/health');
  expect([well.status, well.headers.get('content-type')]).toEqual([200, 'application/health+json']);
  expect(await well.json()).toMatchObject({ status: 'pass', version: '1.2.3' });
  for (const down of [never, () => Promise.reject(new Error('no connection to 10.0.0.1'))]) {
    const ill = await operated(down).app.request('/health');
    expect(ill.status).toBe(503);
    expect(await ill.text()).not.toContain('10.0.0.1');
  }
  expect((await operated(never, 'pglite').app.request('/health')).status).toBe(200);
});

it('counts answers by kind and status, in the form that Prometheus reads', async () => {
  const { app } = operated(up);
  for (const path of ['/en/', '/en/', '/nowhere/', '/fault']) await app.request(path);
  const text = await (await app.request('/metrics')).text();
  expect(text).toContain('modelcity_answers_total{kind="page",method="GET",status="200"} 2\n');
  expect(text).toContain('modelcity_answers_total{kind="page",method="GET",status="404"} 1\n');
  expect(text).toContain('modelcity_answers_total{kind="page",method="GET",status="500"} 1\n');
  expect(text).toContain('modelcity_answer_seconds_bucket{kind="page",le="+Inf"} 4\n');
  expect(text).toContain('modelcity_log_head{city="shanghai"} 7\n');
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(
      /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+)$/,
    );
});

it('leaves the site its own pages for what is not there and for faults', async () => {
  const { app } = operated(up);
  expect(await (await app.request('/nowhere/')).text()).toBe('own page');
  expect(await (await app.request('/fault')).text()).toBe('own fault');
});

it('tells each answer without query and without what may be a key', async () => {
  const { app, told } = operated(up);
  await app.request('/en/?token=secret');
  expect(told).toEqual([{ method: 'GET', path: '/en/', status: 200, milliseconds: expect.any(Number) }]);
  expect(withoutSecrets('/join/4f1c9be0d7a84f1c9be0d7a8aa/x')).toBe('/join/…/x');
  expect(withoutSecrets('/en/shanghai/figures/QPD11PW/')).toBe('/en/shanghai/figures/QPD11PW/');
});
