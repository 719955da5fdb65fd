import type { Draft } from '../finding.ts';
import { type Anchor, anchorPlace } from './anchor.ts';
import { blockOf, isQuoted, type Matched, type Sides } from './matched.ts';

/** What a number may count. Words that may mean either of two things name both. */
type Kind = string;

const english: readonly (readonly [RegExp, readonly Kind[]])[] = [
  [
    /^(?:people|persons?|residents?|inhabitants?|citizens?|workers?|employees?|students?|farmers?|staff)$/,
    ['person'],
  ],
  [/^(?:households?|famil(?:y|ies)|homes)$/, ['household']],
  [/^(?:visitors?|tourists?|passengers?|participants?|attendees|spectators|patients?)$/, ['person', 'visit']],
  [/^(?:visits|trips|attendances|journeys|person-times)$/, ['visit']],
  [/^countr(?:y|ies)$/, ['country']],
  [/^provinces?$/, ['province']],
  [/^(?:city|cities)$/, ['city']],
  [/^count(?:y|ies)$/, ['county']],
  [/^districts?$/, ['district']],
  [/^towns?(?:hips?)?$/, ['town']],
  [/^villages?$/, ['village']],
  [/^(?:enterprises?|company|companies|firms?)$/, ['enterprise']],
  [/^schools?$/, ['school']],
  [/^hospitals?$/, ['hospital']],
  [/^years?$/, ['year']],
  [/^months?$/, ['month']],
  [/^weeks?$/, ['week']],
  [/^days?$/, ['day']],
  [/^hours?$/, ['hour']],
  [/^minutes?$/, ['minute']],
];

const chinese: readonly (readonly [RegExp, readonly Kind[]])[] = [
  [/^人次/, ['visit', 'person']],
  [/^(?:名|位|个)?(?:居民户|农户|户家庭|户|个?家庭)/, ['household']],
  [/^(?:人|名|位|口)(?![均次工民大体行])/, ['person']],
  [/^个?(?:沿线|共建|沿途|不同|发展中|发达)?国家(?!级)/, ['country']],
  [/^个?(?:兄弟|相邻)?省(?!级)/, ['province']],
  [/^[个座]?(?:友好|沿海|试点|中小|地级)?城市/, ['city']],
  [/^个?县/, ['county']],
  [/^个?区(?!域|块|间)/, ['district']],
  [/^个?(?:乡镇|镇|街镇)/, ['town']],
  [/^个?(?:行政|自然)?村/, ['village']],
  [/^家?[\p{Script=Han}]{0,4}?企业/u, ['enterprise']],
  [/^所[\p{Script=Han}]{0,3}?学校/u, ['school']],
  [/^家[\p{Script=Han}]{0,3}?医院/u, ['hospital']],
  [/^年(?![级代度])/, ['year']],
  [/^个月/, ['month']],
  [/^(?:个星期|周)(?!年)/, ['week']],
  [/^(?:个工作日|天|日(?![均报常前]))/, ['day']],
  [/^个?小时/, ['hour']],
  [/^分钟/, ['minute']],
];

const stops = new Set(
  'of in from for with to by and or who that which have has had were was are is at on under above per per, a an the received during over'.split(
    ' ',
  ),
);

/** `320,000 resident households`, 32万户: the last word of the phrase that says what is counted. */
function kindInEnglish(text: string, { start, end }: Anchor): readonly Kind[] | null {
  const words = [...(text.slice(start, end + 48).match(/[A-Za-z][A-Za-z-]*|[.,;:()/]/g) ?? [])].filter(
    (word) => !/^(?:thousand|million|billion|trillion|hundred|more|than|about)$/i.test(word),
  );
  let kind: readonly Kind[] | null = null;
  for (const [index, word] of words.slice(0, 5).entries()) {
    const lower = word.toLowerCase();
    if (/^[.,;:()/]$/.test(word) && index === 0) continue;
    if (/^[.,;:()/]$/.test(word) || stops.has(lower)) break;
    const hit = english.find(([form]) => form.test(lower));
    if (hit !== undefined) kind = hit[1];
  }
  return kind;
}

function kindInChinese(text: string, { start, end }: Anchor): readonly Kind[] | null {
  const words = text
    .slice(start, end + 16)
    .replace(/^[\d.,，\s]*[一二两三四五六七八九十]*[多余几]?[十百千万亿]*[多余]?\s*/, '');
  return chinese.find(([form]) => form.test(words))?.[1] ?? null;
}

const perEnglish: readonly (readonly [RegExp, string])[] = [
  [/\bper (?:person|capita|head|resident|inhabitant)\b|\beach person\b/i, 'person'],
  [/\bper (?:household|family)\b/i, 'household'],
  [/\b(?:per|a|an|each|every) year\b|\bannual(?:ly)?\b|\byearly\b|\/(?:year|a)\b/i, 'year'],
  [/\b(?:per|a|each|every) month\b|\bmonthly\b|\/month\b/i, 'month'],
  [/\b(?:per|a|each|every) day\b|\bdaily\b|\/(?:day|d)\b/i, 'day'],
  [/\b(?:per|an|each|every) hour\b|\bhourly\b|\/h\b/i, 'hour'],
];
const perChinese: readonly (readonly [RegExp, string])[] = [
  [/每人|人均|\/人/, 'person'],
  [/每户|户均|\/户/, 'household'],
  [/每年|年均|\/年|年(?=[\p{Script=Han}]{0,3}(?:能力|产量|处理))/u, 'year'],
  [/每月|每个月|月均|\/月/, 'month'],
  [/每日|每天|日均|\/[日天]|(?<!\d)日(?=[\p{Script=Han}]{0,4}能力)/u, 'day'],
  [/每小时|\/小时|每时/, 'hour'],
];

/** `per month`, 每月 right before or behind a number: the spans of time, and the people, that it is told for. */
function perAround(text: string, { start, end }: Anchor, language: 'en' | 'zh'): Set<string> {
  const before = text.slice(Math.max(0, start - (language === 'en' ? 24 : 12)), start);
  const near = language === 'en' ? before.replace(/^.*[.,;:]/s, '') : before.replace(/^.*[，。；：]/s, '');
  const after = text
    .slice(start, end + (language === 'en' ? 32 : 6))
    .replace(/(?<=[a-z\p{Script=Han}])[.,;:，。；：].*$/su, '');
  const found = new Set<string>();
  for (const [form, kind] of language === 'en' ? perEnglish : perChinese)
    if (form.test(`${near} ${after}`)) found.add(kind);
  return found;
}

const spans = ['year', 'month', 'day', 'hour'];

/** One number that counts households in one version and people in the other; or is told a month here and a year there. */
export function countedDrafts({ en, zh }: Sides, matched: readonly Matched[]): Draft[] {
  return matched.flatMap(({ en: one, zh: other }): Draft[] => {
    if (one.kind === 'year' || one.kind === 'day' || one.kind === 'class') return [];
    const [a, b] = [blockOf(en, one), blockOf(zh, other)];
    if (a === undefined || b === undefined || one.soft || isQuoted(b.text, other.start)) return [];
    const [first, second] = [kindInEnglish(a.text, one), kindInChinese(b.text, other)];
    const apart =
      one.kind === 'number' &&
      first !== null &&
      second !== null &&
      !first.some((kind) => second.includes(kind));
    const [per, base] = [perAround(a.text, one, 'en'), perAround(b.text, other, 'zh')];
    const said = spans.filter((span) => per.has(span));
    const told = spans.filter((span) => base.has(span));
    const otherSpan = said.length === 1 && told.length === 1 && said[0] !== told[0];
    if (!apart && !otherSpan) return [];
    const behind = (text: string, anchor: Anchor, by: number) => ({
      ...anchor,
      end: Math.min(text.length, anchor.end + by),
    });
    return [
      {
        rule: 'pair.counted',
        places: [anchorPlace(en, one), anchorPlace(zh, other)],
        values: {
          one: a.text
            .slice(one.start, behind(a.text, one, 24).end)
            .replace(/[,.;:(]?\s+\S*$/, '')
            .trim(),
          other: b.text
            .slice(other.start, behind(b.text, other, 6).end)
            .replace(/[，。；：、（].*$/s, '')
            .trim(),
          first: apart ? `@counted.${first?.[0]}` : `@per.${said[0]}`,
          second: apart ? `@counted.${second?.[0]}` : `@per.${told[0]}`,
        },
      },
    ];
  });
}
