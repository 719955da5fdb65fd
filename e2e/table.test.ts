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
    expect(await page.locator('#define fieldset').count()).toBeGreaterThan(0);
    expect(await axeFaults(page)).toEqual([]);
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

  it('defines an indicator that the place does not have, without script and on a narrow page', async () => {
    const page = await office.someone('qian', 'zh', [{ role: 'approver', area: '*', department: '*' }], {
      byPages: false,
      script: false,
    });
    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto(`${office.origin}/zh/shanghai/office/table/`);
    const read = async () => {
      await page.setInputFiles('#file', {
        name: '附表9.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('指标,单位,2021年,2022年\n社区图书角,个,1120,1305\n'),
      });
      await page.click('button[value=read]');
    };
    await read();
    const told = page.locator('#preview [role=status]');
    expect(await told.textContent()).toContain('新增0个，与已有数值不同0个，已有0个，不采用2个');
    const one = page.locator('#define fieldset').filter({ hasText: '社区图书角' });
    expect(await one.locator('input[name^=define-zh]').inputValue()).toBe('社区图书角');
    expect(await one.locator('input[name^=define-unit]').inputValue()).toBe('{count}');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);

    // Ticked with a unit that is none, it is refused where it stands.
    await one.locator('input[type=checkbox]').check();
    await one.locator('input[name^=define-unit]').fill('个个');
    // Its head is that of the table before, whose document the page remembers: this is another.
    await page.fill('#source-title', '附表9');
    await page.fill('#source-producer', '上海市文旅局');
    await page.fill('#source-licence', 'CC BY 4.0');
    await page.click('button[value=again]');
    expect(await one.textContent()).toContain('“个个”不是已知单位');
    await one.locator('input[name^=define-unit]').fill('{reading corner}');
    await one.locator('input[name^=define-en]').fill('Community reading corners');
    await one.locator('select[name^=define-goal]').selectOption('4');
    await one.locator('select[name^=define-direction]').selectOption('up');
    await page.click('button[value=again]');
    expect(await one.locator('.alarm').count()).toBe(0);
    expect(await told.textContent()).toContain('新增2个');
    expect(await page.locator('#preview').textContent()).toContain('社区图书角（新指标）');
    await page.click('button[value=store]');
    expect(await page.locator('.told').textContent()).toContain('已存入2个数值和1个新指标');

    await office.following.refresh();
    const id = 'community-reading-corners';
    await page.goto(`${office.origin}/en/shanghai/indicators/${id}/`);
    expect(await page.locator('h1').textContent()).toContain('Community reading corners');
    await page.goto(`${office.origin}/zh/shanghai/indicators/${id}/`);
    await page.click('a.fig:text-matches("1,?305") >> nth=0');
    const trace = (await page.locator('main').textContent()) ?? '';
    for (const part of ['社区图书角', '附表9', '第2行，“2022年”列', '上海市文旅局'])
      expect(trace).toContain(part);
    // The next table with this name finds it.
    await page.goto(`${office.origin}/zh/shanghai/office/table/`);
    await read();
    expect(await told.textContent()).toContain('已有2个，不采用0个');
    expect(await page.locator('#define').count()).toBe(0);
  });
});
