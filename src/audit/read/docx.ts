import { unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import type { AuditText, SourceLine } from '../text.ts';

/** Unpacked size beyond which a word file is refused: text of 50 MB is no review but a bomb. */
const mostBytes = 50_000_000;

/** Reads the body of a word file; the text says why when it is not one. Only `word/document.xml` is unpacked. */
export function docxText(file: string, bytes: Uint8Array): AuditText | { readonly refused: string } {
  let xml: Uint8Array | undefined;
  let tooLarge = false;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (name !== 'word/document.xml') return false;
        tooLarge = originalSize > mostBytes;
        return !tooLarge;
      },
    });
    xml = files['word/document.xml'];
  } catch {
    return { refused: 'it is not a readable .docx file' };
  }
  if (tooLarge || (xml !== undefined && xml.length > mostBytes))
    return { refused: 'its text is larger than 50 MB unpacked' };
  if (xml === undefined) return { refused: 'it holds no word/document.xml' };
  const text = new TextDecoder().decode(xml);
  if (/<!DOCTYPE|<!ENTITY/i.test(text))
    return { refused: 'its XML declares a document type, which word files never do' };
  return bodyOf(file, text);
}

/** Paragraph n is line n; the cells of a table row are one line with tabs. */
function bodyOf(file: string, xml: string): AuditText | { readonly refused: string } {
  const lines: SourceLine[] = [];
  const rows: string[] = [];
  let words = '';
  let number = 0;
  let inText = false;
  let failure: string | null = null;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    failure = error.message.slice(0, 120);
  });
  const paragraph = () => {
    number += 1;
    if (words.trim() !== '') lines.push({ text: words, line: number, column: 1 });
    words = '';
  };
  parser.on('opentag', ({ name }) => {
    if (name === 'w:t') inText = true;
    else if (name === 'w:tab' && rows.length === 0) words += ' ';
    else if (name === 'w:br') words += ' ';
    else if (name === 'w:tr') rows.push('');
  });
  parser.on('text', (text) => {
    if (inText) words += text;
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'w:t') inText = false;
    else if (name === 'w:p') {
      if (rows.length > 0) words += ' ';
      else paragraph();
    } else if (name === 'w:tc' && rows.length > 0) {
      rows.push(`${rows.pop() ?? ''}${words.trim()}\t`);
      words = '';
    } else if (name === 'w:tr') {
      words = rows.pop() ?? '';
      if (rows.length === 0) paragraph();
    }
  });
  try {
    parser.write(xml).close();
  } catch (error) {
    failure = error instanceof Error ? error.message.slice(0, 120) : 'unreadable XML';
  }
  return failure === null ? { file, lines } : { refused: `its XML is broken: ${failure}` };
}
