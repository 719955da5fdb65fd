import { closeSync, openSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  type Compiled,
  type CompileOptions,
  checkUnits,
  compileModel,
  csvPieces,
  documentModel,
  firstNonFinite,
  generatedKernel,
  type Method,
  methods,
  type RunReport,
  readAnnotations,
  report,
  type Table,
  timeText,
  tryRun,
} from '../../simulate/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { readModel, refused, tell, writeAll } from '../simulate-output.ts';
import { ensembleTo, optimiseTo } from '../simulate-studies.ts';

const help = `modelcity simulate MODEL.xmile|MODEL.mdl [options]

Runs a stock-flow model (XMILE 1.0, or Vensim's .mdl) and writes CSV: Time, then every variable under its name, a row a
save step.

  --set "name=value"   a value in place of a variable's equation; may be repeated; name[element] for one of an array
  --method METHOD      euler, rk2, rk4 or rk45 in place of the file's
  --dt STEP            a time step in place of the file's
  --runs N --seed S    N runs with seeds S, S+1, …; a column Run in front when N is above 1
  --vary "name=A..B"   with --runs N: N runs by a Latin hypercube over all that varies, on all processors; writes
                       Variable,Time,P5,P25,P50,P75,P95. Also normal(m, s), triangular(a, m, b), lognormal(m, f)
  --keep "name"        with --vary: this variable only; may be repeated
  --optimise PLAN.json the mix of levers that meets the plan's targets at least cost, as JSON
  --out FILE.csv       write there instead of to standard output
  --document           write the model as a page of Markdown instead of running it
  --strict             refuse where a warning would be given, a unit mismatch among them
  --quiet              no warnings, and no account of units, mass and method

Exit codes: 0 done, 2 the model or the options are refused (with element, line and reason), 3 a fault in the program.
`;

export const simulate: Command = async (args) => {
  const parsed = readOptions(args);
  if (typeof parsed === 'string') {
    process.stderr.write(`modelcity simulate: ${parsed}\n`);
    return exitCode.badInput;
  }
  const { values, positionals } = parsed;
  const [file] = positionals;
  if (values.help === true || file === undefined) {
    (values.help === true ? process.stdout : process.stderr).write(help);
    return values.help === true ? exitCode.done : exitCode.badInput;
  }
  const options = compileOptions(values);
  const runs = wholeNumber(values.runs ?? '1', 1, 100_000);
  const seed = wholeNumber(values.seed ?? '1', 0, Number.MAX_SAFE_INTEGER);
  if (typeof options === 'string' || runs === undefined || seed === undefined) {
    const what = typeof options === 'string' ? options : '--runs is a number from 1 to 100000, --seed from 0';
    process.stderr.write(`modelcity simulate: ${what}\n`);
    return exitCode.badInput;
  }
  const text = readModel(file);
  if (text === undefined) {
    process.stderr.write(`modelcity simulate: ${file} cannot be read\n`);
    return exitCode.badInput;
  }
  const outcome = compileModel(text, file, options);
  if (!outcome.ok) return refused(outcome.findings);
  const compiled = outcome.value;
  const found =
    values.strict === true ? [...compiled.warnings, ...checkUnits(compiled).findings] : compiled.warnings;
  if (values.strict === true && found.length > 0) return refused(found);
  if (values.quiet !== true) tell(found);
  if (values.document === true) {
    writeAll(1, documentModel(compiled, readAnnotations(text, file)));
    return exitCode.done;
  }
  const out = values.out;
  if (values.optimise !== undefined)
    return optimiseTo(compiled, text, file, { plan: values.optimise, seed, out });
  if (values.vary !== undefined) {
    const { vary, keep } = values;
    return ensembleTo(compiled, { text, file, options, vary, keep, runs, seed, out });
  }
  return write(compiled, { runs, seed, out, quiet: values.quiet === true });
};

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        set: { type: 'string', multiple: true },
        method: { type: 'string' },
        dt: { type: 'string' },
        runs: { type: 'string' },
        seed: { type: 'string' },
        out: { type: 'string', short: 'o' },
        strict: { type: 'boolean' },
        quiet: { type: 'boolean' },
        document: { type: 'boolean' },
        vary: { type: 'string', multiple: true },
        keep: { type: 'string', multiple: true },
        optimise: { type: 'string' },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function compileOptions(values: {
  readonly set?: string[] | undefined;
  readonly method?: string | undefined;
  readonly dt?: string | undefined;
}): CompileOptions | string {
  const set = new Map<string, number>();
  for (const one of values.set ?? []) {
    const at = one.lastIndexOf('=');
    const value = Number(one.slice(at + 1));
    if (at < 1 || one.slice(at + 1).trim() === '' || Number.isNaN(value))
      return `--set takes name=number, not '${one}'`;
    set.set(one.slice(0, at).trim(), value);
  }
  let method: Method | undefined;
  if (values.method !== undefined) {
    const wanted = values.method.toLowerCase();
    method = methods.find((one) => one === wanted);
    if (method === undefined) return `--method is ${methods.join(', ')}, not '${values.method}'`;
  }
  const dt = values.dt === undefined ? undefined : Number(values.dt);
  if (dt !== undefined && !(dt > 0 && Number.isFinite(dt)))
    return `--dt is a number above 0, not '${values.dt}'`;
  return {
    set,
    run: { ...(method === undefined ? {} : { method }), ...(dt === undefined ? {} : { dt }) },
  };
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}

function write(
  compiled: Compiled,
  to: {
    readonly runs: number;
    readonly seed: number;
    readonly out: string | undefined;
    readonly quiet: boolean;
  },
): number {
  const maker = generatedKernel(compiled);
  let handle: number | undefined;
  try {
    for (let n = 0; n < to.runs; n++) {
      const outcome = tryRun(compiled, maker, { seed: to.seed + n });
      if (!outcome.ok) return refused(outcome.findings);
      handle ??= to.out === undefined ? 1 : openSync(to.out, 'w');
      if (!to.quiet && n === 0) {
        warnNonFinite(outcome.value);
        tellReport(report(compiled, outcome.value, maker));
      }
      for (const piece of csvPieces(outcome.value, to.runs > 1 ? n + 1 : undefined)) writeAll(handle, piece);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return exitCode.done;
    if (error instanceof Error && 'code' in error && to.out !== undefined) {
      process.stderr.write(`modelcity simulate: ${to.out} cannot be written: ${error.message}\n`);
      return exitCode.badInput;
    }
    throw error;
  } finally {
    if (handle !== undefined && handle !== 1) closeSync(handle);
  }
  return exitCode.done;
}

const mostUnitFindings = 10;

/** The run's account in a few lines on stderr: units, mass, and how much the method matters. */
function tellReport({ balance, units, method }: RunReport): void {
  tell(units.findings.slice(0, mostUnitFindings));
  const rest = units.findings.length - mostUnitFindings;
  if (rest > 0) process.stderr.write(`warning: and ${rest} more unit mismatches\n`);
  process.stderr.write(
    `note: units: ${units.checked} variables, ${units.findings.length} mismatches, ${units.undeclared.length} without units\n`,
  );
  const { worst, exact, stocks } = balance;
  if (worst !== undefined && exact) {
    process.stderr.write(
      `note: mass: ${stocks.length} stocks, greatest residual ${worst.residual.toExponential(1)} of throughput (${worst.stock})\n`,
    );
  }
  const [most] = method ?? [];
  if (most !== undefined) {
    process.stderr.write(
      `note: Euler against RK4: at most ${(most.share * 100).toPrecision(2)} % of the greatest value (${most.column})\n`,
    );
  }
}

function warnNonFinite(table: Table): void {
  const found = firstNonFinite(table);
  for (const { column, time } of found.slice(0, 5)) {
    process.stderr.write(`warning: '${column}' is no finite number at time ${timeText(time)}\n`);
  }
  if (found.length > 5) process.stderr.write(`warning: and ${found.length - 5} more variables\n`);
}
