import { type AuditFinding, type Draft, numbered } from '../finding.ts';
import { checkCells, checkDuplicates } from './cell.ts';
import { checkCoverage, checkStatus } from './coverage.ts';
import { type DataContext, type DataRow, isMissing, numberRows } from './row.ts';
import { checkSeriesData } from './series.ts';
import { checkSums } from './sum.ts';

/**
 * Everything that is wrong with rows of data before they are published. Pure and deterministic: the order of the rows
 * does not matter beyond which of two equal rows is called the first. A row that is impossible by itself takes no part in
 * sums and series, so that one slip is told once.
 *
 * @example
 * auditData([{ indicator: 'forest', area: 'city', period: '20205', breakdown: {}, value: '19.4', unit: '%', status: 'A',
 *   file: 'observations/forest.csv', row: 7 }], {}) // one contradiction: 20205 is no year
 */
export function auditData(rows: readonly DataRow[], context: DataContext): readonly AuditFinding[] {
  const cells = checkCells(rows, context);
  const bad = new Set(
    cells
      .filter(({ rule }) => rule !== 'data.empty')
      .flatMap(({ places }) => places.map(({ file, line }) => `${file}:${line}`)),
  );
  const sound = rows.filter((row) => !bad.has(`${row.file}:${row.row}`));
  const numbers = numberRows(sound).filter((row) => !isMissing(row));
  const drafts: Draft[] = [
    ...cells,
    ...checkDuplicates(rows),
    ...checkSums(numbers, context),
    ...checkSeriesData(numbers, context, sound.filter(isMissing)).filter(
      (draft) => !isEcho(draft, rows, bad),
    ),
    ...checkStatus(rows, context),
    ...checkCoverage(respelled(rows, cells), context),
  ];
  return numbered(drafts);
}

/** A hole where a row stands that is wrong by itself: its slip is told already. */
function isEcho({ rule, values }: Draft, rows: readonly DataRow[], bad: ReadonlySet<string>): boolean {
  if (rule !== 'data.hole') return false;
  const lost = (values.years ?? '').split(', ');
  const wrong = rows.filter(
    ({ file, row, indicator, period }) =>
      bad.has(`${file}:${row}`) &&
      (values.series ?? '').endsWith(` ${indicator}`) &&
      // A wrong value of another year explains nothing: only a row of a lost year, or of a year that cannot be read.
      (lost.includes(period) || !/^\d{4}$/.test(period)),
  );
  return wrong.length >= lost.length;
}

/** The rows with misspelt areas put right where the area that is meant is known. */
function respelled(rows: readonly DataRow[], cells: readonly Draft[]): readonly DataRow[] {
  const meant = new Map(
    cells.flatMap(({ rule, places: [at], values }): [string, string][] =>
      rule === 'data.area' && at !== undefined && values.likely !== undefined && values.likely !== '@none'
        ? [[`${at.file}:${at.line}`, values.likely]]
        : [],
    ),
  );
  return meant.size === 0
    ? rows
    : rows.map((row) => ({ ...row, area: meant.get(`${row.file}:${row.row}`) ?? row.area }));
}
