import type { Device } from '../run/device.ts';
import { type Clock, draws, functions, type Table } from '../run/runtime.ts';
import type { Stream } from '../run/stream.ts';
import type { Ir } from './ir.ts';

/** One equation as a function of the state and the clock. */
export type Evaluate = (v: Float64Array, c: Clock) => number;

/** What evaluation needs besides the state: graphical functions, and a stream of random numbers for each call site. */
export interface Surroundings {
  readonly tables: readonly Table[];
  readonly stream: (place: number, seed: number | undefined) => Stream;
  readonly device: (stock: number) => Device;
}

/** Functions whose first parameter is the clock. */
export const clocked = new Set(['step', 'ramp', 'pulse', 'window', 'windows', 'sinwave', 'coswave']);

/** Functions of Math under their own names. */
export const mathematical: Readonly<Record<string, (...args: number[]) => number>> = {
  abs: Math.abs,
  acos: Math.acos,
  asin: Math.asin,
  atan: Math.atan,
  atan2: Math.atan2,
  cos: Math.cos,
  cosh: Math.cosh,
  exp: Math.exp,
  log: Math.log,
  log10: Math.log10,
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  sign: Math.sign,
  tan: Math.tan,
  tanh: Math.tanh,
  trunc: Math.trunc,
  min: Math.min,
  max: Math.max,
};

/**
 * Turns an equation into nested closures. Slower than emitted source but needs no code generation, so it runs where a
 * page's policy forbids eval; both give the same numbers bit for bit.
 */
export function closure(ir: Ir, around: Surroundings, place: number): Evaluate {
  switch (ir.op) {
    case 'number': {
      const { value } = ir;
      return () => value;
    }
    case 'slot': {
      const { slot } = ir;
      return (v) => v[slot] ?? Number.NaN;
    }
    case 'clock': {
      const { which } = ir;
      return (_, c) => c[which];
    }
    case 'unary': {
      const arg = closure(ir.arg, around, place);
      return ir.sign === '-' ? (v, c) => -arg(v, c) : (v, c) => (arg(v, c) === 0 ? 1 : 0);
    }
    case 'if': {
      const test = closure(ir.test, around, place);
      const then = closure(ir.yes, around, place);
      const otherwise = closure(ir.otherwise, around, place);
      return (v, c) => (test(v, c) !== 0 ? then(v, c) : otherwise(v, c));
    }
    case 'binary':
      return pair(ir, around, place);
    case 'graph': {
      const table = around.tables[ir.table];
      const arg = closure(ir.arg, around, place);
      return (v, c) => table?.(arg(v, c)) ?? Number.NaN;
    }
    case 'pick': {
      const indices = ir.indices.map((one) => closure(one, around, place));
      const { slots, sizes } = ir;
      return (v, c) => functions.pick(v, slots, sizes, ...indices.map((one) => one(v, c)));
    }
    case 'device': {
      const device = around.device(ir.stock);
      const arg = closure(ir.arg, around, place);
      const { port, figure } = ir;
      if (figure === undefined) return (v, c) => device.flow(port, v, c);
      return (v, c) => device.held(figure, v, c, arg(v, c));
    }
    case 'call':
      return called(ir.name, ir.args, around, place);
  }
}

function pair(ir: Extract<Ir, { op: 'binary' }>, around: Surroundings, place: number): Evaluate {
  const a = closure(ir.left, around, place);
  const b = closure(ir.right, around, place);
  switch (ir.sign) {
    case '+':
      return (v, c) => a(v, c) + b(v, c);
    case '-':
      return (v, c) => a(v, c) - b(v, c);
    case '*':
      return (v, c) => a(v, c) * b(v, c);
    case '/':
      return (v, c) => a(v, c) / b(v, c);
    case '^':
      return (v, c) => a(v, c) ** b(v, c);
    case 'mod':
      return (v, c) => functions.mod(a(v, c), b(v, c));
    case '<':
      return (v, c) => (a(v, c) < b(v, c) ? 1 : 0);
    case '<=':
      return (v, c) => (a(v, c) <= b(v, c) ? 1 : 0);
    case '>':
      return (v, c) => (a(v, c) > b(v, c) ? 1 : 0);
    case '>=':
      return (v, c) => (a(v, c) >= b(v, c) ? 1 : 0);
    case '=':
      return (v, c) => (a(v, c) === b(v, c) ? 1 : 0);
    case '<>':
      return (v, c) => (a(v, c) !== b(v, c) ? 1 : 0);
    case 'and':
      return (v, c) => (a(v, c) !== 0 && b(v, c) !== 0 ? 1 : 0);
    case 'or':
      return (v, c) => (a(v, c) !== 0 || b(v, c) !== 0 ? 1 : 0);
  }
}

function called(name: string, parts: readonly Ir[], around: Surroundings, place: number): Evaluate {
  const args = parts.map((one) => closure(one, around, place));
  if (name.startsWith('draw.')) {
    const { draw, count, seed } = drawing(name, args.length);
    const given = seed === undefined ? undefined : args[seed];
    const before = args.slice(0, count);
    const make = Object.hasOwn(draws, draw) ? draws[draw] : undefined;
    if (make === undefined) throw new Error(`no random function '${draw}'`);
    return (v, c) => make(around.stream(place, given?.(v, c)), ...before.map((one) => one(v, c)));
  }
  const plain = Object.hasOwn(mathematical, name) ? mathematical[name] : undefined;
  const [first, second] = args;
  if (plain !== undefined) {
    if (first !== undefined && args.length === 1) return (v, c) => plain(first(v, c));
    if (first !== undefined && second !== undefined && args.length === 2)
      return (v, c) => plain(first(v, c), second(v, c));
    return (v, c) => plain(...args.map((one) => one(v, c)));
  }
  const other: unknown = Reflect.get(functions, name);
  if (typeof other !== 'function') throw new Error(`no runtime function '${name}'`);
  if (clocked.has(name)) return (v, c) => Number(other(c, ...args.map((one) => one(v, c))));
  return (v, c) => Number(other(...args.map((one) => one(v, c))));
}

/** The parts of a random call's name, `draw.normal.2`: what is drawn, and how many arguments stand before a seed. */
export function drawing(
  name: string,
  args: number,
): { draw: string; count: number; seed: number | undefined } {
  const [, draw = '', most = '0'] = name.split('.');
  const count = Math.min(args, Number(most));
  return { draw, count, seed: args > Number(most) ? args - 1 : undefined };
}
