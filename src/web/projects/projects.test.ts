import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FigureSet } from '../../figures/index.ts';
import { exportPhotos, exportWorkspace, parseWorkspace, readFolder } from '../../intake/index.ts';
import type { Project, SubmittedFile, Workspace } from '../../model/index.ts';
import { earnedCurve, fundTotals, lastDay, overdueOf, stageOf } from '../../plan/index.ts';
import { type AppOptions, createApp } from '../app.tsx';

const folder = resolve(import.meta.dirname, '../../../examples/shenyang');
const path = 'projects/demonstration.yaml';
const { files } = await readFolder(folder);
const text = readFileSync(resolve(folder, path), 'utf8');
const read = (changed: string = text) =>
  parseWorkspace(files.map((file) => (file.path === path ? { path, bytes: Buffer.from(changed) } : file)));
const workspaceOf = (changed?: string): Workspace => {
  const { workspace, findings } = read(changed);
  if (workspace === null) throw new Error(JSON.stringify(findings));
  return workspace;
};
const workspace = workspaceOf();
const figures = new FigureSet(workspace, { asOf: 1 });
const app = (of: Workspace = workspace) => createApp({ places: [{ workspace: of, figures, asOf: 1 }] });
const pageOf = async (address: string, of?: Workspace): Promise<string> => {
  const answer = await app(of).request(address);
  expect(answer.status).toBe(200);
  return answer.text();
};
const projects = workspace.portfolios?.[0]?.projects ?? [];
const project = (id: string): Project => {
  const found = projects.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no project ${id}`);
  return found;
};

describe('a file of projects', () => {
  it('comes back from its export as it was, and changes no figure', () => {
    expect(projects.length).toBe(6);
    expect(parseWorkspace(exportWorkspace(workspace)).workspace?.portfolios).toEqual(workspace.portfolios);
    const without = parseWorkspace(files.filter((file) => file.path !== path)).workspace;
    if (without === null) throw new Error('it is read without its projects');
    const roots = (set: FigureSet) => [...set.all()].map(({ code, root }) => [code, root]);
    expect(roots(new FigureSet(without, { asOf: 1 }))).toEqual(roots(figures));
  });

  it.each([
    ['portfolio.no-source', 'generated: true', 'generated: false'],
    ['portfolio.not-money', "cost: {amount: '9', unit: 10*6.CNY}", "cost: {amount: '9', unit: t}"],
    ['portfolio.negative', "amount: '5.4'", "amount: '-5.4'"],
    ['portfolio.future', "done: '2010-07-20'", "done: '2011-07-20'"],
    ['indicator.unknown', 'indicator: sy.results.fund_jica', 'indicator: sy.results.fund_jicca'],
    ['commitment.unknown', 'id: project-yuanda-group', 'id: project-yuanda'],
    ['area.unknown', "area: '210100'", "area: '219999'"],
    ['project.duplicate', 'id: yuanda\n', 'id: liaozhong-base\n'],
  ])('is refused with its line: %s', (rule, from, to) => {
    expect(text).toContain(from);
    const { workspace: none, findings } = read(text.replace(from, to));
    const [found] = findings.filter((each) => each.rule === rule);
    expect(none).toBeNull();
    expect(found).toMatchObject({ rule });
    expect(JSON.stringify(found)).toMatch(/projects\/demonstration\.yaml.*"row":\d+/);
  });
});

describe('what follows from it', () => {
  it('takes a year and a month on their last days', () => {
    expect(['2011', '2012-02', '2010-06-30'].map(lastDay)).toEqual([
      '2011-12-31',
      '2012-02-29',
      '2010-06-30',
    ]);
  });

  it('names what is overdue, and not what is due by the end of a year that runs', () => {
    const late = (id: string, asOf: string) => overdueOf(project(id), asOf).map((each) => each.id);
    expect(late('example-wetland', '2010-12-31')).toEqual(['planting']);
    expect(late('liaozhong-base', '2011-12-31')).toEqual([]);
    expect(late('liaozhong-base', '2012-01-01')).toEqual(['new-projects', 'begun', 'in-production']);
    expect(stageOf(project('example-wetland'))).toBe('started');
    expect(stageOf(project('yuanda'))).toBeNull();
  });

  it('adds no currencies, no made-up money to told money, and takes nothing told for nothing', () => {
    expect(
      fundTotals(projects).map(({ currency, planned, paid, generated }) => [
        currency,
        planned,
        paid,
        generated,
      ]),
    ).toEqual([
      ['CNY', '120000000', null, false],
      ['CNY', '17000000', '12600000', true],
      ['JPY', '1800000', null, false],
    ]);
  });

  it('draws the curve of exact sums, or says what it lacks', () => {
    const wetland = project('example-wetland');
    const curve = earnedCurve(wetland, '2010-12-31');
    if (typeof curve === 'string') throw new Error(curve);
    expect(curve.points.at(-1)).toEqual({
      day: '2010-12-31',
      planned: '15500000',
      earned: '11000000',
      spent: '12600000',
    });
    expect(curve.points.find(({ day }) => day === '2010-06-30')).toMatchObject({
      planned: '11000000',
      earned: '2000000',
    });
    expect(earnedCurve(project('liaozhong-base'), '2010-12-31')).toBe('cost-missing');
    expect(earnedCurve(project('yuanda'), '2010-12-31')).toBe('no-milestones');
    const unpaid = wetland.money.map(({ paid: _, ...fund }) => fund);
    expect(earnedCurve({ ...wetland, money: unpaid }, '2010-12-31')).toBe('paid-missing');
    const yen = wetland.money.map((fund) => ({ ...fund, unit: 'JPY' }));
    expect(earnedCurve({ ...wetland, money: yen }, '2010-12-31')).toBe('currencies');
  });
});

describe('the pages', () => {
  it('show one stage and one area from the address, in both languages', async () => {
    const rows = (page: string) => [...page.matchAll(/<tr id="([^"]+)"/g)].map(([, id]) => id);
    expect(rows(await pageOf('/en/shenyang/projects/')).length).toBe(6);
    const started = await pageOf('/zh/shenyang/projects/?stage=started&area=210100');
    expect(rows(started)).toEqual(['puhe-ecological-corridor', 'example-wetland']);
    expect(started).toContain('蒲河生态廊道综合整治工程');
    expect(started).toContain('生成');
    expect(rows(await pageOf('/en/shenyang/projects/?stage=none')).length).toBe(3);
    expect(await pageOf('/en/shenyang/plan/')).toContain('href="/en/shenyang/projects/"');
  });

  it('draw a map where the city has tiles', async () => {
    const tiled = {
      ...workspace,
      city: { ...workspace.city, tiles: [{ area: '210100', column: 0, row: 0 }] },
    };
    expect(await pageOf('/en/shenyang/projects/', tiled)).toContain('chart-tiles');
    expect(await pageOf('/en/shenyang/projects/')).toContain('No map:');
  });

  it('tell a project with its curve, its CSV and its figures; the same as JSON', async () => {
    const page = await pageOf('/en/shenyang/projects/example-wetland/');
    expect(page).toContain('overdue since');
    expect(page).toContain('<svg');
    expect(page).toContain('Generated example');
    const csv = await pageOf('/en/shenyang/projects/example-wetland/earned-value.csv');
    expect(csv.trimEnd().split('\r\n').at(-1)).toBe('2010-12-31,CNY,15500000,11000000,12600000');
    const puhe = await pageOf('/zh/shenyang/projects/puhe-ecological-corridor/');
    expect(puhe).toMatch(/\/zh\/shenyang\/figures\//);
    expect(puhe).toContain('未说明');
    const json = JSON.parse(await pageOf('/api/places/shenyang/projects/example-wetland'));
    expect(json).toMatchObject({ stage: 'started', overdue: ['planting'], earnedValue: { currency: 'CNY' } });
    const all = JSON.parse(await pageOf('/api/places/shenyang/projects'));
    expect(all.portfolios[0].money.length).toBe(3);
    for (const absent of [
      '/en/shenyang/projects/none/',
      '/en/shenyang/projects/yuanda/earned-value.csv',
      '/api/places/shenyang/projects/none',
    ])
      expect((await app().request(absent)).status).toBe(404);
  });
});

describe('a photograph', () => {
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
  const sha256 = createHash('sha256').update(jpeg).digest('hex');
  const withPhoto = text.replace(
    'id: yuanda\n',
    `id: yuanda\n    photos:\n      - {sha256: ${sha256}, caption: {en: The works, zh: 厂区}}\n`,
  );
  const photoFile = { path: `photos/${sha256}.jpg`, bytes: jpeg };

  it('is part of a site of files where the log is at hand, as an edition and a portal are made; else its words are', async () => {
    const place = { workspace: workspaceOf(withPhoto), figures, asOf: 1 };
    const start = '/zh/shenyang/projects/yuanda/';
    const photo = `${start}photos/${sha256}.jpg`;
    const site = (more: Partial<AppOptions>) => createApp({ places: [place], ...more });
    const whole = site({ fileOf: async () => jpeg });
    expect(await (await whole.request(start)).text()).toContain(`src="${photo}" alt="厂区"`);
    const answer = await whole.request(photo);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(jpeg);
    const page = await (await site({}).request(start)).text();
    expect([page.includes('厂区'), page.includes('<img')]).toEqual([true, false]);
    // Named, and not in the log: absent, no fault.
    const lost = site({ fileOf: () => Promise.reject(new Error('not there')) });
    expect((await lost.request(photo)).status).toBe(404);
  });

  it('comes along in a folder under its hash; what is none, or was changed, is refused', () => {
    const city = files.filter((file) => file.path === 'city.yaml');
    const of = (file: SubmittedFile) => parseWorkspace([...city, file]).findings.map(({ rule }) => rule);
    expect(of(photoFile)).toEqual([]);
    expect(of({ ...photoFile, bytes: Buffer.from([...jpeg, 4]) })).toEqual(['photo.changed']);
    expect(of({ ...photoFile, bytes: Buffer.from('<svg onload="x"/>') })).toEqual(['photo.not-jpeg']);
    expect(of({ ...photoFile, path: 'photos/lake.jpg' })).toEqual(['file.wrong-name']);
  });

  it('goes out with the folder and comes in again elsewhere; one that the log lacks does not stop the rest', async () => {
    const city = workspaceOf(withPhoto);
    const out = await exportPhotos(city, async (sha) =>
      sha === sha256 ? jpeg : Promise.reject(new Error(sha)),
    );
    expect(out).toEqual([photoFile]);
    const back = parseWorkspace([...exportWorkspace(city), ...out]);
    expect(back.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(back.workspace?.portfolios).toEqual(city.portfolios);
    expect(await exportPhotos(city, () => Promise.reject(new Error('gone')))).toEqual([]);
  });
});

it('a project that gives its place is a numbered point on the city’s own map', async () => {
  const outline = {
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        properties: { area: '210100' },
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [123, 41.5],
              [124, 41.5],
              [124, 42.2],
              [123, 42.2],
              [123, 41.5],
            ],
          ],
        },
      },
    ],
  };
  const placed = text.replace('id: yuanda\n', 'id: yuanda\n    point: {longitude: 123.43, latitude: 41.8}\n');
  const read = parseWorkspace([
    ...files.filter((file) => file.path !== path),
    { path, bytes: Buffer.from(placed) },
    { path: 'boundaries/city.geojson', bytes: Buffer.from(JSON.stringify(outline)) },
  ]);
  if (read.workspace === null) throw new Error(JSON.stringify(read.findings));
  for (const address of ['/en/shenyang/projects/', '/en/shenyang/projects/yuanda/']) {
    const page = await pageOf(address, read.workspace);
    const [, x = '', y = ''] =
      /<circle cx="([\d.]+)" cy="([\d.]+)"[^>]*><title>1 [^<]+<\/title>/.exec(page) ?? [];
    // 43 % of the way to the east, 0.4° below the north edge, at 800 px a degree of latitude.
    expect(Number(x), address).toBeCloseTo(368.3, 0);
    expect(Number(y), address).toBeCloseTo(321, 0);
  }
});
