import { refuse } from '../fault.ts';
import { figures } from '../run/device.ts';
import type { Expression, NameNode } from '../xmile/syntax.ts';
import { reducers } from './builtin.ts';
import { type Context, type Lowering, placeIn } from './context.ts';
import { figureIr } from './device.ts';
import { call, type Ir, number } from './ir.ts';
import { type Axis, openAxes, slotOf } from './subscript.ts';

const mostTerms = 20_000;

/**
 * SUM, MEAN, MIN and their kin (XMILE 1.0 §3.7.1): every argument gives the values along the axes that it leaves open.
 * Arrays that leave the same dimension open walk together.
 */
export function reduce(
  lowering: Lowering,
  name: string,
  args: readonly Expression[],
  at: number,
  context: Context,
): Ir {
  const [first, second] = args;
  if (first === undefined) {
    return refuse({
      rule: 'xmile.function',
      where: placeIn(context.equation, at),
      what: `'${context.name}' calls ${name.toUpperCase()} without arguments`,
      why: 'it needs an array or values',
      mend: 'give them',
    });
  }
  const figure = figures.find((one) => one === name);
  const held = second === undefined && figure !== undefined ? heldBy(lowering, first, context) : undefined;
  if (figure !== undefined && held !== undefined) return figureIr(lowering, held, figure, number(0));
  if (name === 'size') return number(sizeOf(lowering, first, context));
  if (name === 'rank') {
    if (second === undefined) return refuse(wrongRank(at, context));
    return call('rank', lowering.lower(second, context), ...terms(lowering, first, context));
  }
  const values = args.flatMap((arg) => terms(lowering, arg, context));
  const [only] = values;
  if (values.length === 1 && only !== undefined && name !== 'stddev') return only;
  return call(name, ...values);
}

/** The conveyor or queue that an argument names, as one element; its places are then what is counted. */
function heldBy(lowering: Lowering, arg: Expression, context: Context): number | undefined {
  if (arg.kind !== 'name') return undefined;
  const variable = lowering.variable(arg, context);
  if (variable?.declaration.holder === undefined) return undefined;
  if (openAxes(lowering, arg, variable, { ...context, axes: new Map() }).length > 0) return undefined;
  const place = slotOf(lowering, arg, variable, context);
  return place.op === 'slot' ? place.slot : undefined;
}

function wrongRank(at: number, context: Context) {
  return {
    rule: 'xmile.function',
    where: placeIn(context.equation, at),
    what: `'${context.name}' calls RANK with one argument`,
    why: 'RANK(array, rank) gives the index of the element of that rank',
    mend: 'give the rank',
  };
}

function sizeOf(lowering: Lowering, arg: Expression, context: Context): number {
  if (arg.kind === 'name' && arg.subscripts === undefined && arg.path.length === 1) {
    const dimension = lowering.document.dimensions.get(arg.path[0] ?? '');
    if (dimension !== undefined) return dimension.elements.length;
  }
  return terms(lowering, arg, context).length;
}

/** One Ir for each combination of places on the open axes of an expression. */
function terms(lowering: Lowering, arg: Expression, context: Context): Ir[] {
  const axes = new Map<string, Axis>();
  for (const node of names(arg)) {
    const single = node.path.length === 1 && !node.absolute;
    if (single && context.scope.parameters.has(node.path[0] ?? '')) continue;
    const variable = lowering.variable(node, context);
    if (variable === undefined) continue;
    for (const axis of openAxes(lowering, node, variable, { ...context, axes: new Map() }))
      axes.set(axis.key, axis);
  }
  const list = [...axes.values()];
  const count = list.reduce((product, axis) => product * axis.elements.length, 1);
  if (count > mostTerms) {
    refuse({
      rule: 'xmile.size',
      where: placeIn(context.equation, arg.at),
      what: `'${context.name}' adds up more than ${mostTerms} values`,
      why: 'a run of that size is not bounded in time and memory',
      mend: 'use smaller dimensions',
    });
  }
  const found: Ir[] = [];
  for (let n = 0; n < count; n++) {
    const places = new Map<string, number>();
    let rest = n;
    for (const axis of [...list].reverse()) {
      places.set(axis.key, rest % axis.elements.length);
      rest = Math.floor(rest / axis.elements.length);
    }
    found.push(lowering.lower(arg, { ...context, axes: list.length === 0 ? context.axes : places }));
  }
  return found;
}

/** The names of an expression, without those inside an inner SUM or its kin, which walk axes of their own. */
function* names(expression: Expression): Generator<NameNode> {
  switch (expression.kind) {
    case 'name':
      yield expression;
      break;
    case 'unary':
      yield* names(expression.arg);
      break;
    case 'binary':
      yield* names(expression.left);
      yield* names(expression.right);
      break;
    case 'if':
      yield* names(expression.test);
      yield* names(expression.yes);
      yield* names(expression.otherwise);
      break;
    case 'call': {
      const [name = ''] = expression.callee.path;
      if (!reducers.has(name)) for (const arg of expression.args) yield* names(arg);
      break;
    }
    default:
  }
}
