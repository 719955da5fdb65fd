import type { Draft } from '../finding.ts';
import { type Block, placeIn } from '../text.ts';
import type { Aligned } from './align.ts';
import { exclusive } from './lexicon.ts';

interface Word {
  readonly name: string;
  readonly en: RegExp;
  readonly zh: RegExp;
  /** Words that may stand for it too: they show that it is there, never that it is not. */
  readonly enToo?: RegExp;
  readonly zhToo?: RegExp;
}

/** Words of which a statement holds one: where the versions hold different ones, one is wrong. */
const families: readonly {
  readonly rule: 'pair.scope' | 'pair.word';
  /** Whether neither version may hold the other's word at all: things of which a paragraph tells several. */
  readonly apart?: true;
  readonly words: readonly Word[];
}[] = [
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
        zh: /全国|国家级|国控|我国|国考|国家(?=标准|目标|平均|生态)/g,
        enToo: /\bstate\b|\bcountr(?:y|ies)|Chinese|nation|central/i,
        zhToo: /国|中央/,
      },
      {
        name: 'province',
        en: /\bprovinc(?:e['’]s|ial|e|e-wide)\b/gi,
        zh: /全省|省级|省内|省控|省定|我省|本省|省(?=人大|政府|委)/g,
        enToo: /provinc/i,
        zhToo: /省|自治区/,
      },
      {
        name: 'city',
        en: /\bmunicipal\b|\bcity(?:-?wide|['’]s)\b|\b(?:whole|entire) city\b(?! proper)/gi,
        zh: /全市|市级|市控|市定|我市|本市|市(?=人大|政府|委)/g,
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
        `第(?:${'一二三四五六七八九十'.charAt(index)}|${index + 1})(?![\\d十百])${index === 0 ? '|首' : ''}|(?<![十\\d])${'一二三四五六七八九十'.charAt(index)}期(?!间)`,
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
        en: /\bwill (?:be )?\w+|\b(?:plan(?:s|ned)?|is|are) to \w+/gi,
        zh: /将(?:建|开|投|完|于)|拟建|计划(?:建|开|投)/g,
        enToo: /\bwill\b|\bplan/i,
        zhToo: /将|拟|计划|规划|要|力争|确保/,
      },
      {
        name: 'done',
        en: /\b(?:has|have) been \w+ed\b|\b(?:was|were) (?:completed|opened|built|finished)\b/gi,
        zh: /已(?:建成|完成|投入|开通|启用|竣工)/g,
        enToo: /\w{3,}ed\b|\bbuilt\b/i,
        zhToo: /已|了|完成|建成|共有/,
      },
    ],
  },
  {
    rule: 'pair.word',
    words: [
      {
        name: 'rural',
        en: /\brural\b/gi,
        zh: /农村|乡村/g,
        enToo: /village|country|farm|peasant/i,
        zhToo: /农|村|乡/,
      },
      {
        name: 'urban',
        en: /\burban\b/gi,
        zh: /城镇(?=居民|人口|职工|登记)|城市居民/g,
        enToo: /\bcit(?:y|ies)\b|town/i,
        zhToo: /城|市|镇/,
      },
    ],
  },
  {
    rule: 'pair.word',
    words: [
      { name: 'lowest', en: /\b(?:lowest|smallest|fewest|least polluted)\b/gi, zh: /最低|最小|最少/g },
      {
        name: 'highest',
        en: /\b(?:highest|largest|biggest|greatest)\b/gi,
        zh: /最高|最大|最多/g,
        zhToo: /第一|首位|新高/,
      },
    ],
  },
  {
    rule: 'pair.word',
    words: [
      {
        name: 'a year on average',
        en: /\b(?:average annual|annual average|annually|per year|a year|each year|every year)\b/gi,
        zh: /年均|年平均|平均每年|每年/g,
        enToo: /\b(?:annual|yearly|year)\b/i,
        zhToo: /(?<!\d)年(?!底|末|初|来)/,
      },
      {
        name: 'in all',
        en: /\b(?:cumulative(?:ly)?|in total|altogether)\b/gi,
        zh: /累计|合计|总计/g,
        enToo: /\btotal\w*|\ball\b/i,
        zhToo: /共|总/,
      },
    ],
  },
  {
    rule: 'pair.word',
    words: [
      {
        name: 'a day',
        en: /\b(?:daily|(?:a|per|every|each) day)\b/gi,
        zh: /每[天日]|日(?=均|焚烧|处理|产|供)/g,
        enToo: /\bdays?\b/i,
        zhToo: /(?<!\d)[日天]/,
      },
      {
        name: 'a week',
        en: /\b(?:weekly|(?:a|per|every|each) week)\b/gi,
        zh: /每(?:周|个?星期)/g,
        enToo: /\bweeks?\b/i,
        zhToo: /周|星期/,
      },
      {
        name: 'a month',
        en: /\b(?:monthly|(?:a|per|every|each) month)\b/gi,
        zh: /每个?月/g,
        enToo: /\bmonths?\b/i,
        zhToo: /(?<!\d)月/,
      },
      {
        name: 'a year',
        en: /\b(?:yearly|annual(?:ly)?|(?:a|per|every|each) year)\b/gi,
        zh: /每年|年均/g,
        enToo: /\byears?\b/i,
        zhToo: /(?<!\d)年/,
      },
    ],
  },
  {
    rule: 'pair.word',
    words: [
      {
        name: 'no more than',
        en: /\b(?:no|not) (?:more|higher|greater) than\b|\bnot? (?:to )?exceed\w*/gi,
        zh: /不超过|不高于|不多于|不突破/g,
        enToo: /\b(?:within|at most|up to|below|under|less)\b/i,
        zhToo: /以内|以下|不到|不足|低于|控制|至多|最多/,
      },
      {
        name: 'more than',
        en: /(?<!\b(?:no|not) )\bmore than\b|(?<!not (?:to )?)\bexceed(?:ed|s|ing)?\b/gi,
        zh: /(?<!不)(?:超过|突破)/g,
        enToo: /\b(?:above|over|higher|up|beyond)\b/i,
        zhToo: /以上|多|余|逾|超|高于/,
      },
    ],
  },
  {
    rule: 'pair.word',
    words: [
      {
        name: 'before',
        en: /\b(?:before|prior to|ahead of)\b/gi,
        zh: /(?<![目之以年当日])前(?=[，。；]|完成|建成|实现|投用)|之前|以前/g,
        enToo: /\b(?:by|until|earlier)\b/i,
        zhToo: /前|到/,
      },
      {
        name: 'after',
        en: /\bafter\b/gi,
        zh: /(?<![之以最])后(?=[，。；]|完成|建成|实现|投用)|之后|以后/g,
        enToo: /\b(?:since|following|later|from)\b/i,
        zhToo: /后|自/,
      },
    ],
  },
  ...exclusive.map((group) => ({
    rule: 'pair.word' as const,
    apart: true as const,
    words: group.map(({ en, zh }) => ({ name: en.source, en, zh })),
  })),
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
    // Titles are worded freely, and align by little.
    if (a.kind === 'heading' && a.text.length < 60) return [];
    const [left, right] = [sentences(a.text, false), sentences(b.text, true)];
    const whole = [{ one: { from: 0, text: a.text }, other: { from: 0, text: b.text } }];
    const pieces =
      left.length === right.length && left.length > 1
        ? left.flatMap((one, index) => {
            const other = right[index];
            return other === undefined ? [] : [{ one, other }];
          })
        : whole;
    return families.flatMap(({ rule, words, apart }) =>
      pieces.flatMap(({ one, other }) =>
        exchanged(a, b, one, other, words, apart === true).map((draft): Draft => ({ rule, ...draft })),
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
  apart: boolean,
): Pick<Draft, 'places' | 'values'>[] {
  const held = words.map((word) => {
    const [english, chinese] = [[...one.text.matchAll(word.en)], [...other.text.matchAll(word.zh)]];
    return {
      word,
      en: english,
      zh: chinese,
      // What may stand for a word (and mostly holds it) is counted: only more than all of it is too much.
      surplus: english.length - Math.max(chinese.length, countOf(other.text, word.zhToo)),
      lack: chinese.length - Math.max(english.length, countOf(one.text, word.enToo)),
    };
  });
  const left = held.filter(({ surplus }) => surplus > 0);
  const right = held.filter(({ lack }) => lack > 0);
  const [x, y] = [left[0], right[0]];
  if (x === undefined || y === undefined || left.length > 1 || right.length > 1) return [];
  const [from, to] = [x.en[0], y.zh[0]];
  if (from === undefined || to === undefined) return [];
  // Both versions may hold both words and one of them oftener; one that holds none of a word says it outright.
  if (
    apart
      ? b.text.search(x.word.zh) >= 0 || a.text.search(y.word.en) >= 0
      : x.zh.length > 0 && y.en.length > 0
  )
    return [];
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

const countOf = (text: string, form: RegExp | undefined): number =>
  form === undefined ? 0 : (text.match(new RegExp(form.source, 'gi')) ?? []).length;
