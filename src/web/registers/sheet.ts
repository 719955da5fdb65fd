import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import type { Sheet, TableFault } from '../../registers/index.ts';

type Wrong = (what: string, mend: string, zh: readonly [what: string, mend: string]) => readonly TableFault[];

const mostBytes = 8 * 1024 * 1024;
const mostUnpacked = 120 * 1024 * 1024;

/** The cells of a CSV or XLSX file as text; what is wrong with the file where it cannot be read. */
export async function readTable(file: string, bytes: Uint8Array): Promise<Sheet | readonly TableFault[]> {
  const wrong: Wrong = (what, mend, zh) => [
    {
      rule: 'table.file',
      severity: 'error',
      where: { file },
      what,
      why: 'rows are read from CSV or XLSX',
      mend,
      zh: { what: zh[0], mend: zh[1] },
    },
  ];
  if (bytes.byteLength === 0)
    return wrong('the file is empty', 'choose a file with rows', ['文件是空的', '请选择有数据的文件']);
  if (bytes.byteLength > mostBytes)
    return wrong('the file is larger than 8 MB', 'split the table', ['文件大于8 MB', '请拆分表格']);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readXlsx(file, bytes, wrong);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    try {
      text = new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    } catch {
      return wrong('the text is neither UTF-8 nor GB 18030', 'save it as "CSV UTF-8"', [
        '文本编码既不是UTF-8也不是GB 18030',
        '请另存为“CSV UTF-8”',
      ]);
    }
  }
  try {
    const rows: string[][] = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
    return { file, rows: rows.map((row) => row.map(unarmed)) };
  } catch (error) {
    return wrong(error instanceof Error ? error.message.slice(0, 200) : 'it is no CSV', 'mend the quotes', [
      '不是有效的CSV',
      '请检查引号',
    ]);
  }
}

async function readXlsx(
  file: string,
  bytes: Uint8Array,
  wrong: Wrong,
): Promise<Sheet | readonly TableFault[]> {
  try {
    let unpacked = 0;
    unzipSync(bytes, {
      filter: ({ originalSize }) => {
        unpacked += originalSize;
        return false;
      },
    });
    if (unpacked > mostUnpacked)
      return wrong('the sheet unpacks to more than 120 MB', 'split the table', [
        '解压后大于120 MB',
        '请拆分表格',
      ]);
    const rows = await readSheet(Buffer.from(bytes), 1, { parseNumber: (text: string) => text });
    return { file, rows: rows.map((row) => row.map(cellText)) };
  } catch {
    return wrong('the file is no XLSX sheet that can be read', 'save it again as .xlsx, or as CSV', [
      '无法读取该XLSX文件',
      '请重新另存为.xlsx或CSV',
    ]);
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return unarmed(String(cell));
}

/** A leading apostrophe, which spreadsheets put before a formula to disarm it, is not part of the text. */
function unarmed(cell: string): string {
  return /^'[=+\-@]/.test(cell) ? cell.slice(1) : cell;
}
