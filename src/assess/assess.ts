import type { Finding } from '../model/index.ts';
import type { Method } from './method.ts';
import { codebookAliases, missingColumn, readCodebook } from './read-codebook.ts';
import { dataAliases, readData } from './read-data.ts';
import type { Result } from './result.ts';
import { columnIndex, type Table } from './table.ts';

/** A run of a method over two tables. */
export interface Assessment {
  readonly method: { readonly id: string; readonly version: string; readonly source: string };
  readonly settings: Readonly<Record<string, string>>;
  readonly results: readonly Result[];
  readonly findings: readonly Finding[];
  /** Whether the tables could be judged at all. */
  readonly ran: boolean;
}

/**
 * Runs a method over a codebook and a long data table. Nothing is thrown for bad input: it is told in findings. Without
 * `reasoned` a method may leave out how each verdict came about.
 */
export function assess(
  method: Method,
  codebook: Table,
  data: Table,
  chosen: ReadonlyMap<string, string> = new Map(),
  reasoned = true,
): Assessment {
  const findings: Finding[] = [];
  const settings = readSettings(method, chosen, findings);
  const made = (results: readonly Result[], ran: boolean): Assessment => ({
    method: { id: method.id, version: method.version, source: method.source },
    settings: Object.fromEntries(settings),
    results,
    findings,
    ran,
  });
  const columns = columnIndex(codebook, codebookAliases);
  for (const need of method.needs)
    if (!need.split('|').some((name) => columns.has(name)))
      findings.push(
        missingColumn(codebook, need.replaceAll('|', ' or '), `method ${method.id} cannot judge without it`),
      );
  const dataColumns = columnIndex(data, dataAliases);
  for (const need of method.needsOfData ?? [])
    if (!dataColumns.has(need))
      findings.push(missingColumn(data, need, `method ${method.id} cannot judge without it`));
  findings.push(...repeatedColumns(codebook), ...repeatedColumns(data));
  const indicators = readCodebook(codebook);
  const observations = readData(data);
  const broken =
    findings.length > 0 ||
    hasRule(indicators.findings, 'column.missing') ||
    hasRule(observations.findings, 'column.missing');
  findings.push(...indicators.findings, ...observations.findings);
  if (broken) return made([], false);
  if (indicators.indicators.length === 0 || observations.observations.length === 0) {
    const empty = indicators.indicators.length === 0 ? codebook : data;
    findings.push({
      rule: 'table.empty',
      severity: 'error',
      where: { file: empty.file },
      what: 'the table has no row that can be used',
      why: 'there is nothing to judge',
      mend: 'hand in a table with at least one whole row',
    });
    return made([], false);
  }
  const outcome = method.run({
    indicators: indicators.indicators,
    observations: observations.observations,
    settings,
    reasoned,
  });
  findings.push(...outcome.findings);
  return made(onlyNumbers(outcome.results, codebook.file, findings), true);
}

/** A column that stands twice under one name: which of the two is meant cannot be known. */
function repeatedColumns(table: Table): Finding[] {
  const seen = new Map<string, number>();
  return table.columns.flatMap((column, at): Finding[] => {
    const name = column.trim().toLowerCase();
    const first = seen.get(name);
    seen.set(name, at + 1);
    if (first === undefined || name === '') return [];
    return [
      {
        rule: 'column.repeated',
        severity: 'error',
        where: { file: table.file, row: 1, column: at + 1 },
        what: `the column ${name} stands twice, as column ${first} and column ${at + 1}`,
        why: 'which of the two is meant cannot be known',
        mend: 'delete or rename one of them',
      },
    ];
  });
}

/** Results with every number that is none taken away and told: arithmetic beyond the range of doubles ends here. */
function onlyNumbers(results: readonly Result[], file: string, findings: Finding[]): readonly Result[] {
  const wrong = (value: number | null) => value !== null && !Number.isFinite(value);
  const held = (value: number | null) => (wrong(value) ? null : value);
  return results.map((one) => {
    if (![one.value, one.score, one.rank, one.coverage].some(wrong)) return one;
    findings.push({
      rule: 'result.out-of-range',
      severity: 'error',
      where: { file },
      what: `the result of '${one.code}' for '${one.unit}' goes beyond every number; it is left empty`,
      why: 'the arithmetic of the method does not hold for values so large or so small',
      mend: 'check the values and their units',
    });
    return {
      ...one,
      value: held(one.value),
      score: held(one.score),
      rank: held(one.rank),
      coverage: held(one.coverage),
    };
  });
}

function hasRule(findings: readonly Finding[], rule: string): boolean {
  return findings.some((finding) => finding.rule === rule);
}

function readSettings(
  method: Method,
  chosen: ReadonlyMap<string, string>,
  findings: Finding[],
): Map<string, string> {
  const settings = new Map(method.options.map(({ name, preset }) => [name, preset]));
  for (const [name, value] of chosen) {
    const option = method.options.find((one) => one.name === name);
    const known =
      option !== undefined &&
      (option.values === 'number' ? /^-?\d+(\.\d+)?$/.test(value) : option.values.includes(value));
    if (known) settings.set(name, value);
    else
      findings.push({
        rule: 'setting.unknown',
        severity: 'error',
        where: { file: `setting ${name}` },
        what:
          option === undefined
            ? `method ${method.id} has no setting '${name}'`
            : `'${value}' is not a value of setting '${name}'`,
        why: 'a setting that is not understood would be silently without effect',
        mend:
          option === undefined
            ? `settings: ${method.options.map((one) => one.name).join(', ') || 'none'}`
            : `values: ${option.values === 'number' ? 'a number' : option.values.join(', ')}`,
      });
  }
  return settings;
}
