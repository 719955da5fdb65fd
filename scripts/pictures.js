// npm run pictures: writes docs/pictures/portal-*.png: ten pages of the examples, wide and narrow, in both languages, light, dark and in print.
// Needs a build and a browser (CHROMIUM, else /usr/bin/chromium). Looked at by a person before they are committed.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import sharp from 'sharp';
import { openBrowser } from './browser.js';

const { FigureSet } = await import('../dist/figures/index.js');
const { findWorkspaces, parseWorkspace, readFolder } = await import('../dist/intake/index.js');
const { createApp } = await import('../dist/web/index.js');

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const workspaces = [];
for (const each of await findWorkspaces(fileURLToPath(new URL('../examples', import.meta.url)))) {
  const { workspace } = parseWorkspace((await readFolder(each)).files);
  if (workspace === null) throw new Error(`${each} does not read`);
  workspaces.push(workspace);
}
const app = createApp({
  places: workspaces.map((workspace) => ({
    workspace,
    asOf: 1,
    figures: new FigureSet(workspace, {
      asOf: 1,
      related: workspaces.filter(({ city }) => city.partOf === workspace.city.id),
    }),
  })),
});
const origin = await new Promise((done) => {
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
    server.unref();
    done(`http://127.0.0.1:${port}`);
  });
});
const listed = await (await fetch(`${origin}/api/places/shanghai/figures?indicator=energy_per_gdp`)).json();
const change = listed.items.find(({ measure }) => measure.kind === 'relative');

const pages = [
  ['places', '/'],
  ['city', '/shanghai/'],
  ['goals', '/shanghai/goals/'],
  ['indicator', '/shanghai/indicators/energy_per_gdp/'],
  ['trace', `/shanghai/figures/${change.code}/`],
  ['groups', '/shanghai/groups/'],
  [
    'standard',
    `/chengdu/framework/${workspaces.find(({ city }) => city.id === 'chengdu').frameworks[0].id}/`,
  ],
  ['plan', `/shenyang/plan/${workspaces.find(({ city }) => city.id === 'shenyang').plans[0].id}/`],
  ['status', '/shanghai/status/'],
  ['data', '/chengdu/data/'],
];
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
];

for (const name of readdirSync(folder)) if (/^portal-.*\.png$/.test(name)) rmSync(folder + name);
const browser = await openBrowser();
let bytes = 0;
for (const { name, language, width, height, colorScheme, media, only } of variants)
  for (const [page, path] of pages) {
    if (only !== undefined && !only.includes(page)) continue;
    const context = await browser.newContext({ viewport: { width, height }, colorScheme });
    const tab = await context.newPage();
    await tab.emulateMedia({ media, colorScheme });
    await tab.goto(`${origin}/${language}${path}`);
    const picture = await sharp(await tab.screenshot())
      .png({ palette: true, colours: 64, compressionLevel: 9 })
      .toBuffer();
    bytes += picture.length;
    writeFileSync(`${folder}portal-${page}-${name}.png`, picture);
    await context.close();
  }
await browser.close();
process.stdout.write(`${bytes} bytes of pictures in ${folder}\n`);
process.exit(0);
