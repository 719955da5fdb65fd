import type { Quantity } from '../read/quantity.ts';
import type { Sentence } from '../read/reading.ts';
import { impossible, type Plausible } from './impossible.ts';
import { said } from './report.ts';

const swap =
  (from: RegExp, to: string) =>
  (sentence: Sentence, quantity: Quantity): string =>
    said(sentence, quantity).replace(from, to);

const squareKm = swap(/m²|m2|m\^2|square met(?:er|re)s?|平方米/i, 'km²');
const squareM = swap(/km²|km2|square kilomet(?:er|re)s?|平方公里/i, 'm²');

/** Bounds are set wide: an order of magnitude beyond the smallest or largest known case of Chinese cities. */
export const plausible: readonly Plausible[] = [
  ...impossible,
  {
    rule: 'unit.scale',
    units: ['m²'],
    before:
      /\b(?:park|zone|lake|district|city|county|town|reservoir|wetland|island|forest|village|reserve)\b[^.]{0,110}\b(?:area|covers|covering)\b[^.;]{0,24}$|\b(?:nature|wetland|forest) (?:reserve|park) of $/,
    not: /\b(?:building|floor|per capita|construction|roof|panel|exhibition|per person|space|venue|center|centre|house)\b[^.;]{0,30}$/,
    thing: /\b(?:park|zone|lake|district|city|county|town|reservoir|wetland|island|forest|village|reserve)\b/,
    least: '200',
    reason: '@reason.place',
    likely: squareKm,
  },
  {
    rule: 'unit.scale',
    units: ['m²'],
    before: /(?:园区|开发区|湖|水库|湿地|岛|新城|镇|区)[^。；]{0,30}(?:面积|占地)[^。；，]{0,6}$/,
    not: /建筑|人均|绿地率/,
    thing: /园区|开发区|湖|水库|湿地|岛|新城|镇|区/,
    least: '200',
    reason: '@reason.place',
    likely: squareKm,
  },
  {
    rule: 'unit.scale',
    units: ['m²'],
    before:
      /\b(?:the|our) (?:entire )?(?:district|county|city) (?:covers|has an area of|covers an area of|has a total area of)\s*(?:about |nearly )?$|(?:全区|全市|全县|区域|辖区|行政区域)(?:总)?(?:土地)?面积(?:为|约|达)?\s*$/,
    thing: /district|county|city|全区|全市|全县|区域|辖区/,
    least: '100000',
    reason: '@reason.place',
    likely: squareKm,
  },
  {
    rule: 'unit.kind',
    units: ['m²', 'km²'],
    before:
      /\b(?:holds?|holding|stores?|storing|treats?|treating|suppl(?:y|ies|ied)|sav(?:es?|ed|ing)|discharg\w+|consum\w+|pump\w*|uses?|used)\b[^.;,]{0,30}$/,
    after: /^\s*of (?:water|wastewater|sewage|rainwater|gas|earth|soil|concrete)\b(?! (?:surface|area))/,
    not: /\b(?:area|surface|cover(?:s|ing|ed)?)\b[^.;]{0,30}$/,
    thing: /water|wastewater|sewage|rainwater|gas|earth|soil|concrete/,
    reason: '@none',
    likely: (sentence, quantity) =>
      said(sentence, quantity)
        .replace(/²/, '³')
        .replace(/square/i, 'cubic'),
  },
  {
    rule: 'unit.kind',
    units: ['m²', 'km²'],
    before:
      /(?:库容|蓄水量?|供水量|用水量|排水量|污水处理(?:能力|量)|日处理能力|供气量)(?:为|达到?|约)?\s*$|\b(?:storage|treatment|supply) capacity (?:of|is|was|reached)\s*(?:about )?$/,
    not: /\b(?:grain|cold|warehouse|data)\b[^.;]{0,20}$/,
    thing:
      /库容|蓄水量?|供水量|用水量|排水量|污水处理(?:能力|量)|日处理能力|供气量|(?:storage|treatment|supply) capacity/,
    reason: '@none',
    likely: (sentence, quantity) =>
      said(sentence, quantity)
        .replace(/²/, '³')
        .replace(/square/i, 'cubic')
        .replace('平方', '立方'),
  },
  {
    rule: 'unit.scale',
    units: ['MW', 'GW'],
    before:
      /\b(?:roof|rooftop|building|school|house|home|hospital|balcony)s?\b[^.;\d]{0,60}$|(?:屋顶|校园|楼顶|阳台)[^。；\d]{0,24}$|\brooftop (?:plant|system|station|array) of $/,
    after: /^\s*(?:was|were|is|are|has been|have been|on (?:the|its|one|a)\b|的|[。，.;,]|$)/,
    not: /\b(?:roofs|rooftops|buildings|schools|houses|homes|hospitals|total|cumulative|combined|altogether|city|district)\b|累计|全市|全区|共|总/,
    thing: /roof|rooftop|building|school|house|home|hospital|balcony|屋顶|校园|楼顶|阳台/,
    most: '99',
    reason: '@none',
    likely: swap(/[MG]W/, 'kW'),
  },
  {
    rule: 'unit.kind',
    units: ['%'],
    before:
      /\b(?:average|mean|daily|annual|maximum|minimum|highest|lowest) (?:daily |annual |monthly )?temperature\b[^.;,%]{0,30}\b(?:is|was|of|reached|at)\s*(?:about )?$|(?:平均|最高|最低)气温[^，。；]{0,6}(?:为|达到?|约)\s*$/,
    thing: /temperature|气温/,
    reason: '@none',
    likely: swap(/%|％|percent/i, '°C'),
  },
  {
    rule: 'unit.kind',
    units: ['m³'],
    before:
      /\b(?:floor|building|land|total) area (?:of|is|was|reached|totals|totalled)\s*(?:about |over |nearly )?$|(?:建筑|占地|绿化|绿地)面积(?:为|约|达到?|共)?\s*$/,
    thing: /(?:floor|building|land|total) area|(?:建筑|占地|绿化|绿地)面积/,
    reason: '@none',
    likely: (sentence, quantity) =>
      said(sentence, quantity).replace(/³/, '²').replace(/cubic/i, 'square').replace('立方', '平方'),
  },
  {
    rule: 'unit.kind',
    units: ['km', 'm', 'cm'],
    before:
      /\b(?:annual|average|mean|total) (?:rainfall|precipitation)\b[^.;,]{0,24}\b(?:is|was|of|reached)\s*(?:about )?$|(?:降水量|降雨量)(?:为|约|达到?)?\s*$/,
    thing: /rainfall|precipitation|降水量|降雨量/,
    reason: '@none',
    likely: (sentence, quantity) =>
      said(sentence, quantity).replace(
        /(?:km|cm|m|千米|公里|厘米|米)$/,
        /\p{Script=Han}$/u.test(said(sentence, quantity)) ? '毫米' : 'mm',
      ),
  },
  {
    rule: 'unit.scale',
    units: ['km²'],
    before:
      /\bper capita [^.;,]{0,40}\b(?:area|space|land)\b[^.;,]{0,24}$|人均[^，。；]{0,14}面积(?:为|约|达到?)?\s*$/,
    thing: /per capita [^.;,]{0,40}(?:area|space|land)|人均[^，。；]{0,14}面积/,
    most: '0.5',
    reason: '@reason.small',
    likely: squareM,
  },
  {
    rule: 'unit.kind',
    units: ['%'],
    before:
      /\bnoise\b[^.;%]{0,60}\b(?:averaged|averages|was|is|of|at)\s*(?:about )?$|(?:噪声|噪音)(?:平均)?(?:等效声级|值|水平)?(?:为|达)?\s*$/,
    not: /\b(?:rate|compliance|share|proportion|complaints?)\b|率|比例|投诉/,
    thing: /noise|噪声|噪音/,
    reason: '@none',
    likely: swap(/%|％|percent/i, ' dB'),
  },
  {
    rule: 'value.impossible',
    units: ['day'],
    before:
      /(?:优良|达标|晴好)(?:天数|的天数)[^，。；]{0,8}$|\b(?:good|excellent|fine)\b[^.;,]{0,24}\bdays\b[^.;,]{0,16}(?:was|were|reached|totall?ed|of)\s*$/,
    thing: /优良|达标|晴好|days/,
    most: '366',
    reason: '@reason.days',
    likely: () => '@none',
  },
  {
    rule: 'value.impossible',
    units: ['day'],
    before: /./,
    after: /^ (?:had|with|of|were|saw|enjoyed|reached)(?: [a-z-]+){0,3} (?:air|sunshine)\b/,
    thing: /air|sunshine/,
    most: '366',
    reason: '@reason.days',
    likely: () => '@none',
  },
  {
    rule: 'unit.scale',
    units: ['km²'],
    before: /./,
    after:
      /^\s*(?:of )?(?:new )?(?:planting|greenery|greening|green space|greenbelts?|flood control (?:channels?|passages?)|revetments?|lawns?|buildings?|floor|roads?|roofs?|housing)\b/,
    thing:
      /(?:planting|greenery|greening|green space|greenbelts?|flood control (?:channels?|passages?)|revetments?|lawns?|buildings?|floor|roads?|roofs?|housing)/,
    most: '2000',
    reason: '@reason.small',
    likely: squareM,
  },
  {
    rule: 'unit.kind',
    units: ['MV', 'kV'],
    before: /\b(?:installed capacity|generating capacity|capacity|power)\b[^.;]{0,70}$|装机[^。；]{0,20}$/,
    not: /\b(?:cable|line|transmission|substation|voltage)\b[^.;]{0,20}$/,
    thing: /installed capacity|generating capacity|capacity|power|装机容量|装机/,
    reason: '@none',
    likely: (sentence, quantity) =>
      said(sentence, quantity).replace(/[MK]V/i, (unit) => `${unit.charAt(0)}W`),
  },
  {
    rule: 'unit.kind',
    units: ['kWh', 'MWh', 'GWh'],
    before: /\binstalled (?:power |generating )?capacity\b[^.;,]{0,70}$|装机(?:容量|规模)[^，。；]{0,12}$/,
    not: /\b(?:storage|batter|saved|generat(?:ed|es|ion))\b|储能|发电量/,
    thing: /installed (?:power |generating )?capacity|装机(?:容量|规模)/,
    reason: '@none',
    likely: (sentence, quantity) => said(sentence, quantity).replace(/(?<=[kMG]W)h|(?<=瓦)时/i, ''),
  },
  {
    rule: 'unit.kind',
    units: ['kW', 'MW'],
    before:
      /\b(?:annual (?:power|electricity) (?:generation|output)|electricity (?:generated|consumption|consumed)|power consumption)\b[^.;,]{0,24}$|\bgenerated (?:about |over |nearly )?$|(?:发电量|用电量|售电量|供电量)[^，。；]{0,8}$|(?:全年|累计|年)发电约?$/,
    not: /\b(?:capacity|load|installed)\b|装机|负荷/,
    thing:
      /annual (?:power|electricity) (?:generation|output)|electricity (?:generated|consumption|consumed)|power consumption|generated|发电量|用电量|售电量|供电量|发电/,
    reason: '@none',
    likely: (sentence, quantity) =>
      said(sentence, quantity)
        .replace(/([kM]W)(?!h)/i, '$1h')
        .replace(/瓦(?!时)/, '瓦时'),
  },
  {
    rule: 'unit.kind',
    units: ['kWh', 'MWh', 'GWh'],
    before: /\breservoirs?\b[^.;]{0,60}\b(?:capacity|storage)\b[^.;,]{0,24}$|库容[^，。；]{0,6}$/,
    not: /\b(?:pumped|power|batter)|抽水|发电|储能/,
    thing: /reservoirs?|库容/,
    reason: '@none',
    likely: swap(/kWh|MWh|GWh|千瓦时|度/i, 'm³'),
  },
  {
    rule: 'unit.kind',
    units: ['km', 'm'],
    before:
      /\b(?:area of|covers an area of|with an area of)\s*(?:about |over |nearly )?$|(?:面积|占地)(?:为|约|达到?|共)?\s*$/,
    thing: /area|面积|占地/,
    reason: '@none',
    likely: (sentence, quantity) =>
      said(sentence, quantity)
        .replace(/(km|kilomet(?:er|re)s?|m|met(?:er|re)s?)$/i, '$1²')
        .replace(/(公里|千米|米)$/, '平方$1'),
  },
  {
    rule: 'unit.kind',
    units: ['km²', 'm²'],
    before:
      /\b(?:length of|total length(?: was| is| reached)?)\s*(?:about |over |nearly )?$|(?:全长|总长度?|长度|里程)(?:为|约|达到?|共)?\s*$/,
    thing: /length|全长|总长度?|长度|里程/,
    reason: '@none',
    likely: swap(/²|square |平方/gi, ''),
  },
  {
    rule: 'unit.kind',
    units: ['km²', 'm²'],
    before: /./,
    after: /^ long\b/,
    thing: /long/,
    reason: '@none',
    likely: swap(/²|square /gi, ''),
  },
  {
    rule: 'unit.scale',
    units: ['mg/m³'],
    before:
      /\b(?:pm2\.5|pm10|no2|so2|ozone)\b[^.;]{0,60}$|pm2\.5[^，。；]{0,20}$|pm10[^，。；]{0,20}$|细颗粒物[^。；]{0,24}$|二氧化[硫氮][^，。；]{0,20}$/,
    thing: /pm2\.5|pm10|no2|so2|ozone|细颗粒物|二氧化[硫氮]/,
    most: '3',
    reason: '@reason.milligram',
    likely: swap(/mg|毫克/, '微克'),
  },
  {
    rule: 'unit.scale',
    units: ['%'],
    before:
      /\b(?:neonatal|newborn|infant|under-five|maternal)\b[^.;]{0,20}\b(?:death|mortality|deaths)\b[^.;]{0,70}$|(?:新生儿|婴儿|孕产妇)死亡率[^。；]{0,20}$/,
    thing:
      /(?:neonatal|newborn|infant|under-five|maternal)[^.;]{0,20}(?:death|mortality)(?: rate)?|(?:新生儿|婴儿|孕产妇)死亡率/,
    reason: '@reason.mille',
    likely: swap(/%|percent|％/, '‰'),
  },
  {
    rule: 'unit.kind',
    units: ['%'],
    before: /\bair quality index\b[^.;%]{0,80}$|\baqi\)?[^.;%]{0,60}$|空气质量指数[^。；]{0,20}$/,
    not: /\b(?:proportion|share|rate|ratio) of\b|优良/,
    thing: /(?:environment(?:al)? )?air quality index(?: \(aqi\))?|空气质量指数/,
    reason: '@reason.index',
    likely: (sentence, quantity) => `@likely.goodAir:${said(sentence, quantity)}`,
  },
];
