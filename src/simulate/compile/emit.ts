import { clocked, drawing, mathematical } from './closures.ts';
import type { Cell, CellSet, Ir } from './ir.ts';
import { parts } from './ir.ts';
import type { Order } from './order.ts';
import { shareWork } from './share.ts';

/**
 * V8 does not optimise functions beyond about 60 kB of bytecode: one function for 2,800 equations runs 20 times slower
 * than small ones.
 */
const mostEquations = 60;
const mostParts = 1500;

/**
 * The model as JavaScript source: the body of a function that takes the runtime and gives `(around) => kernel`. It
 * holds numbers and slots only, never a text of the model, so nothing of the file can become code.
 */
export function emitBody(set: CellSet, order: Order): string {
  const { cells, graphs, devices } = set;
  const program = set.program ?? shareWork(cells, order);
  const lines = ["'use strict';", 'const f = rt.f;'];
  graphs.forEach((graph, i) => {
    lines.push(
      `const g${i} = rt.table(${JSON.stringify(graph.kind)}, ${list(graph.xs)}, ${list(graph.ys)});`,
    );
  });
  const cellsOf = (slots: readonly number[]) => slots.flatMap((slot) => cells[slot] ?? []);
  lines.push('return (around) => {');
  for (const { stock } of devices) lines.push(`const D${stock} = around.device(${stock});`);
  chunks(
    lines,
    'i',
    cellsOf(order.initial)
      .flatMap((cell) => {
        const source = cell.initial ?? cell.equation;
        // Literals are laid into the state before a run, where a run may change them.
        return source === undefined || source.op === 'number'
          ? []
          : [assign(cell.slot, source, cell.kind === 'draw')];
      })
      .concat(program.constants.map((one) => assign(one.slot, one.ir, false))),
  );
  chunks(
    lines,
    's',
    program.step.map((one) => assign(one.slot, one.ir, one.once)),
  );
  chunks(
    lines,
    'r',
    cells
      .filter((cell) => cell.kind === 'stock')
      .map((cell, k) => ({ text: `d[${k}] = ${emitRate(cell)};`, weight: 4 })),
  );
  chunks(
    lines,
    'm',
    cells
      .filter((cell) => cell.kind === 'memory')
      .map((cell, k) => ({
        text: `d[${k}] = ${emit(cell.update ?? { op: 'number', value: 0 })};`,
        weight: 4,
      })),
  );
  lines.push('return { initial: iAll, step: sAll, rates: rAll, memories: mAll };', '};');
  return lines.join('\n');
}

/** The same as a module of its own, to be served as a file: a page may import it where eval is forbidden. */
export function emitModule(set: CellSet, order: Order): string {
  return `export default function (rt) {\n${emitBody(set, order)}\n}\n`;
}

interface Statement {
  readonly text: string;
  readonly weight: number;
}

function assign(place: number, ir: Ir, once: boolean): Statement {
  const text = `v[${place}] = ${emit(ir, place)};`;
  return { text: once ? `if (c.full) ${text}` : text, weight: weigh(ir) };
}

function weigh(ir: Ir): number {
  let weight = 1;
  for (const part of parts(ir)) weight += weigh(part);
  return weight;
}

function chunks(lines: string[], prefix: string, statements: readonly Statement[]): void {
  const calls: string[] = [];
  let open: string[] = [];
  let weight = 0;
  const close = () => {
    if (open.length === 0) return;
    const name = `${prefix}${calls.length}`;
    lines.push(`function ${name}(v, c, d) {`, 'const t = c.time;', ...open, '}');
    calls.push(`${name}(v, c, d);`);
    open = [];
    weight = 0;
  };
  for (const statement of statements) {
    if (open.length >= mostEquations || weight + statement.weight > mostParts) close();
    open.push(statement.text);
    weight += statement.weight;
  }
  close();
  lines.push(`function ${prefix}All(v, c, d) { ${calls.join(' ')} }`);
}

/** Net flow into a stock: inflows less outflows, in the file's order, plus a rate of its own. */
function emitRate(cell: Cell): string {
  const terms = [
    ...cell.inflows.map((slot) => `+ v[${slot}]`),
    ...cell.outflows.map((slot) => `- v[${slot}]`),
    ...(cell.rate === undefined ? [] : [`+ ${emit(cell.rate)}`]),
  ];
  return `0 ${terms.join(' ')}`;
}

function emit(ir: Ir, place = 0): string {
  switch (ir.op) {
    case 'number':
      return literal(ir.value);
    case 'slot':
      return `v[${ir.slot}]`;
    case 'clock':
      return ir.which === 'time' ? 't' : `c.${ir.which}`;
    case 'unary':
      return ir.sign === '-' ? `(-${emit(ir.arg, place)})` : `(${test(ir.arg, place)} ? 0 : 1)`;
    case 'if':
      return `(${test(ir.test, place)} ? ${emit(ir.yes, place)} : ${emit(ir.otherwise, place)})`;
    case 'graph':
      return `g${ir.table}(${emit(ir.arg, place)})`;
    case 'pick':
      return `f.pick(v, ${list(ir.slots)}, ${list(ir.sizes)}, ${ir.indices.map((one) => emit(one, place)).join(', ')})`;
    case 'binary': {
      const arithmetic = ['+', '-', '*', '/'].includes(ir.sign);
      if (arithmetic) return `(${emit(ir.left, place)} ${ir.sign} ${emit(ir.right, place)})`;
      if (ir.sign === '^') return `(${emit(ir.left, place)} ** ${emit(ir.right, place)})`;
      if (ir.sign === 'mod') return `f.mod(${emit(ir.left, place)}, ${emit(ir.right, place)})`;
      return `(${test(ir, place)} ? 1 : 0)`;
    }
    case 'device':
      return ir.figure === undefined
        ? `D${ir.stock}.flow(${ir.port}, v, c)`
        : `D${ir.stock}.held('${ir.figure}', v, c, ${emit(ir.arg, place)})`;
    case 'call':
      return emitCall(ir.name, ir.args, place);
  }
}

function emitCall(name: string, args: readonly Ir[], place: number): string {
  const texts = args.map((one) => emit(one, place));
  if (name.startsWith('draw.')) {
    const { draw, count, seed } = drawing(name, args.length);
    const stream = `around.stream(${place}, ${seed === undefined ? 'undefined' : texts[seed]})`;
    return `rt.draws.${draw}(${[stream, ...texts.slice(0, count)].join(', ')})`;
  }
  if (name === 'sum' && texts.length <= 64) return `(${texts.join(' + ')})`;
  if (name === 'int') return `Math.floor(${texts.join('')})`;
  if (Object.hasOwn(mathematical, name)) return `Math.${name}(${texts.join(', ')})`;
  return `f.${name}(${(clocked.has(name) ? ['c', ...texts] : texts).join(', ')})`;
}

/** An equation as a JavaScript condition; anything but 0 is true. */
function test(ir: Ir, place: number): string {
  if (ir.op === 'unary' && ir.sign === 'not') return `(!${test(ir.arg, place)})`;
  if (ir.op === 'binary') {
    const sign = comparisons[ir.sign];
    if (sign !== undefined) return `(${emit(ir.left, place)} ${sign} ${emit(ir.right, place)})`;
    if (ir.sign === 'and') return `(${test(ir.left, place)} && ${test(ir.right, place)})`;
    if (ir.sign === 'or') return `(${test(ir.left, place)} || ${test(ir.right, place)})`;
  }
  return `(${emit(ir, place)} !== 0)`;
}

const comparisons: Readonly<Record<string, string>> = {
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '=': '===',
  '<>': '!==',
};

function literal(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '(-Infinity)';
  return value < 0 || Object.is(value, -0) ? `(-${String(-value)})` : String(value);
}

function list(values: readonly number[]): string {
  return `[${values.map(literal).join(',')}]`;
}
