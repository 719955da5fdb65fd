import { describe, expect, it } from 'vitest';
import { auditTexts } from '../audit.ts';
import { plainText } from '../text.ts';

const rulesOf = (text: string) => auditTexts([plainText('t', text)]).findings.map(({ rule }) => rule);

/** Statements as reviews have them: the rule that hears the wrong one, the wrong one, and its twin that says nothing wrong. */
const twins: readonly (readonly [rule: string, wrong: string, right: string])[] = [
  [
    'change.endpoints',
    'The urbanization rate, which stood at 61.2% in 2015, had grown by 8.4 percentage points to 71.6% by the end of 2021.',
    'The urbanization rate, which stood at 61.2% in 2015, had grown by 10.4 percentage points to 71.6% by the end of 2021.',
  ],
  [
    'change.endpoints',
    'Sewage treatment capacity was expanded to 1.2 million tons per day, 50% more than the 0.9 million tons per day at the end of 2015.',
    'Sewage treatment capacity was expanded to 1.2 million tons per day, one third more than the 0.9 million tons per day at the end of 2015.',
  ],
  [
    'change.endpoints',
    'Water use per 10,000 yuan of GDP was cut from 38 m³ to 21 m³, a reduction of 54.7%.',
    'Water use per 10,000 yuan of GDP was cut from 38 m³ to 21 m³, a reduction of 44.7%.',
  ],
  [
    'change.endpoints',
    'The number of hospital beds went up from 12,000 to 18,000, i.e. it doubled within five years.',
    'The number of hospital beds went up from 9,000 to 18,000, i.e. it doubled within five years.',
  ],
  [
    'change.endpoints',
    '到2021年底，全市轨道交通运营里程由2015年的617公里增至831公里，增长44.7%。',
    '到2021年底，全市轨道交通运营里程由2015年的617公里增至831公里，增长34.7%。',
  ],
  [
    'change.direction',
    '城乡居民收入比从2015年的2.28缩小到2021年的2.41。',
    '城乡居民收入比从2015年的2.41缩小到2021年的2.28。',
  ],
  [
    'change.points',
    '森林覆盖率由15.0%提高到19.4%，提高了4.4%。',
    '森林覆盖率由15.0%提高到19.4%，提高了4.4个百分点。',
  ],
  [
    'change.annual',
    '“十三五”期间，全区规模以上工业总产值从1230亿元增加到1860亿元，年均增长10.2%。',
    '“十三五”期间，全区规模以上工业总产值从1230亿元增加到1860亿元，年均增长8.6%。',
  ],
  [
    'change.endpoints',
    'PM2.5年均浓度降至27微克/立方米，比2015年的50微克/立方米降低了36.0%。',
    'PM2.5年均浓度降至27微克/立方米，比2015年的50微克/立方米降低了46.0%。',
  ],
  [
    'change.direction',
    'Passenger volume dropped from 9.8 million in 2019 to 4.1 million in 2020, rising by 58.2%.',
    'Passenger volume dropped from 9.8 million in 2019 to 4.1 million in 2020, falling by 58.2%.',
  ],
  [
    'change.endpoints',
    '新增绿化面积2018年为1200公顷，2019年为1310公顷，同比增长19.2%。',
    '新增绿化面积2018年为1200公顷，2019年为1310公顷，同比增长9.2%。',
  ],
  [
    'change.endpoints',
    'In 2021 the district built 45 pocket parks, three times the 9 built in 2018.',
    'In 2021 the district built 27 pocket parks, three times the 9 built in 2018.',
  ],
  [
    'change.endpoints',
    '2021年全市机动车保有量达到440万辆，是2010年170万辆的3.6倍。',
    '2021年全市机动车保有量达到440万辆，是2010年170万辆的2.6倍。',
  ],
  [
    'change.difference',
    'The share of clean energy in primary consumption reached 31.2%, 3.5% higher than the 27.7% recorded in 2018.',
    'The share of clean energy in primary consumption reached 31.2%, 3.5 percentage points higher than the 27.7% recorded in 2018.',
  ],
  [
    'change.points',
    '生活垃圾回收利用率达到38.1%，较2019年的30.6%提升7.5%。',
    '生活垃圾回收利用率达到38.1%，较2019年的30.6%提升7.5个百分点。',
  ],
  [
    'sum.parts',
    'The district has 21 kindergartens, 18 primary schools, 12 middle schools and 3 high schools, 64 schools in total.',
    'The district has 21 kindergartens, 18 primary schools, 12 middle schools and 3 high schools, 54 schools in total.',
  ],
  [
    'sum.parts',
    '项目总投资15.8亿元，其中市级财政出资6.2亿元，区级财政出资3.1亿元，社会资本8.5亿元。',
    '项目总投资17.8亿元，其中市级财政出资6.2亿元，区级财政出资3.1亿元，社会资本8.5亿元。',
  ],
  [
    'sum.parts',
    'Households (42%), industry (38%) and agriculture (15%) are the only three users of the water supplied.',
    'Households (42%), industry (38%) and agriculture (20%) are the only three users of the water supplied.',
  ],
  [
    'sum.parts',
    '全市用水结构为：生活用水（42%）、工业用水（38%）、农业用水（25%）。',
    '全市用水结构为：生活用水（42%）、工业用水（38%）、农业用水（20%）。',
  ],
  ['sum.parts', '三次产业比重分别为2.3%、36.5%和71.2%。', '三次产业比重分别为2.3%、26.5%和71.2%。'],
  [
    'sum.parts',
    'The primary, secondary and tertiary industries accounted for 4.1%, 45.6% and 60.3% of GDP respectively.',
    'The primary, secondary and tertiary industries accounted for 4.1%, 45.6% and 50.3% of GDP respectively.',
  ],
  [
    'sum.subset',
    'Waste is sorted at 120 of the 80 villages in the town.',
    'Waste is sorted at 80 of the 120 villages in the town.',
  ],
  [
    'sum.subset',
    '全镇80个村中有120个完成了生活污水处理设施建设。',
    '全镇120个村中有80个完成了生活污水处理设施建设。',
  ],
  [
    'sum.parts',
    'The park covers 5.2 km², including 3.1 km² of water, 2.4 km² of woodland and 1.2 km² of lawns.',
    'The park covers 6.7 km², including 3.1 km² of water, 2.4 km² of woodland and 1.2 km² of lawns.',
  ],
  [
    'sum.parts',
    'The fleet numbers 500 vehicles, including 350 buses and 280 taxis.',
    'The fleet numbers 700 vehicles, including 350 buses and 280 taxis.',
  ],
  [
    'sum.parts',
    '| District | Schools |\n|---|---|\n| North | 120 |\n| South | 185 |\n| East | 200 |\n| Total | 515 |',
    '| District | Schools |\n|---|---|\n| North | 120 |\n| South | 185 |\n| East | 200 |\n| Total | 505 |',
  ],
  [
    'sum.parts',
    '| 区域 | 面积（平方公里） | 人口（万人） |\n|---|---|---|\n| 东区 | 120 | 35.2 |\n| 西区 | 98 | 28.1 |\n| 南区 | 143 | 41.0 |\n| 合计 | 361 | 114.3 |',
    '| 区域 | 面积（平方公里） | 人口（万人） |\n|---|---|---|\n| 东区 | 120 | 35.2 |\n| 西区 | 98 | 28.1 |\n| 南区 | 143 | 41.0 |\n| 合计 | 361 | 104.3 |',
  ],
  [
    'sum.parts',
    'Item\t2019\t2020\t2021\nRail\t320\t340\t360\nBus\t210\t190\t180\nFerry\t15\t14\t12\nTotal\t545\t554\t552',
    'Item\t2019\t2020\t2021\nRail\t320\t340\t360\nBus\t210\t190\t180\nFerry\t15\t14\t12\nTotal\t545\t544\t552',
  ],
  [
    'sum.parts',
    'Of 640 complaints received, 410 were about noise, 150 about odour and the other 120 about water.',
    'Of 640 complaints received, 410 were about noise, 150 about odour and the other 80 about water.',
  ],
  [
    'average.list',
    '五年来累计培训新型农民2.5万人，平均每年8000人。',
    '五年来累计培训新型农民2.5万人，平均每年5000人。',
  ],
  [
    'average.list',
    'In the past six years a total of 1,260 km of rural roads were built, 310 km a year on average.',
    'In the past six years a total of 1,260 km of rural roads were built, 210 km a year on average.',
  ],
  [
    'ratio.parts',
    '全区共有常住人口114万人，公园绿地面积1824公顷，人均公园绿地面积26平方米。',
    '全区共有常住人口114万人，公园绿地面积1824公顷，人均公园绿地面积16平方米。',
  ],
  [
    'average.list',
    'The 12 stations have 96 chargers altogether, or 12 chargers per station.',
    'The 12 stations have 96 chargers altogether, or 8 chargers per station.',
  ],
  [
    'count.list',
    'The district is made up of three subdistricts: Nanqiao, Fengpu, Jinhai and Xidu.',
    'The district is made up of four subdistricts: Nanqiao, Fengpu, Jinhai and Xidu.',
  ],
  [
    'count.list',
    '全市14个区县，即锦江、青羊、金牛、武侯、成华、龙泉驿、青白江、新都、温江、双流、郫县、大邑、蒲江，均已完成。',
    '全市13个区县，即锦江、青羊、金牛、武侯、成华、龙泉驿、青白江、新都、温江、双流、郫县、大邑、蒲江，均已完成。',
  ],
  [
    'count.list',
    '重点实施六大工程：清洁空气工程、碧水工程、净土工程、绿廊工程和静音工程。',
    '重点实施五大工程：清洁空气工程、碧水工程、净土工程、绿廊工程和静音工程。',
  ],
  [
    'list.twice',
    'The pilot towns are Zhuanghang, Jinhui, Qingcun, Zhelin, Zhuanghang and Fengcheng.',
    'The pilot towns are Zhuanghang, Jinhui, Qingcun, Zhelin, Haiwan and Fengcheng.',
  ],
  [
    'list.twice',
    '试点镇包括庄行、金汇、青村、柘林、庄行和奉城。',
    '试点镇包括庄行、金汇、青村、柘林、海湾和奉城。',
  ],
  [
    'unit.conversion',
    'The rail network has grown to 831 km (1,831 miles).',
    'The rail network has grown to 831 km (516 miles).',
  ],
  [
    'unit.kind',
    'The new reservoir holds 4.5 million m² of water.',
    'The new reservoir holds 4.5 million m³ of water.',
  ],
  ['unit.conversion', '该湿地公园占地3000亩（20公顷）。', '该湿地公园占地3000亩（200公顷）。'],
  ['unit.kind', '全市年用电量达到1580亿千瓦。', '全市年用电量达到1580亿千瓦时。'],
  [
    'unit.kind',
    'The average daily temperature in July is 31.5%.',
    'The average daily temperature in July is 31.5°C.',
  ],
  [
    'unit.scale',
    'The district covers 687 m² and has 1.14 million residents.',
    'The district covers 687 km² and has 1.14 million residents.',
  ],
  ['unit.scale', '区域总面积687.39平方米，辖8个镇。', '区域总面积687.39平方公里，辖8个镇。'],
  [
    'value.impossible',
    'The coverage of basic medical insurance reached 102.3%.',
    'The coverage of basic medical insurance reached 99.3%.',
  ],
  ['value.impossible', '自来水普及率达到103%。', '自来水普及率达到100%。'],
  [
    'value.impossible',
    'On 31 April 2021 the scheme came into force.',
    'On 30 April 2021 the scheme came into force.',
  ],
  [
    'value.impossible',
    'In 2020, 380 days had good air, the best on record.',
    'In 2020, 319 days had good air, the best on record.',
  ],
  [
    'series.status',
    'The Nanqiao Cultural Center has been built and opened to the public.\n\nThe Nanqiao Cultural Center will be built in the next stage.',
    'The Nanqiao Cultural Center has been built and opened to the public.\n\nThe Zhelin Cultural Center will be built in the next stage.',
  ],
  [
    'series.status',
    '奉贤区图书馆新馆已建成开放。\n\n下一步将新建奉贤区图书馆新馆。',
    '奉贤区图书馆新馆已建成开放。\n\n下一步将新建奉贤区博物馆。',
  ],
  [
    'period.length',
    'During the 13th Five-Year Plan period (2015–2020), 40 projects were finished.',
    'During the 13th Five-Year Plan period (2016–2020), 40 projects were finished.',
  ],
  [
    'period.length',
    'The three-year action plan covers 2018 to 2021 inclusive.',
    'The three-year action plan covers 2018 to 2020 inclusive.',
  ],
  [
    'change.direction',
    'Energy intensity kept declining: 0.46 in 2015, 0.43 in 2016, 0.44 in 2017 and 0.40 in 2018.',
    'Energy intensity kept declining: 0.46 in 2015, 0.43 in 2016, 0.42 in 2017 and 0.40 in 2018.',
  ],
  [
    'change.direction',
    '空气质量优良天数逐年增加，2018年至2021年分别为296天、309天、305天、335天。',
    '空气质量优良天数逐年增加，2018年至2021年分别为296天、309天、319天、335天。',
  ],
  [
    'series.value',
    'By the end of 2021, the district had 532 parks.\n\nParks are within walking distance. The district had 523 parks at the end of 2021.',
    'By the end of 2021, the district had 532 parks.\n\nParks are within walking distance. The district had 532 parks at the end of 2021.',
  ],
  [
    'series.value',
    '2021年，全区人均可支配收入62300元。\n\n民生持续改善。2021年全区人均可支配收入达到63200元。',
    '2021年，全区人均可支配收入62300元。\n\n民生持续改善。2021年全区人均可支配收入达到62300元。',
  ],
  [
    'series.value',
    'In 2020 the forest coverage rate was 18.2%.\n\nEcology. The forest coverage rate in 2020 reached 17.6%.',
    'In 2020 the forest coverage rate was 18.2%.\n\nEcology. The forest coverage rate in 2020 reached 18.2%.',
  ],
  [
    'bound.value',
    'The plan requires the rate to be no less than 95%; in 2021 it was 93.2%, meeting the requirement.',
    'The plan requires the rate to be no less than 95%; in 2021 it was 96.2%, meeting the requirement.',
  ],
  [
    'bound.value',
    '规划要求2020年森林覆盖率达到18%以上，2020年实际为17.2%，完成规划目标。',
    '规划要求2020年森林覆盖率达到18%以上，2020年实际为18.2%，完成规划目标。',
  ],
  [
    'bound.value',
    'By 2021 the share had exceeded 40%, standing at 38.6%.',
    'By 2021 the share had exceeded 40%, standing at 43.6%.',
  ],
  [
    'number.garbled',
    'The programme has run since 20 15 in 9 districts.',
    'The programme has run since 2015 in 9 districts.',
  ],
  [
    'number.garbled',
    'There were 1 150 1 visitors, of whom 300 came by rail, and 2,600 in the next year.',
    'There were 11,501 visitors, of whom 300 came by rail, and 2,600 in the next year.',
  ],
];

describe('statements of reviews', () => {
  it.each(twins)('%s: %s', (rule, wrong, right) => {
    expect(rulesOf(wrong)).toContain(rule);
    expect(rulesOf(right)).toEqual([]);
  });
});
