import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowserFor, openBrowser } from '../scripts/browser.js';
import { FigureSet } from '../src/figures/index.ts';
import { parseWorkspace, readFolder } from '../src/intake/index.ts';
import { createApp } from '../src/web/index.ts';
import { axeFaults } from './axe.ts';
import { type Listening, listen } from './listen.ts';

const hasBrowser = hasBrowserFor('the tests of the scenario lab are');

let server: Listening;
let origin = '';
let browser: Browser;
let app: ReturnType<typeof createApp>;

beforeAll(async () => {
  if (!hasBrowser) return;
  const places = [];
  for (const city of ['shanghai', 'shenyang']) {
    const folder = fileURLToPath(new URL(`../examples/${city}`, import.meta.url));
    const { workspace } = parseWorkspace((await readFolder(folder)).files);
    if (workspace !== null)
      places.push({ workspace, asOf: 1, figures: new FigureSet(workspace, { asOf: 1, related: [] }) });
  }
  app = createApp({ places });
  server = await listen(app.fetch);
  origin = server.origin;
  browser = await openBrowser();
}, 60_000);

afterAll(async () => {
  if (!hasBrowser) return;
  await browser.close();
  await server.close();
});

async function open(
  path: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const page = await context.newPage();
  await page.goto(path.startsWith('file:') ? path : origin + path);
  return { page, complaints };
}

const drawings = (page: Page) =>
  page.$$eval('.lab-drawing', (all) => all.map((one) => one.querySelector('svg')?.outerHTML ?? ''));
const charts = '/en/shanghai/scenarios/';

describe.runIf(hasBrowser)('the scenario lab in a browser', () => {
  it('redraws at each move of a lever, and nothing else moves', async () => {
    const { page, complaints } = await open(charts);
    await page.waitForSelector('modelcity-lab.live');
    const before = await drawings(page);
    const boxes = () =>
      page.$$eval('.lab-figure, .lever, .lab-choices, .lab-targets', (all) =>
        all.map((one) => {
          const { x, y, width, height } = one.getBoundingClientRect();
          return [x, y, width, height].map(Math.round);
        }),
      );
    await page.focus('#l-lever_non_fossil');
    const places = await boxes();
    await page.evaluate(() => {
      let shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shift += Number(Reflect.get(entry, 'value'));
        document.documentElement.dataset.shift = String(shift);
      }).observe({ type: 'layout-shift', buffered: false });
    });
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
    const after = await drawings(page);
    expect(after).toHaveLength(4);
    expect(after[0]).not.toBe(before[0]);
    expect(await boxes()).toEqual(places);
    expect(await page.evaluate(() => Number(document.documentElement.dataset.shift ?? '0'))).toBe(0);
    // Axes and the baseline stand still; only the scenario's own line and label move.
    const still = (svg = '') =>
      svg.match(
        /<line[^>]*>|class="c-line c-stroke-quiet"[^>]*d="[^"]*"|d="[^"]*" class="c-line c-stroke-quiet"/g,
      );
    expect(still(after[0])).toEqual(still(before[0]));
    await page.keyboard.press('Control+z');
    expect(await drawings(page)).toEqual(before);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('opened by its address, draws the same charts, live and by the server', async () => {
    const { page } = await open(charts);
    await page.waitForSelector('modelcity-lab.live');
    await page.focus('#l-lever_sorting');
    for (let i = 0; i < 7; i++) await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'Add a scenario' }).click();
    await page.focus('#l-lever_energy_efficiency');
    for (let i = 0; i < 9; i++) await page.keyboard.press('ArrowRight');
    const set = await drawings(page);
    // The address is written a little after the last move.
    await page.waitForTimeout(500);
    await page.waitForFunction(() => (location.search.match(/s=/g) ?? []).length === 2);
    const { search } = new URL(page.url());
    const again = await open(charts + search);
    await again.page.waitForSelector('modelcity-lab.live');
    expect(await drawings(again.page)).toEqual(set);
    const still = await open(charts + search, { javaScriptEnabled: false });
    const served = await still.page.$$eval('.lab-drawing .chart-wide svg', (all) =>
      all.map((one) => one.outerHTML),
    );
    expect(served).toEqual(set);
    for (const { page: one } of [again, still]) await one.context().close();
    await page.context().close();
  }, 60_000);

  it('works without scripts: a form, an address, other charts', async () => {
    const { page } = await open(charts, { javaScriptEnabled: false });
    const before = await page.$$eval('.lab-drawing .chart-wide svg', (all) =>
      all.map((one) => one.outerHTML),
    );
    await page.fill('#l-lever_waste_prevention', '12');
    await page.fill('#l-lever_non_fossil', '1.4');
    await page.getByRole('button', { name: 'Run' }).click();
    expect(new URL(page.url()).search).toMatch(/^\?s=[A-Za-z0-9_-]+$/);
    expect(await page.inputValue('#l-lever_waste_prevention')).toBe('12');
    const after = await page.$$eval('.lab-drawing .chart-wide svg', (all) => all.map((one) => one.outerHTML));
    expect(after[0]).not.toBe(before[0]);
    await page.getByRole('button', { name: 'Add a scenario' }).click();
    expect(await page.locator('.lab-tab').count()).toBe(2);
    await page.context().close();
  }, 60_000);

  it('runs its ensemble in a worker and says so while it computes', async () => {
    const { page, complaints } = await open('/zh/shanghai/scenarios/uncertainty/');
    await page.waitForSelector('.c-band', { state: 'attached' });
    await page.waitForSelector('modelcity-lab.live .c-band', { state: 'attached', timeout: 30_000 });
    expect(await page.locator('.lab-figure').count()).toBe(8);
    expect(page.workers()).toHaveLength(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  /** Pages that axe reads too; on the long ones it takes minutes of a busy machine. */
  const pages: readonly (readonly [path: string, width: number, read: boolean])[] = [
    ['/en/shanghai/scenarios/', 1280, true],
    ['/zh/shenyang/scenarios/', 360, true],
    ['/en/shanghai/scenarios/materials/', 360, true],
    ['/zh/shanghai/scenarios/outcomes/', 360, false],
    ['/en/shanghai/scenarios/calibration/', 360, false],
    ['/zh/shanghai/scenarios/model/recycling/', 360, true],
    ['/en/shenyang/scenarios/equations/', 360, false],
  ];
  for (const [path, width, read] of pages)
    it(`${path} is no wider than ${width} px${read ? ', and accessible' : ''}`, async () => {
      const { page } = await open(path, {
        viewport: { width, height: 800 },
        colorScheme: width === 360 ? 'dark' : 'light',
      });
      if (!/calibration|model|equations/.test(path)) await page.waitForSelector('modelcity-lab.live');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      if (read) expect(await axeFaults(page)).toEqual([]);
      await page.context().close();
    }, 90_000);

  it('weighs less than 350 kB compressed, with its model and worker', async () => {
    const html = await (await fetch(origin + charts)).text();
    const addresses = [...html.matchAll(/(?:<script defer(?:="")? src|data-worker)="([^"]+)"/g)].flatMap(
      ([, one]) => one ?? [],
    );
    expect(addresses).toHaveLength(3);
    let sum = 0;
    for (const address of addresses)
      sum += gzipSync(Buffer.from(await (await fetch(origin + address)).arrayBuffer()), { level: 9 }).length;
    expect(sum).toBeLessThan(350_000);
    process.stderr.write(`scenario lab: ${Math.round(sum / 1000)} kB compressed, with model and worker\n`);
  });
});

describe.runIf(hasBrowser)('the scenario lab of an edition', () => {
  it('runs from a disk, with the same charts, and its files are the same bytes each time', async () => {
    const { crawlSite } = await import('../src/publish/site.ts');
    const folder = mkdtempSync(join(tmpdir(), 'modelcity-lab-'));
    try {
      const files = new Map<string, Uint8Array>();
      const starts = ['/en/shanghai/scenarios/'];
      const only = ['/api', '/zh', '/f/'];
      for await (const { file, bytes } of crawlSite(
        {
          request: (path) => app.request(path),
          starts,
          liveOnly: [
            ...only,
            '/en/shanghai/indicators',
            '/en/shanghai/review',
            '/en/shanghai/sources',
            '/en/shanghai/goals',
            '/en/shanghai/districts',
            '/en/shanghai/framework',
            '/en/shanghai/editions',
            '/en/shenyang',
            '/en/about',
            '/en/search',
          ],
        },
        [],
      ))
        files.set(file, bytes);
      for (const [file, bytes] of files) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), bytes);
      }
      const page = 'en/shanghai/scenarios/index.html';
      expect(files.has(page)).toBe(true);
      const { page: live, complaints } = await open(pathToFileURL(join(folder, page)).href);
      await live.waitForSelector('modelcity-lab.live');
      const before = await drawings(live);
      await live.focus('#l-lever_non_fossil');
      for (let i = 0; i < 5; i++) await live.keyboard.press('ArrowRight');
      const moved = await drawings(live);
      expect(moved[0]).not.toBe(before[0]);
      await live.waitForTimeout(500);
      await live.waitForFunction(() => location.hash.includes('s='));
      const again = await open(live.url());
      await again.page.waitForSelector('modelcity-lab.live');
      expect(await drawings(again.page)).toEqual(moved);
      // The script of every page is a module, which a browser refuses from a disk; the lab does not need it.
      expect(complaints.filter((one) => !/\/page-|ERR_FAILED/.test(one))).toEqual([]);
      const bands = await open(
        pathToFileURL(join(folder, 'en/shanghai/scenarios/uncertainty/index.html')).href,
      );
      await bands.page.waitForSelector('modelcity-lab.live .c-band', { state: 'attached', timeout: 60_000 });
      const script = [...files.keys()].find((file) => file.startsWith('models/shanghai-'));
      expect(readFileSync(join(folder, script ?? ''), 'utf8')).toBe(
        await (await app.request(`/${script ?? ''}`)).text(),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 180_000);
});
