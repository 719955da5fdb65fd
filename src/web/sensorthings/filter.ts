import { StaError } from './model.ts';
import { type Shape, shapeFromText } from './shape.ts';
import { type Duration, readDuration, readSpan, type Span } from './times.ts';

/** A filter as a tree: OData 4.0 URL conventions, clause 5.1.1, as SensorThings 9.3.3.5 takes it over. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'path'; readonly steps: readonly string[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

export type Value = null | boolean | number | string | Span | Duration | Shape;

const longest = 4000;
const deepest = 60;
const moment = String.raw`\d{4}-\d{2}-\d{2}T[0-9:.]+(?:Z|[+-]\d{2}:?\d{2})`;
/** One token: a time or interval, a date or time of day, a quoted text, a number, a word, a mark. */
const tokens = new RegExp(
  [
    String.raw`\s*(?:(${moment}(?:\/${moment})?)`,
    String.raw`(\d{4}-\d{2}-\d{2}|\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?![\w:.-])`,
    "(geography|duration)?'((?:[^']|'')*)'",
    String.raw`(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)`,
    String.raw`([@A-Za-z_][\w.@]*(?:\/[@A-Za-z_][\w.@]*)*)`,
    '([(),]))',
  ].join('|'),
  'y',
);
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
    const [, when, clock, kind, quoted, number, word, mark] = match;
    if (when !== undefined) {
      const span = readSpan(when);
      if (span === null) throw new StaError(400, `'${when}' is no time`);
      list.push({ kind: 'value', value: span });
    } else if (clock !== undefined) list.push({ kind: 'value', value: clock });
    else if (quoted !== undefined) {
      const plain = quoted.replaceAll("''", "'");
      list.push({ kind: 'value', value: kind === undefined ? plain : special(kind, plain) });
    } else if (number !== undefined) list.push({ kind: 'value', value: Number(number) });
    else if (word !== undefined) list.push({ kind: 'word', text: word });
    else if (mark !== undefined) list.push({ kind: 'mark', text: mark });
  }
  return list;
}

function special(kind: string, text: string): Value {
  const value = kind === 'duration' ? readDuration(text) : shapeFromText(text);
  if (value === null)
    throw new StaError(
      400,
      kind === 'duration'
        ? `'${text.slice(0, 40)}' is no duration such as PT1H30M`
        : 'a shape is well-known text: POINT, LINESTRING, POLYGON, or several of one of them',
    );
  return value;
}

/** The paths that an expression asks along. */
export function pathsOf(expression: Expression): readonly (readonly string[])[] {
  switch (expression.kind) {
    case 'literal':
      return [];
    case 'path':
      return [expression.steps];
    case 'not':
      return pathsOf(expression.of);
    case 'binary':
      return [...pathsOf(expression.left), ...pathsOf(expression.right)];
    case 'call':
      return expression.args.flatMap(pathsOf);
  }
}
