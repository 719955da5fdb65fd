import { readForeignTable } from './delimited.ts';
import type { RawTable } from './table-place.ts';
import { readXlsx } from './xlsx.ts';

/**
 * The tables of a file: the sheets of a workbook, or the one of a text. Rows stand at their line, so that the row after the
 * third is the fourth of the file too. `most`: bytes that a workbook may unpack to. Throws an Error with what is wrong.
 */
export function rawTables(path: string, bytes: Uint8Array, most?: number): readonly RawTable[] {
  if (/\.xlsx$/i.test(path) || isZip(bytes))
    return readXlsx(bytes, most).map(({ name, ...sheet }) => ({ sheet: name, ...sheet }));
  const { headLine, columns, rows } = readForeignTable(bytes);
  const lines: (readonly string[])[] = Array.from({ length: headLine - 1 }, () => []);
  lines.push(columns);
  for (const { line, cells } of rows) {
    while (lines.length < line - 1) lines.push([]);
    lines.push(cells);
  }
  return [{ sheet: null, rows: eurostat(lines) }];
}

/**
 * Eurostat's text files put all dimensions of a row into its first cell, named in the head before a backslash:
 * `freq,unit,geo\\TIME_PERIOD` over `A,PC,DE`. Here they are columns of their own.
 */
function eurostat(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const head = /^([\w,]{1,400})\\[A-Za-z_]+$/.exec(rows[0]?.[0]?.trim() ?? '')?.[1]?.split(',');
  if (head === undefined) return rows;
  return rows.map(([first = '', ...rest], at) => {
    const own = at === 0 ? head : first.split(',');
    return [...head.map((_, part) => own[part] ?? ''), ...rest.map((cell) => cell.trim())];
  });
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;
