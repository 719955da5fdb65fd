import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditTexts } from '../audit.ts';
import { plainText } from '../text.ts';

const rulesOf = (text: string) => auditTexts([plainText('t', text)]).findings.map(({ rule }) => rule);

/** One wrong statement of each kind in each language: what a reader finds with a pencil. */
const wrong: readonly (readonly [string, string])[] = [
  [
    'change.endpoints',
    'Industrial output rose from RMB 12 billion in 2015 to RMB 19 billion in 2020, doubling.',
  ],
  ['change.endpoints', '工业产值由2015年的120亿元增加到2020年的190亿元，实现翻一番。'],
  ['change.endpoints', '城镇居民人均可支配收入由2010年的2.2万元增加到2020年的6.8万元，实现翻两番。'],
  ['value.impossible', 'Emissions of sulfur dioxide fell by 120%.'],
  ['value.impossible', '二氧化硫排放量下降120%。'],
  ['share.parts', 'The city has 17,000 buses, of which 12,000 are new energy buses, accounting for 82.6%.'],
  ['share.parts', '全市共有公交车17000辆，其中新能源公交车12000辆，占比82.6%。'],
  [
    'share.parts',
    'Of the 82,100 households in the district, 60,300 have been renovated, a renovation rate of 85%.',
  ],
  ['sum.parts', '70% of the income is used for assistance and the remaining 40% for the collective economy.'],
  ['sum.parts', '其中70%的收益用于帮扶，其余40%用于集体经济。'],
  [
    'sum.parts',
    'Of the 58 neighborhoods, 40 have been renovated and the remaining 28 will be finished in 2023.',
  ],
  [
    'sum.parts',
    'In the energy mix, coal accounts for 45.2%, oil for 30.1%, gas for 15.6% and other energy for 12.1%.',
  ],
  ['sum.parts', '能源结构中，煤炭占45.2%，石油占30.1%，天然气占15.6%，其他能源占12.1%。'],
  ['sum.parts', 'Women accounted for 52% and men for 58% of the employees.'],
  ['bound.value', 'In 2021, output per unit of land exceeded 5.2 billion yuan, reaching 5.13 billion yuan.'],
  ['bound.value', '2021年，单位面积产值超过52亿元，达到51.3亿元。'],
  ['bound.value', 'The target for 2020 was 15%; by 2020 the rate had reached 13.2%, exceeding the target.'],
  ['change.endpoints', 'A total of 120 were completed, 15 more than the 100 planned.'],
  ['change.endpoints', '累计完成120个，比计划的100个多15个。'],
  [
    'change.endpoints',
    'In 2020 the city received 12.0 million tourists; in 2021 it received 15.0 million tourists, a year-on-year increase of 15%.',
  ],
  ['change.endpoints', '2020年接待游客1200.5万人次，2021年接待游客1500.6万人次，同比增长15%。'],
  [
    'change.endpoints',
    'In 2021 the output was 15.0 billion yuan, up 15% from 12.0 billion yuan in the previous year.',
  ],
  [
    'series.change',
    'In 2021, energy use per unit of GDP fell by 39.1% compared with 2015.\n\nEnergy saving has paid off. In 2021, energy use per unit of GDP fell by 39.1% compared with 2010.',
  ],
  [
    'series.change',
    '2021年单位GDP能耗比2015年下降39.1%。\n\n节能成效显著。2021年单位GDP能耗比2010年下降39.1%。',
  ],
  [
    'period.values',
    'In 2019, 2020 and 2021, the newly added green space was 120 hectares and 150 hectares respectively.',
  ],
  ['period.values', '2019年、2020年、2021年，全市新增绿地分别为120公顷、150公顷。'],
  [
    'change.direction',
    'In 2018, 2019 and 2020, the PM2.5 concentration was 36, 38 and 32 µg/m³ respectively, decreasing year by year.',
  ],
  ['change.direction', '2018年、2019年、2020年全市PM2.5浓度分别为36、38、32微克/立方米，逐年下降。'],
  ['average.list', '2019年、2020年、2021年产值分别为10.1亿元、12.2亿元、14.1亿元，年均15.1亿元。'],
  [
    'ratio.parts',
    'The city has a population of 24.89 million and a GDP of 4.32 trillion yuan; GDP per capita is 123,600 yuan.',
  ],
  ['ratio.parts', '全市常住人口2489万人，生产总值4.32万亿元，人均生产总值12.36万元。'],
  [
    'count.list',
    'Work focuses on four aspects: (A) saving energy; (B) reducing consumption; (C) cutting emissions.',
  ],
  ['count.list', '重点推进以下四个方面工作：（1）节能；（2）降耗；（3）减排。'],
  ['unit.kind', 'The installed capacity of photovoltaic power in the city reached 352,000 kWh.'],
  ['unit.kind', '全市光伏装机容量达到35.2万千瓦时。'],
  ['unit.kind', '2021年全市光伏发电量达到35.2万千瓦。'],
  ['series.span', '“十三五”期间（2016—2021年），累计投资200亿元。'],
  ['period.length', '从2015年到2021年的四年间，森林面积增加了20万亩。'],
  ['period.length', 'In the four years from 2015 to 2021, the forest area grew by 200,000 mu.'],
  ['value.impossible', 'On February 30, 2021, the plan was approved.'],
  ['value.impossible', '2021年2月30日，规划获得批复。'],
  ['list.twice', '推广太阳能、风能、生物质能、风能等可再生能源。'],
  [
    'series.value',
    'In 2021, the forest coverage of the city was 19.4%.\n\nThe environment keeps improving. In 2021, the forest coverage of the city reached 18.4%.',
  ],
  [
    'series.value',
    '2021年，全市森林覆盖率为19.4%。\n\n全市生态环境持续改善。2021年，全市森林覆盖率达到18.4%。',
  ],
  ['heading.other', '关键指标\n\n森林覆盖率\n\n2021年，建成区绿地率达到43.8%，人均公园绿地面积17.77平方米。'],
];

/** The same statements made right, and others of their form that say nothing wrong. */
const right: readonly string[] = [
  'Industrial output rose from RMB 12 billion in 2015 to RMB 24.1 billion in 2020, doubling.',
  '工业产值由2015年的120亿元增加到2020年的241亿元，实现翻一番。到2020年，人均收入比2010年翻一番。',
  'The city has 17,000 buses, of which 12,000 are new energy buses, accounting for 70.6%.',
  '全市共有公交车17000辆，其中新能源公交车12000辆，占比70.6%。',
  '其中70%的收益用于帮扶，其余30%用于集体经济。',
  'Of the 58 neighborhoods, 40 have been renovated and the remaining 18 will be finished in 2023.',
  'In the energy mix, coal accounts for 45.2%, oil for 30.1% and natural gas for 15.6%.',
  '2021年，单位面积产值超过50亿元，达到51.3亿元。',
  'The target for 2020 was 15%; by 2020 the rate had reached 16.2%, exceeding the target.',
  '累计完成120个，比计划的100个多20个。',
  '2020年全年接待游客1200万人次，2021年接待游客1500万人次，同比增长25%。',
  'In 2021 the output was 15.0 billion yuan, up 25% from 12.0 billion yuan in the previous year.',
  '2019年、2020年，全市新增绿地分别为120公顷、150公顷。',
  '2018年、2019年、2020年全市PM2.5浓度分别为36、34、32微克/立方米，逐年下降。',
  '全市常住人口2489万人，生产总值4.32万亿元，人均生产总值17.36万元。',
  'Work focuses on three aspects: (A) saving energy; (B) reducing consumption; (C) cutting emissions.',
  '重点推进以下三个方面工作：（一）节能；（二）降耗；（三）减排。',
  '“十三五”期间（2016—2020年），累计投资200亿元。从2015年到2021年的六年间，森林面积增加了20万亩。',
  'On February 29, 2020, the plan was approved. 2020年2月29日获得批复，历时13个月。',
  '推广太阳能、风能、生物质能、地热能等可再生能源，推广太阳能、风能、水能等。',
  '2021年光伏装机容量达到35.2万千瓦，发电量达到3.2亿千瓦时。',
  '关键指标\n\n森林覆盖率\n\n2021年，全市森林覆盖率达到19.4%。',
];

describe('relations inside a sentence', () => {
  it.each(wrong)('tells %s: %s', (rule, text) => {
    expect(rulesOf(text)).toContain(rule);
  });

  it.each(right)('is silent on %s', (text) => {
    expect(rulesOf(text)).toEqual([]);
  });

  it('never throws, and tells the same twice, whatever pieces of such sentences stand together', () => {
    const pieces = wrong.flatMap(([, text]) => text.split(/(?<=[，,、 ])/));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (words) => {
        const text = words.join('');
        expect(rulesOf(text)).toEqual(rulesOf(text));
      }),
      { numRuns: 60 },
    );
  });
});
