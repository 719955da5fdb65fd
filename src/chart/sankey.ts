import { type SankeyLink, type SankeyNode, sankey, sankeyJustify, sankeyLinkHorizontal } from 'd3-sankey';
import { ink, labelText, tickText } from './ink.ts';
import type { SankeyChart } from './state.ts';
import { element, escapeXml } from './svg.ts';
import { text, textWidth, wrap } from './text.ts';
import { words } from './words.ts';

interface Holder {
  readonly id: string;
  readonly name: string;
}
interface Flow {
  readonly label: string;
}

/** Flows between holders, left to right; a holder's height is what passes through it. Flows in a circle can't be drawn and are refused. */
export function drawSankey(
  state: SankeyChart,
  width: number,
): { readonly body: string; readonly height: number } {
  const told = words[state.language];
  const drawn = state.links.filter(({ value }) => Number(value) > 0);
  if (drawn.length === 0 || hasCircle(drawn))
    return { body: text(told.noValues, 0, 24, { ...tickText, size: 14 }), height: 40 };
  const used = new Set(drawn.flatMap(({ from, to }) => [from, to]));
  const nodes = state.nodes.filter(({ id }) => used.has(id)).map(({ id, name }) => ({ id, name }));
  const height = Math.max(220, Math.min(560, nodes.length * 44));
  const nameWidth = Math.min(
    width * 0.3,
    Math.max(...nodes.map(({ name }) => textWidth(name, labelText.size))) + 8,
  );
  const layout = sankey<Holder, Flow>()
    .nodeId(({ id }) => id)
    .nodeAlign(sankeyJustify)
    .nodeSort(null)
    .nodeWidth(10)
    .nodePadding(18)
    .extent([
      [1, 12],
      [width - nameWidth - 4, height - 8],
    ]);
  const graph = layout({
    nodes,
    links: drawn.map(({ from, to, value, label }) => ({
      source: from,
      target: to,
      value: Number(value),
      label,
    })),
  });
  const path = sankeyLinkHorizontal<Holder, Flow>();
  const round = (d: string): string =>
    d.replace(/-?\d+\.\d+/g, (digits) => String(Math.round(Number(digits) * 100) / 100));
  const links = graph.links.map((link) =>
    element(
      'path',
      {
        d: round(path(link) ?? ''),
        class: 'c-flow',
        fill: 'none',
        stroke: ink.focus,
        'stroke-opacity': 0.28,
        'stroke-width': Math.max(1, link.width ?? 1),
      },
      element(
        'title',
        {},
        escapeXml(`${nameOf(link.source)} → ${nameOf(link.target)}${told.colon}${link.label}`),
      ),
    ),
  );
  const holders = graph.nodes.map((node) => {
    const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = [node.x0, node.x1, node.y0, node.y1];
    const lines = wrap(node.name, nameWidth - 8, labelText.size);
    return (
      element('rect', {
        x: x0,
        y: y0,
        width: x1 - x0,
        height: Math.max(1, y1 - y0),
        class: 'c-fill-focus',
        fill: ink.focus,
      }) +
      lines
        .map((each, at) =>
          text(each, x1 + 6, (y0 + y1) / 2 + 4.5 + (at - (lines.length - 1) / 2) * 15, labelText),
        )
        .join('')
    );
  });
  return { body: [...links, ...holders].join(''), height };
}

function nameOf(end: SankeyLink<Holder, Flow>['source'] | SankeyNode<Holder, Flow>): string {
  return typeof end === 'object' ? end.name : String(end);
}

/** Whether following the flows leads back to a holder: d3-sankey would throw. */
function hasCircle(links: readonly { readonly from: string; readonly to: string }[]): boolean {
  const next = new Map<string, string[]>();
  for (const { from, to } of links) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const open = new Set<string>();
  const visit = (id: string): boolean => {
    if (open.has(id)) return true;
    if (done.has(id)) return false;
    open.add(id);
    const circle = (next.get(id) ?? []).some(visit);
    open.delete(id);
    done.add(id);
    return circle;
  };
  return [...next.keys()].some(visit);
}
