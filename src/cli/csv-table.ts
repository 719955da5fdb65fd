import { readFileSync, statSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Table } from '../assess/index.ts';
import type { Finding } from '../model/index.ts';

/** Largest table that is read: a million rows of a long table have about this size. */
const largest = 256 * 1024 * 1024;

/** Reads a CSV file (UTF-8, comma, a header) as a table of text; a finding where that cannot be done. */
export function readCsvTable(file: string): Table | Finding {
  try {
    const { size } = statSync(file);
    if (size > largest)
      return refusal(
        file,
        `the file has ${size} bytes`,
        `tables of up to ${largest} bytes are read`,
        'split the table',
      );
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
    // The line number goes in front of each record, so that findings can name the row.
    const records: string[][] = parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 1024 * 1024,
      on_record: (record: string[], { lines }) => [String(lines), ...record],
    });
    const [header, ...rows] = records;
    if (header === undefined)
      return refusal(file, 'the file is empty', 'a table has a header', 'hand in the table');
    return {
      file,
      columns: header.slice(1),
      rows: rows.map(([line, ...cells]) => ({ row: Number(line), cells })),
    };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return refusal(
      file,
      text,
      'the file cannot be read as CSV in UTF-8',
      'check the path and save it as CSV (UTF-8)',
    );
  }
}

function refusal(file: string, what: string, why: string, mend: string): Finding {
  return { rule: 'file.unreadable', severity: 'error', where: { file }, what, why, mend };
}
