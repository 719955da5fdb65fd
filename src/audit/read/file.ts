import { extname } from 'node:path';
import { type AuditText, plainText } from '../text.ts';
import { docxText } from './docx.ts';
import { declaredEncoding, decodedText } from './encoding.ts';
import { htmlText } from './html.ts';
import { pagesOf } from './pages.ts';

/** Largest file that is read. */
export const mostFileBytes = 50_000_000;

/** Endings of the files that can be audited. */
export const auditedEndings: readonly string[] = ['.md', '.txt', '.html', '.htm', '.docx', '.pdf'];

/** Turns the bytes of a file into a document by its ending, or says why it cannot. */
export async function documentOf(
  file: string,
  bytes: Uint8Array,
): Promise<AuditText | { readonly refused: string }> {
  if (bytes.length > mostFileBytes) return { refused: `it is larger than ${mostFileBytes / 1_000_000} MB` };
  const ending = extname(file).toLowerCase();
  if (ending === '.docx') return docxText(file, bytes);
  if (ending === '.pdf' || startsWith(bytes, '%PDF-')) return (await import('./pdf.ts')).pdfText(file, bytes);
  const isPage = ending === '.html' || ending === '.htm';
  const text = decodedText(bytes, isPage ? declaredEncoding(bytes) : undefined);
  if (text === null) return { refused: 'it is not text' };
  if (isPage) return htmlText(file, text);
  if (ending === '.md' || ending === '.txt' || ending === '') return pagesOf(plainText(file, text));
  return { refused: `files ending in ${ending} cannot be audited; .md, .txt, .html, .docx and .pdf can` };
}

const startsWith = (bytes: Uint8Array, words: string): boolean =>
  [...words].every((letter, index) => bytes[index] === letter.charCodeAt(0));
