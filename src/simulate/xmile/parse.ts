import type { BinarySign, Expression, NameNode, Subscript } from './syntax.ts';
import { type Token, TokenFault, tokens } from './token.ts';

const deepest = 200;
/** Operators of one equation: a chain of them is as deep a tree, and trees are walked by recursion. */
const mostOperators = 1500;
const longest = 200_000;

/**
 * Binary operators by how tightly they bind (XMILE 1.0 §3.3.1), loosest first. `^` binds tighter than a sign in front
 * and groups to the right: -2^2 is -4, 2^3^2 is 512.
 */
const levels: readonly (readonly BinarySign[])[] = [
  ['or'],
  ['and'],
  ['=', '<>'],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', 'mod'],
];

/** Parses one equation. Throws TokenFault with the offset of what is not understood. */
export function parseExpression(text: string): Expression {
  return parseTokens(split(text));
}

/** The same from tokens, which another language than XMILE may have been split into. */
export function parseTokens(found: readonly Token[]): Expression {
  const parser = new Parser(found);
  const expression = parser.expression();
  parser.expectEnd();
  return expression;
}

function split(text: string): Token[] {
  if (text.length > longest) throw new TokenFault('the equation is too long', 0);
  return tokens(text);
}

/** Parses a list `a, b, c`: the values of an array in order, as some exporters write them. */
export function parseList(text: string): Expression[] {
  return parseTokenList(split(text));
}

export function parseTokenList(found: readonly Token[]): Expression[] {
  const parser = new Parser(found);
  const list = [parser.expression()];
  while (parser.take(',') || parser.take(';')) {
    // Rows end with a semicolon, the last one too.
    if (parser.atEnd) break;
    list.push(parser.expression());
  }
  parser.expectEnd();
  return list;
}

/** Stella's `a // b`: 0 where b is 0. */
function safeDivision(left: Expression, right: Expression, at: number): Expression {
  const callee: NameNode = {
    kind: 'name',
    path: ['safediv'],
    absolute: false,
    text: 'SAFEDIV',
    subscripts: undefined,
    at,
  };
  return { kind: 'call', callee, args: [left, right], at };
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;
  #operators = 0;

  constructor(found: readonly Token[]) {
    this.#tokens = found;
  }

  get #token(): Token {
    const token = this.#tokens[this.#next] ?? this.#tokens.at(-1);
    if (token === undefined) throw new TokenFault('the equation is empty', 0);
    return token;
  }

  get atEnd(): boolean {
    return this.#token.kind === 'end';
  }

  expectEnd(): void {
    if (!this.atEnd) this.#fail(`'${this.#token.text}' is not expected here`);
  }

  /** Takes a sign, or a word that acts as one (`and`, `mod`), if it comes next. */
  take(text: string): boolean {
    const token = this.#token;
    const same =
      (token.kind === 'sign' && token.text === text) ||
      (token.kind === 'name' && !token.quoted && token.name === text);
    if (same) this.#next++;
    return same;
  }

  expression(): Expression {
    if (this.#depth === 0) this.#operators = 0;
    if (++this.#depth > deepest) this.#fail('the equation is nested too deep');
    const expression = this.#binary(0);
    this.#depth--;
    return expression;
  }

  #binary(level: number): Expression {
    const signs = levels[level];
    if (signs === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const at = this.#token.at;
      if (level === levels.length - 1 && this.take('//')) {
        this.#count();
        left = safeDivision(left, this.#binary(level + 1), at);
        continue;
      }
      const sign = signs.find((one) => this.take(one));
      if (sign === undefined) return left;
      this.#count();
      left = { kind: 'binary', sign, left, right: this.#binary(level + 1), at };
    }
  }

  #count(): void {
    if (++this.#operators > mostOperators)
      this.#fail(`the equation has more than ${mostOperators} operators`);
  }

  #unary(): Expression {
    const { at } = this.#token;
    const sign = this.take('-') ? '-' : this.take('+') ? '+' : this.#takeNot() ? 'not' : undefined;
    if (sign === undefined) return this.#power();
    if (++this.#depth > deepest) this.#fail('the equation is nested too deep');
    const arg = this.#unary();
    this.#depth--;
    return { kind: 'unary', sign, arg, at };
  }

  /** `not` in front of an operand; alone it is a name. */
  #takeNot(): boolean {
    const token = this.#token;
    if (token.kind !== 'name' || token.quoted || token.name !== 'not') return false;
    const after = this.#tokens[this.#next + 1];
    const operand =
      after?.kind === 'number' ||
      after?.kind === 'name' ||
      (after?.kind === 'sign' && ['(', '-', '+', '.'].includes(after.text));
    if (operand) this.#next++;
    return operand;
  }

  #power(): Expression {
    const base = this.#primary();
    const { at } = this.#token;
    if (!this.take('^')) return base;
    // The exponent may carry its own sign: 2^-1.
    return { kind: 'binary', sign: '^', left: base, right: this.#unary(), at };
  }

  #primary(): Expression {
    const token = this.#token;
    if (token.kind === 'number') {
      this.#next++;
      return { kind: 'number', value: token.value, at: token.at };
    }
    if (this.take('(')) {
      const inner = this.expression();
      this.#expect(')');
      return inner;
    }
    if (token.kind === 'name' && !token.quoted && token.name === 'if') return this.#if();
    if (token.kind === 'name' || (token.kind === 'sign' && token.text === '.')) return this.#reference();
    return this.#fail(`a value is expected, not '${token.text}'`);
  }

  #if(): Expression {
    const { at } = this.#token;
    this.#next++;
    const test = this.expression();
    if (!this.take('then')) this.#fail('THEN is expected after IF and its condition');
    const yes = this.expression();
    if (!this.take('else')) this.#fail('ELSE is expected: XMILE has no IF without it');
    return { kind: 'if', test, yes, otherwise: this.expression(), at };
  }

  #reference(): Expression {
    const { at } = this.#token;
    const absolute = this.take('.');
    const path: string[] = [];
    const words: string[] = [];
    do {
      const token = this.#token;
      if (token.kind !== 'name') return this.#fail(`a name is expected, not '${token.text}'`);
      this.#next++;
      path.push(token.name);
      words.push(token.text);
    } while (this.take('.'));
    const text = (absolute ? '.' : '') + words.join('.');
    const subscripts = this.take('[') ? this.#subscripts() : undefined;
    const name: NameNode = { kind: 'name', path, absolute, text, subscripts, at };
    if (!this.take('(')) return name;
    const args: Expression[] = [];
    if (!this.take(')')) {
      do args.push(this.expression());
      while (this.take(','));
      this.#expect(')');
    }
    return { kind: 'call', callee: name, args, at };
  }

  #subscripts(): Subscript[] {
    const list: Subscript[] = [];
    do {
      const { at } = this.#token;
      if (this.take('*')) {
        if (!this.take(':')) list.push({ kind: 'star', of: undefined, at });
        else {
          const token = this.#token;
          if (token.kind !== 'name') this.#fail('the name of a dimension is expected after *:');
          else {
            this.#next++;
            list.push({ kind: 'star', of: token.name, at });
          }
        }
        continue;
      }
      const expression = this.expression();
      if (this.take(':')) list.push({ kind: 'range', from: expression, to: this.expression(), at });
      else list.push({ kind: 'one', expression, at });
    } while (this.take(','));
    this.#expect(']');
    return list;
  }

  #expect(text: string): void {
    if (!this.take(text)) this.#fail(`'${text}' is expected, not '${this.#token.text}'`);
  }

  #fail(what: string): never {
    throw new TokenFault(what, this.#token.at);
  }
}
