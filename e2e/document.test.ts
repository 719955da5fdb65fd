import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowserFor } from '../scripts/browser.js';
import { axeFaults } from './axe.ts';
import { type OfficePlace, openOffice } from './office-place.ts';

const hasBrowser = hasBrowserFor('a document checked in a browser is');

const report = `# 能源

2021年，单位地区生产总值能耗比2015年下降25%。全市共有充电站33座（在用55座，停用8座）。

## 森林覆盖率

2021年，城镇污水处理率达到97.2%，比2015年提高4.8个百分点。
`;

describe.skipIf(!hasBrowser)('a document of one’s own', { timeout: 120_000 }, () => {
  let office: OfficePlace;
  beforeAll(async () => {
    office = await openOffice('shanghai');
  });
  afterAll(() => office?.close());

  it('is checked in Chinese, without script, on a phone', async () => {
    const page = await office.someone('lin', 'zh', [{ role: 'reporter', area: '*', department: '*' }], {
      byPages: false,
      script: false,
    });
    await page.setViewportSize({ width: 360, height: 780 });
    await page.goto(`${office.origin}/zh/shanghai/office/`);
    await page.click('text=核查文稿');
    await page.setInputFiles('#file', {
      name: '初稿.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from(report),
    });
    await page.click('button.main');
    const told = (await page.locator('#result').textContent()) ?? '';
    for (const part of ['初稿.txt：', '55 + 8', '标题为“森林覆盖率”', '初稿.txt · 第3行'])
      expect(told).toContain(part);
    const [wide, room] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(wide).toBeLessThanOrEqual(room ?? 0);
  });

  it('has nothing that axe finds, in English; the table is there to take away', async () => {
    const page = await office.someone('wu', 'en', [{ role: 'editor', area: '*', department: '*' }], {
      byPages: false,
    });
    await page.goto(`${office.origin}/en/shanghai/office/text/`);
    expect(await axeFaults(page)).toEqual([]);
    await page.fill(
      '#text',
      'The urbanization rate, which stood at 61.2% in 2015, had grown by 8.4 percentage points to 71.6% by the end of 2021.',
    );
    await page.click('button.main');
    expect(await page.locator('#result [role=status]').textContent()).toContain('1 contradiction.');
    expect(await axeFaults(page)).toEqual([]);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[download]')]);
    expect(readFileSync(await download.path(), 'utf8')).toContain('10.4');
  });
});
