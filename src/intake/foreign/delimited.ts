import { legacyEncoding } from '../encoding.ts';

/** A table that others made, read as it stands: every row is kept with its line, also blank and broken ones. */
export interface ForeignTable {
  readonly columns: readonly string[];
  /** The line of the header, from 1. */
  readonly headLine: number;
  readonly rows: readonly ForeignRow[];
  /** The character between cells: `,` `;` tab or `|`. */
  readonly delimiter: string;
  readonly encoding: 'utf-8' | 'utf-16' | 'gb18030' | 'windows-1252';
  /** Lines whose quotes do not close, read as plain text. */
  readonly wrongQuotes: readonly number[];
}

export interface ForeignRow {
  /** The line on which the row begins, as a text editor counts, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface ForeignText {
  readonly text: string;
  readonly encoding: ForeignTable['encoding'];
}

/** Bytes as text: UTF-8, else UTF-16 by its mark, else GB 18030, as Chinese Excel saves, where its pairs of bytes say so, else Windows-1252, in which every byte means something. */
export function foreignText(bytes: Uint8Array): ForeignText {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : null;
  if (mark !== null) return { text: new TextDecoder(mark).decode(bytes), encoding: 'utf-16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    const encoding = legacyEncoding(bytes)?.startsWith('GBK') === true ? 'gb18030' : 'windows-1252';
    return { text: new TextDecoder(encoding).decode(bytes), encoding };
  }
}

/** Reads a table with any of the usual delimiters and line ends (LF, CRLF, lone CR). The first row that is not blank is the header. */
export function readForeignTable(bytes: Uint8Array): ForeignTable {
  const { text, encoding } = foreignText(bytes);
  const plain = text.replace(/^\ufeff/, '');
  const delimiter = delimiterOf(plain);
  const { records, wrongQuotes } = split(plain, delimiter);
  const head = records.findIndex(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const header = records[head];
  if (header === undefined) return { columns: [], headLine: 1, rows: [], delimiter, encoding, wrongQuotes };
  return {
    columns: header.cells,
    headLine: header.line,
    rows: records.slice(head + 1),
    delimiter,
    encoding,
    wrongQuotes,
  };
}

/** The candidate that divides the first line into most cells; a comma when none does. */
function delimiterOf(text: string): string {
  const [line = ''] = text.split(/\r\n|\n|\r/, 1);
  const bare = line.replace(/"[^"]*"/g, '');
  let best = ',';
  const parts = (candidate: string): number => bare.split(candidate).length;
  // Commas stand in texts too, tabs hardly: of as many, the tab divides.
  for (const candidate of [',', ';', '\t', '|'])
    if (
      parts(candidate) > parts(best) ||
      (candidate === '\t' && parts('\t') > 1 && parts('\t') >= parts(best))
    )
      best = candidate;
  return best;
}

function split(text: string, delimiter: string): { records: ForeignRow[]; wrongQuotes: number[] } {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  const records: ForeignRow[] = [];
  const wrongQuotes: number[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = at + 1;
    const first = lines[at] ?? '';
    if (!first.includes('"')) {
      records.push({ line, cells: first.split(delimiter) });
      continue;
    }
    const quoted = quotedRecord(lines, at, delimiter);
    if (quoted === null) {
      wrongQuotes.push(line);
      records.push({ line, cells: first.split(delimiter) });
    } else {
      records.push({ line, cells: quoted.cells });
      at = quoted.last;
    }
  }
  return { records, wrongQuotes };
}

/** A cell with line ends in it runs over few lines; a quote that stays open longer was never meant as one. */
const mostLines = 200;

function quotedRecord(
  lines: readonly string[],
  start: number,
  delimiter: string,
): { readonly cells: string[]; readonly last: number } | null {
  const cells: string[] = [];
  let last = start;
  let text = lines[start] ?? '';
  let at = 0;
  for (;;) {
    if (text[at] !== '"') {
      const end = text.indexOf(delimiter, at);
      cells.push(text.slice(at, end < 0 ? undefined : end));
      if (end < 0) return { cells, last };
      at = end + 1;
      continue;
    }
    let cell = '';
    at += 1;
    for (;;) {
      const end = text.indexOf('"', at);
      if (end < 0) {
        last += 1;
        const next = lines[last];
        if (next === undefined || last - start > mostLines) return null;
        cell += `${text.slice(at)}\n`;
        text = next;
        at = 0;
      } else if (text[end + 1] === '"') {
        cell += text.slice(at, end + 1);
        at = end + 2;
      } else {
        cell += text.slice(at, end);
        at = end + 1;
        break;
      }
    }
    const rest = text.indexOf(delimiter, at);
    cells.push(cell + text.slice(at, rest < 0 ? undefined : rest));
    if (rest < 0) return { cells, last };
    at = rest + 1;
  }
}
