/**
 * A formula as a tree. Leaves are either what a definition refers to (an indicator, perhaps one category of it) or,
 * once bound to an area and a period, the records of one figure by number.
 */
export type Expression =
  | { readonly op: 'number'; readonly value: string; readonly unit: string | null }
  | { readonly op: 'indicator'; readonly id: string; readonly breakdown: Readonly<Record<string, string>> }
  | { readonly op: 'record'; readonly index: number }
  | { readonly op: 'negate'; readonly of: Expression }
  | {
      readonly op: 'add' | 'subtract' | 'multiply' | 'divide';
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly op: 'call';
      readonly name: FunctionName;
      readonly args: readonly Expression[];
      readonly dimension?: string;
    };

/**
 * What a formula may call. `total(x, dimension)` adds the categories of a dimension; `sum`, `mean`, `min`, `max` take
 * values; `points(a, b)` is the difference of two shares in percentage points; `root(x, k)` the k-th
 * root; `previous(x)` the value a year before; `rankhigh` and `ranklow` the place of the first value among all given,
 * 1 for the highest or the lowest, equal values sharing the better place.
 */
export const functionNames = [
  'total',
  'sum',
  'mean',
  'min',
  'max',
  'points',
  'root',
  'previous',
  'rankhigh',
  'ranklow',
] as const;
export type FunctionName = (typeof functionNames)[number];

const precedence = { add: 1, subtract: 1, multiply: 2, divide: 2, negate: 3 } as const;
const signs = { add: ' + ', subtract: ' - ', multiply: ' * ', divide: ' / ' } as const;

/** The expression as text that parses to the same tree: one text for one tree. */
export function printExpression(expression: Expression): string {
  switch (expression.op) {
    case 'number':
      return expression.unit === null ? expression.value : `${expression.value}'${expression.unit}'`;
    case 'record':
      return `#${expression.index}`;
    case 'indicator':
      return printIndicator(expression.id, expression.breakdown);
    case 'negate':
      return `-${wrap(expression.of, precedence.negate)}`;
    case 'call': {
      const args = expression.args.map(printExpression);
      return `${expression.name}(${[...args, ...(expression.dimension === undefined ? [] : [expression.dimension])].join(', ')})`;
    }
    default: {
      const own = precedence[expression.op];
      return `${wrap(expression.left, own)}${signs[expression.op]}${wrap(expression.right, own + 1)}`;
    }
  }
}

function wrap(expression: Expression, least: number): string {
  const text = printExpression(expression);
  const own =
    expression.op === 'add' ||
    expression.op === 'subtract' ||
    expression.op === 'multiply' ||
    expression.op === 'divide' ||
    expression.op === 'negate'
      ? precedence[expression.op]
      : 9;
  return own < least ? `(${text})` : text;
}

function printIndicator(id: string, breakdown: Readonly<Record<string, string>>): string {
  const name = /^[a-z][a-z0-9_.]*$/.test(id) && !functionNames.some((known) => known === id) ? id : `[${id}]`;
  const parts = Object.keys(breakdown)
    .sort()
    .map((dimension) => `${dimension}=${breakdown[dimension] ?? ''}`);
  return parts.length === 0 ? name : `${name}{${parts.join(', ')}}`;
}

/** The indicators that an expression names, each once, in order of appearance. */
export function indicatorsIn(expression: Expression): readonly string[] {
  const found = new Set<string>();
  const visit = (node: Expression): void => {
    if (node.op === 'indicator') found.add(node.id);
    else if (node.op === 'negate') visit(node.of);
    else if (node.op === 'call') node.args.forEach(visit);
    else if (node.op !== 'number' && node.op !== 'record') {
      visit(node.left);
      visit(node.right);
    }
  };
  visit(expression);
  return [...found];
}
