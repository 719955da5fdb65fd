import type { Quantity } from '../read/quantity.ts';
import type { Sentence } from '../read/reading.ts';
import type { RuleName } from '../rules.ts';
import { said } from './report.ts';

/** What size a kind of thing can have in a unit, and what is probably meant when it has not. */
interface Plausible {
  readonly rule: Extract<RuleName, 'unit.scale' | 'unit.kind' | 'value.impossible'>;
  readonly units: readonly string[];
  /** Words before the number, near it; all patterns are bounded and without nested repetition. */
  readonly before: RegExp;
  readonly after?: RegExp;
  readonly not?: RegExp;
  readonly thing: RegExp;
  readonly least?: string;
  readonly most?: string;
  readonly reason: string;
  readonly likely: (sentence: Sentence, quantity: Quantity) => string;
}

const swap =
  (from: RegExp, to: string) =>
  (sentence: Sentence, quantity: Quantity): string =>
    said(sentence, quantity).replace(from, to);

const squareKm = swap(/m²|m2|m\^2|square met(?:er|re)s?|平方米/i, 'km²');
const squareM = swap(/km²|km2|square kilomet(?:er|re)s?|平方公里/i, 'm²');

/** Bounds are set wide: an order of magnitude beyond the smallest or largest known case of Chinese cities. */
export const plausible: readonly Plausible[] = [
  {
    rule: 'unit.scale',
    units: ['m²'],
    before:
      /\b(?:park|zone|lake|district|city|county|town|reservoir|wetland|island|forest|village)\b[^.]{0,110}\b(?:area|covers|covering)\b[^.;]{0,24}$/,
    not: /\b(?:building|floor|per capita|construction|roof|panel|exhibition|per person|space|venue|center|centre|house)\b[^.;]{0,30}$/,
    thing: /\b(?:park|zone|lake|district|city|county|town|reservoir|wetland|island|forest|village)\b/,
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
      /\b(?:annual (?:power|electricity) (?:generation|output)|electricity (?:generated|consumption|consumed)|power consumption)\b[^.;,]{0,24}$|(?:发电量|用电量|售电量|供电量)[^，。；]{0,8}$/,
    not: /\b(?:capacity|load|installed)\b|装机|负荷/,
    thing:
      /annual (?:power|electricity) (?:generation|output)|electricity (?:generated|consumption|consumed)|power consumption|发电量|用电量|售电量|供电量/,
    reason: '@none',
    likely: (sentence, quantity) =>
      said(sentence, quantity)
        .replace(/([kM]W)(?!h)/i, '$1h')
        .replace(/瓦(?!时)/, '瓦时'),
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
