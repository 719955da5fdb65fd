import { findingText } from '../model/index.ts';
import { type CompileOptions, cellKey, compileModel, compileXmile } from './compile/compile.ts';
import { closureKernel, generatedKernel, type RunOptions, runner, type Table } from './run/run.ts';
import { column } from './table.ts';

/** Small models for tests: the variables' XML inside a run from start to stop. */
export function xmile(
  variables: string,
  { start = 0, stop = 10, dt = 0.25, method = 'euler', before = '', after = '' } = {},
): string {
  return `<?xml version="1.0"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><name>test</name></header>
<sim_specs method="${method}"><start>${start}</start><stop>${stop}</stop><dt>${dt}</dt></sim_specs>
${before}<model><variables>
${variables}
</variables></model>${after}</xmile>`;
}

export function aux(name: string, equation: string): string {
  return `<aux name="${name}"><eqn>${escaped(equation)}</eqn></aux>`;
}

export function flow(name: string, equation: string): string {
  return `<flow name="${name}"><eqn>${escaped(equation)}</eqn></flow>`;
}

export function stock(name: string, initial: string, { into = '', out = '', more = '' } = {}): string {
  const list = (tag: string, names: string) =>
    names
      .split(' ')
      .filter((one) => one !== '')
      .map((one) => `<${tag}>${one}</${tag}>`)
      .join('');
  return `<stock name="${name}"><eqn>${escaped(initial)}</eqn>${list('inflow', into)}${list('outflow', out)}${more}</stock>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Runs on both back ends, which must agree bit for bit, and gives the table. */
export function runText(text: string, options: CompileOptions & RunOptions = {}): Table {
  return runModel(text, 'test.xmile', options);
}

/** The same for a file of any kind, which its name tells. */
export function runModel(text: string, file: string, options: CompileOptions & RunOptions = {}): Table {
  const outcome = compileModel(text, file, options);
  if (!outcome.ok) throw new Error(outcome.findings.map(findingText).join('\n'));
  const fast = runner(outcome.value, generatedKernel(outcome.value)).run(options);
  const slow = runner(outcome.value, closureKernel(outcome.value)).run(options);
  if (!fast.values.every((value, i) => Object.is(value, slow.values[i])))
    throw new Error('the two back ends differ');
  return fast;
}

/** One variable over time. */
export function series(table: Table, name: string): number[] {
  const found = column(table, name, cellKey);
  if (found === undefined) throw new Error(`no column ${name}; there are ${table.columns.join(', ')}`);
  return [...found];
}

export function lastOf(table: Table, name: string): number {
  return series(table, name).at(-1) ?? Number.NaN;
}

/** What a model is refused for. */
export function refusal(text: string, options: CompileOptions = {}) {
  const outcome = compileXmile(text, 'bad.xmile', options);
  if (outcome.ok) throw new Error('it was not refused');
  const [finding] = outcome.findings;
  if (finding === undefined) throw new Error('no finding');
  return finding;
}

/** The value of one expression at the start of a run. */
export function valueAt(expression: string, others = ''): number {
  return series(runText(xmile(`${aux('x', expression)}${others}`, { stop: 1 })), 'x')[0] ?? Number.NaN;
}
