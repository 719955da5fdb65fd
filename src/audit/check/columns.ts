import { compare, decimal, type Rational, rational, zero } from '../../model/index.ts';
import { type Cell, cellsOf } from '../read/cells.ts';
import type { Reading } from '../read/reading.ts';
import { type Block, placeIn } from '../text.ts';
import { emptyReport, type Report, shown } from './report.ts';
import { rounded, weigh } from './whole.ts';

/** Rows and columns of totals in tables: `Total 515` under 120, 185 and 200; 合计 beside its years. */
export function checkColumns(reading: Reading): Report {
  const report = emptyReport();
  for (const table of tablesOf(reading)) {
    const [head] = table;
    if (head === undefined || table.length > mostRows) continue;
    // Rows that are parts of other rows make no plain sum.
    if (table.some(({ cells }) => inner.test(cells[0]?.text ?? ''))) continue;
    downward(table, report);
    sideways(table, report);
  }
  return report;
}

const mostRows = 400;
const inner = /^[\s*]*(?:其中|of which|including|incl\.|thereof)/i;
const total = /^(?:(?:grand |sub-?)?totals?|sum|(?:全市|全区|全省|全县)?(?:合计|总计|共计|总数))(?![a-z])/i;
/** Columns that are no amounts: their total is no sum. */
const rated =
  /rate|ratio|average|mean|\bper\b|index|intensity|density|concentration|rank|growth|change|year|date|\bno\.?$|number of the|率|均|密度|指数|强度|浓度|排名|名次|增长|增幅|增速|年份|序号|编号/i;
const shared = /%|％|share|proportion|percent|占比|比重|比例/i;

interface Row {
  readonly block: Block;
  readonly cells: readonly Cell[];
}

function tablesOf(reading: Reading): Row[][] {
  const tables: Row[][] = [];
  let open: Row[] = [];
  const close = () => {
    if (open.length >= 3) tables.push(open);
    open = [];
  };
  for (const block of reading.blocks) {
    if (block.kind !== 'row') close();
    else if (!/^[|\s:–-]+$/.test(block.text)) {
      const cells = cellsOf(block.text);
      if (open.length > 0 && open[0]?.cells.length !== cells.length) close();
      open.push({ block, cells });
    }
  }
  close();
  return tables;
}

interface Amount {
  readonly value: Rational;
  readonly slack: Rational;
  readonly cell: Cell;
  readonly block: Block;
}

/** The number of a cell that holds nothing else than a number and at most a unit. */
function amountOf(row: Row, at: number): Amount | null {
  const cell = row.cells[at];
  const match =
    /^(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,8})?\s?(?:%|％|\p{Script=Han}{1,4}|[a-z²³/]{1,8})?$/iu.exec(
      cell?.text ?? '',
    );
  if (cell === undefined || match === null) return null;
  const [, whole = '', decimals = ''] = match;
  const value = decimal(`${whole.replaceAll(',', '')}${decimals}`);
  const slack = decimals === '' ? zero : rational(1n, 2n * 10n ** BigInt(decimals.length - 1));
  return { value, slack, cell, block: row.block };
}

function downward(table: readonly Row[], report: Report): void {
  const [head] = table;
  const at = table.findIndex(({ cells }, index) => index > 0 && isTotal(cells[0]));
  const sum = table[at];
  if (head === undefined || sum === undefined) return;
  if (table.filter(({ cells }) => isTotal(cells[0])).length > 1) return;
  const parts = at === 1 ? table.slice(2) : table.slice(1, at);
  if (parts.length < 2) return;
  for (let column = 1; column < head.cells.length; column += 1) {
    const name = head.cells[column]?.text ?? '';
    const whole = amountOf(sum, column);
    const amounts = parts.map((row) => amountOf(row, column));
    const told = amounts.filter((amount) => amount !== null);
    if (whole === null || told.length < amounts.length || rated.test(name)) continue;
    if (shared.test(name) && compare(whole.value, rational(100n)) !== 0) continue;
    judge(whole, told, report);
  }
}

/** A last column that is named the total of the columns before it. */
function sideways(table: readonly Row[], report: Report): void {
  const [head] = table;
  const last = (head?.cells.length ?? 0) - 1;
  if (head === undefined || last < 3 || !isTotal(head.cells[last])) return;
  if (head.cells.slice(1, last).some(({ text }) => rated.test(text.replace(/^(?:19|20)\d\d年?$/, ''))))
    return;
  for (const row of table.slice(1)) {
    if (rated.test(row.cells[0]?.text ?? '')) continue;
    const whole = amountOf(row, last);
    const amounts = row.cells.slice(1, last).map((_, at) => amountOf(row, at + 1));
    const told = amounts.filter((amount) => amount !== null);
    if (whole !== null && told.length === amounts.length) judge(whole, told, report);
  }
}

const isTotal = (cell: Cell | undefined): boolean =>
  cell !== undefined && cell.text.length < 30 && total.test(cell.text.replace(/\s(?=\p{Script=Han})/gu, ''));

function judge(whole: Amount, parts: readonly Amount[], report: Report): void {
  const { sum, holds, near } = weigh(
    parts.map(({ value, slack }) => rounded(value, slack)),
    rounded(whole.value, whole.slack),
  );
  const values = {
    parts: parts.map(({ cell }) => cell.text).join(' + '),
    sum: shown(sum, 6),
    whole: whole.cell.text,
  };
  const places = [placeIn(whole.block, whole.cell.start, whole.cell.start + whole.cell.text.length)];
  if (holds) report.checked.push({ rule: 'sum.parts', places, values });
  // Far away, or below its largest part, the number is no sum: a mean, a rate, another thing.
  else if (near && parts.every(({ value }) => compare(value, whole.value) <= 0))
    report.findings.push({ rule: 'sum.parts', places, values });
}
