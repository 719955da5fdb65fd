import type { Localized } from '../model/index.ts';

/** What a new workspace is about. */
export interface Place {
  readonly id: string;
  /** Code of the city's own area. */
  readonly area: string;
  readonly name: Localized;
  readonly districts: readonly Localized[];
}

/** Text of any kind as YAML reads it: a JSON string is one. */
const quoted = (text: string): string => JSON.stringify(text);
const both = ({ en, zh }: Localized): string => `{ en: ${quoted(en)}, zh: ${quoted(zh)} }`;

/** The files that a city begins with, by path. They hold no value. */
export function starterFiles({ id, area, name, districts }: Place): readonly (readonly [string, string])[] {
  const parts = districts.map(
    (district, at) =>
      `  - { id: ${quoted(`${area}-${String(at + 1).padStart(2, '0')}`)}, name: ${both(district)}, kind: district, parent: ${quoted(area)} }\n`,
  );
  return [
    [
      'city.yaml',
      `# The place: its areas, where its values come from, how values are broken down. 地方：区域、来源、分组。
# Everything that may stand here: docs/workspace.md
modelcity: 1
id: ${id}
name: ${both(name)}
area: ${quoted(area)}
languages: [en, zh]
areas:
  - { id: ${quoted(area)}, name: ${both(name)}, kind: city }
${parts.join('')}# Every value names one of these; a yearbook, a report, a dataset, a letter. 每个数值都要写明来源。
sources:
  - id: yearbook
    title: { en: "Statistical yearbook", zh: "统计年鉴" }
    producer: { en: "Bureau of statistics", zh: "统计局" }
    date: undated
    licence: "to be named"
# Breakdowns are columns of the tables, such as: 分组即表格的列，例如：
# dimensions:
#   - id: sex
#     name: { en: Sex, zh: 性别 }
#     values: [{ id: female, name: { en: Women, zh: 女 } }, { id: male, name: { en: Men, zh: 男 } }]
`,
    ],
    [
      'indicators/core.yaml',
      `# What is measured. Units are codes of UCUM; things that are counted stand in braces. 指标；单位用 UCUM 代码，计数单位加花括号。
# A computed indicator has a formula over others, such as: formula: energy / gdp
- id: population
  name: { en: "Population", zh: "常住人口" }
  unit: "{person}"
  goals: ["11"]
  rollup: sum
`,
    ],
    ['observations/core.csv', 'indicator,area,period,value,unit,source,locator\n'],
    ['targets/core.csv', 'indicator,area,period,comparator,value,unit,source,locator\n'],
  ];
}
