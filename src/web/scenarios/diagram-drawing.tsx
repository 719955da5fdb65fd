import type { Language } from '../../model/index.ts';
import type { GraphLink, GraphNode, PlacedNode } from '../../simulate/index.ts';

/** What stands at one place of a diagram. */
export interface DiagramNode {
  readonly key: string;
  readonly name: string;
  readonly kind: GraphNode['kind'];
  /** Belongs to another part of the model. */
  readonly outside: boolean;
  /** Mark of its status; empty for what is computed. */
  readonly mark: string;
  /** Second line: its value and unit. */
  readonly below: string;
  readonly href: string;
  readonly title: string;
}

export interface DiagramLink extends GraphLink {
  readonly label: string;
}

const cell = { width: 232, height: 58 } as const;
const box = { width: 164, height: 42 } as const;
const most = 21;

const clipped = (text: string, size: number): string => {
  const wide = (one: string) => (/[\u2e80-\uffff]/.test(one) ? 1.9 : 1);
  let sum = 0;
  let end = 0;
  for (const one of text) {
    sum += wide(one);
    if (sum > size) return `${text.slice(0, end).trimEnd()}…`;
    end += one.length;
  }
  return text;
};

const round = (value: number): number => Math.round(value * 10) / 10;

/** A layered diagram as SVG: boxes are links to their equations, so that a keyboard walks through it. */
export function drawDiagram({
  nodes,
  links,
  places,
  title,
  language,
}: {
  readonly nodes: readonly DiagramNode[];
  readonly links: readonly DiagramLink[];
  readonly places: readonly PlacedNode[];
  readonly title: string;
  readonly language: Language;
}) {
  const at = new Map(
    places.map(({ key, layer, row }) => [key, { x: 12 + layer * cell.width, y: 12 + row * cell.height }]),
  );
  const width = Math.max(0, ...[...at.values()].map(({ x }) => x)) + box.width + 12;
  const height = Math.max(0, ...[...at.values()].map(({ y }) => y)) + box.height + 12;
  const order = [...nodes].sort((a, b) => {
    const [one, other] = [at.get(a.key), at.get(b.key)];
    return (one?.x ?? 0) - (other?.x ?? 0) || (one?.y ?? 0) - (other?.y ?? 0);
  });
  return (
    <section class="lab-diagram" tabindex={0} aria-label={title}>
      <svg
        xmlns="http://www.w3.org/2000/svg"
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        font-family="inherit"
        lang={language === 'zh' ? 'zh-Hans' : 'en'}
      >
        <title>{title}</title>
        {links.map((link) => (
          <Link link={link} from={at.get(link.from)} to={at.get(link.to)} />
        ))}
        {order.map((node) => (
          <Box node={node} x={at.get(node.key)?.x ?? 0} y={at.get(node.key)?.y ?? 0} />
        ))}
      </svg>
    </section>
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function Link({
  link,
  from,
  to,
}: {
  readonly link: DiagramLink;
  readonly from: Point | undefined;
  readonly to: Point | undefined;
}) {
  if (from === undefined || to === undefined) return null;
  const [x1, y1, x2, y2] = [from.x + box.width, from.y + box.height / 2, to.x, to.y + box.height / 2];
  // What leads back is led around, so that a circle is seen as one.
  const bend = x2 > x1 ? (x2 - x1) / 2 : 60;
  const heavy = link.kind === 'flow';
  return (
    <g>
      <path
        d={`M${x1},${round(y1)}C${round(x1 + bend)},${round(y1)} ${round(x2 - bend)},${round(y2)} ${x2 - 5},${round(y2)}`}
        class={heavy ? 'd-flow' : 'd-cause'}
        stroke="#a9a69c"
        stroke-width={heavy ? 3 : 1}
        fill="none"
      />
      <path d={`M${x2},${round(y2)}l-7,-3.5v7z`} class={heavy ? 'd-valve' : 'd-outside'} fill="#5a6068" />
      {link.label === '' ? null : (
        <text
          x={round((x1 + x2) / 2)}
          y={round((y1 + y2) / 2) - 3}
          font-size="11"
          class="d-outside"
          text-anchor="middle"
        >
          {link.label}
        </text>
      )}
    </g>
  );
}

function Box({ node, x, y }: { readonly node: DiagramNode; readonly x: number; readonly y: number }) {
  const { kind, outside, mark } = node;
  const name = clipped(node.name, kind === 'stock' ? most : most + 1);
  return (
    <a href={node.href} aria-label={node.title}>
      <title>{node.title}</title>
      {/* The whole cell is the link, whatever its mark. */}
      <rect
        x={x}
        y={y}
        width={box.width}
        height={box.height}
        class={kind === 'stock' && !outside ? 'd-box' : 'd-plain'}
        fill="#fcfbf8"
        rx="1"
        stroke-width="1.5"
      />
      {kind === 'stock' || outside ? null : <Sign kind={kind} x={x + 9} y={y + 14} />}
      <text
        x={x + (kind === 'stock' || outside ? 8 : 20)}
        y={y + 18}
        font-size="13"
        class={outside ? 'd-outside' : 'd-name'}
        font-style={outside ? 'italic' : undefined}
      >
        {name}
      </text>
      <text x={x + (kind === 'stock' || outside ? 8 : 20)} y={y + 34} font-size="11" class="d-outside">
        {`${mark} ${clipped(node.below, 24)}`.trim()}
      </text>
    </a>
  );
}

function Sign({ kind, x, y }: { readonly kind: GraphNode['kind']; readonly x: number; readonly y: number }) {
  if (kind === 'flow')
    return (
      <path
        d={`M${x - 6},${y - 5}L${x + 6},${y + 5}V${y - 5}L${x - 6},${y + 5}Z`}
        class="d-valve"
        fill="#1f6f5c"
      />
    );
  return (
    <circle
      cx={x}
      cy={y}
      r="4.5"
      class={kind === 'constant' ? 'd-constant' : 'd-aux'}
      fill={kind === 'constant' ? '#fcfbf8' : '#1b1f24'}
      stroke-width="1.5"
    />
  );
}
