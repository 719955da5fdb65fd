import type { Finding } from '../model/index.ts';
import type { Method } from './method.ts';
import { missingColumn, readCodebook } from './read-codebook.ts';
import { readData } from './read-data.ts';
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

/** Runs a method over a codebook and a long data table. Nothing is thrown for bad input: it is told in findings. */
export function assess(
  method: Method,
  codebook: Table,
  data: Table,
  chosen: ReadonlyMap<string, string> = new Map(),
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
  const columns = columnIndex(codebook);
  for (const need of method.needs)
    if (!need.split('|').some((name) => hasColumn(columns, name)))
      findings.push(
        missingColumn(codebook, need.replaceAll('|', ' or '), `method ${method.id} cannot judge without it`),
      );
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
  });
  findings.push(...outcome.findings);
  return made(outcome.results, true);
}

function hasColumn(columns: ReadonlyMap<string, number>, name: string): boolean {
  return columns.has(name) || (name === 'goal' && columns.has('sdg'));
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
