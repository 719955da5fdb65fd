import { unitHead } from '../language/index.ts';
import {
  add,
  compare,
  decimal,
  divide,
  isZero,
  type Localized,
  multiply,
  negate,
  parseUnit,
  type Rational,
  rational,
  root,
  subtract,
  type Unit,
} from '../model/index.ts';
import type { Expression } from './expression.ts';

/** A value in base units with its dimension: what an expression works on. */
interface Quantity {
  readonly value: Rational;
  readonly dimension: ReadonlyMap<string, number>;
  /** Whether the unit was a per cent or per mille: only those have percentage points between them. */
  readonly share: boolean;
}

/** A record's value as it enters a formula. */
export interface Operand {
  readonly value: Rational;
  readonly unit: Unit;
}

/** Why an expression has no value. Shown to readers, so in both languages. */
export class NoValue extends Error {
  readonly reason: Localized;
  constructor(reason: Localized) {
    super(reason.en);
    this.reason = reason;
  }
}

const noDimension: ReadonlyMap<string, number> = new Map();

/**
 * The value of a bound expression in the unit `target`. Exact throughout; the only inexact step is `root`, whose
 * precision exceeds what is published. Throws {@link NoValue} for a division by zero, units that don't fit, or a root
 * of a negative number.
 */
export function evaluate(expression: Expression, operands: readonly Operand[], target: Unit): Rational {
  const alone = expression.op === 'record' ? operands[expression.index] : undefined;
  if (alone?.unit.code === target.code) return alone.value;
  const { value, dimension } = quantityOf(expression, operands);
  if (!sameDimension(dimension, target.dimension) && alone !== undefined)
    throw new NoValue({
      en: `the record is in “${unitHead(alone.unit.code, 'en')}”, which does not convert into “${unitHead(target.code, 'en')}”`,
      zh: `记录的单位是“${unitHead(alone.unit.code, 'zh')}”，不能换算为“${unitHead(target.code, 'zh')}”`,
    });
  if (!sameDimension(dimension, target.dimension))
    throw new NoValue({
      en: `the formula does not give a value in the unit “${unitHead(target.code, 'en')}”`,
      zh: `公式的结果不能以“${unitHead(target.code, 'zh')}”表示`,
    });
  return divide(value, target.factor);
}

function quantityOf(expression: Expression, operands: readonly Operand[]): Quantity {
  switch (expression.op) {
    case 'number':
      return quantity(
        decimal(expression.value),
        expression.unit === null ? null : parseUnit(expression.unit),
      );
    case 'record': {
      const operand = operands[expression.index];
      if (operand === undefined)
        throw new NoValue({
          en: `record #${expression.index} is not there`,
          zh: `缺少记录#${expression.index}`,
        });
      return quantity(operand.value, operand.unit);
    }
    case 'indicator':
      throw new NoValue({
        en: `${expression.id} is not bound to a record`,
        zh: `${expression.id}未绑定到记录`,
      });
    case 'negate': {
      const inner = quantityOf(expression.of, operands);
      return { ...inner, value: negate(inner.value) };
    }
    case 'call':
      return callResult(expression, operands);
    default: {
      const left = quantityOf(expression.left, operands);
      const right = quantityOf(expression.right, operands);
      return combine(expression.op, left, right);
    }
  }
}

function quantity(value: Rational, unit: Unit | null): Quantity {
  if (unit === null) return { value, dimension: noDimension, share: false };
  return {
    value: multiply(value, unit.factor),
    dimension: unit.dimension,
    share: unit.code === '%' || unit.code === '[ppth]',
  };
}

function combine(op: 'add' | 'subtract' | 'multiply' | 'divide', left: Quantity, right: Quantity): Quantity {
  if (op === 'add' || op === 'subtract') {
    demandSame([left, right]);
    return {
      value: op === 'add' ? add(left.value, right.value) : subtract(left.value, right.value),
      dimension: left.dimension,
      share: left.share && right.share,
    };
  }
  if (op === 'divide' && isZero(right.value))
    throw new NoValue({ en: 'the divisor is zero', zh: '除数为零' });
  return {
    value: op === 'multiply' ? multiply(left.value, right.value) : divide(left.value, right.value),
    dimension: joined(left.dimension, right.dimension, op === 'multiply' ? 1 : -1),
    share: false,
  };
}

function joined(
  left: ReadonlyMap<string, number>,
  right: ReadonlyMap<string, number>,
  sign: 1 | -1,
): ReadonlyMap<string, number> {
  if (right.size === 0) return left;
  if (sign === -1 && left === right) return noDimension;
  const result = new Map(left);
  for (const [base, exponent] of right) {
    const sum = (result.get(base) ?? 0) + sign * exponent;
    if (sum === 0) result.delete(base);
    else result.set(base, sum);
  }
  return result;
}

function sameDimension(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a === b || (a.size === b.size && [...a].every(([base, exponent]) => b.get(base) === exponent));
}

function demandSame(quantities: readonly Quantity[]): void {
  const [first] = quantities;
  if (first !== undefined && quantities.some(({ dimension }) => !sameDimension(first.dimension, dimension)))
    throw new NoValue({
      en: 'the values are in units that cannot be added or compared',
      zh: '各值的单位不能相加或比较',
    });
}

const percentagePoint = parseUnit('pp');

/** The sum of records of one unit, which is what registers give by the ten thousand: converted once, at the end. */
function sumOfRecords(args: readonly Expression[], operands: readonly Operand[]): Quantity | null {
  let unit: Unit | null = null;
  // By denominator: exact decimals of a column have few, and whole numbers are added without reducing each time.
  const numerators = new Map<bigint, bigint>();
  for (const arg of args) {
    const operand = arg.op === 'record' ? operands[arg.index] : undefined;
    if (operand === undefined || (unit !== null && operand.unit !== unit)) return null;
    unit = operand.unit;
    const { n, d } = operand.value;
    numerators.set(d, (numerators.get(d) ?? 0n) + n);
  }
  let total = rational(0n);
  for (const [d, n] of numerators) total = add(total, rational(n, d));
  return unit === null ? null : quantity(total, unit);
}

function callResult(call: Extract<Expression, { op: 'call' }>, operands: readonly Operand[]): Quantity {
  const records = call.name === 'sum' && call.args.length > 1 ? sumOfRecords(call.args, operands) : null;
  if (records !== null) return records;
  const values = call.args.map((arg) => quantityOf(arg, operands));
  const [first, second] = values;
  if (first === undefined)
    throw new NoValue({ en: `${call.name}() of nothing`, zh: `${call.name}()没有参数` });
  switch (call.name) {
    case 'sum':
    case 'mean': {
      demandSame(values);
      const total = values.reduce((sum, each) => add(sum, each.value), rational(0n));
      return {
        ...first,
        value: call.name === 'sum' ? total : divide(total, rational(BigInt(values.length))),
      };
    }
    case 'min':
    case 'max': {
      demandSame(values);
      const wanted = call.name === 'max' ? 1 : -1;
      return values.reduce((best, each) => (compare(each.value, best.value) === wanted ? each : best), first);
    }
    case 'points': {
      if (second === undefined || !first.share || !second.share || percentagePoint === null)
        throw new NoValue({
          en: 'percentage points exist only between two shares',
          zh: '只有两个比例之间才有百分点之差',
        });
      const hundredths = multiply(subtract(first.value, second.value), rational(100n));
      return { value: hundredths, dimension: percentagePoint.dimension, share: false };
    }
    case 'root': {
      const degree = call.args[1];
      if (degree?.op !== 'number' || first.dimension.size > 0)
        throw new NoValue({ en: 'a root is taken of a plain number', zh: '只能对纯数开方' });
      if (first.value.n < 0n)
        throw new NoValue({
          en: 'the values have opposite signs: no average growth exists',
          zh: '两值符号相反，不存在平均增长率',
        });
      return { value: root(first.value, Number(degree.value)), dimension: noDimension, share: false };
    }
    case 'rankhigh':
    case 'ranklow': {
      demandSame(values);
      const better = call.name === 'rankhigh' ? 1 : -1;
      const ahead = values.filter((each) => compare(each.value, first.value) === better).length;
      return { value: rational(BigInt(ahead + 1)), dimension: new Map([['{rank}', 1]]), share: false };
    }
    default:
      throw new NoValue({
        en: `${call.name}() must be bound before it is computed`,
        zh: `${call.name}()须先绑定记录`,
      });
  }
}
