import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowserFor, openBrowser } from '../scripts/browser.js';
import { testEngines } from '../scripts/test-stores.ts';
import { type Following, followPlaces } from '../src/cli/follow-places.ts';
import { FigureSet } from '../src/figures/index.ts';
import { loadWorkspace } from '../src/intake/index.ts';
import type { Store } from '../src/store/index.ts';
import { createApp, type Door, type Grant, LivePlaces, makeDoor } from '../src/web/index.ts';
import { type Listening, listen } from './listen.ts';

const hasBrowser = hasBrowserFor('the writing of a review together is');

const password = 'seven quiet herons walk';
const engine = testEngines.find(({ name }) => name === 'postgres') ?? testEngines[0];

describe.skipIf(!hasBrowser)('a review written together', () => {
  let server: Listening;
  let store: Store;
  let live: LivePlaces;
  let door: Door;
  let following: Following;
  let browser: Browser;
  let origin = '';
  const complaints: string[] = [];

  beforeAll(async () => {
    if (engine === undefined) throw new Error('there is always the embedded engine');
    store = await (await engine.place()).open();
    const folder = fileURLToPath(new URL('../examples/shanghai', import.meta.url));
    await loadWorkspace(store, folder, { agent: 'test', received: '2023-01-01T00:00:00Z' });
    const workspace = await store.workspace('shanghai');
    if (workspace === null) throw new Error('loaded above');
    const place = { folder, workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1 };
    live = new LivePlaces([{ ...place, store }]);
    following = followPlaces({ store, places: [place], live, settle: 20 });
    // Listening first: the door needs the address that browsers see.
    server = await listen();
    origin = server.origin;
    door = makeDoor({
      people: store.people,
      secret: 'a secret of the test, long enough for it',
      baseUrl: origin,
    });
    const app = createApp({
      places: live,
      store,
      door,
      onFault: (error, path) => complaints.push(`${path}: ${error.message}`),
    });
    server.answer(app.fetch);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await following?.stop();
    await browser?.close();
    await server?.close();
    await store?.close();
    expect(complaints).toEqual([]);
  });

  async function someone(
    name: string,
    language: 'en' | 'zh',
    role: Grant['role'],
    script = true,
  ): Promise<Page> {
    const grants = [{ role, area: '*', department: '*' }];
    const email = `${name}@city.example`;
    const token = await door.invite({ city: 'shanghai', purpose: 'join', email, name, grants, by: 'test' });
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      javaScriptEnabled: script,
    });
    context.on('request', (request) => {
      if (!request.url().startsWith(`${origin}/`)) complaints.push(`asked for ${request.url()}`);
    });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
    await page.goto(`${origin}/${language}/join/?token=${token}`);
    await page.fill('input[name=password]', password);
    await page.click('form.door button');
    await page.fill('input[name=email]', email);
    await page.fill('input[name=password]', password);
    await page.click('form.door button');
    await page.waitForURL(/account/);
    return page;
  }
  async function picture(page: Page, name: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
    if (process.env.MODELCITY_PICTURES !== '1') return;
    await page.screenshot({
      path: fileURLToPath(new URL(`../docs/pictures/writing-${name}.png`, import.meta.url)),
    });
    if (process.env.MODELCITY_NARROW === undefined) return;
    await page.setViewportSize({ width: 360, height: 780 });
    await page.screenshot({ path: `${process.env.MODELCITY_NARROW}/${name}.png`, fullPage: true });
    await page.setViewportSize({ width: 1280, height: 900 });
  }
  const text = (shown: string, language: string): string =>
    `${origin}/${shown}/shanghai/office/writing/vlr-2022/outlook/${language}/`;
  const state = (page: Page, of: string) => page.locator(`.w-state[data-state=${of}]`).waitFor();
  const field = '#w-text';
  let anne: Page;
  let lin: Page;

  it('two people write at once, one without a connection for a while, and no word is lost', async () => {
    anne = await someone('anne', 'en', 'editor');
    lin = await someone('lin', 'zh', 'editor');
    await anne.goto(text('en', 'en'));
    await lin.goto(text('zh', 'en'));
    const start = await anne.inputValue(field);
    await lin.context().setOffline(true);
    await lin.fill(field, `${start}\n\nWritten by Lin without a connection.`);
    await state(lin, 'offline');
    await anne.fill(field, start.replace('\n\n', '\n\nWritten by Anne meanwhile.\n\n'));
    await state(anne, 'saved');
    await lin.context().setOffline(false);
    await state(lin, 'saved');
    const both = await lin.inputValue(field);
    expect(both).toContain('Written by Anne meanwhile.');
    expect(both).toContain('Written by Lin without a connection.');
    // Each sees the other, and both change one paragraph.
    await anne.reload();
    await anne.locator('.w-here', { hasText: 'lin' }).waitFor();
    await anne.fill(field, both.replace('by Anne meanwhile', 'by Anne again'));
    await lin.fill(field, both.replace('by Anne meanwhile', 'by Lin as well'));
    const clash = await Promise.race([
      anne
        .locator('.w-clash')
        .first()
        .waitFor()
        .then(() => anne),
      lin
        .locator('.w-clash')
        .first()
        .waitFor()
        .then(() => lin),
    ]);
    const quotes = (await clash.locator('.w-clash blockquote').allInnerTexts()).join(' ');
    expect(quotes).toContain('by Anne again');
    expect(quotes).toContain('by Lin as well');
    await picture(clash, 'conflict');
    const other = clash === anne ? lin : anne;
    await other.reload();
    expect(await other.locator('.w-asides').count()).toBe(1);
    await clash.locator('.w-clash .acts button').nth(2).click();
    await state(clash, 'saved');
    const settled = await clash.inputValue(field);
    expect(settled).toContain('by Anne again');
    expect(settled).toContain('by Lin as well');
  });

  it('a page that is closed before its text was sent takes it up again', async () => {
    await anne.goto(text('en', 'en'));
    await anne.context().setOffline(true);
    const now = await anne.inputValue(field);
    await anne.fill(field, `${now}\n\nKept in the browser.`);
    await state(anne, 'offline');
    await anne.evaluate(() => window.dispatchEvent(new Event('pagehide')));
    await anne.context().setOffline(false);
    anne.once('dialog', (dialog) => void dialog.accept());
    await anne.goto(text('en', 'en'));
    await state(anne, 'saved');
    expect(await anne.inputValue(field)).toContain('Kept in the browser.');
  });

  it('a figure is found by its Chinese name and printed in the preview', async () => {
    await anne.goto(`${text('en', 'en')}?section=s0&kind=value&q=非化石&period=2020#insert`);
    await anne.locator('.w-choices button').first().click();
    await state(anne, 'saved');
    expect(await anne.inputValue(field)).toContain('indicator="nonfossil_share" period="2020"');
    await anne.locator('.w-preview a.figure', { hasText: '%' }).first().waitFor();
    await picture(anne, 'editor-en');
    await lin.goto(`${text('zh', 'zh')}?beside=1`);
    await picture(lin, 'beside-zh');
    await lin.goto(`${text('zh', 'en')}versions/`);
    expect(await lin.locator('.w-diff ins').count()).toBeGreaterThan(0);
    await picture(lin, 'versions-zh');
  });

  it('an approver signs off without a script, and only then readers see the text', async () => {
    const zhao = await someone('zhao', 'en', 'approver', false);
    const review = `${origin}/en/shanghai/review/vlr-2022/`;
    await zhao.goto(review);
    expect(await zhao.content()).not.toContain('Kept in the browser.');
    await zhao.goto(text('en', 'en'));
    await zhao.click('button[value=signed]');
    expect(await zhao.locator('.told').first().innerText()).toContain('Signed off');
    await following.refresh();
    await zhao.goto(review);
    expect(await zhao.content()).toContain('Kept in the browser.');
    await lin.goto(`${origin}/zh/shanghai/office/writing/vlr-2022/`);
    expect(await lin.locator('.w-signed').count()).toBe(1);
    await picture(lin, 'board-zh');
    await lin.goto(text('zh', 'en'));
    await lin.fill(field, `${await lin.inputValue(field)}\n\nChanged after the sign-off.`);
    await state(lin, 'saved');
    await lin.reload();
    expect(await lin.locator('.w-voided').count()).toBe(1);
  });

  it('a finding is answered from its page, and the answer stands', async () => {
    await anne.goto(`${origin}/en/shanghai/audit/`);
    const { items }: { items: { id: string; standing: string }[] } = await (
      await fetch(`${origin}/api/places/shanghai/audit`)
    ).json();
    const open = items.find(({ standing }) => standing === 'open');
    if (open === undefined) throw new Error('Shanghai has open findings');
    await anne.goto(`${origin}/en/shanghai/audit/${open.id}/`);
    await anne.fill(`#note-${open.id}`, 'Different scopes, both as printed.');
    await picture(anne, 'answer-en');
    await anne.click('.w-answer button');
    await following.refresh();
    await anne.goto(`${origin}/en/shanghai/audit/${open.id}/`);
    expect(await anne.locator('main').innerText()).toContain('Different scopes, both as printed.');
  });

  it('a suggested wording is taken with one click; an expert’s opinion gets its reply and what came of it', async () => {
    const qiu = await someone('qiu', 'en', 'assessor', false);
    await qiu.goto(text('en', 'en'));
    // The paragraph as it stands by now, with whatever was put beside it.
    const options = qiu.locator('#quote option');
    const quotes = await options.evaluateAll((all) => all.map((each) => each.getAttribute('value') ?? ''));
    const at = quotes.findIndex((each) => each.includes('Kept in the browser.'));
    await qiu.selectOption('#quote', { index: at });
    await qiu.fill('#remark-text', 'Say where.');
    await qiu.fill('#suggestion', (quotes[at] ?? '').replace('the browser', 'this browser'));
    await qiu.click('button[value=say]');
    expect(await qiu.locator('button[value=accept]').count()).toBe(0);
    await anne.goto(text('en', 'en'));
    await anne.click('button[value=accept]');
    await anne.waitForURL(/#remarks/);
    const now = await anne.inputValue(field);
    expect(now).toContain('Kept in this browser.');
    expect(now).not.toContain('Kept in the browser.');
    expect(await anne.locator('.w-remark.w-settled').count()).toBe(1);

    const opinions = (language: string) => `${origin}/${language}/shanghai/office/writing/vlr-2022/opinions/`;
    await qiu.goto(opinions('en'));
    await qiu.fill('input[name=expert]', 'Professor Gu');
    await qiu.fill('#opinion', 'The outlook names no year.');
    await qiu.click('button[value=say]');
    expect(await qiu.locator('button[value=settle]').count()).toBe(0);
    await lin.goto(opinions('zh'));
    await lin.fill('textarea[id^=reply-]', '已补充年份');
    await lin.fill('input[name=effect]', '第三段');
    await lin.click('button[value=settle]');
    const said = await lin.locator('main').innerText();
    for (const each of ['Professor Gu', 'The outlook names no year.', '已补充年份', '第三段'])
      expect(said).toContain(each);
    await picture(lin, 'opinions-zh');
  });
});
