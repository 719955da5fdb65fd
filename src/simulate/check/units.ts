import type { Finding } from '../../model/index.ts';
import type { Compiled } from '../compile/compile.ts';
import type { Cell, Ir } from '../compile/ir.ts';
import { warning } from '../fault.ts';
import { dimensionless, raise, sameUnit, times, type Unit, UnitReader, unitText } from './unit.ts';

/** What a unit check found. `inferred` holds units of variables that declare none. */
export interface UnitReport {
  readonly findings: readonly Finding[];
  readonly checked: number;
  readonly undeclared: readonly string[];
  readonly inferred: ReadonlyMap<string, string>;
}

/** A unit; `any` for a number that fits every unit (0 and bare constants); undefined where nothing is known. */
type Guess = Unit | 'any' | undefined;

/**
 * Checks units by algebra over the compiled equations: sums and comparisons need equal units, what a variable declares
 * must be what its equation gives, and a stock's flows are its unit per time. A variable without units gets those of its
 * equation, once they are known.
 */
export function checkUnits(compiled: Compiled): UnitReport {
  return new Checker(compiled).report();
}

class Checker {
  readonly #compiled: Compiled;
  readonly #reader: UnitReader;
  readonly #time: Unit;
  readonly #known = new Map<number, Guess>();
  readonly #open = new Set<number>();
  readonly #findings = new Map<string, Finding>();

  constructor(compiled: Compiled) {
    this.#compiled = compiled;
    const { units, run } = compiled.document;
    this.#reader = new UnitReader(units, run.timeUnits);
    this.#time = this.#reader.read(run.timeUnits ?? 'time') ?? new Map([['time', 1]]);
  }

  report(): UnitReport {
    const { cells, visible } = this.#compiled;
    const undeclared = new Set<string>();
    const inferred = new Map<string, string>();
    const variables = new Set<string>();
    for (const cell of cells.slice(0, visible)) {
      variables.add(cell.variable);
      this.#check(cell);
      if (cell.units !== undefined) continue;
      undeclared.add(cell.variable);
      const unit = this.#ofCell(cell);
      if (unit instanceof Map) inferred.set(cell.variable, unitText(unit));
    }
    return {
      findings: [...this.#findings.values()],
      checked: variables.size,
      undeclared: [...undeclared],
      inferred,
    };
  }

  #check(cell: Cell): void {
    const declared = this.#declared(cell);
    const source = cell.kind === 'stock' ? cell.initial : cell.equation;
    const found = source === undefined ? undefined : this.#of(source, cell);
    if (declared !== undefined && found !== undefined && found !== 'any' && !sameUnit(declared, found)) {
      this.#mismatch(
        cell,
        `'${cell.name}' is declared in ${unitText(declared)}, its equation gives ${unitText(found)}`,
        'an equation has the unit of its variable',
      );
    }
    if (cell.kind !== 'stock' || declared === undefined) return;
    for (const slot of [...cell.inflows, ...cell.outflows]) {
      const flow = this.#compiled.cells[slot];
      const unit = flow === undefined ? undefined : this.#ofCell(flow);
      if (flow === undefined || unit === undefined || unit === 'any') continue;
      const wanted = times(declared, this.#time, -1);
      if (sameUnit(unit, wanted)) continue;
      this.#mismatch(
        cell,
        `the flow '${flow.name}' is in ${unitText(unit)}, the stock '${cell.name}' needs ${unitText(wanted)}`,
        'a stock changes by its unit per time',
      );
    }
  }

  #declared(cell: Cell): Unit | undefined {
    return cell.units === undefined ? undefined : this.#reader.read(cell.units);
  }

  #ofCell(cell: Cell): Guess {
    if (this.#known.has(cell.slot)) return this.#known.get(cell.slot);
    const declared = this.#declared(cell);
    if (declared !== undefined) {
      this.#known.set(cell.slot, declared);
      return declared;
    }
    if (this.#open.has(cell.slot) || this.#open.size > 500) return undefined;
    this.#open.add(cell.slot);
    const source = cell.initial ?? cell.equation ?? cell.update;
    const found = source === undefined ? undefined : this.#of(source, undefined);
    this.#open.delete(cell.slot);
    // A constant without a unit may be anything; it is no number without dimension.
    const guess = found === 'any' && !cell.hidden ? undefined : found;
    this.#known.set(cell.slot, guess);
    return guess;
  }

  #of(ir: Ir, cell: Cell | undefined): Guess {
    switch (ir.op) {
      case 'number':
        return 'any';
      case 'slot': {
        const other = this.#compiled.cells[ir.slot];
        return other === undefined ? undefined : this.#ofCell(other);
      }
      case 'clock':
        return this.#time;
      case 'unary':
        return ir.sign === 'not' ? dimensionless : this.#of(ir.arg, cell);
      case 'binary':
        return this.#ofBinary(ir, cell);
      case 'if':
        this.#of(ir.test, cell);
        return this.#equal(ir.yes, ir.otherwise, cell, 'the two branches of an IF');
      case 'graph':
        this.#of(ir.arg, cell);
        return undefined;
      case 'device':
        return undefined;
      case 'pick':
        return this.#of({ op: 'slot', slot: ir.slots[0] ?? 0 }, cell);
      case 'call':
        return this.#ofCall(ir.name, ir.args, cell);
    }
  }

  #ofBinary(ir: Extract<Ir, { op: 'binary' }>, cell: Cell | undefined): Guess {
    if (ir.sign === '+' || ir.sign === '-')
      return this.#equal(ir.left, ir.right, cell, `the two sides of ${ir.sign}`);
    if (ir.sign === 'and' || ir.sign === 'or') {
      this.#of(ir.left, cell);
      this.#of(ir.right, cell);
      return dimensionless;
    }
    if (ir.sign === '*' || ir.sign === '/') {
      const left = this.#of(ir.left, cell);
      const right = this.#of(ir.right, cell);
      if (left === 'any' && right === 'any') return 'any';
      if (left === undefined || right === undefined) return undefined;
      return times(
        left === 'any' ? dimensionless : left,
        right === 'any' ? dimensionless : right,
        ir.sign === '*' ? 1 : -1,
      );
    }
    if (ir.sign === '^') {
      const base = this.#of(ir.left, cell);
      this.#of(ir.right, cell);
      if (base === undefined || base === 'any' || base.size === 0) return base;
      return ir.right.op === 'number' ? raise(base, ir.right.value) : undefined;
    }
    if (ir.sign === 'mod') return this.#equal(ir.left, ir.right, cell, 'the two sides of MOD');
    this.#equal(ir.left, ir.right, cell, `the two sides of ${ir.sign}`);
    return dimensionless;
  }

  #ofCall(name: string, args: readonly Ir[], cell: Cell | undefined): Guess {
    const [first, second, third] = args;
    const units = () => args.map((arg) => this.#of(arg, cell));
    switch (name) {
      case 'min':
      case 'max':
      case 'sum':
      case 'mean':
      case 'stddev':
        return args.reduce<Guess>(
          (unit, arg) => this.#same(unit, this.#of(arg, cell), cell, `the values of ${name.toUpperCase()}`),
          'any',
        );
      case 'abs':
      case 'int':
      case 'round':
        return first === undefined ? undefined : this.#of(first, cell);
      case 'sqrt': {
        const unit = first === undefined ? undefined : this.#of(first, cell);
        return unit === undefined || unit === 'any' ? unit : raise(unit, 0.5);
      }
      case 'safediv':
        if (first === undefined || second === undefined) return undefined;
        return this.#same(
          this.#ofBinary({ op: 'binary', sign: '/', left: first, right: second }, cell),
          third === undefined ? 'any' : this.#of(third, cell),
          cell,
          'the quotient and what stands for it',
        );
      case 'step':
        return first === undefined ? undefined : this.#of(first, cell);
      case 'ramp':
      case 'pulse': {
        const unit = first === undefined ? undefined : this.#of(first, cell);
        if (unit === undefined || unit === 'any') return unit;
        return times(unit, this.#time, name === 'ramp' ? 1 : -1);
      }
      case 'exp':
      case 'log':
      case 'log10':
      case 'sin':
      case 'cos':
      case 'tan':
      case 'sign': {
        const [unit] = units();
        if (unit instanceof Map && unit.size > 0 && cell !== undefined && name !== 'sign') {
          this.#mismatch(
            cell,
            `'${cell.name}' takes ${name.toUpperCase()} of ${unitText(unit)}`,
            `${name.toUpperCase()} is for numbers without unit`,
          );
        }
        return dimensionless;
      }
      default:
        units();
        return undefined;
    }
  }

  #equal(left: Ir, right: Ir, cell: Cell | undefined, what: string): Guess {
    return this.#same(this.#of(left, cell), this.#of(right, cell), cell, what);
  }

  #same(left: Guess, right: Guess, cell: Cell | undefined, what: string): Guess {
    if (left === undefined || left === 'any') return right === 'any' ? left : (right ?? left);
    if (right === undefined || right === 'any') return left;
    if (!sameUnit(left, right) && cell !== undefined) {
      this.#mismatch(
        cell,
        `in '${cell.name}', ${what} are in ${unitText(left)} and ${unitText(right)}`,
        'they must have one unit',
      );
    }
    return left;
  }

  #mismatch(cell: Cell, what: string, why: string): void {
    const key = `${cell.variable}:${why}`;
    if (this.#findings.has(key) || this.#findings.size >= 200) return;
    this.#findings.set(
      key,
      warning({
        rule: 'units.mismatch',
        where: cell.where,
        what,
        why,
        mend: 'correct the equation or the <units>',
      }),
    );
  }
}
