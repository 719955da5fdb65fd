/** What indicators of cities are about. Each topic by the words that tell it, in English and Chinese. */
const topics = {
  green:
    /\b(?:forest|woodland|wooded|trees?|afforest|vegetation|canopy|green (?:space|land|area|cover|park|belt)|greening|greenery|parks?|wetlands?|biodiversity|species|nature reserves?)|森林|林地|林木|绿化|绿地|绿量|公园|湿地|物种|生物多样性|自然保护/i,
  sewage:
    /\b(?:sewage|wastewater|waste water|sludge|sewers?|sewerage|effluents?)\b|污水|废水|污泥|排水|管网/i,
  water:
    /\b(?:tap water|drinking[- ]water|water (?:supply|sources?|use|consumption|quality|bodies|withdrawals?|intensity)|groundwater|rivers?|lakes?|surface water|reservoirs?|sections? with|water)\b|自来水|饮用水|供水|用水|水质|水源|水体|水功能|断面|河流|河道|湖|地表水|地下水|水资源/i,
  waste:
    /\b(?:garbage|rubbish|litter|refuse|landfills?|solid waste|(?:household|domestic|municipal|hazardous|medical|kitchen|industrial|food|dry|wet) waste|waste (?:recycling|sorting|treatment|disposal|classification|collection)|recyclables?|recycling|incinerat\w+|throws? away|thrown away|wastes?)\b|垃圾|固体废物|固废|危险废物|危废|填埋|焚烧|回收/i,
  energy:
    /\b(?:energy|coal|electricity|power (?:use|consumption|generation|supply)|kWh|solar|photovoltaic|wind (?:power|farms?|turbines?)|natural gas|fuels?|renewables?|carbon|CO2|emissions?|greenhouse|decarboni[sz]\w*|batter(?:y|ies)|charging)\b|能源|能耗|煤|电力|用电|发电|光伏|太阳能|风电|天然气|燃气|碳排放|二氧化碳|温室气体|充电/i,
  air: /\b(?:air|PM ?2\.5|PM ?10|particulates?|particles|smog|haze|ozone|SO2|NO2|sulfur dioxide|sulphur dioxide|nitrogen (?:di)?oxides?|dust|AQI)\b|空气|大气|细颗粒物|颗粒物|二氧化硫|氮氧化物|臭氧|扬尘|优良天数/i,
  noise: /\b(?:noise|decibels?)\b|噪声|分贝/i,
  health:
    /\b(?:hospitals?|beds?|doctors?|physicians?|nurses?|clinics?|health|medical|patients?|vaccin\w+|immuni[sz]\w+|diseases?|mortality|tuberculosis|HIV|obes\w+|smok\w+|life expectancy|expect(?:s|ed)? to live|deaths?|died|maternal|infants?)\b|医院|床位|医师|医生|护士|医疗|卫生|健康|患者|接种|疾病|死亡|寿命|孕产妇|婴儿|吸烟/i,
  people:
    /\b(?:population|births?|babies|born|marriages?|migrants?|elderly|older people|pensions?|life expectancy|ageing|aging|urbani[sz]ation)\b|人口|出生|户籍|老年|养老|老龄|城镇化|城市化|预期寿命/i,
  jobs: /\b(?:unemployment|unemployed|employment|employed|jobs?|workforce|labou?r|out of work|vacanc(?:y|ies)|apprentice\w*)\b|失业|就业|岗位|劳动/i,
  school:
    /\b(?:schools?|pupils?|students?|teachers?|education|enrol\w+|universit(?:y|ies)|kindergartens?|literacy|graduates?|classrooms?)\b|学校|学生|教师|教育|入学|大学|幼儿园|毕业|文盲/i,
  culture:
    /\b(?:librar(?:y|ies)|museums?|reading (?:houses?|rooms?)|theat(?:re|er)s?|cultur\w+|heritage|books?|sports?|stadiums?|gymnasiums?|exhibitions?|concerts?)\b|图书|博物馆|文化|剧院|遗产|阅读|体育|场馆|展览/i,
  tourism: /\b(?:touris\w+|visitors?|hotels?|overnight stays?)\b|旅游|游客|酒店/i,
  roads:
    /\b(?:roads?|streets?|traffic|vehicles?|cars?|bus(?:es)?|metro|subway|rail\w*|trams?|cycl(?:e|ing) (?:lanes?|paths?|routes?)|bicycles?|commut\w+|passengers?|public transport|transit|accidents?|airports?|ports?)\b|道路|公路|街道|交通|车辆|汽车|公交|地铁|轨道|自行车|通勤|客流|机场|港口/i,
  housing:
    /\b(?:housing|dwellings?|homes?|flats?|apartments?|rents?|floor (?:area|space)|slums?|homeless\w*)\b|住房|住宅|居住面积|租金|棚户/i,
  income:
    /\b(?:incomes?|wages?|earnings|salar(?:y|ies)|poverty|poor|disposable|consumption expenditure)\b|收入|工资|贫困|低保|消费支出/i,
  economy:
    /\b(?:GDP|gross domestic product|economy|economic|value[- ]added|tertiary industr\w+|secondary industr\w+|industrial output|services? sector|revenue|tax(?:es)?|investments?|trade|imports?|exports?|foreign)\b|生产总值|经济|增加值|产业|产值|税收|财政|投资|外资|贸易|进口|出口|进出口/i,
  science:
    /\b(?:R&D|research|patents?|inventions?|innovation|scien\w+|high[- ]tech)\b|研发|专利|发明|创新|科技|高新技术/i,
  digital:
    /\b(?:broadband|internet|5G|fibre|fiber|online|digital|data cent(?:re|er)s?)\b|宽带|互联网|光纤|数字/i,
  safety:
    /\b(?:crimes?|burglar\w*|thefts?|murders?|homicides?|fires?|police|violen\w+|disasters?|floods?)\b|犯罪|刑事|火灾|治安|灾害|洪/i,
  farming:
    /\b(?:farm\w*|crops?|agricultur\w*|organic|pesticides?|fertili[sz]ers?|livestock|grain|arable)\b|农业|农田|农药|化肥|畜禽|粮食|耕地|有机食品|绿色食品/i,
} as const;

type Topic = keyof typeof topics;

/** Topics that one text speaks of under the name of the other, whatever it gives: sewage is a matter of water. */
const one: readonly (readonly Topic[])[] = [
  ['sewage', 'water'],
  ['health', 'people'],
  ['income', 'economy'],
  ['farming', 'green'],
];

/** Topics of which one explains the other: clean air is a matter of coal, jobs one of the economy. */
const near: readonly (readonly Topic[])[] = [
  ...one,
  ['energy', 'air'],
  ['energy', 'economy'],
  ['jobs', 'economy'],
  ['income', 'people'],
  ['culture', 'tourism'],
  ['culture', 'school'],
  ['science', 'economy'],
  ['science', 'school'],
  ['tourism', 'economy'],
  ['housing', 'people'],
  ['jobs', 'people'],
  ['energy', 'roads'],
  ['farming', 'economy'],
  ['waste', 'energy'],
  ['air', 'roads'],
];

/** What a value is counted over tells nothing of what it counts: `per 1,000 residents`, 每千人口. */
const over =
  /\bper (?:capita|person|head|inhabitant|[\d,]+ \w+|(?:unit|ten thousand|thousand|hundred)(?: \w+)?(?: of (?:GDP|population|[\w-]+(?: value| output)?))?)|每(?:[百千万]|[\d,]+)?(?:人口|人|户|元|名居民)|人均|户均|单位(?:GDP|地区生产总值|生产总值|工业增加值)/gi;

/** The topics that a text tells of. */
function topicsOf(text: string): ReadonlySet<Topic> {
  const told = text.replace(over, ' ');
  return new Set((Object.keys(topics) as Topic[]).filter((topic) => topics[topic].test(told)));
}

/**
 * Whether two texts have a topic in common, or topics that go by each other's name. Nothing known is no answer: `undefined`.
 * @param strictly Topics of which one only explains the other are two.
 */
export function shareTopic(title: string, text: string, strictly: boolean): boolean | undefined {
  const [a, b] = [topicsOf(title), topicsOf(text)];
  if (a.size === 0 || b.size === 0) return undefined;
  const pairs = strictly ? one : near;
  for (const topic of a) {
    if (b.has(topic)) return true;
    if (pairs.some((pair) => pair.includes(topic) && pair.some((of) => of !== topic && b.has(of))))
      return true;
  }
  return false;
}
