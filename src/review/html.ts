import {
  type Block,
  type Cell,
  codesOf,
  type DocumentChapter,
  type Inline,
  plainText,
  type ReviewDocument,
  type Table,
} from './document.ts';
import { say } from './words.ts';

export interface HtmlOptions {
  /** Address of a figure's trace. Default `/f/<code>`. */
  readonly figureHref?: (code: string) => string;
  /** Put before every id, so that several documents can stand on one page. */
  readonly idPrefix?: string;
  /** Findings of the audit by the id of the heading, table or case that they belong to: they stand beside it. */
  readonly findings?: ReadonlyMap<string, readonly { readonly text: string; readonly href: string }[]>;
}

export function escapeHtml(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/**
 * The review as one HTML fragment: `<article class="review">` with a contents list and its chapters. Class names are the
 * whole interface to the style sheet; nothing in it needs a script.
 */
export function renderHtml(document: ReviewDocument, options: HtmlOptions = {}): string {
  const html = new HtmlWriter(document, options);
  return html.article();
}

/** One part of a chapter as it will stand: its beginning (0), or what stands under its n-th heading of the second level. */
export function renderPart(
  document: ReviewDocument,
  chapter: string,
  part: number,
  options: HtmlOptions = {},
): string {
  const found = document.chapters.find(({ id }) => id === chapter);
  return found === undefined ? '' : new HtmlWriter(document, options).part(found, part);
}

class HtmlWriter {
  readonly #document: ReviewDocument;
  readonly #href: (code: string) => string;
  readonly #prefix: string;
  readonly #findings: HtmlOptions['findings'];
  /** How many tables have been given each name. */
  readonly #tables = new Map<string, number>();

  constructor(
    document: ReviewDocument,
    { figureHref = (code) => `/f/${code}`, idPrefix = '', findings }: HtmlOptions,
  ) {
    this.#findings = findings;
    this.#document = document;
    this.#href = figureHref;
    this.#prefix = idPrefix;
  }

  article(): string {
    const { language, title, subtitle, issuer, date, chapters } = this.#document;
    const lang = language === 'zh' ? 'zh-CN' : 'en';
    const header = `<header class="review-head"><h1>${escapeHtml(title)}</h1>${
      subtitle === null ? '' : `<p class="review-subtitle">${escapeHtml(subtitle)}</p>`
    }<p class="review-issuer">${escapeHtml(issuer)} <time datetime="${escapeHtml(date)}">${escapeHtml(date)}</time></p></header>`;
    return `<article class="review" lang="${lang}">${header}${this.#contents()}${chapters
      .map((chapter) => this.#chapter(chapter))
      .join('')}</article>`;
  }

  part({ title, blocks }: DocumentChapter, part: number): string {
    const lang = this.#document.language === 'zh' ? 'zh-CN' : 'en';
    let at = 0;
    const own = blocks.filter((block) => {
      if (block.kind === 'heading' && block.level === 2) at += 1;
      return at === part;
    });
    const head = part === 0 && title.length > 0 ? `<h2>${this.#inlines(title)}</h2>` : '';
    return `<div class="review review-part" lang="${lang}">${head}${this.#blocks(own)}</div>`;
  }

  #id(id: string): string {
    return escapeHtml(`${this.#prefix}${id}`);
  }

  #contents(): string {
    const { chapters, language } = this.#document;
    const entries = chapters.map((chapter) => {
      const sections = chapter.blocks.filter((block) => block.kind === 'heading' && block.level === 2);
      const inner =
        sections.length === 0 || chapter.annex
          ? ''
          : `<ol>${sections
              .map((section) =>
                section.kind === 'heading'
                  ? `<li><a href="#${this.#id(section.id)}"><span class="review-number">${section.number}</span> ${escapeHtml(plainText(section.content))}</a></li>`
                  : '',
              )
              .join('')}</ol>`;
      return `<li><a href="#${this.#id(chapter.id)}"><span class="review-number">${chapter.number}</span> ${escapeHtml(plainText(chapter.title))}</a>${inner}</li>`;
    });
    const label = escapeHtml(say('contents', language));
    return `<nav class="review-contents" aria-label="${label}"><h2>${label}</h2><ol>${entries.join('')}</ol></nav>`;
  }

  #chapter({ id, number, title, annex, blocks }: DocumentChapter): string {
    const shown = annex ? say('annexLabel', this.#document.language, { n: number }) : number;
    return `<section class="review-chapter${annex ? ' review-annex' : ''}" id="${this.#id(id)}"><h2><span class="review-number">${shown}</span> ${this.#inlines(
      title,
    )}</h2>${this.#asked(id)}${this.#blocks(blocks)}</section>`;
  }

  #blocks(blocks: readonly Block[]): string {
    return blocks.map((block) => this.#block(block)).join('');
  }

  #block(block: Block): string {
    switch (block.kind) {
      case 'heading': {
        const tag = `h${block.level + 1}`;
        return `<${tag} id="${this.#id(block.id)}"><span class="review-number">${block.number}</span> ${this.#inlines(block.content)}</${tag}>${this.#asked(block.id)}`;
      }
      case 'paragraph':
        return this.#withMargin(block, `<p>${this.#inlines(block.content)}</p>`);
      case 'list': {
        const tag = block.ordered ? 'ol' : 'ul';
        const items = block.items.map((item) => `<li>${this.#listItem(item)}</li>`).join('');
        return `<${tag}>${items}</${tag}>`;
      }
      case 'quote':
        return `<blockquote>${this.#blocks(block.blocks)}</blockquote>`;
      case 'rule':
        return '<hr>';
      case 'table':
        return `<figure class="review-table" id="${this.#id(block.id)}">${this.#caption(block.label, block.caption)}${this.#table(
          block.table,
          this.#tableName(block.label, block.caption),
        )}${this.#note(block.note, block.margin ? codesOf(block) : [])}</figure>`;
      case 'chart':
        return `<figure class="review-chart" id="${this.#id(block.id)}">${this.#caption(block.label, block.caption)}<div class="review-drawing" role="img" aria-label="${escapeHtml(
          block.alt,
        )}">${block.svg}</div><details class="review-chart-table"><summary>${escapeHtml(
          say('value', this.#document.language),
        )}</summary>${this.#table(
          block.table,
          this.#tableName(block.label, block.caption),
        )}</details>${this.#note(block.note, block.codes)}</figure>`;
      case 'box':
        return `<aside class="review-case" id="${this.#id(block.id)}"><h4>${this.#inlines(block.title)}</h4>${
          block.subtitle.length === 0 ? '' : `<p class="review-place">${this.#inlines(block.subtitle)}</p>`
        }${this.#asked(block.id)}${this.#blocks(block.blocks)}</aside>`;
    }
  }

  /** What the audit asks about in a section. */
  #asked(id: string): string {
    const findings = this.#findings?.get(id) ?? [];
    if (findings.length === 0) return '';
    const items = findings.map(
      ({ text, href }) => `<li><a href="${escapeHtml(href)}">${escapeHtml(text)}</a></li>`,
    );
    return `<ul class="review-findings">${items.join('')}</ul>`;
  }

  #listItem(blocks: readonly Block[]): string {
    const [only] = blocks;
    return blocks.length === 1 && only?.kind === 'paragraph'
      ? this.#inlines(only.content)
      : this.#blocks(blocks);
  }

  #withMargin(block: Block, html: string): string {
    const codes = codesOf(block);
    if (codes.length === 0) return html;
    return `<div class="review-block">${html}<p class="review-codes">${this.#codes(codes)}</p></div>`;
  }

  #codes(codes: readonly string[]): string {
    return codes
      .map(
        (code) =>
          `<a href="${escapeHtml(this.#href(code))}">${escapeHtml(say('margin', this.#document.language, { c: code }))}</a>`,
      )
      .join(' ');
  }

  #caption(label: string | null, caption: readonly Inline[]): string {
    if (label === null && caption.length === 0) return '';
    const number = label === null ? '' : `<span class="review-label">${escapeHtml(label)}</span> `;
    return `<figcaption>${number}${this.#inlines(caption)}</figcaption>`;
  }

  #note(note: readonly Inline[], codes: readonly string[]): string {
    const written = note.length === 0 ? '' : `<p class="review-note">${this.#inlines(note)}</p>`;
    return codes.length === 0 ? written : `${written}<p class="review-codes">${this.#codes(codes)}</p>`;
  }

  /** A name that no other table of the page has: what it is about, and its number where another is about the same. */
  #tableName(label: string | null, caption: readonly Inline[]): string {
    const about = [label ?? '', plainText(caption)].filter((part) => part !== '').join(' ');
    const before = this.#tables.get(about) ?? 0;
    this.#tables.set(about, before + 1);
    return before === 0 ? about : `${about} (${before + 1})`;
  }

  #table({ columns, head, rows }: Table, name: string): string {
    const align = (at: number) => (columns[at]?.align === 'right' ? ' class="number"' : '');
    const cells = (row: readonly Cell[], header: boolean) =>
      row
        .map((cell, at) => {
          // A cell that says nothing heads nothing: a second line of one criterion, the corner of a table.
          const heads = (header || cell.header === true) && plainText(cell.content) !== '';
          const tag = heads ? 'th' : 'td';
          const scope = heads ? ` scope="${header ? 'col' : 'row'}"` : '';
          const span = cell.span === undefined ? '' : ` colspan="${cell.span}"`;
          return `<${tag}${align(at)}${scope}${span}>${this.#inlines(cell.content)}</${tag}>`;
        })
        .join('');
    return `<div class="review-scroll" tabindex="0" role="region" aria-label="${escapeHtml(name)}"><table><thead><tr>${cells(
      head,
      true,
    )}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row, false)}</tr>`).join('')}</tbody></table></div>`;
  }

  #inlines(content: readonly Inline[]): string {
    return content.map((inline) => this.#inline(inline)).join('');
  }

  #inline(inline: Inline): string {
    switch (inline.kind) {
      case 'text':
        return escapeHtml(inline.text);
      case 'strong':
        return `<strong>${this.#inlines(inline.content)}</strong>`;
      case 'emphasis':
        return `<em>${this.#inlines(inline.content)}</em>`;
      case 'link':
        return `<a href="${escapeHtml(inline.href)}">${this.#inlines(inline.content)}</a>`;
      case 'break':
        return '<br>';
      case 'anchor':
        return `<span id="${this.#id(inline.id)}">${escapeHtml(inline.text)}</span>`;
      case 'cite': {
        const target = this.#document.sources.find(({ number }) => number === inline.source);
        const title = target === undefined ? '' : ` title="${escapeHtml(target.title)}"`;
        return `<a class="cite" href="#${this.#id(`source-${inline.source}`)}"${title}>${escapeHtml(this.#citeText(inline))}</a>`;
      }
      case 'number': {
        const mark =
          inline.standing === 'present' || inline.standing === 'missing'
            ? ''
            : `<sup class="mark">${say(`${inline.standing}Mark`, this.#document.language)}</sup>`;
        const attributes = `class="figure figure-${inline.standing}" title="${escapeHtml(inline.basis)}"`;
        const shown = `${escapeHtml(inline.text)}${mark}`;
        return inline.code === null
          ? `<span ${attributes}>${shown}</span>`
          : `<a ${attributes} href="${escapeHtml(this.#href(inline.code))}">${shown}</a>`;
      }
    }
  }

  #citeText({ source, locator }: { source: number; locator: string }): string {
    return say(locator === '' ? 'cite' : 'citeAt', this.#document.language, {
      n: String(source),
      l: locator,
    });
  }
}
