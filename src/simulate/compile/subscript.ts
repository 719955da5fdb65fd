import { refuse } from '../fault.ts';
import type { Dimension } from '../xmile/document.ts';
import type { Expression, NameNode, Subscript } from '../xmile/syntax.ts';
import { type Context, type Lowering, placeIn } from './context.ts';
import { type Ir, slot } from './ir.ts';
import type { Variable } from './scope.ts';

/** An axis that SUM and its kin walk: the elements, and the name under which several arrays walk together. */
export interface Axis {
  readonly key: string;
  readonly elements: readonly string[];
}

type Place = { readonly fixed: number } | { readonly computed: Ir } | { readonly axis: Axis };

/** The value of a variable at the element that a name and its subscripts mean. */
export function slotOf(lowering: Lowering, node: NameNode, variable: Variable, context: Context): Ir {
  if (variable.base < 0) {
    refuse({
      rule: 'xmile.graph',
      where: placeIn(context.equation, node.at),
      what: `'${context.name}' uses '${node.text}' as a value`,
      why: 'it is a graphical function without an input of its own',
      mend: `call it: ${node.text}(x)`,
    });
  }
  const places = placesOf(lowering, node, variable, context);
  const indices: (number | Ir)[] = places.map((place, i) => {
    if ('fixed' in place) return place.fixed;
    if ('computed' in place) return place.computed;
    return walked(place.axis, variable.dimensions[i], context, node);
  });
  const fixed = indices.filter((index): index is number => typeof index === 'number');
  if (fixed.length === indices.length) return slot(variable.base + pack(variable, fixed));
  return pick(variable, indices);
}

/** The element's index where it must be known before the run, as for graphical functions. */
export function elementAt(lowering: Lowering, node: NameNode, variable: Variable, context: Context): number {
  const indices = placesOf(lowering, node, variable, context).map((place, i) => {
    if ('fixed' in place) return place.fixed;
    if ('axis' in place) return walked(place.axis, variable.dimensions[i], context, node);
    return refuse({
      rule: 'xmile.subscript',
      where: placeIn(context.equation, node.at),
      what: `'${context.name}' chooses a graphical function by a computed subscript`,
      why: 'graphical functions are chosen before the run',
      mend: 'name the element',
    });
  });
  return pack(variable, indices);
}

/** The axes that a name leaves open, in the order of its dimensions. */
export function openAxes(lowering: Lowering, node: NameNode, variable: Variable, context: Context): Axis[] {
  return placesOf(lowering, node, variable, { ...context, axes: context.axes ?? new Map() }).flatMap(
    (place) => ('axis' in place ? [place.axis] : []),
  );
}

function placesOf(lowering: Lowering, node: NameNode, variable: Variable, context: Context): Place[] {
  const { dimensions } = variable;
  const seen = new Map<string, number>();
  const occurrence = (name: string): number => {
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count;
  };
  if (node.subscripts === undefined) {
    return dimensions.map((dimension, i) =>
      implicit(dimension, i, dimensions, occurrence(dimension.name), context, node),
    );
  }
  if (node.subscripts.length !== dimensions.length) {
    refuse({
      rule: 'xmile.subscript',
      where: placeIn(context.equation, node.at),
      what: `'${context.name}' gives '${node.text}' ${node.subscripts.length} subscript${node.subscripts.length === 1 ? '' : 's'}`,
      why: `it has ${dimensions.length} dimension${dimensions.length === 1 ? '' : 's'}`,
      mend: 'correct the subscripts',
    });
  }
  return node.subscripts.map((subscript, i) => {
    const dimension = dimensions[i];
    if (dimension === undefined) return { fixed: 0 };
    return placeOf(lowering, subscript, dimension, occurrence, context, node);
  });
}

/** A name without subscripts: the whole array inside SUM and its kin, else the element that the equation is for. */
function implicit(
  dimension: Dimension,
  at: number,
  all: readonly Dimension[],
  occurrence: number,
  context: Context,
  node: NameNode,
): Place {
  if (context.axes !== undefined)
    return { axis: { key: `${dimension.name}#${occurrence}`, elements: dimension.keys } };
  const index = boundTo(dimension, occurrence, context) ?? samePlace(dimension, at, all, context);
  if (index !== undefined) return { fixed: index };
  return refuse({
    rule: 'xmile.subscript',
    where: placeIn(context.equation, node.at),
    what: `'${context.name}' uses the whole array '${node.text}' where one value is needed`,
    why: `'${context.name}' has no dimension '${dimension.text}'`,
    mend: `choose an element, as in ${node.text}[…], or use SUM`,
  });
}

function boundTo(dimension: Dimension, occurrence: number, context: Context): number | undefined {
  const own = context.bound.filter((one) => one.dimension.name === dimension.name);
  const same = own[occurrence] ?? own[0];
  if (same !== undefined) return same.index;
  const shared = context.bound.filter((one) => dimension.keys.includes(one.dimension.keys[one.index] ?? ''));
  if (shared.length === 1 && shared[0] !== undefined)
    return dimension.keys.indexOf(shared[0].dimension.keys[shared[0].index] ?? '');
  return shared.length === 0 ? mappedTo(dimension, context) : undefined;
}

/** Along a mapping of dimensions, which may be written at either end. */
function mappedTo(dimension: Dimension, context: Context): number | undefined {
  for (const one of context.bound) {
    const key = one.dimension.keys[one.index] ?? '';
    for (const map of dimension.maps?.values() ?? []) {
      const index = map.get(key);
      if (index !== undefined) return index;
    }
    const back = one.dimension.maps?.get(dimension.name);
    const ends = dimension.keys.flatMap((other, index) => (back?.get(other) === one.index ? [index] : []));
    if (ends.length === 1) return ends[0];
  }
  return undefined;
}

/** Dimensions of other names but the same shape go element by element. */
function samePlace(
  dimension: Dimension,
  at: number,
  all: readonly Dimension[],
  context: Context,
): number | undefined {
  if (all.length !== context.bound.length) return undefined;
  const one = context.bound[at];
  return one !== undefined && one.dimension.elements.length === dimension.elements.length
    ? one.index
    : undefined;
}

function placeOf(
  lowering: Lowering,
  subscript: Subscript,
  dimension: Dimension,
  occurrence: (name: string) => number,
  context: Context,
  node: NameNode,
): Place {
  if (subscript.kind === 'star') {
    const over = subscript.of === undefined ? dimension : lowering.document.dimensions.get(subscript.of);
    if (over === undefined) return noElement(subscript.of ?? '*', dimension, context, node);
    return { axis: { key: `${over.name}#${occurrence(over.name)}`, elements: over.keys } };
  }
  if (subscript.kind === 'range') {
    const from = fixedIndex(subscript.from, dimension);
    const to = fixedIndex(subscript.to, dimension);
    if (from === undefined || to === undefined || to < from)
      return noElement('the range', dimension, context, node);
    const key = `${dimension.name}[${from}:${to}]`;
    return { axis: { key: `${key}#${occurrence(key)}`, elements: dimension.keys.slice(from, to + 1) } };
  }
  const { expression } = subscript;
  const fixed = fixedIndex(expression, dimension);
  if (fixed !== undefined) return { fixed };
  if (expression.kind === 'number') return noElement(String(expression.value), dimension, context, node);
  if (expression.kind === 'name' && expression.subscripts === undefined && expression.path.length === 1) {
    const over = lowering.document.dimensions.get(expression.path[0] ?? '');
    if (over !== undefined) return placeOn(over, dimension, occurrence(over.name), context, node);
    if (
      lowering.variable(expression, context) === undefined &&
      !context.scope.parameters.has(expression.path[0] ?? '')
    ) {
      return noElement(expression.text, dimension, context, node);
    }
  }
  return { computed: lowering.lower(expression, { ...context, axes: undefined }) };
}

/** A subscript that names a dimension: the element at hand, or, inside SUM and its kin, all of them. */
function placeOn(
  over: Dimension,
  dimension: Dimension,
  occurrence: number,
  context: Context,
  node: NameNode,
): Place {
  const bound = boundTo(over, occurrence, context);
  if (bound !== undefined) {
    const index = dimension.keys.indexOf(over.keys[bound] ?? '');
    if (index >= 0) return { fixed: index };
    if (over.elements.length === dimension.elements.length) return { fixed: bound };
    return noElement(over.elements[bound] ?? over.text, dimension, context, node);
  }
  if (context.axes !== undefined) return { axis: { key: `${over.name}#${occurrence}`, elements: over.keys } };
  return noElement(over.text, dimension, context, node);
}

function fixedIndex(expression: Expression, dimension: Dimension) {
  if (expression.kind === 'number') {
    const named = dimension.keys.indexOf(String(expression.value));
    if (named >= 0) return named;
    const index = expression.value - 1;
    return Number.isInteger(index) && index >= 0 && index < dimension.elements.length ? index : undefined;
  }
  if (expression.kind !== 'name' || expression.absolute || expression.subscripts !== undefined)
    return undefined;
  const [first = '', second] = expression.path;
  const index = dimension.keys.indexOf(
    second !== undefined && first === dimension.name ? second : expression.path.join('.'),
  );
  return index >= 0 ? index : undefined;
}

function noElement(name: string, dimension: Dimension, context: Context, node: NameNode): never {
  return refuse({
    rule: 'xmile.subscript',
    where: placeIn(context.equation, node.at),
    what: `'${context.name}' uses '${node.text}' at '${name}'`,
    why: `that is no element of '${dimension.text}' (${dimension.elements.slice(0, 6).join(', ')}${dimension.elements.length > 6 ? ', …' : ''})`,
    mend: 'correct the subscript',
  });
}

function walked(axis: Axis, dimension: Dimension | undefined, context: Context, node: NameNode): number {
  const at = context.axes?.get(axis.key);
  const key = at === undefined ? undefined : axis.elements[at];
  if (at === undefined || key === undefined || dimension === undefined) {
    return refuse({
      rule: 'xmile.subscript',
      where: placeIn(context.equation, node.at),
      what: `'${context.name}' uses several elements of '${node.text}' where one value is needed`,
      why: '* and ranges are for SUM, MEAN, MIN, MAX and their kin',
      mend: 'choose an element',
    });
  }
  const index = dimension.keys.indexOf(key);
  if (index >= 0) return index;
  if (axis.elements.length === dimension.elements.length) return at;
  return noElement(key, dimension, context, node);
}

function pack(variable: Variable, indices: readonly number[]): number {
  return indices.reduce(
    (place, index, i) => place * (variable.dimensions[i]?.elements.length ?? 1) + index,
    0,
  );
}

function pick(variable: Variable, indices: readonly (number | Ir)[]): Ir {
  const open = indices.flatMap((index, i) => (typeof index === 'number' ? [] : [i]));
  const sizes = open.map((i) => variable.dimensions[i]?.elements.length ?? 1);
  const count = sizes.reduce((left, right) => left * right, 1);
  const slots = Array.from({ length: count }, (_, n) => {
    let rest = n;
    const chosen = indices.map((index) => (typeof index === 'number' ? index : 0));
    for (const i of [...open].reverse()) {
      const size = variable.dimensions[i]?.elements.length ?? 1;
      chosen[i] = rest % size;
      rest = Math.floor(rest / size);
    }
    return variable.base + pack(variable, chosen);
  });
  return {
    op: 'pick',
    slots,
    sizes,
    indices: indices.flatMap((index) => (typeof index === 'number' ? [] : [index])),
  };
}
