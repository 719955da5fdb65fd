import type { Finding, Place } from '../model/index.ts';
import { type Indicator, readComparator, readDirection } from './indicator.ts';
import {
  type Aliases,
  columnIndex,
  isBlank,
  plainNumber,
  readNumber,
  type Table,
  type TableRow,
} from './table.ts';

/** Other names under which codebooks of the field carry the same column. */
export const codebookAliases: Aliases = {
  indicator: ['icode', 'code', 'series'],
  goal: ['sdg'],
  best: ['optimum'],
  worst: ['lower_bound'],
  target_year: ['targetyear'],
  base_year: ['baseyear'],
};

type Cells = (name: string) => string;

/** The indicators of a codebook table and what is wrong with it. A row with a fault in one cell is kept without that cell. */
export function readCodebook(table: Table): { indicators: Indicator[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const columns = columnIndex(table, codebookAliases);
  const at = (name: string) => columns.get(name);
  if (at('indicator') === undefined) {
    findings.push(missingColumn(table, 'indicator', 'every row of a codebook is named by its indicator'));
    return { indicators: [], findings };
  }
  const seen = new Map<string, number>();
  const indicators: Indicator[] = [];
  for (const row of table.rows) {
    const cell: Cells = (name) => {
      const position = at(name);
      return position === undefined ? '' : (row.cells[position] ?? '').trim();
    };
    const code = cell('indicator');
    if (code === '') {
      if (row.cells.some((text) => text.trim() !== ''))
        findings.push({
          rule: 'codebook.no-code',
          severity: 'error',
          where: place(table, row, 'indicator'),
          what: 'the row names no indicator',
          why: 'values are joined to the codebook by the code of their indicator',
          mend: 'write the code, or delete the row',
        });
      continue;
    }
    const first = seen.get(code);
    if (first !== undefined) {
      findings.push({
        rule: 'codebook.duplicate',
        severity: 'error',
        where: place(table, row, 'indicator'),
        what: `indicator '${code}' already stands in row ${first}; this row is left out`,
        why: 'an indicator has one definition',
        mend: 'keep one of the two rows',
      });
      continue;
    }
    seen.set(code, row.row);
    indicators.push(readRow(table, row, code, cell, findings));
  }
  return { indicators, findings };
}

function readRow(table: Table, row: TableRow, code: string, cell: Cells, findings: Finding[]): Indicator {
  const number = (name: string): number | null => {
    const text = cell(name);
    if (isBlank(text)) return null;
    const value = readNumber(text);
    if (value === null)
      findings.push({
        rule: 'codebook.not-a-number',
        severity: 'error',
        where: place(table, row, name),
        what: `'${text.slice(0, 40)}' in column ${name} of indicator '${code}' is not a number`,
        why: 'the column holds decimal numbers with a point and without thousands separators',
        mend: 'write the number plainly, or leave the cell empty',
      });
    return value;
  };
  const word = (name: string): string | null => (cell(name) === '' ? null : cell(name));
  const directionWord = cell('direction');
  const direction = directionWord === '' ? null : readDirection(directionWord);
  if (directionWord !== '' && direction === null)
    findings.push({
      rule: 'codebook.unknown-direction',
      severity: 'error',
      where: place(table, row, 'direction'),
      what: `'${directionWord.slice(0, 40)}' is no direction that is known (indicator '${code}')`,
      why: 'without a direction it is not known whether a rise is good or bad',
      mend: "write 'ascending' (more is better), 'descending' (less is better) or 'parity', or 1, -1",
    });
  const targetText = isBlank(cell('target')) ? '' : plainNumber(cell('target'));
  return {
    code,
    goal: word('goal'),
    parent: word('parent'),
    best: number('best'),
    worst: number('worst'),
    green: number('green'),
    yellow: number('yellow'),
    red: number('red'),
    direction,
    comparator: readComparator(cell('comparator')) ?? readComparator(directionWord),
    target: number('target'),
    targetText,
    targetYear: number('target_year'),
    baseYear: number('base_year'),
    limit: number('limit'),
    weight: number('weight'),
    denominator: word('denominator'),
    treat: word('treat'),
    normalise: word('normalise'),
    importance: number('importance'),
    unknownDirection: directionWord !== '' && direction === null ? directionWord : null,
    where: { file: table.file, row: row.row },
  };
}

function place(table: Table, row: TableRow, column: string): Place {
  const at = columnIndex(table, codebookAliases).get(column);
  return { file: table.file, row: row.row, column: at === undefined ? column : at + 1 };
}

/** The finding of a table that lacks a column; `why` says what the column is for. */
export function missingColumn(table: Pick<Table, 'file' | 'columns'>, name: string, why: string): Finding {
  return {
    rule: 'column.missing',
    severity: 'error',
    where: { file: table.file, row: 1 },
    what: `column ${name} is missing; there are: ${table.columns.join(', ').slice(0, 300)}`,
    why,
    mend: `add a column ${name}`,
  };
}
