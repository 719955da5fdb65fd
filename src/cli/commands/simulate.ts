import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Finding, findingText } from '../../model/index.ts';
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

const help = `modelcity simulate MODEL.xmile [options]

Runs a stock-flow model (XMILE 1.0) and writes CSV: Time, then every variable under its name, a row a save step.

  --set "name=value"   a value in place of a variable's equation; may be repeated; name[element] for one of an array
  --method METHOD      euler, rk2 or rk4 in place of the file's
  --dt STEP            a time step in place of the file's
  --runs N --seed S    N runs with seeds S, S+1, …; a column Run in front when N is above 1
  --out FILE.csv       write there instead of to standard output
  --document           write the model as a page of Markdown instead of running it
  --strict             refuse where a warning would be given, a unit mismatch among them
  --quiet              no warnings, and no account of units, mass and method

Exit codes: 0 done, 2 the model or the options are refused (with element, line and reason), 3 a fault in the program.
`;

/** Larger files are refused by the reader; nothing beyond this is taken into memory. */
const mostBytes = 9 * 1024 * 1024;

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
  return write(compiled, { runs, seed, out: values.out, quiet: values.quiet === true });
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

/** The file's text, or one byte more than is ever read, so that the reader refuses it. */
function readModel(file: string): string | undefined {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const pieces: Buffer[] = [];
    let length = 0;
    while (length <= mostBytes) {
      const piece = Buffer.alloc(256 * 1024);
      const count = readSync(handle, piece, 0, piece.length, null);
      if (count === 0) break;
      pieces.push(piece.subarray(0, count));
      length += count;
    }
    return decode(Buffer.concat(pieces));
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le');
  const declared = /^[^>]*encoding=["']([A-Za-z0-9._-]+)["']/
    .exec(bytes.toString('latin1', 0, 200))?.[1]
    ?.toLowerCase();
  const latin = declared === 'iso-8859-1' || declared === 'windows-1252' || declared === 'latin1';
  return new TextDecoder(latin ? 'windows-1252' : 'utf-8').decode(bytes);
}

function refused(findings: readonly Finding[]): number {
  tell(findings);
  return exitCode.badInput;
}

function tell(findings: readonly Finding[]): void {
  for (const finding of findings) process.stderr.write(`${findingText(finding)}\n`);
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

function writeAll(handle: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(handle, bytes, at);
    } catch (error) {
      // A pipe that is full takes the rest a moment later.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
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
