import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditPair, plainText } from '../index.ts';

const rules = (en: string, zh: string): string[] =>
  auditPair(plainText('en.txt', en), plainText('zh.txt', zh)).findings.map(({ rule }) => rule);

describe('what both versions say alike is silent', () => {
  test.each([
    [
      'money in billions and in 亿',
      'By 2015 it will realize output of RMB 170.00 billion.',
      '到2015年，实现产值1700亿元。',
    ],
    [
      'money in millions and in 万',
      'It obtained 1.80 million Japanese Yen of support.',
      '获得援助资金180万日元。',
    ],
    ['glued money', 'The value will reach RMB10.00 billion in 2011.', '2011年产值达到100亿元。'],
    [
      'numbers in words',
      'It has two comprehensive parks and four industrial parks.',
      '建成两个综合类园区和四个行业类园区。',
    ],
    ['hedges', 'They studied nearly 200 projects in about 5 years.', '用5年左右的时间考察了近200个项目。'],
    ['an upper bound', 'The plan asks for no more than 0.68 tce.', '规划要求不高于0.68吨标准煤。'],
    ['another upper bound', 'At most 30 cases stay open.', '未办结不超过30件。'],
    ['what things are counted per', 'Vehicles per 10,000 people are not given.', '每万人车辆数没有给出。'],
    ['a span in words', 'Plans of the five-year period set tasks.', '五年规划作出安排。'],
    ['goals by number', 'Goals 7 and 12 serve both.', '目标7和目标12同时服务于二者。'],
    ['dates', 'On April 1, 2009 he came; on June 17 it was signed.', '2009年4月1日来访，6月17日签署。'],
  ])('%s', (_, en, zh) => {
    expect(rules(en, zh)).toEqual([]);
  });

  test('the order of the two files does not matter', () => {
    const [en, zh] = ['The rate was 90% in 2015.', '2015年比例为95%。'];
    expect(rules(en, zh)).toEqual(rules(zh, en));
  });
});

/** What differs, the English, the Chinese that differs, the Chinese that agrees, the rule. */
const twins: readonly (readonly [string, string, string, string, string])[] = [
  [
    'what is counted',
    'Gas reached 320,000 households.',
    '天然气覆盖32万人。',
    '天然气覆盖32万户。',
    'pair.counted',
  ],
  [
    'counts that change places',
    'It has ties with 14 cities in 11 countries.',
    '与14个国家的11个城市结好。',
    '与11个国家的14个城市结好。',
    'pair.counted',
  ],
  [
    'the span an amount is told for',
    'The allowance is 810 yuan per person per month.',
    '保障标准为每人每年810元。',
    '保障标准为每人每月810元。',
    'pair.counted',
  ],
  [
    'the order of a row of numbers',
    'The three sectors accounted for 6.2%, 41.5% and 52.3%.',
    '三次产业比重分别为6.2%、52.3%和41.5%。',
    '三次产业比重分别为6.2%、41.5%和52.3%。',
    'pair.order',
  ],
  [
    'numbers that belong to another thing',
    'Wind power made up 1.86 million kW and photovoltaic power 1.32 million kW.',
    '光伏发电186万千瓦，风电132万千瓦。',
    '光伏发电132万千瓦，风电186万千瓦。',
    'pair.order',
  ],
  [
    'items of a list that change places',
    '1. Build 85 kilometres of greenways.\n2. Add 1,200 charging piles.',
    '1. 新增充电桩1200个。\n2. 建设绿道85公里。',
    '1. 建设绿道85公里。\n2. 新增充电桩1200个。',
    'pair.order',
  ],
  [
    'a name lost from a list',
    'The districts are Dongcheng, Xigang, Nanshan, Jinsha and Longtan.',
    '各区为东城区、西港区、南山区和金沙区。',
    '各区为东城区、西港区、南山区、金沙区和龙潭区。',
    'pair.list',
  ],
  [
    'a foreign name lost from a list',
    'Its sister cities include Kobe, Rotterdam, Busan, Durban and Valparaiso.',
    '友好城市包括神户、鹿特丹、釜山和瓦尔帕莱索。',
    '友好城市包括神户、鹿特丹、釜山、德班和瓦尔帕莱索。',
    'pair.list',
  ],
  [
    'the scope of an average',
    'The national average is a cut of 13.5%.',
    '全省平均降幅为13.5%。',
    '全国平均降幅为13.5%。',
    'pair.scope',
  ],
  [
    'the side of a comparison',
    'The rate is 3.1, higher than the provincial average.',
    '比率为3.1，低于全省平均水平。',
    '比率为3.1，高于全省平均水平。',
    'pair.word',
  ],
  ['a month', 'It opens in June 2024.', '2024年9月投入运行。', '2024年6月投入运行。', 'pair.word'],
  ['what is measured', 'The mean of PM2.5 was 31.', 'PM10年均浓度为31。', 'PM2.5年均浓度为31。', 'pair.word'],
  [
    'a term put for another',
    'The forest coverage rate reached 34.8%.',
    '绿化覆盖率达到34.8%。',
    '森林覆盖率达到34.8%。',
    'pair.word',
  ],
];

/** A table of three places in both languages, with a head of the Chinese and its rows as given. */
const table = (head: string, rows: readonly string[]): [string, string] => [
  [
    '| District | Population (10,000) | Green space (m²) |',
    '|---|---|---|',
    '| Dongcheng | 112.6 | 13.2 |',
    '| Xigang | 98.4 | 14.8 |',
    '| Nanshan | 76.1 | 16.5 |',
  ].join('\n'),
  [head, '|---|---|---|', ...rows].join('\n'),
];
const head = '| 区 | 人口（万人） | 绿地（平方米） |';
const rows = ['| 东城区 | 112.6 | 13.2 |', '| 西港区 | 98.4 | 14.8 |', '| 南山区 | 76.1 | 16.5 |'];

describe('words, names and order', () => {
  test.each(twins)('%s', (_, en, wrong, right, rule) => {
    expect(rules(en, wrong)).toContain(rule);
    expect(rules(en, right)).toEqual([]);
  });

  test('a table that agrees is silent, also when its rows are sorted in another way', () => {
    expect(rules(...table(head, rows))).toEqual([]);
    expect(rules(...table(head, [...rows].reverse()))).toEqual([]);
  });

  test.each([
    ['the unit of a head', head.replace('万人', '人'), rows, 'pair.head'],
    [
      'cells of a row',
      head,
      ['| 东城区 | 112.6 | 13.2 |', '| 西港区 | 14.8 | 98.4 |', '| 南山区 | 76.1 | 16.5 |'],
      'pair.cell',
    ],
    [
      'rows under another name',
      head,
      ['| 东城区 | 112.6 | 13.2 |', '| 西港区 | 76.1 | 16.5 |', '| 南山区 | 98.4 | 14.8 |'],
      'pair.cell',
    ],
    [
      'the name of a row',
      head,
      ['| 东城区 | 112.6 | 13.2 |', '| 西港区 | 98.4 | 14.8 |', '| 龙潭区 | 76.1 | 16.5 |'],
      'pair.name',
    ],
  ])('%s', (_, first, rest, rule) => {
    expect(rules(...table(first, rest))).toContain(rule);
  });
});

describe('what parts them is told', () => {
  test.each([
    ['another number', 'The rate will be 90% in 2015.', '2015年比例达到95%。', 'pair.number'],
    [
      'another class of water',
      'The water is above Class IV Standard.',
      '水体达到III类以上标准。',
      'pair.number',
    ],
    [
      'a number that only the English has',
      'The plan has three layers and 27 projects.',
      '规划确定了27个项目。',
      'pair.missingZh',
    ],
    [
      'a number that only the Chinese has',
      'The plan has projects in the region.',
      '规划在全区确定了27个项目。',
      'pair.missingEn',
    ],
    ['another money', 'It costs USD 5 million.', '花费500万元。', 'pair.unit'],
    ['a lost hedge', 'There are 200 projects in the plan.', '规划中有近200个项目。', 'pair.hedge'],
    ['a bound turned round', 'No more than 40 cases are open.', '未办结超过40件。', 'pair.hedge'],
    ['person-times', 'Experts made speeches for 11 times.', '专家开讲11人次。', 'pair.unit'],
  ])('%s', (_, en, zh, rule) => {
    expect(rules(en, zh)).toContain(rule);
  });

  test('a table whose cells moved', () => {
    const row = (items: number, name: string) => `${name}\t<ol>${'<li>x</li>'.repeat(items)}</ol>`;
    const en = [row(2, 'A'), row(1, 'B')].join('\n');
    const zh = [row(1, '甲'), row(2, '乙')].join('\n');
    expect(rules(en, zh)).toEqual(['pair.items', 'pair.items']);
  });
});

describe('one altered number in a pair that agrees', () => {
  const lines: readonly [string, string][] = [
    ['In 2015, the output reached RMB 3.20 billion.', '2015年，产值达到32亿元。'],
    ['The city has 46 treatment plants.', '全市建成46座处理厂。'],
    ['The rate of green coverage was 38.5% in 2014.', '2014年绿化覆盖率为38.5%。'],
    ['The new park covers 12 square kilometers.', '新建园区面积12平方公里。'],
  ];
  const en = lines.map(([text]) => text).join('\n\n');
  const zh = lines.map(([, text]) => text).join('\n\n');

  test('is silent as it stands', () => {
    expect(rules(en, zh)).toEqual([]);
  });

  test('is the one finding, in either version', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('3.20|32亿', '46|46', '38.5|38.5', '12|12'),
        fc.integer({ min: 51, max: 97 }),
        (which, by) => {
          const [left = '', right = ''] = which.split('|');
          const shifted = auditPair(
            plainText('en.txt', en.replace(left, String(by))),
            plainText('zh.txt', zh),
          );
          const other = auditPair(
            plainText('en.txt', en),
            plainText('zh.txt', zh.replace(right, right.endsWith('亿') ? `${by}亿` : String(by))),
          );
          for (const { findings } of [shifted, other]) {
            expect(findings.map(({ rule }) => rule)).toEqual(['pair.number']);
            expect(JSON.stringify(findings[0]?.values)).toContain(String(by));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

const seeds = '../shared/seeds';
const there = existsSync(seeds);
if (!there) console.log('left out: the Shenyang documents are not here, their comparison is not tested');
describe.runIf(there)('the two versions of the Shenyang document', () => {
  const read = (name: string) => plainText(name, readFileSync(`${seeds}/${name}`, 'utf8'));
  // The body of a suite runs even when its tests are left out.
  const { findings, agreed } = there
    ? auditPair(read('000_759207943a9bacf4.txt'), read('001_0faa23bb0fa3dd3e.txt'))
    : { findings: [], agreed: 0 };

  test('agree on every amount of money', () => {
    expect(agreed).toBeGreaterThan(80);
    expect(findings.filter(({ values }) => /billion|million|亿|万/.test(JSON.stringify(values)))).toEqual([]);
  });

  test('differ in both directions', () => {
    const kinds = findings.map(({ rule }) => rule);
    expect(kinds).toContain('pair.missingEn');
    expect(kinds).toContain('pair.missingZh');
    expect(kinds).toContain('pair.number');
  });

  test('a direction that is turned, where numbers agree', () => {
    const en =
      'Industrial enterprises used 1.9 billion cubic meters of water, down 3.2 percent from the year before.\n';
    const zh = '工业企业用水19亿立方米，比上年下降3.2%。\n';
    const rules = (a: string, b: string) =>
      auditPair(plainText('en', a), plainText('zh', b)).findings.map(({ rule }) => rule);
    expect(rules(en, zh)).toEqual([]);
    expect(rules(en.replace('down', 'up'), zh)).toEqual(['pair.direction']);
    expect(rules(en, zh.replace('下降', '增长'))).toEqual(['pair.direction']);
  });

  test('a grade of water and the scale of a table are no missing numbers', () => {
    const en =
      'Water of 42 sections met Grade III or better.\n\n| District | Population (10,000) |\n|---|---|\n| Dongcheng | 81.2 |\n';
    const zh = '42个断面水质达到或好于Ⅲ类。\n\n| 区 | 人口（万人） |\n|---|---|\n| 东城 | 81.2 |\n';
    const found = (a: string, b: string) => auditPair(plainText('en', a), plainText('zh', b)).findings.length;
    expect(found(en, zh)).toBe(0);
    expect(found(en.replace('III', 'II'), zh)).toBe(1);
  });
});
