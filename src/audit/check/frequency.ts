import { divide, multiply, rational } from '../../model/index.ts';
import { baseInterval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { hanDigits, numberWords } from '../read/units.ts';
import { placeIn } from '../text.ts';
import { overlaps } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** One thing told for two spans of time: `£120 a year, or £10 a month`; `every 20 minutes, three times an hour`. */
export function checkFrequencies(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    often(sentence, report);
    for (const [at, one] of sentence.quantities.entries()) {
      const other = sentence.quantities[at + 1];
      if (other !== undefined) spans(sentence, one, other, report);
    }
  }
  return report;
}

const every =
  /\bevery (\d{1,2}|[a-z]+) minutes?, (?:or |that is |i\.e\. )?(\d{1,2}|[a-z]+)(?: times| services| trains| buses| departures)? (?:an|per|every) hour\b|每(?:隔)?(\d{1,2}|[两三五六十])分钟(?:一|1)[班次趟]，(?:即)?每小时(\d{1,2}|[两三四五六十])[班次趟]/giu;

function often(sentence: Sentence, report: Report): void {
  const numberOf = (word: string) =>
    hanDigits.get(word) ?? numberWords.get(word.toLowerCase()) ?? Number(word);
  for (const match of sentence.text.matchAll(every)) {
    const [minutes, times] = [numberOf(match[1] ?? match[3] ?? ''), numberOf(match[2] ?? match[4] ?? '')];
    if (!Number.isFinite(minutes) || !Number.isFinite(times) || minutes < 1) continue;
    const at = sentence.start + match.index;
    const claim = {
      rule: 'average.list' as const,
      places: [placeIn(sentence.block, at, at + match[0].length)],
      values: {
        parts: `60 / ${minutes}`,
        computed: shown(rational(60n, BigInt(minutes)), 1),
        stated: String(times),
      },
    };
    (Math.abs(60 / minutes - times) <= 0.5 ? report.checked : report.findings).push(claim);
  }
}

const perYear: Readonly<Record<string, bigint>> = { day: 365n, week: 52n, month: 12n, quarter: 4n, year: 1n };
const first =
  /^(?: [a-z]+){0,2} (?:a|per|each|every) (day|week|month|quarter|year),? (?:or|that is|i\.e\.|equal to|equivalent to)(?: about| some| nearly)? $/;
const second = /^(?: [a-z]+){0,2} (?:a|per|each|every) (day|week|month|quarter|year)\b/;

/** As many days, weeks and months as a year has. A day and a year of tonnes are judged in apiece.ts. */
function spans(sentence: Sentence, one: Quantity, other: Quantity, report: Report): void {
  const plain = (unit: string) => unit.replace(/\/(?:day|d|week|month|year|a)$/, '');
  if (plain(one.unit) !== plain(other.unit) || one.upper !== undefined || other.upper !== undefined) return;
  if (['percent', 'points', 'times', 'years', 'duration'].includes(one.dimension)) return;
  const per = (unit: string) =>
    /\/(day|week|month|year)$/.exec(unit)?.[1] === undefined
      ? ''
      : ` a ${/\/(day|week|month|year)$/.exec(unit)?.[1]}`;
  const a = first.exec(per(one.unit) + wordsBetween(sentence, one.end, other.start))?.[1];
  const b = second.exec(per(other.unit) + wordsBetween(sentence, other.end, other.end + 30))?.[1];
  const [from, to] = [perYear[a ?? ''], perYear[b ?? '']];
  if (
    a === undefined ||
    b === undefined ||
    a === b ||
    (a === 'day' && b === 'year') ||
    from === undefined ||
    to === undefined
  )
    return;
  const scale = rational(from, to);
  const { low, high } = baseInterval(one);
  const loose = baseInterval({ ...other, hedge: 'about' });
  const claim = {
    rule: 'average.list' as const,
    places: [placeOf(sentence, one, other)],
    values: {
      parts: `${said(sentence, one)} × ${from} / ${to}`,
      computed: shown(divide(multiply(multiply(one.value, one.factor), scale), other.factor), 1),
      stated: said(sentence, other),
    },
  };
  const holds = overlaps({ low: multiply(low, scale), high: multiply(high, scale) }, loose);
  (holds ? report.checked : report.findings).push(claim);
}
