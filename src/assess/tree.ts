import type { Finding } from '../model/index.ts';
import type { Indicator } from './indicator.ts';
import type { Level } from './result.ts';

/** A node of the tree of indicators: a leaf has values of its own, the others are made from their parts. */
export interface Node {
  readonly code: string;
  readonly level: Level;
  readonly weight: number | null;
  readonly indicator: Indicator | null;
  readonly parts: readonly Node[];
}

interface Building {
  code: string;
  weight: number | null;
  indicator: Indicator | null;
  parts: Building[];
  parent: Building | null;
}

/**
 * The tree a codebook declares. An indicator hangs under its `parent`; the topmost parent (or the indicator itself)
 * hangs under its `goal`; a single top that no goal names is the index. An indicator whose parent or goal carries its own code is the only
 * part of a group of that name. Levels: a leaf is an indicator, the single top an index, all between are goals.
 */
export function treeOf(indicators: readonly Indicator[]): { tops: Node[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const rows = new Map(indicators.map((indicator) => [indicator.code, indicator]));
  const leaves = new Map<string, Building>();
  const groups = new Map<string, Building>();
  const parents = new Set(
    indicators.flatMap(({ code, parent }) => (parent !== null && parent !== code ? [parent] : [])),
  );
  const group = (code: string): Building => {
    const known = groups.get(code);
    if (known !== undefined) return known;
    const made: Building = {
      code,
      weight: rows.get(code)?.weight ?? null,
      indicator: null,
      parts: [],
      parent: null,
    };
    groups.set(code, made);
    return made;
  };
  const goals = new Set(indicators.flatMap(({ goal }) => (goal === null ? [] : [goal])));
  const isGroup = (code: string) => parents.has(code);
  for (const indicator of indicators)
    if (isGroup(indicator.code)) group(indicator.code);
    else
      leaves.set(indicator.code, {
        code: indicator.code,
        weight: indicator.weight,
        indicator,
        parts: [],
        parent: null,
      });
  const hang = (child: Building, parent: Building): void => {
    child.parent = parent;
    parent.parts.push(child);
  };
  for (const indicator of indicators) {
    const node = leaves.get(indicator.code) ?? groups.get(indicator.code);
    if (node === undefined) continue;
    if (indicator.parent === null) continue;
    const parent = group(indicator.parent);
    if (indicator.parent === indicator.code && node.indicator === null) continue;
    if (reaches(parent, node)) {
      findings.push({
        rule: 'codebook.circular',
        severity: 'error',
        where: indicator.where,
        what: `'${indicator.code}' is, through its parents, a part of itself`,
        why: 'parts and wholes form a tree',
        mend: 'correct the column parent',
      });
      continue;
    }
    hang(node, parent);
  }
  for (const indicator of indicators) {
    if (indicator.goal === null) continue;
    let top = leaves.get(indicator.code) ?? groups.get(indicator.code);
    while (top !== undefined && top.parent !== null && !goals.has(top.parent.code)) top = top.parent;
    if (top === undefined || top.parent !== null || (top.code === indicator.goal && top.indicator === null))
      continue;
    hang(top, group(indicator.goal));
  }
  const all = [...leaves.values(), ...groups.values()];
  const tops = all.filter(({ parent }) => parent === null);
  const [only] = tops;
  const single = tops.length === 1 && only?.indicator === null && !goals.has(only.code) ? only : null;
  const freeze = (node: Building): Node => ({
    code: node.code,
    weight: node.weight,
    indicator: node.indicator,
    level: node.indicator !== null ? 'indicator' : node === single ? 'index' : 'goal',
    parts: node.parts.map(freeze),
  });
  return { tops: order(tops, indicators).map(freeze), findings };
}

function reaches(from: Building, to: Building): boolean {
  for (let node: Building | null = from; node !== null; node = node.parent) if (node === to) return true;
  return false;
}

/** Tops in the order in which their first leaf stands in the codebook. */
function order(tops: Building[], indicators: readonly Indicator[]): Building[] {
  const position = new Map(indicators.map(({ code }, at) => [code, at]));
  const first = (node: Building): number =>
    node.parts.length === 0
      ? (position.get(node.code) ?? Number.MAX_SAFE_INTEGER)
      : Math.min(...node.parts.map(first));
  return tops
    .map((node) => ({ node, at: first(node) }))
    .sort((a, b) => a.at - b.at)
    .map(({ node }) => node);
}

/** Every node, parts before the whole they make. */
export function nodesUpward(tops: readonly Node[]): Node[] {
  return tops.flatMap((node) => [...nodesUpward(node.parts), node]);
}

/** The leaves under a node, in the order of the codebook. */
export function leavesOf(node: Node): Indicator[] {
  return node.indicator !== null ? [node.indicator] : node.parts.flatMap(leavesOf);
}
