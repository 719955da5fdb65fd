import { expect, it } from 'vitest';
import { FigureSet } from '../figures/index.ts';
import { indicatorSchema, type Workspace } from '../model/index.ts';
import { LivePlaces } from './live-places.ts';
import { keepWarm } from './warm-pages.ts';

const name = { en: 'Town', zh: '城' };
const workspace: Workspace = {
  city: {
    modelcity: 1,
    id: 'town',
    name,
    area: 'T',
    languages: ['en', 'zh'],
    areas: [{ id: 'T', name, kind: 'city' }],
    sources: [],
    dimensions: [],
  },
  indicators: ['quiet', 'water'].map((id) =>
    indicatorSchema.parse({ id, name, unit: 't', key: id === 'water' }),
  ),
  observations: [],
  targets: [],
  claims: [],
  frameworks: [],
  plans: [],
  reviews: [],
};
const place = () => ({ workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1 });

it('makes the pages that visitors come to before they come, and again after a change', async () => {
  const live = new LivePlaces([place()]);
  const asked: string[] = [];
  const until = async (count: number): Promise<void> => {
    while (asked.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  const warming = keepWarm(
    live,
    (path) => {
      asked.push(path);
      if (path.includes('/groups/')) throw new Error('cannot be made');
      return new Response(path);
    },
    () => new Promise((resolve) => setImmediate(resolve)),
  );
  // Two front pages; a place's own and eight rooms; page, chart and data of two indicators: in two languages.
  await until(2 + 18 + 12);
  expect(asked.slice(0, 3)).toEqual(['/en/', '/en/town/', '/en/town/indicators/']);
  const pages = asked.filter(
    (path) => path.startsWith('/zh/town/indicators/') && path.split('/').length === 6,
  );
  expect(pages.filter((path) => path.endsWith('/'))).toEqual([
    '/zh/town/indicators/water/',
    '/zh/town/indicators/quiet/',
  ]);
  expect(new Set(asked).size).toBe(32);
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(asked.length).toBe(32);
  live.replace([{ place: place(), indicators: 'all' }]);
  await until(64);
  warming.stop();
});
