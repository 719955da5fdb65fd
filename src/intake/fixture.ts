import type { SubmittedFile } from '../model/index.ts';

/** A tiny city for tests: two districts, two indicators, every kind of file. Text by path, so that a test can change one thing. */
export const tinyCity: Readonly<Record<string, string>> = {
  'city.yaml': `modelcity: 1
id: tiny
name: { en: Tiny City, zh: 小城 }
area: T
languages: [en, zh]
areas:
  - { id: T, name: { en: Tiny City, zh: 小城 }, kind: city }
  - { id: T1, name: { en: North, zh: 北区 }, kind: district, parent: T }
  - { id: T2, name: { en: South, zh: 南区 }, kind: district, parent: T }
sources:
  - id: yearbook
    title: { en: Yearbook 2022, zh: 2022年统计年鉴 }
    producer: { en: Bureau of Statistics, zh: 统计局 }
    date: 2022
    licence: CC BY 4.0
dimensions:
  - id: sex
    name: { en: Sex, zh: 性别 }
    values:
      - { id: f, name: { en: women, zh: 女 } }
      - { id: m, name: { en: men, zh: 男 } }
`,
  'indicators/core.yaml': `- id: population
  name: { en: Population, zh: 人口 }
  unit: "{person}"
  rollup: sum
- id: green-share
  name: { en: Share of green space, zh: 绿地率 }
  unit: "%"
  nature: ratio
  direction: up
  goals: [11]
- id: rank
  name: { en: Rank among cities, zh: 城市排名 }
  unit: "1"
  nature: rank
`,
  'observations/2021.csv': `indicator,area,period,sex,value,unit,source,locator,status,reason_en
population,T1,2021,,1200,{person},yearbook,table 1,,
population,T1,2021,f,610,{person},yearbook,table 1,,
green-share,T,2021,,38.50,%,yearbook,"p. 3, line 2",P,
green-share,T2,2021,,,%,yearbook,p. 3,O,printed as an image
`,
  'targets/plan.csv': `indicator,area,period,comparator,value,unit,source,locator
green-share,T,2025,>=,42,%,yearbook,p. 9
`,
  'claims/report.csv': `indicator,area,kind,from,to,value,unit,source,locator,ref
green-share,T,change_pp,2015,2021,3.7,pp,yearbook,p. 4,C1
`,
  'frameworks/eco.yaml': `id: eco
name: { en: Eco city, zh: 生态市 }
kind: standard
source: yearbook
criteria:
  - id: c1
    name: { en: Green space, zh: 绿地 }
    kind: binding
    tests:
      - { id: t1, indicator: green-share, comparator: ">=", value: 38, unit: "%" }
`,
  'plan.yaml': `id: plan
name: { en: Plan, zh: 规划 }
source: yearbook
commitments:
  - { id: g1, kind: goal, name: { en: A green city, zh: 绿色城市 } }
  - id: t1
    parent: g1
    kind: task
    name: { en: Plant trees, zh: 植树 }
    due: 2025
    targets:
      - { indicator: green-share, period: 2025, value: 42.0, unit: "%" }
`,
  'review/2022/review.yaml': `id: review-2022
title: { en: Review, zh: 评估 }
date: 2022-10-31
issuer: { en: Tiny City, zh: 小城 }
kind: voluntary-local-review
framework: eco
chapters: [summary]
`,
  'review/2022/summary.en.md': '# Summary\n\nGreen: {% value indicator="green-share" period="2021" /%}\n',
  'review/2022/summary.zh.md': '# 摘要\n\n绿地\n',
};

/** The tiny city as files, with some texts (or bytes) changed, added, or (null) taken away. */
export function tinyFiles(
  changes: Readonly<Record<string, string | Uint8Array | null>> = {},
): SubmittedFile[] {
  return Object.entries({ ...tinyCity, ...changes }).flatMap(([path, content]) =>
    content === null
      ? []
      : [{ path, bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content }],
  );
}
