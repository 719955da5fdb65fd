import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowserFor, openBrowser } from '../scripts/browser.js';
import { drawChart } from '../src/chart/index.ts';
import { folderPlaces } from '../src/cli/audit-folder.ts';
import { FigureSet } from '../src/figures/index.ts';
import { importOpenSdg, parseWorkspace, readRepository } from '../src/intake/index.ts';
import { buildPortal } from '../src/publish/index.ts';
import { arrange, createApp, type Explored, readChoice } from '../src/web/index.ts';
import { accessibilityTags, axeFaults } from './axe.ts';
import { hanMarkFaults } from './han-marks.ts';
import { type Listening, listen } from './listen.ts';
import { narrowFaults, paperFaults } from './narrow.ts';
import { takePictures } from './portal-pictures.ts';

const hasBrowser = hasBrowserFor('the tests of pages in a browser are');

let server: Listening;
let origin = '';
let browser: Browser;
const colours = ['color-contrast', 'link-in-text-block'];
/** One address of each kind of page, without its language. */
const kinds = new Map<string, string>();

beforeAll(async () => {
  if (!hasBrowser) return;
  // With the answers to findings that lie beside the data: pages count what is still open.
  const read = await folderPlaces(fileURLToPath(new URL('../examples', import.meta.url)));
  expect(read.errors).toEqual([]);
  const workspaces = read.places.map(({ workspace }) => workspace);
  const places = read.places.map((place) => ({
    ...place,
    asOf: 1,
    figures: new FigureSet(place.workspace, {
      asOf: 1,
      related: workspaces.filter(({ city }) => city.partOf === place.workspace.city.id),
    }),
  }));
  // A place with real boundaries: what an import makes of the sample of Open SDG.
  const sample = await readRepository(fileURLToPath(new URL('../docs/samples/open-sdg', import.meta.url)));
  const aurora = parseWorkspace(
    importOpenSdg(sample, { repository: 'sample', name: { en: 'Aurora', zh: '极光市' } }).files.filter(
      ({ path }) => !path.startsWith('import/'),
    ),
  ).workspace;
  if (aurora === null) throw new Error('the sample does not come in');
  const [drawn] = aurora.indicators;
  const app = createApp({
    places: [...places, { workspace: aurora, asOf: 1, figures: new FigureSet(aurora, { asOf: 1 }) }],
  });
  server = await listen(app.fetch);
  origin = server.origin;
  const listed: { items: { code: string; measure: { kind: string } }[] } = await (
    await fetch(`${origin}/api/places/shanghai/figures?indicator=energy_per_gdp`)
  ).json();
  const change = listed.items.find(({ measure }) => measure.kind === 'relative');
  kinds
    .set('all places', '/')
    .set('city', '/shanghai/')
    .set('indicators', '/chengdu/indicators/')
    .set('tile map', '/shanghai/indicators/forest_coverage/map/')
    .set('map', `/aurora/indicators/${drawn?.id ?? ''}/map/`)
    .set('indicator drawn as a map', `/aurora/indicators/${drawn?.id ?? ''}/?kind=map`)
    .set('indicator', '/shanghai/indicators/energy_per_gdp/')
    .set('trace', `/shanghai/figures/${change?.code ?? ''}/`)
    .set('goals', '/shanghai/goals/')
    .set('goal', '/shanghai/goals/7/')
    .set('districts', '/shanghai/districts/')
    .set('district', '/shanghai/districts/310117/')
    .set('sources', '/shanghai/sources/')
    .set(
      'source',
      `/chengdu/sources/${workspaces.find(({ city }) => city.id === 'chengdu')?.city.sources[0]?.id ?? ''}/`,
    )
    .set('status', '/shanghai/status/')
    .set('groups', '/shanghai/groups/')
    .set('compare', '/shanghai/compare/')
    .set('embed', '/shanghai/indicators/energy_per_gdp/embed/')
    .set('editions', '/shanghai/editions/')
    .set('data', '/chengdu/data/')
    .set('news', '/shanghai/news/')
    .set('about', '/about/')
    .set('search', '/search/?q=energy')
    .set('nothing here', '/shanghai/indicators/none/');
  for (const { city, frameworks, plans, reviews } of workspaces) {
    const framework = frameworks.find(({ kind }) => !kinds.has(`framework: ${kind}`));
    if (framework !== undefined)
      kinds.set(`framework: ${framework.kind}`, `/${city.id}/framework/${framework.id}/`);
    if (plans[0] !== undefined && !kinds.has('plan')) kinds.set('plan', `/${city.id}/plan/${plans[0].id}/`);
    if (reviews[0] !== undefined && !kinds.has('review'))
      kinds.set('review', `/${city.id}/review/${reviews[0].head.id}/`);
  }
  browser = await openBrowser();
});

afterAll(async () => {
  if (!hasBrowser) return;
  await browser.close();
  await server.close();
});

/** A fresh browser window that notes every request to elsewhere and every error of a page. */
async function open(
  options: BrowserContextOptions = {},
): Promise<{ readonly context: BrowserContext; readonly complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const complaints: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) complaints.push(`asked for ${request.url()}`);
  });
  context.on('weberror', (error) => complaints.push(`error: ${error.error().message}`));
  context.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
  });
  return { context, complaints };
}

describe.runIf(hasBrowser)('in a browser', () => {
  // Colours are judged once in each theme: they do not depend on the language, and take most of axe's time.
  for (const [language, colorScheme, judge] of [
    ['en', 'light', (axe: AxeBuilder) => axe.withTags(accessibilityTags)],
    ['zh', 'light', (axe: AxeBuilder) => axe.withTags(accessibilityTags).disableRules(colours)],
    ['en', 'dark', (axe: AxeBuilder) => axe.withRules(colours)],
  ] as const)
    it(`every kind of page passes axe and stays on its origin: ${language}, ${colorScheme}`, {
      timeout: 600_000,
    }, async () => {
      const { context, complaints } = await open({ colorScheme });
      const page = await context.newPage();
      const faults: string[] = [];
      for (const [kind, path] of kinds) {
        await page.goto(`${origin}/${language}${path}`);
        for (const fault of await axeFaults(page, judge)) faults.push(`${kind}: ${fault}`);
        if (language === 'zh')
          for (const fault of await hanMarkFaults(page)) faults.push(`${kind}: half-width in ${fault}`);
      }
      await context.close();
      expect(faults).toEqual([]);
      expect(complaints).toEqual([]);
    });

  // 320 px is also a screen 1280 px wide at 400 % (WCAG 1.4.10).
  it('nothing runs over the edge of a screen 320 px wide or of a printed page, in either language', {
    timeout: 120_000,
  }, async () => {
    const { context } = await open({ viewport: { width: 320, height: 740 } });
    const page = await context.newPage();
    const wide: string[] = [];
    for (const language of ['en', 'zh'])
      for (const [kind, path] of [
        ...kinds,
        ['progress', '/shanghai/progress/'],
        ['scenarios', '/shanghai/scenarios/'],
      ] as const) {
        await page.goto(`${origin}/${language}${path}`);
        for (const fault of await narrowFaults(page)) wide.push(`${language} ${kind}: ${fault}`);
        // The same page on paper: A4 less its margins.
        await page.emulateMedia({ media: 'print' });
        await page.setViewportSize({ width: 672, height: 1000 });
        for (const fault of await paperFaults(page)) wide.push(`${language} ${kind}, printed: ${fault}`);
        await page.emulateMedia({ media: 'screen' });
        await page.setViewportSize({ width: 320, height: 740 });
      }
    await context.close();
    expect(wide).toEqual([]);
  });

  it('the pictures of docs/portal.md are taken, where MODELCITY_PICTURES asks for it', {
    timeout: 300_000,
  }, async () => {
    const of = (kind: string): string => kinds.get(kind) ?? '';
    const wanted = new Map([
      ['places', of('all places')],
      ['city', of('city')],
      ['goals', of('goals')],
      ['indicator', of('indicator')],
      ['trace', of('trace')],
      ['groups', of('groups')],
      ['standard', of('framework: standard')],
      ['plan', of('plan')],
      ['status', of('status')],
      ['data', of('data')],
    ]);
    expect([...wanted.values()]).not.toContain('');
    if (process.env.MODELCITY_PICTURES !== undefined) await takePictures(browser, origin, wanted);
  });

  it('the first tab stop leads past the frame; by keyboard alone through the portal, the focus is always seen', {
    timeout: 60_000,
  }, async () => {
    // The skip link slides in where motion is wanted: it is looked for where it stands.
    const { context } = await open({ reducedMotion: 'reduce' });
    const page = await context.newPage();
    const unseen = new Set<string>();
    /** Tabs on until the focus is on what is wanted; notes every stop that a reader would not see. */
    const tabTo = async (wanted: string): Promise<void> => {
      for (let stop = 0; stop < 150; stop += 1) {
        await page.keyboard.press('Tab');
        const { fault, there } = await page.evaluate((selector) => {
          const at = document.activeElement;
          if (at === null || at === document.body) return { fault: '', there: false };
          const { left, top, width, height } = at.getBoundingClientRect();
          const inView =
            top >= -1 && left >= -1 && top < innerHeight && left < innerWidth && width > 0 && height > 0;
          // A handle of the track has its ring on itself, which no style of the element tells.
          const ringed = getComputedStyle(at).outlineStyle === 'solid' || at.closest('.track') !== null;
          return {
            fault: inView && ringed ? '' : `${location.pathname}: ${at.outerHTML.slice(0, 120)}`,
            there: at.matches(selector),
          };
        }, wanted);
        if (fault !== '') unseen.add(fault);
        if (there) return;
      }
      throw new Error(`no way by keyboard to ${wanted} on ${page.url()}`);
    };
    const follow = async (wanted: string, to: string): Promise<void> => {
      await tabTo(wanted);
      await page.keyboard.press('Enter');
      await page.waitForURL(to);
    };
    const pastTheFrame = async (): Promise<void> => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#content');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => location.hash)).toBe('#content');
    };
    await page.goto(`${origin}/en/shanghai/`);
    await pastTheFrame();
    await follow('a[href$="/goals/7/"]', '**/goals/7/');
    await pastTheFrame();
    await follow('a[href$="/indicators/energy_per_gdp/"]', '**/energy_per_gdp/');
    await pastTheFrame();
    await tabTo('modelcity-explorer summary');
    await page.keyboard.press('Enter');
    await page.locator('modelcity-explorer.live').waitFor();
    await tabTo('modelcity-explorer select');
    await tabTo('.under a');
    await page.goto(`${origin}/en/shanghai/districts/`);
    await pastTheFrame();
    await follow('main a[href$="/compare/"]', '**/compare/**');
    await pastTheFrame();
    await tabTo('input[name=area]');
    await page.keyboard.press('Space');
    await follow('main button[type=submit]', '**/compare/?area=**');
    await tabTo('#find-words');
    await page.keyboard.type('energy');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search/**');
    await follow(
      '#hits a',
      await page
        .locator('#hits a')
        .first()
        .evaluate((hit: HTMLAnchorElement) => hit.href),
    );
    await context.close();
    expect([...unseen]).toEqual([]);
  });

  it('a reader comes by keyboard from an indicator to the line of the document, without any script', async () => {
    const { context } = await open({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${origin}/en/shanghai/indicators/energy_per_gdp/`);
    await page.locator('#table a.fig').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/figures/**');
    expect(await page.locator('.trace').innerText()).toContain('line 350');
    await page.locator('#r0 a').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sources/**#line-350');
    expect(await page.locator('#line-350').innerText()).toContain('line 350');
    await context.close();
  });

  it('search works as a plain form, without any script', async () => {
    const { context } = await open({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${origin}/zh/shanghai/`);
    await page.fill('#find-words', '能耗');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search/**');
    expect(await page.locator('#hits li').count()).toBeGreaterThan(0);
    await context.close();
  });

  it('the first view of a page weighs less than 150 kB and carries no chart code', async () => {
    const { context } = await open();
    const page = await context.newPage();
    const sizes: Promise<number>[] = [];
    const files: string[] = [];
    page.on('requestfinished', (request) => {
      files.push(new URL(request.url()).pathname);
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await page.goto(`${origin}/en/shanghai/indicators/energy_per_gdp/`, { waitUntil: 'networkidle' });
    const weight = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    await context.close();
    expect(files.filter((file) => file.includes('explorer'))).toEqual([]);
    expect(weight).toBeGreaterThan(10_000);
    expect(weight).toBeLessThan(150_000);
  });

  it('a chart becomes live at a press, keeps the choice in the address, and draws what the server draws', async () => {
    const { context, complaints } = await open();
    const page = await context.newPage();
    const path = `${origin}/en/shanghai/indicators/energy_per_gdp/`;
    await page.goto(path);
    await page.getByText('Explore this chart').click();
    await page.locator('modelcity-explorer.live svg.chart').waitFor();
    await page.locator('modelcity-explorer select').first().selectOption('dumbbell');
    await page.locator('svg.chart-dumbbell').waitFor();
    expect(await page.evaluate(() => location.search)).toContain('kind=dumbbell');
    const shared = await page.evaluate(() => location.href);
    const other = await context.newPage();
    await other.goto(shared);
    await other.locator('modelcity-explorer.live svg.chart-dumbbell').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    const { whole }: { whole: Explored } = await (await fetch(`${path}explore.json`)).json();
    const choice = readChoice(new URL(shared).search, whole);
    const { width, drawn } = await page.evaluate(() => {
      const explorer = document.querySelector('modelcity-explorer');
      return { width: explorer?.clientWidth ?? 0, drawn: explorer?.querySelector('svg')?.innerHTML ?? '' };
    });
    const served = drawChart(arrange(whole, choice), { width }).svg;
    const parsed = await page.evaluate((svg) => {
      const holder = document.createElement('div');
      holder.innerHTML = svg;
      return holder.querySelector('svg')?.innerHTML ?? '';
    }, served);
    expect(drawn).toBe(parsed);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('finds without a server, with a word misspelt, in pages opened from a disk; without a script everything is listed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'modelcity-found-'));
    try {
      await buildPortal({
        request: (path) => fetch(`${origin}${path}`),
        starts: ['/en/search/', '/zh/search/'],
        skip: (path) =>
          !/^\/(?:assets|en\/search|zh\/search)\/|^\/en\/shanghai\/indicators\/energy_per_gdp\/$/.test(path),
        declared: '',
        reads: () => [],
        version: () => '',
        out: folder,
      });
      const { context } = await open();
      const page = await context.newPage();
      await page.goto(`file://${folder}/en/search/index.html?q=enery%20consumtion%20GDP`);
      const first = page.locator('#hits a').first();
      expect(await first.innerText()).toMatch(/^Energy consumption.*GDP/);
      await page.goto(`file://${folder}/zh/search/index.html`);
      await page.locator('#query').focus();
      await page.keyboard.type('单位生产总值能耗');
      await page.waitForFunction(() => document.querySelectorAll('#hits li').length < 30);
      expect(await page.locator('#hits').innerText()).toContain('单位地区生产总值能耗');
      await page.keyboard.press('Control+a');
      await page.keyboard.type('没有这种东西');
      await page.getByText('没有找到').waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await context.close();
      const plain = await open({ javaScriptEnabled: false });
      const listed = await plain.context.newPage();
      await listed.goto(`file://${folder}/en/search/index.html`);
      expect(await listed.locator('#hits li').count()).toBeGreaterThan(500);
      await plain.context.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 120_000);

  it('a page of others shows a chart in an element of its own, and its link where there is none', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const body = `<!doctype html><title>Other</title><style>text { fill: red }</style><script src="${origin}/assets/modelcity-chart.js" defer></script>
      <modelcity-chart id="good" src="${origin}/en/shanghai/indicators/energy_per_gdp/?kind=dumbbell"><a href="${origin}/">a</a></modelcity-chart>
      <modelcity-chart id="bad" src="${origin}/en/shanghai/indicators/none/"><a href="${origin}/">the link</a></modelcity-chart>
      <modelcity-chart id="worse" src="javascript:alert(1)"><a href="${origin}/">the link</a></modelcity-chart>`;
    const elsewhere = await listen(() => new Response(body, { headers: { 'content-type': 'text/html' } }));
    await page.goto(`${elsewhere.origin}/`);
    await page.locator('#good svg.chart-dumbbell').waitFor();
    expect(await page.locator('#good svg > title').textContent()).toContain('39.13');
    const fill = await page
      .locator('#good svg text')
      .first()
      .evaluate((text) => getComputedStyle(text).fill);
    expect(fill).not.toBe('rgb(255, 0, 0)');
    for (const id of ['bad', 'worse']) expect(await page.locator(`#${id} a`).isVisible()).toBe(true);
    await context.close();
    await elsewhere.close();
  });
});
