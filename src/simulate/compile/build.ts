import { type Faults, refuse, warning } from '../fault.ts';
import type { Declaration, Equation } from '../xmile/document.ts';
import { parseExpression, parseList } from '../xmile/parse.ts';
import type { Expression, NameNode } from '../xmile/syntax.ts';
import { TokenFault } from '../xmile/token.ts';
import { type Bound, type Context, definitionAt, type Lowering, sourceOf, unpack } from './context.ts';
import { beltSlots, drivenBy } from './device.ts';
import { binary, type Cell, call, type Ir, number, slot, zero } from './ir.ts';
import { find, type Scope, splitPath, suggestion, type Variable } from './scope.ts';
import { slotOf } from './subscript.ts';

/** Makes the cells of a scope and the scopes below it, then writes their equations. */
export function buildScope(lowering: Lowering, scope: Scope, faults?: Faults): void {
  allocate(lowering, scope);
  define(lowering, scope, faults);
}

function allocate(lowering: Lowering, scope: Scope): void {
  for (const variable of scope.variables.values()) {
    if (isTableOnly(variable.declaration) && variable.source === undefined) continue;
    variable.base = lowering.cells.length;
    const { declaration } = variable;
    const kind = variable.source !== undefined || declaration.kind === 'graph' ? 'aux' : declaration.kind;
    for (let element = 0; element < variable.size; element++) {
      lowering.cell({
        kind,
        name: elementName(variable, element),
        variable: variable.key,
        where: declaration.where,
        hidden: scope.hidden,
        units: declaration.units,
        doc: declaration.doc,
      });
    }
  }
  for (const inner of scope.modules.values()) allocate(lowering, inner);
}

/** A graphical function without an input: it is called, and has no value of its own. */
function isTableOnly(declaration: Declaration): boolean {
  if (declaration.kind === 'graph') return true;
  const graph =
    declaration.graph !== undefined ||
    declaration.graphOf !== undefined ||
    declaration.elements.some((one) => one.graph !== undefined);
  return (
    graph &&
    declaration.equation === undefined &&
    declaration.elements.every((one) => one.equation === undefined)
  );
}

function elementName(variable: Variable, element: number): string {
  if (variable.dimensions.length === 0) return variable.text;
  const names = unpack(variable, element).map((index, i) => variable.dimensions[i]?.elements[index] ?? '');
  return `${variable.text}[${names.join(', ')}]`;
}

function define(lowering: Lowering, scope: Scope, faults: Faults | undefined): void {
  const driven = drivenBy(scope);
  for (const variable of scope.variables.values()) {
    if (variable.base < 0) continue;
    const part = () =>
      driven.has(variable)
        ? defineDriven(lowering, variable, scope)
        : defineVariable(lowering, variable, scope);
    if (faults === undefined) part();
    else faults.attempt(part);
  }
  for (const inner of scope.modules.values()) define(lowering, inner, faults);
}

/** A flow that a conveyor or queue drives: its equation, if any, is the share of a leak. */
function defineDriven(lowering: Lowering, variable: Variable, scope: Scope): void {
  const { declaration } = variable;
  for (let element = 0; element < variable.size; element++) {
    const cell = lowering.cells[variable.base + element];
    if (cell === undefined) continue;
    cell.equation = zero;
    if (declaration.overflow) lowering.overflows.add(cell.slot);
    if (declaration.leak === undefined) continue;
    const own = definitionAt(lowering, variable, element);
    const equation = declaration.leak.fraction ?? own?.equation ?? declaration.equation;
    if (equation === undefined) {
      refuse({
        rule: 'xmile.equation',
        where: declaration.where,
        what: `the leak '${cell.name}' has no share`,
        why: 'how much of what enters the conveyor leaks is not given',
        mend: 'give it in <leak> or <eqn>',
      });
    }
    const context: Context = {
      scope,
      bound: boundAt(variable, element),
      axes: undefined,
      equation,
      name: variable.text,
      self: undefined,
    };
    const fraction = lowering.hidden(context, 'aux', 'share', { equation: lowering.equation(context) });
    lowering.leaks.set(cell.slot, { fraction: fraction.slot, declaration: declaration.leak });
  }
}

function defineVariable(lowering: Lowering, variable: Variable, scope: Scope): void {
  const { declaration } = variable;
  const list = variable.source === undefined ? listOf(declaration, variable) : undefined;
  if (declaration.list.length > 1 && declaration.list.length !== variable.size) {
    refuse({
      rule: 'xmile.equation',
      where: declaration.where,
      what: `'${variable.text}' has ${declaration.list.length} equations for ${variable.size} elements`,
      why: 'which belongs to which element is not said',
      mend: 'give each <element> its <eqn>',
    });
  }
  for (let element = 0; element < variable.size; element++) {
    const cell = lowering.cells[variable.base + element];
    if (cell === undefined) continue;
    const bound = boundAt(variable, element);
    const base = { scope, bound, axes: undefined, name: variable.text, self: cell.slot };
    if (variable.source !== undefined) {
      const equation = { text: '', where: declaration.where };
      cell.equation = slotOf(lowering, nameNode(variable.text), sourceOf(variable), { ...base, equation });
      continue;
    }
    const own = definitionAt(lowering, variable, element);
    const equation = own?.equation ?? declaration.list[element] ?? declaration.equation;
    if (equation === undefined && declaration.partial === true) {
      cell.equation = number(Number.NaN);
      continue;
    }
    if (equation === undefined) {
      refuse({
        rule: 'xmile.equation',
        where: declaration.where,
        what: `'${cell.name}' has no equation`,
        why: 'its value is not given',
        mend: 'give <eqn>',
      });
    }
    const context: Context = {
      ...base,
      bound: boundBy(lowering, own?.given ?? own?.subscripts, bound),
      equation,
    };
    const item = list?.[element];
    let value =
      item !== undefined && own?.equation === undefined
        ? lowering.lower(item, context)
        : lowering.equation(context);
    if (own?.graph !== undefined || declaration.graph !== undefined || declaration.graphOf !== undefined) {
      value = { op: 'graph', table: lowering.table(variable, element, context), arg: value };
    }
    const initial = own?.initial ?? declaration.initial;
    const rate = own?.rate ?? declaration.rate;
    if (rate !== undefined) cell.rate = lowering.equation({ ...context, equation: rate });
    complete(
      lowering,
      cell,
      variable,
      value,
      initial === undefined ? undefined : { ...context, equation: initial },
    );
  }
}

function complete(
  lowering: Lowering,
  cell: Cell,
  variable: Variable,
  value: Ir,
  initial: Context | undefined,
): void {
  const { declaration, scope } = variable;
  if (declaration.kind === 'stock') {
    cell.initial = value;
    cell.nonNegative = declaration.nonNegative;
    const bound = boundAt(variable, cell.slot - variable.base);
    cell.inflows = declaration.inflows.map((flow) => {
      const place = flowSlot(lowering, flow, variable, scope, bound);
      return converted(lowering, flow, place, scope, bound, cell);
    });
    cell.outflows = declaration.outflows.map((flow) => flowSlot(lowering, flow, variable, scope, bound));
    hold(lowering, cell, variable, bound);
    return;
  }
  cell.nonNegative = declaration.nonNegative;
  cell.equation = declaration.kind === 'flow' && declaration.nonNegative ? call('max', value, zero) : value;
  if (initial !== undefined) cell.initial = lowering.equation(initial);
}

/** A unit-converting flow (§4.3) arrives multiplied: a cell of its own stands for what arrives. */
function converted(
  lowering: Lowering,
  flow: Equation,
  place: number,
  scope: Scope,
  bound: readonly Bound[],
  stock: Cell,
): number {
  const variable = find(splitPath(flow.text).path, scope);
  const multiplier = variable?.declaration.multiplier;
  if (variable === undefined || multiplier === undefined) return place;
  const context: Context = {
    scope: variable.scope,
    bound,
    axes: undefined,
    equation: multiplier,
    name: variable.text,
    self: undefined,
  };
  return lowering.cell({
    kind: 'aux',
    name: `${variable.text} (in ${stock.name})`,
    variable: variable.key,
    where: flow.where,
    hidden: true,
    equation: binary('*', slot(place), lowering.equation(context)),
  }).slot;
}

/** Notes that a stock is a conveyor or a queue. */
function hold(lowering: Lowering, cell: Cell, variable: Variable, bound: readonly Bound[]): void {
  const { holder } = variable.declaration;
  if (holder === undefined) return;
  if (holder.kind === 'queue') {
    lowering.holders.push({ cell, belt: undefined });
    return;
  }
  const context: Context = {
    scope: variable.scope,
    bound,
    axes: undefined,
    equation: holder.length,
    name: variable.text,
    self: undefined,
  };
  lowering.holders.push({
    cell,
    belt: { declaration: holder, slots: beltSlots(lowering, holder, context) },
  });
}

function flowSlot(
  lowering: Lowering,
  flow: Equation,
  stock: Variable,
  scope: Scope,
  bound: readonly Bound[],
): number {
  const { path } = splitPath(flow.text);
  const parameter = path.length === 1 ? scope.parameters.get(path[0] ?? '') : undefined;
  if (parameter !== undefined) return parameter;
  const variable = find(path, scope);
  if (variable === undefined || variable.base < 0) {
    return refuse({
      rule: 'xmile.flow',
      where: flow.where,
      what: `the stock '${stock.text}' names the flow '${flow.text}', which is not defined`,
      why: 'a stock changes only through flows of the model',
      mend: suggestion(flow.text, scope.variables.keys(), 'define the flow, or correct the name'),
    });
  }
  if (variable.declaration.kind === 'stock' && variable.source === undefined) {
    refuse({
      rule: 'xmile.flow',
      where: flow.where,
      what: `the stock '${stock.text}' names the stock '${flow.text}' as a flow`,
      why: 'only a flow changes a stock',
      mend: 'name a flow',
    });
  }
  if (variable.declaration.kind === 'aux' && variable.source === undefined) {
    lowering.warnings.push(
      warning({
        rule: 'xmile.flow',
        where: flow.where,
        what: `the stock '${stock.text}' is changed by the auxiliary '${flow.text}'`,
        why: 'XMILE changes stocks through flows; it is taken as one',
        mend: 'declare it as <flow>',
      }),
    );
  }
  if (variable.dimensions.length === 0 && bound.length > 0) {
    refuse({
      rule: 'xmile.flow',
      where: flow.where,
      what: `the array stock '${stock.text}' has the single flow '${flow.text}'`,
      why: 'each element would receive the whole of it',
      mend: `give the flow the stock's dimensions`,
    });
  }
  const context: Context = {
    scope,
    bound,
    axes: undefined,
    equation: flow,
    name: stock.text,
    self: undefined,
  };
  const value = slotOf(lowering, nameNode(flow.text), variable, context);
  return value.op === 'slot' ? value.slot : 0;
}

/** Values of an array written as a list, `1, 2, 3`, in the order of its elements. */
function listOf(declaration: Declaration, variable: Variable): Expression[] | undefined {
  const text = declaration.equation?.text;
  if (
    text === undefined ||
    declaration.list.length > 1 ||
    variable.dimensions.length === 0 ||
    !/[,;]/.test(text)
  )
    return undefined;
  try {
    parseExpression(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof TokenFault)) throw error;
  }
  try {
    const list = parseList(text);
    return list.length === variable.size ? list : undefined;
  } catch (error) {
    if (!(error instanceof TokenFault)) throw error;
    return undefined;
  }
}

/**
 * An equation given for a subrange is read with that subrange's name bound to the element, beside the dimension's own:
 * `x[SubA] = y[SubA]`.
 */
function boundBy(
  lowering: Lowering,
  subscripts: readonly string[] | undefined,
  bound: readonly Bound[],
): readonly Bound[] {
  if (subscripts === undefined) return bound;
  return bound.map((one, i) => {
    const range = lowering.document.dimensions.get(subscripts[i] ?? '');
    const index = range?.keys.indexOf(one.dimension.keys[one.index] ?? '') ?? -1;
    return range === undefined || index < 0 || range === one.dimension ? one : { dimension: range, index };
  });
}

function boundAt(variable: Variable, element: number): Bound[] {
  return unpack(variable, element).flatMap((index, i) => {
    const dimension = variable.dimensions[i];
    return dimension === undefined ? [] : [{ dimension, index }];
  });
}

function nameNode(text: string): NameNode {
  return { kind: 'name', path: [text], absolute: false, text, subscripts: undefined, at: 0 };
}
