import type { Term } from './terms.ts';

/** Everyday words that tell the items of a list apart, beside the terms of the base: English forms, Chinese forms. */
const everyday: readonly (readonly [string, string])[] = [
  ['urban|city|cities|towns', '城镇|城市|城区'],
  ['rural|villages?|village', '农村|乡村|村庄'],
  ['central', '中央'],
  ['provincial', '省级|省财政|全省'],
  ['budgets?|public finance|fiscal', '财政|预算'],
  ['loans?|banks?', '贷款|银行'],
  ['enterprises?|companies|company|firms?', '企业|公司'],
  ['households?|families', '家庭|居民户'],
  ['imports?', '进口'],
  ['exports?', '出口'],
  ['male|men|boys', '男'],
  ['female|women|girls', '女'],
  ['children', '儿童'],
  ['elderly|older', '老年|老人|养老'],
  ['primary schools?', '小学'],
  ['(?:junior )?middle schools?|junior high schools?', '初中|中学'],
  ['(?:senior )?high schools?', '高中'],
  ['kindergartens?|nurseries', '幼儿园|托儿所'],
  ['universities|university', '大学|高校'],
  ['hospitals?', '医院'],
  ['clinics?', '诊所|卫生所|卫生室'],
  ['doctors?|physicians?', '医师|医生'],
  ['nurses?', '护士'],
  ['beds?', '床位'],
  ['primary (?:sector|industry)|agriculture', '第一产业|一产|农业'],
  ['secondary (?:sector|industry)|industry', '第二产业|二产|工业'],
  ['tertiary (?:sector|industry)|services?', '第三产业|三产|服务业'],
  ['wind', '风电|风力|风能'],
  ['photovoltaic|solar|PV', '光伏|太阳能'],
  ['biomass', '生物质'],
  ['hydropower|hydro', '水电|水力'],
  ['nuclear', '核电'],
  ['thermal power', '火电'],
  ['coal', '煤'],
  ['oil|petroleum', '石油|油'],
  ['natural gas', '天然气'],
  ['buses|bus', '公交|公共汽车'],
  ['metro|subway|rail', '地铁|轨道'],
  ['taxis?', '出租车'],
  ['bicycles?|bikes?', '自行车'],
  ['roads?', '道路|公路'],
  ['parks?', '公园'],
  ['forests?|trees', '森林|造林|植树|林地'],
  ['wetlands?', '湿地'],
  ['grass(?:land)?', '草地|草原'],
  ['rivers?', '河'],
  ['lakes?', '湖'],
  ['sewage|wastewater', '污水|废水'],
  ['household waste|domestic waste|garbage', '生活垃圾'],
  ['kitchen waste|food waste', '餐厨|厨余|湿垃圾'],
  ['construction waste', '建筑垃圾'],
  ['hazardous waste', '危险废物|危废'],
  ['industrial waste', '工业固废|工业废物|工业固体废物'],
  ['recyclables?', '可回收'],
  ['east(?:ern)?', '东部|东'],
  ['west(?:ern)?', '西部|西'],
  ['north(?:ern)?', '北部|北'],
  ['south(?:ern)?', '南部|南'],
  ['new(?:ly)?', '新'],
  ['renovat\\w+|rebuil\\w+|retrofit\\w*', '改造|改建|翻新'],
  ['closed?|shut|retired?', '关闭|关停|淘汰'],
  ['stations?', '站'],
  ['length|kilometres|kilometers', '长|里程'],
  ['revenue|income', '收入'],
  ['expenditure|spending', '支出'],
  ['wages?|salar\\w+', '工资'],
  ['births?|born', '出生'],
  ['deaths?|died|mortality', '死亡'],
  ['libraries|library', '图书馆'],
  ['museums?', '博物馆'],
  ['theatres?|theaters?', '剧院|剧场'],
  ['stadiums?|sports?', '体育'],
  ['water', '水'],
  ['electricity|power consumption', '用电|电力'],
  ['heat(?:ing)?', '供热|供暖|热力'],
  ['summer', '夏'],
  ['winter', '冬'],
  ['tests?', '检测|测试'],
  ['training|trained', '培训'],
  ['pensions?', '养老保险|养老金'],
  ['medical insurance', '医疗保险'],
  ['unemployment', '失业'],
  ['sulfur dioxide|sulphur dioxide|SO2', '二氧化硫|SO2'],
  ['nitrogen oxides?|NOx', '氮氧化物|NOx'],
  ['nitrogen dioxide|NO2', '二氧化氮|NO2'],
  ['ammonia nitrogen', '氨氮'],
  ['ozone|O3', '臭氧|O3'],
  ['COD|chemical oxygen demand', '化学需氧量|COD'],
  ['cement', '水泥'],
  ['steel', '钢'],
  ['grain', '粮食'],
  ['vegetables?', '蔬菜'],
  ['fruits?', '水果'],
  ['meat|pork', '肉'],
  ['fish|aquatic', '水产|鱼'],
  ['passengers?', '客运|旅客|乘客'],
  ['cargo|freight|goods', '货物|货运'],
  ['containers?', '集装箱'],
];

/** A word of both languages, told apart from every other by its number. */
interface Entry {
  readonly id: number;
  readonly en: RegExp;
  readonly zh: RegExp;
}

const entries: readonly Entry[] = everyday.map(([en, zh], id) => ({
  id,
  en: new RegExp(`\\b(?:${en})\\b`, 'i'),
  zh: new RegExp(`(?:${zh})`),
}));

/** Which things a few words are about, by the everyday words and the terms that both languages know. */
export function topics(words: string, language: 'en' | 'zh', terms: readonly Term[]): Set<number> {
  const found = new Set<number>();
  for (const entry of entries) if (entry[language].test(words)) found.add(entry.id);
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
