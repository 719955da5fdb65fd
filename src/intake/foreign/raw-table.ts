import { readForeignTable } from './delimited.ts';
import type { RawTable } from './table-place.ts';
import { readXlsx } from './xlsx.ts';

/**
 * The tables of a file: the sheets of a workbook, or the one of a text. Rows stand at their line, so that the row after the
 * third is the fourth of the file too. Throws an Error with what is wrong.
 */
export function rawTables(path: string, bytes: Uint8Array): readonly RawTable[] {
  if (/\.xlsx$/i.test(path) || isZip(bytes))
    return readXlsx(bytes).map(({ name, rows }) => ({ sheet: name, rows }));
  const { headLine, columns, rows } = readForeignTable(bytes);
  const lines: (readonly string[])[] = Array.from({ length: headLine - 1 }, () => []);
  lines.push(columns);
  for (const { line, cells } of rows) {
    while (lines.length < line - 1) lines.push([]);
    lines.push(cells);
  }
  return [{ sheet: null, rows: lines }];
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;
