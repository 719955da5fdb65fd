import { expect, it } from 'vitest';
import { hasBrowserFor, openBrowser } from '../scripts/browser.js';
import { axeFaults } from './axe.ts';

const hasBrowser = hasBrowserFor('what the tests of accessibility find is');
const rows = Array.from(
  { length: 60 },
  (_, at) => `<tr><td>${at}</td><td style="padding: 1em"><a href="#r${at}">row ${at}</a></td></tr>`,
);

it.runIf(hasBrowser)(
  'the one fault in a long table is found, and the page is as it was',
  async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const faultsOf = async (odd: string): Promise<readonly string[]> => {
        const body = [...rows.slice(0, 50), odd, ...rows.slice(50)].join('');
        await page.setContent(
          `<!doctype html><html lang="en"><title>Rows</title><main><h1>Rows</h1><table><tbody>${body}</tbody></table></main></html>`,
        );
        const before = await page.content();
        const faults = await axeFaults(page);
        expect(await page.content()).toBe(before);
        return faults;
      };
      expect(await faultsOf('')).toEqual([]);
      for (const [odd, rule] of [
        ['<tr><td>50</td><td style="padding: 1em"><a href="#r50"></a></td></tr>', 'link-name'],
        ['<tr><td>50</td><td style="color: #bbb">faint</td></tr>', 'color-contrast'],
        ['<tr><td>50</td><td><img src="data:,"></td></tr>', 'image-alt'],
        ['<tr><td id="one">50</td><td id="one">50</td></tr>', 'duplicate-id'],
      ] as const)
        expect(await faultsOf(odd)).toEqual([expect.stringContaining(`${rule}: `)]);
    } finally {
      await browser.close();
    }
  },
  60_000,
);
