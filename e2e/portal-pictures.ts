import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';

/** The pictures of docs/portal.md: ten pages, wide and narrow, in both languages, some on a dark screen and in print. */
const variants = [
  { name: 'wide-en', language: 'en', width: 1280, height: 860, colorScheme: 'light', media: 'screen' },
  { name: 'narrow-zh', language: 'zh', width: 360, height: 760, colorScheme: 'light', media: 'screen' },
  {
    name: 'dark-zh',
    language: 'zh',
    width: 1280,
    height: 860,
    colorScheme: 'dark',
    media: 'screen',
    only: ['city', 'indicator', 'plan'],
  },
  {
    name: 'print-en',
    language: 'en',
    width: 760,
    height: 1000,
    colorScheme: 'light',
    media: 'print',
    only: ['city', 'standard', 'trace'],
  },
] as const;

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));

/** Takes them anew of the pages given by name and address without language, and takes away those of before. */
export async function takePictures(
  browser: Browser,
  origin: string,
  pages: ReadonlyMap<string, string>,
): Promise<void> {
  for (const name of readdirSync(folder)) if (/^portal-.*\.png$/.test(name)) rmSync(folder + name);
  for (const variant of variants) {
    const { name, language, width, height, colorScheme, media } = variant;
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    await page.emulateMedia({ media, colorScheme });
    for (const [subject, path] of pages) {
      if ('only' in variant && !variant.only.some((each) => each === subject)) continue;
      await page.goto(`${origin}/${language}${path}`);
      const picture = await sharp(await page.screenshot())
        .png({ palette: true, colours: 64, compressionLevel: 9 })
        .toBuffer();
      writeFileSync(`${folder}portal-${subject}-${name}.png`, picture);
    }
    await page.close();
  }
}
