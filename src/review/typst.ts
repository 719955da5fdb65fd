import { readFileSync } from 'node:fs';
import {
  type Block,
  type Cell,
  codesOf,
  type DocumentChapter,
  type Inline,
  type ReviewDocument,
  type Table,
} from './document.ts';
import { withShippedFonts } from './shipped-fonts.ts';
import { isoDateParts, longDate, say } from './words.ts';

/** The page layout, as one Typst file beside this one. */
export const pageLayout = readFileSync(new URL('./review.typ', import.meta.url), 'utf8');

/**
 * A Typst string literal. All text of a document enters the Typst source only through here, so that no character of it
 * can be code. Control characters are left out: no font shows them.
 */
export function typstString(value: string): string {
  const safe = value
    .replace(/\p{Cc}/gu, (character) => (character === '\n' || character === '\t' ? ' ' : ''))
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"');
  return `"${safe}"`;
}

/** The whole document as Typst source. */
export function typstSource(document: ReviewDocument): string {
  return new TypstWriter(document).source();
}

class TypstWriter {
  readonly #document: ReviewDocument;
  readonly #anchors = new Set<string>();

  constructor(document: ReviewDocument) {
    this.#document = document;
    for (const { number } of document.sources) this.#anchors.add(`source-${number}`);
    for (const { figure } of document.figures) this.#anchors.add(`f-${figure.code}`);
  }

  source(): string {
    const { language, title, subtitle, place, issuer, date, chapters, figures, scenarios } = this.#document;
    // A list of findings has no codes in its margin to speak of.
    const isTraced = figures.length > 0 || scenarios.length > 0;
    const { year, month, day } = isoDateParts(date);
    const settings = [
      `lang: ${typstString(language)}`,
      `region: ${typstString(language === 'zh' ? 'cn' : 'gb')}`,
      `title: ${typstString(title)}`,
      `subtitle: ${subtitle === null ? 'none' : typstString(subtitle)}`,
      `city: ${typstString(place)}`,
      `issuer: ${typstString(issuer)}`,
      `date: datetime(year: ${year}, month: ${month}, day: ${day})`,
      `date-text: ${typstString(longDate(date, language))}`,
      `contents: ${typstString(say('contents', language))}`,
      `promise: ${typstString(isTraced ? say('promise', language) : '')}`,
    ];
    const body = chapters.map((chapter, at) => this.#chapter(chapter, at)).join('\n\n');
    const { brand } = this.#document;
    // The layout's own colour stands once; a place's takes its place.
    const coloured =
      brand === undefined || !/^#[0-9a-f]{6}$/.test(brand.accent)
        ? pageLayout
        : pageLayout.replace('#let jade = rgb("#1f6f5c")', `#let jade = rgb("${brand.accent}")`);
    if (brand?.emblem != null)
      settings.push(
        `emblem: image(bytes(${typstString(brand.emblem)}), format: "svg", height: 16mm, alt: ${typstString(place)})`,
      );
    return `${coloured}\n#show: review.with(${settings.join(', ')})\n\n${body}\n`;
  }

  #chapter({ id, number, title, annex, blocks }: DocumentChapter, at: number): string {
    // Short annexes follow each other; the long table of all figures begins a page.
    const before = this.#document.chapters[at - 1];
    const turns = !annex || before?.annex !== true || id === 'annex';
    const shown = annex ? say('annexLabel', this.#document.language, { n: number }) : number;
    return `${turns ? '#pagebreak(weak: true)\n' : ''}${this.#heading(1, shown, title)}\n${this.#blocks(blocks)}`;
  }

  #heading(level: number, number: string, content: readonly Inline[]): string {
    return `#heading(level: ${level}, numbering: (..n) => ${typstString(number)})[${this.#inlines(content)}]`;
  }

  #blocks(blocks: readonly Block[]): string {
    return blocks.map((block) => this.#block(block)).join('\n');
  }

  #block(block: Block): string {
    switch (block.kind) {
      case 'heading':
        return this.#heading(block.level, block.number, block.content);
      case 'paragraph':
        return `#prose(${this.#codes(codesOf(block))}, [${this.#inlines(block.content)}])`;
      case 'list':
        return `#prose(${this.#codes(codesOf(block))}, ${this.#list(block)})`;
      case 'quote':
        return `#prose(${this.#codes(codesOf(block))}, quoted[${this.#inner(block.blocks)}])`;
      case 'rule':
        return '#rule()';
      case 'table': {
        const caption = block.caption.length === 0 ? 'none' : `[${this.#inlines(block.caption)}]`;
        const label = block.label === null ? 'none' : typstString(block.label);
        const note = block.note.length === 0 ? 'none' : `[${this.#inlines(block.note)}]`;
        return `#table-block(${typstString(block.id)}, ${label}, ${caption}, ${note}, ${this.#codes(
          codesOf(block),
        )}, ${this.#table(block.table)})`;
      }
      case 'chart': {
        const note = block.note.length === 0 ? 'none' : `[${this.#inlines(block.note)}]`;
        const svg = withShippedFonts(block.svg);
        return `#chart-block(${typstString(block.id)}, ${typstString(block.label)}, [${this.#inlines(
          block.caption,
        )}], ${typstString(block.alt)}, ${note}, ${this.#codes(block.codes)}, ${typstString(svg)})`;
      }
      case 'box': {
        const place = block.subtitle.length === 0 ? 'none' : `[${this.#inlines(block.subtitle)}]`;
        return `#case-box([${this.#inlines(block.title)}], ${place}, [${this.#inner(block.blocks)}])`;
      }
    }
  }

  /** Blocks inside a box, quote or list item: no margin column of their own; codes follow the text. */
  #inner(blocks: readonly Block[]): string {
    return blocks
      .map((block) => {
        switch (block.kind) {
          case 'paragraph': {
            const codes = this.#codes(codesOf(block));
            return `#block[${this.#inlines(block.content)}${codes === 'none' ? '' : `#h(0.5em)#${codes}`}]`;
          }
          case 'list':
            return `#${this.#list(block)}`;
          case 'quote':
            return `#quoted[${this.#inner(block.blocks)}]`;
          case 'chart':
            return this.#block(block).replace(/\)$/, ', inside: true)');
          default:
            return this.#block(block);
        }
      })
      .join('\n');
  }

  #list(block: Extract<Block, { kind: 'list' }>): string {
    const items = block.items.map((item) => {
      const [only] = item;
      const body =
        item.length === 1 && only?.kind === 'paragraph' ? this.#inlines(only.content) : this.#inner(item);
      return `[${body}]`;
    });
    return `${block.ordered ? 'enum' : 'list'}(tight: false, ${items.join(', ')})`;
  }

  #codes(codes: readonly string[]): string {
    if (codes.length === 0) return 'none';
    const marks = codes.map((code) => {
      const shown = typstString(say('margin', this.#document.language, { c: code }));
      return this.#anchors.has(`f-${code}`) ? `code-mark(${typstString(`f-${code}`)}, ${shown})` : shown;
    });
    return `codes((${marks.join(', ')},))`;
  }

  #table({ columns, head, rows }: Table): string {
    const widths = columns.map(({ width }) => `${width}fr`).join(', ');
    const aligns = columns.map(({ align }) => align).join(', ');
    const row = (cells: readonly Cell[]) => `(${cells.map((cell) => this.#cell(cell)).join(', ')},)`;
    return `data-table((${widths},), (${aligns},), ${row(head)}, (${rows.map(row).join(', ')}${rows.length > 0 ? ',' : ''}))`;
  }

  #cell({ content, span }: Cell): string {
    const body = `[${this.#inlines(content)}]`;
    return span === undefined ? body : `table.cell(colspan: ${span}, ${body})`;
  }

  #inlines(content: readonly Inline[]): string {
    return content.map((inline) => this.#inline(inline)).join('');
  }

  #inline(inline: Inline): string {
    switch (inline.kind) {
      case 'text':
        return inline.text === '' ? '' : `#${typstString(inline.text)}`;
      case 'strong':
        return `#strong[${this.#inlines(inline.content)}]`;
      case 'emphasis':
        return `#emph[${this.#inlines(inline.content)}]`;
      case 'link':
        return /^(?:https?:|mailto:)/i.test(inline.href)
          ? `#link(${typstString(inline.href)})[${this.#inlines(inline.content)}]`
          : this.#inlines(inline.content);
      case 'break':
        return '#linebreak()';
      case 'anchor':
        return `#anchor(${typstString(inline.id)}, ${typstString(inline.text)})`;
      case 'cite': {
        const shown = say(inline.locator === '' ? 'cite' : 'citeAt', this.#document.language, {
          n: String(inline.source),
          l: inline.locator,
        });
        const id = `source-${inline.source}`;
        return `#cite-mark(${this.#anchors.has(id) ? typstString(id) : 'none'}, ${typstString(shown)})`;
      }
      case 'number': {
        const mark =
          inline.standing === 'present' || inline.standing === 'missing'
            ? 'none'
            : typstString(say(`${inline.standing}Mark`, this.#document.language));
        return `#num(${typstString(inline.standing)}, ${mark}, ${typstString(inline.text)})`;
      }
    }
  }
}
