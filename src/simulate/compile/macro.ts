import { refuse } from '../fault.ts';
import type { Macro } from '../xmile/document.ts';
import { canonical } from '../xmile/name.ts';
import { buildScope } from './build.ts';
import { type Context, type Lowering, placeIn } from './context.ts';
import { type Ir, slot } from './ir.ts';
import { declare, type Scope } from './scope.ts';

const deepest = 24;

/**
 * One call of a macro (XMILE 1.0 §4.8): its variables come to life once more, hidden, with the arguments in place of its
 * parameters. A macro may call others; one that calls itself without end is refused.
 */
export function callMacro(
  lowering: Lowering,
  macro: Macro,
  args: readonly Ir[],
  context: Context,
  at: number,
): Ir {
  if (args.length > macro.parameters.length) return wrongCount(macro, args.length, context, at);
  if (lowering.macroDepth >= deepest) {
    refuse({
      rule: 'xmile.macro',
      where: placeIn(context.equation, at),
      what: `the macro '${macro.text}' calls itself`,
      why: 'recursive macros are not built here',
      mend: 'write it out',
    });
  }
  const parameters = new Map<string, number>();
  const scope: Scope = {
    parent: undefined,
    path: `${canonical(context.name)}#${lowering.cells.length}`,
    text: `${context.name} › ${macro.text}`,
    variables: new Map(),
    modules: new Map(),
    parameters,
    hidden: true,
  };
  for (const [i, parameter] of macro.parameters.entries()) {
    const given = args[i];
    const inside: Context | undefined =
      parameter.byDefault === undefined
        ? undefined
        : { ...context, scope, equation: parameter.byDefault, bound: [], axes: undefined };
    const value = given ?? (inside === undefined ? undefined : lowering.equation(inside));
    if (value === undefined) return wrongCount(macro, args.length, context, at);
    parameters.set(
      parameter.name,
      lowering.hidden(context, 'aux', `${macro.text} ${parameter.name}`, { equation: value }).slot,
    );
  }
  for (const declaration of macro.declarations.values()) {
    // A parameter that the macro also lists, as an exporter's placeholder, is the argument.
    if (!parameters.has(declaration.name)) declare(declaration, scope, lowering.document);
  }
  lowering.macroDepth++;
  buildScope(lowering, scope);
  const own = scope.variables.get(macro.name);
  const equation = macro.equation;
  if (equation === undefined && own === undefined) {
    return refuse({
      rule: 'xmile.macro',
      where: macro.where,
      what: `the macro '${macro.text}' has no <eqn>`,
      why: 'its value is not given',
      mend: 'give <eqn>',
    });
  }
  const value =
    equation === undefined
      ? slot(own?.base ?? 0)
      : lowering.equation({
          ...context,
          scope,
          equation,
          name: macro.text,
          bound: [],
          axes: undefined,
          self: undefined,
        });
  lowering.macroDepth--;
  return value;
}

function wrongCount(macro: Macro, count: number, context: Context, at: number): never {
  return refuse({
    rule: 'xmile.macro',
    where: placeIn(context.equation, at),
    what: `'${context.name}' calls the macro '${macro.text}' with ${count} argument${count === 1 ? '' : 's'}`,
    why: `it has ${macro.parameters.length} parameter${macro.parameters.length === 1 ? '' : 's'}`,
    mend: 'correct the call',
  });
}
