import type { Compiled } from '../compile/compile.ts';
import { type KernelMaker, runner, type Table } from '../run/run.ts';
import { type BalanceReport, balance, difference } from './balance.ts';
import { checkUnits, type UnitReport } from './units.ts';

/** What is told with each run: whether mass is accounted for, units agree, and the step is small enough. */
export interface RunReport {
  readonly balance: BalanceReport;
  readonly units: UnitReport;
  /**
   * The variables whose values with RK4 and Euler lie furthest apart; undefined where the comparison would take long, or
   * means nothing: with random numbers, conveyors and queues.
   */
  readonly method: readonly { readonly column: string; readonly share: number }[] | undefined;
}

/** Beyond this many computed cells the second run of the comparison is left out. */
const mostWork = 50_000_000;

export function report(compiled: Compiled, table: Table, maker: KernelMaker): RunReport {
  const work = (compiled.order.step.length * (compiled.run.stop - compiled.run.start)) / compiled.run.dt;
  const random = compiled.cells.some((cell) => cell.kind === 'draw');
  const other = compiled.run.method === 'euler' ? 'rk4' : 'euler';
  const method =
    work > mostWork || random || compiled.devices.length > 0
      ? undefined
      : difference(table, runner(compiled, maker).run({ method: other }))
          .filter((one) => one.share > 0)
          .slice(0, 5);
  return { balance: balance(compiled, table), units: checkUnits(compiled), method };
}
