import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowserFor } from '../scripts/browser.js';
import type { Grant } from '../src/web/index.ts';
import { type OfficeCity, openCity } from './office-city.ts';

const hasBrowser = hasBrowserFor('the examination in a browser is');

/** An examination as its people see it: a department reports, is checked, objects, is answered; a citizen reads what is final. */
describe.skipIf(!hasBrowser)('an examination in a browser', { timeout: 180_000 }, () => {
  let city: OfficeCity;
  beforeAll(async () => {
    city = await openCity('shenyang', { now: () => new Date('2023-02-01T08:00:00Z') });
  });
  afterAll(() => city?.close());

  const someone = (name: string, language: 'en' | 'zh', role: Grant['role']): Promise<Page> =>
    city.someone(name, language, role, { area: '210100' });
  const isSound = (page: Page, name: string): Promise<void> => city.isSound(page, name);

  // One subject in English, the other in Chinese: the same steps.
  it.each([
    ['en', 'environment', 'low-carbon-communities', 'Final result', '1.00'],
    ['zh', 'industry', 'parks-started', '终评结果', '1.00'],
  ] as const)(
    'in %s, from the self-report to what a citizen reads',
    async (language, subject, item, final, back) => {
      const desk = `${city.origin}/${language}/shenyang/office/examinations/green-performance/${subject}/`;
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

      const citizen = await (
        await city.browser.newContext({ viewport: { width: 1280, height: 900 } })
      ).newPage();
      await citizen.goto(`${city.origin}/${language}/shenyang/examination/green-performance/`);
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
