import type { Reading } from '../read/reading.ts';
import { hanDigits, numberWords } from '../read/units.ts';
import { type Block, placeIn } from '../text.ts';
import { itemsIn } from './items.ts';
import { emptyReport, type Report } from './report.ts';

/** Counts that a word or a sum of two words announces: levels, steps, provinces with cities, names in quotation marks. */
export function checkTallies(reading: Reading): Report {
  const report = emptyReport();
  for (const block of reading.blocks) {
    if (block.kind === 'row' || block.kind === 'contents' || block.text.length < 12) continue;
    ordinals(block, report);
    bullets(reading, block, report);
    for (const form of forms)
      for (const match of block.text.matchAll(form.words)) form.judge(block, match, report);
  }
  return report;
}

interface Form {
  readonly words: RegExp;
  readonly judge: (block: Block, match: RegExpExecArray, report: Report) => void;
}

const small = '(?:one|two|three|four|five|six|seven|eight|nine|ten|\\d{1,2})';
const han = '[一两二三四五六七八九十]';
const numberOf = (word: string): number =>
  hanDigits.get(word) ??
  numberWords.get(word.toLowerCase()) ??
  (word === '一' || /^one$/i.test(word) ? 1 : Number(word));

function told(
  block: Block,
  match: RegExpExecArray,
  stated: number,
  { least, most }: { readonly least: number; readonly most: number },
  report: Report,
): void {
  if (!Number.isFinite(stated) || stated < 2 || stated > 20 || most < 2) return;
  const places = [placeIn(block, match.index, match.index + match[0].length)];
  const values = { stated: String(stated), counted: least === most ? String(least) : `${least}–${most}` };
  if (stated >= least && stated <= most) report.checked.push({ rule: 'count.list', places, values });
  else if (Math.min(Math.abs(stated - least), Math.abs(stated - most)) <= 4)
    report.findings.push({ rule: 'count.list', places, values });
}

/** `a city with five demonstration meanings:` over bullets, `Eco-industry Demonstration City` …: the bullets counted. */
function bullets(reading: Reading, block: Block, report: Report): void {
  if (!/[:：]\s*$/.test(block.text)) return;
  const items: Block[] = [];
  for (const next of reading.blocks.slice(block.index + 1, block.index + 16)) {
    const numbered = /^\s*[(（]?(\d{1,2})[)）.、]\s*\S/.exec(next.raw)?.[1];
    if (numbered !== undefined ? Number(numbered) !== items.length + 1 : !/^\s*[-–•●▪*]\s*\S/.test(next.raw))
      break;
    if (next.text.length > 160) return;
    items.push(next);
  }
  if (items.length < 2) return;
  const counts =
    /\b(two|three|four|five|six|seven|eight|nine|ten) ((?:[a-z-]+ ){0,3}[a-z-]+s)\b|([两二三四五六七八九十])(?:个|大|项|类|种)(\p{Script=Han}{2,6})/giu;
  for (const match of block.text.matchAll(counts)) {
    const noun = match[2] ?? match[4] ?? '';
    if (/\b(?:years|months|days)\b/.test(noun)) continue;
    // The bullets must speak of what is counted: five demonstrations, Demonstration City.
    const word =
      noun
        .split(' ')
        .find((one) => one.length > 4)
        ?.replace(/s$/, '') ?? noun.slice(0, 2);
    const shared = items.filter(({ text }) => text.toLowerCase().includes(word)).length;
    // Or the count is what the sentence announces: `Five plans were drawn up:`, 出台了四项政策：
    const rest = block.text.slice(match.index + match[0].length);
    const opening = block.text.slice(Math.max(0, match.index - 60), match.index);
    const announces =
      match[4] !== undefined
        ? /^\p{Script=Han}{0,4}[:：]\s*$/u.test(rest)
        : /^(?: [a-z-]+){0,6}\s*[:：]\s*$/.test(rest) &&
          /(?:^|[.!?] )(?:the |these |following )*$|\bfollowing $/i.test(opening);
    if (shared < items.length && !(announces && items.length < 15)) continue;
    told(block, match, numberOf(match[1] ?? match[3] ?? ''), exactly(items.length), report);
    return;
  }
}

/** `three priorities. First … Fourth …`, 四项工作。第一……第三: the ordinals of a paragraph counted. */
function ordinals(block: Block, report: Report): void {
  const announced =
    /\b(two|three|four|five|six|seven|eight|\d) (?:[a-z-]+ ){0,3}[a-z-]+s[.:,] ?(?=First(?:ly)?,)|([两二三四五六七八])(?:个|项|大|条|点|方面)[^，。；：]{0,12}[。：，]\s*(?=第一[，、是])/gu;
  const names = ['second', 'third', 'four', 'five', 'six', 'seven', 'eight'];
  for (const match of block.text.matchAll(announced)) {
    const rest = block.text.slice(match.index + match[0].length);
    let last = 1;
    if (match[1] !== undefined)
      while (last < 8 && new RegExp(`\\b${names[last - 1]}(?:th|ly)?,`, 'i').test(rest)) last += 1;
    else while (last < 8 && rest.includes(`第${'一二三四五六七八'.charAt(last)}`)) last += 1;
    if (last >= 2) told(block, match, numberOf(match[1] ?? match[2] ?? ''), exactly(last), report);
  }
}

const exactly = (count: number) => ({ least: count, most: count });
const open = /\b(?:etc|such as|including|for example|e\.g)\b|等/;
/** Provinces and what stands beside them by their one-character names. */
const provinces = '京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤琼川蜀贵黔云滇陕秦甘陇青蒙桂藏宁新';
const levels =
  '(?:国家|中央|省|自治区|市|区县|区|县|街道|街镇|乡镇|镇街|镇|乡|村居|居村|村|社区|居委会?|网格|楼组|户)';

const forms: readonly Form[] = [
  {
    // `a three-level (city, district and subdistrict) network`, `“five-step” (placement, …)`
    words: new RegExp(`\\b(${small})-(?:level|step|tier|stage|part)s?[”"]?\\s*\\(([^()]{5,200})\\)`, 'gi'),
    judge: (block, match, report) => {
      const list = match[2] ?? '';
      if (!/,/.test(list) || open.test(list) || /\d/.test(list)) return;
      told(block, match, numberOf(match[1] ?? ''), itemsIn(list), report);
    },
  },
  {
    // `three provinces and one municipality (Jiangsu, Anhui, Zhejiang and Shanghai)`
    words: new RegExp(
      `\\b(${small}) (provinces|districts|counties|cities|towns) and (${small}) (?:[a-z]+ )?(?:cit(?:y|ies)|municipalit(?:y|ies)|districts?|count(?:y|ies)|regions?|towns?)[”"]?(?: (?:of|in) [^(),.;]{3,60})? \\(([^()]{8,240})\\)`,
      'gi',
    ),
    judge: (block, match, report) => {
      const list = match[4] ?? '';
      if (open.test(list) || !/,/.test(list)) return;
      told(block, match, numberOf(match[1] ?? '') + numberOf(match[3] ?? ''), itemsIn(list), report);
    },
  },
  {
    // `all three plants - East, West and South - were`
    words: new RegExp(`\\b(${small}) ((?:[a-z]+ ){0,3}[a-z]+s) [-–—] ([A-Z][^-–—.;:()]{5,160}) [-–—] `, 'gu'),
    judge: (block, match, report) => {
      const list = match[3] ?? '';
      if (open.test(list) || !/,/.test(list) || /\b(?:is|are|was|were|has|have|will)\b/.test(list)) return;
      told(block, match, numberOf(match[1] ?? ''), itemsIn(list), report);
    },
  },
  {
    // `the eight counties of Xinmin, Faku … and Shenbei`
    words: new RegExp(
      `\\b(${small}) ((?:[a-z]+ ){0,2}(?:counties|districts|cities|towns|villages|provinces|countries|sub-?districts|communities|municipalities|universities|parks|plants|rivers|lakes)) of ((?:[A-Z][\\w’'-]+(?: [A-Z][\\w’'-]+){0,2}, ){2,30}(?:and )?[A-Z][\\w’'-]+(?: [A-Z][\\w’'-]+){0,2}(?:,? and [A-Z][\\w’'-]+(?: [A-Z][\\w’'-]+){0,2})?)`,
      'gu',
    ),
    judge: (block, match, report) => {
      const list = match[3] ?? '';
      if (!/ and /.test(list) || /\b(?:Province|Prefecture|Region)\b/.test(list)) return;
      told(block, match, numberOf(match[1] ?? ''), itemsIn(list), report);
    },
  },
  {
    // `Three river chiefs, Mr. Li, Mr. Wang and Ms. Zhao, were commended`
    words: new RegExp(
      `\\b(${small}) ((?:[a-z-]+ ){0,3}[a-z]+s), ((?:(?:(?:Mr|Ms|Mrs|Dr|Prof)\\. )?[A-Z][\\w’'-]*(?: [A-Z][\\w’'-]*){0,2}, ){1,12}(?:and )?(?:(?:Mr|Ms|Mrs|Dr|Prof)\\. )?[A-Z][\\w’'-]*(?: [A-Z][\\w’'-]*){0,2}(?: and (?:(?:Mr|Ms|Mrs|Dr|Prof)\\. )?[A-Z][\\w’'-]*(?: [A-Z][\\w’'-]*){0,2})?), (?:have|has|are|were|was|will|take|took)\\b`,
      'giu',
    ),
    judge: (block, match, report) => {
      const list = match[3] ?? '';
      if (
        !/ and /.test(list) ||
        !/^(?:\S+ ){0,2}\p{Lu}/u.test(list) ||
        /, [a-z]/.test(list.replace(/, and /g, ', '))
      )
        return;
      if (/\b(?:years|months|days|times)\b/.test(match[2] ?? '')) return;
      told(block, match, numberOf(match[1] ?? ''), itemsIn(list), report);
    },
  },
  {
    // `rests on three pillars – finance, technology and talent.`
    words: new RegExp(
      `\\b(${small}) ((?:[a-z-]+ ){0,3}[a-z]+s) [-–—] ([a-z][^-–—.;:()]{5,120}?)(?=\\.|;|$)`,
      'gu',
    ),
    judge: (block, match, report) => {
      const list = match[3] ?? '';
      if (open.test(list) || !/,/.test(list) || !/ and /.test(list) || /\d/.test(list)) return;
      if (/\b(?:is|are|was|were|has|have|will|can|which|that|to|by|in order|with|from)\b/.test(list)) return;
      if (/\b(?:years|months|days|times)\b/.test(match[2] ?? '')) return;
      told(block, match, numberOf(match[1] ?? ''), itemsIn(list), report);
    },
  },
  {
    // 苏浙皖沪三省一市
    words: new RegExp(`(?<!\\p{Script=Han}[省市区])([${provinces}]{3,8})(${han})省(${han})(?:市|区)`, 'gu'),
    judge: (block, match, report) =>
      told(
        block,
        match,
        numberOf(match[2] ?? '') + numberOf(match[3] ?? ''),
        exactly((match[1] ?? '').length),
        report,
      ),
  },
  {
    // `two sub-goals: “green city” and “open city”`
    words: new RegExp(
      `\\b(${small}) ((?:[a-z-]+ ){0,3}[a-z-]+s)(?::|,|: the| of| —)? ((?:[“"][^“”"]{2,60}[”"](?:, and |,? and |, ?| )?){2,14})`,
      'gi',
    ),
    judge: (block, match, report) => {
      const list = match[3] ?? '';
      const quotes = list.match(/[“"][^“”"]{2,60}[”"]/g)?.length ?? 0;
      const rest = block.text.slice(match.index + match[0].length, match.index + match[0].length + 12);
      if (/(?:,|and) ?$/.test(list) && /^[a-z]/i.test(rest) && /and $/.test(list)) return;
      if (/^\s*(?:etc|and|as well)/.test(rest) || /\b(?:years|days|times|percent)\b/.test(match[2] ?? ''))
        return;
      // `three service platforms of “a, b and c”`: names inside one pair of marks are counted elsewhere.
      if (list.split(/[“"]/).some((one) => (one.match(/,/g)?.length ?? 0) > 1)) return;
      told(block, match, numberOf(match[1] ?? ''), exactly(quotes), report);
    },
  },
  {
    // `a three-stage route of “development + evaluation + tracking”`
    words: new RegExp(
      `\\b(${small})[- ](?:stage|step|level|tier|part|in-one)[^.;“”"]{0,60}? of [“"]([^“”"+]{2,60}(?:\\+[^“”"+]{2,60}){1,7})[”"]`,
      'gi',
    ),
    judge: (block, match, report) =>
      told(block, match, numberOf(match[1] ?? ''), exactly((match[2] ?? '').split('+').length), report),
  },
  {
    // “政府+企业+社会”三位一体, “a、b、c”三大原则
    words: new RegExp(
      `“([^“”]{3,90})”(?:等|的)?(${han})(?:化|位一体|大|项|个|种|级|方面|结合|重)(?=\\p{Script=Han})`,
      'gu',
    ),
    judge: (block, match, report) => {
      const list = match[1] ?? '';
      const mark = list.includes('、') ? '、' : /[+＋]/.test(list) ? /[+＋]/ : null;
      if (mark === null || /等/.test(match[0].slice(list.length)) || open.test(list) || /[，。；]/.test(list))
        return;
      const items = list.split(mark);
      const joined = /[和及与]/.test(items.at(-1) ?? '') ? 1 : 0;
      told(
        block,
        match,
        numberOf(match[2] ?? ''),
        { least: items.length, most: items.length + joined },
        report,
      );
    },
  },
  {
    // 市、区、街道、村四级网络
    words: new RegExp(`((?:${levels}[、和与/]){1,6}${levels})(等)?(${han})级(?!以|地|保|资|河|重|公)`, 'gu'),
    judge: (block, match, report) => {
      if (match[2] !== undefined) return;
      told(
        block,
        match,
        numberOf(match[3] ?? ''),
        exactly((match[1] ?? '').split(/[、和与/]/).length),
        report,
      );
    },
  },
  {
    // 五个工作组（综合协调组、宣传组、论坛组、后勤组）
    words: new RegExp(
      `(${han}|(?<!\\d)\\d{1,2})(?:个|项|大|类|种|条|支|家|座)(\\p{Script=Han}{1,10})[（(]([^（）()]{5,200})[）)]`,
      'gu',
    ),
    judge: (block, match, report) => {
      const list = match[3] ?? '';
      if (!list.includes('、') || open.test(list) || /[，。；：\d]|其中|包括|含|每/.test(list)) return;
      const items = list.split('、');
      const noun = (match[2] ?? '').at(-1) ?? '';
      const alike = items.every((item) => item.endsWith(noun));
      const joins = items.reduce((sum, item) => sum + item.split(/[和及与]/).length - 1, 0);
      told(
        block,
        match,
        numberOf(match[1] ?? ''),
        { least: items.length, most: alike ? items.length : items.length + joins },
        report,
      );
    },
  },
];
