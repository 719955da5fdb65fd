import type { Draft } from '../finding.ts';
import { type Block, placeIn } from '../text.ts';
import type { Aligned } from './align.ts';

interface Word {
  readonly name: string;
  readonly en: RegExp;
  readonly zh: RegExp;
  /** Words that may stand for it too: they show that it is there, never that it is not. */
  readonly enToo?: RegExp;
  readonly zhToo?: RegExp;
}

/** Words of which a statement holds one: where the versions hold different ones, one is wrong. */
const families: readonly { readonly rule: 'pair.scope' | 'pair.word'; readonly words: readonly Word[] }[] = [
  {
    rule: 'pair.scope',
    words: [
      {
        name: 'world',
        en: /\b(?:world|global)(?:ly|wide|['’]s)?\b/gi,
        zh: /世界|全球/g,
        enToo: /international|overseas|foreign/i,
        zhToo: /国际|国外|海外/,
      },
      {
        name: 'nation',
        en: /\b(?:national(?:ly)?|nationwide|countrywide)\b|(?<!North |South |East |West |Central |South )\bChina(?:['’]s)?\b/gi,
        zh: /全国|国家级|国控|我国|国考/g,
        enToo: /\bstate\b|\bcountr(?:y|ies)|Chinese|nation|central/i,
        zhToo: /国|中央/,
      },
      {
        name: 'province',
        en: /\bprovinc(?:e['’]s|ial|e|e-wide)\b/gi,
        zh: /全省|省级|省内|省控|我省|本省/g,
        enToo: /provinc/i,
        zhToo: /省|自治区/,
      },
      {
        name: 'city',
        en: /\bmunicipal\b|\bcity(?:-?wide|['’]s)\b|\b(?:whole|entire) city\b(?! proper)/gi,
        zh: /全市|市级|市控|我市|本市/g,
        enToo: /\bcit(?:y|ies)\b(?! proper)|municipal/i,
        zhToo: /市(?![区场政])|城市/,
      },
      {
        name: 'proper',
        en: /\b(?:city proper|urban areas?|downtown|built-up|city cent(?:re|er)|central city|inner city)\b/gi,
        zh: /(?<![东西南北新老])(?:市区|城区)|建成区|中心城|主城/g,
        enToo: /urban|town(?!s\b)|proper|built|cent(?:re|er)|district/i,
        zhToo: /(?<![县])城|市区/,
      },
      {
        name: 'district',
        en: /\b(?:whole|entire) district\b|\bdistrict(?:-?wide|['’]s|-level)\b/gi,
        zh: /全区|区级/g,
        enToo: /district|borough|area/i,
        zhToo: /区/,
      },
    ],
  },
  {
    rule: 'pair.word',
    words: [
      {
        name: 'higher',
        en: /\b(?:higher|above|faster|exceed\w*)\b/gi,
        zh: /高于|快于|优于|大于/g,
        enToo: /\b(?:more|greater|better|over|up)\b/i,
        zhToo: /过|多|以上|优|大/,
      },
      {
        name: 'lower',
        en: /\b(?:lower|below|slower)\b/gi,
        zh: /低于|慢于|少于|小于/g,
        enToo: /\b(?:less|fewer|under|slow\w*|down|small\w*)\b/i,
        zhToo: /不足|以下|不到|降|减|低/,
      },
    ],
  },
  {
    rule: 'pair.word',
    words: [
      'first',
      'second',
      'third',
      'fourth',
      'fifth',
      'sixth',
      'seventh',
      'eighth',
      'ninth',
      'tenth',
    ].map((name, index) => ({
      name,
      en: new RegExp(`\\b(?:${name}|${index + 1}(?:st|nd|rd|th))\\b(?! (?:Plenary|half|quarter))`, 'gi'),
      zh: new RegExp(
        `第(?:${'一二三四五六七八九十'.charAt(index)}|${index + 1})(?![\\d十百])${index === 0 ? '|首' : ''}`,
        'g',
      ),
    })),
  },
  {
    rule: 'pair.word',
    words: 'January February March April May June July August September October November December'
      .split(' ')
      .map((name, index) => ({
        name,
        en: new RegExp(`\\b${name}\\b`, 'g'),
        zh: new RegExp(`(?<!\\d)${index + 1}月`, 'g'),
      })),
  },
  {
    rule: 'pair.word',
    words: ['spring', 'summer', 'autumn|fall', 'winter'].map((name, index) => ({
      name,
      en: new RegExp(`\\b(?:in|of|the|this|every) (?:${name})\\b`, 'gi'),
      zh: new RegExp(`${'春夏秋冬'.charAt(index)}(?:季|天)`, 'g'),
    })),
  },
  {
    rule: 'pair.word',
    words: [
      'PM2.5|PM₂.₅',
      'PM10',
      'SO2|sulfur dioxide|sulphur dioxide',
      'NO2|nitrogen dioxide',
      'NOx|nitrogen oxides?',
      'CO2|carbon dioxide',
      'COD|chemical oxygen demand',
      'ozone|O3',
    ].map((name, index) => ({
      name,
      en: new RegExp(`\\b(?:${name.replace(/\./g, '\\.')})(?![\\w])`, 'gi'),
      zh: new RegExp(
        [
          'PM2\\.5|PM₂\\.₅|细颗粒物',
          'PM10|可吸入颗粒物',
          'SO2|二氧化硫',
          'NO2|二氧化氮',
          'NOx|氮氧化物',
          'CO2|二氧化碳|碳排放',
          'COD|化学需氧量',
          'O3|臭氧',
        ][index] ?? '',
        'gi',
      ),
    })),
  },
  {
    rule: 'pair.word',
    words: [
      { name: 'east', en: /\beast(?:ern)?\b/gi, zh: /东(?!城|莞|京|盟)/g },
      { name: 'west', en: /\bwest(?:ern)?\b/gi, zh: /西(?!安|藏|城)/g },
      { name: 'south', en: /\bsouth(?:ern)?\b/gi, zh: /南(?!京|宁|昌|通)/g },
      { name: 'north', en: /\bnorth(?:ern)?\b/gi, zh: /北(?!京)/g },
    ],
  },
  {
    rule: 'pair.word',
    words: [
      {
        name: 'planned',
        en: /\bwill\b|\bplan(?:s|ned)? to\b|\bis to\b|\bare to\b/gi,
        zh: /将|拟|计划|规划/g,
      },
      {
        name: 'completed',
        en: /\b(?:completed|finished|has been built|have been built)\b/gi,
        zh: /已(?:建成|完成|经)|建成了|完成了/g,
      },
    ],
  },
  {
    rule: 'pair.word',
    words: [
      { name: 'rural', en: /\brural\b|\bvillages?\b|\bcountryside\b/gi, zh: /农村|乡村|村/g },
      { name: 'urban', en: /\burban\b|\bcity\b|\bcities\b|\btowns?\b/gi, zh: /城镇|城市|城区|市|镇/g },
    ],
  },
  {
    rule: 'pair.word',
    words: [
      { name: 'import', en: /\bimport\w*\b(?<!important|importance|importantly)/gi, zh: /进口/g },
      { name: 'export', en: /\bexport\w*\b/gi, zh: /出口/g },
    ],
  },
];

/** Sentences of a paragraph, roughly: enough to hold the words of one statement together. */
function sentences(text: string, chinese: boolean): { from: number; text: string }[] {
  const form = chinese ? /[^。！？；]+/g : /(?:[^.!?;]|\.(?=\S))+/g;
  return [...text.matchAll(form)].map(({ 0: words, index }) => ({ from: index, text: words }));
}

/**
 * One version says *national* where the other says 全省: each holds a word of a family that the other lacks, and neither
 * holds more of it. Where the paragraphs have equally many sentences they are compared one by one.
 */
export function saidDrafts(aligned: readonly Aligned[]): Draft[] {
  return aligned.flatMap(({ en, zh }): Draft[] => {
    const [a, b] = [en[0], zh[0]];
    if (a === undefined || b === undefined || a.text.length > 8000 || a.kind !== b.kind) return [];
    const [left, right] = [sentences(a.text, false), sentences(b.text, true)];
    const whole = [{ one: { from: 0, text: a.text }, other: { from: 0, text: b.text } }];
    const pieces =
      left.length === right.length && left.length > 1
        ? left.flatMap((one, index) => {
            const other = right[index];
            return other === undefined ? [] : [{ one, other }];
          })
        : whole;
    return families.flatMap(({ rule, words }) =>
      pieces.flatMap(({ one, other }) =>
        exchanged(a, b, one, other, words).map((draft): Draft => ({ rule, ...draft })),
      ),
    );
  });
}

function exchanged(
  a: Block,
  b: Block,
  one: { readonly from: number; readonly text: string },
  other: { readonly from: number; readonly text: string },
  words: readonly Word[],
): Pick<Draft, 'places' | 'values'>[] {
  const held = words.map((word) => ({
    word,
    en: [...one.text.matchAll(word.en)],
    zh: [...other.text.matchAll(word.zh)],
  }));
  // Chinese word order nests scopes (全市市区), so only clean exchanges are told.
  const left = held.filter(
    ({ word, en, zh }) => en.length > 0 && zh.length === 0 && word.zhToo?.test(other.text) !== true,
  );
  const right = held.filter(
    ({ word, en, zh }) => zh.length > 0 && en.length === 0 && word.enToo?.test(one.text) !== true,
  );
  const [x, y] = [left[0], right[0]];
  if (x === undefined || y === undefined || left.length > 1 || right.length > 1) return [];
  const [from, to] = [x.en[0], y.zh[0]];
  if (from === undefined || to === undefined || x.en.length !== y.zh.length) return [];
  const [start, end] = [one.from + from.index, other.from + to.index];
  return [
    {
      places: [
        placeIn(a, start, Math.min(a.text.length, start + from[0].length + 30)),
        placeIn(b, end, Math.min(b.text.length, end + to[0].length + 15)),
      ],
      values: { name: `${from[0]} / ${to[0]}`, one: from[0], other: to[0] },
    },
  ];
}
