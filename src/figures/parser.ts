import { parseUnit } from '../model/index.ts';
import { type Expression, type FunctionName, functionNames } from './expression.ts';

/** Why a text is not a formula, and where: `position` counts characters from 0. */
export interface FormulaError {
  readonly position: number;
  readonly what: string;
  readonly mend: string;
}

export type ParsedFormula = { readonly expression: Expression } | { readonly error: FormulaError };

// Long enough for the bound formula of a city of ten thousand areas.
/** A figure may be the sum of millions of records. */
const longestText = 64_000_000;
const deepest = 64;

interface Token {
  readonly kind: 'number' | 'name' | 'bracketed' | 'record' | 'quoted' | 'sign' | 'end';
  readonly text: string;
  readonly position: number;
}

/**
 * Reads a formula: `+ - * /`, parentheses, numbers with an optional unit in quotes (`0.1229'kgce/kWh'`), indicators by
 * id (`energy`, `[gdp-2015]`, `waste{class=wet}`), records by number (`#0`) and the functions of {@link functionNames}.
 * A real parser, never an eval; linear in the text, at most 64 levels deep.
 */
export function parseFormula(text: string): ParsedFormula {
  try {
    if (text.length > longestText)
      throw fault(0, 'the formula is too long', 'split it into several indicators');
    return { expression: new Parser(tokens(text)).whole() };
  } catch (error) {
    if (error instanceof FormulaFault) return { error: error.detail };
    throw error;
  }
}

class FormulaFault extends Error {
  readonly detail: FormulaError;
  constructor(detail: FormulaError) {
    super(detail.what);
    this.detail = detail;
  }
}

function fault(position: number, what: string, mend: string): FormulaFault {
  return new FormulaFault({ position, what, mend });
}

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['number', /\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?/y],
  ['record', /#\d{1,7}/y],
  ['name', /[a-z][a-z0-9_.]*/y],
  ['bracketed', /\[[a-z0-9][a-z0-9._-]*\]/y],
  ['quoted', /'[^']{1,80}'/y],
  ['sign', /[-+*/(){},=]/y],
];

function tokens(text: string): Token[] {
  const found: Token[] = [];
  let position = 0;
  while (position < text.length) {
    if (/\s/.test(text.charAt(position))) {
      position += 1;
      continue;
    }
    const token = nextToken(text, position);
    if (token === null)
      throw fault(
        position,
        `'${text.charAt(position)}' has no place in a formula`,
        'use + - * / ( ), numbers and indicator ids; an id with a hyphen stands in [ ]',
      );
    found.push(token);
    position += token.text.length;
  }
  found.push({ kind: 'end', text: '', position: text.length });
  return found;
}

function nextToken(text: string, position: number): Token | null {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match !== null) return { kind, text: match[0], position };
  }
  return null;
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(list: readonly Token[]) {
    this.#tokens = list;
  }

  whole(): Expression {
    const expression = this.#sum();
    const rest = this.#peek();
    if (rest.kind !== 'end')
      throw fault(
        rest.position,
        `'${rest.text}' was not expected here`,
        'write one expression; join its parts with + - * /',
      );
    return expression;
  }

  #peek(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw fault(0, 'the formula ends too early', 'complete it');
    return token;
  }

  #take(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #isSign(text: string): boolean {
    const token = this.#peek();
    return token.kind === 'sign' && token.text === text;
  }

  #expect(text: string): void {
    const token = this.#take();
    if (token.kind !== 'sign' || token.text !== text)
      throw fault(
        token.position,
        token.kind === 'end'
          ? `'${text}' is missing at the end`
          : `'${text}' is expected, not '${token.text}'`,
        `put '${text}' there`,
      );
  }

  #sum(): Expression {
    this.#depth += 1;
    if (this.#depth > deepest)
      throw fault(
        this.#peek().position,
        'the formula is nested too deeply',
        'split it into several indicators',
      );
    let left = this.#product();
    while (this.#isSign('+') || this.#isSign('-')) {
      const op = this.#take().text === '+' ? 'add' : 'subtract';
      left = { op, left, right: this.#product() };
    }
    this.#depth -= 1;
    return left;
  }

  #product(): Expression {
    let left = this.#factor();
    while (this.#isSign('*') || this.#isSign('/')) {
      const op = this.#take().text === '*' ? 'multiply' : 'divide';
      left = { op, left, right: this.#factor() };
    }
    return left;
  }

  #factor(): Expression {
    let negations = 0;
    while (this.#isSign('-')) {
      this.#take();
      negations += 1;
    }
    const value = this.#primary();
    return negations % 2 === 1 ? { op: 'negate', of: value } : value;
  }

  #primary(): Expression {
    const token = this.#take();
    switch (token.kind) {
      case 'number':
        return { op: 'number', value: token.text, unit: this.#unit() };
      case 'record':
        return { op: 'record', index: Number(token.text.slice(1)) };
      case 'bracketed':
        return { op: 'indicator', id: token.text.slice(1, -1), breakdown: this.#breakdown() };
      case 'name':
        return this.#isSign('(')
          ? this.#call(token)
          : { op: 'indicator', id: token.text, breakdown: this.#breakdown() };
      case 'sign':
        if (token.text === '(') {
          const inner = this.#sum();
          this.#expect(')');
          return inner;
        }
        break;
      default:
    }
    throw fault(
      token.position,
      token.kind === 'end'
        ? 'the formula ends where a value is expected'
        : `a value is expected, not '${token.text}'`,
      'put a number, an indicator id or a parenthesis there',
    );
  }

  #unit(): string | null {
    const token = this.#peek();
    if (token.kind !== 'quoted') return null;
    this.#take();
    const code = token.text.slice(1, -1);
    if (parseUnit(code) === null)
      throw fault(token.position, `'${code}' is not a unit`, 'see docs/units.md for unit codes');
    return code;
  }

  #breakdown(): Readonly<Record<string, string>> {
    if (!this.#isSign('{')) return {};
    this.#take();
    const entries = new Map<string, string>();
    for (;;) {
      const dimension = this.#word();
      this.#expect('=');
      entries.set(dimension, this.#word());
      if (this.#isSign(',')) this.#take();
      else break;
    }
    this.#expect('}');
    return Object.fromEntries(entries);
  }

  #word(): string {
    const token = this.#take();
    if (token.kind === 'name') return token.text;
    if (token.kind === 'number') return token.text;
    if (token.kind === 'bracketed') return token.text.slice(1, -1);
    throw fault(
      token.position,
      'the id of a dimension or category is expected',
      'write {dimension=category}',
    );
  }

  #call(name: Token): Expression {
    const known = functionNames.find((each) => each === name.text);
    if (known === undefined)
      throw fault(
        name.position,
        `there is no function '${name.text}'`,
        `functions are ${functionNames.join(', ')}`,
      );
    this.#expect('(');
    const args: Expression[] = [];
    while (!this.#isSign(')')) {
      args.push(this.#sum());
      if (this.#isSign(',')) this.#take();
      else break;
    }
    this.#expect(')');
    return checkedCall(known, args, name.position);
  }
}

function checkedCall(name: FunctionName, args: readonly Expression[], position: number): Expression {
  const [first, second] = args;
  if (name === 'total') {
    if (
      args.length === 2 &&
      first?.op === 'indicator' &&
      second?.op === 'indicator' &&
      Object.keys(second.breakdown).length === 0
    )
      return { op: 'call', name, args: [first], dimension: second.id };
    throw fault(
      position,
      'total() takes an indicator and the id of a dimension',
      'write total(waste, class)',
    );
  }
  const wanted: Partial<Record<FunctionName, number>> = { points: 2, root: 2, previous: 1 };
  const count = wanted[name];
  if (args.length === 0 || (count !== undefined && args.length !== count))
    throw fault(
      position,
      `${name}() takes ${count ?? 'one or more'} value${count === 1 ? '' : 's'}, not ${args.length}`,
      'see docs/formulas.md',
    );
  if (
    name === 'root' &&
    (second?.op !== 'number' || second.unit !== null || !/^[1-9]\d{0,2}$/.test(second.value))
  )
    throw fault(position, 'the second value of root() is a whole number from 1 to 999', 'write root(x, 6)');
  if (name === 'previous' && first?.op !== 'indicator')
    throw fault(position, 'previous() takes one indicator', 'write previous(gdp)');
  return { op: 'call', name, args };
}
