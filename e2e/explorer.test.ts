import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowserFor, openBrowser } from '../scripts/browser.js';
import type { Explored } from '../src/web/index.ts';
import { explorerPlace, explorerStates } from './explorer-place.ts';
import { type Listening, listen } from './listen.ts';

const hasBrowser = hasBrowserFor('the tests of the explorer in a browser are');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const colours = ['color-contrast', 'link-in-text-block'];
const page1 = 'indicators/waste/';

let server: Listening;
let at = '';
let browser: Browser;

beforeAll(async () => {
  if (!hasBrowser) return;
  server = await listen(explorerPlace().app.fetch);
  at = `${server.origin}/`;
  browser = await openBrowser();
});

afterAll(async () => {
  if (!hasBrowser) return;
  await browser.close();
  await server.close();
});

async function faultsOf(
  page: Page,
  within: string,
  judge: (axe: AxeBuilder) => AxeBuilder = (axe) => axe.withTags(tags),
): Promise<string[]> {
  const { violations } = await judge(new AxeBuilder({ page }).setLegacyMode(true).include(within)).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
}

/**
 * The drawings of all states, as the server sends them, in one page with the style sheet: one load and one reading by axe. The form
 * below is the same for all; it stays with the first.
 */
async function allStates(page: Page, language: 'en' | 'zh'): Promise<void> {
  await page.goto(`${at}${language}/harbour/indicators/rainfall/`);
  await page.evaluate(
    async ({ states, language }) => {
      const sections = await Promise.all(
        states.map(async ([name, query], at) => {
          const answer = await fetch(`/${language}/harbour/indicators/${query}`);
          const whole = new DOMParser().parseFromString(await answer.text(), 'text/html');
          const section = document.createElement('section');
          section.dataset.state = name;
          // A plain element in place of the live one, which would ask for its data once for each.
          section.innerHTML = `<h2>${name}</h2>${(whole.querySelector('#chart figure')?.outerHTML ?? '').replaceAll('modelcity-explorer', 'div')}`;
          for (const details of section.querySelectorAll('details')) {
            details.open = true;
            if (at > 0) details.remove();
          }
          return section;
        }),
      );
      document.querySelector('main')?.replaceChildren(...sections);
    },
    { states: Object.entries(explorerStates), language },
  );
}

/** Texts of charts that stand outside their drawing, and are cut off there. */
function labelsOutside(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main section svg.chart')].flatMap((svg) => {
      const frame = svg.getBoundingClientRect();
      if (frame.width === 0) return [];
      return [...svg.querySelectorAll('text')].flatMap((text) => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        const out = Math.max(frame.left - left, right - frame.right, frame.top - top, bottom - frame.bottom);
        const state = svg.closest('section')?.getAttribute('data-state');
        return out > 2 ? [`${state}, ${frame.width} px: ${text.textContent} ${Math.round(out)} px`] : [];
      });
    }),
  );
}

describe.runIf(hasBrowser)('the explorer in a browser', () => {
  // Colours are judged once in each theme: they do not depend on the language, and take most of axe's time.
  it.each([
    ['en', 'light', (axe: AxeBuilder) => axe.withTags(tags)],
    ['zh', 'light', (axe: AxeBuilder) => axe.withTags(tags).disableRules(colours)],
    ['en', 'dark', (axe: AxeBuilder) => axe.withRules(colours)],
  ] as const)(
    'axe finds nothing in any of its states: %s, %s',
    {
      timeout: 120_000,
    },
    async (language, colorScheme, judge) => {
      const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 900 } });
      await allStates(page, language);
      expect(await labelsOutside(page)).toEqual([]);
      if (colorScheme === 'light') {
        await page.setViewportSize({ width: 360, height: 800 });
        expect(await labelsOutside(page)).toEqual([]);
        await page.setViewportSize({ width: 1280, height: 900 });
      }
      // What only a phone shows weighs nothing here.
      await page.evaluate(() => {
        for (const each of document.querySelectorAll('.chart-narrow')) each.remove();
      });
      expect(await page.locator('main svg.chart').count()).toBe(Object.keys(explorerStates).length - 1);
      expect(await faultsOf(page, 'main', judge)).toEqual([]);
      await page.close();
    },
  );

  it('goes by keyboard from the closed chart through both handles of time and play, and keeps all in the address', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${at}en/harbour/${page1}`);
    const asked = () => page.evaluate(() => Object.fromEntries(new URLSearchParams(location.search)));
    const focused = () =>
      page.evaluate(
        () =>
          document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim(),
      );
    await page.locator('modelcity-explorer summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('modelcity-explorer.live .track').waitFor();
    await expect.poll(focused).toBe('Play');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('From');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await asked()).toEqual({ from: '2015' });
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('To');
    await page.keyboard.press('ArrowLeft');
    expect(await asked()).toEqual({ from: '2015', to: '2023' });
    // The ring is on the handle, not on the track that both share: another picture for each.
    const track = page.locator('.track');
    const onTo = await track.screenshot();
    await page.keyboard.press('Shift+Tab');
    const onFrom = await track.screenshot();
    expect(onFrom.equals(onTo)).toBe(false);
    await page.keyboard.press('Tab');
    expect(await page.locator('.track input').last().getAttribute('aria-valuetext')).toBe('2023');
    // One handle cannot pass the other.
    await page.keyboard.press('Home');
    expect(await asked()).toEqual({ from: '2015', to: '2015' });
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Space');
    await expect.poll(asked, { timeout: 5000 }).toEqual({ from: '2015', to: '2016' });
    expect(await focused()).toBe('Pause');
    await page.keyboard.press('Space');
    expect(await focused()).toBe('Play');
    const { to } = await asked();
    await page.waitForTimeout(1100);
    expect((await asked()).to).toBe(to);
    // Every kind by the keyboard alone: typing its name in the list.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Bars');
    await page.locator('svg.chart-bar').waitFor();
    expect(await page.locator('.track input').count()).toBe(1);
    // What stands beside the chart is of the same choice: files of what is shown, and the lines to embed it.
    const query = await page.evaluate(() => location.search);
    const beside = (on: Page) =>
      on.evaluate(() => ({
        files: [...document.querySelectorAll<HTMLAnchorElement>('li.asked a')].map(({ href }) => href),
        lines: [...document.querySelectorAll('.embed-code code')].map(({ textContent }) => textContent),
      }));
    const live = await beside(page);
    expect(live.files).toHaveLength(4);
    for (const href of live.files) expect(new URL(href).search).toBe(query);
    expect(live.lines[0]).toContain(`embed/${query}"`);
    const served = await browser.newPage();
    await served.goto(page.url());
    expect(await beside(served)).toEqual(live);
    await served.close();
    // The tables below, and their order, which is the chart's too.
    for (const summary of await page.locator('modelcity-explorer details > summary').all())
      await summary.press('Enter');
    await page.getByRole('button', { name: 'Change, %', exact: true }).press('Enter');
    expect(await asked()).toMatchObject({ kind: 'bar', order: 'rate' });
    expect(await page.locator('th[aria-sort=descending]').count()).toBe(1);
    expect(await faultsOf(page, 'modelcity-explorer')).toEqual([]);
    await page.close();
  });

  it('tells which of sixty lines a mouse points at before anything was opened, and highlights it at a press', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${at}en/harbour/indicators/safe/`);
    const drawing = page.locator('.drawing');
    const chart = page.locator('.drawing svg.chart:visible').first();
    await chart.scrollIntoViewIfNeeded();
    const box = await chart.boundingBox();
    if (box === null) throw new Error('the chart is there');
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.5);
    await page.locator('modelcity-explorer.live .pointer').waitFor();
    // The controls stay closed: nobody has asked for them.
    expect(await page.locator('modelcity-explorer select').count()).toBe(0);
    const dot = await page.locator('.drawing svg.chart circle.c-fill-context').nth(6).boundingBox();
    if (dot === null) throw new Error('there is a grey line');
    await page.mouse.move(dot.x + dot.width / 2, dot.y + dot.height / 2);
    await page.locator('.pointer .over text').first().waitFor();
    const name = (await page.locator('.pointer .over text').first().textContent()) ?? '';
    expect(await drawing.getAttribute('class')).toContain('pointed');
    await page.mouse.down();
    await page.mouse.up();
    const { whole }: { whole: Explored } = await (
      await fetch(`${page.url().split('?')[0]}explore.json`)
    ).json();
    const id = whole.series.find((each) => each.place === name)?.id;
    expect(id).toBeDefined();
    await expect
      .poll(() => page.evaluate(() => new URLSearchParams(location.search).getAll('focus')))
      .toEqual([id]);
    expect(await chart.locator('text.c-text-focus').first().textContent()).toContain(name);
    await page.mouse.move(2, 2);
    expect(await drawing.getAttribute('class')).not.toContain('pointed');
    await page.getByText('Explore this chart').click();
    await page.locator('modelcity-explorer .track').waitFor();
    expect(await page.evaluate(() => new URLSearchParams(location.search).getAll('focus'))).toEqual([id]);
    await page.close();
  });

  it('tells at the first touch of a finger, and highlights at the second', async () => {
    const page = await browser.newPage({
      viewport: { width: 360, height: 760 },
      hasTouch: true,
      isMobile: true,
    });
    await page.goto(`${at}zh/harbour/indicators/${explorerStates['line, sixty']}`);
    await page.locator('.live .pointer').waitFor();
    const chart = page.locator('.drawing svg.chart').first();
    await chart.scrollIntoViewIfNeeded();
    const dot = await chart.locator('circle.c-fill-context').first().boundingBox();
    if (dot === null) throw new Error('there is a grey line');
    const tap = () => page.touchscreen.tap(dot.x + dot.width / 2, dot.y + dot.height / 2);
    const focus = () => page.evaluate(() => new URLSearchParams(location.search).getAll('focus'));
    await tap();
    await expect.poll(() => page.locator('.pointer .over text').count()).toBeGreaterThan(1);
    expect(await focus()).toEqual([]);
    await tap();
    await expect.poll(async () => (await focus()).length).toBe(1);
    // Touching something else lets go.
    await page.locator('.time button').tap();
    await expect.poll(() => page.locator('.pointer .over text').count()).toBe(0);
    await page.close();
  });

  it('goes from line to line and from year to year by keys, says so aloud, and puts several in colour', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${at}zh/harbour/indicators/${explorerStates['line, sixty']}`);
    await page.locator('.pointer').focus();
    const said = () => page.locator('.pointer [role=status]').textContent();
    await page.keyboard.press('ArrowUp');
    const above = await said();
    expect(above).toMatch(/2024年：/);
    await page.keyboard.press('ArrowLeft');
    const name = above?.split('。')[0] ?? '';
    expect(name.length).toBeGreaterThan(1);
    expect(await said()).toContain(`${name}。`);
    expect(await said()).toContain('2023年：');
    const focus = () => page.evaluate(() => new URLSearchParams(location.search).getAll('focus'));
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await focus()).length).toBe(1);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await focus()).length).toBe(2);
    expect(await page.locator('svg.chart text.c-text-comparison').count()).toBeGreaterThan(0);
    expect(await page.getByLabel('再突出显示').count()).toBe(2);
    expect(await faultsOf(page, 'modelcity-explorer')).toEqual([]);
    // Without a script the server draws the same.
    const plain = await browser.newPage({ javaScriptEnabled: false });
    await plain.goto(page.url());
    expect(await plain.locator('svg.chart:visible text.c-text-comparison').allTextContents()).toEqual(
      await page.locator('svg.chart text.c-text-comparison').allTextContents(),
    );
    await plain.close();
    await page.close();
  });

  it('moves nothing by itself for who wants no motion: each press goes one moment on', async () => {
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.goto(`${at}zh/harbour/${page1}?kind=map&to=2013`);
    await page.locator('modelcity-explorer.live .track').waitFor();
    const to = () => page.evaluate(() => new URLSearchParams(location.search).get('to'));
    await page.getByRole('button', { name: '下一期' }).press('Enter');
    await expect.poll(to).toBe('2014');
    await page.waitForTimeout(1100);
    expect(await to()).toBe('2014');
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((each) => {
          const { transitionDuration, animationName } = getComputedStyle(each);
          return (transitionDuration !== '0s' && transitionDuration !== '') || animationName !== 'none';
        }).length,
    );
    expect(moving).toBe(0);
    await page.close();
  });

  it('says so where an address asks for a map that there is not', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(`${at}en/harbour/indicators/rainfall/?kind=map`);
    expect(await page.locator('#chart [role=note]').innerText()).toContain(
      'There is no map of this indicator',
    );
    expect(await page.locator('svg.chart-line:visible').count()).toBe(1);
    await page.goto(`${at}zh/harbour/indicators/rainfall/embed/?kind=map`);
    expect(await page.locator('[role=note]').innerText()).toContain('没有地图');
    await page.close();
  });
});
