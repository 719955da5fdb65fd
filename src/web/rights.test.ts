import { readFileSync, writeFileSync } from 'node:fs';
import type { Context } from 'hono';
import { describe, expect, test } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { FigureSet } from '../figures/index.ts';
import { citySchema, type Workspace } from '../model/index.ts';
import { createApp } from './app.tsx';
import { allows, rightsMatrix, rightsPage } from './rights.ts';
import { makeDoor } from './sign-in/door.ts';
import { type Person, type Role, roles } from './who.ts';

const workspace: Workspace = {
  city: citySchema.parse({
    modelcity: 1,
    id: 'tiny',
    name: { en: 'Tiny', zh: '小城' },
    area: 'T',
    languages: ['en', 'zh'],
    areas: [{ id: 'T', name: { en: 'Tiny', zh: '小城' }, kind: 'city' }],
    sources: [
      {
        id: 's',
        title: { en: 'S', zh: 'S' },
        producer: { en: 'P', zh: 'P' },
        date: '2022',
        licence: 'CC BY 4.0',
      },
    ],
  }),
  indicators: [],
  observations: [],
  targets: [],
  claims: [],
  frameworks: [],
  plans: [],
  reviews: [],
};

const [engine] = testEngines;
if (engine === undefined) throw new Error('there is always the embedded engine');
const store = await (await engine.place()).open();
let asking: Person | null = null;
const door = {
  ...makeDoor({
    people: store.people,
    secret: 'a secret of the test, long enough for it',
    baseUrl: 'http://localhost',
    oidc: { name: 'City', issuer: 'http://localhost:9', clientId: 'c', clientSecret: 's' },
  }),
  who: async () => asking,
};
const places = [{ workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1 }];
const app = createApp({ places, store, door });
const rows = rightsMatrix(app);

test('every route has a rule: a new one without is refused here', () => {
  expect(rows.length).toBeGreaterThan(40);
  expect(
    rows.filter(({ rule }) => rule === undefined).map(({ method, path }) => `${method} ${path}`),
  ).toEqual([]);
});

test('a planted route without a rule is found, whatever it answers to', () => {
  const planted = createApp({ places, store, door });
  const answer = (c: Context): Response => c.text('');
  planted.get('/:language{en|zh}/:city/planted/', answer);
  planted.post('/api/places/planted', answer);
  planted.on('PUT', '/api/office/:city/planted', answer);
  planted.all('/planted/*', answer);
  const found = rightsMatrix(planted).filter(({ rule }) => rule === undefined);
  expect(found.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /:language{en|zh}/:city/planted/',
    'PUT /api/office/:city/planted',
    'POST /api/places/planted',
    'ALL /planted/*',
  ]);
});

test('docs/rights.md is the matrix of this release', () => {
  const file = new URL('../../docs/rights.md', import.meta.url);
  const page = readFileSync(file, 'utf8');
  const head = page.slice(0, page.indexOf('| route'));
  // MODELCITY_WRITE_RIGHTS=1 writes the page anew.
  if (process.env.MODELCITY_WRITE_RIGHTS === '1') writeFileSync(file, head + rightsPage(rows));
  expect(readFileSync(file, 'utf8')).toBe(head + rightsPage(rows));
});

describe('the server keeps to the matrix', () => {
  const guarded = rows.filter(({ rule }) => Array.isArray(rule));
  const concrete = (path: string): string =>
    path
      .replace(':language{en|zh}', 'en')
      .replace(':city', 'tiny')
      .replaceAll(/:\w+(?:\{[^}]*\})?/g, 'x');
  test.each([null, ...roles])('%s', async (role: Role | null) => {
    asking = role === null ? null : { id: 'p', name: 'P', grants: [{ role, area: '*', department: '*' }] };
    expect(guarded.length).toBeGreaterThan(2);
    for (const { method, path, rule } of guarded) {
      const address = concrete(path);
      const { status } = await app.request(`http://localhost${address}`, { method });
      // Programs are told by status; people are led to where they sign in.
      const isShut = /^\/(?:api|sensorthings)\//.test(address)
        ? status === 401 || status === 403
        : status === 303 || status === 403;
      if (!allows(rule, role)) expect([address, isShut], address).toEqual([address, true]);
      else expect([address, status === 401 || status === 403], address).toEqual([address, false]);
      expect(status, address).not.toBe(500);
    }
  });
});
