import type { Finding, Indicator } from '../model/index.ts';
import { type Expression, indicatorsIn } from './expression.ts';
import { parseFormula } from './parser.ts';

/** Reads the formulas of a set of indicators and finds those that cannot work. */
export function readFormulas(indicators: readonly Indicator[]): {
  readonly formulas: ReadonlyMap<string, Expression>;
  readonly findings: readonly Finding[];
} {
  const formulas = new Map<string, Expression>();
  const findings: Finding[] = [];
  const known = new Set(indicators.map(({ id }) => id));
  for (const { id, formula } of indicators) {
    if (formula === undefined) continue;
    const read = parseFormula(formula);
    if ('error' in read) {
      const { position, what, mend } = read.error;
      findings.push(
        fault(
          id,
          'formula.syntax',
          `formula of ${id}, character ${position + 1}: ${what}`,
          'the formula cannot be read',
          mend,
        ),
      );
      continue;
    }
    const unknown = indicatorsIn(read.expression).filter((name) => !known.has(name));
    for (const name of unknown)
      findings.push(
        fault(
          id,
          'formula.unknown',
          `formula of ${id} names ${name}, which is no indicator`,
          'it has nothing to compute with',
          `define ${name} or correct the name`,
        ),
      );
    if (unknown.length === 0) formulas.set(id, read.expression);
  }
  for (const loop of loops(formulas)) {
    const [first = ''] = loop;
    findings.push(
      fault(
        first,
        'formula.cycle',
        `formulas lead back to themselves: ${[...loop, first].join(' → ')}`,
        'a value cannot be computed from itself',
        'break the circle at one of them, for example with previous()',
      ),
    );
  }
  return { formulas, findings };
}

function fault(id: string, rule: string, what: string, why: string, mend: string): Finding {
  return {
    rule,
    severity: 'error',
    where: { file: 'indicators', pointer: `/${id}/formula` },
    what,
    why,
    mend,
  };
}

/** Circles among formulas, each once, starting at its smallest id. `previous()` does not close a circle. */
function loops(formulas: ReadonlyMap<string, Expression>): readonly (readonly string[])[] {
  const done = new Set<string>();
  const found: string[][] = [];
  for (const start of [...formulas.keys()].sort()) {
    const path: string[] = [];
    const onPath = new Set<string>();
    const stack: { id: string; next: string[] }[] = [];
    const enter = (id: string): void => {
      path.push(id);
      onPath.add(id);
      stack.push({ id, next: [...sameYear(formulas.get(id))] });
    };
    if (done.has(start)) continue;
    enter(start);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.next.shift();
      if (next === undefined) {
        stack.pop();
        path.pop();
        onPath.delete(top.id);
        done.add(top.id);
      } else if (onPath.has(next)) found.push(path.slice(path.indexOf(next)));
      else if (!done.has(next) && formulas.has(next)) enter(next);
    }
  }
  return found;
}

/** Indicators that an expression needs in the same period. */
function sameYear(expression: Expression | undefined): readonly string[] {
  if (expression === undefined) return [];
  const without = (node: Expression): Expression => {
    if (node.op === 'call') {
      if (node.name === 'previous') return { op: 'number', value: '0', unit: null };
      return { ...node, args: node.args.map(without) };
    }
    if (node.op === 'negate') return { ...node, of: without(node.of) };
    if (node.op === 'number' || node.op === 'record' || node.op === 'indicator') return node;
    return { ...node, left: without(node.left), right: without(node.right) };
  };
  return indicatorsIn(without(expression));
}
