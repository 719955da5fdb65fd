/**
 * The small language of registers: `weight_received < weight_sent * 0.8 or rejected = 'yes'`. Names are fields of the
 * case (`[two-words]` in brackets), `field.property` a property of the entity or case that a field names. Texts stand
 * in single quotes. Operators, loosest first: or, and, not, = != < <= > >=, + -, * /.
 */
export type Formula =
  | { readonly op: 'number' | 'text'; readonly value: string }
  | { readonly op: 'name'; readonly path: readonly string[] }
  | { readonly op: 'not' | 'negate'; readonly of: Formula }
  | { readonly op: BinaryOperator; readonly left: Formula; readonly right: Formula }
  | { readonly op: 'call'; readonly name: FormulaFunction; readonly args: readonly Formula[] };

export type BinaryOperator = 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/';

/** What a formula may call, with how many arguments. */
export const formulaFunctions = {
  /** `param('cap', year)`: a parameter of a year. */
  param: 2,
  /** `balance('item', holder)`: what a holder has; the holder is a field, or 'own'. */
  balance: 2,
  /** Whether a shape holds a point; metres between two points. */
  contains: 2,
  distance: 2,
  /** `walk('network', from, to)`: minutes on foot between two points along a declared network. */
  walk: 3,
  /** Calendar days from one date to another; the year of a date. */
  days: 2,
  year: 1,
  /** `asof(plant.licence, received_on)`: a property as it was at the end of a day; unknown before the entity was entered. */
  asof: 2,
  /** Over the rows of a field: `sum(parts.weight)`, `count(parts)`. Also the number of several values. */
  sum: 1,
  count: 1,
  min: 2,
  max: 2,
  /** `if(question, yes, no)`. */
  if: 3,
  /** The first value, or the second when there is none. */
  either: 2,
  /** Whether several choices hold one. */
  has: 2,
  /** How many units serial blocks hold. */
  serials: 1,
  /** `children('type', 'step')`: how many cases of a type belong to this one and have reached a step. */
  children: 2,
  /** Years and texts put together: `text(year, '-12-31')`. */
  text: 2,
} as const;
export type FormulaFunction = keyof typeof formulaFunctions;

/** A formula that could not be read: at which character, and why. */
export class FormulaFault extends Error {
  readonly at: number;
  constructor(at: number, what: string) {
    super(what);
    this.at = at;
  }
}

const known = new Map<string, Formula>();

/** Reads a formula; throws {@link FormulaFault}. Equal texts are read once. */
export function readFormula(text: string): Formula {
  const before = known.get(text);
  if (before !== undefined) return before;
  const read = new Reader(text).whole();
  if (known.size < 5000) known.set(text, read);
  return read;
}

interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const pattern =
  /\s*(?:(\d+(?:\.\d+)?)|'([^']*)'|([a-z][a-z0-9_]*|\[[a-z0-9._-]+\])((?:\.(?:[a-z][a-z0-9_]*|\[[a-z0-9._-]+\]))*)|(<=|>=|!=|[=<>+\-*/(),]))/y;
const deepest = 60;

function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  pattern.lastIndex = 0;
  for (let at = 0; at < text.length; at = pattern.lastIndex) {
    if (text.slice(at).trim() === '') break;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) throw new FormulaFault(at, `'${text.slice(at, at + 12)}' is no part of a formula`);
    const [, number, quoted, name, rest, sign] = match;
    if (number !== undefined) found.push({ kind: 'number', text: number, at });
    else if (quoted !== undefined) found.push({ kind: 'text', text: quoted, at });
    else if (name !== undefined) found.push({ kind: 'name', text: name + (rest ?? ''), at });
    else found.push({ kind: 'sign', text: sign ?? '', at });
  }
  return [...found, { kind: 'end', text: '', at: text.length }];
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokens(text);
  }

  whole(): Formula {
    const formula = this.#binary(0);
    const { kind, text, at } = this.#next();
    if (kind !== 'end') throw new FormulaFault(at, `'${text}' was not expected here`);
    return formula;
  }

  #next(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', at: 0 };
  }

  #take(text: string): boolean {
    const token = this.#next();
    if (token.kind === 'text' || token.kind === 'end' || token.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #binary(level: number): Formula {
    const operators = levels[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const found = operators.find((each) => this.#take(each));
      if (found === undefined) return left;
      left = { op: found, left, right: this.#binary(level + 1) };
    }
  }

  #unary(): Formula {
    this.#depth += 1;
    if (this.#depth > deepest) throw new FormulaFault(this.#next().at, 'the formula is nested too deeply');
    try {
      if (this.#take('not')) return { op: 'not', of: this.#binary(2) };
      if (this.#take('-')) return { op: 'negate', of: this.#unary() };
      return this.#leaf();
    } finally {
      this.#depth -= 1;
    }
  }

  #leaf(): Formula {
    const { kind, text, at } = this.#next();
    if (this.#take('(')) {
      const inner = this.#binary(0);
      this.#need(')');
      return inner;
    }
    this.#at += 1;
    if (kind === 'number' || kind === 'text') return { op: kind, value: text };
    if (kind !== 'name') throw new FormulaFault(at, 'a value is missing here');
    if (!this.#take('('))
      return {
        op: 'name',
        path: [...text.matchAll(/\[([^\]]+)\]|([a-z0-9_]+)/g)].map(([, a, b]) => a ?? b ?? ''),
      };
    if (!isFunction(text)) throw new FormulaFault(at, `there is no function ${text}`);
    const args: Formula[] = [];
    while (!this.#take(')')) {
      if (args.length > 0) this.#need(',');
      args.push(this.#binary(0));
    }
    if (args.length !== formulaFunctions[text])
      throw new FormulaFault(at, `${text}() takes ${formulaFunctions[text]} values, not ${args.length}`);
    return { op: 'call', name: text, args };
  }

  #need(text: string): void {
    if (!this.#take(text)) throw new FormulaFault(this.#next().at, `'${text}' is missing here`);
  }
}

const levels: readonly (readonly BinaryOperator[])[] = [
  ['or'],
  ['and'],
  ['=', '!=', '<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/'],
];

function isFunction(text: string): text is FormulaFunction {
  return Object.hasOwn(formulaFunctions, text);
}

/** Every name that a formula uses, and every call: what has to be known before it can be computed. */
export function partsOf(formula: Formula): {
  readonly names: readonly (readonly string[])[];
  readonly calls: readonly Extract<Formula, { op: 'call' }>[];
} {
  const names: (readonly string[])[] = [];
  const calls: Extract<Formula, { op: 'call' }>[] = [];
  const visit = (node: Formula): void => {
    if (node.op === 'name') names.push(node.path);
    else if (node.op === 'call') {
      calls.push(node);
      node.args.forEach(visit);
    } else if ('of' in node) visit(node.of);
    else if ('left' in node) {
      visit(node.left);
      visit(node.right);
    }
  };
  visit(formula);
  return { names, calls };
}
