import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowserFor, openBrowser } from '../scripts/browser.js';
import { testEngines } from '../scripts/test-stores.ts';
import { FigureSet } from '../src/figures/index.ts';
import { loadWorkspace } from '../src/intake/index.ts';
import type { Store } from '../src/store/index.ts';
import { createApp, type Door, type Grant, makeDoor } from '../src/web/index.ts';
import { type Listening, listen } from './listen.ts';

const hasBrowser = hasBrowserFor('the examination in a browser is');
const password = 'seven quiet herons walk';
const engine = testEngines.find(({ name }) => name === 'postgres') ?? testEngines[0];

/** An examination as its people see it: a department reports, is checked, objects, is answered; a citizen reads what is final. */
describe.skipIf(!hasBrowser)('an examination in a browser', () => {
  let server: Listening;
  let store: Store;
  let door: Door;
  let browser: Browser;
  let origin = '';
  const complaints: string[] = [];

  beforeAll(async () => {
    if (engine === undefined) throw new Error('there is always the embedded engine');
    store = await (await engine.place()).open();
    const folder = fileURLToPath(new URL('../examples/shenyang', import.meta.url));
    await loadWorkspace(store, folder, { agent: 'test', received: '2023-01-01T00:00:00Z' });
    const workspace = await store.workspace('shenyang');
    if (workspace === null) throw new Error('loaded above');
    // Listening first: the door needs the address that browsers see.
    server = await listen();
    origin = server.origin;
    door = makeDoor({
      people: store.people,
      secret: 'a secret of the test, long enough for it',
      baseUrl: origin,
      now: () => new Date('2023-02-01T08:00:00Z'),
    });
    const places = [{ folder, workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1, store }];
    const onFault = (error: Error, path: string) => complaints.push(`${path}: ${error.message}`);
    server.answer(createApp({ places, store, door, onFault }).fetch);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await store?.close();
    expect(complaints).toEqual([]);
  });

  async function someone(name: string, language: string, role: Grant['role']): Promise<Page> {
    const grants = [{ role, area: '210100', department: '*' }];
    const email = `${name}@city.example`;
    const token = await door.invite({ city: 'shenyang', purpose: 'join', email, name, grants, by: 'test' });
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
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
  /** axe finds nothing, and nothing is wider than a phone. */
  async function isSound(page: Page, name: string): Promise<void> {
    const found = await new AxeBuilder({ page }).analyze();
    expect(found.violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
    const folder = process.env.MODELCITY_NARROW;
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
    await page.setViewportSize({ width: 360, height: 780 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(360);
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}-360.png`, fullPage: true });
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  // One subject in English, the other in Chinese: the same steps.
  it.each([
    ['en', 'environment', 'low-carbon-communities', 'Final result', '1.00'],
    ['zh', 'industry', 'parks-started', '终评结果', '1.00'],
  ] as const)(
    'in %s, from the self-report to what a citizen reads',
    async (language, subject, item, final, back) => {
      const desk = `${origin}/${language}/shenyang/office/examinations/green-performance/${subject}/`;
      const [reporter, checker, approver] = await Promise.all(
        (['reporter', 'checker', 'approver'] as const).map((role) =>
          someone(`${role}-${language}`, language, role),
        ),
      );
      if (reporter === undefined || checker === undefined || approver === undefined) throw new Error('three');
      await reporter.goto(desk);
      await isSound(reporter, `desk-report-${language}`);
      await reporter.fill('#said', 'What was done in 2010.');
      await reporter.click('button[value=reported]');
      await reporter.waitForURL(/told=done/);
      expect(await reporter.locator('button[value=checked]').count()).toBe(0);
      await checker.goto(desk);
      await checker.click('button[value=checked]');
      await checker.waitForURL(/told=done/);
      await reporter.goto(desk);
      await reporter.fill(`[name="said:${item}"]`, 'One more was named in December.');
      await reporter.click('button[value=objected]');
      await reporter.waitForURL(/told=done/);
      await checker.goto(desk);
      await checker.check(`input[name="upheld:${item}"][value=yes]`);
      await checker.fill(`[name="value:${item}"]`, '100');
      await checker.fill(`[name="said:${item}"]`, 'The list shows it.');
      await checker.click('button[value=answered]');
      // More than was taken: refused, and what was typed is still there.
      await checker.waitForSelector('[role=alert]');
      expect(await checker.inputValue(`[name="said:${item}"]`)).toBe('The list shows it.');
      await isSound(checker, `desk-answer-${language}`);
      await checker.fill(`[name="value:${item}"]`, back);
      await checker.click('button[value=answered]');
      await checker.waitForURL(/told=done/);
      await approver.goto(desk);
      await approver.click('button[value=final]');
      await approver.waitForURL(/told=done/);

      const citizen = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
      await citizen.goto(`${origin}/${language}/shenyang/examination/green-performance/`);
      const text = await citizen.locator('#results').innerText();
      expect(text).toContain(final);
      expect(text).toContain(`approver-${language}`);
      await isSound(citizen, `examination-${language}`);
      // A deduction leads to the figure that it rests on.
      await citizen.locator('td.num a.fig', { hasText: '−' }).first().click();
      await citizen.waitForURL(/\/figures\/[0-9A-Z]+\//);
      expect((await citizen.goto(desk))?.url()).toContain('/sign-in/');
    },
  );
});
