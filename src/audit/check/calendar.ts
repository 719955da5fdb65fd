import type { Reading, Sentence } from '../read/reading.ts';
import { type Block, placeIn } from '../text.ts';
import { type Endpoints, endpointsOf } from './endpoints.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

/** Years that cannot be: a span that ends before it begins, a year of another age, a list of years out of its order. */
export function checkCalendar(reading: Reading): Report {
  const report = emptyReport();
  for (const block of reading.blocks) {
    if (block.kind === 'contents' || !/\d{4}|月\d|\d月/.test(block.text)) continue;
    backwards(block, report);
    strange(block, report);
    days(block, report);
  }
  for (const sentence of reading.sentences) {
    for (const pair of sentence.times.length < 2 ? [] : endpointsOf(sentence)) dated(sentence, pair, report);
    if (sentence.block.kind === 'row' || sentence.times.length < 5) continue;
    const single = sentence.times.filter(({ first, last }) => first === last);
    const odd = outOfOrder(single.map(({ first }) => first));
    const mark = odd === null ? undefined : single[odd];
    if (mark === undefined) continue;
    report.findings.push({
      rule: 'date.order',
      places: [placeIn(sentence.block, sentence.start + mark.start, sentence.start + mark.end)],
      values: { years: single.map(({ first }) => first).join(', '), odd: String(mark.first) },
    });
  }
  return report;
}

/** A year is four digits that are no part of a longer number, amount or code. */
const spans =
  /(?<![\d.,/–—-])((?:19|20)\d\d)(?: ?[-–—~～] ?| to (?=(?:19|20)\d\d(?![\d,]\d))|年?[-–—~至到])((?:19|20)\d\d)(?![\d.,/]?\d|[-–—]\d)/g;

function backwards(block: Block, report: Report): void {
  for (const match of block.text.matchAll(spans)) {
    const [words, first = '', last = ''] = match;
    if (Number(first) < Number(last)) continue;
    const before = block.text.slice(Math.max(0, match.index - 30), match.index);
    // Standards and documents carry a number and a year: `GB2002-3838`, `DB31/2010-2008`.
    if (/[A-Z/.]\s?$|No\.? ?$|[号第]$/.test(before)) continue;
    if (/ to /.test(words) && !/\b(?:from|during|between)\s+$/i.test(before)) continue;
    report.findings.push({
      rule: 'date.range',
      places: [placeIn(block, match.index, match.index + words.length)],
      values: { words: words.trim(), first, last },
    });
  }
}

/** `from 1.438 million in 2015 to 1.366 million in 2012`: ends with their own years, the later first. */
function dated(sentence: Sentence, { from, to }: Endpoints, report: Report): void {
  const own = ({ end }: { readonly end: number }) =>
    sentence.times.find(({ start, first, last }) => first === last && start >= end && start - end < 12);
  const [a, b] = [own(from), own(to)];
  if (a === undefined || b === undefined || a === b || a.first < b.first) return;
  report.findings.push({
    rule: 'date.range',
    places: [placeOf(sentence, from, to, b)],
    values: {
      words: `${said(sentence, from)} (${a.first}) – ${said(sentence, to)} (${b.first})`,
      first: String(a.first),
      last: String(b.first),
    },
  });
}

const ages =
  /\b(?:in|by|since|until|till|(?:end|beginning|half|quarter) of|from|to) (\d{4})(?=[,;]?(?: [a-z(]|$)|\. ?[A-Z]|\.$)(?! ?(?:m|km|kw|mw|t|tons?|yuan|people|households|million|billion|mu|hectares?|square|cubic|percent|units?|sets?|students|enterprises|projects|residents|persons|vehicles|buses|meters?|years?|days|hours|times|cases|items|places|beds|seats|jobs|families|villages|companies|members|participants|visitors)\b)|[到在于至自从截]\s?\*{0,2}(\d{4})\*{0,2}年(?=[底末初，,、内\d]|上半年|前|以来|$)/gi;

function strange(block: Block, report: Report): void {
  for (const match of block.text.matchAll(ages)) {
    const written = match[1] ?? match[2] ?? '';
    const year = Number(written);
    if (year <= 2100 || /000$/.test(written)) continue;
    const at = match.index + match[0].indexOf(written);
    // A date or a span of dates: an amount after `to` has a noun after it.
    if (match[2] === undefined && /^(?:from|to)\b/i.test(match[0]) && !/^,/.test(block.text.slice(at + 4)))
      continue;
    report.findings.push({
      rule: 'value.impossible',
      places: [placeIn(block, at, at + 4)],
      values: { stated: written, thing: '@thing.year', reason: '@reason.year' },
    });
  }
}

const monthNames =
  'january february march april may june july august september october november december'.split(' ');
const dates =
  /\b(January|February|March|April|May|June|July|August|September|October|November|December) (\d{1,2})(?:st|nd|rd|th)?(?:, (\d{4}))?(?![\d%]|[.,]\d| (?:million|percent))|(?<![\d.,])(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December)(?: (\d{4}))?|(?:(\d{4})年)?(?<![\d.])(\d{1,2})月(?:(\d{1,2})[日号])?/g;

/** October 51, 30 February, 13月: no calendar has such a day. */
function days(block: Block, report: Report): void {
  for (const match of block.text.matchAll(dates)) {
    const [words, name = match[5], day = match[4] ?? match[9], year = match[3] ?? match[6] ?? match[7]] =
      match;
    const month = name === undefined ? Number(match[8]) : monthNames.indexOf(name.toLowerCase()) + 1;
    const of = day === undefined ? 1 : Number(day);
    if (name === undefined && /[个]$/.test(block.text.slice(Math.max(0, match.index - 1), match.index)))
      continue;
    const longest =
      month < 1 || month > 12
        ? 0
        : new Date(Date.UTC(year === undefined ? 2020 : Number(year), month, 0)).getUTCDate();
    if (of >= 1 && of <= longest) continue;
    report.findings.push({
      rule: 'value.impossible',
      places: [placeIn(block, match.index, match.index + words.length)],
      values: { stated: words, thing: '@thing.date', reason: '@reason.day' },
    });
  }
}

/** The position of the one year inside a rising row of five or more that does not rise, if there is exactly one such. */
function outOfOrder(years: readonly number[]): number | null {
  if (years.length < 5) return null;
  const rising = (row: readonly number[]) => row.every((year, at) => at === 0 || year > (row[at - 1] ?? 0));
  if (rising(years)) return null;
  const candidates = years.flatMap((_, odd) => (rising(years.filter((_, at) => at !== odd)) ? [odd] : []));
  // Of two neighbours in the wrong order either may be the wrong one; the later is named.
  const odd = candidates.at(-1);
  if (odd === undefined || candidates.length > 2 || odd === 0 || odd === years.length - 1) return null;
  // The same year twice is no slip: two things of one year.
  return years.filter((year) => year === years[odd]).length > 1 ? null : odd;
}
