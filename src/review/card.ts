import { compiler } from './pdf.ts';
import { typstString } from './typst.ts';

/** What stands on a card: whose it is, what it says, and one chart. */
export interface Card {
  readonly language: 'en' | 'zh';
  readonly place: string;
  readonly product: string;
  /** `#rrggbb`. */
  readonly accent: string;
  /** An SVG of shapes only. */
  readonly emblem: string | null;
  readonly title: string;
  readonly text: string;
  /** An SVG; without one the text has the whole card. */
  readonly chart: string | null;
}

const cutAt = (text: string, most: number): string =>
  [...text].length <= most
    ? text
    : `${[...text]
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;

/** A card of 1200 × 630 as SVG whose letters are outlines; null when it cannot be set. */
export function renderCard({
  language,
  place,
  product,
  accent,
  emblem,
  title,
  text,
  chart,
}: Card): string | null {
  const zh = language === 'zh';
  const svg = (content: string) => `image(bytes(${typstString(content)}), format: "svg"`;
  const source = `
#set page(width: 1200pt, height: 630pt, margin: (x: 56pt, top: 48pt, bottom: 40pt), fill: rgb("#fcfbf8"))
#set text(font: ("Source Sans 3", "Noto Sans S Chinese"), size: 26pt, fill: rgb("#1b1f24"), lang: ${typstString(language)}, region: ${typstString(zh ? 'cn' : 'gb')})
#set par(leading: ${zh ? '0.75em' : '0.5em'})
#place(top + left, dx: -56pt, dy: -48pt, rect(width: 1200pt, height: 12pt, fill: rgb(${typstString(accent)})))
#grid(columns: (${emblem === null ? '' : 'auto, '}1fr, auto), column-gutter: 14pt, align: horizon,
  ${emblem === null ? '' : `${svg(emblem)}, height: 40pt),`}
  text(weight: "semibold", size: 26pt)[#${typstString(cutAt(place, 60))}],
  text(fill: rgb("#5a6068"), size: 22pt)[#${typstString(product)}])
#v(${chart === null ? '70pt' : '14pt'})
#text(weight: "semibold", size: ${chart === null ? '64pt' : '36pt'})[#${typstString(cutAt(title, zh ? 60 : 120))}]
${chart === null ? '#v(20pt)' : ''}
${text === '' ? '' : `#text(fill: rgb("#5a6068"), size: ${chart === null ? '30pt' : '22pt'})[#${typstString(cutAt(text, zh ? 110 : 220))}]`}
${chart === null ? '' : chartBlock(chart, accent)}
`;
  const typst = compiler();
  try {
    const { result } = typst.compile({ mainFileContent: source });
    return result === null ? null : typst.plainSvg(result);
  } catch {
    return null;
  } finally {
    typst.evictCache(0);
  }
}

/**
 * A chart at the foot of the card, as wide as it. An image inside keeps its letters as text, which would be painted in whatever fonts the
 * machine has: so they are taken out and set here, in ours. A chart with moved groups is left out: its letters stand elsewhere.
 */
function chartBlock(chart: string, accent: string): string {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(chart) ?? [];
  if (width === undefined || height === undefined || /\stransform=/.test(chart)) return '';
  const scale = Math.min(1088 / Number(width), 330 / Number(height));
  const letters: string[] = [];
  const drawing = chart
    .replaceAll('#1f6f5c', accent)
    .replace(/<text ([^>]*)>([^<]*)<\/text>/g, (_, given: string, content: string) => {
      const of = (name: string) => new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(given)?.[1];
      const shift = { middle: 0.5, end: 1 }[of('text-anchor') ?? ''] ?? 0;
      const fill = /^#[0-9a-f]{6}$/.test(of('fill') ?? '') ? (of('fill') ?? '') : '#1b1f24';
      const size = Number(of('font-size') ?? 12) * scale;
      const at = (name: string) => ((Number(of(name) ?? 0) || 0) * scale).toFixed(2);
      letters.push(
        `#letters(${at('x')}pt, ${at('y')}pt, ${shift}, ${size.toFixed(2)}pt, ${Number(of('font-weight') ?? 400) >= 600 ? '"semibold"' : '"regular"'}, rgb(${typstString(fill)}), ${typstString(unescaped(content))})`,
      );
      return '';
    });
  const size = `width: ${(Number(width) * scale).toFixed(2)}pt, height: ${(Number(height) * scale).toFixed(2)}pt`;
  return `#let letters(x, y, shift, size, weight, fill, content) = place(top + left, dx: x, dy: y, {
  set text(top-edge: "baseline", bottom-edge: "baseline")
  let told = text(size: size, weight: weight, fill: fill, content)
  context move(dx: -measure(told).width * shift, told)
})
#v(1fr)
#block(${size})[#place(top + left, image(bytes(${typstString(drawing)}), format: "svg", ${size}))
${letters.join('\n')}]`;
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
