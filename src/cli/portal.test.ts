import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dependentsOf, FigureSet } from '../figures/index.ts';
import {
  indicatorSchema,
  type Observation,
  ObservationPacker,
  packedOf,
  type Workspace,
} from '../model/index.ts';
import { buildPortal } from '../publish/index.ts';
import { createApp, type PlaceChange } from '../web/index.ts';
import { withChanges } from './follow-places.ts';
import { followPortal } from './follow-portal.ts';
import { type PortalSource, portalSource } from './portal-app.ts';

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

const missing = (of: Observation): Observation => ({
  ...of,
  value: null,
  status: 'O',
  reason: name('not measured', '未监测'),
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

const placesOf = (workspace: Workspace, asOf: number) => [
  { workspace, figures: new FigureSet(workspace, { asOf }), asOf },
];

function build(workspace: Workspace, folder: string, asOf: number, requested: string[] = []) {
  return put(portalSource(placesOf(workspace, asOf), createApp, 'test'), folder, requested);
}

function put(source: PortalSource, folder: string, requested: string[] = []) {
  const options = source.options();
  return buildPortal({
    ...options,
    request: (path) => {
      requested.push(path);
      return options.request(path);
    },
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

  it('of observations that are held packed is the same, also after a change that is put in', async () => {
    const packed = (workspace: Workspace): Workspace => {
      const packer = new ObservationPacker();
      for (const each of workspace.observations) packer.add(each);
      return { ...workspace, observations: packer.packed().list() };
    };
    const first = packed(city('10'));
    const source = portalSource(placesOf(first, 1), createApp, 'test');
    await put(source, 'packed');
    await build(city('10'), 'listed', 1);
    expect(files('packed')).toEqual(files('listed'));
    const cell = { indicator: 'waste', area: 'T', period: '2020', breakdown: {} };
    const observation = row('waste', '2020', '11');
    const second = { ...first, observations: withChanges(first.observations, [{ cell, observation }]) };
    expect(packedOf(second.observations)).not.toBeNull();
    const places = placesOf(second, 2);
    source.replace(places, dependentsOf(['waste'], new FigureSet(second, { asOf: 2 }).definitions));
    const built = await put(source, 'packed');
    expect(built.made).toBeLessThan(built.pages);
    await build(city('11'), 'listed-anew', 2);
    expect(files('packed')).toEqual(files('listed-anew'));
  });

  it('goes on beside its places as they change, cell by cell, as if built from nothing each time', async () => {
    const places = placesOf(city('10'), 1);
    const source = portalSource(places, createApp, 'test');
    let built = await put(source, 'followed');
    const follower = followPortal(places, source, async () => {
      built = await put(source, 'followed');
    });
    let now = city('10');
    const change = (
      asOf: number,
      edit: (rows: readonly Observation[]) => readonly Observation[],
    ): PlaceChange => {
      const before = now.observations;
      now = { ...now, observations: edit(before) };
      const touched = [...before, ...now.observations].filter(
        (each) => !before.includes(each) || !now.observations.includes(each),
      );
      const figures = new FigureSet(now, { asOf });
      const ids = touched.map(({ indicator }) => indicator);
      return {
        place: { workspace: now, figures, asOf },
        indicators: dependentsOf(ids, figures.definitions),
      };
    };
    const [first] = now.observations;
    const edits: readonly (readonly ((rows: readonly Observation[]) => readonly Observation[])[])[] = [
      [(rows) => rows.map((each) => (each === first ? { ...each, value: '7' } : each))],
      // A district's value and an input of a formula, handed in one after the other before the portal is built again.
      [
        (rows) => rows.map((each) => (each.area === 'T1' ? { ...each, value: '0.5' } : each)),
        (rows) => rows.map((each) => (each.indicator === 'waste' ? { ...each, value: '9' } : each)),
      ],
      // A new year, a new series, a value gone missing, a row gone.
      [
        (rows) => [...rows, row('paper', '2021', '3'), row('waste', '2020', '2', 'T1')],
        (rows) =>
          rows
            .filter(({ indicator, area }) => indicator !== 'paper' || area !== 'T1')
            .map((each) => (each.indicator === 'water' && each.period === '2019' ? missing(each) : each)),
      ],
      // What pages tell of documents and of what is there without looking at values: one is provisional, the newest is lost.
      [
        (rows) => rows.map((each) => (each.indicator === 'water' ? { ...each, status: 'P' as const } : each)),
        (rows) => rows.map((each) => (each.period === '2021' ? missing(each) : each)),
      ],
    ];
    for (const [at, edited] of edits.entries()) {
      for (const edit of edited) follower.replace([change(at + 2, edit)]);
      await follower.idle();
      expect(built.made).toBeGreaterThan(0);
      expect(built.made).toBeLessThan(built.pages);
      await build(now, `fresh-${at}`, 1);
      const [followed, fresh] = [files('followed'), files(`fresh-${at}`)];
      const differing = [...followed].filter(([path, bytes]) => fresh.get(path) !== bytes);
      expect(differing.map(([path]) => path)).toEqual([]);
      expect(followed.size).toBe(fresh.size);
    }
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
