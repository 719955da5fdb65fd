import type { Finding, Place } from '../model/index.ts';
import { type Observation, readStanding, startYear } from './observation.ts';
import { missingColumn } from './read-codebook.ts';
import {
  type Aliases,
  columnIndex,
  isBlank,
  plainNumber,
  readNumber,
  type Table,
  type TableRow,
} from './table.ts';

const required = {
  unit: 'a value belongs to a unit',
  indicator: 'a value belongs to an indicator',
  value: 'it holds the values',
} as const;

/** Names of the SDMX data model and of COINr. */
export const dataAliases: Aliases = {
  unit: ['ref_area', 'ucode'],
  period: ['time_period', 'year', 'time'],
  value: ['obs_value'],
  status: ['obs_status'],
  indicator: ['icode'],
};

/** The observations of a long table and what is wrong with it. What cannot be read is left out and told. */
export function readData(table: Table): { observations: Observation[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const columns = columnIndex(table, dataAliases);
  for (const [name, why] of Object.entries(required))
    if (!columns.has(name)) findings.push(missingColumn(table, name, why));
  if (findings.length > 0) return { observations: [], findings };

  const kept = new Map<string, Observation | null>();
  for (const row of table.rows) {
    const cell = (name: string): string => {
      const at = columns.get(name);
      return at === undefined ? '' : (row.cells[at] ?? '').trim();
    };
    const where = (column: string): Place => ({
      file: table.file,
      row: row.row,
      column: (columns.get(column) ?? 0) + 1,
    });
    const observation = readRow(row, cell, where, findings);
    if (observation === null) continue;
    const key = JSON.stringify([observation.unit, observation.indicator, observation.period]);
    const earlier = kept.get(key);
    if (earlier === undefined) {
      kept.set(key, observation);
      continue;
    }
    const same =
      earlier !== null && earlier.text === observation.text && earlier.standing === observation.standing;
    findings.push({
      rule: 'data.duplicate',
      severity: same ? 'warning' : 'error',
      where: where('value'),
      what: same
        ? `the same value of '${observation.indicator}' for '${observation.unit}' in '${observation.period}' stands twice; one is used`
        : `'${observation.indicator}' for '${observation.unit}' in '${observation.period}' has two values${earlier === null ? '' : ` (${earlier.text || 'none'} in row ${earlier.where.row}, ${observation.text || 'none'} here)`}; neither is used`,
      why: 'a unit has one value of an indicator in a period; which of two is right cannot be known',
      mend: 'delete the wrong row',
    });
    if (!same) kept.set(key, null);
  }
  return { observations: [...kept.values()].filter((one) => one !== null), findings };
}

function readRow(
  row: TableRow,
  cell: (name: string) => string,
  where: (column: string) => Place,
  findings: Finding[],
): Observation | null {
  const [unit, indicator] = [cell('unit'), cell('indicator')];
  if (unit === '' || indicator === '') {
    if (row.cells.every((text) => text.trim() === '')) return null;
    findings.push({
      rule: 'data.no-key',
      severity: 'error',
      where: where(unit === '' ? 'unit' : 'indicator'),
      what: `the row names no ${unit === '' ? 'unit' : 'indicator'}; it is left out`,
      why: 'a value that belongs to nothing cannot be judged',
      mend: 'fill the cell, or delete the row',
    });
    return null;
  }
  let standing = readStanding(cell('status'));
  if (standing === null) {
    findings.push({
      rule: 'data.unknown-status',
      severity: 'warning',
      where: where('status'),
      what: `'${cell('status').slice(0, 40)}' is no observation status that is known; the value is treated as provisional`,
      why: 'the column holds codes of the SDMX list CL_OBS_STATUS (A, P, E, F, I, M, …) or their words',
      mend: 'write the code that fits, or leave the cell empty for a normal value',
    });
    standing = 'provisional';
  }
  const raw = cell('value');
  const blank = isBlank(raw);
  const value = blank ? null : readNumber(raw);
  if (!blank && value === null) {
    findings.push({
      rule: 'data.not-a-number',
      severity: 'error',
      where: where('value'),
      what: `'${raw.slice(0, 40)}' is not a number; the value of '${indicator}' for '${unit}' is treated as missing`,
      why: 'the column holds decimal numbers with a point and without thousands separators',
      mend: 'write the number plainly, or leave the cell empty when there is none',
    });
  }
  const absent = standing === 'missing' || standing === 'not_applicable';
  if (absent && value !== null) {
    findings.push({
      rule: 'data.value-against-status',
      severity: 'error',
      where: where('value'),
      what: `the value ${raw.slice(0, 40)} stands beside a status that says there is none; it is not used`,
      why: 'a value is either there or missing',
      mend: 'correct the status or delete the value',
    });
  }
  const used = absent ? null : value;
  const period = cell('period');
  return {
    unit,
    group: cell('group') === '' ? null : cell('group'),
    indicator,
    period,
    year: startYear(period),
    value: used,
    text: used === null ? '' : plainNumber(raw),
    standing: used === null && !absent ? 'missing' : standing,
    where: where('value'),
  };
}
