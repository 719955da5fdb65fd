import { StaError } from './model.ts';
import { readSpan, type Span } from './times.ts';

/** A filter as a tree: OData 4.0 URL conventions, clause 5.1.1, as SensorThings 9.3.3.5 takes it over. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'path'; readonly steps: readonly string[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

export interface Shape {
  readonly shape: 'POINT' | 'LINESTRING' | 'POLYGON';
  readonly points: readonly (readonly [number, number])[];
}
export type Value = null | boolean | number | string | Span | Shape;

const longest = 4000;
const deepest = 60;
const tokens =
  /\s*(?:(\d{4}-\d{2}-\d{2}T[0-9:.]+(?:Z|[+-]\d{2}:?\d{2})(?:\/\d{4}-\d{2}-\d{2}T[0-9:.]+(?:Z|[+-]\d{2}:?\d{2}))?)|(geography)?'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([@A-Za-z_][\w.@]*(?:\/[@A-Za-z_][\w.@]*)*)|([(),]))/y;
const levels = [['or'], ['and'], ['eq', 'ne', 'gt', 'ge', 'lt', 'le'], ['add', 'sub'], ['mul', 'div', 'mod']];

type Token =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: string };

/** Reads a filter. Throws a StaError that says where it stops being one. */
export function readFilter(text: string): Expression {
  if (text.length > longest) throw new StaError(400, `a filter has at most ${longest} characters`);
  const list = tokenList(text);
  let at = 0;
  const peek = (): Token | undefined => list[at];
  const wrong = (): never => {
    const token = peek();
    const said = token === undefined ? 'its end' : token.kind === 'value' ? 'a value' : `'${token.text}'`;
    throw new StaError(400, `the filter can't be read at ${said}`);
  };
  const take = (mark: string): void => {
    const token = peek();
    if (token?.kind !== 'mark' || token.text !== mark) wrong();
    at += 1;
  };
  const level = (depth: number, nested: number): Expression => {
    if (nested > deepest) throw new StaError(400, `a filter is nested at most ${deepest} deep`);
    const ops = levels[depth];
    if (ops === undefined) return unary(nested);
    let left = level(depth + 1, nested);
    for (let token = peek(); token?.kind === 'word' && ops.includes(token.text); token = peek()) {
      at += 1;
      left = { kind: 'binary', op: token.text, left, right: level(depth + 1, nested) };
    }
    return left;
  };
  const unary = (nested: number): Expression => {
    const token = peek();
    if (token === undefined) return wrong();
    at += 1;
    if (token.kind === 'value') return { kind: 'literal', value: token.value };
    if (token.kind === 'mark') {
      if (token.text !== '(') {
        at -= 1;
        return wrong();
      }
      const inner = level(0, nested + 1);
      take(')');
      return inner;
    }
    if (token.text === 'not') return { kind: 'not', of: unary(nested + 1) };
    if (token.text === 'true' || token.text === 'false')
      return { kind: 'literal', value: token.text === 'true' };
    if (token.text === 'null') return { kind: 'literal', value: null };
    const next = peek();
    if (next?.kind !== 'mark' || next.text !== '(') return { kind: 'path', steps: token.text.split('/') };
    take('(');
    const args: Expression[] = [];
    for (;;) {
      const ahead = peek();
      if (ahead?.kind === 'mark' && ahead.text === ')') break;
      args.push(level(0, nested + 1));
      const mark = peek();
      if (mark?.kind === 'mark' && mark.text === ',') at += 1;
      else break;
    }
    take(')');
    return { kind: 'call', name: token.text, args };
  };
  const read = level(0, 0);
  if (at < list.length) wrong();
  return read;
}

function tokenList(text: string): readonly Token[] {
  const list: Token[] = [];
  tokens.lastIndex = 0;
  while (tokens.lastIndex < text.trimEnd().length) {
    const from = tokens.lastIndex;
    const match = tokens.exec(text);
    if (match === null) throw new StaError(400, `the filter can't be read from character ${from + 1}`);
    const [, when, geography, quoted, number, word, mark] = match;
    if (when !== undefined) {
      const span = readSpan(when);
      if (span === null) throw new StaError(400, `'${when}' is no time`);
      list.push({ kind: 'value', value: span });
    } else if (quoted !== undefined) {
      const plain = quoted.replaceAll("''", "'");
      list.push({ kind: 'value', value: geography === undefined ? plain : readShape(plain) });
    } else if (number !== undefined) list.push({ kind: 'value', value: Number(number) });
    else if (word !== undefined) list.push({ kind: 'word', text: word });
    else if (mark !== undefined) list.push({ kind: 'mark', text: mark });
  }
  return list;
}

/** Well-known text of a point, line or polygon without holes. */
function readShape(text: string): Shape {
  const match = /^\s*(POINT|LINESTRING|POLYGON)\s*\(+([^()]*)\)+\s*$/i.exec(text);
  const shape = match?.[1]?.toUpperCase();
  const points = (match?.[2] ?? '').split(',').map((pair): [number, number] => {
    const [x = Number.NaN, y = Number.NaN] = pair.trim().split(/\s+/).map(Number);
    return [x, y];
  });
  if (
    (shape !== 'POINT' && shape !== 'LINESTRING' && shape !== 'POLYGON') ||
    points.some((pair) => pair.some((each) => !Number.isFinite(each)))
  )
    throw new StaError(400, 'a shape is a POINT, LINESTRING or POLYGON without holes in well-known text');
  return { shape, points };
}
