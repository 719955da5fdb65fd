import { FigureSet } from '../figures/index.ts';
import { parseWorkspace } from '../intake/index.ts';
import type { SubmittedFile, Workspace } from '../model/index.ts';
import type { PublishedPlace } from './documents.ts';

/** A small workspace for tests, as the files that a city would hand in. */
export const sampleFiles: Readonly<Record<string, string>> = {
  'city.yaml': `modelcity: 1
id: shanghai
name: { en: Shanghai, zh: 上海市 }
area: '310000'
languages: [en, zh]
areas:
  - { id: '310000', name: { en: Shanghai, zh: 上海市 }, kind: province }
sources:
  - id: vlr
    title: { en: Voluntary Local Review 2022, zh: 自愿评估报告2022 }
    producer: { en: Shanghai Municipal People's Government, zh: 上海市人民政府 }
    date: '2022-10-31'
    licence: facts cited; text not reproduced
`,
  'indicators/energy.yaml': `- id: nonfossil-share
  name: { en: Non-fossil share of energy use, zh: 非化石能源占能源消费比重 }
  unit: '%'
  direction: up
  goals: ['7']
  key: true
- id: energy-per-gdp
  name: { en: Energy used per unit of GDP, zh: 单位生产总值能耗 }
  unit: tce/10*4/CNY
  direction: down
  goals: ['7']
  key: true
`,
  'observations/energy.csv': `indicator,area,period,value,unit,source,locator,status
nonfossil-share,310000,2015,14.6,%,vlr,line 315,A
nonfossil-share,310000,2020,18.3,%,vlr,line 315,A
energy-per-gdp,310000,2015,0.46,tce/10*4/CNY,vlr,line 341,A
energy-per-gdp,310000,2021,0.28,tce/10*4/CNY,vlr,line 341,A
`,
  'review/2022/review.yaml': `id: '2022'
title: { en: Voluntary Local Review 2022, zh: 自愿评估报告2022 }
date: '2022-10-31'
issuer: { en: Shanghai Municipal People's Government, zh: 上海市人民政府 }
kind: voluntary-local-review
chapters: [goal-7]
`,
  'review/2022/goal-7.en.md': `# Energy

The share {% change indicator="nonfossil-share" from="2015" to="2020" form="words" /%}: ***a bold italic word***.

{% key-indicators goal="7" /%}
`,
  'review/2022/goal-7.zh.md': `# 能源

比重{% change indicator="nonfossil-share" from="2015" to="2020" form="words" /%}。
`,
};

export function sampleWorkspace(changed: Readonly<Record<string, string>> = {}): Workspace {
  const files: SubmittedFile[] = Object.entries({ ...sampleFiles, ...changed }).map(([path, text]) => ({
    path,
    bytes: new TextEncoder().encode(text),
  }));
  const { workspace, findings } = parseWorkspace(files);
  if (workspace === null) throw new Error(findings.map(({ what }) => what).join('\n'));
  return workspace;
}

export function samplePlace(changed: Readonly<Record<string, string>> = {}): PublishedPlace {
  const workspace = sampleWorkspace(changed);
  return { workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1 };
}

/** An app of four pages with absolute links, a redirect, a style sheet, an API link and a dead link. */
export function sampleApp(path: string): Response {
  const html = (body: string) =>
    new Response(`<!doctype html><title>t</title><link rel="stylesheet" href="/assets/a.css">${body}`, {
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
  switch (path) {
    case '/en/':
      return html(
        '<a href="/en/shanghai/?sort=a#top">Shanghai &amp; all</a> <a href="/api/places">API</a> <a href="https://example.org/">out</a>',
      );
    case '/en/shanghai/':
      return html(
        '<a href="/f/7K2QM4X">F</a> <a href="../">up</a> <a href="/en/gone/">gone</a> <p>a href="/not/a/link"</p>',
      );
    case '/f/7K2QM4X':
      return new Response(null, { status: 302, headers: { location: '/en/shanghai/figures/7K2QM4X/' } });
    case '/en/shanghai/figures/7K2QM4X/':
      return html('<a href="#proof">proof</a>');
    case '/assets/a.css':
      return new Response('body{background:url("/assets/dot.svg")}', {
        headers: { 'content-type': 'text/css' },
      });
    case '/assets/dot.svg':
      return new Response('<svg xmlns="http://www.w3.org/2000/svg"/>', {
        headers: { 'content-type': 'image/svg+xml' },
      });
    default:
      return new Response('not here', { status: 404 });
  }
}
