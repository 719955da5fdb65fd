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
    await citizen.goto(`${origin}/zh/shanghai/report/`);
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
    const take = async (step: string, fill: () => Promise<void>): Promise<void> => {
      await water.goto(`${register}/cases/${number}/take/${step}/`);
      await fill();
      await water.click('form.entry button.strong');
      await water.waitForURL(`**/cases/${number}/`);
    };
    await water.goto(`${register}/cases/${number}/take/routed/`);
    await looked(water, 'form of a step');
    await take('routed', async () => {
      await water.fill('[name=department]', 'Water office');
      await water.check('[name=publish][value=yes]');
    });
    await take('answered', () => water.fill('[name=answer]', 'The outlet was closed.'));
    await take('closed', () => water.selectOption('[name=outcome]', 'resolved').then(() => undefined));

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
      ['registers/green-units/enter/applied/', 'application'],
    ] as const) {
      const page = name === 'application' ? water : citizen;
      await page.goto(`${origin}/zh/shanghai/${path}`);
      await looked(page, name);
    }
    await phone.close();
  });
});
