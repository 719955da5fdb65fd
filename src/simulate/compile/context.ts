import type { Finding, Place } from '../../model/index.ts';
import type { Dimension, ElementDefinition, Equation, XmileDocument } from '../xmile/document.ts';
import type { GraphFunction } from '../xmile/graph-function.ts';
import type { Expression, NameNode } from '../xmile/syntax.ts';
import type { Holder, Leak } from './device.ts';
import type { Cell, CellKind, Ir } from './ir.ts';
import type { Scope, Variable } from './scope.ts';

/** A dimension of the variable being defined, at the element whose equation is lowered. */
export interface Bound {
  readonly dimension: Dimension;
  readonly index: number;
}

/** Where an equation stands: what its names mean and which element it is for. */
export interface Context {
  readonly scope: Scope;
  readonly bound: readonly Bound[];
  /** Inside SUM and its kin: the place on each axis that is walked. */
  readonly axes: ReadonlyMap<string, number> | undefined;
  readonly equation: Equation;
  readonly name: string;
  readonly self: number | undefined;
}

/** What a new cell is given; the rest is empty. */
export interface CellParts {
  readonly kind: CellKind;
  readonly name: string;
  readonly variable: string;
  readonly where: Place;
  readonly hidden?: boolean;
  readonly units?: string | undefined;
  readonly doc?: string | undefined;
  readonly equation?: Ir;
}

/** The work of turning equations into Ir, as its parts see it; Lowerer does it. */
export interface Lowering {
  readonly document: XmileDocument;
  readonly cells: Cell[];
  readonly graphs: GraphFunction[];
  readonly warnings: Finding[];
  /** Work that needs all variables to be there: delays whose order is an expression. */
  readonly later: (() => void)[];
  /** Conveyors and queues, and the flows that leak from conveyors or overflow from queues, by slot. */
  readonly holders: Holder[];
  readonly leaks: Map<number, Leak>;
  readonly overflows: Set<number>;
  /** Figures over what they hold; what each looks at is filled in when all are there. */
  readonly figures: { readonly stock: number; readonly needs: number[] }[];
  macroDepth: number;
  cell(parts: CellParts): Cell;
  /** A hidden cell that belongs to the variable whose equation is lowered. */
  hidden(
    context: Context,
    kind: CellKind,
    role: string,
    parts: Partial<Pick<Cell, 'initial' | 'equation' | 'rate' | 'update' | 'lag'>>,
  ): Cell;
  /** The equation as Ir, for the element that the context is bound to. */
  equation(context: Context): Ir;
  lower(expression: Expression, context: Context): Ir;
  /** What an expression is worth at the start of a run; only when all variables are there. */
  startValue(ir: Ir, context: Context): number;
  /** The variable that a name means, through modules, or undefined. */
  variable(node: NameNode, context: Context): Variable | undefined;
  /** The number of a variable's graphical function, at one element. */
  table(variable: Variable, element: number, context: Context): number;
}

/** The place of an offset in an equation's text: exact row; the column where the equation starts on its own line. */
export function placeIn(equation: Equation, at: number): Place {
  const before = equation.text.slice(0, at);
  const rows = before.split('\n').length - 1;
  const { where } = equation;
  const row = (where.row ?? 1) + rows;
  if (rows > 0) return { ...where, row, column: at - before.lastIndexOf('\n') };
  const tag = equation.parsed === undefined ? '<eqn>'.length : 0;
  return typeof where.column === 'number'
    ? { ...where, row, column: where.column + tag + at }
    : { ...where, row };
}

export function hasGraph(variable: Variable): boolean {
  const { declaration } = sourceOf(variable);
  return (
    declaration.graph !== undefined ||
    declaration.graphOf !== undefined ||
    declaration.elements.some((one) => one.graph !== undefined)
  );
}

/** The variable that a module's input stands for. */
export function sourceOf(variable: Variable): Variable {
  let here = variable;
  for (let hops = 0; here.source !== undefined && hops < 100; hops++) here = here.source;
  return here;
}

/** The <element> of a variable that covers the element with this index, if there is one. */
export function definitionAt(
  lowering: Lowering,
  variable: Variable,
  element: number,
): ElementDefinition | undefined {
  if (variable.declaration.elements.length === 0) return undefined;
  const indices = unpack(variable, element);
  const exact = exactDefinitions(variable.declaration.elements).get(
    indices.map((index, i) => variable.dimensions[i]?.keys[index] ?? '').join(),
  );
  if (exact !== undefined) return exact;
  return variable.declaration.elements.find(
    (one) =>
      one.subscripts.length === indices.length &&
      one.subscripts.every((key, i) => {
        const own = variable.dimensions[i]?.keys[indices[i] ?? -1];
        return (
          key === own ||
          (lowering.document.dimensions.get(key)?.keys.includes(own ?? '') ?? false) ||
          key === '*'
        );
      }),
  );
}

const known = new WeakMap<readonly ElementDefinition[], Map<string, ElementDefinition>>();

/** Definitions by their subscripts, the first of each: what names single elements is found without a search. */
function exactDefinitions(elements: readonly ElementDefinition[]): Map<string, ElementDefinition> {
  const found = known.get(elements);
  if (found !== undefined) return found;
  const made = new Map<string, ElementDefinition>();
  for (const one of elements) {
    const key = one.subscripts.join();
    if (!made.has(key)) made.set(key, one);
  }
  known.set(elements, made);
  return made;
}

/** Splits an element's index into one index a dimension; the last dimension runs fastest. */
export function unpack(variable: Variable, element: number): number[] {
  const indices: number[] = [];
  let rest = element;
  for (const dimension of [...variable.dimensions].reverse()) {
    indices.unshift(rest % dimension.elements.length);
    rest = Math.floor(rest / dimension.elements.length);
  }
  return indices;
}
