import { refuse } from '../fault.ts';
import type { Expression, NameNode } from '../xmile/syntax.ts';
import { type Context, type Lowering, placeIn } from './context.ts';
import { binary, call, type Ir, number } from './ir.ts';
import { elementAt } from './subscript.ts';

/**
 * Vensim's vector functions that give one value for each element (Vensim Reference Manual):
 * VECTOR SORT ORDER(v[d], up): from 0, which element stands at this place when v is sorted; up above 0 is ascending.
 * VECTOR RANK(v[d], up): from 1, the place of this element.
 * VECTOR ELM MAP(v[e], offset): the element of v that stands so many after e, in the order of its subscripts.
 */
export const vectorFunctions: readonly string[] = ['vector_sort_order', 'vector_rank', 'vector_elm_map'];

export function vectorFunction(
  lowering: Lowering,
  name: string,
  args: readonly Expression[],
  at: number,
  context: Context,
): Ir {
  const said = name.toUpperCase().replaceAll('_', ' ');
  const wrong = (what: string, why: string): never =>
    refuse({
      rule: 'xmile.function',
      where: placeIn(context.equation, at),
      what: `'${context.name}' calls ${said} ${what}`,
      why,
      mend: 'correct the call, or write it out',
    });
  const [array, other] = args;
  if (array?.kind !== 'name' || other === undefined || args.length !== 2)
    return wrong('in another form', 'it takes an array with its subscripts, and one value');
  if (name === 'vector_elm_map') return shifted(lowering, array, other, context, wrong);
  const last = array.subscripts?.at(-1);
  const axis = last?.kind === 'one' && last.expression.kind === 'name' ? last.expression.path[0] : undefined;
  const own = context.bound.find((one) => one.dimension.name === axis);
  if (own === undefined)
    return wrong(
      `of '${array.text}'`,
      'the last subscript of the array is a dimension that the variable itself has',
    );
  const values = own.dimension.keys.map((_, index) =>
    lowering.lower(array, {
      ...context,
      bound: context.bound.map((one) => (one === own ? { dimension: own.dimension, index } : one)),
    }),
  );
  const which = name === 'vector_rank' ? 'vectorrank' : 'vectororder';
  return call(which, lowering.lower(other, context), number(own.index), ...values);
}

/** An element so many places after the one that is named; NaN beyond the array, as Vensim gives no value there. */
function shifted(
  lowering: Lowering,
  array: NameNode,
  offset: Expression,
  context: Context,
  wrong: (what: string, why: string) => never,
): Ir {
  const variable = lowering.variable(array, context);
  if (variable === undefined || variable.base < 0 || array.subscripts === undefined)
    return wrong(`of '${array.text}'`, 'it starts from an element of an array');
  const from = elementAt(lowering, array, variable, context);
  const count = variable.dimensions.reduce((product, { elements }) => product * elements.length, 1);
  const all = Array.from({ length: count }, (_, index): Ir => ({ op: 'slot', slot: variable.base + index }));
  return call('vectorat', binary('+', number(from), lowering.lower(offset, context)), ...all);
}
