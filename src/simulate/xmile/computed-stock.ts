import type { Declaration } from './document.ts';
import { canonical } from './name.ts';

/**
 * Vensim writes what it calls a level but is no integral, as DELAY FIXED, as a stock whose equation repeats the name:
 * `outflow = DELAY_FIXED(inflow, 2, 0)`. It is computed in each step.
 */
export function asComputed(declaration: Declaration): Declaration {
  if (declaration.kind !== 'stock' || declaration.inflows.length + declaration.outflows.length > 0)
    return declaration;
  const text = declaration.equation?.text ?? '';
  const before = /^\s*"?([^="<>()]+?)"?\s*=(?!=)/.exec(text);
  if (
    before === null ||
    canonical(before[1] ?? '') !== declaration.name ||
    declaration.equation === undefined
  ) {
    return declaration;
  }
  const blank = before[0].replace(/[^\n]/g, ' ');
  return {
    ...declaration,
    kind: 'aux',
    equation: { ...declaration.equation, text: blank + text.slice(before[0].length) },
  };
}
