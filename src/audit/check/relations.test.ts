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
  [
    'change.endpoints',
    'In 2021, the number of beds reached 167,000, compared with 126,000 in 2015, an increase of 42.5%.',
  ],
  [
    'change.endpoints',
    'The population of the district was 1.58 million in 2010 and 1.91 million in 2020, an increase of 30.9%.',
  ],
  ['change.endpoints', '绿道长度2015年为312公里，2021年达到1306公里，增长418.6%。'],
  ['change.endpoints', '优良率达到91.8%，较2015年的75.4%上升了18.4个百分点。'],
  ['change.points', 'The recycling rate was 40.0% in 2021, up 9.4% from 30.6% in 2019.'],
  ['change.endpoints', '装机容量由30万千瓦增加到90万千瓦，是2015年的5倍。'],
  [
    'change.direction',
    'Landfill was reduced to 0.9 million tons in 2021, compared with 0.7 million tons in 2015.',
  ],
  ['change.direction', '投诉量逐年下降，2018年5200件、2019年4800件、2020年4950件、2021年4100件。'],
  ['sum.parts', 'Of the 1,250 enterprises audited, 860 passed and 490 failed.'],
  ['sum.parts', '项目总投资12亿元，其中市级3亿元、区级5亿元、企业3亿元。'],
  ['sum.parts', '三次产业结构为2.5:45.2:55.3。'],
  ['sum.parts', 'The five steps take 2+3+4+1+1=12 days.'],
  ['sum.parts', 'The wind farm has an installed capacity of 200 kW and 50 turbines of 4 MW each.'],
  ['share.parts', 'Some 1,180 of the 1,475 residential compounds (90%) have been renovated.'],
  ['share.parts', 'In 2021 there were 335 days with good air, accounting for 95.8% of the year.'],
  ['share.parts', '2021年空气质量优良天数335天，优良率95.8%。'],
  ['share.parts', '全区3.1万盏路灯中，2.48万盏为LED灯，占85%。'],
  ['average.list', '2016—2021年六年间累计造林42万亩，年均9万亩。'],
  ['average.list', 'A total of 36,000 trees were planted over four years, or 12,000 a year on average.'],
  ['count.list', 'Two sub-goals, "green city", "open city" and "smart city", guide the strategy.'],
  ['count.list', 'A three-level (city, district, subdistrict and village) network has been set up.'],
  ['count.list', 'The work is done in four provinces and one city (Jiangsu, Anhui, Zhejiang and Shanghai).'],
  ['count.list', '苏浙皖沪四省一市共同签署协议。'],
  ['count.list', '建立市、区、街道、村三级管理网络。'],
  [
    'count.list',
    'The action plan names three priorities. First, save energy. Second, clean the air. Third, restore rivers. Fourth, plant trees.',
  ],
  ['unit.kind', '水库总库容4.38亿千瓦时。'],
  ['unit.kind', 'The new line is 32 km² long and has 18 stations.'],
  ['unit.scale', 'PM2.5年均浓度为27毫克/立方米。'],
  ['unit.kind', 'The city achieved a 100 percentage points compliance rate.'],
  [
    'series.value',
    'By the end of 2021, the city had 532 parks.\n\nGreen space keeps growing. By the end of 2021, there were 523 parks in the city.',
  ],
  [
    'series.change',
    'In 2020, carbon dioxide emissions per unit of GDP were 22.5% lower than in 2015.\n\nCompared with 2015, carbon dioxide emissions per unit of GDP fell by 25.2% in 2020.',
  ],
  ['record.beaten', '2021年参展企业2900家，创历史新高；2019年参展企业为3800家。'],
  [
    'date.order',
    'Shanghai signed 5 agreements in 2015 with others, 2 agreements in 2016, 4 agreements in 2020, 3 agreements in 2018 and 1 agreement in 2021.',
  ],
  [
    'value.magnitude',
    '到2012年，环保产业产值达到800亿元。\n\n到2015年，实现产值1700亿元。\n\n到2020年，实现产值3500万元。',
  ],
  ['heading.other', '关键指标\n\n实际利用外资金额\n\n2015年至2021年，外商投资合同项目由288个增加到953个。'],
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
  'In 2021, the number of beds reached 167,000, compared with 126,000 in 2015, an increase of 32.5%.',
  '绿道长度2015年为312公里，2021年达到1306公里，增长318.6%。优良率达到91.8%，较2015年的75.4%上升了16.4个百分点。',
  'The recycling rate was 40.0% in 2021, up 9.4 percentage points from 30.6% in 2019.',
  'Satisfaction with transport was 88.4%, 2.1 percentage points higher than in 2019, while satisfaction with parks rose from 83.5% to 86.2%.',
  '投诉量逐年下降，2018年5200件、2019年4800件、2020年4450件、2021年4100件。',
  'Of the 1,250 enterprises audited, 860 passed and 390 failed. The five steps take 2+3+4+1+1=11 days.',
  '项目总投资11亿元，其中市级3亿元、区级5亿元、企业3亿元。三次产业结构为2.5:45.2:52.3。',
  '人均预期寿命84.11岁，其中男性81.76岁，女性86.56岁。养老床位15.86万张，其中社会办养老机构362家，床位7.2万张。',
  'Some 1,180 of the 1,475 residential compounds (80%) have been renovated. There were 335 days with good air, or 91.8% of the year.',
  '2016—2021年六年间累计造林42万亩，年均7万亩。The quarterly values were 12, 14, 16 and 18 million, averaging 15 million.',
  '坚持四个结合：政府与市场相结合、城市与农村相结合、近期与远期相结合、治标与治本相结合。苏浙皖沪三省一市共同签署协议。',
  'A four-level (city, district, subdistrict and village) network has been set up in three provinces and one city (Jiangsu, Anhui, Zhejiang and Shanghai).',
  '年末人均公园绿地面积8.7平方米。\n\n力争到2025年，人均公园绿地面积达到9.5平方米以上。',
  '到2012年，环保产业产值达到800亿元。\n\n到2015年，实现产值1700亿元。\n\n到2020年，实现产值3500亿元。',
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
