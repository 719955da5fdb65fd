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

it('lets who asks go first: nothing is made until a second has passed without a request, or twenty', async () => {
  const order: string[] = [];
  let asked = 0;
  const warming = keepWarm(
    new LivePlaces([place()]),
    (path) => {
      order.push('page');
      if (order.filter((each) => each === 'page').length === 3) warming.stop();
      return new Response(path);
    },
    (milliseconds) => {
      if (milliseconds === 1_000) order.push('second');
      // Somebody comes in three of the seconds after the first page, then in all after the second.
      const made = order.filter((each) => each === 'page').length;
      if ((made === 1 && order.filter((each) => each === 'second').length < 5) || made === 2) asked += 1;
      return new Promise((resolve) => setImmediate(resolve));
    },
    () => asked,
  );
  while (order.filter((each) => each === 'page').length < 3)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(
    order
      .join(' ')
      .split('page')
      .map((each) => each.trim().split(' ').filter(Boolean).length),
  ).toEqual([1, 4, 20, 0]);
});
