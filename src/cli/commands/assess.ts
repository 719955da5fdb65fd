import { parseArgs } from 'node:util';
import {
  type Assessment,
  type Method,
  methods,
  type Result,
  assess as runMethod,
  studyNames,
} from '../../assess/index.ts';
import { cell, put, report, splitPair } from '../assess-output.ts';
import { study, studyColumns } from '../assess-study.ts';
import type { Command } from '../command.ts';
import { readCsvTable } from '../csv-table.ts';
import { exitCode } from '../exit.ts';

/** `modelcity assess METHOD --codebook C.csv --data D.csv`: judges a long table by a named method. */
export const assess: Command = async (args) => {
  const options = readOptions(args);
  if (typeof options === 'string') {
    process.stderr.write(`modelcity assess: ${options}\n\n${help()}`);
    return exitCode.badInput;
  }
  const { values, positionals } = options;
  if (values.help === true) {
    process.stdout.write(help());
    return exitCode.done;
  }
  const [id, ...more] = positionals;
  const method = methods.get(id ?? '');
  if (method === undefined || more.length > 0) {
    process.stderr.write(
      `modelcity assess: ${id === undefined ? 'name a method' : method === undefined ? `there is no method '${id}'` : `one method at a time, not also '${more[0]}'`}. Methods: ${[...methods.keys()].join(', ')}\n`,
    );
    return exitCode.badInput;
  }
  if (values.codebook === undefined || values.data === undefined) {
    process.stderr.write('modelcity assess: name both tables: --codebook C.csv --data D.csv\n');
    return exitCode.badInput;
  }
  const [codebook, data] = [readCsvTable(values.codebook), readCsvTable(values.data)];
  report([...codebook.findings, ...data.findings]);
  if (codebook.table === null || data.table === null) return exitCode.badInput;
  const chosen = new Map((values.set ?? []).map((pair) => splitPair(pair)));
  if (values.study !== undefined) {
    if (method.id !== 'composite') {
      process.stderr.write(`modelcity assess: --study is for the method composite, not ${method.id}\n`);
      return exitCode.badInput;
    }
    const found = [...codebook.findings, ...data.findings];
    return study({ ...values, study: values.study }, codebook.table, data.table, chosen, found);
  }
  const made = runMethod(method, codebook.table, data.table, chosen, values.json === true);
  report(made.findings);
  const assessment = { ...made, findings: [...codebook.findings, ...data.findings, ...made.findings] };
  if (!assessment.ran) return exitCode.badInput;
  const text = values.json === true ? asJson(assessment) : asCsv(assessment.results);
  if (!put(text, values.out)) return exitCode.badInput;
  return assessment.findings.some(({ severity }) => severity === 'error') ? exitCode.findings : exitCode.done;
};

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        codebook: { type: 'string' },
        data: { type: 'string' },
        out: { type: 'string' },
        json: { type: 'boolean' },
        set: { type: 'string', multiple: true },
        study: { type: 'string' },
        vary: { type: 'string', multiple: true },
        against: { type: 'string', multiple: true },
        runs: { type: 'string' },
        seed: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const columns = [
  'level',
  'unit',
  'code',
  'period',
  'value',
  'score',
  'rank',
  'colour',
  'trend',
  'status',
  'coverage',
] as const satisfies readonly (keyof Result)[];

function asCsv(results: readonly Result[]): string {
  const lines = results.map((row) => columns.map((name) => cell(row[name])).join(','));
  return [columns.join(','), ...lines].map((line) => `${line}\n`).join('');
}

function asJson({ method, settings, results, findings }: Assessment): string {
  return `${JSON.stringify({ method, settings, results, findings }, null, 1)}\n`;
}

function help(): string {
  const list = [...methods.values()].map((method) => methodHelp(method)).join('\n');
  return `modelcity assess METHOD --codebook C.csv --data D.csv [--out R.csv] [--json] [--set NAME=VALUE]…
modelcity assess composite … --study NAME [--vary STAGE=A|B]… [--against NAME=VALUE]… [--runs N] [--seed N]

Judges indicators by a named method. Tables are CSV in UTF-8 with a header.
  codebook  indicator,goal,best,worst,green,red,direction,target,target_year,base_year,limit,weight,parent
            (those a method needs; see docs/assess.md)
  data      unit,group,indicator,period,value,status
  result    ${columns.join(',')}
  study     ${studyColumns.join(',')}; ${studyNames.join(', ')}

Methods:
${list}
Exit codes: 0 judged, 1 judged with errors found in the tables, 2 could not be judged.
`;
}

function methodHelp({ id, version, name, needs, options }: Method): string {
  const settings = options.map(
    ({ name: option, values, preset, tells }) =>
      `      --set ${option}=${values === 'number' ? 'NUMBER' : values.join('|')} (${preset}): ${tells}\n`,
  );
  const columnsNeeded =
    needs.length === 0 ? '' : `; needs ${needs.map((need) => need.replaceAll('|', ' or ')).join(', ')}`;
  return `  ${id} ${version}: ${name.en}${columnsNeeded}\n${settings.join('')}`;
}
