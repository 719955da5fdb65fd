import type { GraphFunction } from '../xmile/graph-function.ts';
import { type Token, TokenFault } from '../xmile/token.ts';
import { isSign } from './token.ts';

const mostPoints = 100_000;

/**
 * Reads a lookup's points: `[(0,0)-(10,10)],(0,1),(5,3)`, with or without the range in front, or in the old form all x
 * and then all y. Vensim reads between points linearly and holds the first and last value beyond them.
 */
export function readLookup(tokens: readonly Token[], at: number): GraphFunction {
  let next = 0;
  const fault = (what: string): never => {
    throw new TokenFault(what, tokens[next]?.at ?? at);
  };
  const skip = (text: string): boolean => {
    if (!isSign(tokens[next], text)) return false;
    next++;
    return true;
  };
  const value = (): number => {
    const minus = skip('-');
    if (!minus) skip('+');
    const token = tokens[next++];
    if (token?.kind !== 'number') return fault('a lookup holds numbers only');
    return minus ? -token.value : token.value;
  };
  if (isSign(tokens[next], '[')) {
    while (next < tokens.length && !isSign(tokens[next], ']')) next++;
    next++;
    skip(',');
  }
  const xs: number[] = [];
  const ys: number[] = [];
  const flat: number[] = [];
  while (next < tokens.length) {
    if (skip('(')) {
      xs.push(value());
      if (!skip(',')) fault('a point is (x, y)');
      ys.push(value());
      if (!skip(')')) fault('a point ends with )');
    } else flat.push(value());
    if (next < tokens.length && !skip(',')) fault('points are separated by commas');
    if (xs.length + flat.length > mostPoints) fault(`a lookup has more than ${mostPoints} points`);
  }
  if (flat.length > 0) {
    if (xs.length > 0 || flat.length % 2 === 1) fault('a lookup has as many x as y');
    const half = flat.length / 2;
    xs.push(...flat.slice(0, half));
    ys.push(...flat.slice(half));
  }
  if (xs.length === 0) fault('a lookup without points');
  for (let i = 1; i < xs.length; i++)
    if ((xs[i] ?? 0) < (xs[i - 1] ?? 0)) fault(`x points of a lookup fall from ${xs[i - 1]} to ${xs[i]}`);
  return { kind: 'continuous', xs, ys };
}
