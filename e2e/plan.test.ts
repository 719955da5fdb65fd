import { fileURLToPath } from 'node:url';
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

const hasBrowser = hasBrowserFor('the plan in a browser is');

const password = 'seven quiet herons walk';
const engine = testEngines.find(({ name }) => name === 'postgres') ?? testEngines[0];
const plan = 'shenyang-model-city';

describe.skipIf(!hasBrowser)('Shenyang’s plan in the office', { timeout: 180_000 }, () => {
  let server: Listening;
  let store: Store;
  let door: Door;
  let following: Following;
  let browser: Browser;
  let origin = '';
  const complaints: string[] = [];

  beforeAll(async () => {
    if (engine === undefined) throw new Error('there is always the embedded engine');
    const at = await engine.place();
    store = await at.open();
    const folder = fileURLToPath(new URL('../examples/shenyang', import.meta.url));
    await loadWorkspace(store, folder, { agent: 'test', received: '2023-01-01T00:00:00Z' });
    const workspace = await store.workspace('shenyang');
    if (workspace === null) throw new Error('loaded above');
    const place = { folder, workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1 };
    const live = new LivePlaces([{ ...place, store }]);
    following = followPlaces({ store, places: [place], live, settle: 20 });
    // Listening first: the door needs the address that browsers see.
    server = await listen();
    origin = server.origin;
    door = makeDoor({
      people: store.people,
      secret: 'a secret of the test, long enough for it',
      baseUrl: origin,
    });
    server.answer(
      createApp({
        places: live,
        store,
        door,
        registers: { home: at.directory, now: () => new Date().toISOString(), apiKeys: new Map() },
        onFault: (error, path) => complaints.push(`${path}: ${error.stack ?? error.message}`),
      }).fetch,
    );
    browser = await openBrowser();
  });
  afterAll(async () => {
    await following?.stop();
    await browser?.close();
    await server?.close();
    await store?.close();
    expect(complaints).toEqual([]);
  });

  /** Someone who has joined and signed in. */
  async function someone(name: string, language: 'en' | 'zh', grant: Grant): Promise<Page> {
    const email = `${name}@city.example`;
    const token = await door.invite({
      city: 'shenyang',
      purpose: 'join',
      email,
      name,
      grants: [grant],
      by: 'test',
    });
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      javaScriptEnabled: false,
    });
    context.on('request', (request) => {
      if (!request.url().startsWith(`${origin}/`)) complaints.push(`asked for ${request.url()}`);
    });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    await page.goto(`${origin}/${language}/join/?token=${token}`);
    await page.fill('input[name=password]', password);
    await page.click('form.door button');
    await page.fill('input[name=email]', email);
    await page.fill('input[name=password]', password);
    await page.click('form.door button');
    await page.waitForURL(/account/);
    return page;
  }
  const whole = (role: Grant['role']): Grant => ({ role, area: '*', department: '*' });
  const edit = (language: string, id: string): string =>
    `${origin}/${language}/shenyang/office/plan/${plan}/commitment/${id}/`;
  const read = (language: string, id: string): string =>
    `${origin}/${language}/shenyang/plan/${plan}/c/${id}/`;
  let anne: Page;
  let lin: Page;

  it('an editor lowers a target, in English; the old one stands in its history, in Chinese', async () => {
    anne = await someone('anne', 'en', whole('editor'));
    lin = await someone('lin', 'zh', whole('editor'));
    await lin.goto(edit('zh', 'd2-2015'));
    await anne.goto(edit('en', 'd2-2015'));
    await anne.fill('input[name=target_value] >> nth=0', '150');
    await anne.fill('#reason', 'The park opens two years later than planned.');
    await anne.click('button[value=save]');
    expect(await anne.locator('.told').first().textContent()).toContain('Saved');
    // Lin began from the older version: told, nothing lost, and saved after a second look.
    await lin.fill('#weight', '5');
    await lin.fill('#reason', '按部门意见赋权');
    await lin.click('button[value=save]');
    expect(await lin.locator('.told').first().textContent()).toContain('他人');
    expect(await lin.inputValue('#weight')).toBe('5');
    await lin.fill('input[name=target_value] >> nth=0', '150');
    await lin.click('button[value=save]');
    expect(await lin.locator('.told').first().textContent()).toContain('已保存');
    await following.refresh();
    await lin.goto(read('zh', 'd2-2015'));
    const history = await lin.locator('#history').textContent();
    for (const text of ['170', '150', 'anne', 'lin', 'The park opens two years later', '按部门意见赋权'])
      expect(history).toContain(text);
  });

  it('what is wrong is said at its column, and nothing is stored', async () => {
    const before = (await store.cities())[0]?.head;
    await lin.goto(edit('zh', 'd2-2020'));
    await lin.fill('input[name=target_unit] >> nth=0', 'm3');
    await lin.fill('#reason', '测试');
    await lin.click('button[value=save]');
    expect(await lin.locator('ul.told').textContent()).toContain('单位不能换算');
    expect((await store.cities())[0]?.head).toBe(before);
  });

  it('a commitment is added and withdrawn; it stays, struck through, with the reason', async () => {
    await anne.goto(`${origin}/en/shenyang/office/plan/${plan}/new/?parent=d2`);
    await anne.fill('#id', 'd2-demo');
    await anne.fill('#name_en', 'A demonstration park');
    await anne.fill('#name_zh', '示范园区');
    await anne.fill('#reason', 'Agreed with the district.');
    await anne.click('button[value=save]');
    await anne.fill('#reason', 'No land was found.');
    await anne.click('button[value=withdraw]');
    await following.refresh();
    await anne.goto(`${origin}/en/shenyang/plan/${plan}/`);
    expect(await anne.locator('#d2-demo s').first().textContent()).toBe('A demonstration park');
    await anne.goto(read('en', 'd2-demo'));
    expect(await anne.locator('.told').textContent()).toContain('No land was found.');
  });

  it('a table is taken out, changed and brought in again; the days between show what changed', async () => {
    const csv = await (await fetch(`${origin}/zh/shenyang/plan/${plan}/plan.csv`)).text();
    await lin.goto(`${origin}/zh/shenyang/office/plan/${plan}/`);
    const send = async (text: string, act: string): Promise<string> => {
      await lin.locator('summary').first().click();
      await lin.setInputFiles('#file', {
        name: '规划.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`\ufeff${text}`),
      });
      await lin.fill('#reason', '按年度安排');
      await lin.click(`button[value=${act}]`);
      return lin
        .locator('.told')
        .allTextContents()
        .then((all) => all.join('\n'));
    };
    const plain = csv.replace(/^\ufeff/, '');
    expect(await send(plain.replace('sy.env_industry.base_rank', 'sy.nothing'), 'bring')).toMatch(
      /第\d+行 · target_indicator列: 本地没有该指标/,
    );
    expect(await send(plain, 'check')).toContain('与规划内容相同');
    expect(await send(plain.replace(',2009,2020,', ',2009,2021,'), 'bring')).toContain('调整承诺1项');
    await following.refresh();
    const today = new Date().toISOString().slice(0, 10);
    await lin.goto(`${origin}/zh/shenyang/plan/${plan}/changes/?from=2023-01-01&to=${today}`);
    expect(await lin.locator('.p-change').count()).toBe(3);
    expect(await lin.locator('main').textContent()).toContain('按年度安排');
  });

  it('a letter is issued, signed, acknowledged by the department, and told to those it is for', async () => {
    await anne.goto(edit('en', 'd2'));
    await anne.fill('#department', 'economy');
    await anne.fill('#reason', 'The department of the economy answers for it.');
    await anne.click('button[value=save]');
    const zhao = await someone('zhao', 'zh', whole('approver'));
    const wu = await someone('wu', 'en', { role: 'reporter', area: '210100', department: 'economy' });
    await zhao.goto(`${origin}/zh/shenyang/office/plan/${plan}/letters/`);
    await zhao.selectOption('#owner', 'economy');
    await zhao.fill('#year', '2015');
    await zhao.click('button.main');
    expect(await zhao.locator('.told').first().textContent()).toContain('2015-1');
    await wu.goto(`${origin}/en/shenyang/office/`);
    await wu.click('.notices a');
    const cookie = (await wu.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const pdf = await fetch(`${wu.url()}letter.en.pdf`, { headers: { cookie } });
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    await wu.click('button[value=acknowledged]');
    expect(await wu.locator('.happened').textContent()).toContain('acknowledged');
    // A visitor sees none of it.
    expect((await fetch(wu.url(), { redirect: 'manual' })).status).toBe(303);
  });
});
