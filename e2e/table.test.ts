import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowserFor } from '../scripts/browser.js';
import { axeFaults } from './axe.ts';
import { type OfficePlace, openOffice } from './office-place.ts';

const hasBrowser = hasBrowserFor('a table brought in by a browser is');

const table = `附表3 能源消费情况,,,
数据来自统计公报,,,
指标,单位,2021年,2022年
单位地区生产总值能耗,吨标准煤/万元,0.28,0.26
万元产值能耗,吨标准煤/万元,0.52,0.51
天然气用户数,万户,784.1,约791
天然气管网供应量,吨,1,2
`;

describe.skipIf(!hasBrowser)('a table from a statistical report', { timeout: 120_000 }, () => {
  let office: OfficePlace;
  beforeAll(async () => {
    office = await openOffice('shanghai');
  });
  afterAll(() => office?.close());

  it('goes from a file to a figure that leads to its line, in Chinese', async () => {
    const page = await office.someone('zhao', 'zh', [{ role: 'approver', area: '*', department: '*' }], {
      byPages: false,
    });
    await page.goto(`${office.origin}/zh/shanghai/office/`);
    await page.click('text=导入表格');
    expect(await axeFaults(page)).toEqual([]);
    await page.setInputFiles('#file', {
      name: '附表3.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(table),
    });
    await page.click('button[value=read]');
    const told = page.locator('#preview [role=status]');
    expect(await told.textContent()).toContain('新增2个，与已有数值不同0个，已有2个，不采用4个');
    expect(await page.locator('#preview').textContent()).toContain('单位“吨”不能换算为该指标的单位“立方米”');
    // A name that is not ours: its indicator is chosen, and the table read again.
    await page.fill('input[aria-label$="万元产值能耗"]', 'energy_per_iva');
    await page.click('button[value=again]');
    expect(await told.textContent()).toContain('新增3个，与已有数值不同0个，已有3个，不采用2个');
    expect(await axeFaults(page)).toEqual([]);
    await page.fill('#source-producer', '上海市统计局');
    await page.fill('#source-licence', 'CC BY 4.0');
    await page.fill('#source-date', '2023-03');
    await page.click('button[value=store]');
    expect(await page.locator('.told').textContent()).toContain('已存入3个数值，位于日志第');

    await office.following.refresh();
    await page.goto(`${office.origin}/zh/shanghai/indicators/energy_per_gdp/`);
    await page.click('a.fig:has-text("0.26") >> nth=0');
    const trace = (await page.locator('main').textContent()) ?? '';
    for (const part of ['0.26', '附表3', '第4行，“2022年”列', '上海市统计局']) expect(trace).toContain(part);
  });
});
