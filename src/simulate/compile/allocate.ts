import { refuse } from '../fault.ts';
import type { Expression } from '../xmile/syntax.ts';
import { type Context, type Lowering, placeIn } from './context.ts';
import { call, type Ir, number } from './ir.ts';

/** Kinds of priority that are built: demand fades evenly over the width, or as a normal distribution of that deviation. */
const kinds = [1, 3];

/**
 * Stella's ALLOCATE(available, dimension, demand, priority, width, type): what each element of a dimension gets of what is
 * available. One price clears the whole: each gets the part of its demand whose priority lies above it.
 */
export function allocate(lowering: Lowering, args: readonly Expression[], at: number, context: Context): Ir {
  const [available, over, demand, priority, width, type] = args;
  const wrong = (what: string, why: string): never =>
    refuse({
      rule: 'xmile.function',
      where: placeIn(context.equation, at),
      what: `'${context.name}' calls ALLOCATE ${what}`,
      why,
      mend: 'correct the call, or write the allocation out',
    });
  if (available === undefined || over?.kind !== 'name' || demand === undefined || args.length > 6)
    return wrong('in another form', 'it takes available, dimension, demand, priority, width and type');
  if (priority === undefined || width === undefined || type === undefined)
    return wrong('in another form', 'it takes available, dimension, demand, priority, width and type');
  const dimension = lowering.document.dimensions.get(over.path[0] ?? '');
  const own = context.bound.find((one) => one.dimension.name === dimension?.name);
  if (dimension === undefined || own === undefined)
    return wrong(`over '${over.text}'`, 'it is given for each element of a dimension that the variable has');
  const elements = dimension.keys.map(
    (_, index): Context => ({
      ...context,
      bound: context.bound.map((one) => (one === own ? { dimension, index } : one)),
      axes: new Map([[`${dimension.name}#0`, index]]),
    }),
  );
  const parts = elements.flatMap((element) =>
    [demand, priority, width].map((arg) => lowering.lower(arg, element)),
  );
  const kind = lowering.lower(type, elements[own.index] ?? context);
  lowering.later.push(() => {
    const value = lowering.startValue(kind, context);
    if (!kinds.includes(value))
      wrong(`with priorities of type ${value}`, 'types 1 (rectangular) and 3 (normal) are built');
  });
  return call('allocate', lowering.lower(available, context), kind, number(own.index), ...parts);
}
