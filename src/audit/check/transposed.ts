import { compare, decimal, divide, equals, multiply } from '../../model/index.ts';
import type { Reading } from '../read/reading.ts';
import { type Measured, measuredOf, timeOf } from './context.ts';
import { endpointsOf } from './endpoints.ts';
import { emptyReport, type Report } from './report.ts';
import { isLevel } from './series.ts';
import { twoValues } from './two-values.ts';
import { stem } from './words.ts';

/**
 * `532 parks` here and `523 parks` there at the end of one year: a slip of the hand. Two digits changed places or one
 * is another, all the words of the shorter statement stand in the longer, and the thing counted or measured is the same.
 */
export function checkTransposed(reading: Reading): Report {
  const report = emptyReport();
  const starts = new Set(
    reading.sentences.flatMap((sentence) => endpointsOf(sentence).map(({ from }) => from)),
  );
  const groups = new Map<string, Measured[]>();
  for (const level of measuredOf(reading)) {
    const { quantity, sentence, words } = level;
    const time = timeOf(sentence, quantity);
    if (time === null || time.first !== time.last || words.size < 1 || starts.has(quantity)) continue;
    const digits = digitsOf(level);
    if (digits.length < 3 || quantity.upper !== undefined || quantity.hedge === 'about') continue;
    if (['points', 'times', 'years', 'duration'].includes(quantity.dimension)) continue;
    if (quantity.dimension === 'percent' && !isLevel(level)) continue;
    const thing = thingOf(level);
    if (thing === '') continue;
    const key = `${sentence.part} ${quantity.dimension} ${thing} ${time.first} ${time.month ?? ''} ${digits.length}`;
    const group = groups.get(key) ?? [];
    if (group.length < 24) group.push(level);
    groups.set(key, group);
  }
  for (const group of groups.values())
    for (const [index, a] of group.entries()) {
      const b = group.slice(index + 1).find((other) => slips(a, other));
      if (b === undefined) continue;
      report.findings.push({
        rule: 'series.value',
        severity: 'contradiction',
        ...twoValues(a, b, '@reason.digits'),
      });
      break;
    }
  return report;
}

const digitsOf = ({ quantity }: Measured): string =>
  quantity.written.replace(/[^\d]/g, '').replace(/0+$/, '');

/** What is counted, by the word behind the number; what is measured, by its dimension. */
function thingOf({ sentence, quantity }: Measured): string {
  if (quantity.unit !== '' && quantity.dimension !== 'count') return quantity.dimension;
  const tail = sentence.text
    .slice(quantity.end, quantity.end + 40)
    .replace(/[*_]/g, '')
    .toLowerCase();
  const latin = /^ ((?:[a-z-]+ ){0,2}[a-z-]{3,20})/.exec(tail)?.[1];
  if (latin !== undefined) return stem(latin.split(' ').find((word) => word.length > 2) ?? latin);
  return /^[\p{Script=Han}]/u.exec(tail)?.[0] ?? '';
}

function slips(a: Measured, b: Measured): boolean {
  if (a.sentence.block === b.sentence.block) return false;
  const [x, y] = [a.quantity, b.quantity];
  const [p, q] = [multiply(x.value, x.factor), multiply(y.value, y.factor)];
  if (equals(p, q) || p.n <= 0n || q.n <= 0n) return false;
  const ratio = compare(p, q) > 0 ? divide(p, q) : divide(q, p);
  if (compare(ratio, decimal('1.2')) > 0) return false;
  const [s, t] = [digitsOf(a), digitsOf(b)];
  const apart = [...s].filter((digit, at) => digit !== t.charAt(at)).length;
  const moved = apart === 2 && [...s].sort().join('') === [...t].sort().join('');
  if (apart !== 1 && !moved) return false;
  const [less, more] = a.words.size <= b.words.size ? [a.words, b.words] : [b.words, a.words];
  const common = [...less].filter((word) => more.has(word)).length;
  const near = compare(ratio, decimal('1.1')) <= 0 && /\p{Script=Han}/u.test([...less].join(''));
  if (moved) return common >= 1 && (near || common * 2 >= less.size);
  return common >= 2 && common >= less.size - (less.size > 2 ? 1 : 0) && more.size - less.size <= 2;
}
