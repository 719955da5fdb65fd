import type { Figure, Language, Localized } from '../model/index.ts';
import type { ScenarioFigure } from './scenario-book.ts';

/**
 * A review as one tree of typed blocks and inlines, in one language and free of any output form: HTML, PDF and Word are
 * each a rendering of it. Tags of the chapters are already resolved: what stands here is what a reader sees.
 */
export interface ReviewDocument {
  readonly city: string;
  readonly review: string;
  readonly language: Language;
  readonly title: string;
  readonly subtitle: string | null;
  readonly issuer: string;
  readonly place: string;
  /** The colour of the place in print, `#rrggbb`, and its emblem as an SVG of shapes; absent where it has none of its own. */
  readonly brand?: { readonly accent: string; readonly emblem: string | null };
  /** ISO date of the edition: the only date in its files. */
  readonly date: string;
  readonly asOf: number;
  readonly chapters: readonly DocumentChapter[];
  /** What is cited, in order of first mention; `number` is what `[3]` in the text points to. */
  readonly sources: readonly SourceEntry[];
  /** Every figure that the text, tables or charts show, by code. */
  readonly figures: readonly AnnexEntry[];
  /** Every result of a scenario that the review shows. */
  readonly scenarios: readonly ScenarioEntry[];
}

export interface DocumentChapter {
  readonly id: string;
  /** `1`, `2` … for chapters, `A`, `B` … for annexes. */
  readonly number: string;
  readonly title: readonly Inline[];
  readonly annex: boolean;
  readonly blocks: readonly Block[];
}

export interface SourceEntry {
  readonly number: number;
  readonly id: string;
  readonly title: string;
  readonly producer: string;
  readonly date: string;
  readonly licence: string;
  readonly url: string | null;
  readonly sha256: string | null;
}

export interface AnnexEntry {
  readonly figure: Figure;
  /** Indicator, measure and breakdown in words. */
  readonly name: string;
  readonly area: string;
  readonly period: string;
  readonly value: string;
}

export interface ScenarioEntry {
  readonly figure: ScenarioFigure;
  /** Variable and scenario in words. */
  readonly name: string;
  readonly scenario: string;
  readonly value: string;
}

/** How sure a shown number is: told by a mark and a word, never by colour alone. */
export type Standing = 'present' | 'provisional' | 'estimated' | 'forecast' | 'missing';

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly content: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly content: readonly Inline[] }
  | { readonly kind: 'break' }
  | {
      readonly kind: 'number';
      readonly text: string;
      readonly standing: Standing;
      /** Code of the figure it shows; null for a count or a target, whose basis is told in `basis`. */
      readonly code: string | null;
      /** One plain sentence: what the number is, or why it is missing. */
      readonly basis: string;
    }
  /** A place that citations and codes point to. */
  | { readonly kind: 'anchor'; readonly id: string; readonly text: string }
  | { readonly kind: 'cite'; readonly source: number; readonly locator: string };

export interface Cell {
  readonly content: readonly Inline[];
  readonly header?: boolean;
  readonly span?: number;
}

export interface Table {
  readonly columns: readonly { readonly align: 'left' | 'right' | 'center'; readonly width: number }[];
  readonly head: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
}

export type Block =
  | {
      readonly kind: 'heading';
      readonly level: 2 | 3 | 4;
      readonly number: string;
      readonly id: string;
      readonly content: readonly Inline[];
    }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[]; readonly small?: boolean }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      readonly items: readonly (readonly Block[])[];
    }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'rule' }
  | {
      readonly kind: 'table';
      readonly id: string;
      /** `Table 3`; null for a table that belongs to the page furniture and takes no number. */
      readonly label: string | null;
      readonly caption: readonly Inline[];
      readonly table: Table;
      readonly note: readonly Inline[];
      /** Whether its figures are listed in the margin; the annex prints codes in its own column. */
      readonly margin: boolean;
    }
  | {
      readonly kind: 'chart';
      readonly id: string;
      readonly label: string;
      readonly caption: readonly Inline[];
      readonly svg: string;
      readonly alt: string;
      readonly table: Table;
      readonly note: readonly Inline[];
      readonly codes: readonly string[];
    }
  | {
      readonly kind: 'box';
      readonly id: string;
      readonly title: readonly Inline[];
      readonly subtitle: readonly Inline[];
      readonly blocks: readonly Block[];
    };

export const text = (value: string): Inline => ({ kind: 'text', text: value });

/** The name in the wanted language, or in the other one when a translation is missing (which is reported apart). */
export function named(name: Localized, language: Language): string {
  const other = language === 'en' ? name.zh : name.en;
  return name[language].trim() === '' ? other : name[language];
}

/** What an inline reads as without any mark-up: for ids, alt texts, bookmarks. */
export function plainText(content: readonly Inline[]): string {
  return content
    .map((inline) => {
      switch (inline.kind) {
        case 'text':
        case 'anchor':
        case 'number':
          return inline.text;
        case 'break':
          return ' ';
        case 'cite':
          return '';
        default:
          return plainText(inline.content);
      }
    })
    .join('');
}

function inlineCodes(content: readonly Inline[], into: Set<string>): void {
  for (const inline of content) {
    if (inline.kind === 'number' && inline.code !== null) into.add(inline.code);
    else if (inline.kind === 'strong' || inline.kind === 'emphasis' || inline.kind === 'link')
      inlineCodes(inline.content, into);
  }
}

function tableCodes(table: Table, into: Set<string>): void {
  for (const row of [table.head, ...table.rows]) for (const cell of row) inlineCodes(cell.content, into);
}

function collect(block: Block, into: Set<string>): void {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      inlineCodes(block.content, into);
      break;
    case 'list':
      for (const item of block.items) for (const inner of item) collect(inner, into);
      break;
    case 'quote':
      for (const inner of block.blocks) collect(inner, into);
      break;
    case 'table':
      if (block.margin) tableCodes(block.table, into);
      break;
    case 'chart':
      for (const code of block.codes) into.add(code);
      break;
    default:
      break;
  }
}

/** Codes of the figures that a block itself shows, in order of first appearance: what its margin carries. */
export function codesOf(block: Block): readonly string[] {
  const into = new Set<string>();
  collect(block, into);
  return [...into];
}
