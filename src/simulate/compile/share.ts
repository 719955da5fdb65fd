import { clocked } from './closures.ts';
import { type Assignment, type Cell, type Ir, type Program, parts, slot } from './ir.ts';
import type { Order } from './order.ts';

interface Node {
  readonly ir: Ir;
  readonly constant: boolean;
  readonly fixed: boolean;
  readonly cost: number;
  /** By how many different expressions it is read, and whether one of them is computed in any case. */
  uses: number;
  certain: boolean;
  slot: number | undefined;
}

/** Sharing pays from here on: below, reading a stored value costs as much as computing it. */
const worthSharing = 3;

/**
 * Rewrites the equations of a step: parts that depend on constants alone are computed once a run, equal parts of
 * different equations once a step. The operations themselves stay as they are, so the results are the same to the last
 * bit.
 */
export function shareWork(cells: readonly Cell[], order: Order): Program {
  const work = new Sharing(cells, order);
  return work.program();
}

class Sharing {
  readonly #cells: readonly Cell[];
  readonly #order: Order;
  readonly #nodes = new Map<string, Node>();
  readonly #names = new Map<Node, number>();
  readonly #constants: Assignment[] = [];
  readonly #step: Assignment[] = [];
  #slots: number;

  constructor(cells: readonly Cell[], order: Order) {
    this.#cells = cells;
    this.#order = order;
    this.#slots = cells.length;
  }

  program(): Program {
    const equations = this.#order.step.flatMap((place) => {
      const cell = this.#cells[place];
      return cell?.equation === undefined ? [] : [{ cell, root: this.#visit(cell.equation, true) }];
    });
    for (const { cell, root } of equations) {
      this.#step.push({ slot: cell.slot, ir: this.#rewrite(root, true), once: cell.kind === 'draw' });
    }
    return { slots: this.#slots, constants: this.#constants, step: this.#step };
  }

  /** The node of an expression: one for all that are written alike. Its parts are visited once. */
  #visit(ir: Ir, certain: boolean): Node {
    const inner = parts(ir).map((part, i) => this.#visit(part, certain && isCertain(ir, i)));
    const key = `${keyOf(ir)}(${inner.map((node) => this.#nameOf(node)).join()})`;
    const known = this.#nodes.get(key);
    if (known !== undefined) {
      known.uses++;
      known.certain ||= certain;
      return known;
    }
    const node: Node = {
      ir,
      constant: this.#isConstant(ir) && inner.every((one) => one.constant),
      fixed: isFixed(ir) || inner.some((one) => one.fixed),
      cost: costOf(ir) + inner.reduce((sum, one) => sum + one.cost, 0),
      uses: 1,
      certain,
      slot: undefined,
    };
    this.#nodes.set(key, node);
    this.#names.set(node, this.#names.size);
    return node;
  }

  #nameOf(node: Node): number {
    return this.#names.get(node) ?? -1;
  }

  #isConstant(ir: Ir): boolean {
    switch (ir.op) {
      case 'slot':
        return this.#order.constant.has(ir.slot);
      case 'pick':
        return ir.slots.every((one) => this.#order.constant.has(one));
      case 'clock':
        return ir.which !== 'time';
      case 'device':
        return false;
      case 'call':
        return !clocked.has(ir.name) && !ir.name.startsWith('draw.');
      default:
        return true;
    }
  }

  #rewrite(node: Node, root: boolean): Ir {
    if (node.slot !== undefined) return slot(node.slot);
    if (node.constant && node.cost > 0 && !root) {
      node.slot = this.#slots++;
      this.#constants.push({ slot: node.slot, ir: node.ir, once: false });
      return slot(node.slot);
    }
    const ir = this.#withParts(node);
    const shared = node.uses > 1 && node.certain && node.cost >= worthSharing && !node.fixed;
    if (!shared) return ir;
    node.slot = this.#slots++;
    this.#step.push({ slot: node.slot, ir, once: false });
    return slot(node.slot);
  }

  #withParts(node: Node): Ir {
    const { ir } = node;
    const of = (part: Ir): Ir => this.#rewrite(this.#find(part), false);
    switch (ir.op) {
      case 'unary':
        return { ...ir, arg: of(ir.arg) };
      case 'graph':
      case 'device':
        return { ...ir, arg: of(ir.arg) };
      case 'binary':
        return { ...ir, left: of(ir.left), right: of(ir.right) };
      case 'if':
        return { ...ir, test: of(ir.test), yes: of(ir.yes), otherwise: of(ir.otherwise) };
      case 'call':
        return { ...ir, args: ir.args.map(of) };
      case 'pick':
        return { ...ir, indices: ir.indices.map(of) };
      default:
        return ir;
    }
  }

  readonly #found = new Map<Ir, Node>();

  #find(ir: Ir): Node {
    const known = this.#found.get(ir);
    if (known !== undefined) return known;
    const key = `${keyOf(ir)}(${parts(ir)
      .map((part) => this.#nameOf(this.#find(part)))
      .join()})`;
    const node = this.#nodes.get(key);
    if (node === undefined) throw new Error('an expression that was not visited');
    this.#found.set(ir, node);
    return node;
  }
}

/** Whether the i-th part is computed whenever the whole is. */
function isCertain(ir: Ir, i: number): boolean {
  if (ir.op === 'if') return i === 0;
  return !(ir.op === 'binary' && (ir.sign === 'and' || ir.sign === 'or') && i === 1);
}

/** What gives another value each time, or may be asked only at its own place. */
function isFixed(ir: Ir): boolean {
  return ir.op === 'device' || (ir.op === 'call' && ir.name.startsWith('draw.'));
}

function keyOf(ir: Ir): string {
  switch (ir.op) {
    case 'number':
      return Object.is(ir.value, -0) ? 'n-0' : `n${ir.value}`;
    case 'slot':
      return `v${ir.slot}`;
    case 'clock':
      return `c${ir.which}`;
    case 'unary':
    case 'binary':
      return `${ir.op}${ir.sign}`;
    case 'call':
      return `f${ir.name}`;
    case 'graph':
      return `g${ir.table}`;
    case 'pick':
      return `p${ir.slots.join()}|${ir.sizes.join()}`;
    case 'device':
      return `d${ir.stock}|${ir.port}|${ir.figure}`;
    case 'if':
      return 'if';
  }
}

const costly: Readonly<Record<string, number>> = { '^': 15, '/': 2, mod: 3 };

function costOf(ir: Ir): number {
  switch (ir.op) {
    case 'number':
    case 'slot':
    case 'clock':
      return 0;
    case 'binary':
      return costly[ir.sign] ?? 1;
    case 'call':
      return ir.name === 'min' || ir.name === 'max' ? 2 : 8;
    case 'graph':
    case 'pick':
      return 8;
    default:
      return 1;
  }
}
