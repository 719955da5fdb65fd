import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FigureSet } from '../figures/index.ts';
import { indicatorSchema, type Observation, type Workspace } from '../model/index.ts';
import { buildPortal } from '../publish/index.ts';
import { createApp } from '../web/index.ts';
import { portalApp } from './portal-app.ts';
import { pageKeys, valueHashes } from './portal-keys.ts';

const name = (en: string, zh: string) => ({ en, zh });
const row = (indicator: string, period: string, value: string, area = 'T'): Observation => ({
  indicator,
  area,
  period,
  breakdown: {},
  value,
  unit: 't',
  status: 'A',
  reason: null,
  qualifier: null,
  source: 'yearbook',
  locator: 'row 1',
  ref: null,
  note: null,
});

const city = (waste: string): Workspace => ({
  city: {
    modelcity: 1,
    id: 'tiny',
    name: name('Tiny', '小城'),
    area: 'T',
    languages: ['en', 'zh'],
    areas: [
      { id: 'T', name: name('Tiny', '小城'), kind: 'city' },
      { id: 'T1', name: name('North', '北区'), kind: 'district', parent: 'T' },
    ],
    sources: [
      {
        id: 'yearbook',
        title: name('Yearbook', '年鉴'),
        producer: name('Bureau', '局'),
        date: '2022',
        licence: 'CC BY 4.0',
      },
    ],
    dimensions: [],
  },
  indicators: ['paper', 'waste', 'water']
    .map((id) =>
      indicatorSchema.parse({ id, name: name(id, `${id}量`), unit: 't', direction: 'down', goals: ['12'] }),
    )
    .concat(
      indicatorSchema.parse({
        id: 'share',
        name: name('Share', '占比'),
        unit: '1',
        formula: 'paper / waste',
        goals: ['12'],
      }),
    ),
  observations: ['paper', 'water']
    .flatMap((id) => [row(id, '2019', '1'), row(id, '2020', '2'), row(id, '2020', '1', 'T1')])
    .concat(row('waste', '2019', '8'), row('waste', '2020', waste)),
  targets: [],
  claims: [],
  frameworks: [],
  plans: [],
  reviews: [],
});

const root = mkdtempSync(join(tmpdir(), 'modelcity-portal-'));
afterAll(() => rmSync(root, { recursive: true }));

async function build(workspace: Workspace, folder: string, asOf: number, requested: string[] = []) {
  const places = [{ workspace, figures: new FigureSet(workspace, { asOf }), asOf }];
  const app = portalApp(places, createApp);
  return buildPortal({
    ...app,
    request: (path) => {
      requested.push(path);
      return app.request(path);
    },
    key: pageKeys(places, valueHashes(places), 'test'),
    out: join(root, folder),
  });
}

const files = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(root, folder, path)).isFile())
      .sort()
      .map((path) => [path, readFileSync(join(root, folder, path), 'base64')]),
  );

describe('a portal of files', () => {
  it('built upon an older one is, byte for byte, the one built from nothing, and only what changed is made', async () => {
    const first = await build(city('10'), 'grown', 1);
    expect(first.made).toBe(first.pages);
    const requested: string[] = [];
    const second = await build(city('11'), 'grown', 2, requested);
    expect(second.made).toBeLessThan(first.made);
    await build(city('11'), 'fresh', 2);
    const [grown, fresh] = [files('grown'), files('fresh')];
    expect([...grown.keys()]).toEqual([...fresh.keys()]);
    expect([...grown].filter(([path, content]) => fresh.get(path) !== content).map(([path]) => path)).toEqual(
      [],
    );
    const made = new Set(requested.flatMap((path) => /\/indicators\/(\w+)\//.exec(path)?.[1] ?? []));
    expect([...made].sort()).toEqual(['share', 'waste']);
    expect((await build(city('11'), 'grown', 3)).made).toBe(0);
  });

  it('leads every figure to its row of evidence, and no link to nowhere', async () => {
    const built = await build(city('10'), 'linked', 1);
    expect(built.findings).toEqual([]);
    const pages = files('linked');
    for (const [path, content] of pages) {
      if (!path.endsWith('.html')) continue;
      const html = Buffer.from(content, 'base64').toString();
      expect(html).not.toMatch(/\s(?:href|src)="\//);
      expect(html).not.toContain('/figures/');
      for (const [, href = ''] of html.matchAll(/\shref="([^"#:]+)(?:#[^"]*)?"/g)) {
        const target = join(root, 'linked', dirname(path), decodeURI(href.replaceAll('&amp;', '&')));
        expect([path, href, existsSync(target)]).toEqual([path, href, true]);
      }
    }
    const evidence = Buffer.from(
      pages.get('zh/tiny/indicators/waste/evidence/index.html') ?? '',
      'base64',
    ).toString();
    expect(evidence).toContain('observation/T/waste/2020/');
    expect(evidence).toContain('年鉴');
    const page = Buffer.from(pages.get('en/tiny/indicators/waste/index.html') ?? '', 'base64').toString();
    const anchors = [...page.matchAll(/evidence\/index\.html#(f-\w+)"/g)].map(([, id]) => id);
    expect(anchors.length).toBeGreaterThan(1);
    for (const id of anchors)
      expect(
        Buffer.from(pages.get('en/tiny/indicators/waste/evidence/index.html') ?? '', 'base64').toString(),
      ).toContain(`id="${id}"`);
  });

  it('takes away what nothing links to any more', async () => {
    await build(city('10'), 'smaller', 1);
    const { indicators, observations, ...rest } = city('10');
    const fewer = {
      ...rest,
      indicators: indicators.filter(({ id }) => id !== 'water'),
      observations: observations.filter(({ indicator }) => indicator !== 'water'),
    };
    const built = await build(fewer, 'smaller', 2);
    expect(built.removed).toBeGreaterThan(0);
    expect(existsSync(join(root, 'smaller/en/tiny/indicators/water/index.html'))).toBe(false);
  });
});
