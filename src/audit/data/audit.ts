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
    ...checkSeriesData(numbers, context),
    ...checkStatus(rows, context),
    ...checkCoverage(rows, context),
  ];
  return numbered(drafts);
}
