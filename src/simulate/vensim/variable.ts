import { refuse } from '../fault.ts';
import type { Declaration, Dimension, ElementDefinition, Equation } from '../xmile/document.ts';
import type { Expression, NameNode } from '../xmile/syntax.ts';
import { emptyDeclaration, faulty, type Line } from './equation.ts';

const mostElements = 200_000;

/** Makes one variable of all its equations. */
export function declareVariable(
  lines: readonly Line[],
  dimensions: ReadonlyMap<string, Dimension>,
): Declaration {
  const [first] = lines;
  if (first === undefined) throw new Error('a variable without equations');
  const { left, entry } = first;
  const empty = {
    ...emptyDeclaration(left.name, left.text, entry.where),
    units: lines.map((line) => line.entry.units).find((one) => one !== undefined),
    doc: lines.map((line) => line.entry.doc).find((one) => one !== undefined),
  };
  const rank = left.subscripts.length;
  for (const line of lines.slice(1)) {
    if (rank > 0 && line.left.subscripts.length === rank) continue;
    faulty(
      line.entry,
      0,
      `'${line.left.text}' is defined twice`,
      rank === 0 ? 'a name means one thing' : 'all its equations have the same number of subscripts',
      'rename or remove one',
    );
  }
  const own = left.subscripts.map((_, i) => dimensionAt(lines, i, dimensions));
  const declared: Declaration = { ...empty, dimensions: own.map((one) => one.name) };
  const whole =
    lines.length === 1 && left.except.length === 0 && left.subscripts.every((one, i) => one === own[i]?.name);
  if (whole && first.body.kind !== 'values') return withBody(declared, first, true);
  return byElement(declared, lines, own, dimensions);
}

/** The dimension that all subscripts of one place belong to: their own where they agree, else the smallest that holds them. */
function dimensionAt(
  lines: readonly Line[],
  place: number,
  dimensions: ReadonlyMap<string, Dimension>,
): Dimension {
  const names = new Set(lines.map((line) => line.left.subscripts[place] ?? ''));
  const [only = ''] = names;
  const single = names.size === 1 ? dimensions.get(only) : undefined;
  if (single !== undefined) return single;
  const needed = [...names].flatMap((name) => dimensions.get(name)?.keys ?? [name]);
  const fitting = [...dimensions.values()].filter((one) => needed.every((key) => one.keys.includes(key)));
  // A dimension that the variable's own equations name goes before a larger one that holds the same elements.
  const found = fitting.sort(
    (a, b) => Number(names.has(b.name)) - Number(names.has(a.name)) || b.keys.length - a.keys.length,
  )[0];
  const [line] = lines;
  if (found !== undefined) return found;
  return refuse({
    rule: 'mdl.subscript',
    where: line?.entry.where ?? { file: '' },
    what: `'${line?.left.text}' has the subscripts ${[...names].join(', ')}, which are no elements of one range`,
    why: 'the number of its elements is unknown',
    mend: 'declare the range',
  });
}

/** One definition for each element that an equation covers. */
function byElement(
  declared: Declaration,
  lines: readonly Line[],
  own: readonly Dimension[],
  dimensions: ReadonlyMap<string, Dimension>,
): Declaration {
  const elements: ElementDefinition[] = [];
  const seen = new Map<string, Line>();
  let kind: Declaration['kind'] = 'aux';
  let graph = false;
  for (const line of lines) {
    const spread = line.left.subscripts.map((name) => dimensions.get(name)?.keys ?? [name]);
    const count = spread.reduce((product, keys) => product * keys.length, 1);
    const most = own.reduce((product, one) => product * one.keys.length, 1);
    if (most > mostElements)
      faulty(
        line.entry,
        0,
        `'${line.left.text}' has ${most} elements`,
        'memory is bounded',
        'use smaller ranges',
      );
    const { body } = line;
    if (body.kind === 'values' && body.list.length !== count) {
      faulty(
        line.entry,
        0,
        `'${line.left.text}' has ${body.list.length} values for ${count} elements`,
        'which belongs to which element is not said',
        'give as many values as elements',
      );
    }
    const excluded = line.left.except.map((names) =>
      names.map((name) => new Set(dimensions.get(name)?.keys ?? [name])),
    );
    const filled = withBody(declared, line, false);
    if (filled.kind === 'stock') kind = 'stock';
    if (filled.graph !== undefined) graph = true;
    for (let n = 0; n < count; n++) {
      const subscripts = unpack(n, spread);
      if (excluded.some((sets) => sets.every((set, i) => set.has(subscripts[i] ?? '')))) continue;
      const key = subscripts.join();
      const before = seen.get(key);
      if (before !== undefined) {
        faulty(
          line.entry,
          0,
          `'${line.left.text}[${subscripts.join(', ')}]' is defined twice`,
          `it is defined in line ${before.entry.where.row} too`,
          'leave it out with :EXCEPT:',
        );
      }
      seen.set(key, line);
      const item = body.kind === 'values' ? body.list[n] : undefined;
      const equation =
        body.kind === 'values' && item !== undefined ? { ...body.equation, parsed: item } : filled.equation;
      elements.push({
        subscripts,
        equation,
        initial: filled.initial,
        graph: filled.graph,
        where: line.entry.where,
        given: line.left.subscripts,
        ...(filled.rate === undefined ? {} : { rate: filled.rate }),
      });
    }
  }
  return { ...declared, kind: graph ? 'graph' : kind, elements, partial: true };
}

function unpack(n: number, spread: readonly (readonly string[])[]): string[] {
  const keys: string[] = [];
  let rest = n;
  for (const one of [...spread].reverse()) {
    keys.unshift(one[rest % one.length] ?? '');
    rest = Math.floor(rest / one.length);
  }
  return keys;
}

/** What one equation says of its variable: a table, an integral, or a value. */
function withBody(declared: Declaration, line: Line, whole: boolean): Declaration {
  const { body } = line;
  if (body.kind === 'lookup') return { ...declared, kind: 'graph', graph: body.graph };
  if (body.kind === 'values') return declared;
  const { equation, expression } = body;
  if (!isCall(expression, 'integ')) return { ...declared, equation: { ...equation, parsed: expression } };
  const [rate, first, ...more] = expression.args;
  if (rate === undefined || first === undefined || more.length > 0) {
    return faulty(
      line.entry,
      0,
      `'${line.left.text}' calls INTEG with ${expression.args.length} arguments`,
      'it takes two',
      'give the rate and the initial value',
    );
  }
  const stock: Declaration = { ...declared, kind: 'stock', equation: { ...equation, parsed: first } };
  const flows = whole ? flowsOf(rate, line.left.subscripts, equation) : undefined;
  return { ...stock, ...flows, rate: { ...equation, parsed: rate } };
}

function isCall(expression: Expression, name: string): expression is Extract<Expression, { kind: 'call' }> {
  return (
    expression.kind === 'call' && expression.callee.path.length === 1 && expression.callee.path[0] === name
  );
}

/** Inflows and outflows, where the rate is nothing but names that are added and taken away. */
function flowsOf(
  rate: Expression,
  subscripts: readonly string[],
  equation: Equation,
): Pick<Declaration, 'inflows' | 'outflows'> | undefined {
  const inflows: Equation[] = [];
  const outflows: Equation[] = [];
  const used = new Set<string>();
  const walk = (part: Expression, sign: number): boolean => {
    if (part.kind === 'unary' && part.sign !== 'not') return walk(part.arg, part.sign === '-' ? -sign : sign);
    if (part.kind === 'binary' && (part.sign === '+' || part.sign === '-'))
      return walk(part.left, sign) && walk(part.right, part.sign === '-' ? -sign : sign);
    if (part.kind !== 'name' || !sameSubscripts(part, subscripts) || used.has(part.path[0] ?? ''))
      return false;
    used.add(part.path[0] ?? '');
    (sign > 0 ? inflows : outflows).push({ text: `"${part.text}"`, where: equation.where });
    return true;
  };
  return walk(rate, 1) ? { inflows, outflows } : undefined;
}

function sameSubscripts(node: NameNode, subscripts: readonly string[]): boolean {
  const own = node.subscripts ?? [];
  return (
    own.length === subscripts.length &&
    own.every(
      (one, i) =>
        one.kind === 'one' && one.expression.kind === 'name' && one.expression.path[0] === subscripts[i],
    )
  );
}
