import type { Finding } from '../../model/index.ts';
import type { Indicator } from '../indicator.ts';
import { type Node, nodesUpward, treeOf } from '../tree.ts';

/** One aggregate of a composite: made from the columns of its parts. */
export interface Aggregate {
  readonly code: string;
  /** Steps above the indicators, from 1. */
  readonly height: number;
  /** Positions of the parts among all columns: indicators first, then aggregates in order. */
  readonly parts: readonly number[];
}

/** The shape of a composite: its indicators, its aggregates parts first, and the given weight of each column. */
export interface Structure {
  readonly indicators: readonly Indicator[];
  readonly codes: readonly string[];
  readonly aggregates: readonly Aggregate[];
  /** Given weights by column, 1 where nothing is given. */
  readonly weights: Float64Array;
}

/** The structure a codebook declares; where it has several tops, an index over them is added. */
export function structureOf(indicators: readonly Indicator[]): { structure: Structure; findings: Finding[] } {
  const { tops, findings } = treeOf(indicators);
  const [only] = tops;
  const top: Node =
    tops.length === 1 && only !== undefined && only.indicator === null
      ? only
      : { code: freeCode('index', tops), level: 'index', weight: 1, indicator: null, parts: tops };
  const nodes = nodesUpward([top]);
  const leaves = nodes.filter(({ indicator }) => indicator !== null);
  const groups = nodes.filter(({ indicator, parts }) => indicator === null && parts.length > 0);
  const position = new Map([...leaves, ...groups].map((node, at) => [node, at]));
  const height = (node: Node): number =>
    node.indicator !== null ? 0 : 1 + Math.max(0, ...node.parts.map(height));
  return {
    structure: {
      indicators: leaves.flatMap(({ indicator }) => (indicator === null ? [] : [indicator])),
      codes: [...leaves, ...groups].map(({ code }) => code),
      aggregates: groups.map((node) => ({
        code: node.code,
        height: height(node),
        parts: node.parts.flatMap((part) => position.get(part) ?? []),
      })),
      weights: Float64Array.from([...leaves, ...groups], ({ weight }) => weight ?? 1),
    },
    findings,
  };
}

function freeCode(wanted: string, nodes: readonly Node[]): string {
  const taken = new Set(nodesUpward(nodes).map(({ code }) => code));
  return taken.has(wanted) ? `${wanted}-all` : wanted;
}

/** Share of each column in the whole: its weight among its siblings times the share of what it is a part of. */
export function effectiveWeights({ aggregates, codes, weights }: Structure): Float64Array {
  const effective = new Float64Array(codes.length);
  const leaves = codes.length - aggregates.length;
  effective[codes.length - 1] = 1;
  for (let at = aggregates.length - 1; at >= 0; at -= 1) {
    const parts = aggregates[at]?.parts ?? [];
    const sum = parts.reduce((total, part) => total + (weights[part] ?? 0), 0);
    for (const part of parts) effective[part] = ((weights[part] ?? 0) / sum) * (effective[leaves + at] ?? 0);
  }
  return effective;
}
