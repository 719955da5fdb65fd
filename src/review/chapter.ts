import Markdoc, { type Node } from '@markdoc/markdoc';
import type { Finding, Language } from '../model/index.ts';
import { handTyped } from './hand-typed.ts';
import { isTagName, type TagName, type TagRule, tagRules } from './tags.ts';

/** A tag as it was typed, checked against {@link tagRules}. */
export interface Tag {
  readonly name: TagName;
  readonly attributes: ReadonlyMap<string, string>;
  readonly line: number;
  readonly column: number;
}

export type ChapterInline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly content: readonly ChapterInline[] }
  | { readonly kind: 'link'; readonly href: string; readonly content: readonly ChapterInline[] }
  | { readonly kind: 'break' | 'softbreak' }
  | { readonly kind: 'tag'; readonly tag: Tag; readonly content: readonly ChapterInline[] };

export type ChapterBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly content: readonly ChapterInline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly ChapterInline[] }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      readonly items: readonly (readonly ChapterBlock[])[];
    }
  | { readonly kind: 'quote'; readonly blocks: readonly ChapterBlock[] }
  | { readonly kind: 'rule' }
  | {
      readonly kind: 'table';
      readonly head: readonly (readonly ChapterInline[])[];
      readonly rows: readonly (readonly (readonly ChapterInline[])[])[];
    }
  | { readonly kind: 'tag'; readonly tag: Tag; readonly blocks: readonly ChapterBlock[] };

/** One chapter in one language, read but not yet bound to any figure. */
export interface ChapterTree {
  readonly file: string;
  readonly title: readonly ChapterInline[];
  readonly blocks: readonly ChapterBlock[];
  readonly findings: readonly Finding[];
}

const longestChapter = 1_000_000;
const deepest = 40;

/**
 * Reads Markdown with typed tags. Every problem is a finding with file, line and column; text around it is kept, so
 * that an author sees all of them at once.
 */
export function parseChapter(
  text: string,
  { file, language }: { file: string; language: Language },
): ChapterTree {
  if (text.length > longestChapter)
    return {
      file,
      title: [],
      blocks: [],
      findings: [
        problem(file, 1, 1, 'chapter.too-long', 'error', `the chapter has ${text.length} characters`, {
          why: `a chapter may have ${longestChapter}`,
          mend: 'split it into several chapters',
        }),
      ],
    };
  const reader = new ChapterReader(text.replace(/^\uFEFF/, ''), file, language);
  return reader.read();
}

function problem(
  file: string,
  row: number,
  column: number,
  rule: string,
  severity: Finding['severity'],
  what: string,
  { why, mend }: { why: string; mend: string },
): Finding {
  return { rule, severity, where: { file, row, column }, what, why, mend };
}

/** Where the reader is in the source: Markdoc knows lines only, so columns are found by walking the text again. */
interface Cursor {
  line: number;
  column: number;
}

class ChapterReader {
  readonly #file: string;
  readonly #language: Language;
  readonly #text: string;
  readonly #lines: readonly string[];
  readonly #findings: Finding[] = [];
  #cursor: Cursor = { line: 1, column: 1 };

  constructor(text: string, file: string, language: Language) {
    this.#text = text;
    this.#lines = text.split(/\r\n|\n|\r/);
    this.#file = file;
    this.#language = language;
  }

  read(): ChapterTree {
    const root = Markdoc.parse(this.#text.replace(/\r\n?/g, '\n'), { file: this.#file, location: true });
    const blocks = this.#blocks(root.children, 0);
    const [first, ...rest] = blocks;
    if (first?.kind === 'heading' && first.level === 1)
      return { file: this.#file, title: first.content, blocks: rest, findings: this.#findings };
    this.#report(1, 1, 'chapter.no-title', 'error', 'the chapter does not begin with its title', {
      why: 'the title stands in the contents and on the page',
      mend: 'begin the file with one line `# Title`',
    });
    return { file: this.#file, title: [], blocks, findings: this.#findings };
  }

  #report(
    row: number,
    column: number,
    rule: string,
    severity: Finding['severity'],
    what: string,
    advice: { why: string; mend: string },
  ): void {
    this.#findings.push(problem(this.#file, row, column, rule, severity, what, advice));
  }

  #blocks(nodes: readonly Node[], depth: number): ChapterBlock[] {
    return nodes.flatMap((node) => this.#block(node, depth));
  }

  #block(node: Node, depth: number): ChapterBlock[] {
    const line = (node.location?.start.line ?? 0) + 1;
    if (line > this.#cursor.line) this.#cursor = { line, column: 1 };
    this.#errorsOf(node, line);
    if (depth > deepest) {
      this.#report(line, 1, 'chapter.too-deep', 'error', 'lists or quotes are nested too deep', {
        why: `no page shows more than ${deepest} levels`,
        mend: 'flatten the text',
      });
      return [];
    }
    switch (node.type) {
      case 'heading': {
        const level = Number(node.attributes.level);
        return [{ kind: 'heading', level, content: this.#inlines(node.children, depth) }];
      }
      case 'paragraph':
      case 'inline':
        return [
          {
            kind: 'paragraph',
            content: this.#inlines(node.type === 'inline' ? [node] : node.children, depth),
          },
        ];
      case 'list':
        return [
          {
            kind: 'list',
            ordered: node.attributes.ordered === true,
            items: node.children.map((item) => this.#blocks(item.children, depth + 2)),
          },
        ];
      case 'blockquote':
        return [{ kind: 'quote', blocks: this.#blocks(node.children, depth + 1) }];
      case 'hr':
        return [{ kind: 'rule' }];
      case 'table':
        return [this.#table(node, depth)];
      case 'tag':
        return this.#tagBlock(node, depth, line);
      case 'comment':
      case 'error':
        return [];
      default:
        this.#report(line, 1, 'chapter.unknown-block', 'error', `a ${node.type} cannot stand in a review`, {
          why: 'every block must be printable in all forms of the review',
          mend: 'use paragraphs, lists, quotes, tables and the tags',
        });
        return [];
    }
  }

  #table(node: Node, depth: number): ChapterBlock {
    const cells = (row: Node) => row.children.map((cell) => this.#inlines(cell.children, depth + 1));
    const part = (name: string) => node.children.filter(({ type }) => type === name);
    return {
      kind: 'table',
      head: part('thead')
        .flatMap((head) => head.children)
        .flatMap(cells),
      rows: part('tbody')
        .flatMap((body) => body.children)
        .map(cells),
    };
  }

  #tagBlock(node: Node, depth: number, line: number): ChapterBlock[] {
    const tag = this.#tag(node, line);
    if (tag === null) return this.#blocks(node.children, depth + 1);
    if (tagRules[tag.name].place === 'inline')
      return [
        {
          kind: 'paragraph',
          content: [
            { kind: 'tag', tag, content: this.#inlines(node.children, depth + 1, tag.name === 'say') },
          ],
        },
      ];
    return [{ kind: 'tag', tag, blocks: this.#blocks(node.children, depth + 1) }];
  }

  #inlines(nodes: readonly Node[], depth: number, said = false): ChapterInline[] {
    return nodes.flatMap((node) => this.#inline(node, depth + 1, said));
  }

  #inline(node: Node, depth: number, said: boolean): ChapterInline[] {
    const line = (node.location?.start.line ?? 0) + 1;
    if (line > this.#cursor.line) this.#cursor = { line, column: 1 };
    this.#errorsOf(node, line);
    if (depth > deepest) return [];
    switch (node.type) {
      case 'inline':
      case 'paragraph':
        return this.#inlines(node.children, depth, said);
      case 'text': {
        const content = String(node.attributes.content ?? '');
        this.#checkText(content, said);
        return [{ kind: 'text', text: content }];
      }
      case 'strong':
      case 'em': {
        const kind = node.type === 'em' ? 'emphasis' : 'strong';
        return [{ kind, content: this.#inlines(node.children, depth, said) }];
      }
      case 'code':
        return [{ kind: 'text', text: String(node.attributes.content ?? '') }];
      case 's':
        return this.#inlines(node.children, depth, said);
      case 'link': {
        const href = String(node.attributes.href ?? '');
        const content = this.#inlines(node.children, depth, said);
        if (isSafeHref(href)) return [{ kind: 'link', href, content }];
        this.#report(
          line,
          this.#cursor.column,
          'chapter.link',
          'error',
          'a link with an address that is not safe',
          {
            why: 'only http, https, mailto and places inside the review may be linked',
            mend: 'give the full https address',
          },
        );
        return content;
      }
      case 'hardbreak':
        return [{ kind: 'break' }];
      case 'softbreak':
        return [{ kind: 'softbreak' }];
      case 'tag': {
        const tag = this.#tag(node, line);
        const content = this.#inlines(node.children, depth, said || tag?.name === 'say');
        if (tag === null) return content;
        if (tagRules[tag.name].place === 'inline') return [{ kind: 'tag', tag, content }];
        this.#report(
          tag.line,
          tag.column,
          'tag.place',
          'error',
          `{% ${tag.name} %} stands inside a sentence`,
          {
            why: 'it makes a block of its own',
            mend: 'put it on its own line with empty lines around it',
          },
        );
        return content;
      }
      case 'comment':
      case 'error':
        return [];
      default:
        this.#report(line, 1, 'chapter.unknown-inline', 'error', `a ${node.type} cannot stand in a review`, {
          why: 'every piece of text must be printable in all forms of the review',
          mend: 'use text, emphasis, links and the tags; pictures of numbers are not traceable',
        });
        return [];
    }
  }

  #errorsOf(node: Node, line: number): void {
    for (const { message } of node.errors)
      this.#report(line, 1, 'chapter.syntax', 'error', message.replace(/\.$/, ''), {
        why: 'a tag that cannot be read would lose its number',
        mend: 'write {% name key="value" /%}, or close the tag with {% /name %}',
      });
  }

  #checkText(content: string, said: boolean): void {
    const start = this.#locate(content);
    if (/\{%|%\}/.test(content))
      this.#report(start.line, start.column, 'chapter.syntax', 'error', 'a tag is not closed', {
        why: 'its text would be printed as it was typed',
        mend: 'write {% name key="value" /%} on one line',
      });
    if (said) return;
    for (const { at, text } of handTyped(content))
      this.#report(
        start.line,
        start.column + at,
        'number.typed',
        'warning',
        `the number ${text} is typed by hand`,
        {
          why: 'a number that is bound to no figure cannot be traced or recomputed',
          mend:
            this.#language === 'zh'
              ? 'bind it with a tag such as {% value … /%}, or mark a name with {% say %}…{% /say %}'
              : 'bind it with a tag such as {% value … /%}, or mark a number that is part of a name with {% say %}…{% /say %}',
        },
      );
  }

  /** Finds the text behind the cursor and moves the cursor past it. Text changed by escapes keeps its line. */
  #locate(content: string): Cursor {
    const found = this.#find(content) ?? { ...this.#cursor };
    this.#cursor = { line: found.line, column: found.column + content.length };
    return found;
  }

  #find(content: string): Cursor | null {
    for (
      let line = this.#cursor.line;
      line <= Math.min(this.#lines.length, this.#cursor.line + 50);
      line += 1
    ) {
      const from = line === this.#cursor.line ? this.#cursor.column - 1 : 0;
      const at = (this.#lines[line - 1] ?? '').indexOf(content, from);
      if (at >= 0) return { line, column: at + 1 };
    }
    return null;
  }

  #tag(node: Node, line: number): Tag | null {
    const name = node.tag ?? '';
    const place = this.#find(`{% ${name}`) ?? { line, column: 1 };
    if (place.line > this.#cursor.line || place.column > this.#cursor.column) this.#cursor = { ...place };
    // Past the tag's own text: the first number inside an attribute must not be mistaken for prose.
    this.#cursor.column += name.length + 3;
    if (!isTagName(name)) {
      this.#report(
        place.line,
        place.column,
        'tag.unknown',
        'error',
        `there is no tag {% ${name.slice(0, 40)} %}`,
        {
          why: 'only known tags can be bound to figures',
          mend: `use one of: ${Object.keys(tagRules).join(', ')}`,
        },
      );
      return null;
    }
    const rule: TagRule = tagRules[name];
    const attributes = new Map<string, string>();
    for (const [key, value] of Object.entries(node.attributes)) {
      if (!rule.required.includes(key) && !rule.optional.includes(key))
        this.#report(
          place.line,
          place.column,
          'tag.attribute',
          'error',
          `{% ${name} %} has no attribute ${key}`,
          {
            why: 'what a tag does not know it would ignore silently',
            mend: `its attributes are: ${[...rule.required, ...rule.optional].join(', ') || 'none'}`,
          },
        );
      else if (typeof value === 'string' || typeof value === 'number') attributes.set(key, String(value));
      else
        this.#report(
          place.line,
          place.column,
          'tag.attribute',
          'error',
          `${key} of {% ${name} %} is not a text`,
          {
            why: 'attributes are texts in quotes',
            mend: `write ${key}="…"`,
          },
        );
      const choice = rule.choices?.[key];
      if (choice !== undefined && !choice.includes(String(value)))
        this.#report(
          place.line,
          place.column,
          'tag.attribute',
          'error',
          `${key} of {% ${name} %} cannot be this value`,
          {
            why: 'the tag knows only the listed ones',
            mend: `use one of: ${choice.join(', ')}`,
          },
        );
    }
    for (const key of rule.required)
      if (!attributes.has(key))
        this.#report(place.line, place.column, 'tag.attribute', 'error', `{% ${name} %} lacks ${key}`, {
          why: 'without it the figure is not named',
          mend: `add ${key}="…"`,
        });
    return { name, attributes, ...place };
  }
}

/** http, https, mailto, and places inside the same review or site. */
export function isSafeHref(href: string): boolean {
  return /^(?:https?:\/\/|mailto:|#|\.{0,2}\/(?!\/))[^\s<>"'`]*$/i.test(href) && href.length < 2000;
}
