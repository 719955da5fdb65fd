import { unzipSync, type Zippable, zipSync } from 'fflate';
import writeXlsx from 'write-excel-file/node';
import type { Finding, Plan, Workspace } from '../../model/index.ts';
import { csvRecords } from '../csv.ts';
import { utf8Text } from '../encoding.ts';
import { yamlText } from '../export.ts';
import { FindingList } from '../finding-list.ts';
import { readXlsx } from '../foreign/xlsx.ts';
import { knownOf } from '../known-of.ts';
import { checkPlan, readPlan } from '../plan-file.ts';
import { fromSafeCell, toSafeCell } from '../safe-cell.ts';
import { readYaml, type YamlFile } from '../yaml-tree.ts';
import { type PlanRow, planColumns } from './columns.ts';
import { planRows } from './rows.ts';
import { planTree, type RawRow } from './tree.ts';

export const planFormats = ['csv', 'xlsx', 'yaml'] as const;
export type PlanFormat = (typeof planFormats)[number];

/** Most bytes of a plan as a file. A plan of 2,000 commitments has about 2 MB as CSV. */
const mostBytes = 16 * 1024 * 1024;
/** Most characters of a cell in a workbook (Excel specifications and limits). */
const mostInCell = 32_767;

/** The format that a file name says; null when it says none of the three. */
export function planFormat(file: string): PlanFormat | null {
  const end = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase();
  return end === 'yml' ? 'yaml' : (planFormats.find((format) => format === end) ?? null);
}

/** Text that a workbook cannot hold: it is said, not cut. */
export class CellTooLong extends Error {}

/** A plan as a file, loss-free: {@link readPlanFile} gives the same plan back. */
export async function writePlanFile(plan: Plan, format: PlanFormat): Promise<Uint8Array<ArrayBuffer>> {
  if (format === 'yaml') return new TextEncoder().encode(yamlText(plan));
  const rows = planRows(plan).map((row) => planColumns.map((column) => row[column] ?? ''));
  if (format === 'csv')
    return new TextEncoder().encode(
      `\ufeff${[[...planColumns], ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`,
    );
  const long = rows.find((row) => row.some((cell) => cell.length >= mostInCell));
  if (long !== undefined)
    throw new CellTooLong(
      `a text of ${long[0]} has more than ${mostInCell} characters, the most of a cell in a workbook: take CSV or YAML`,
    );
  // Cells are text: nothing in them is run. One that reading would take an apostrophe from gets one more.
  const text = (value: string, more: object = {}) => ({
    type: String,
    value: /^'/.test(value) ? toSafeCell(value) : value,
    ...more,
  });
  const made = await writeXlsx(
    [
      planColumns.map((name) => text(name, { fontWeight: 'bold' })),
      ...rows.map((row) => row.map((cell) => text(cell))),
    ],
    {
      columns: planColumns.map((name) => ({ width: /_(?:en|zh)$/.test(name) ? 36 : 14 })),
      stickyRowsCount: 1,
      sheet: 'plan',
    },
  ).toBuffer();
  // Packed again with a fixed date: the same plan gives the same bytes.
  const packed: Zippable = unzipSync(new Uint8Array(made));
  return new Uint8Array(zipSync(packed, { level: 6, mtime: new Date(1980, 0, 1) }));
}

/** A cell that no spreadsheet runs as a formula; plain numbers, negative ones too, stay as they are. */
function csvCell(text: string): string {
  const safe = /^-?\d[\d.]*$/.test(text) ? text : toSafeCell(text);
  return /[",\r\n]|^\s|\s$/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export interface ReadPlanFile {
  /** Null as soon as there is one error. */
  readonly plan: Plan | null;
  readonly findings: readonly Finding[];
}

/** Reads a plan from CSV, XLSX or YAML and checks it against a workspace; every error with its row and column. */
export function readPlanFile(file: string, bytes: Uint8Array, workspace: Workspace): ReadPlanFile {
  const findings = new FindingList();
  const format = planFormat(file);
  if (format === null)
    findings.error(
      'file.wrong-name',
      { file },
      {
        what: 'the file is neither CSV nor XLSX nor YAML by its name',
        why: 'the end of its name says how it is read',
        mend: 'name it .csv, .xlsx or .yaml',
      },
    );
  else if (bytes.length > mostBytes)
    findings.error(
      'file.too-large',
      { file },
      {
        what: `the file has ${bytes.length} bytes`,
        why: `a plan of up to ${mostBytes} bytes is read`,
        mend: 'split the plan',
      },
    );
  else {
    const yaml =
      format === 'yaml' ? readYaml(file, bytes, findings) : tableTree(file, bytes, format, findings);
    const shaped = yaml === null ? null : readPlan(yaml, findings);
    if (shaped !== null) {
      checkPlan(shaped, knownOf(workspace), findings);
      if (!findings.hasErrors) return { plan: shaped.value, findings: findings.toArray() };
    }
  }
  return { plan: null, findings: findings.toArray() };
}

/** The same for rows that were typed in a form, numbered from 1 as they are given. */
export function readPlanRows(rows: readonly PlanRow[], workspace: Workspace): ReadPlanFile {
  const findings = new FindingList();
  const raw = [
    { line: 0, cells: [...planColumns] },
    ...rows.map((row, at) => ({ line: at + 1, cells: planColumns.map((column) => row[column] ?? '') })),
  ];
  const tree = planTree('form', raw, findings);
  const shaped = tree === null ? null : readPlan(tree, findings);
  if (shaped !== null) checkPlan(shaped, knownOf(workspace), findings);
  return { plan: shaped === null || findings.hasErrors ? null : shaped.value, findings: findings.toArray() };
}

function tableTree(
  file: string,
  bytes: Uint8Array,
  format: 'csv' | 'xlsx',
  findings: FindingList,
): YamlFile | null {
  if (format === 'xlsx') {
    let rows: readonly (readonly string[])[] | undefined;
    try {
      rows = readXlsx(bytes)[0]?.rows;
    } catch (error) {
      findings.error(
        'xlsx.unreadable',
        { file },
        {
          what: `the workbook cannot be read: ${error instanceof Error ? error.message : 'its parts are broken'}`,
          why: 'it may be cut off, protected by a password, or not a workbook',
          mend: 'save it again as .xlsx',
        },
      );
      return null;
    }
    return planTree(file, (rows ?? []).map(rawRow), findings);
  }
  // Spreadsheets need the mark to read Chinese: it is no fault here.
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = utf8Text(file, hasMark ? bytes.subarray(3) : bytes, findings);
  return text === null ? null : planTree(file, csvRows(file, text, findings), findings);
}

const rawRow = (cells: readonly string[], at: number): RawRow => ({
  line: at + 1,
  cells: cells.map(fromSafeCell),
});

function* csvRows(file: string, text: Uint8Array, findings: FindingList): Generator<RawRow> {
  for (const { line, cells } of csvRecords(file, text, findings))
    yield { line, cells: cells.map(fromSafeCell) };
}
