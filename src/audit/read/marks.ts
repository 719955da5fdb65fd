import {
  add,
  compare,
  decimal,
  divide,
  multiply,
  one,
  type Rational,
  rational,
  zero,
} from '../../model/index.ts';
import { hedgeOf, moneyOf } from './hedge.ts';
import type { Mark, Quantity } from './quantity.ts';
import { months, timeAt } from './time.ts';
import { type Token, touches } from './token.ts';
import { unitAt } from './unit.ts';
import { magnitudes, moneyBefore, numberWords } from './units.ts';

/** Words after which a number is a name, not a quantity: `Case 12`, `Line 9`, `SDG 7`. */
const labels = new Set(
  'sdg sdgs goal goals target targets case cases figure fig table tables annex chapter section line lines no nos phase unit plot class grade level document article step page pages route g s version vol part station substation pm file covid-19 database'.split(
    ' ',
  ),
);

const half = rational(1n, 2n);

/** Reads every quantity and time of a run of tokens, in order. One pass; looks at most a few tokens around. */
export function marksOf(tokens: readonly Token[]): Mark[] {
  const marks: Mark[] = [];
  let i = 0;
  while (i < tokens.length) {
    const time = timeAt(tokens, i);
    if (time !== null) {
      marks.push(time);
      i = time.to;
      continue;
    }
    const quantity = quantityAt(tokens, i);
    if (quantity !== null) {
      marks.push(quantity);
      i = quantity.to;
      continue;
    }
    i += 1;
  }
  return inheritUnits(marks, tokens);
}

/** `from 127 to 140 km`, `5.53, 8.13 and 11.14 billion`: a bare number takes the unit of the one it is listed with. */
function inheritUnits(marks: readonly Mark[], tokens: readonly Token[]): Mark[] {
  const done = [...marks];
  for (let index = done.length - 2; index >= 0; index -= 1) {
    const mark = done[index];
    const next = done[index + 1];
    if (mark?.kind !== 'quantity' || next?.kind !== 'quantity') continue;
    if (mark.unit !== '' || next.unit === '') continue;
    const between = tokens.slice(mark.to, next.from).map(({ lower }) => lower);
    if (between.length === 0 || between.length > 2 || !between.every((word) => joins.has(word))) continue;
    if (next.dimension === 'times' || next.dimension === 'points' || next.dimension === 'years') continue;
    const scale = scaleOf(next);
    const small =
      compare(mark.value, thousand) < 0 && scaleOf(mark) === null && between.every((word) => word !== 'to');
    const by = moneys.has(next.unit) && small && scale !== null ? scale : one;
    done[index] = {
      ...mark,
      value: multiply(mark.value, by),
      slack: multiply(mark.slack, by),
      unit: next.unit,
      dimension: next.dimension,
      factor: next.factor,
    };
  }
  for (let index = 1; index < done.length; index += 1) {
    const mark = done[index];
    const last = done[index - 1];
    if (mark?.kind !== 'quantity' || last?.kind !== 'quantity' || mark.unit !== '') continue;
    if (!moneys.has(last.unit) || compare(mark.value, thousand) < 0) continue;
    const between = tokens.slice(last.to, mark.from).map(({ lower }) => lower);
    if (between.length === 0 || between.length > 2 || !between.every((word) => joins.has(word))) continue;
    done[index] = { ...mark, unit: last.unit, dimension: last.dimension, factor: last.factor };
  }
  return done;
}

/** What a magnitude word multiplies a number by: `3.1, 3.4 and 4.0 billion yuan` are three amounts in billions. */
function scaleOf({ value, written }: Quantity): Rational | null {
  const digits = written.replaceAll(',', '');
  if (!/^\d{1,6}(?:\.\d{1,4})?$/.test(digits)) return null;
  const plain = decimal(digits);
  if (plain.n <= 0n || compare(value, multiply(plain, thousand)) < 0) return null;
  return divide(value, plain);
}

const moneys = new Set(['CNY', 'USD', 'EUR', 'GBP', 'JPY']);
const thousand = rational(1000n);
const joins = new Set(['to', ',', 'and', '、', '和', '到', '至', '-', '–', '~', '～']);

function quantityAt(tokens: readonly Token[], at: number): Quantity | null {
  const token = tokens[at];
  if (token === undefined) return null;
  if (token.kind === 'number') return numeralAt(tokens, at, token);
  if (token.kind === 'word') return wordNumberAt(tokens, at, token);
  return null;
}

/** Longer runs of digits are no statistics: codes, hashes, damage. */
const longestNumber = 30;

function numeralAt(tokens: readonly Token[], at: number, token: Token): Quantity | null {
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  if (token.text.length > longestNumber || isLabel(tokens, at) || isListMark(tokens, at)) return null;
  if (touches(token, after) && after?.kind === 'word' && /^(?:st|nd|rd|th)$/.test(after.lower)) return null;
  if (before?.kind === 'word' && touches(before, token) && !moneyBefore.has(before.lower)) return null;
  if (
    before?.kind === 'word' &&
    /^[A-Z]/.test(before.text) &&
    months.has(before.lower) &&
    token.text.length <= 2
  )
    return null;
  if (
    after?.kind === 'word' &&
    /^[A-Z]/.test(after.text) &&
    months.has(after.lower) &&
    /^(?:[1-9]|[12]\d|3[01])$/.test(token.text)
  )
    return null;
  if (after?.kind === 'han' && /^月/.test(after.text)) return null;
  if (after?.kind === 'han' && /^日/.test(after.text) && before?.text === '月') return null;
  if (before?.text === '/' && tokens[at - 2]?.kind === 'word' && touches(tokens[at - 2], before)) return null;
  return finish(tokens, at, at + 1, decimal(token.text.replaceAll(',', '')), slackOf(token.text), token.text);
}

function wordNumberAt(tokens: readonly Token[], at: number, token: Token): Quantity | null {
  const value = numberWords.get(token.lower);
  if (value === undefined || token.lower === 'one') return null;
  if (isLabel(tokens, at)) return null;
  return finish(tokens, at, at + 1, rational(BigInt(value)), zero, token.text);
}

/** Half a unit in the last place given; an integer of more than three digits that ends in zeros may be rounded there. */
function slackOf(written: string): Rational {
  const digits = written.replaceAll(',', '');
  const point = digits.indexOf('.');
  if (point >= 0) return divide(half, rational(10n ** BigInt(digits.length - point - 1)));
  const zeros = /0*$/.exec(digits)?.[0].length ?? 0;
  const free = Math.max(0, Math.min(zeros, digits.length - 3));
  return free === 0 ? half : multiply(half, rational(10n ** BigInt(free)));
}

function finish(
  tokens: readonly Token[],
  from: number,
  next: number,
  mantissa: Rational,
  loose: Rational,
  written: string,
): Quantity {
  let scale: Rational = one;
  let looseness = loose;
  let to = next;
  let end = tokens[to - 1]?.end ?? 0;
  let offset = 0;
  const word = tokens[to];
  if (word?.kind === 'word' && magnitudes.has(word.lower)) {
    scale = rational(magnitudes.get(word.lower) ?? 1n);
    to += 1;
    end = word.end;
  } else if (word?.kind === 'word' && (word.text === 'm' || word.text === 'M') && millions(tokens, to)) {
    scale = rational(1000000n);
    to += 1;
    end = word.end;
  } else if (word?.kind === 'han') {
    const rest = word.text.replace(/^[余多]/, '');
    offset = word.text.length - rest.length;
    const size = /^千(?:瓦|克|米|伏|卡|焦|升|帕|赫)/.test(rest)
      ? undefined
      : ['万亿', '千万', '百万', '千亿', '百亿', '万', '亿', '千', '百'].find((text) =>
          rest.startsWith(text),
        );
    if (size !== undefined) {
      scale = rational(magnitudes.get(size) ?? 1n);
      offset += size.length;
      end = word.start + offset;
    }
    if (/^[余多]/.test(word.text.slice(offset))) offset += 1;
  }
  const money = moneyOf(tokens, from);
  const unit = unitAt(tokens, to, offset);
  const afterWord = offset > 0 ? to + 1 : to;
  let code = unit?.code ?? '';
  let dimension = unit?.dimension ?? 'count';
  let factor = unit?.factor ?? one;
  if (money !== null && (unit === null || unit.dimension === money)) {
    code = money;
    dimension = money;
    factor = one;
  }
  const tail = unit?.to ?? afterWord;
  const counted = dimension === 'count' || dimension === 'households' || dimension === 'times';
  if (counted && scale === one && looseness === half) looseness = zero;
  const start = tokens[from]?.start ?? 0;
  const first = {
    kind: 'quantity' as const,
    value: multiply(mantissa, scale),
    slack: multiply(looseness, scale),
    hedge: hedgeOf(tokens, from, tail, unit?.end ?? end),
    unit: code,
    dimension,
    factor,
    written,
    from,
    to: tail,
    start: money === null ? start : (tokens[from - 1]?.start ?? start),
    end: unit?.end ?? end,
  };
  return withRange(tokens, first);
}

/** `200m cubic meters`, `34.568 M kWh`: an m before a unit is a million. */
function millions(tokens: readonly Token[], at: number): boolean {
  const next = unitAt(tokens, at + 1);
  return next !== null && next.dimension !== 'percent' && tokens[at + 1]?.text !== '-';
}

/** `1-4 km`, `20,000 ~ 30,000`, `3 to 5`: the upper end of a range that the same unit closes. */
function withRange(tokens: readonly Token[], low: Quantity): Quantity {
  const dash = tokens[low.to];
  const high = tokens[low.to + 1];
  if (dash === undefined || high?.kind !== 'number') return low;
  if (!['-', '–', '—', '~', '～'].includes(dash.text)) return low;
  if (low.unit !== '' && !touches(dash, high)) return low;
  const upper = quantityAt(tokens, low.to + 1);
  if (upper === null || upper.kind !== 'quantity') return low;
  if (low.unit !== '' && low.unit !== upper.unit) return low;
  return {
    ...low,
    upper: upper.value,
    unit: upper.unit,
    dimension: upper.dimension,
    factor: upper.factor,
    to: upper.to,
    end: upper.end,
  };
}

function isLabel(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (before === undefined) return false;
  if (before.kind === 'word') return labels.has(before.lower) && before.lower !== 'some';
  if (before.text === '.' && tokens[at - 2]?.lower === 'no') return true;
  if (before.text === '#' || before.text === '§' || before.text === '№') return true;
  return before.kind === 'han' && /(?:第|图|表|案例|专栏|附件|目标)$/.test(before.text);
}

/** `1)`, `(2)`, `3.` before the words of a list's item. */
function isListMark(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  const after = tokens[at + 1];
  if (token === undefined || token.text.length > 2 || after === undefined) return false;
  const before = tokens[at - 1];
  if (after.text === ')' || after.text === '）') {
    if (before?.text === '(' || before?.text === '（') return true;
    return before === undefined || /[;:.,。；：，]/.test(before.text) || before.kind === 'word';
  }
  return (
    before === undefined &&
    (after.text === '.' || after.text === '、' || after.text === ',') &&
    !touches(after, tokens[at + 2])
  );
}

/** The whole interval in which the writer's number may lie, in the unit as written. */
export function interval(quantity: Quantity): { low: Rational; high: Rational } {
  const { value, slack, hedge } = quantity;
  const tenth = divide(value.n < 0n ? multiply(value, rational(-1n)) : value, rational(10n));
  const low = add(value, multiply(slack, rational(-1n)));
  const high = add(value, slack);
  if (hedge === 'about') return { low: add(value, multiply(tenth, rational(-1n))), high: add(value, tenth) };
  if (hedge === 'over') return { low, high: add(high, tenth) };
  if (hedge === 'nearly' || hedge === 'upto') return { low: add(low, multiply(tenth, rational(-1n))), high };
  return { low, high };
}

/** The same in the base unit of what is measured, so that numbers in different units can be held against each other. */
export function baseInterval(quantity: Quantity): { low: Rational; high: Rational } {
  const { low, high } = interval(quantity);
  return { low: multiply(low, quantity.factor), high: multiply(high, quantity.factor) };
}
