import { readFileSync, statSync } from 'node:fs';
import type { Table, TableRow } from '../assess/index.ts';
import type { Finding } from '../model/index.ts';

/** Largest table that is read: two million rows of a long table have about this size. */
const largest = 256 * 1024 * 1024;

/** A table with what was noticed while reading it; `table` is null when it could not be read at all. */
export interface TableReading {
  readonly table: Table | null;
  readonly findings: readonly Finding[];
}

/**
 * Reads a delimited file with a header as a table of text. UTF-8 with or without mark; UTF-16 with its mark and GB 18030
 * (GBK, as Chinese Excel saves "CSV") are converted and told. Cells stand between commas, or, where the header has none,
 * semicolons or tabs. Lines end in LF, CRLF or CR; quotes by RFC 4180.
 */
export function readCsvTable(file: string): TableReading {
  try {
    const { size } = statSync(file);
    if (size > largest)
      return refused(
        file,
        `the file has ${size} bytes`,
        `tables of up to ${largest} bytes are read`,
        'split the table',
      );
    return csvTable(file, readFileSync(file));
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return refused(file, text, 'the file cannot be read', 'check the path');
  }
}

/** The table in the bytes of a file. */
export function csvTable(file: string, bytes: Uint8Array): TableReading {
  const decoded = decode(bytes);
  if (decoded === null)
    return refused(
      file,
      'the file is neither UTF-8 nor UTF-16 nor GB 18030',
      'names would be garbled',
      'save it as "CSV UTF-8"',
    );
  const findings: Finding[] = [];
  if (decoded.encoding !== 'UTF-8')
    findings.push({
      rule: 'file.encoding',
      severity: 'warning',
      where: { file },
      what: `the file is not UTF-8; it was read as ${decoded.encoding}`,
      why: 'another program may read its names wrongly',
      mend: 'save it as "CSV UTF-8"',
    });
  const zero = decoded.text.indexOf('\0');
  if (zero >= 0)
    return refused(
      file,
      `the file holds a zero byte (character ${zero + 1})`,
      'a table of text has none',
      'save it as CSV',
    );
  const separator = separatorOf(decoded.text);
  const rows: TableRow[] = [];
  let columns: string[] | null = null;
  const scanner = new Scanner(decoded.text, separator);
  for (let record = scanner.next(); record !== null; record = scanner.next()) {
    if (record.fault !== null) {
      findings.push({
        rule: 'row.quote',
        severity: 'error',
        where: { file, row: record.line },
        what: `${record.fault}; the row is left out`,
        why: 'where a cell begins and ends cannot be known',
        mend: 'double each quote within a quoted cell, and close each quote',
      });
      continue;
    }
    const { line, cells } = record;
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (columns === null) {
      columns = cells;
      continue;
    }
    ragged(file, line, cells.length, columns.length, findings);
    rows.push({ row: line, cells });
  }
  if (columns === null)
    return refused(file, 'the file is empty', 'a table has a header', 'hand in the table');
  return { table: { file, columns, rows }, findings };
}

function ragged(file: string, row: number, cells: number, columns: number, findings: Finding[]): void {
  if (cells === columns) return;
  findings.push({
    rule: cells < columns ? 'row.short' : 'row.long',
    severity: 'warning',
    where: { file, row },
    what: `the row has ${cells} cells, the header ${columns}; ${cells < columns ? 'the missing ones are empty' : 'what is beyond is not read'}`,
    why: 'cells may have moved to other columns',
    mend: 'write one cell for each column; put a cell that holds the separator in quotes',
  });
}

/** The text of a file, and what it was written in. */
function decode(bytes: Uint8Array): { text: string; encoding: string } | null {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : null;
  const tries = wide === null ? ['utf-8', 'gb18030'] : [wide];
  for (const label of tries)
    try {
      const text = new TextDecoder(label, { fatal: true }).decode(bytes);
      return { text, encoding: label === 'utf-8' ? 'UTF-8' : label === 'gb18030' ? 'GB 18030' : 'UTF-16' };
    } catch {
      // Not this one: the next is tried.
    }
  return null;
}

/** Comma, unless the header has none and has semicolons or tabs. */
function separatorOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text.trimStart())?.[0] ?? '';
  if (header.includes(',')) return ',';
  return header.includes('\t') ? '\t' : header.includes(';') ? ';' : ',';
}

interface Scanned {
  /** The line on which the record begins, from 1. */
  readonly line: number;
  readonly cells: string[];
  readonly fault: string | null;
}

/** Records of a text one after another; a wrong quote spoils its own line only. */
class Scanner {
  #at = 0;
  #line = 1;
  readonly #text: string;
  readonly #separator: string;

  constructor(text: string, separator: string) {
    this.#text = text;
    this.#separator = separator;
  }

  next(): Scanned | null {
    if (this.#at >= this.#text.length) return null;
    const [start, line] = [this.#at, this.#line];
    const end = this.#lineEnd(start);
    const plain = this.#text.slice(start, end);
    if (!plain.includes('"')) {
      this.#leave(end);
      return { line, cells: plain.split(this.#separator), fault: null };
    }
    const cells = this.#quoted();
    if (Array.isArray(cells)) return { line, cells, fault: null };
    this.#line = line;
    this.#leave(end);
    return { line, cells: [], fault: cells };
  }

  #lineEnd(from: number): number {
    let at = from;
    while (at < this.#text.length && this.#text[at] !== '\n' && this.#text[at] !== '\r') at += 1;
    return at;
  }

  /** Goes on behind the line end that stands at a position. */
  #leave(end: number): void {
    const pair = this.#text[end] === '\r' && this.#text[end + 1] === '\n';
    this.#at = end + (pair ? 2 : 1);
    this.#line += 1;
  }

  /** Cells of a record that holds quotes, over as many lines as it takes; a sentence when a quote is wrong. */
  #quoted(): string[] | string {
    const cells: string[] = [];
    let at = this.#at;
    for (;;) {
      if (this.#text[at] === '"') {
        let cell = '';
        let from = at + 1;
        for (;;) {
          const close = this.#text.indexOf('"', from);
          if (close < 0) return `a quote in cell ${cells.length + 1} is never closed`;
          cell += this.#text.slice(from, close);
          at = close + 1;
          if (this.#text[at] !== '"') break;
          cell += '"';
          from = at + 1;
        }
        this.#line += cell.split(/\r\n|\n|\r/).length - 1;
        cells.push(cell);
      } else {
        const from = at;
        while (at < this.#text.length && !this.#endsCell(at)) {
          if (this.#text[at] === '"') return `a quote stands within cell ${cells.length + 1}`;
          at += 1;
        }
        cells.push(this.#text.slice(from, at));
      }
      if (at >= this.#text.length || this.#text[at] === '\n' || this.#text[at] === '\r') {
        this.#leave(at);
        return cells;
      }
      if (this.#text[at] !== this.#separator) return `text follows the closing quote of cell ${cells.length}`;
      at += 1;
    }
  }

  #endsCell(at: number): boolean {
    const character = this.#text[at];
    return character === this.#separator || character === '\n' || character === '\r';
  }
}

function refused(file: string, what: string, why: string, mend: string): TableReading {
  const finding: Finding = { rule: 'file.unreadable', severity: 'error', where: { file }, what, why, mend };
  return { table: null, findings: [finding] };
}
