import { compare } from '../../model/index.ts';
import type { Draft } from '../finding.ts';
import { directionOf } from '../read/direction.ts';
import { interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { type Endpoints, endpointsOf } from './endpoints.ts';
import { type ChangeClaim, judge } from './judge.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

/** Compares every stated change with its end values. */
export function checkChanges(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    const pairs = endpointsOf(sentence);
    for (const pair of pairs) {
      const mean = averageLeaps(sentence, pair);
      if (mean !== null) report.findings.push(mean);
      const direction = directionFinding(sentence, pair);
      if (direction !== null) report.findings.push(direction);
      for (const change of changesNear(sentence, pair, pairs)) judge(change, report);
    }
  }
  return report;
}

const yearlyWords =
  /average annual|annual average|annually|per year|per annum|a year|yearly|each year|annual (?:growth|increase|decrease|decline)|年均|每年|平均每年/;

function changesNear(sentence: Sentence, pair: Endpoints, pairs: readonly Endpoints[]): ChangeClaim[] {
  const { quantities } = sentence;
  const first = Math.min(quantities.indexOf(pair.from), quantities.indexOf(pair.to));
  const last = Math.max(quantities.indexOf(pair.from), quantities.indexOf(pair.to));
  const taken = new Set(pairs.flatMap(({ from, to }) => [from, to]));
  const nextPair = pairs
    .map(({ from, to }) => Math.min(quantities.indexOf(from), quantities.indexOf(to)))
    .filter((index) => index > last)
    .sort((a, b) => a - b)[0];
  const claims: ChangeClaim[] = [];
  const consider = (index: number, lead: string) => {
    const change = quantities[index];
    if (change === undefined || taken.has(change)) return;
    // 由38条调整为52条，增加14条: the distance of two counts, with their measure word.
    const measure = sentence.text.charAt(change.end);
    const counts =
      change.dimension === 'count' &&
      pair.from.dimension === 'count' &&
      /\p{Script=Han}/u.test(measure) &&
      measure === sentence.text.charAt(pair.to.end) &&
      /(?:增加|减少|净增)了?\s*$/.test(lead);
    if (!counts && !isChangeUnit(change, pair)) return;
    const after = wordsBetween(sentence, change.end, change.end + 24);
    const yearly =
      yearlyWords.test(lead) || /^\s*(?:per year|annually|a year|per annum|each year)/.test(after);
    const periods = periodsOf(sentence, pair);
    const plan = periods === null && /十[一二三四]五|\b1[1-4]th five-year plan\b/i.test(sentence.text);
    const steps = plan ? { periods: 5, orPeriods: 4 } : { periods };
    claims.push({ sentence, from: pair.from, to: pair.to, change, yearly, lead, ...steps });
  };
  // `increased by C from A to B`
  const before = quantities[first - 1];
  if (before !== undefined) {
    const lead = wordsBetween(sentence, quantities[first - 2]?.end ?? 0, before.start);
    const between = wordsBetween(sentence, before.end, quantities[first]?.start ?? 0);
    if ((byWords.test(lead.slice(-40)) || moved.test(lead.slice(-24))) && between.length < 40)
      consider(first - 1, lead);
  }
  // `from A to B, a growth of C`
  for (
    let index = last + 1;
    index < Math.min(quantities.length, nextPair ?? quantities.length, last + 3);
    index += 1
  ) {
    const change = quantities[index];
    if (change === undefined) break;
    const lead = wordsBetween(sentence, quantities[index - 1]?.end ?? 0, change.start);
    if (lead.length > 110) break;
    if (newSubject.test(lead)) break;
    const open = lead.slice(lead.lastIndexOf(';') + 1);
    const passed = quantities[index - 1];
    if (
      index > last + 1 &&
      passed !== undefined &&
      !['percent', 'points', 'times', 'years', 'duration'].includes(passed.dimension)
    )
      break;
    if (/[;；]|。|\bwhile\b|\bthe (?:proportion|number|amount|share|rate)\b/.test(lead)) break;
    if (changeWords.test(open.slice(-90)) || isMultiple(sentence, change, open)) consider(index, open);
    else if (index === last + 1 && /^(?: in (?:19|20)\d\d)?\s*[(（]\s*[+-]?\s*$/.test(open))
      consider(index, open);
  }
  return claims;
}

/** `…, and per unit of value added it fell by`: the change belongs to what is named after the comma. */
export const newSubject =
  /, (?:and|but) (?!by\b|up\b|down\b|an?\b|the (?:average|annual|growth|rate)\b|average\b|its\b|thus\b|then\b|it\b)[^,;]{6,80}\b(?:fell|rose|grew|increased|decreased|dropped|declined|climbed)\b/;

/** `…, 6.2 times that of 2015`, 是2015年的5倍: a ratio told behind its ends. */
export function isMultiple(sentence: Sentence, change: Quantity, lead: string): boolean {
  if (change.dimension !== 'times') return false;
  const after = wordsBetween(sentence, change.end, change.end + 30);
  return (
    /^\s*(?:that (?:of|in)|those (?:of|in)|the (?:level|figure|number|amount|value) (?:of|in)|as (?:much|many|high))\b/.test(
      after,
    ) || /(?:[是为]|相当于|达到?)[^，。；]{0,10}的?\s*$/.test(lead)
  );
}

const byWords =
  /(?:\bby|\bup|\bdown|\brate of|\b(?:increase|growth|rise|decrease|decline|drop|reduction) of)(?: \S+){0,3}\s*$|(?:增长|增加|提高|上升|提升|下降|减少|降低|增长了|提高了|下降了|减少了|增加了)\S{0,3}\s*$/;
/** `dropped 39 % (from …`: a verb with its amount. */
const moved =
  /\b(?:rose|grew|fell|dropped|increased|decreased|declined|climbed|surged|jumped|shrank)(?: (?:about|nearly|over|almost))?\s*$/;
/** What introduces a change that stands behind its ends. */
export const changeWords =
  /(?:\b(?:growing|rising|increasing|falling|declining|decreasing)(?: by| at)?|\b(?:growth|increase) (?:rate )?(?:averaged|averaging|amounted to)|\bby|\bup|\bdown|\brate of|\brate reached|\brate was|\bor|\b(?:increase|growth|rise|decrease|decline|drop|reduction|fall|expansion|improvement|jump|surge|gain) (?:rate )?(?:of|reaching|reached|was))(?: (?:up|by|to|about|nearly|over|almost|around|approximately|more|than|some|a|an|total|of|an average|average)){0,4}\s*$|(?:增长|增加|提高|上升|提升|下降|减少|降低|缩小|扩大|延长|缩短|增幅|降幅|增速)[了为达约近超]{0,2}\s*$/;

function isChangeUnit(change: Quantity, { from }: Endpoints): boolean {
  // 由2.28缩小到2.14，缩小0.14: numbers with decimals count nothing.
  if (change.dimension === 'count' && from.dimension === 'count')
    return /\./.test(change.written) && /\./.test(from.written);
  if (['percent', 'points', 'times'].includes(change.dimension)) return true;
  return change.dimension === from.dimension && from.dimension !== 'count';
}

function periodsOf(sentence: Sentence, { from, to }: Endpoints): number | null {
  const own = (quantity: Quantity) =>
    sentence.times.find(
      (time) => time.start >= quantity.end && time.start - quantity.end < 14 && time.first === time.last,
    );
  // Chinese puts the year before its value: 由2015年的4.9万元增加到2021年的7.8万元.
  const before = (quantity: Quantity) =>
    sentence.times.findLast(
      (time) => time.end <= quantity.start && quantity.start - time.end < 3 && time.first === time.last,
    );
  const [a, b] = [before(from) ?? own(from), before(to) ?? own(to)];
  if (a !== undefined && b !== undefined && b.first > a.first) return b.first - a.first;
  const earlier = sentence.times.filter(({ start }) => start < Math.min(from.start, to.start));
  const behind = sentence.times.find(
    (time) =>
      time.last > time.first &&
      time.start > Math.max(from.end, to.end) &&
      /[(（]\s*$/.test(wordsBetween(sentence, time.start - 2, time.start)),
  );
  const range = behind ?? earlier.findLast(({ first, last }) => last > first);
  if (range !== undefined) return range.last - range.first;
  const [one, two] = earlier.slice(-2);
  if (one !== undefined && two !== undefined && two.first > one.first && two.start - one.end < 12)
    return two.first - one.first;
  return null;
}

function directionFinding(sentence: Sentence, { from, to, lead }: Endpoints): Draft | null {
  const { direction, word } = directionOf(lead.slice(-80));
  if (direction === null) return null;
  const [a, b] = [interval(from), interval(to)];
  const wrong = direction === 'up' ? compare(b.high, a.low) < 0 : compare(b.low, a.high) > 0;
  if (!wrong || /rank|place|position|第|名/.test(lead.slice(-80))) return null;
  return {
    rule: 'change.direction',
    places: [placeOf(sentence, from, to)],
    values: { words: word, from: said(sentence, from), to: said(sentence, to) },
  };
}

/** `From 2015 to 2021, the annual average amount of exports leaped from A to B`: one average has no two ends. */
function averageLeaps(sentence: Sentence, { from, to, lead }: Endpoints): Draft | null {
  const span = sentence.times.find(({ first, last, end }) => last > first && end <= from.start);
  const words =
    /\b(?:annual|yearly) average (?:amount|number|value|volume|output|area)\b|年均(?=[^，。；增降]{1,16}[由从])/.exec(
      lead.slice(-160),
    );
  if (span === undefined || words === null || directionOf(lead.slice(-80)).direction === null) return null;
  return {
    rule: 'change.wording',
    places: [placeOf(sentence, from, to)],
    values: {
      words: words[0],
      range: `${span.first}–${span.last}`,
      from: said(sentence, from),
      to: said(sentence, to),
    },
  };
}
