import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowserFor } from '../scripts/browser.js';
import type { Grant } from '../src/web/index.ts';
import { isAccessible, type OfficePlace, openOffice } from './office-place.ts';

const hasBrowser = hasBrowserFor('the writing of a review together is');

describe.skipIf(!hasBrowser)('a review written together', () => {
  let office: OfficePlace;
  let origin = '';
  beforeAll(async () => {
    office = await openOffice('shanghai');
    origin = office.origin;
  });
  afterAll(() => office?.close());

  const someone = (name: string, language: 'en' | 'zh', role: Grant['role'], script = true): Promise<Page> =>
    office.someone(name, language, [{ role, area: '*', department: '*' }], { script, byPages: false });
  async function picture(page: Page, name: string): Promise<void> {
    await isAccessible(page, name);
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
    await office.following.refresh();
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
    await office.following.refresh();
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
