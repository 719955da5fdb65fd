import { add, compare, multiply, subtract, zero } from '../../model/index.ts';
import { baseInterval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** Parts in brackets behind their whole: `33 delegates (55 present and 8 absent)`, 桥梁33座（在用55座，停用8座）. */
export function checkEnclosed(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length < 3) continue;
    for (let at = 0; at + 2 < sentence.quantities.length; at += 1) enclosed(sentence, at, report);
  }
  return report;
}

const opening =
  /^(?: (?:[\p{Script=Latin}-]+ ){0,4}[\p{Script=Latin}-]{3,}|\s*\p{Script=Han}{1,8})?\s*[(（]/u;
/** What a bracket may say of numbers that are no parts: other years, money, limits, an example. */
const otherwise =
  /\b(?:from|against|compared|up|down|in (?:\d|the)|by|since|until|than|target|planned|including|such as|e\.g|about|per|average|both|also|again)\b|\d{4} ?年|比|较|同比|目标|计划|均|其中|包括|分别|累计/i;
/** States of which each thing has one. */
const exclusive =
  /\bpresent\b.*\babsent\b|\b(?:men|males?|boys)\b.*\b(?:women|females?|girls)\b|\b(?:women|females?|girls)\b.*\b(?:men|males?|boys)\b|\burban\b.*\brural\b|\brural\b.*\burban\b|\b(?:open|in use|in operation|operating|active|public)\b.*\b(?:closed|disused|idle|inactive|private)\b|\b(?:completed|finished|done|built)\b.*\b(?:under construction|under way|ongoing|pending|planned|unfinished)\b|\bpassed\b.*\bfailed\b|\b(?:for|in favou?r)\b.*\bagainst\b|男.*女|女.*男|城镇.*(?:农村|乡村)|在用.*停用|合格.*不合格|已?建成.*在建|完成.*(?:在建|未完成)|赞成.*反对|国家级.*(?:省级|市级)|公办.*民办/i;

function enclosed(sentence: Sentence, at: number, report: Report): void {
  const whole = sentence.quantities[at];
  const first = sentence.quantities[at + 1];
  if (whole === undefined || first === undefined || !isCounted(whole) || whole.hedge !== 'exact') return;
  const lead = wordsBetween(sentence, whole.end, first.start);
  if (lead.length > 60 || !opening.test(lead) || /[)）]/.test(lead)) return;
  const from = whole.end + Math.max(lead.indexOf('('), lead.indexOf('（')) + 1;
  const close = sentence.text.slice(from, from + 240).search(/[)）]/);
  if (close < 0) return;
  const end = from + close;
  const inside = wordsBetween(sentence, from, end);
  const parts = sentence.quantities.filter(({ start, end: stop }) => start >= from && stop <= end);
  if (parts.length < 2 || parts.length > 6 || otherwise.test(inside)) return;
  if (!parts.every((part) => isCounted(part) && part.unit === whole.unit && part.hedge === 'exact')) return;
  // Each part with its own words, and nothing else in the bracket.
  const pieces = inside.split(/[,，、;；]|\band\b|和|与/i).filter((piece) => piece.trim() !== '');
  if (pieces.length !== parts.length) return;
  const sum = parts.map(baseOf).reduce(add, zero);
  const all = baseOf(whole);
  const places = [placeOf(sentence, whole, parts.at(-1) ?? whole)];
  const values = {
    parts: parts.map((part) => said(sentence, part)).join(' + '),
    sum: shown(sum, 2),
    whole: said(sentence, whole),
  };
  const room = [whole, ...parts]
    .map(baseInterval)
    .reduce((slack, { low, high }) => add(slack, subtract(high, low)), zero);
  const miss = subtract(sum, all);
  const apart = compare(miss, room) > 0 || compare(subtract(zero, miss), room) > 0;
  if (!apart) return void report.checked.push({ rule: 'sum.parts', places, values });
  const larger = parts.find((part) => compare(baseInterval(part).low, baseInterval(whole).high) > 0);
  if (larger !== undefined && !exclusive.test(inside))
    report.findings.push({
      rule: 'sum.subset',
      places,
      values: { part: said(sentence, larger), whole: said(sentence, whole) },
    });
  else if (exclusive.test(inside) && parts.length === 2)
    report.findings.push({ rule: 'sum.parts', places, values });
}

const baseOf = ({ value, factor }: Quantity) => multiply(value, factor);

const isCounted = ({ dimension, upper, unit, value }: Quantity): boolean =>
  upper === undefined &&
  // What is counted is whole: `69.5 s` is of a unit that is not known.
  (unit !== '' || value.d === 1n) &&
  !['percent', 'permille', 'points', 'times', 'years', 'duration', 'level', 'temperature'].includes(
    dimension,
  ) &&
  !dimension.includes('/');
