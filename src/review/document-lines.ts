import { type Block, type Cell, plainText, type ReviewDocument } from './document.ts';

/** One line of a review's text for the audit, with where a reader finds it on the page. */
export interface DocumentLine {
  readonly text: string;
  /** Id of the nearest heading, table or box above or around it: an anchor of the review page. */
  readonly anchor: string;
  readonly kind: 'heading' | 'text' | 'row';
}

/**
 * The text of a bound review, a line a block: headings, paragraphs, items, and the rows of tables that authors wrote.
 * Tables and charts that the product draws from figures are left out: they repeat the records.
 */
export function documentLines({ chapters }: ReviewDocument): readonly DocumentLine[] {
  const lines: DocumentLine[] = [];
  for (const chapter of chapters) {
    if (chapter.annex) continue;
    let anchor = chapter.id;
    const push = (text: string, kind: DocumentLine['kind']) => {
      const flat = text.replace(/\s+/g, kind === 'row' ? '\t' : ' ').trim();
      if (flat !== '') lines.push({ text: kind === 'row' ? text : flat, anchor, kind });
    };
    const walk = (blocks: readonly Block[]): void => {
      for (const block of blocks)
        switch (block.kind) {
          case 'heading':
            anchor = block.id;
            push(`${'#'.repeat(block.level)} ${plainText(block.content)}`, 'heading');
            break;
          case 'paragraph':
            push(plainText(block.content), 'text');
            break;
          case 'list':
            for (const item of block.items) walk(item);
            break;
          case 'quote':
            walk(block.blocks);
            break;
          case 'box':
            anchor = block.id;
            push(`### ${plainText(block.title)}`, 'heading');
            walk(block.blocks);
            break;
          case 'table':
            if (block.margin) break;
            for (const row of [block.table.head, ...block.table.rows]) push(cells(row), 'row');
            break;
          default:
            break;
        }
    };
    push(`# ${plainText(chapter.title)}`, 'heading');
    walk(chapter.blocks);
  }
  return lines;
}

const cells = (row: readonly Cell[]): string =>
  row.map(({ content }) => plainText(content).replace(/\s+/g, ' ')).join('\t');
