import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowserFor, openBrowser } from '../scripts/browser.js';
import { FigureSet } from '../src/figures/index.ts';
import { parseWorkspace, readFolder } from '../src/intake/index.ts';
import { createApp } from '../src/web/index.ts';
import { axeFaults } from './axe.ts';
import { type Listening, listen } from './listen.ts';
import { narrowFaults } from './narrow.ts';

const hasBrowser = hasBrowserFor('the pages of assessments in a browser are');

const pages = [
  '/chengdu/framework/',
  '/chengdu/framework/eco-city-2007/',
  '/chengdu/progress/',
  '/chengdu/progress/statcan/',
  '/shanghai/progress/',
  '/shanghai/progress/unsd-2023/',
  '/shanghai/framework/response/',
  '/chengdu/goals/7/',
  '/frameworks/',
  '/frameworks/eco-city-2007/',
];

let browser: Browser;
let server: Listening;
let origin = '';

describe.runIf(hasBrowser)('pages of assessments in a browser', () => {
  beforeAll(async () => {
    const places = await Promise.all(
      ['chengdu', 'shanghai'].map(async (name) => {
        const { workspace } = parseWorkspace(
          (await readFolder(resolve(import.meta.dirname, '../examples', name))).files,
        );
        if (workspace === null) throw new Error(name);
        return { workspace, asOf: 1, figures: new FigureSet(workspace, { asOf: 1 }) };
      }),
    );
    const app = createApp({ places });
    server = await listen(app.fetch);
    origin = server.origin;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  it.each([
    ['en', 'light', pages],
    ['en', 'dark', pages.slice(1, 3)],
    ['zh', 'light', pages.slice(1, 3)],
  ] as const)('pass axe in %s, %s', { timeout: 240_000 }, async (language, colorScheme, some) => {
    const faults: string[] = [];
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    for (const path of some) {
      await page.goto(`${origin}/${language}${path}`);
      for (const fault of await axeFaults(page)) faults.push(`${path} ${colorScheme}: ${fault}`);
    }
    await context.close();
    expect(faults).toEqual([]);
  });

  it('stay within a phone 360 px wide, in either language', { timeout: 120_000 }, async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const wide: string[] = [];
    for (const language of ['en', 'zh'])
      for (const path of pages) {
        await page.goto(`${origin}/${language}${path}`);
        for (const fault of await narrowFaults(page)) wide.push(`${language}${path}: ${fault}`);
      }
    await context.close();
    expect(wide).toEqual([]);
  });

  it('switch the method by keyboard, without any script', { timeout: 60_000 }, async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${origin}/en/shanghai/progress/`);
    expect(await page.locator('nav.methods a[aria-current]').innerText()).toBe('Linear distance to target');
    await page.locator('nav.methods a').nth(1).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/progress/statcan/');
    expect(await page.locator('nav.methods a[aria-current]').innerText()).toContain('Statistics Canada');
    expect(await page.locator('td.chosen').first().innerText()).toContain('substantial progress');
    await context.close();
  });

  it('lead by keyboard from a verdict to the trace of its value', { timeout: 60_000 }, async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${origin}/en/chengdu/framework/eco-city-2007/`);
    const energy = page.locator('tr', { hasText: '0.59' }).locator('a.fig').last();
    await energy.focus();
    expect(await energy.evaluate((at) => getComputedStyle(at).outlineStyle)).toBe('solid');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/figures/**');
    expect(await page.locator('.trace').innerText()).toContain('lines 141, 165');
    await context.close();
  });
});
