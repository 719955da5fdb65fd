import { unzipSync } from 'fflate';
import readXlsx from 'read-excel-file/node';
import writeXlsx from 'write-excel-file/node';
import type { RoundCell } from './round-store.ts';

/** Columns of a request sheet as a spreadsheet, in their order; the first five say which cell a row is. */
const columns = [
  'area',
  'department',
  'indicator',
  'breakdown',
  'expected',
  'name',
  'unit',
  'before',
  'value',
  'reason',
  'note',
] as const;
type Column = (typeof columns)[number];

/** Most bytes of a file, packed and unpacked, and most rows. */
const limits = { packed: 5_000_000, unpacked: 50_000_000, rows: 20_000 } as const;

/** A row of a filled sheet, with the number it has in the spreadsheet. */
export interface SheetRow {
  readonly row: number;
  readonly area: string;
  readonly department: string;
  readonly indicator: string;
  readonly breakdown: string;
  readonly expected: number;
  readonly value: string;
  readonly reason: string;
  readonly note: string;
}

/** The letter of the column that values stand in, as a spreadsheet names it. */
export const valueColumn = String.fromCharCode(65 + columns.indexOf('value'));

/** A request sheet as XLSX. Every cell is text: nothing in it is run, and no digit is lost to a spreadsheet's doubles. */
export async function writeSheet(
  cells: readonly RoundCell[],
  nameOf: (cell: RoundCell) => string,
): Promise<Uint8Array<ArrayBuffer>> {
  const text = (value: string, more: object = {}) => ({ type: String, value, ...more });
  const rows = [
    columns.map((name) => text(name, { fontWeight: 'bold' })),
    ...cells.map((cell) =>
      [
        cell.area,
        cell.department,
        cell.indicator,
        cell.breakdown,
        String(cell.now.seq),
        nameOf(cell),
        cell.unit,
        cell.before?.value ?? '',
        cell.now.value,
        cell.now.reason,
        cell.now.note,
      ].map((value) => text(value)),
    ),
  ];
  const widths: Readonly<Record<Column, number>> = {
    area: 9,
    department: 12,
    indicator: 22,
    breakdown: 10,
    expected: 8,
    name: 44,
    unit: 14,
    before: 14,
    value: 16,
    reason: 30,
    note: 30,
  };
  const made = await writeXlsx(rows, {
    columns: columns.map((name) => ({ width: widths[name] })),
    stickyRowsCount: 1,
    sheet: 'request',
  }).toBuffer();
  return new Uint8Array(made);
}

/** Reads a filled sheet. Numbers come as the digits that the spreadsheet holds, never through a sum of doubles. */
export async function readSheet(
  bytes: Uint8Array,
): Promise<readonly SheetRow[] | 'unreadable' | 'too-large'> {
  if (bytes.byteLength > limits.packed) return 'too-large';
  // What it says to unpack to is added up before anything is unpacked.
  let unpacked = 0;
  try {
    unzipSync(bytes, {
      filter: ({ originalSize }) => {
        unpacked += originalSize;
        return false;
      },
    });
  } catch {
    return 'unreadable';
  }
  if (unpacked > limits.unpacked) return 'too-large';
  let rows: readonly (readonly unknown[])[];
  try {
    const sheets = await readXlsx(Buffer.from(bytes), { parseNumber: (text: string) => plainNumber(text) });
    rows = firstSheet(sheets);
  } catch {
    return 'unreadable';
  }
  if (rows.length > limits.rows) return 'too-large';
  const [head = [], ...rest] = rows;
  const at = new Map(head.map((name, index) => [String(name ?? '').trim(), index]));
  if (columns.slice(0, 5).some((name) => !at.has(name)) || !at.has('value')) return 'unreadable';
  return rest.flatMap((row, index) => {
    const text = (name: Column): string => {
      const value = row[at.get(name) ?? -1];
      return value === null || value === undefined ? '' : String(value).trim();
    };
    if (text('indicator') === '') return [];
    const expected = Number(text('expected'));
    return [
      {
        row: index + 2,
        area: text('area'),
        department: text('department'),
        indicator: text('indicator'),
        breakdown: text('breakdown'),
        expected: Number.isSafeInteger(expected) && expected >= 0 ? expected : 0,
        value: text('value'),
        reason: text('reason'),
        note: text('note'),
      },
    ];
  });
}

/** `0.1` may be kept as 0.10000000000000001; the shortest decimal that means the same double is what was typed. */
function plainNumber(text: string): string {
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  if (digits.length < 16 && !/e/i.test(text)) return text;
  const number = Number(text);
  const short = String(number);
  return Number.isFinite(number) && !/e/i.test(short) ? short : text;
}

/** The library gives rows, or a list of sheets with rows. */
function firstSheet(read: unknown): readonly (readonly unknown[])[] {
  if (!Array.isArray(read)) return [];
  const [first]: readonly unknown[] = read;
  if (typeof first === 'object' && first !== null && 'data' in first && Array.isArray(first.data))
    return first.data;
  return read.filter((row): row is readonly unknown[] => Array.isArray(row));
}
