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
  smallCounts(reading, report);
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

interface Counted {
  readonly level: Measured;
  readonly thing: string;
  readonly order: number;
}

/** Two digits changed places in a count of one thing, told without a year: `78 nature classrooms`, `all 87 nature classrooms`. */
function smallCounts(reading: Reading, report: Report): void {
  const groups = new Map<string, Counted[]>();
  for (const [order, level] of measuredOf(reading).entries()) {
    const { quantity, sentence } = level;
    if (quantity.unit !== '' || quantity.upper !== undefined || quantity.hedge === 'about') continue;
    if (!/^[1-9]\d{1,3}$/.test(quantity.written) || new Set(quantity.written).size < 2) continue;
    const thing = nounOf(level);
    if (thing === '') continue;
    const key = `${sentence.part} ${thing} ${[...quantity.written].sort().join('')}`;
    groups.set(key, [...(groups.get(key) ?? []), { level, thing, order }]);
  }
  for (const [a, ...others] of groups.values()) {
    if (a === undefined || others.length > 8) continue;
    const b = others.find(({ level }) => level.quantity.written !== a.level.quantity.written);
    if (b === undefined || !isWhole(a.level) || !isWhole(b.level)) continue;
    const [t, u] = [a, b].map(({ level }) => timeOf(level.sentence, level.quantity));
    if (t !== null && u !== null && t !== undefined && u !== undefined && t.last !== u.last) continue;
    report.findings.push({
      rule: 'series.value',
      severity: 'contradiction',
      ...twoValues(a.level, b.level, '@reason.digits'),
    });
  }
}

/** Two words at least of what is counted: 河道 before or behind its number, `nature classrooms`. */
function nounOf({ sentence, quantity }: Measured): string {
  const after = sentence.text.slice(quantity.end, quantity.end + 40);
  const english = /^ ([a-z-]{4,20} [a-z-]{4,20}s)\b/.exec(after)?.[1];
  if (english !== undefined) return english;
  const measure = /^([家个座条所处项户名辆])(\p{Script=Han}{0,4})/u.exec(after);
  if (measure === null) return '';
  const behind =
    /^(?:[\p{Script=Han}]{2,4}?)(?=全部|均|都|实现|已|，|。|$)/u.exec(measure[2] ?? '')?.[0] ?? '';
  const before = /(?:共?有|现有|建成|设有)([\p{Script=Han}]{2,4})$/u.exec(
    sentence.text.slice(Math.max(0, quantity.start - 10), quantity.start),
  )?.[1];
  const noun = behind.length >= 2 ? behind : (before ?? '');
  return noun === '' ? '' : `${measure[1]} ${noun}`;
}

/** Whether a count is of all there are: `There are 78`, 全区1826条, `all 87`. */
const isWhole = ({ sentence, quantity }: Measured): boolean =>
  /(?:\b(?:all|has|have|there (?:are|were)|with|totals?)(?: (?:the|its|these|of the))?|(?:全[区市县省]|共有|现有|拥有|设有|建有|所有)\p{Script=Han}{0,5})\s*$/iu.test(
    sentence.text.slice(Math.max(0, quantity.start - 24), quantity.start),
  );
