import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowserFor } from '../scripts/browser.js';
import type { Grant } from '../src/web/index.ts';
import { type OfficePlace, openOffice } from './office-place.ts';

const hasBrowser = hasBrowserFor('the plan in a browser is');
const plan = 'shenyang-model-city';

describe.skipIf(!hasBrowser)('Shenyang’s plan in the office', { timeout: 180_000 }, () => {
  let office: OfficePlace;
  let origin = '';
  beforeAll(async () => {
    office = await openOffice('shenyang');
    origin = office.origin;
  });
  afterAll(() => office?.close());

  /** Nobody here has a script: the plan is kept by forms alone. */
  const someone = (name: string, language: 'en' | 'zh', grant: Grant): Promise<Page> =>
    office.someone(name, language, [grant], { script: false, byPages: false });
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
    await office.following.refresh();
    await lin.goto(read('zh', 'd2-2015'));
    const history = await lin.locator('#history').textContent();
    for (const text of ['170', '150', 'anne', 'lin', 'The park opens two years later', '按部门意见赋权'])
      expect(history).toContain(text);
  });

  it('what is wrong is said at its column, and nothing is stored', async () => {
    const before = (await office.store.cities())[0]?.head;
    await lin.goto(edit('zh', 'd2-2020'));
    await lin.fill('input[name=target_unit] >> nth=0', 'm3');
    await lin.fill('#reason', '测试');
    await lin.click('button[value=save]');
    expect(await lin.locator('ul.told').textContent()).toContain('单位不能换算');
    expect((await office.store.cities())[0]?.head).toBe(before);
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
    await office.following.refresh();
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
    await office.following.refresh();
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
