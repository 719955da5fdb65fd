import { SaxesParser } from 'saxes';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { FigureSet } from '../../figures/index.ts';
import { parseWorkspace } from '../../intake/index.ts';
import { accentsOf, contrastOf, papers } from '../../model/index.ts';
import { createApp } from '../app.tsx';

const emblem =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" onload="x()"><script>x()</script><foreignObject><p>x</p></foreignObject><a href="javascript:x()"><rect/></a><image href="http://elsewhere.example/x.png"/><circle cx="5" cy="5" r="4" fill="#1f4f8f" style="background:url(http://elsewhere.example)"/><rect width="1" height="1" fill="url(http://elsewhere.example/#a)"/></svg>';
const cityFile = (more: string) => `modelcity: 1
id: tiny
name: { en: "Tiny </script><b>", zh: 小城 }
area: T
languages: [en, zh]
areas: [{ id: T, name: { en: Tiny, zh: 小城 }, kind: city }]
sources:
  - { id: yearbook, title: { en: Yearbook, zh: 年鉴 }, producer: { en: Bureau, zh: 局 }, date: 2022, licence: CC BY 4.0 }
${more}`;
const indicators = `- { id: green, name: { en: Green & share, zh: 绿地率 }, unit: "%" }
- { id: water, name: { en: Water, zh: 用水 }, unit: t }
`;
const rows = `indicator,area,period,value,unit,source,locator
green,T,2020,31,%,yearbook,row 1
green,T,2021,32.50,%,yearbook,row 2
`;
const file = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
const told = `news:
  - { id: first, date: 2024-05-01, title: { en: "Open <now> & here", zh: 公开 }, indicators: [green] }
releases:
  - { id: late, date: 2026, title: { en: All of 2025, zh: 2025年全部数据 } }
  - { id: soon, date: 2025-03, title: { en: Green 2024, zh: 2024年绿地率 }, indicators: [green] }
  - { id: out, date: 2024-02, title: { en: Green 2023, zh: 2023年绿地率 }, published: 2024-02-09 }
brand:
  name: { en: Planning Office, zh: 规划局 }
  accent: '#1f4f8f'
  accentDark: '#333333'
`;
const read = (more: string, files: ReturnType<typeof file>[] = []) =>
  parseWorkspace([
    file('city.yaml', cityFile(more)),
    file('indicators/all.yaml', indicators),
    file('observations/all.csv', rows),
    ...files,
  ]);
function app(baseUrl?: string) {
  const { workspace } = read(told, [file('emblem.svg', emblem)]);
  if (workspace === null) throw new Error('the workspace does not read');
  return createApp({
    places: [{ workspace, asOf: 1, figures: new FigureSet(workspace, { asOf: 1 }) }],
    ...(baseUrl === undefined ? {} : { baseUrl }),
  });
}
const text = async (path: string, baseUrl?: string) => (await app(baseUrl).request(path)).text();
function xmlOf(document: string): { readonly tags: string[]; readonly texts: string } {
  const tags: string[] = [];
  let texts = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    tags.push(name);
  });
  parser.on('text', (content) => {
    texts += content;
  });
  parser.write(document).close();
  return { tags, texts };
}

describe('what a place tells', () => {
  it('stands in a well-formed Atom feed, the newest first, with what RFC 4287 asks of every entry', async () => {
    const feed = await text('/en/tiny/feed.xml');
    const { tags, texts } = xmlOf(feed);
    expect(tags.filter((tag) => tag === 'entry')).toHaveLength(2);
    for (const tag of ['id', 'title', 'updated']) expect(tags.filter((each) => each === tag)).toHaveLength(3);
    expect(texts).toContain('Open <now> & here');
    expect(feed.indexOf('news-first')).toBeLessThan(feed.indexOf('release-out'));
    expect(feed).toContain('<updated>2024-05-01T00:00:00Z</updated>');
    expect(feed).toContain('<link href="news/#news-first"/>');
    expect(await text('/en/tiny/feed.xml', 'https://data.example/')).toContain(
      'href="https://data.example/en/tiny/news/#news-first"',
    );
  });

  it('is expected on the pages of the indicators that the nearest announcement names', async () => {
    expect(await text('/en/tiny/indicators/green/')).toMatch(/Next update expected.*March 2025.*Green 2024/s);
    expect(await text('/zh/tiny/indicators/water/')).toMatch(/预计下次更新.*2025年全部数据/s);
    const page = await text('/en/tiny/news/');
    expect(page.indexOf('Green 2024')).toBeLessThan(page.indexOf('All of 2025'));
  });

  it('has a catalogue whose sizes are those of the files, and JSON-LD that no name can break out of', async () => {
    const page = await text('/en/tiny/data/');
    expect(page).not.toContain('Tiny </script>');
    const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page) ?? [];
    const catalogue = JSON.parse(json);
    expect(catalogue).toMatchObject({ '@type': 'DataCatalog', name: 'Tiny </script><b>' });
    expect(
      catalogue.dataset.distribution.map(({ contentUrl }: { contentUrl: string }) => contentUrl),
    ).toContain('../../../data/tiny/observations.csv');
    for (const [, path] of page.matchAll(/href="(\/data\/tiny\/[^"]+)"/g))
      expect((await app().request(path ?? '')).status, path).toBe(200);
  });

  it('is named in a sitemap of absolute addresses, where the site knows its own', async () => {
    const { texts } = xmlOf(await text('/sitemap.xml', 'https://data.example'));
    expect(texts).toContain('https://data.example/zh/tiny/indicators/green/');
    expect((await app().request('/sitemap.xml')).status).toBe(404);
    expect(await text('/robots.txt', 'https://data.example')).toContain(
      'Sitemap: https://data.example/sitemap.xml',
    );
  });

  it('has cards of one size, the same on every run', async () => {
    for (const path of ['/zh/tiny/card.png', '/en/tiny/indicators/green/card.png']) {
      const bytes = Buffer.from(await (await app().request(path)).arrayBuffer());
      expect(await sharp(bytes).metadata()).toMatchObject({ width: 1200, height: 630, format: 'png' });
      expect(Buffer.from(await (await app().request(path)).arrayBuffer()).equals(bytes)).toBe(true);
    }
  });
});

describe('how a place looks', () => {
  it('keeps of an emblem what is shape and colour, and says what it took out', async () => {
    const { findings } = read('', [file('emblem.svg', emblem)]);
    expect(findings.find(({ rule }) => rule === 'city.emblem-cleaned')?.what).toContain('<script>');
    const page = await text('/en/tiny/');
    const [, src = ''] = /<img src="(\/brand\/[^"]+)"/.exec(page) ?? [];
    const served = await text(src);
    expect(served).toContain('<circle cx="5" cy="5" r="4" fill="#1f4f8f">');
    expect(served).not.toMatch(/script|onload|href|elsewhere|foreign|style/);
    expect(page).toContain('Planning Office');
  });

  it('refuses what is no picture, and two emblems', () => {
    for (const bad of ['<html/>', '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', 'GIF89a', '<svg'])
      expect(read('', [file('emblem.svg', bad)]).workspace, bad).toBeNull();
    const both = read('', [file('emblem.svg', '<svg/>'), file('emblem.png', '<svg/>')]);
    expect(both.findings.map(({ rule }) => rule)).toContain('city.two-emblems');
  });

  it('uses a colour only where it can be read, and tells where it cannot', async () => {
    const { findings } = read(told);
    expect(findings.find(({ rule }) => rule === 'city.contrast')?.what).toContain('#333333');
    const [, href = ''] =
      /<link rel="stylesheet" href="(\/brand\/[^"]+)"/.exec(await text('/en/tiny/')) ?? [];
    const sheet = await text(href);
    expect(sheet).toContain('--accent:#1f4f8f');
    expect(sheet).not.toContain('#333333');
    for (const accent of ['#000000', '#ffff00', '#1f4f8f', '#b00020', undefined]) {
      const { light, dark } = accentsOf({ accent });
      expect(contrastOf(light, papers.light)).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(dark, papers.dark)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 10);
  });
});
