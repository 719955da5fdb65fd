import type { Expression, Value } from './filter.ts';
import { StaError } from './model.ts';
import { fits, relate, relations } from './relate.ts';
import { distance, lengthOf, type Shape } from './shape.ts';
import { type Duration, readMoment, readSpan, type Span } from './times.ts';

/**
 * The values of a filter's expression for one entity. A path over a collection has many: a comparison holds when it
 * holds for one of them, as a join would say it.
 */
export type Look = (steps: readonly string[]) => readonly Value[];

export function holds(expression: Expression, look: Look, now: number): boolean {
  return valuesOf(expression, look, now).some((value) => value === true);
}

export function valuesOf(expression: Expression, look: Look, now: number): readonly Value[] {
  switch (expression.kind) {
    case 'literal':
      return [expression.value];
    case 'path':
      return look(expression.steps);
    case 'not':
      return [!holds(expression.of, look, now)];
    case 'binary': {
      const { op } = expression;
      if (op === 'and') return [holds(expression.left, look, now) && holds(expression.right, look, now)];
      if (op === 'or') return [holds(expression.left, look, now) || holds(expression.right, look, now)];
      const { left: leftOf, right: rightOf } = expression;
      const rights = valuesOf(rightOf, look, now);
      return valuesOf(leftOf, look, now).flatMap((left) =>
        rights.map((right) => binary(op, beside(rightOf, left), beside(leftOf, right))),
      );
    }
    case 'call': {
      const args = expression.args.map((arg) => valuesOf(arg, look, now));
      const [first = [null], second = [null], third = [null]] = args;
      return first.flatMap((a) =>
        second.flatMap((b) => third.map((c) => call(expression.name, [a, b, c].slice(0, args.length), now))),
      );
    }
  }
}

function binary(op: string, left: Value, right: Value): Value {
  if (op === 'add' || op === 'sub' || op === 'mul' || op === 'div' || op === 'mod') {
    const moved = inTime(op, left, right);
    if (moved !== null) return moved;
    const [a, b] = [numberOf(left), numberOf(right)];
    if (a === null || b === null) return null;
    if (op === 'add') return a + b;
    if (op === 'sub') return a - b;
    if (op === 'mul') return a * b;
    if (b === 0) return null;
    return op === 'div' ? a / b : a % b;
  }
  if (left === null || right === null)
    return op === 'eq' ? left === right : op === 'ne' ? left !== right : false;
  const [x, y] = alike(left, right);
  if (isSpan(x) && isSpan(y)) {
    // A moment equals an interval that it lies in.
    const [long, short] = x.end - x.start > y.end - y.start ? [x, y] : [y, x];
    const same =
      short.start === short.end
        ? long.start <= short.start && short.end <= long.end
        : x.start === y.start && x.end === y.end;
    if (op === 'eq') return same;
    if (op === 'ne') return !same;
    if (op === 'lt') return x.end < y.start;
    if (op === 'gt') return x.start > y.end;
    return op === 'le' ? x.end <= y.end : x.start >= y.start;
  }
  if ((typeof x === 'number' && typeof y === 'number') || (typeof x === 'string' && typeof y === 'string')) {
    if (op === 'eq') return x === y;
    if (op === 'ne') return x !== y;
    if (op === 'lt') return x < y;
    if (op === 'gt') return x > y;
    return op === 'le' ? x <= y : x >= y;
  }
  if (isDuration(x) && isDuration(y)) return binary(op, x.milliseconds, y.milliseconds);
  if (op === 'eq') return x === y;
  return op === 'ne' ? x !== y : false;
}

/** Times and durations added and taken away (OData 4.0 URL conventions, 5.1.1.2); null for anything else. */
function inTime(op: string, left: Value, right: Value): Value {
  if (op !== 'add' && op !== 'sub') return null;
  const sign = op === 'add' ? 1 : -1;
  if (isSpan(left) && isDuration(right)) {
    const by = sign * right.milliseconds;
    return { start: left.start + by, end: left.end + by };
  }
  if (isDuration(left) && isDuration(right))
    return { milliseconds: left.milliseconds + sign * right.milliseconds };
  if (isSpan(left) && isSpan(right) && op === 'sub') return { milliseconds: left.start - right.start };
  return null;
}

/**
 * A result may be a number or a text. Beside a quoted literal a number is read as the text it would be written as; beside
 * a number a text never compares.
 */
function beside(other: Expression, value: Value): Value {
  return typeof value === 'number' && other.kind === 'literal' && typeof other.value === 'string'
    ? String(value)
    : value;
}

/** Two values made comparable: a text beside a time or a number is read as one where it can be. */
function alike(left: Value, right: Value): readonly [Value, Value] {
  if (isSpan(left) && typeof right === 'string') return [left, readSpan(right) ?? right];
  if (isSpan(right) && typeof left === 'string') return [readSpan(left) ?? left, right];
  return [left, right];
}

function isSpan(value: Value): value is Span {
  return typeof value === 'object' && value !== null && 'start' in value;
}

function isShape(value: Value): value is Shape {
  return typeof value === 'object' && value !== null && 'areas' in value;
}

function isDuration(value: Value): value is Duration {
  return typeof value === 'object' && value !== null && 'milliseconds' in value;
}

function numberOf(value: Value): number | null {
  return typeof value === 'number' ? value : null;
}

type Call = (args: readonly Value[], now: number) => Value;

const onText =
  (apply: (text: string, ...more: readonly (string | number)[]) => Value): Call =>
  ([first, ...rest]) => {
    const more = rest.filter((each) => typeof each === 'string' || typeof each === 'number');
    return typeof first === 'string' && more.length === rest.length ? apply(first, ...more) : null;
  };
const onNumber =
  (apply: (value: number) => number): Call =>
  ([value]) =>
    typeof value === 'number' ? apply(value) : null;
const onTime =
  (apply: (at: Date) => Value): Call =>
  ([value]) => {
    const span = isSpan(value ?? null) ? value : typeof value === 'string' ? readSpan(value) : null;
    return span !== null && span !== undefined && isSpan(span) ? apply(new Date(span.start)) : null;
  };
const onShapes =
  (apply: (a: Shape, b: Shape) => Value): Call =>
  ([a = null, b = null]) =>
    isShape(a) && isShape(b) ? apply(a, b) : null;

const calls: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['substringof', onText((part, whole) => String(whole).includes(part))],
  ['contains', onText((whole, part) => whole.includes(String(part)))],
  ['startswith', onText((whole, part) => whole.startsWith(String(part)))],
  ['endswith', onText((whole, part) => whole.endsWith(String(part)))],
  ['length', onText((whole) => whole.length)],
  ['indexof', onText((whole, part) => whole.indexOf(String(part)))],
  [
    'substring',
    onText((whole, from = 0, count) =>
      whole.substr(Number(from), count === undefined ? undefined : Number(count)),
    ),
  ],
  ['tolower', onText((whole) => whole.toLowerCase())],
  ['toupper', onText((whole) => whole.toUpperCase())],
  ['trim', onText((whole) => whole.trim())],
  ['concat', onText((whole, part) => whole + String(part))],
  ['round', onNumber(Math.round)],
  ['floor', onNumber(Math.floor)],
  ['ceiling', onNumber(Math.ceil)],
  ['year', onTime((at) => at.getUTCFullYear())],
  ['month', onTime((at) => at.getUTCMonth() + 1)],
  ['day', onTime((at) => at.getUTCDate())],
  ['hour', onTime((at) => at.getUTCHours())],
  ['minute', onTime((at) => at.getUTCMinutes())],
  ['second', onTime((at) => at.getUTCSeconds())],
  ['fractionalseconds', onTime((at) => at.getUTCMilliseconds() / 1000)],
  ['date', onTime((at) => at.toISOString().slice(0, 10))],
  ['time', onTime((at) => at.toISOString().slice(11, 23))],
  ['totaloffsetminutes', onTime(() => 0)],
  ['totalseconds', ([value = null]) => (isDuration(value) ? value.milliseconds / 1000 : null)],
  ['now', (_, now) => ({ start: now, end: now })],
  ['mindatetime', () => instant('0001-01-01T00:00:00Z')],
  ['maxdatetime', () => instant('9999-12-31T23:59:59Z')],
  ['geo.distance', onShapes((a, b) => distance(a, b, relations.intersects(a, b)))],
  ['geo.length', ([a = null]) => (isShape(a) ? lengthOf(a) : null)],
  ['geo.intersects', onShapes(relations.intersects)],
  ...Object.entries(relations).map(([name, holds]): [string, Call] => [`st_${name}`, onShapes(holds)]),
  [
    'st_relate',
    ([a = null, b = null, pattern = null]) => {
      if (typeof pattern !== 'string' || !/^[TF012*]{9}$/.test(pattern))
        throw new StaError(400, 'st_relate takes a pattern of nine of T, F, 0, 1, 2 and *');
      return isShape(a) && isShape(b) ? fits(relate(a, b), pattern) : null;
    },
  ],
]);

function call(name: string, args: readonly Value[], now: number): Value {
  const known = calls.get(name.toLowerCase());
  if (known === undefined) throw new StaError(501, `the function ${name.slice(0, 60)} is not served`);
  return known(args, now);
}

function instant(text: string): Span {
  const at = readMoment(text) ?? 0;
  return { start: at, end: at };
}
