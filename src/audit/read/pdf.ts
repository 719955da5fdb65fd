import { getDocumentProxy } from 'unpdf';
import type { AuditText, SourceLine } from '../text.ts';
import { withoutFurniture } from './pages.ts';

/** Most pages that are read: beyond a thousand a file is no review. */
const mostPages = 1500;
/** Most characters of one file. */
const mostCharacters = 5_000_000;

/** What the library hands out for a run of text: words, the matrix that places them, their size. */
interface TextItem {
  readonly str: string;
  readonly transform: readonly unknown[];
  readonly width: number;
  readonly height: number;
}

const isTextItem = (item: unknown): item is TextItem =>
  typeof item === 'object' &&
  item !== null &&
  'str' in item &&
  typeof item.str === 'string' &&
  'transform' in item &&
  Array.isArray(item.transform) &&
  'width' in item &&
  typeof item.width === 'number' &&
  'height' in item &&
  typeof item.height === 'number';

interface Piece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly width: number;
}

/**
 * The text of a PDF, line by line as it is set. A line's number is its page times 1,000 plus its place on the page
 * (7012: page 7, line 12), so that a reader finds it; the column counts characters. Scanned pages have no text.
 */
export async function pdfText(
  file: string,
  bytes: Uint8Array,
): Promise<AuditText | { readonly refused: string }> {
  let pdf: Awaited<ReturnType<typeof getDocumentProxy>>;
  try {
    pdf = await getDocumentProxy(new Uint8Array(bytes), {
      isEvalSupported: false,
      disableFontFace: true,
      verbosity: 0,
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      refused: /password/i.test(why) ? 'it is locked by a password' : 'it is no PDF that can be read',
    };
  }
  try {
    const pages: SourceLine[][] = [];
    let characters = 0;
    for (let number = 1; number <= Math.min(pdf.numPages, mostPages); number += 1) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      const pieces = items.flatMap((item: unknown): Piece[] => {
        if (!isTextItem(item) || item.str === '') return [];
        const [, , , scale = 0, x = 0, y = 0] = item.transform.map(Number);
        return [
          {
            text: item.str,
            x,
            y,
            width: item.width,
            height: item.height === 0 ? Math.abs(scale) : item.height,
          },
        ];
      });
      const texts = linesOf(pieces).slice(0, 999);
      pages.push(texts.map((text, at) => ({ text, line: number * 1000 + at + 1, column: 1 })));
      characters += texts.reduce((sum, { length }) => sum + length, 0);
      page.cleanup();
      if (characters > mostCharacters) break;
    }
    const lines = withoutFurniture(pages).flat();
    return characters === 0
      ? { refused: 'it holds no text: a scan must go through character recognition first' }
      : { file, lines };
  } catch {
    return { refused: 'it is damaged' };
  } finally {
    await pdf.destroy();
  }
}

/** Pieces of one height are one line; a gap as wide as a column becomes a tab, so that tables stay tables. */
function linesOf(pieces: readonly Piece[]): string[] {
  const rows: Piece[][] = [];
  for (const piece of pieces) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (
      row !== undefined &&
      first !== undefined &&
      Math.abs(first.y - piece.y) <= Math.max(2, first.height * 0.45)
    )
      row.push(piece);
    else rows.push([piece]);
  }
  return rows
    .map((row) => {
      let text = '';
      let end: number | null = null;
      for (const { text: words, x, width, height } of row) {
        const gap = end === null ? 0 : x - end;
        if (end !== null && gap > height * 2.5) text += '\t';
        else if (end !== null && gap > height * 0.15 && !/\s$/.test(text) && !/^\s/.test(words)) text += ' ';
        text += words;
        end = x + width;
      }
      return text.replace(/ {2,}/g, ' ').trimEnd();
    })
    .filter((text) => text.trim() !== '');
}
