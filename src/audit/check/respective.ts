import { add, compare, divide, type Rational, rational, subtract } from '../../model/index.ts';
import { interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { overlaps } from './interval.ts';
import { listsOf } from './list.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** Values told one by one, `in 2019, 2020 and 2021 … 10, 12 and 14 respectively`: their number, their way, their mean. */
export function checkRespective(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length < 2) continue;
    const lists = listsOf(sentence, 2);
    const [list] = lists;
    if (list === undefined || lists.length !== 1) continue;
    number(sentence, list.values, report);
    if (list.values.length < 3) continue;
    direction(sentence, list.values, report);
    mean(sentence, list.values, report);
  }
  return report;
}

/** Single years in a row with nothing but commas and `and` between. */
function yearsOf(sentence: Sentence): number[] {
  let row: number[] = [];
  let best: number[] = [];
  let end = -1;
  for (const { first, last, start, end: to } of sentence.times) {
    const between = end < 0 ? '' : wordsBetween(sentence, end, start);
    if (first !== last) row = [];
    else if (end >= 0 && /^\s*(?:[,，、]|and|和|及)\s*(?:and\s*)?(?:in\s*)?$/.test(between)) row.push(first);
    else row = [first];
    if (row.length > best.length) best = [...row];
    end = to;
  }
  return best;
}

function number(sentence: Sentence, values: readonly Quantity[], report: Report): void {
  const years = yearsOf(sentence);
  const [first, last] = [values[0], values.at(-1)];
  if (years.length < 2 || first === undefined || last === undefined || first.dimension === 'years') return;
  const told = /\brespectively\b|分别/.test(
    wordsBetween(sentence, Math.max(0, first.start - 30), Math.min(sentence.text.length, last.end + 40)),
  );
  if (!told || years.length === values.length) return;
  // Values of several things for the years in turn are as many times more.
  if (values.length % years.length === 0) return;
  report.findings.push({
    rule: 'period.values',
    severity: 'contradiction',
    places: [placeOf(sentence, first, last)],
    values: {
      range: years.join(', '),
      years: String(years.length),
      count: String(values.length),
      values: values.map((value) => said(sentence, value)).join(', '),
    },
  });
}

const falling =
  /\b(?:decreas|declin|fall|dropp|reduc|shrink)\w*,? (?:year by year|each year|every year|year after year|continuously|steadily|year on year)\b|\b(?:continuously|steadily) (?:decreas|declin|fall|fell|dropp)\w*|(?:逐年|连年|持续|连续)(?:下降|减少|降低|递减|回落)/;
const rising =
  /\b(?:increas|grow|grew|ris|rose|climb|improv)\w*,? (?:year by year|each year|every year|year after year|continuously|steadily)\b|\b(?:continuously|steadily) (?:increas|grow|grew|ris|rose|climb)\w*|(?:逐年|连年|持续|连续)(?:上升|增加|提高|增长|递增|提升)/;

function direction(sentence: Sentence, values: readonly Quantity[], report: Report): void {
  const [first, last] = [values[0], values.at(-1)];
  if (first === undefined || last === undefined) return;
  const near = wordsBetween(sentence, Math.max(0, first.start - 80), last.end + 60);
  const down = falling.exec(near);
  const up = rising.exec(near);
  if ((down === null) === (up === null)) return;
  const at = values.findIndex((value, index) => {
    const before = values[index - 1];
    if (before === undefined) return false;
    const way = compare(value.value, before.value);
    return down === null ? way < 0 : way > 0;
  });
  const [from, to] = [values[at - 1], values[at]];
  if (from === undefined || to === undefined || from.factor !== to.factor) return;
  report.findings.push({
    rule: 'change.direction',
    places: [placeOf(sentence, first, last)],
    values: { words: (down ?? up)?.[0] ?? '', from: said(sentence, from), to: said(sentence, to) },
  });
}

function mean(sentence: Sentence, values: readonly Quantity[], report: Report): void {
  const [first, last] = [values[0], values.at(-1)];
  if (first === undefined || last === undefined || first.dimension === 'percent') return;
  const stated = sentence.quantities.find(({ start }) => start >= last.end);
  if (stated === undefined || stated.dimension !== first.dimension || stated.unit !== last.unit) return;
  const lead = wordsBetween(sentence, last.end, stated.start);
  if (
    lead.length > 60 ||
    !/\b(?:averag\w*|mean)\b|年均|平均/.test(lead) ||
    /growth|increase|增|升|降/.test(lead)
  )
    return;
  // `12, 14 and 16 million`: the last lends its magnitude to the others, and they are read without it.
  const bare = (value: Quantity) => value.written.replaceAll(',', '') === shown(value.value, 6);
  if (values.some((value) => bare(value) !== bare(last))) return;
  const count = rational(BigInt(values.length));
  const sum = (pick: (value: Quantity) => Rational) => divide(values.map(pick).reduce(add), count);
  const [middle, slack] = [sum(({ value }) => value), sum(({ slack: own }) => own)];
  const words = {
    parts: values.map((value) => said(sentence, value)).join(', '),
    computed: shown(middle, 3),
    stated: said(sentence, stated),
  };
  const places = [placeOf(sentence, first, stated)];
  if (overlaps({ low: subtract(middle, slack), high: add(middle, slack) }, interval(stated)))
    report.checked.push({ rule: 'average.list', places, values: words });
  else report.findings.push({ rule: 'average.list', places, values: words });
}
