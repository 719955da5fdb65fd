import { refuse } from '../fault.ts';
import { type Clock, table } from '../run/runtime.ts';
import { Stream } from '../run/stream.ts';
import { closure } from './closures.ts';
import { type Context, type Lowering, placeIn } from './context.ts';
import { type Ir, reads } from './ir.ts';

/** What an expression is worth at the start of a run, for what must be known while the model is compiled. */
export function startValue(lowering: Lowering, ir: Ir, context: Context): number {
  const { run } = lowering.document;
  const clock: Clock = {
    time: run.start,
    base: run.start,
    dt: run.dt,
    start: run.start,
    stop: run.stop,
    full: true,
  };
  const around = {
    tables: lowering.graphs.map((graph) => table(graph.kind, graph.xs, graph.ys)),
    stream: (place: number, seed: number | undefined) => new Stream(seed ?? 1, place),
    device: () =>
      refuse({
        rule: 'xmile.function',
        where: placeIn(context.equation, 0),
        what: `the order of a delay in '${context.name}' depends on a conveyor or queue`,
        why: 'it is read at the start, before anything moves',
        mend: 'give the order as a number',
      }),
  };
  const v = new Float64Array(lowering.cells.length).fill(Number.NaN);
  const done = new Set<number>();
  const open = new Set<number>();
  const settle = (one: Ir): number => {
    for (const slot of reads(one)) {
      if (done.has(slot)) continue;
      const cell = lowering.cells[slot];
      const source = cell?.initial ?? cell?.equation;
      if (cell === undefined || source === undefined || cell.kind === 'draw' || open.has(slot)) {
        return refuse({
          rule: 'xmile.function',
          where: placeIn(context.equation, 0),
          what: `the order of a delay in '${context.name}' is not known at the start`,
          why: `it depends on '${cell?.name ?? 'something'}', which is random or not yet defined`,
          mend: 'give the order as a number',
        });
      }
      open.add(slot);
      v[slot] = settle(source);
      open.delete(slot);
      done.add(slot);
    }
    return closure(one, around, 0)(v, clock);
  };
  return settle(ir);
}
