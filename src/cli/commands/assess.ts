import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  type Assessment,
  type Method,
  methods,
  type Result,
  assess as runMethod,
} from '../../assess/index.ts';
import { type Finding, findingText } from '../../model/index.ts';
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
  const made = runMethod(method, codebook.table, data.table, chosen, values.json === true);
  report(made.findings);
  const assessment = { ...made, findings: [...codebook.findings, ...data.findings, ...made.findings] };
  if (!assessment.ran) return exitCode.badInput;
  const text = values.json === true ? asJson(assessment) : asCsv(assessment.results);
  if (values.out === undefined) process.stdout.write(text);
  else {
    try {
      writeFileSync(values.out, text);
    } catch (error) {
      process.stderr.write(
        `modelcity assess: cannot write ${values.out}: ${error instanceof Error ? error.message : error}\n`,
      );
      return exitCode.badInput;
    }
  }
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
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}

function report(findings: readonly Finding[]): void {
  for (const finding of findings) process.stderr.write(`${findingText(finding)}\n`);
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

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return digits17(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** A double with 17 significant digits, enough to tell it from every other, without trailing zeros. */
function digits17(value: number): string {
  // Most cells: counts, ranks, ones and noughts.
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
  const text = value.toPrecision(17);
  const [mantissa = '', exponent] = text.split('e');
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return exponent === undefined ? short : `${short}e${exponent}`;
}

function asJson({ method, settings, results, findings }: Assessment): string {
  return `${JSON.stringify({ method, settings, results, findings }, null, 1)}\n`;
}

function help(): string {
  const list = [...methods.values()].map((method) => methodHelp(method)).join('\n');
  return `modelcity assess METHOD --codebook C.csv --data D.csv [--out R.csv] [--json] [--set NAME=VALUE]…

Judges indicators by a named method. Tables are CSV in UTF-8 with a header.
  codebook  indicator,goal,best,worst,green,red,direction,target,target_year,base_year,limit,weight,parent
            (those a method needs; see docs/assess.md)
  data      unit,group,indicator,period,value,status
  result    ${columns.join(',')}

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
