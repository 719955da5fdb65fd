import { add, compare, divide, multiply, one, rational, root, subtract, zero } from '../../model/index.ts';
import { interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { overlaps, yearlyChange } from './interval.ts';
import { yearlyReason } from './judge.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';
import { tellingWords } from './words.ts';

/** Values of one kind in a row: `5.53, 8.13, 11.14 and 11.33 billion`. */
export interface ValueList {
  readonly sentence: Sentence;
  readonly values: readonly Quantity[];
}

/** Lists of three or more quantities of one unit with nothing but commas, `and` and money signs between. */
export function listsOf(sentence: Sentence, least = 3): ValueList[] {
  const lists: ValueList[] = [];
  let open: Quantity[] = [];
  const close = () => {
    if (open.length >= least) lists.push({ sentence, values: open });
    open = [];
  };
  for (const quantity of sentence.quantities) {
    const last = open.at(-1);
    if (last !== undefined && !(follows(sentence, last, quantity) && last.dimension === quantity.dimension))
      close();
    open.push(quantity);
  }
  close();
  return lists;
}

const follows = (sentence: Sentence, a: Quantity, b: Quantity): boolean =>
  b.start - a.end < 16 &&
  /^\s*(?:[个家座项处条所辆件人名场次户台套张株批]|人次)?[,、，]?\s*(?:and|和|及|yuan)?\s*[,，]?\s*(?:and)?\s*$/.test(
    wordsBetween(sentence, a.end, b.start),
  );

const hundred = rational(100n);

/** Average yearly growth and means told beside the list they are made from. */
export function checkLists(reading: Reading): Report {
  const report = emptyReport();
  const lists = reading.sentences.flatMap((sentence) => listsOf(sentence));
  for (const list of lists) checkGrowth(list, report);
  checkMeans(reading, lists, report);
  return report;
}

function checkGrowth({ sentence, values }: ValueList, report: Report): void {
  const first = values[0];
  const last = values.at(-1);
  if (first === undefined || last === undefined || first.dimension === 'percent') return;
  const range = sentence.times.findLast(({ start, first: a, last: b }) => start < first.start && b > a);
  const periods = values.length - 1;
  if (range === undefined || range.last - range.first !== periods) return;
  for (const stated of sentence.quantities) {
    if (stated.start < last.end || stated.dimension !== 'percent') continue;
    const lead = wordsBetween(sentence, last.end, stated.start);
    if (
      lead.length > 120 ||
      !/average annual|annual average|年均/.test(lead) ||
      !/growth|increase|增|升/.test(lead)
    )
      continue;
    const [a, b, c] = [interval(first), interval(last), interval(stated)];
    const rate = yearlyChange(a, b, periods);
    if (rate === null || compare(first.value, zero) <= 0) continue;
    const computed = multiply(subtract(root(divide(last.value, first.value), periods), one), hundred);
    const steps = values.slice(1).map((value, index) => {
      const before = values[index];
      return before === undefined || before.value.n === 0n
        ? zero
        : multiply(subtract(divide(value.value, before.value), one), hundred);
    });
    const mean = divide(steps.reduce(add, zero), rational(BigInt(periods)));
    const words = {
      from: said(sentence, first),
      to: said(sentence, last),
      stated: said(sentence, stated),
      periods: String(periods),
      computed: `${shown(computed, 1)} %`,
      steps: steps.map((step) => `${shown(step, 1)} %`).join(', '),
    };
    const places = [placeOf(sentence, first, stated)];
    if (overlaps(rate, c) || overlaps({ low: mean, high: mean }, c))
      report.checked.push({ rule: 'change.annual', places, values: words });
    else
      report.findings.push({
        rule: 'change.annual',
        places,
        values: { ...words, reason: yearlyReason(a, b, c, periods) },
      });
  }
}

/** A mean `of USD 68 billion per session` held against a list of as many values of the same money elsewhere. */
function checkMeans(reading: Reading, lists: readonly ValueList[], report: Report): void {
  for (const sentence of reading.sentences) {
    for (const stated of sentence.quantities) {
      if (stated.dimension === 'count' || (stated.unit === '' && stated.dimension !== 'percent')) continue;
      const lead = wordsBetween(sentence, Math.max(0, stated.start - 90), stated.start);
      if (!/\b(?:average|averaged|averaging|mean)\b|平均|均值/.test(lead) || yearly.test(lead)) continue;
      for (const list of lists) {
        const first = list.values[0];
        if (
          first === undefined ||
          list.sentence.part !== sentence.part ||
          first.dimension !== stated.dimension
        )
          continue;
        // A value of the list is not its mean, though `averaged` stands before them all.
        if (list.values.includes(stated) || !countsAgree(sentence, list)) continue;
        // Rates are weighted by what they are rates of; no weight takes their mean out of them.
        if (stated.dimension === 'percent' && (list.sentence !== sentence || isWithin(stated, list)))
          continue;
        const sum = list.values.reduce((total, { value }) => add(total, value), zero);
        const mean = divide(sum, rational(BigInt(list.values.length)));
        const loose = list.values.reduce((total, { slack }) => add(total, slack), zero);
        const around = divide(loose, rational(BigInt(list.values.length)));
        const parts = list.values.map((value) => said(list.sentence, value)).join(', ');
        const last = list.values.at(-1) ?? first;
        const places = [placeOf(sentence, stated), placeOf(list.sentence, first, last)];
        const values = {
          parts,
          computed: shown(divide(mean, scaleOf(stated)), 3),
          stated: said(sentence, stated),
        };
        if (overlaps({ low: subtract(mean, around), high: add(mean, around) }, interval(stated)))
          report.checked.push({ rule: 'average.list', places, values });
        else if (list.sentence === sentence || sameThing(sentence, stated, list))
          report.findings.push({ rule: 'average.list', places, values });
      }
    }
  }
}

const isWithin = ({ value }: Quantity, { values }: ValueList): boolean =>
  values.some((each) => compare(each.value, value) <= 0) &&
  values.some((each) => compare(each.value, value) >= 0);

/** A mean and a list in two sentences, whose words before them are mostly the same. */
function sameThing(sentence: Sentence, stated: Quantity, { sentence: other, values }: ValueList): boolean {
  const first = values[0];
  if (first === undefined || first.unit !== stated.unit) return false;
  const near = (text: Sentence, to: number) => new Set(tellingWords(wordsBetween(text, to - 110, to)));
  const [a, b] = [near(sentence, stated.start), near(other, first.start)];
  const common = [...a].filter((word) => b.has(word));
  return common.length >= 2 && common.length * 5 >= Math.min(a.size, b.size) * 2;
}

const yearly = /growth|increase rate|annual/;
const scaleOf = (quantity: Quantity) => {
  const written = Number(quantity.written.replaceAll(',', ''));
  return written > 0 && quantity.written !== '' ? divide(quantity.value, rationalOf(quantity.written)) : one;
};
function rationalOf(written: string) {
  const digits = written.replaceAll(',', '');
  const point = digits.indexOf('.');
  return point < 0
    ? rational(BigInt(digits))
    : rational(BigInt(digits.replace('.', '')), 10n ** BigInt(digits.length - point - 1));
}

/** The sentence speaks of as many years or sessions as the list has values. */
function countsAgree(sentence: Sentence, { values }: ValueList): boolean {
  const spans = sentence.times.some(({ first, last }) => last - first + 1 === values.length);
  const numbers = sentence.quantities.some(
    ({ value }) => value.d === 1n && value.n === BigInt(values.length),
  );
  const single = new Set(
    sentence.times.filter(({ first, last }) => first === last).map(({ first }) => first),
  );
  return spans || numbers || single.size === values.length;
}
