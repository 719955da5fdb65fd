import type { Compiled } from './compile/compile.ts';
import { reads } from './compile/ir.ts';

/** A variable in the picture of a model. */
export interface GraphNode {
  readonly key: string;
  readonly name: string;
  readonly kind: 'stock' | 'flow' | 'aux' | 'constant';
  /** The equation as the file has it; of an array the first element's. */
  readonly equation: string;
  readonly units: string | undefined;
  readonly doc: string | undefined;
  /** Names of the elements, for arrays. */
  readonly elements: number;
}

export interface GraphLink {
  readonly from: string;
  readonly to: string;
  /** `flow`: material moves; `cause`: the equation of `to` reads `from`. */
  readonly kind: 'flow' | 'cause';
}

export interface StockFlowGraph {
  readonly nodes: readonly GraphNode[];
  readonly links: readonly GraphLink[];
}

/** The stock-flow diagram of a compiled model: variables, material links and causal links, arrays as one node. */
export function stockFlowGraph(compiled: Compiled): StockFlowGraph {
  const { cells, visible, order, document } = compiled;
  const nodes = new Map<string, GraphNode>();
  const links = new Map<string, GraphLink>();
  for (const cell of cells.slice(0, visible)) {
    const known = nodes.get(cell.variable);
    if (known !== undefined) {
      nodes.set(cell.variable, { ...known, elements: known.elements + 1 });
      continue;
    }
    const declaration = document.root.declarations.get(cell.variable);
    const equation =
      declaration?.equation?.text ??
      declaration?.elements[0]?.equation?.text ??
      declaration?.list[0]?.text ??
      '';
    nodes.set(cell.variable, {
      key: cell.variable,
      name: cell.name.replace(/\[.*\]$/, ''),
      kind:
        cell.kind === 'stock' || cell.kind === 'flow'
          ? cell.kind
          : order.constant.has(cell.slot)
            ? 'constant'
            : 'aux',
      equation: equation.trim(),
      units: cell.units,
      doc: cell.doc,
      elements: 1,
    });
  }
  const link = (from: string, to: string, kind: GraphLink['kind']) => {
    if (from !== to && nodes.has(from) && nodes.has(to))
      links.set(`${kind}:${from}>${to}`, { from, to, kind });
  };
  for (const cell of cells) {
    for (const flow of cell.inflows) link(cells[flow]?.variable ?? '', cell.variable, 'flow');
    for (const flow of cell.outflows) link(cell.variable, cells[flow]?.variable ?? '', 'flow');
    const needed = reads(cell.kind === 'stock' ? cell.rate : cell.equation, reads(cell.update));
    for (const slot of needed) link(cells[slot]?.variable ?? '', cell.variable, 'cause');
  }
  return { nodes: [...nodes.values()], links: [...links.values()] };
}
