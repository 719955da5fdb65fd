import type { Compiled } from '../compile/compile.ts';
import { stockFlowGraph } from '../graph.ts';
import type { Annotation } from './annotation.ts';

/**
 * A model as a page of Markdown, made from the model alone: every variable with its equation, unit, meaning, and, for
 * numbers, whether they are measured, from literature or assumed, and where they come from.
 */
export function documentModel(compiled: Compiled, annotations: ReadonlyMap<string, Annotation>): string {
  const { nodes } = stockFlowGraph(compiled);
  const { document, run } = compiled;
  const groups = new Map<string, (typeof nodes)[number][]>();
  for (const node of nodes) {
    const group = annotations.get(node.key)?.group ?? 'other';
    groups.set(group, [...(groups.get(group) ?? []), node]);
  }
  const count = (kind: string) => nodes.filter((node) => node.kind === kind).length;
  const numbers = [...annotations.values()].filter((one) => one.status !== undefined);
  const having = (status: string) => numbers.filter((one) => one.status === status).length;
  const lines = [
    `# ${document.name}`,
    '',
    `Made from the model file by \`modelcity simulate MODEL --document\`; do not edit.`,
    '',
    `${nodes.length} variables (${compiled.visible} with their elements): ${count('stock')} stocks, ${count('flow')} flows, ${count('aux')} computed, ${count('constant')} constants and what follows from them alone. From ${run.start} to ${run.stop} in steps of ${run.dt} ${run.timeUnits ?? ''}, ${run.method === 'euler' ? 'Euler' : run.method.toUpperCase()}.`,
    '',
    `Of its ${numbers.length} numbers ${having('measured')} are measured, ${having('literature')} from literature, ${having('assumed')} assumed.`,
    '',
  ];
  for (const dimension of document.dimensions.values()) {
    lines.push(`- **${dimension.text}**: ${dimension.elements.join(', ')}`);
  }
  for (const [group, members] of groups) {
    lines.push('', `## ${group.slice(0, 1).toUpperCase()}${group.slice(1)}`, '');
    lines.push(
      '| variable | 中文 | kind | equation | unit | meaning | status | source |',
      '|---|---|---|---|---|---|---|---|',
    );
    for (const node of members) {
      const about = annotations.get(node.key);
      const range = about?.range === undefined ? '' : ` (lever, ${about.range.min} to ${about.range.max})`;
      lines.push(
        `| ${[
          node.name,
          about?.name.zh ?? '',
          node.kind + range,
          equationOf(compiled, node.key, node.equation),
          node.units ?? '',
          node.doc ?? '',
          about?.status ?? '',
          about?.source ?? '',
        ]
          .map(cell)
          .join(' | ')} |`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The equation in code marks; of an array with an equation for each element, all of them; of a stock its flows too. */
function equationOf(compiled: Compiled, key: string, equation: string): string {
  const declaration = compiled.document.root.declarations.get(key);
  const elements = declaration?.elements ?? [];
  const text =
    elements.length === 0
      ? `\`${equation}\``
      : elements.map((one) => `${one.subscripts.join(', ')}: \`${one.equation?.text ?? ''}\``).join('; ');
  if (declaration?.kind !== 'stock') return text;
  const flows = [
    ...declaration.inflows.map((flow) => `+ ${flow.text}`),
    ...declaration.outflows.map((flow) => `− ${flow.text}`),
  ];
  return `starts at ${text}; ${flows.join(' ')}`;
}

function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\|/g, '\\|').trim();
}
