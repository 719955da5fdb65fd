import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowserFor } from '../scripts/browser.js';
import { type OfficeCity, openCity } from './office-city.ts';

const hasBrowser = hasBrowserFor('rolling assessment and supervision in a browser are');
const plan = 'shenyang-model-city';

/** A target is proposed anew, its effect is seen first, somebody else decides; supervision and letters are read by everyone. */
describe.skipIf(!hasBrowser)('the plan as it rolls, in a browser', { timeout: 180_000 }, () => {
  let city: OfficeCity;
  beforeAll(async () => {
    city = await openCity('shenyang');
  });
  afterAll(() => city?.close());

  it('proposed with the effect in view, decided by somebody else, and the old target still there', async () => {
    const { origin } = city;
    const wu = await city.someone('wu', 'en', 'editor', { javaScriptEnabled: false });
    await wu.goto(`${origin}/en/shenyang/office/rolling/${plan}/`);
    // The first target that is a number: rows without one have no field to adjust.
    const row = wu
      .locator('#stage tbody tr', { has: wu.locator('a[href*="?key="]') })
      .filter({ hasText: '2015' });
    await row.first().locator('a[href*="?key="]').click();
    const old = await wu.inputValue('#value');
    const key = await wu.inputValue('input[name=key]');
    expect(old).not.toBe('');
    await wu.fill('#value', '7');
    await wu.fill('#reason', 'Two dry summers.');
    await wu.click('button[value=show]');
    expect(await wu.locator('#draft').innerText()).toContain('Effect on the whole');
    expect(await wu.inputValue('#value')).toBe('7');
    // Seen, and nothing stored.
    expect(await city.store.events('shenyang', { register: 'adjustment' })).toEqual([]);
    await wu.click('button[value=proposed]');
    await wu.waitForURL(/told=done/);
    expect(await wu.locator('button[value=accepted]').count()).toBe(0);

    const zhao = await city.someone('zhao', 'zh', 'approver', { javaScriptEnabled: false });
    await zhao.goto(`${origin}/zh/shenyang/office/rolling/${plan}/`);
    expect(await zhao.locator('#open').innerText()).toContain('Two dry summers.');
    await zhao.fill('#open textarea', '同意');
    await zhao.click('button[value=accepted]');
    await zhao.waitForURL(/told=done/);
    const commitments = (await city.store.workspace('shenyang'))?.plans[0]?.commitments ?? [];
    const [indicator = '', , period = ''] = key.split('|');
    const changed = commitments.filter(({ targets }) =>
      targets.some((each) => each.indicator === indicator && each.period === period && each.value === '7'),
    );
    expect(changed.length).toBeGreaterThan(0);
    for (const { id, revisions } of changed) {
      expect(revisions?.at(-1)).toMatchObject({ by: 'zhao', reason: 'Two dry summers. — 同意' });
      expect(
        revisions?.at(-1)?.was?.targets.map(({ value }) => value),
        id,
      ).toContain(old);
    }
    const reader = await (
      await city.browser.newContext({ viewport: { width: 1280, height: 900 } })
    ).newPage();
    await reader.goto(`${origin}/zh/shenyang/plan/${plan}/rolling/`);
    const decided = await reader.locator('#decisions').innerText();
    for (const text of ['Two dry summers.', '同意', 'zhao']) expect(decided).toContain(text);
    await city.isSound(reader, 'rolling-zh');
  });

  it('a commitment is put under supervision, and letters are issued to somebody by name; axe finds nothing', async () => {
    const { origin } = city;
    const lead = await city.someone('qian', 'en', 'approver');
    await city.known('sun', 'reporter');
    await lead.goto(`${origin}/en/shenyang/office/plan/${plan}/oversight/`);
    await city.isSound(lead, 'oversights-en');
    await lead.locator('#overdue a').first().click();
    await lead.fill('#until', '2099-12-31');
    await lead.fill('#said', 'Say what is missing.');
    await lead.click('button[value=issued]');
    await lead.waitForURL(/told=done/);
    await city.isSound(lead, 'oversight-en');
    await lead.goto(`${origin}/zh/shenyang/office/plan/${plan}/letters/`);
    await lead.selectOption('#receiver', { label: 'sun' });
    await lead.fill('#year', '2015');
    await city.isSound(lead, 'letters-zh');
    await lead.click('button.main');
    await lead.waitForURL(/told=issued/);
    expect(await lead.locator('main').innerText()).toContain('sun');
    await city.isSound(lead, 'letter-zh');
    const [notice] = await city.store.people.notices('shenyang', await city.idOf('sun'));
    expect(notice?.href).toContain('/letters/2015-1/');
  });
});
