import { closure } from '../compile/closures.ts';
import type { Compiled } from '../compile/compile.ts';
import { cellKey } from '../compile/compile.ts';
import { emitBody } from '../compile/emit.ts';
import { type Cell, type Ir, type Program, parts } from '../compile/ir.ts';
import { Refusal, refuse } from '../fault.ts';
import type { Method } from '../xmile/document.ts';
import { runLimits } from '../xmile/run-spec.ts';
import type { Device } from './device.ts';
import { devicesOf } from './devices.ts';
import { integrator } from './integrator.ts';
import type { Kernel } from './kernel.ts';
import { type Clock, type Runtime, runtime, table } from './runtime.ts';
import { Stream } from './stream.ts';

export interface Around {
  readonly stream: (place: number, seed: number | undefined) => Stream;
  readonly device: (stock: number) => Device;
}

/** Makes a kernel; the default export of an emitted module, given the runtime, is one. */
export type KernelMaker = (around: Around) => Kernel;

/** A kernel of closures: needs no code generation. */
export function closureKernel({ cells, graphs, order, program }: Compiled): KernelMaker {
  return (around) => {
    const surroundings = { ...around, tables: graphs.map((graph) => table(graph.kind, graph.xs, graph.ys)) };
    const prepare = (slots: readonly number[], choose: (cell: (typeof cells)[number]) => Ir | undefined) =>
      slots.flatMap((slot) => {
        const cell = cells[slot];
        const ir = cell === undefined ? undefined : choose(cell);
        if (cell === undefined || ir === undefined) return [];
        return [{ slot, draw: cell.kind === 'draw', value: closure(ir, surroundings, slot) }];
      });
    const initial = prepare(order.initial, (cell) => {
      const ir = cell.initial ?? cell.equation;
      return ir?.op === 'number' ? undefined : ir;
    });
    const assignments = (list: Program['step']): typeof initial =>
      list.map(({ slot, ir, once }) => ({ slot, draw: once, value: closure(ir, surroundings, slot) }));
    initial.push(...assignments(program.constants));
    const step = assignments(program.step);
    const stocks = cells.filter((cell) => cell.kind === 'stock');
    const rates = stocks.map((cell) =>
      cell.rate === undefined ? undefined : closure(cell.rate, surroundings, 0),
    );
    const memories = cells
      .filter((cell) => cell.kind === 'memory')
      .map((cell) => closure(cell.update ?? { op: 'number', value: 0 }, surroundings, 0));
    const assign = (list: typeof step) => (v: Float64Array, c: Clock) => {
      for (const { slot, draw, value } of list) if (!draw || c.full) v[slot] = value(v, c);
    };
    return {
      initial: assign(initial),
      step: assign(step),
      rates: (v, c, d) => {
        stocks.forEach((cell, k) => {
          let net = 0;
          for (const flow of cell.inflows) net += v[flow] ?? 0;
          for (const flow of cell.outflows) net -= v[flow] ?? 0;
          const rate = rates[k];
          d[k] = rate === undefined ? net : net + rate(v, c);
        });
      },
      memories: (v, c, d) => {
        memories.forEach((memory, k) => {
          d[k] = memory(v, c);
        });
      },
    };
  };
}

/**
 * A kernel of generated source, 10 times faster than closures. Only where code may be made at run time (Node, workers
 * without a strict policy); a page imports the module that emitModule writes instead.
 */
export function generatedKernel(compiled: Compiled): KernelMaker {
  const make: (rt: Runtime) => KernelMaker = Object(new Function('rt', emitBody(compiled, compiled.order)));
  return make(runtime);
}

/** The rows of one run: `values[row * width + column]`. */
export interface Table {
  readonly columns: readonly string[];
  readonly times: Float64Array;
  readonly width: number;
  readonly values: Float64Array;
}

export interface RunOptions {
  readonly seed?: number;
  /** Values of literals, by slot (see literalSlots). */
  readonly values?: ReadonlyMap<number, number>;
  readonly method?: Method;
}

/** A model with its kernel and its buffers, to be run many times. */
export interface Runner {
  readonly compiled: Compiled;
  readonly run: (options?: RunOptions) => Table;
}

export function runner(compiled: Compiled, maker: KernelMaker = closureKernel(compiled)): Runner {
  const work = checkSize(compiled);
  const { cells, run } = compiled;
  const streams = new Map<number, Stream>();
  let runSeed = 1;
  const devices = devicesOf(compiled.devices);
  const kernel = maker({
    device: (stock) => devices.at(stock),
    stream: (place, seed) => {
      const known = streams.get(place);
      if (known !== undefined) return known;
      const made = seed === undefined ? new Stream(runSeed, place) : new Stream(seed, 0);
      streams.set(place, made);
      return made;
    },
  });
  const base = literals(compiled);
  const v = new Float64Array(compiled.program.slots);
  const delays = cells.filter((cell) => cell.kind === 'pipeline');
  const stocks = Int32Array.from(cells.flatMap((cell) => (cell.kind === 'stock' ? [cell.slot] : [])));
  const memories = Int32Array.from(cells.flatMap((cell) => (cell.kind === 'memory' ? [cell.slot] : [])));
  const columns = cells.slice(0, compiled.visible).map((cell) => cell.name);
  const { steps, every, rows } = schedule(compiled);
  const advance = integrator(kernel, stocks, Math.floor(runLimits.adaptive / Math.max(50, work)));
  const next = new Float64Array(Math.max(stocks.length, memories.length));

  return {
    compiled,
    run: ({ seed = 1, values, method = run.method } = {}) => {
      runSeed = seed;
      streams.clear();
      for (const device of devices.all) device.reset();
      v.set(base);
      if (values !== undefined) for (const [slot, value] of values) v[slot] = value;
      const c: Clock = {
        time: run.start,
        base: run.start,
        dt: run.dt,
        start: run.start,
        stop: run.stop,
        full: true,
      };
      kernel.initial(v, c, next);
      const lines = pipelines(delays, v, steps);
      // What was drawn while the run was set up stands for its first step too.
      c.full = false;
      kernel.step(v, c, next);
      c.full = true;
      const width = columns.length;
      const out = new Float64Array(rows * width);
      const times = new Float64Array(rows);
      const shown = v.subarray(0, width);
      let row = 0;
      for (let n = 0; ; n++) {
        if (n % every === 0) {
          out.set(shown, row * width);
          times[row++] = c.time;
        }
        if (n === steps) break;
        if (memories.length > 0) kernel.memories(v, c, next);
        for (const line of lines) line.push(v);
        for (const device of devices.all) device.commit(v, c);
        advance(v, c, method);
        for (let k = 0; k < memories.length; k++) v[memories[k] ?? 0] = next[k] ?? 0;
        for (const line of lines) line.pull(v);
        c.time = run.start + (n + 1) * run.dt;
        c.base = c.time;
        c.full = true;
        kernel.step(v, c, next);
      }
      return { columns, times, width, values: out };
    },
  };
}

/** Values written in the file, laid into the state before each run. */
function literals({ cells }: Compiled): Float64Array {
  const base = new Float64Array(cells.length);
  for (const cell of cells) {
    const source = cell.initial ?? cell.equation;
    if (source?.op === 'number') base[cell.slot] = source.value;
  }
  return base;
}

/** Names (as cellKey gives them) of what a run may set without compiling again: constants and stocks given as a number. */
export function literalSlots({ cells, visible }: Compiled): Map<string, number> {
  return new Map(
    cells
      .slice(0, visible)
      .filter((cell) => (cell.initial ?? cell.equation)?.op === 'number')
      .map((cell) => [cellKey(cell.name), cell.slot]),
  );
}

function schedule({ run }: Compiled): { steps: number; every: number; rows: number } {
  const exact = (run.stop - run.start) / run.dt;
  const near = Math.round(exact);
  const steps = Math.abs(exact - near) <= 1e-6 * Math.max(1, near) ? near : Math.floor(exact);
  const every = Math.max(1, Math.round(run.save / run.dt));
  return { steps, every, rows: Math.floor(steps / every) + 1 };
}

/** Refuses a run whose result or whose work would be beyond bounds, before taking memory. */
function checkSize(compiled: Compiled): number {
  const { rows, steps } = schedule(compiled);
  const where = { file: compiled.document.root.where.file };
  const values = rows * compiled.visible;
  if (values > runLimits.values) {
    refuse({
      rule: 'simulate.size',
      where,
      what: `${values.toLocaleString('en')} values to keep`,
      why: `at most ${runLimits.values.toLocaleString('en')} are kept`,
      mend: 'save less often, or use a larger dt',
    });
  }
  let work = 0;
  for (const slot of compiled.order.step) work += weigh(compiled.cells[slot]?.equation);
  if (work * steps * (compiled.run.method === 'euler' ? 1 : 4) > runLimits.evaluations) {
    refuse({
      rule: 'simulate.size',
      where,
      what: `${steps.toLocaleString('en')} steps of ${work.toLocaleString('en')} operations`,
      why: 'the run would not end in bounded time',
      mend: 'use a larger dt or a shorter run',
    });
  }
  return work;
}

function weigh(ir: Ir | undefined): number {
  if (ir === undefined) return 0;
  let weight = 1;
  for (const part of parts(ir)) weight += weigh(part);
  return weight;
}

interface Line {
  readonly push: (v: Float64Array) => void;
  readonly pull: (v: Float64Array) => void;
}

/** Rings of past values for delays of whole steps; a delay longer than the run needs none. */
function pipelines(delays: readonly Cell[], v: Float64Array, steps: number): Line[] {
  return delays.flatMap((cell) => {
    if (cell.update === undefined) return [];
    const lag = Math.max(1, v[cell.lag ?? -1] ?? 1);
    if (!(lag <= steps)) return [];
    const ring = new Float64Array(lag).fill(v[cell.slot] ?? 0);
    const { slot, update } = cell;
    let at = 0;
    return [
      {
        push: (state: Float64Array) => {
          ring[at] =
            update.op === 'slot'
              ? (state[update.slot] ?? 0)
              : update.op === 'number'
                ? update.value
                : clockOf(update);
          at = (at + 1) % lag;
        },
        pull: (state: Float64Array) => {
          state[slot] = ring[at] ?? 0;
        },
      },
    ];
  });
}

function clockOf(ir: Ir): never {
  throw new Error(`a delay of ${ir.op} needs a cell of its own`);
}

/** Runs once, or tells why not. */
export function tryRun(compiled: Compiled, maker: KernelMaker, options: RunOptions = {}) {
  try {
    return { ok: true as const, value: runner(compiled, maker).run(options) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false as const, findings: error.findings };
    throw error;
  }
}
