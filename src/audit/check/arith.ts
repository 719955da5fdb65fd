import {
  add,
  compare,
  decimal,
  magnitude,
  multiply,
  one,
  type Rational,
  rational,
  subtract,
} from '../../model/index.ts';
import { interval } from '../read/marks.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { type Block, placeIn } from '../text.ts';
import { overlaps } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** Arithmetic that a text writes out: `2 + 3 + 4 = 9`, `12 × 3.5 = 42`, `50 turbines of 4 MW each`. */
export function checkArithmetic(reading: Reading): Report {
  const report = emptyReport();
  for (const block of reading.blocks) {
    if (/[=＝]/.test(block.text)) written(block, report);
    if (/结构|构成|比例|比重/.test(block.text)) structures(block, report);
  }
  for (const sentence of reading.sentences) if (sentence.quantities.length > 2) each(sentence, report);
  return report;
}

const number = '\\d[\\d,]*(?:\\.\\d+)?';
const sums = new RegExp(
  `(?<![\\d.,+×x*/=<>A-Za-z-])(?<![+×*/=<>]\\s)(${number}(?:\\s?[+＋]\\s?${number}){1,12}|${number}(?:\\s?[×*]\\s?${number}){1,4})\\s?[=＝]\\s?(${number})(?![\\d.]|\\s?[+×*/^])`,
  'g',
);

const structure =
  /(?:产业|能源|消费|用地|就业|投资)?(?:结构|构成|比例|比重)[^，。；\d]{0,14}?(\d{1,2}(?:\.\d{1,2})?)[:：∶比](\d{1,2}(?:\.\d{1,2})?)[:：∶比](\d{1,2}(?:\.\d{1,2})?)(?:[:：∶](\d{1,2}(?:\.\d{1,2})?))?(?![\d:：∶.])/g;

/** 三次产业结构为2.3:26.5:71.2: the shares of all make a hundred. */
function structures(block: Block, report: Report): void {
  for (const match of block.text.matchAll(structure)) {
    const parts = match.slice(1).filter((part): part is string => part !== undefined);
    const sum = parts.map((part) => decimal(part)).reduce(add, rational(0n));
    const off = subtract(sum, rational(100n));
    const size = magnitude(off);
    // A ratio such as 3:2:1 is no structure; shares that round may miss a tenth each.
    if (compare(size, rational(30n)) > 0) continue;
    const places = [placeIn(block, match.index, match.index + match[0].length)];
    const values = { parts: parts.join(' + '), sum: shown(sum, 2), whole: '100' };
    const decimals = parts.every((part) => part.includes('.'));
    const room = decimals ? decimal('0.2') : rational(1n);
    if (compare(size, room) <= 0) report.checked.push({ rule: 'sum.parts', places, values });
    else report.findings.push({ rule: 'sum.parts', places, values });
  }
}

function written(block: Block, report: Report): void {
  for (const match of block.text.slice(0, 20_000).matchAll(sums)) {
    const [words, terms = '', stated = ''] = match;
    const plus = /[+＋]/.test(terms);
    const values = terms.split(/[+＋×*]/).map((term) => decimal(term.trim().replaceAll(',', '')));
    const computed = values.reduce(
      (all: Rational, value) => (plus ? add(all, value) : multiply(all, value)),
      plus ? rational(0n) : one,
    );
    const told = decimal(stated.replaceAll(',', ''));
    const places = [placeIn(block, match.index, match.index + words.length)];
    const shownAs = { parts: terms.trim(), sum: shown(computed, 4), whole: stated };
    const miss = subtract(computed, told);
    const slack = stated.includes('.')
      ? decimal(`0.${'0'.repeat((stated.split('.')[1] ?? '').length - 1)}5`)
      : rational(1n, 2n);
    if (compare(magnitude(miss), slack) <= 0)
      report.checked.push({ rule: 'sum.parts', places, values: shownAs });
    else report.findings.push({ rule: 'sum.parts', places, values: shownAs });
  }
}

/** `an installed capacity of 200 MW and 50 turbines of 4 MW each`; 装机容量20万千瓦，安装50台单机容量4兆瓦的风机. */
function each(sentence: Sentence, report: Report): void {
  for (let at = 0; at + 2 < sentence.quantities.length; at += 1) {
    const [whole, count, size] = sentence.quantities.slice(at, at + 3);
    if (whole === undefined || count === undefined || size === undefined) continue;
    if (count.dimension !== 'count' || whole.dimension !== size.dimension || whole.unit === '') continue;
    if ([whole, count, size].some(({ hedge, upper }) => hedge !== 'exact' || upper !== undefined)) continue;
    const between = wordsBetween(sentence, count.end, size.start);
    const after = wordsBetween(sentence, size.end, size.end + 12);
    const told =
      (/^(?: [a-z-]+){1,5} of $|^(?: [a-z-]+){1,5}, each (?:of|with) $/.test(between) &&
        (/^ each\b/.test(after) || /each/.test(between))) ||
      /^[台座套个][^，。；]{0,8}(?:单机(?:容量)?|每[台座套个]|单[台个座])[^，。；]{0,6}$/.test(between);
    if (!told || wordsBetween(sentence, whole.end, count.start).length > 60) continue;
    const { low, high } = interval(size);
    const product = {
      low: multiply(multiply(low, size.factor), count.value),
      high: multiply(multiply(high, size.factor), count.value),
    };
    const total = interval(whole);
    const places = [placeOf(sentence, whole, size)];
    const values = {
      parts: `${said(sentence, count)} × ${said(sentence, size)}`,
      sum: `${shown(multiply(size.value, count.value), 4)} ${size.unit}`,
      whole: said(sentence, whole),
    };
    if (
      overlaps(product, { low: multiply(total.low, whole.factor), high: multiply(total.high, whole.factor) })
    )
      report.checked.push({ rule: 'sum.parts', places, values });
    else report.findings.push({ rule: 'sum.parts', places, values });
  }
}
