import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowserFor } from '../scripts/browser.js';
import { axeFaults } from './axe.ts';
import { narrowFaults } from './narrow.ts';
import { type OfficePlace, openOffice } from './office-place.ts';

const hasBrowser = hasBrowserFor('the pages of registers are');
let office: OfficePlace;

beforeAll(async () => {
  if (hasBrowser) office = await openOffice('shanghai', () => new Date('2022-11-28T02:00:00Z'));
}, 120_000);
afterAll(async () => {
  if (hasBrowser) await office.close();
});

describe.runIf(hasBrowser)('a report', () => {
  it('goes from a phone through the office and back, and every kind of page can be read there', {
    timeout: 180_000,
  }, async () => {
    const { origin, browser } = office;
    const phone = await browser.newContext({
      viewport: { width: 360, height: 740 },
      geolocation: { latitude: 31.0303, longitude: 121.2276 },
      permissions: ['geolocation'],
    });
    phone.setDefaultTimeout(20_000);
    const citizen = await phone.newPage();
    const looked = async (page: typeof citizen, name: string): Promise<void> => {
      expect([name, await axeFaults(page)]).toEqual([name, []]);
      const { width = 0 } = page.viewportSize() ?? {};
      await page.setViewportSize({ width: 360, height: 740 });
      expect([name, await narrowFaults(page)]).toEqual([name, []]);
      await page.setViewportSize({ width, height: 900 });
    };
    /** Fills the form of a step in a reader's language, sends it, and gives the address of the case that it leads to. */
    const sent = async (page: typeof citizen, path: string, values: Readonly<Record<string, string>>) => {
      const language = page === citizen ? 'zh' : 'en';
      await page.goto(`${origin}/${language}/shanghai/registers/${path}/`);
      for (const [name, value] of Object.entries(values)) {
        const field = page.locator(`main form.entry [name="${name}"]`).first();
        const kind = await field.evaluate((element) =>
          element instanceof HTMLInputElement ? element.type : element.tagName,
        );
        if (kind === 'SELECT') await field.selectOption(value);
        else if (kind === 'radio') await page.check(`main form.entry [name="${name}"][value="${value}"]`);
        else await field.fill(value);
      }
      await page.click('form.entry button.strong');
      await page.waitForURL('**/cases/*/');
      return page.url().split('/registers/')[1]?.replace(/\/$/, '') ?? '';
    };
    await citizen.goto(`${origin}/zh/shanghai/`);
    await citizen.getByRole('link', { name: '反映问题' }).click();
    await looked(citizen, 'report');
    await citizen.click('a[href="?about=water"]');
    await citizen.fill('[name=description]', '河面有泡沫');
    await citizen.selectOption('[name=urgency]', 'complaint');
    // The place of the phone, asked for at the press.
    await citizen.click('button[data-here]');
    await citizen.waitForFunction(() =>
      [...document.querySelectorAll<HTMLInputElement>('[name=location]')].some(
        ({ value }) => value === '31.03030,121.22760',
      ),
    );
    await looked(citizen, 'report, second question');
    await citizen.click('button[type=submit].strong');
    const [number = '', code = ''] = await citizen.locator('.ticket strong').allInnerTexts();
    expect([number, code.length]).toEqual(['2022-000001', 10]);
    await looked(citizen, 'number and code');

    const water = await office.someone(
      'wang',
      'en',
      [{ role: 'administrator', area: '*', department: '*' }],
      {
        byPages: false,
      },
    );
    const register = `${origin}/en/shanghai/registers/complaints`;
    await water.goto(`${register}/cases/${number}/`);
    await looked(water, 'case');
    await water.goto(`${register}/cases/${number}/take/routed/`);
    await looked(water, 'form of a step');
    const complaint = `complaints/cases/${number}`;
    await sent(water, `${complaint}/take/routed`, { department: 'Water office', publish: 'yes' });
    await sent(water, `${complaint}/take/answered`, { answer: 'The outlet was closed.' });
    await sent(water, `${complaint}/take/closed`, { outcome: 'resolved' });
    await sent(water, `${complaint}/take/called-back`, { satisfied: 'yes' });

    const follow = async (): Promise<void> => {
      await citizen.goto(`${origin}/zh/shanghai/follow/`);
      await citizen.fill('[name=number]', number);
      await citizen.fill('[name=code]', code);
      await citizen.click('main form button');
      await citizen.locator('.history').waitFor();
    };
    await citizen.goto(`${origin}/zh/shanghai/follow/`);
    await looked(citizen, 'follow');
    await follow();
    expect(await citizen.locator('.history').textContent()).toContain('The outlet was closed.');
    await citizen.fill('form.entry textarea, form.entry input[type=text]', '泡沫又出现了');
    await citizen.click('button[name=take]');
    await looked(citizen, 'followed');
    expect(await citizen.locator('h1').textContent()).toContain('重新办理');

    await water.goto(`${register}/intake/`);
    await water.setInputFiles('[name=file]', {
      name: 'reports.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'category,urgency,description,location\nwater,complaint,Foam,here\nfog,complaint,x,\n',
      ),
    });
    await water.click('form.entry button.strong');
    expect(await water.locator('table[role=alert] tbody tr').count()).toBe(2);
    await looked(water, 'bulk intake with faults');
    await citizen.goto(`${origin}/zh/shanghai/registers/complaints/?state=open`);
    expect(await citizen.locator('svg.places-map a').count()).toBe(1);
    await looked(citizen, 'list and map');
    for (const [path, name] of [
      ['registers/', 'hall'],
      ['registers/complaints/rules/', 'rules'],
      ['registers/complaints/answers/', 'answers'],
      ['registers/hazardous-waste/balances/', 'balances'],
    ] as const) {
      await citizen.goto(`${origin}/zh/shanghai/${path}`);
      await looked(citizen, name);
    }

    // A consultation: noticed by the office, commented on from the phone, answered, concluded; what changed can be read.
    const notice = { subject: 'River plan', what: 'plan', until_day: '2022-12-31' };
    const consultation = await sent(water, 'consultations/enter/noticed', notice);
    const about = consultation.split('/').at(-1) ?? '';
    const comment = await sent(citizen, 'consultations/enter/said', { about, comment: '请保留滨水步道' });
    await looked(citizen, 'comment');
    await sent(water, `${comment}/take/considered`, { reply: 'It stays.', effect: 'taken' });
    await sent(water, `${consultation}/take/concluded`, { changes: 'The path along the river stays.' });
    await citizen.goto(`${origin}/zh/shanghai/registers/${comment}/`);
    expect(await citizen.locator('main').textContent()).toMatch(/It stays\..*采纳/s);

    // A school applies from the phone, is checked and named in the office.
    const school = await sent(citizen, 'green-units/enter/applied', { unit: '滨江小学', kind: 'school' });
    await sent(water, `${school}/take/checked`, { points: '86' });
    await sent(water, `${school}/take/named`, {});
    await citizen.goto(`${origin}/zh/shanghai/registers/${school}/`);
    expect(await citizen.locator('main .chip').first().textContent()).toBe('命名');

    // Two owe disclosure; one publishes in time. The share says so, and whose filing is missing.
    for (const [key, name] of [
      ['a1', 'Plater'],
      ['b2', 'Tanner'],
    ] as const)
      await sent(water, 'organisations/enter/enterprise.added', { code: key, name, key_discharger: 'yes' });
    const filing = await sent(water, 'disclosure/enter/due', { enterprise: 'a1', year: '2022' });
    await sent(water, `${filing}/take/filed`, {});
    await sent(water, `${filing}/take/published`, {});
    const share = `${origin}/zh/shanghai/registers/disclosure/`;
    const told = async (): Promise<string> => {
      await citizen.goto(share);
      return (await citizen.locator('main').textContent()) ?? '';
    };
    await expect.poll(told, { timeout: 20_000, interval: 300 }).toMatch(/100\s?%.*企业：应有2，已计入1。/s);
    await looked(citizen, 'disclosure');
    await citizen.click('dl.facts a.fig');
    expect(await citizen.locator('main').textContent()).toMatch(/无记录（1）：Tanner/);
    await looked(citizen, 'figure that lacks a filing');
    await phone.close();
  });
});
