import type { Quantity } from '../read/quantity.ts';
import type { Sentence } from '../read/reading.ts';
import type { RuleName } from '../rules.ts';
import { said } from './report.ts';

/** What size a kind of thing can have in a unit, and what is probably meant when it has not. */
export interface Plausible {
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

/** What one person uses or throws away in a day, at most; the day stands behind the number, in its unit or before it. */
function daily(
  [unit, perDay]: readonly [string, string],
  most: string,
  english: RegExp,
  chinese: RegExp,
  thing: RegExp,
  likely: (stated: string) => string,
): readonly Plausible[] {
  const common = {
    rule: 'unit.scale',
    thing,
    most,
    reason: '@none',
    likely: (sentence: Sentence, quantity: Quantity) => likely(said(sentence, quantity)),
  } as const;
  return [
    {
      ...common,
      units: [unit],
      before: english,
      after: /^\s*(?:of [a-z ]{3,30} )?(?:a|per|each|every) (?:single )?day\b/,
    },
    { ...common, units: [perDay], before: english },
    { ...common, units: [unit, perDay], before: chinese, not: /(?<!\d)年人均|每年|全年/ },
  ];
}

/** Values that nothing can have: more than all of it, lives of 180 years, a doctor for every third inhabitant. */
export const impossible: readonly Plausible[] = [
  {
    rule: 'value.impossible',
    units: ['%'],
    before: /\b(?:reached|accounted for|is|was|covers?|covered|equal(?:s|led)? to)\s*$|(?:占|达到?|为)\s*$/,
    after: /^ of (?:the |its |all (?:the )?|their )?(?:total|whole|entire|overall)\b/,
    not: /\b(?:target|plan|budget|quota|growth|exceed\w*)\b[^.;]{0,40}$/,
    thing: /\b(?:reuse|recycling|coverage|share|treatment|proportion|utili[sz]ation)\b/i,
    most: '100',
    reason: '@reason.whole',
    likely: (sentence, quantity) => said(sentence, quantity),
  },
  {
    rule: 'value.impossible',
    units: ['', 'year'],
    before: /\blife expectancy\b[^.;]{0,40}\b(?:is|was|reached|rose to|to|of|at)\s*$|预期寿命[^。；，]{0,8}$/,
    thing: /life expectancy|预期寿命/,
    most: '120',
    reason: '@reason.life',
    likely: (sentence, quantity) => said(sentence, quantity),
  },
  {
    rule: 'value.impossible',
    units: [''],
    before: /(?:\bhas|\bhave|\bare|\bwere|\bof|\bwith|\bto|\breached)\s*$/,
    after:
      /^ (?:practi[sc]ing |licensed |registered )?(?:doctors|physicians|nurses|general practitioners) (?:per|for every|to every) (?:1,000|thousand)/,
    thing: /doctors|physicians|nurses|general practitioners/,
    most: '100',
    reason: '@reason.people',
    likely: (sentence, quantity) => said(sentence, quantity),
  },
  ...daily(
    ['t', 't/day'],
    '0.05',
    /\b(?:each|every) (?:resident|inhabitant|person|citizen|household)\b[^.;,\d]{0,40}$|\bper capita\b[^.;,\d]{0,60}\b(?:waste|garbage|rubbish)\b[^.;,\d]{0,30}$/i,
    /(?:人均|每人)[^，。；\d]{0,10}(?:日|天)[^，。；\d]{0,14}(?:垃圾|废物)[^，。；\d]{0,8}$/,
    /waste|garbage|rubbish|resident|inhabitant|person|citizen|household|垃圾|废物/,
    (stated) => stated.replace(/(?<=\d\s?)(?:t|tons?|tonnes?)\b/i, 'kg').replace('吨', '千克'),
  ),
  ...daily(
    ['m³', 'm³/day'],
    '3',
    /\bper capita\b[^.;,\d]{0,30}\bwater\b[^.;,\d]{0,40}$|\b(?:each|every) (?:resident|inhabitant|person|citizen) (?:uses|used|consumes|consumed)[^.;,\d]{0,14}$/i,
    /人均(?:生活|居民)?日(?:生活)?用水量?[^，。；\d]{0,8}$|人均每[日天][^，。；\d]{0,6}用水量?[^，。；\d]{0,6}$/,
    /water|resident|inhabitant|person|citizen|用水/,
    (stated) => stated.replace(/m³|m3|cubic met(?:er|re)s?/i, 'L').replace('立方米', '升'),
  ),
  {
    rule: 'unit.scale',
    units: ['kW', 'W'],
    before:
      /\b(?:plants?|parks?|stations?|farms?|turbines?|arrays?|systems?) (?:of|with|rated at) (?:an? (?:installed )?capacity of )?(?:about |over |nearly )?$|装机(?:容量)?(?:为|达)?\s*$/i,
    after:
      /^[^.;。；\d]{0,50}\b(?:suppl(?:y|ies)|serves?|powers?|enough for|meets?)\b[^.;\d]{0,40}\d[\d, ]*,?000\b[^.;]{0,10}(?:households|homes|families)|^[^。；\d]{0,20}(?:满足|供应|供)[^。；\d]{0,8}\d+(?:\.\d+)?万户/,
    thing: /plants?|parks?|stations?|farms?|turbines?|arrays?|systems?|装机(?:容量)?/i,
    least: '999',
    reason: '@none',
    likely: (sentence, quantity) =>
      said(sentence, quantity)
        .replace(/kW|kilowatts?/i, 'MW')
        .replace('千瓦', '兆瓦'),
  },
];
