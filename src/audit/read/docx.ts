import { unzipSync } from 'fflate';
import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import type { AuditText, BlockKind, SourceLine } from '../text.ts';
import { raised } from './words.ts';

/** Unpacked size beyond which a word file is refused: text of 50 MB is no review but a bomb. */
const mostBytes = 50_000_000;
/** Deepest nesting of elements that is followed; word processors stay far below. */
const mostDepth = 400;
/** Parts that are read: the text, its notes, and the styles that tell headings. */
const part = /^word\/(document\d{0,2}|footnotes\d{0,2}|endnotes\d{0,2}|styles\d{0,2})\.xml$/;

type Refused = { readonly refused: string };

/**
 * Reads a word file as its reader sees it with every change accepted: body, text boxes, tables, footnotes and endnotes. Deleted
 * and moved-away words, field codes and the fallbacks of drawings are left out.
 */
export function docxText(file: string, bytes: Uint8Array): AuditText | Refused {
  let unpacked = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!part.test(name)) return false;
        unpacked += originalSize;
        return unpacked <= mostBytes;
      },
    });
  } catch {
    return { refused: 'it is not a readable .docx file' };
  }
  const parts = new Map(Object.entries(files).map(([name, xml]) => [part.exec(name)?.[1] ?? '', xml]));
  if (unpacked > mostBytes || [...parts.values()].some(({ length }) => length > mostBytes))
    return { refused: 'its text is larger than 50 MB unpacked' };
  const named = (name: string) => [...parts].find(([key]) => key.startsWith(name))?.[1];
  const body = named('document');
  if (body === undefined) return { refused: 'it holds no word/document.xml' };
  const styles = named('styles');
  const kinds = styles === undefined ? new Map<string, BlockKind>() : stylesOf(xmlText(styles));
  const lines: SourceLine[] = [];
  let number = 0;
  for (const xml of [body, named('footnotes'), named('endnotes')]) {
    if (xml === undefined) continue;
    const words = xmlText(xml);
    if (/<!DOCTYPE|<!ENTITY/i.test(words))
      return { refused: 'its XML declares a document type, which word files never do' };
    const read = paragraphsOf(words, kinds, number);
    if ('refused' in read) return read;
    lines.push(...read.lines);
    number = read.number;
  }
  return { file, lines };
}

const xmlText = (xml: Uint8Array): string =>
  new TextDecoder(
    xml[0] === 0xff && xml[1] === 0xfe
      ? 'utf-16le'
      : xml[0] === 0xfe && xml[1] === 0xff
        ? 'utf-16be'
        : 'utf-8',
  ).decode(xml);

/** Names of the word format of today and of the strict standard. */
const isWord = (uri: string): boolean => /\/wordprocessingml\/(?:2006\/)?main$/.test(uri);

function attribute({ attributes }: SaxesTagNS, name: string): string | undefined {
  return Object.values(attributes).find((one: SaxesAttributeNS) => one.local === name)?.value;
}

/** Runs a parser over XML; what is wrong with it, or null. */
function parsed(
  xml: string,
  opens: (tag: SaxesTagNS) => void,
  closes: (tag: SaxesTagNS) => void,
  text: (words: string) => void,
): string | null {
  let failure: string | null = null;
  let depth = 0;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    failure = error.message.slice(0, 120);
    throw error;
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > mostDepth) throw new Error(`elements are nested more than ${mostDepth} deep`);
    opens(tag);
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    closes(tag);
  });
  parser.on('text', text);
  try {
    parser.write(xml).close();
  } catch (error) {
    failure ??= error instanceof Error ? error.message.slice(0, 120) : 'unreadable XML';
  }
  return failure;
}

/** Which styles are headings, and which entries of a table of contents: by name, as ids differ by language. */
function stylesOf(xml: string): Map<string, BlockKind> {
  const kinds = new Map<string, BlockKind>();
  let id = '';
  parsed(
    xml,
    (tag) => {
      if (!isWord(tag.uri)) return;
      if (tag.local === 'style') id = attribute(tag, 'styleId') ?? '';
      else if (tag.local === 'name' && id !== '') {
        const name = attribute(tag, 'val') ?? '';
        if (/^(?:heading|标题) ?\d$|^title$/i.test(name)) kinds.set(id, 'heading');
        else if (/^toc ?\d$/i.test(name)) kinds.set(id, 'contents');
      } else if (tag.local === 'outlineLvl' && id !== '' && Number(attribute(tag, 'val') ?? 9) < 9) {
        if (!kinds.has(id)) kinds.set(id, 'heading');
      }
    },
    ({ local, uri }) => {
      if (isWord(uri) && local === 'style') id = '';
    },
    () => {},
  );
  return kinds;
}

/** One paragraph being read; text boxes hold paragraphs inside paragraphs. */
interface Open {
  words: string;
  kind: BlockKind | undefined;
}

/** Paragraph n is line n; the cells of a table row are one line with tabs. */
function paragraphsOf(
  xml: string,
  kinds: ReadonlyMap<string, BlockKind>,
  before: number,
): { readonly lines: SourceLine[]; readonly number: number } | Refused {
  const lines: SourceLine[] = [];
  const rows: { text: string; width: number }[] = [];
  const open: Open[] = [];
  const cells: string[] = [];
  let number = before;
  let silent = 0;
  let inText = false;
  let isRaised = false;
  let digits = '';
  const say = (words: string) => {
    const paragraph = open.at(-1);
    if (paragraph !== undefined) paragraph.words += words;
  };
  const put = (text: string, kind?: BlockKind) => {
    number += 1;
    if (text.trim() !== '')
      lines.push({ text, line: number, column: 1, ...(kind === undefined ? {} : { kind }) });
  };
  const failure = parsed(
    xml,
    (tag) => {
      const { local, uri } = tag;
      if (isSilent(tag)) silent += 1;
      if (silent > 0 || !isWord(uri)) return;
      if (local === 't') inText = true;
      else if (local === 'p') open.push({ words: '', kind: undefined });
      else if (local === 'pStyle') {
        const paragraph = open.at(-1);
        if (paragraph !== undefined) paragraph.kind = kinds.get(attribute(tag, 'val') ?? '');
      } else if (local === 'r') isRaised = false;
      else if (local === 'vertAlign') isRaised = attribute(tag, 'val') === 'superscript';
      else if (local === 'tab' || local === 'br' || local === 'cr' || local === 'ptab') {
        // A tab stop in the settings of a paragraph is no tab of its text.
        if (attribute(tag, 'pos') === undefined) say(' ');
      } else if (local === 'noBreakHyphen') say('-');
      else if (local === 'tr') rows.push({ text: '', width: 1 });
      else if (local === 'tc') {
        cells.push('');
        const row = rows.at(-1);
        if (row !== undefined) row.width = 1;
      } else if (local === 'gridSpan') {
        const row = rows.at(-1);
        if (row !== undefined) row.width = Math.min(Math.max(Number(attribute(tag, 'val')) || 1, 1), 200);
      }
    },
    (tag) => {
      const { local, uri } = tag;
      const counts = silent === 0 && isWord(uri);
      if (isSilent(tag)) silent -= 1;
      if (!counts) return;
      if (local === 't') {
        inText = false;
        if (digits !== '') say(raised(open.at(-1)?.words ?? '', digits));
        digits = '';
      } else if (local === 'p') {
        const paragraph = open.pop();
        if (paragraph === undefined) return;
        if (cells.length > 0) cells.push(`${cells.pop() ?? ''}${paragraph.words} `);
        else put(paragraph.words, paragraph.kind);
      } else if (local === 'tc') {
        const row = rows.at(-1);
        const cell = (cells.pop() ?? '').replace(/\s+/g, ' ').trim();
        if (row !== undefined) row.text += `${cell}${'\t'.repeat(row.width)}`;
      } else if (local === 'tr') {
        const { text } = rows.pop() ?? { text: '' };
        // A table inside a cell: its rows are words of that cell.
        if (cells.length > 0) cells.push(`${cells.pop() ?? ''}${text.replace(/\t/g, ' ')} `);
        else put(text);
      }
    },
    (words) => {
      if (!inText || silent > 0) return;
      if (isRaised && /^[-−]?\d{1,2}$/.test(words.trim())) digits = words.trim();
      else say(words);
    },
  );
  return failure === null ? { lines, number } : { refused: `its XML is broken: ${failure}` };
}

/** Words that a reader does not see: deleted, moved away, and what stands in for drawings in old programs. */
function isSilent({ local, uri }: SaxesTagNS): boolean {
  if (isWord(uri)) return local === 'del' || local === 'moveFrom';
  return local === 'Fallback' && uri.endsWith('/markup-compatibility/2006');
}
