import type { Finding } from '../../model/index.ts';
import { refuse } from '../fault.ts';
import type { Dimension, Equation, XmileDocument } from '../xmile/document.ts';
import type { GraphFunction, GraphKind } from '../xmile/graph-function.ts';
import { canonical } from '../xmile/name.ts';
import { parseExpression } from '../xmile/parse.ts';
import type { Expression, NameNode } from '../xmile/syntax.ts';
import { TokenFault } from '../xmile/token.ts';
import { allocate } from './allocate.ts';
import { aliases, builtins, constants, functionNames, randoms, reducers, remembering } from './builtin.ts';
import {
  type CellParts,
  type Context,
  definitionAt,
  hasGraph,
  type Lowering,
  placeIn,
  sourceOf,
} from './context.ts';
import { figureIr, type Holder, type Leak } from './device.ts';
import { binary, type Cell, type CellKind, call, type Ir, number, slot } from './ir.ts';
import { callMacro } from './macro.ts';
import { reduce } from './reduce.ts';
import { remember } from './remember.ts';
import { find, rootOf, type Scope, splitPath, suggestion, type Variable } from './scope.ts';
import { startValue } from './start-value.ts';
import { elementAt, slotOf } from './subscript.ts';
import { vectorFunction, vectorFunctions } from './vector.ts';
import { leftByXmutil, vensimFunctions } from './vensim.ts';

const mostCells = 400_000;

/** Turns equations into Ir, making hidden cells where a function remembers. */
export class Lowerer implements Lowering {
  readonly document: XmileDocument;
  readonly cells: Cell[] = [];
  readonly graphs: GraphFunction[] = [];
  readonly warnings: Finding[] = [];
  /** Work that needs all variables to be there: delays whose order is an expression. */
  readonly later: (() => void)[] = [];
  readonly holders: Holder[] = [];
  readonly leaks = new Map<number, Leak>();
  readonly overflows = new Set<number>();
  readonly figures: { readonly stock: number; readonly needs: number[] }[] = [];
  macroDepth = 0;
  /** The model itself, which Vensim's macros reach with a dollar sign: `Time$`. */
  model: Scope | undefined;
  readonly #parsed = new Map<Equation, Expression>();
  readonly #tables = new Map<string, number>();

  constructor(document: XmileDocument) {
    this.document = document;
  }

  cell(one: CellParts): Cell {
    if (this.cells.length >= mostCells) {
      refuse({
        rule: 'xmile.size',
        where: one.where,
        what: `more than ${mostCells} equations`,
        why: 'a run of that size is not bounded in time and memory',
        mend: 'use smaller dimensions or fewer delays',
      });
    }
    const cell: Cell = {
      slot: this.cells.length,
      name: one.name,
      hidden: one.hidden ?? false,
      kind: one.kind,
      where: one.where,
      variable: one.variable,
      units: one.units,
      doc: one.doc,
      initial: undefined,
      equation: one.equation,
      rate: undefined,
      update: undefined,
      lag: undefined,
      inflows: [],
      outflows: [],
      nonNegative: false,
    };
    this.cells.push(cell);
    return cell;
  }

  /** A hidden cell that belongs to the variable whose equation is lowered. */
  hidden(
    context: Context,
    kind: CellKind,
    role: string,
    parts: Partial<Pick<Cell, 'initial' | 'equation' | 'rate' | 'update' | 'lag'>>,
  ): Cell {
    const made = this.cell({
      kind,
      name: `${context.name} (${role})`,
      variable: canonical(context.name),
      where: context.equation.where,
      hidden: true,
    });
    return Object.assign(made, parts);
  }

  /** An equation's syntax tree, parsed once. */
  parse(equation: Equation, name: string, scope: Scope): Expression {
    if (equation.parsed !== undefined) return equation.parsed;
    const known = this.#parsed.get(equation);
    if (known !== undefined) return known;
    let expression: Expression;
    try {
      expression = parseExpression(equation.text);
    } catch (error) {
      if (!(error instanceof TokenFault)) throw error;
      // Some exporters leave quotes out where the whole equation is one name.
      const whole = canonical(equation.text);
      if (scope.variables.has(whole) || scope.parameters.has(whole)) {
        expression = {
          kind: 'name',
          path: [whole],
          absolute: false,
          text: whole,
          subscripts: undefined,
          at: 0,
        };
      } else {
        return refuse({
          rule: 'xmile.equation',
          where: placeIn(equation, error.at),
          what: `the equation of '${name}' is not understood: ${error.message}`,
          why: `it reads: ${equation.text.trim().slice(0, 120)}`,
          mend: /\?\?\?/.test(equation.text)
            ? 'the exporter could not write it and left ???: take it from the original model'
            : 'write it in the XMILE expression language',
        });
      }
    }
    this.#parsed.set(equation, expression);
    return expression;
  }

  /** The equation as Ir, for the element that the context is bound to. */
  equation(context: Context): Ir {
    return this.lower(this.parse(context.equation, context.name, context.scope), context);
  }

  lower(expression: Expression, context: Context): Ir {
    switch (expression.kind) {
      case 'number':
        return number(expression.value);
      case 'name':
        return this.#name(expression, context);
      case 'unary': {
        const arg = this.lower(expression.arg, context);
        if (expression.sign === '+') return arg;
        if (expression.sign === '-' && arg.op === 'number') return number(-arg.value);
        return { op: 'unary', sign: expression.sign, arg };
      }
      case 'binary':
        return binary(
          expression.sign,
          this.lower(expression.left, context),
          this.lower(expression.right, context),
        );
      case 'if':
        return {
          op: 'if',
          test: this.lower(expression.test, context),
          yes: this.lower(expression.yes, context),
          otherwise: this.lower(expression.otherwise, context),
        };
      case 'call':
        return this.#call(expression.callee, expression.args, context);
    }
  }

  startValue(ir: Ir, context: Context): number {
    return startValue(this, ir, context);
  }

  /** The variable that a name means, through modules, or undefined. */
  variable(node: NameNode, context: Context): Variable | undefined {
    const root = rootOf(context.scope);
    if (node.absolute) return find(node.path, root);
    return find(node.path, context.scope) ?? (node.path.length > 1 ? find(node.path, root) : undefined);
  }

  #name(node: NameNode, context: Context): Ir {
    const [first = '', second] = node.path;
    const single = second === undefined && !node.absolute;
    const parameter = single ? context.scope.parameters.get(first) : undefined;
    if (parameter !== undefined) return slot(parameter);
    const variable = this.variable(node, context);
    if (variable !== undefined)
      return this.#place(node, variable, context) ?? slotOf(this, node, variable, context);
    if (single && node.subscripts === undefined) {
      if (first === 'self' && context.self !== undefined) return slot(context.self);
      const constant = Object.hasOwn(constants, first) ? constants[first] : undefined;
      if (constant !== undefined) return constant;
      if (first === 'saveper') return number(this.document.run.save);
      const index = boundIndex(this.document.dimensions.get(first), context);
      if (index !== undefined) return number(index + 1);
    }
    const dimension = this.document.dimensions.get(first);
    if (dimension !== undefined && second !== undefined && node.subscripts === undefined) {
      const index = dimension.keys.indexOf(second);
      if (index >= 0) return number(index + 1);
    }
    if (single && first.endsWith('$') && context.scope.hidden && this.model !== undefined) {
      const outer = { ...node, path: [first.slice(0, -1)] };
      return this.#name(outer, { ...context, scope: this.model });
    }
    return this.unknown(node, context);
  }

  /** One place of a conveyor or queue, counted from its exit: `line[1]`. */
  #place(node: NameNode, variable: Variable, context: Context): Ir | undefined {
    if (variable.declaration.holder === undefined || variable.dimensions.length > 0) return undefined;
    const [only, ...more] = node.subscripts ?? [];
    if (only?.kind !== 'one' || more.length > 0) return undefined;
    return figureIr(this, variable.base, 'at', this.lower(only.expression, context));
  }

  unknown(node: NameNode, context: Context): never {
    const known = [
      ...context.scope.variables.keys(),
      ...context.scope.parameters.keys(),
      ...context.scope.modules.keys(),
    ];
    return refuse({
      rule: 'xmile.name',
      where: placeIn(context.equation, node.at),
      what: `'${context.name}' uses '${node.text}', which is not defined`,
      why: this.document.dimensions.has(node.path[0] ?? '')
        ? 'a dimension stands for a number only in equations of its own elements'
        : 'no variable of this model has that name',
      mend: suggestion(node.path.join('.'), known, 'define it, or correct the name'),
    });
  }

  #call(callee: NameNode, args: readonly Expression[], context: Context): Ir {
    const { name, vendor } = functionName(callee);
    const macro = this.document.macros.get(name);
    if (macro !== undefined && callee.subscripts === undefined) {
      return callMacro(
        this,
        macro,
        args.map((arg) => this.lower(arg, context)),
        context,
        callee.at,
      );
    }
    const variable = this.variable(callee, context);
    if (variable !== undefined && hasGraph(variable)) {
      this.#expect(args.length, [1, 1], callee, context);
      return this.#graph(callee, variable, args, context);
    }
    if (callee.subscripts !== undefined || name === '') return this.unknown(callee, context);
    const reading = Object.hasOwn(readings, name) ? readings[name] : undefined;
    if (reading !== undefined) return this.#lookup(callee, args, context, reading);
    if (name === 'allocate') return allocate(this, args, callee.at, context);
    if (vectorFunctions.includes(name)) return vectorFunction(this, name, args, callee.at, context);
    const alias = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
    if (alias !== undefined) return reduce(this, alias, args, callee.at, context);
    const vensim = Object.hasOwn(vensimFunctions, name) ? vensimFunctions[name] : undefined;
    const inVensim =
      this.document.dialect === 'vensim' ||
      vendor === 'vensim' ||
      leftByXmutil(this, name, args.length, callee.at, context);
    if (vensim !== undefined && (inVensim || vensim.clash !== true)) {
      this.#expect(args.length, vensim.args, callee, context);
      return vensim.lower(
        args.map((arg) => this.lower(arg, context)),
        this,
        context,
      );
    }
    if (reducers.has(name)) return reduce(this, name, args, callee.at, context);
    const constant = Object.hasOwn(constants, name) ? constants[name] : undefined;
    if (constant !== undefined && args.length === 0) return constant;
    const lowered = () => args.map((arg) => this.lower(arg, context));
    const builtin = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
    if (builtin !== undefined) {
      this.#expect(args.length, builtin.args, callee, context);
      return builtin.lower(lowered());
    }
    const counts = Object.hasOwn(remembering, name) ? remembering[name] : undefined;
    if (counts !== undefined) {
      this.#expect(args.length, counts, callee, context);
      return remember(this, name, lowered(), context);
    }
    const random = Object.hasOwn(randoms, name) ? randoms[name] : undefined;
    if (random !== undefined) {
      const [fewest, most] = random.args;
      this.#expect(args.length, [fewest, most + 1], callee, context);
      return slot(
        this.hidden(context, 'draw', name, { equation: call(`draw.${random.draw}.${most}`, ...lowered()) })
          .slot,
      );
    }
    return refuse({
      rule: 'xmile.function',
      where: placeIn(context.equation, callee.at),
      what: `'${context.name}' calls '${callee.text}', which is no function here`,
      why:
        variable === undefined
          ? 'neither XMILE 1.0 nor this file defines it'
          : `'${callee.text}' is a variable without a graphical function`,
      mend: suggestion(
        name,
        [...this.document.macros.keys(), ...functionNames()],
        'define it as a <macro>, or write it out',
      ),
    });
  }

  #lookup(callee: NameNode, args: readonly Expression[], context: Context, reading: Reading): Ir {
    this.#expect(args.length, [2, 2], callee, context);
    const [first, second] = args;
    const variable = first?.kind === 'name' ? this.variable(first, context) : undefined;
    if (first?.kind !== 'name' || second === undefined || variable === undefined || !hasGraph(variable)) {
      return refuse({
        rule: 'xmile.function',
        where: placeIn(context.equation, first?.at ?? callee.at),
        what: `'${context.name}' looks up in ${first?.kind === 'name' ? `'${first.text}'` : 'an expression'}, which is no graphical function`,
        why: 'LOOKUP reads a graphical function',
        mend: 'name a variable with a <gf>',
      });
    }
    const read = this.#graph(first, variable, [second], context);
    return reading === 'as it is' || read.op !== 'graph'
      ? read
      : { ...read, table: this.#readAs(read.table, reading, context) };
  }

  /** A graphical function read in another way than its own: on beyond its ends, by the next point, or backwards. */
  #readAs(table: number, reading: Exclude<Reading, 'as it is'>, context: Context): number {
    const key = `${table}|${reading}`;
    const known = this.#tables.get(key);
    const graph = this.graphs[table];
    if (known !== undefined || graph === undefined) return known ?? table;
    if (reading === 'inverse' && graph.ys.some((y, i) => i > 0 && y <= (graph.ys[i - 1] ?? 0))) {
      return refuse({
        rule: 'xmile.graph',
        where: placeIn(context.equation, 0),
        what: `'${context.name}' looks up the x of a graphical function that does not rise`,
        why: 'more than one x may have that y',
        mend: 'use a function whose y rise from point to point',
      });
    }
    this.graphs.push(
      reading === 'inverse'
        ? { kind: 'continuous', xs: graph.ys, ys: graph.xs }
        : { ...graph, kind: reading },
    );
    this.#tables.set(key, this.graphs.length - 1);
    return this.graphs.length - 1;
  }

  #graph(node: NameNode, variable: Variable, args: readonly Expression[], context: Context): Ir {
    const owner = sourceOf(variable);
    const element = elementAt(this, node, owner, context);
    const arg = this.lower(args[0] ?? { kind: 'number', value: 0, at: node.at }, context);
    return { op: 'graph', table: this.table(owner, element, context), arg };
  }

  /** The number of a variable's graphical function, at one element. */
  table(variable: Variable, element: number, context: Context): number {
    const key = `${variable.key}#${element}`;
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    const reference = variable.declaration.graphOf;
    if (reference !== undefined) return this.#referred(reference, variable, element, context);
    const graph = definitionAt(this, variable, element)?.graph ?? variable.declaration.graph;
    if (graph === undefined) {
      return refuse({
        rule: 'xmile.graph',
        where: placeIn(context.equation, 0),
        what: `'${variable.text}' has no graphical function at that element`,
        why: 'its points are not given',
        mend: 'give a <gf>',
      });
    }
    this.graphs.push(graph);
    this.#tables.set(key, this.graphs.length - 1);
    return this.graphs.length - 1;
  }

  /** The graphical function that a variable uses by name: of the same dimensions, or one for all elements. */
  #referred(reference: Equation, variable: Variable, element: number, context: Context): number {
    const other = find(splitPath(reference.text).path, variable.scope);
    if (
      other === undefined ||
      !hasGraph(other) ||
      other === variable ||
      other.declaration.graphOf !== undefined
    ) {
      return refuse({
        rule: 'xmile.graph',
        where: reference.where,
        what: `'${variable.text}' uses the graphical function '${reference.text}', which is not defined`,
        why: 'its points are not given',
        mend: suggestion(
          reference.text,
          variable.scope.variables.keys(),
          'define it, or give the points here',
        ),
      });
    }
    return this.table(other, other.size === variable.size ? element : 0, context);
  }

  #expect(
    count: number,
    [fewest, most]: readonly [number, number],
    callee: NameNode,
    context: Context,
  ): void {
    if (count >= fewest && count <= most) return;
    refuse({
      rule: 'xmile.function',
      where: placeIn(context.equation, callee.at),
      what: `'${context.name}' calls ${callee.text} with ${count} argument${count === 1 ? '' : 's'}`,
      why: fewest === most ? `it takes ${fewest}` : `it takes ${fewest} to ${most}`,
      mend: 'correct the call',
    });
  }
}

type Reading = GraphKind | 'inverse' | 'as it is';

/** Functions that read a graphical function, and how. */
const readings: Readonly<Record<string, Reading>> = {
  lookup: 'as it is',
  lookup_extrapolate: 'extrapolate',
  lookup_forward: 'next',
  lookup_backward: 'discrete',
  lookup_invert: 'inverse',
  lookupinv: 'inverse',
};

/** The vendors whose names may stand before a function's (§3.2.2.3): `isee.HISTORY`, `std.MIN`. */
const vendors = new Set([
  'std',
  'user',
  'anylogic',
  'forio',
  'insightmaker',
  'isee',
  'powersim',
  'simanticssd',
  'simile',
  'sysdea',
  'vensim',
]);

function functionName(callee: NameNode): { readonly name: string; readonly vendor: string | undefined } {
  const [first = '', second] = callee.path;
  if (callee.absolute || callee.path.length > 2) return { name: '', vendor: undefined };
  if (second === undefined) return { name: first, vendor: undefined };
  return vendors.has(first) ? { name: second, vendor: first } : { name: '', vendor: undefined };
}

/** A dimension's name as a value: the place of the element at hand, in that dimension. */
function boundIndex(dimension: Dimension | undefined, context: Context): number | undefined {
  if (dimension === undefined) return undefined;
  const own = context.bound.find((one) => one.dimension.name === dimension.name);
  if (own !== undefined) return own.index;
  const shared = context.bound
    .map((one) => dimension.keys.indexOf(one.dimension.keys[one.index] ?? ''))
    .filter((index) => index >= 0);
  return shared.length === 1 ? shared[0] : undefined;
}
