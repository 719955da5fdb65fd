import type { Finding } from '../../model/index.ts';
import { Faults, Refusal, refuse } from '../fault.ts';
import { readVensim } from '../vensim/read.ts';
import type { RunSpec, XmileDocument } from '../xmile/document.ts';
import { canonical } from '../xmile/name.ts';
import { readXmile } from '../xmile/read.ts';
import { checkRunSpec } from '../xmile/run-spec.ts';
import { buildScope } from './build.ts';
import { wireDevices } from './device.ts';
import type { Cell, CellSet, Program } from './ir.ts';
import { Lowerer } from './lower.ts';
import { type Order, orderCells } from './order.ts';
import { instantiate, suggestion } from './scope.ts';
import { shareWork } from './share.ts';
import { throttle } from './throttle.ts';

/** A model ready to run: its cells, visible ones first, and the order of computing them. */
export interface Compiled extends CellSet {
  readonly document: XmileDocument;
  readonly run: RunSpec;
  readonly order: Order;
  /** What a step computes, with work shared; the equations of `cells` stay as the file has them. */
  readonly program: Program;
  /** How many cells, from the first on, are printed. */
  readonly visible: number;
  readonly warnings: readonly Finding[];
}

export interface CompileOptions {
  /** Values by variable name, `name` or `name[element]`, in place of the equation. */
  readonly set?: ReadonlyMap<string, number>;
  readonly run?: Partial<Pick<RunSpec, 'dt' | 'method' | 'save' | 'start' | 'stop'>>;
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/**
 * Reads and compiles an XMILE file. What is not understood is refused with its element, line and reason.
 *
 * @param text the file's text; at most 8 MiB
 * @param file its name, for messages
 * @example
 * const outcome = compileXmile(text, 'teacup.xmile');
 * if (outcome.ok) console.log(run(outcome.value).columns);
 */
export function compileXmile(text: string, file: string, options: CompileOptions = {}): Outcome<Compiled> {
  try {
    return { ok: true, value: compileDocument(readXmile(text, file), options) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, findings: error.findings };
    throw error;
  }
}

/**
 * Compiles a model in any form that is read here: XMILE, or Vensim's text form (.mdl), which its name or its first mark
 * tells.
 */
export function compileModel(text: string, file: string, options: CompileOptions = {}): Outcome<Compiled> {
  const vensim = /\.mdl$/i.test(file) || /^\ufeff?\s*\{UTF-8\}/i.test(text.slice(0, 40));
  if (!vensim) return compileXmile(text, file, options);
  try {
    return { ok: true, value: compileDocument(readVensim(text, file), options) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, findings: error.findings };
    throw error;
  }
}

function compileDocument(document: XmileDocument, options: CompileOptions): Compiled {
  const where = { file: document.root.where.file };
  const run = withSave({ ...document.run, ...options.run }, options);
  checkRunSpec(run, { where });
  const scope = instantiate(document);
  const lowerer = new Lowerer({ ...document, run });
  lowerer.model = scope;
  const faults = new Faults();
  buildScope(lowerer, scope, faults);
  faults.settle();
  for (const work of lowerer.later) faults.attempt(work);
  faults.settle();
  const hidden = lowerer.cells.findIndex((cell) => cell.hidden);
  const visible = hidden < 0 ? lowerer.cells.length : hidden;
  applySet(lowerer.cells, options.set ?? new Map(), where.file);
  for (const { cell } of lowerer.holders) cell.nonNegative = false;
  throttle(lowerer);
  const devices = wireDevices(lowerer);
  for (const cell of lowerer.cells) Object.freeze(cell);
  const order = orderCells(lowerer.cells);
  return {
    document,
    run,
    cells: lowerer.cells,
    graphs: lowerer.graphs,
    devices,
    order,
    program: shareWork(lowerer.cells, order),
    visible,
    warnings: [...document.warnings, ...lowerer.warnings],
  };
}

/** A changed dt carries the save interval with it where the file saves every step. */
function withSave(run: RunSpec, { run: changed = {} }: CompileOptions): RunSpec {
  return changed.dt !== undefined && changed.save === undefined && run.save < changed.dt
    ? { ...run, save: changed.dt }
    : run;
}

function applySet(cells: readonly Cell[], set: ReadonlyMap<string, number>, file: string): void {
  for (const [name, value] of set) {
    const key = cellKey(name);
    const chosen = cells.filter(
      (cell) => !cell.hidden && (cellKey(cell.name) === key || cell.variable === key),
    );
    if (chosen.length === 0) {
      refuse({
        rule: 'simulate.set',
        where: { file },
        what: `nothing is named '${name}'`,
        why: 'a value is set for a variable of the model',
        mend: suggestion(
          key,
          cells.filter((cell) => !cell.hidden).map((cell) => cellKey(cell.name)),
          'correct the name',
        ),
      });
    }
    for (const cell of chosen) {
      if (cell.kind === 'stock') cell.initial = { op: 'number', value };
      else {
        cell.equation = { op: 'number', value };
        cell.initial = undefined;
      }
    }
  }
}

/** The key under which a cell's name is compared: without case, underscores for spaces, none after a comma. */
export function cellKey(name: string): string {
  return canonical(name).replace(/,_/g, ',');
}
