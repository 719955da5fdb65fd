import { compare } from '../../model/index.ts';
import { directionOf } from '../read/direction.ts';
import { baseInterval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { changeWords, isMultiple, newSubject } from './change.ts';
import { timeOf } from './context.ts';
import { endpointsOf } from './endpoints.ts';
import { judge } from './judge.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';
import { stem } from './words.ts';

/** An end told with its start by way of comparison, not of motion: `B, compared with A in 2015`, `A in 2010 and B in 2020`. */
interface Comparison {
  readonly from: Quantity;
  readonly to: Quantity;
  readonly periods: number | null;
}

/** Changes beside two values that are compared, where no `from … to` joins them. */
export function checkComparisons(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length < 2) continue;
    const joined = new Set(endpointsOf(sentence).flatMap(({ from, to }) => [from, to]));
    for (const pair of [...comparedIn(sentence), ...datedIn(sentence)]) {
      const held = joined.has(pair.from) || joined.has(pair.to);
      if (held && !holdsChange(sentence, pair)) continue;
      joined.add(pair.from).add(pair.to);
      if (!held && opposed(sentence, pair, report)) continue;
      const told = changeBeside(sentence, pair);
      if (told !== null) judge({ sentence, ...pair, ...told }, report);
    }
  }
  return report;
}

const noLevel = new Set(['times', 'points', 'duration', 'permille']);

/** Whether a number can be a level that is compared: no change, no range, no multiple. */
function level(sentence: Sentence, quantity: Quantity): boolean {
  if (noLevel.has(quantity.dimension) || quantity.upper !== undefined || quantity.value.n <= 0n) return false;
  if (quantity.dimension === 'years' && !quantity.written.includes('.')) return false;
  const lead = wordsBetween(sentence, Math.max(0, quantity.start - 30), quantity.start);
  const after = wordsBetween(sentence, quantity.end, quantity.end + 16);
  // `the recycling rate was`: a level; `the growth rate was`: a change.
  // `went down to 35`: where the way ends is a level.
  if (/\b(?:down|up|fell|rose|dropped|climbed) to (?:about |just |only )?$/.test(lead)) return true;
  const rate =
    /\brate (?:was|reached|of)\s*$/.test(lead) && !/\b(?:growth|increase|decrease|annual)\b/.test(lead);
  return (rate || !changeWords.test(lead)) && !/^\s*(?:higher|lower|more|less|fewer)\b/.test(after);
}

const kin = (a: Quantity, b: Quantity): boolean => a.dimension === b.dimension && a.unit === b.unit;

const beside =
  /\b(?:compared (?:with|to)|as against|against|versus|up from|down from|from|over (?=the\b))\s*(?:the |only |just |about |some )*$|(?:较|比|与|同)(?:上年|去年|上一年|\d{4}年)?(?:同期|末|底)?的$|(?:较|比|与|同)(?:上年|去年|上一年|\d{4}年)(?:同期|末|底)?$|[是为](?:上年|\d{4}年)[（(]$/;

/** `167,000, compared with 126,000 in 2015`; 91.8%，较2015年的75.4%上升: the value compared and the one before it. */
function comparedIn(sentence: Sentence): Comparison[] {
  return sentence.quantities.flatMap((from, index): Comparison[] => {
    const last = sentence.quantities[index - 1];
    if (last === undefined || !level(sentence, from)) return [];
    const lead = wordsBetween(sentence, Math.max(last.end, from.start - 40), from.start);
    const than =
      /\b(?:higher|lower|more|less|fewer) than (?:the |its |that of )?(?:level |figure |number )?(?:of )?$/.test(
        lead,
      );
    if (!than && !beside.test(lead)) return [];
    if (/\d{4}年(?:同期|末|底)?$/.test(lead)) return [];
    const to = sentence.quantities
      .slice(0, index)
      .findLast((quantity) => kin(quantity, from) && level(sentence, quantity));
    if (to === undefined) return [];
    const between = wordsBetween(sentence, to.end, from.start);
    if (between.length > 90 || /[;；。]/.test(between) || newSubject.test(between)) return [];
    if (/, (?:while|and|but|whereas)\b|，(?:而|同时)/.test(between) && !/而$/.test(between)) return [];
    const [a, b] = [timeOf(sentence, from), timeOf(sentence, to)];
    const years = a !== null && b !== null && b.last > a.last ? b.last - a.last : null;
    return [{ from, to, periods: years }];
  });
}

/** A year said by its place: 上年, `the previous year`. */
const yearBefore = /(?:上年|去年|上一年)(?:同期)?(?:为|是|仅|有|共有|只有|仅为)?\s*$/;

/** 12.6万张，2021年增加到16.7万张: the same thing goes on. */
const goneTo =
  /^\p{Script=Han}?[，,]\s*(?:到|至|截至)?(?:\d{4}年)?(?:目前|现)?(?:底|末)?已?(?:增加|增长|提高|上升|减少|降低|下降|压减|扩大|增|减|降|升)[到至为]$/u;

/** `1.58 million in 2010 and 1.91 million in 2020`; 2015年为312公里，2021年达到1306公里: two values with their own years. */
function datedIn(sentence: Sentence): Comparison[] {
  const levels = sentence.quantities.filter((quantity) => level(sentence, quantity));
  return levels.flatMap((b, index): Comparison[] => {
    const a = levels[index - 1];
    if (a === undefined || !kin(a, b)) return [];
    // A third value of the kind makes it a list.
    if (levels.filter((other) => kin(other, b)).length !== 2) return [];
    const between = wordsBetween(sentence, a.end, b.start);
    if (between.length > 110 || /[。]/.test(between)) return [];
    const [s, t] = [ownYear(sentence, a), ownYear(sentence, b)];
    const [x, y] = [nounAfter(sentence, a), nounAfter(sentence, b)];
    if (a.dimension === 'count' && x !== '' && y !== '' && x !== y) return [];
    if (goneTo.test(between)) return [{ from: a, to: b, periods: null }];
    if (yearBefore.test(between)) return [{ from: b, to: a, periods: 1 }];
    if (s === null || t === null || s === t) return [];
    return [s < t ? { from: a, to: b, periods: t - s } : { from: b, to: a, periods: s - t }];
  });
}

/** The single year that stands just before or just behind a number. */
function ownYear(sentence: Sentence, { start, end }: Quantity): number | null {
  const behind = sentence.times.find(
    (time) =>
      time.first === time.last &&
      time.start >= end &&
      /^(?: [a-z-]+){0,3} (?:in|by|at the end of|by the end of)\s*$|^\s*[(（]\s*$/.test(
        wordsBetween(sentence, end, time.start),
      ),
  );
  if (behind !== undefined) return behind.first;
  const before = sentence.times.findLast((time) => time.end <= start);
  if (before === undefined || before.first !== before.last) return null;
  const way = wordsBetween(sentence, before.end, start);
  const crossed = sentence.quantities.some((other) => other.start >= before.end && other.end <= start);
  return way.length < 60 && !crossed && !/[;；。]/.test(way) ? before.first : null;
}

/** The thing counted, as a stem or two Chinese characters. */
function nounAfter(sentence: Sentence, { end }: Quantity): string {
  const tail = wordsBetween(sentence, end, end + 24);
  const latin = /^ ([a-z-]{3,20})/.exec(tail)?.[1];
  if (latin !== undefined)
    return /^(?:in|by|and|from|with|compared|during|respectively)$/.test(latin) ? '' : stem(latin);
  return /^(\p{Script=Han})(?=[，,。、（]|$)/u.exec(tail)?.[1] ?? '';
}

/** `was reduced to 0.9 million, compared with 0.7 million`: a verb against the two values. */
function opposed(sentence: Sentence, { from, to }: Comparison, report: Report): boolean {
  const before = wordsBetween(sentence, Math.max(0, to.start - 36), to.start);
  const verb = /(?:\bto\b(?: \S+){0,2}|[到至])\s*$/.test(before) ? directionOf(before) : null;
  if (verb === null || verb.direction === null || from.start < to.start) return false;
  const [a, b] = [baseInterval(from), baseInterval(to)];
  const wrong = verb.direction === 'up' ? compare(b.high, a.low) < 0 : compare(b.low, a.high) > 0;
  if (!wrong || /rank|place|position|第|名/.test(before)) return false;
  report.findings.push({
    rule: 'change.direction',
    places: [placeOf(sentence, from, to)],
    values: { words: verb.word, from: said(sentence, from), to: said(sentence, to) },
  });
  return true;
}

/** Whether a change stands between the two: `40.0 %, up 9.4 % from 30.6 %` is joined by `from`, and nobody else reads it. */
function holdsChange(sentence: Sentence, { from, to }: Comparison): boolean {
  const [a, b] = [sentence.quantities.indexOf(to), sentence.quantities.indexOf(from)];
  return b - a === 2;
}

const yearly = /average annual|annual average|annually|per year|a year|yearly|each year|年均|每年/;

/** The change told beside two values: between them, `up 9.4 % from`, or just behind the second. */
function changeBeside(
  sentence: Sentence,
  { from, to }: Comparison,
): { readonly change: Quantity; readonly yearly: boolean; readonly lead: string } | null {
  const [first, second] = from.start < to.start ? [from, to] : [to, from];
  const { quantities } = sentence;
  const inside = quantities.slice(quantities.indexOf(first) + 1, quantities.indexOf(second));
  const next = quantities[quantities.indexOf(second) + 1];
  for (const change of [...inside, ...(next === undefined ? [] : [next])]) {
    const last = quantities[quantities.indexOf(change) - 1];
    const lead = wordsBetween(sentence, last?.end ?? 0, change.start);
    const after = wordsBetween(sentence, change.end, change.end + 24);
    if (lead.length > 70 || /[;；。]/.test(lead) || newSubject.test(lead)) return null;
    const gap =
      /^\s*(?:(?:higher|lower|more|less|fewer) than\b|(?:more|less|fewer|higher|lower)\s*[,.;]?\s*$)/.test(
        after.replace(/^(\s*\w+[.,;]).*$/, '$1'),
      );
    const amount =
      change.dimension === to.dimension && change.unit === to.unit && change.dimension !== 'count';
    const counts =
      change.dimension === 'count' && to.dimension === 'count' && /(?:增加|减少|多出?|少)了?\s*$/.test(lead);
    // 是2015年（412家）的2.5倍
    const bracketed = change.dimension === 'times' && /^\p{Script=Han}?[)）]的\s*$/u.test(lead);
    if (!(['percent', 'points', 'times'].includes(change.dimension) || amount || counts)) continue;
    if (gap || changeWords.test(lead.slice(-90)) || counts || isMultiple(sentence, change, lead) || bracketed)
      return { change, yearly: yearly.test(lead) || yearly.test(after), lead };
    if (inside.includes(change)) continue;
    return null;
  }
  return null;
}
