import {
  add,
  compare,
  divide,
  isZero,
  multiply,
  negate,
  parseDecimal,
  type Rational,
  rational,
  subtract,
  toDecimal,
} from '../model/index.ts';
import { type Formula, readFormula } from './formula.ts';
import { distance, readPoint, readShape, shapeContains } from './geometry.ts';
import { rowsOf } from './rows.ts';
import { countSerials, readSerials } from './serials.ts';

/** What a formula is about: values by name, and what it may ask for. All that it asks is known beforehand. */
export interface Facts {
  /** The text of a field; null when it was not given. `['station', 'capacity']`: of the entity that `station` names. */
  value(path: readonly string[]): string | null;
  /** The same of an entity, as it was at the end of a day (`2021-06-30`); null before it was entered. */
  valueOn(path: readonly string[], day: string): string | null;
  /** The texts of a column of a field with rows. */
  column(field: string, column: string): readonly string[];
  parameter(id: string, year: string): string | null;
  balance(item: string, holder: string): string | null;
  children(type: string, step: string): number;
  /** Minutes on foot between two points along a network. */
  walk(network: string, from: string, to: string): string | null;
}

/** Numbers are exact; null stands for what is not known, and makes all that it touches unknown. */
export type Value = Rational | string | boolean | null;

/**
 * The value of a formula. Division by zero is unknown. `distance` is in metres, a double rounded
 * to millimetres; `walk` in minutes, to a tenth.
 */
export function compute(text: string, facts: Facts): Value {
  return evaluated(readFormula(text), facts);
}

/** The value as a decimal, at most 34 digits; null when it is no number. */
export function computeNumber(text: string, facts: Facts): string | null {
  const value = numberOf(compute(text, facts));
  return value === null ? null : toDecimal(value);
}

/** The value as the text of a field; null when unknown. */
export function computeText(text: string, facts: Facts): string | null {
  const value = compute(text, facts);
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : toDecimal(value);
}

function evaluated(formula: Formula, facts: Facts): Value {
  switch (formula.op) {
    case 'number':
      return parseDecimal(formula.value);
    case 'text':
      return formula.value;
    case 'name':
      return facts.value(formula.path);
    case 'not': {
      const inner = truthOf(evaluated(formula.of, facts));
      return inner === null ? null : !inner;
    }
    case 'negate': {
      const inner = numberOf(evaluated(formula.of, facts));
      return inner === null ? null : negate(inner);
    }
    case 'call':
      return callOf(formula, facts);
    case 'and':
    case 'or': {
      const [left, right] = [
        truthOf(evaluated(formula.left, facts)),
        truthOf(evaluated(formula.right, facts)),
      ];
      const decides = formula.op === 'or';
      if (left === decides || right === decides) return decides;
      return left === null || right === null ? null : !decides;
    }
    case '+':
    case '-':
    case '*':
    case '/': {
      const [left, right] = [
        numberOf(evaluated(formula.left, facts)),
        numberOf(evaluated(formula.right, facts)),
      ];
      if (left === null || right === null) return null;
      if (formula.op === '/') return isZero(right) ? null : divide(left, right);
      return (formula.op === '+' ? add : formula.op === '-' ? subtract : multiply)(left, right);
    }
    default:
      return compared(formula.op, evaluated(formula.left, facts), evaluated(formula.right, facts));
  }
}

/** Two texts that are both numbers are compared as numbers; dates as texts, which is their order. */
function compared(op: '=' | '!=' | '<' | '<=' | '>' | '>=', left: Value, right: Value): boolean | null {
  if (left === null || right === null) return null;
  const [a, b] = [numberOf(left), numberOf(right)];
  const order =
    a !== null && b !== null
      ? compare(a, b)
      : textOf(left) < textOf(right)
        ? -1
        : textOf(left) > textOf(right)
          ? 1
          : 0;
  switch (op) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

function callOf({ name, args }: Extract<Formula, { op: 'call' }>, facts: Facts): Value {
  const [first, second] = args;
  const at = (arg: Formula | undefined): Value => (arg === undefined ? null : evaluated(arg, facts));
  const text = (arg: Formula | undefined): string | null => {
    const value = at(arg);
    return value === null ? null : textOf(value);
  };
  const both = <T>(make: (a: string, b: string) => T): T | null => {
    const [a, b] = [text(first), text(second)];
    return a === null || b === null ? null : make(a, b);
  };
  switch (name) {
    case 'param':
      return both((id, year) => facts.parameter(id, year));
    case 'balance':
      return both((item, holder) => facts.balance(item, holder));
    case 'children':
      return both((type, step) => whole(facts.children(type, step)));
    case 'contains':
      return both((shape, point) => {
        const [area, place] = [readShape(shape), readPoint(point)];
        return area === null || place === null ? null : shapeContains(area, place);
      });
    case 'distance':
      return both((a, b) => {
        const [from, to] = [readPoint(a), readPoint(b)];
        return from === null || to === null ? null : parseDecimal(distance(from, to).toFixed(3));
      });
    case 'walk': {
      const [network, from, to] = [text(first), text(second), text(args[2])];
      const minutes = network === null || from === null || to === null ? null : facts.walk(network, from, to);
      return minutes === null ? null : parseDecimal(minutes);
    }
    case 'asof': {
      const day = text(second);
      return first?.op === 'name' && day !== null ? facts.valueOn(first.path, day.slice(0, 10)) : null;
    }
    case 'days':
      return both((from, to) => {
        const days = Math.round((dayOf(to) - dayOf(from)) / 86_400_000);
        return Number.isFinite(days) ? whole(days) : null;
      });
    case 'year': {
      const date = text(first);
      return date === null ? null : parseDecimal(date.slice(0, 4));
    }
    case 'has':
      return both((list, one) => list.split(',').includes(one));
    case 'text':
      return both((a, b) => a + b);
    case 'if': {
      const answer = truthOf(at(first));
      return answer === null ? null : at(answer ? second : args[2]);
    }
    case 'either':
      return at(first) ?? at(second);
    case 'min':
    case 'max': {
      const [a, b] = [numberOf(at(first)), numberOf(at(second))];
      if (a === null || b === null) return null;
      return compare(a, b) * (name === 'max' ? 1 : -1) > 0 ? a : b;
    }
    case 'serials': {
      const blocks = readSerials(text(first) ?? '');
      return blocks === null ? null : rational(countSerials(blocks));
    }
    case 'count': {
      const value = text(first);
      if (value === null) return whole(0);
      return whole(value.startsWith('[') ? rowsOf(value).length : value.split(',').length);
    }
    case 'sum': {
      if (first?.op !== 'name') return numberOf(at(first));
      const [field = '', column = ''] = first.path;
      let total = rational(0n);
      for (const each of facts.column(field, column)) {
        const value = parseDecimal(each);
        if (value === null) return null;
        total = add(total, value);
      }
      return total;
    }
  }
}

const whole = (count: number): Rational => rational(BigInt(count));
const dayOf = (date: string): number => Date.parse(`${date.slice(0, 10)}T00:00:00Z`);

export function numberOf(value: Value): Rational | null {
  if (value === null || typeof value === 'boolean') return null;
  return typeof value === 'string' ? parseDecimal(value) : value;
}

export function truthOf(value: Value): boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  if (value === 'yes') return true;
  return value === 'no' ? false : null;
}

function textOf(value: Rational | string | boolean): string {
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : toDecimal(value);
}
