import type { Term } from './terms.ts';

/**
 * Everyday words that tell the items of a list apart, beside the terms of the base: English forms, Chinese forms. Words of
 * one group exclude each other: what is said of wind in one version is not said of coal in the other.
 */
const groups: readonly (readonly (readonly [string, string])[])[] = [
  [
    ['wind', '风电|风力|风能|风机|海风'],
    ['photovoltaic|solar|PV', '光伏|太阳能|光热'],
    ['biomass', '生物质|秸秆'],
    ['biogas', '沼气'],
    ['hydropower|hydro(?:electric)?', '水电|水力|抽水'],
    ['nuclear', '核'],
    ['thermal power', '火电|热电'],
    ['coal', '煤'],
    ['oil|petroleum', '石油|油'],
    ['natural gas', '天然气|燃气|煤气'],
    ['hydrogen', '氢'],
    ['geothermal', '地热'],
  ],
  [
    ['(?<!non-)fossil', '(?<!非)化石'],
    ['non-fossil', '非化石'],
  ],
  [
    ['male|males|men|boys', '男'],
    ['female|females|women|girls', '女|妇'],
  ],
  [
    ['imports?', '进口'],
    ['exports?', '出口'],
  ],
  [
    ['primary schools?', '小学'],
    ['(?:junior )?middle schools?|junior high schools?', '初中|中学'],
    ['senior high schools?|(?<!junior )high schools?', '高中'],
    ['kindergartens?|nurser(?:y|ies)', '幼儿园|托儿所|托育'],
    ['universities|university|colleges?', '大学|高校|学院'],
    ['vocational schools?', '职业学校|中职|职校'],
  ],
  [
    ['primary (?:sector|industry)', '第一产业|一产'],
    ['secondary (?:sector|industry)', '第二产业|二产'],
    ['tertiary (?:sector|industry)', '第三产业|三产'],
  ],
  [
    ['forests?|trees|woodland', '森林|造林|植树|林'],
    ['wetlands?', '湿地'],
    ['grass(?:land)?', '草'],
    ['farmland|arable land|cropland', '耕地|农田'],
  ],
  [
    ['household waste|domestic waste|garbage', '生活垃圾'],
    ['kitchen waste|food waste', '餐厨|厨余|湿垃圾'],
    ['construction waste', '建筑垃圾'],
    ['hazardous waste', '危险废物|危废|有害'],
    ['medical waste', '医疗废物|医废'],
    ['industrial (?:solid )?waste', '工业固废|工业废物|工业固体废物'],
    ['bulky waste', '大件垃圾'],
  ],
  [
    ['sulfur dioxide|sulphur dioxide|SO2', '二氧化硫|SO2'],
    ['nitrogen oxides?|NOx', '氮氧化物|NOx'],
    ['nitrogen dioxide|NO2', '二氧化氮|NO2'],
    ['ammonia nitrogen', '氨氮'],
    ['ozone|O3', '臭氧|O3'],
    ['COD|chemical oxygen demand', '化学需氧量|COD'],
    ['volatile organic compounds?|VOCs?', '挥发性有机物|VOC'],
    ['carbon dioxide|CO2|carbon emissions?', '二氧化碳|CO2|碳'],
    ['PM2\\.5|PM₂\\.₅|fine particulate', 'PM2\\.5|PM₂\\.₅|细颗粒物'],
    ['PM10|inhalable particulate', 'PM10|可吸入颗粒物'],
  ],
  [
    ['pensions?|pension insurance|old-age insurance', '养老'],
    ['medical insurance|health insurance', '医疗保险|医保'],
    ['unemployment', '失业'],
    ['work(?:-related)? injury', '工伤'],
    ['maternity', '生育'],
  ],
  [
    ['circular', '循环'],
    ['digital', '数字'],
    ['intelligent|smart', '智能|智慧'],
    ['low-carbon', '低碳'],
  ],
  [
    ['spring', '春'],
    ['summer', '夏'],
    ['autumn', '秋'],
    ['winter', '冬'],
  ],
  [
    ['revenue|income', '收入'],
    ['expenditure|spending', '支出'],
  ],
  [
    ['births?|born', '出生|生育'],
    ['deaths?|died|mortality', '死亡'],
  ],
  [
    ['cargo|freight|goods', '货'],
    ['passengers?', '客|人次'],
  ],
];

/** Words that tell items apart and that one statement may well hold together. */
const loose: readonly (readonly [string, string])[] = [
  ['urban|city|cities|towns', '城镇|城市|城区'],
  ['rural|villages?|village', '农村|乡村|村庄'],
  ['central', '中央'],
  ['provincial', '省级|省财政|全省'],
  ['budgets?|public finance|fiscal', '财政|预算'],
  ['loans?|banks?', '贷款|银行'],
  ['enterprises?|companies|company|firms?', '企业|公司'],
  ['households?|families', '家庭|居民户'],
  ['children', '儿童'],
  ['elderly|older', '老年|老人|养老'],
  ['hospitals?', '医院'],
  ['clinics?', '诊所|卫生所|卫生室'],
  ['doctors?|physicians?', '医师|医生'],
  ['nurses?', '护士'],
  ['beds?', '床位'],
  ['agriculture|agricultural', '农业'],
  ['industry|industrial', '工业'],
  ['services?', '服务'],
  ['buses|bus', '公交|公共汽车'],
  ['metro|subway|rail', '地铁|轨道'],
  ['taxis?', '出租车'],
  ['bicycles?|bikes?', '自行车'],
  ['roads?', '道路|公路'],
  ['parks?', '公园'],
  ['rivers?', '河'],
  ['lakes?', '湖'],
  ['sewage|wastewater', '污水|废水'],
  ['recyclables?', '可回收'],
  ['new(?:ly)?', '新'],
  ['renovat\\w+|rebuil\\w+|retrofit\\w*', '改造|改建|翻新'],
  ['closed?|shut|retired?', '关闭|关停|淘汰|封闭'],
  ['stations?', '站'],
  ['length|kilometres|kilometers', '长|里程'],
  ['wages?|salar\\w+', '工资'],
  ['libraries|library', '图书馆'],
  ['museums?', '博物馆'],
  ['theatres?|theaters?', '剧院|剧场'],
  ['stadiums?|sports?', '体育'],
  ['electricity|power consumption', '用电|电力'],
  ['heat(?:ing)?', '供热|供暖|热力'],
  ['tests?', '检测|测试'],
  ['training|trained', '培训'],
  ['teachers?', '教师'],
  ['students?|pupils?', '学生'],
  ['experts?', '专家'],
  ['bridges?', '桥'],
  ['tunnels?', '隧道'],
  ['straw', '秸秆'],
  ['manure', '粪'],
  ['cement', '水泥'],
  ['steel', '钢'],
  ['grain', '粮食'],
  ['vegetables?', '蔬菜'],
  ['fruits?', '水果'],
  ['meat|pork', '肉'],
  ['fish|aquatic', '水产|鱼'],
  ['containers?', '集装箱'],
];

/** A word of both languages, told apart from every other by its number. */
export interface Entry {
  readonly id: number;
  readonly en: RegExp;
  readonly zh: RegExp;
}

const entry = ([en, zh]: readonly [string, string], id: number): Entry => ({
  id,
  en: new RegExp(`(?<![\\w-])(?:${en})(?![\\w])`, 'gi'),
  zh: new RegExp(`(?:${zh})`, 'gi'),
});

const everyday = [...groups.flat(), ...loose];
const entries: readonly Entry[] = everyday.map(entry);

/** Words that exclude each other, group by group. */
export const exclusive: readonly (readonly Entry[])[] = groups.map((group) => group.map(entry));

/** Which things a few words are about, by the everyday words and the terms that both languages know. */
export function topics(words: string, language: 'en' | 'zh', terms: readonly Term[]): Set<number> {
  const found = new Set<number>();
  for (const one of entries) if (words.search(one[language]) >= 0) found.add(one.id);
  const lower = words.toLowerCase();
  for (const [index, term] of terms.entries())
    if (
      term[language].some(
        (name) => name.length > (language === 'en' ? 4 : 1) && lower.includes(name.toLowerCase()),
      )
    )
      found.add(everyday.length + index);
  return found;
}
