import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { hanDigits, numberWords } from '../read/units.ts';
import { placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

/** `three-year plan (2017-2020)`, `for five consecutive years in 2017-2020`: words of length against the years given. */
export function checkPeriods(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    consecutive(sentence, report);
    named(sentence, report);
    fiveYears(sentence, report);
    spanned(sentence, report);
    yearsApart(sentence, report);
    thatIs(sentence, report);
    lasting(sentence, report);
  }
  return report;
}

const numberOf = (word: string): number => numberWords.get(word) ?? Number(word);

function consecutive(sentence: Sentence, report: Report): void {
  const form =
    /\b(?:for|over)? ?([a-z]+|\d{1,2}) consecutive (?:years|sessions)|\b(?:for|over)? ?consecutive ([a-z]+|\d{1,2}) years|连续([两二三四五六七八九十]|\d{1,2})年/gi;
  for (let match = form.exec(sentence.text); match !== null; match = form.exec(sentence.text)) {
    const word = (match[1] ?? match[2] ?? match[3] ?? '').toLowerCase();
    const number = hanDigits.get(word) ?? numberOf(word);
    if (!Number.isFinite(number) || number < 2) continue;
    const at = match.index;
    const range = sentence.times.find(({ first, last, start }) => last > first && Math.abs(start - at) < 160);
    if (range === undefined) continue;
    const computed = range.last - range.first + 1;
    const between = wordsBetween(sentence, Math.min(range.end, at), Math.max(range.start, at));
    if (/;|。/.test(between)) continue;
    const places = [
      placeIn(
        sentence.block,
        sentence.start + Math.min(at, range.start),
        sentence.start + Math.max(at + match[0].length, range.end),
      ),
    ];
    const values = {
      stated: match[0].trim(),
      range: `${range.first}–${range.last}`,
      computed: String(computed),
    };
    if (computed === number) report.checked.push({ rule: 'period.length', places, values });
    else report.findings.push({ rule: 'period.length', places, values });
  }
}

function named(sentence: Sentence, report: Report): void {
  const form =
    /\b([a-z]+|\d{1,2})-year ((?:[A-Za-z-]+ ){0,9}(?:plan|project|program|programme|campaign|action)(?: [a-z]+){0,6})(?:\s?\(| (?:covers?|covering|runs?|spans?|lasts?)(?: the years| from)? )(\d{4})(?:[-–—]| to | through )(\d{4})\b|([两三四五六七八九十]|\d{1,2})年(?:行动)?(?:规划|计划|方案|工程)[》]?[(（](\d{4})[-–—](\d{4})年?[)）]/gi;
  for (let match = form.exec(sentence.text); match !== null; match = form.exec(sentence.text)) {
    const [, word = '', , from = match[6], to = match[7], han] = match;
    const number = han === undefined ? numberOf(word.toLowerCase()) : (hanDigits.get(han) ?? Number(han));
    const computed = Number(to) - Number(from) + 1;
    if (!Number.isFinite(number) || !Number.isFinite(computed) || number < 2) continue;
    const places = [
      placeIn(sentence.block, sentence.start + match.index, sentence.start + match.index + match[0].length),
    ];
    const values = {
      stated: han === undefined ? `${word}-year` : `${han}年`,
      range: `${from}–${to}`,
      computed: String(computed),
    };
    if (computed === number) report.checked.push({ rule: 'period.length', places, values });
    else report.findings.push({ rule: 'period.length', places, values });
  }
}

const planStarts: Readonly<Record<string, number>> = {
  十五: 2001,
  十一五: 2006,
  十二五: 2011,
  十三五: 2016,
  十四五: 2021,
};

/** “十三五”期间（2016—2021年）, `the 13th Five-Year Plan period (2015-2019)`: plans of five years have their years. */
function fiveYears(sentence: Sentence, report: Report): void {
  const form =
    /[“"](十[一二三四]?五)[”"](?:规划)?(?:时期|期间)?[（(]((?:19|20)\d\d)年?[-–—~至到]((?:19|20)\d\d)年?[)）]|\b(1[0-4])th Five[- ]Year Plan (?:period )?\(((?:19|20)\d\d)[-–—]((?:19|20)\d\d)\)/g;
  for (const match of sentence.text.matchAll(form)) {
    const start = match[1] === undefined ? 2016 + (Number(match[4]) - 13) * 5 : planStarts[match[1]];
    const [from, to] = [Number(match[2] ?? match[5]), Number(match[3] ?? match[6])];
    if (start === undefined || (from === start && to === start + 4)) continue;
    // The English words of length are judged by `named`.
    if (match[4] !== undefined && to - from !== 4) continue;
    const at = sentence.start + match.index;
    const places = [placeIn(sentence.block, at, at + match[0].length)];
    report.findings.push({
      rule: 'series.span',
      places,
      values: {
        name: match[1] === undefined ? `${match[4]}th Five-Year Plan` : `“${match[1]}”`,
        one: `${from}–${to}`,
        other: `${start}–${start + 4}`,
      },
    });
  }
}

/** `in the four years from 2015 to 2021`, 从2015年到2021年的四年间: as many years as steps, or one more. */
function spanned(sentence: Sentence, report: Report): void {
  const form =
    /\b([a-z]+|\d{1,2}) years (?:from|between) ((?:19|20)\d\d) (?:to|and) ((?:19|20)\d\d)\b|((?:19|20)\d\d)年?[-–—~至到]((?:19|20)\d\d)年(?:[)）])?[，,]?(?:的|这)?([两二三四五六七八九十]|\d{1,2})年(?:间|来|里|内|中|共|累计|合计)/gi;
  for (const match of sentence.text.matchAll(form)) {
    const word = (match[1] ?? match[6] ?? '').toLowerCase();
    const number = hanDigits.get(word) ?? numberOf(word);
    const [from, to] = [Number(match[2] ?? match[4]), Number(match[3] ?? match[5])];
    if (!Number.isFinite(number) || number < 2 || to <= from) continue;
    const at = sentence.start + match.index;
    const places = [placeIn(sentence.block, at, at + match[0].length)];
    const values = {
      stated: match[1] === undefined ? `${word}年` : `${word} years`,
      range: `${from}–${to}`,
      computed: String(to - from + 1),
    };
    // What is summed up over a span is summed over all of its years.
    const all = /(?:共|累计|合计)$/.test(match[0]);
    if (number === to - from + 1 || (number === to - from && !all))
      report.checked.push({ rule: 'period.length', places, values });
    else report.findings.push({ rule: 'period.length', places, values });
  }
}

/** `Between 2012 and 2022, that is within ten years`: the length told behind its years. */
function thatIs(sentence: Sentence, report: Report): void {
  const form =
    /\b(?:from|between) ((?:19|20)\d\d) (?:to|and) ((?:19|20)\d\d), (?:that is|i\.e\.,?|or|thus|so)(?: in| within| over)? (?:just |only )?([a-z]+|\d{1,2}) years\b|((?:19|20)\d\d)年?[-–—~至到]((?:19|20)\d\d)年?[，,]即([两二三四五六七八九十]|\d{1,2})年/gi;
  for (const match of sentence.text.matchAll(form)) {
    const word = (match[3] ?? match[6] ?? '').toLowerCase();
    const number = hanDigits.get(word) ?? numberOf(word);
    const steps = Number(match[2] ?? match[5]) - Number(match[1] ?? match[4]);
    if (!Number.isFinite(number) || number < 2 || steps < 1) continue;
    const at = sentence.start + match.index;
    const places = [placeIn(sentence.block, at, at + match[0].length)];
    const range = `${match[1] ?? match[4]}–${match[2] ?? match[5]}`;
    const values = {
      stated: match[3] === undefined ? `${word}年` : `${word} years`,
      range,
      computed: String(steps),
    };
    if (number === steps || number === steps + 1)
      report.checked.push({ rule: 'period.length', places, values });
    else report.findings.push({ rule: 'period.length', places, values });
  }
}

/** `opened in 2017, three years after building began in 2015`: the distance of two years. */
function yearsApart(sentence: Sentence, report: Report): void {
  const form =
    /\b(?:in|by) ((?:19|20)\d\d), (?:just |only )?([a-z]+|\d{1,2}) years (after|before|later than|earlier than) [^.;,]{0,60}\bin ((?:19|20)\d\d)\b/gi;
  for (const match of sentence.text.matchAll(form)) {
    const [all, one = '', word = '', way = '', other = ''] = match;
    const number = numberOf(word.toLowerCase());
    if (!Number.isFinite(number)) continue;
    const computed = /after|later/i.test(way) ? Number(one) - Number(other) : Number(other) - Number(one);
    const at = sentence.start + match.index;
    const places = [placeIn(sentence.block, at, at + all.length)];
    const values = { stated: `${word} years`, range: `${other}–${one}`, computed: String(computed) };
    if (computed === number) report.checked.push({ rule: 'period.length', places, values });
    else report.findings.push({ rule: 'period.length', places, values });
  }
}

/** `runs for ten years, from 2021 to 2035`, 期限为十年，从2021年到2035年: a length and its own years. */
function lasting(sentence: Sentence, report: Report): void {
  const form =
    /\b(?:runs?|lasts?|spans?|covers?|period of|valid|extends?)(?: for| over)? ([a-z]+|\d{1,2}) years,? (?:from|between) ((?:19|20)\d\d) (?:to|until|through|and) ((?:19|20)\d\d)\b|(?:期限|期|为期|历时|周期)(?:为|共|是)?([两二三四五六七八九十]{1,2}|\d{1,2})年[，,（(](?:从|自|由)?((?:19|20)\d\d)年?(?:到|至|[-–—])((?:19|20)\d\d)年?/gi;
  for (const match of sentence.text.matchAll(form)) {
    const word = (match[1] ?? match[4] ?? '').toLowerCase();
    const number = hanDigits.get(word) ?? numberOf(word);
    const apart = Number(match[3] ?? match[6]) - Number(match[2] ?? match[5]);
    if (!Number.isFinite(number) || number < 2 || apart < 1) continue;
    const places = [
      placeIn(sentence.block, sentence.start + match.index, sentence.start + match.index + match[0].length),
    ];
    const range = `${match[2] ?? match[5]}–${match[3] ?? match[6]}`;
    const values = {
      stated: match[4] === undefined ? `${word} years` : `${word}年`,
      range,
      computed: String(apart + 1),
    };
    if (number === apart || number === apart + 1)
      report.checked.push({ rule: 'period.length', places, values });
    else report.findings.push({ rule: 'period.length', places, values });
  }
}
