import type { Compiled } from '../compile/compile.ts';
import type { Table } from '../run/run.ts';

/** How well a stock's change is accounted for by its flows over a run. */
export interface StockBalance {
  readonly stock: string;
  readonly start: number;
  readonly end: number;
  /** Sums over the run of inflow and outflow, as Euler's method added them. */
  readonly inflow: number;
  readonly outflow: number;
  /** |end − start − inflow + outflow| over the greater of throughput and content. */
  readonly residual: number;
}

export interface BalanceReport {
  readonly stocks: readonly StockBalance[];
  readonly worst: StockBalance | undefined;
  /** False where rows are further apart than steps, or another method ran: flows between rows are then not in the table. */
  readonly exact: boolean;
}

/** Sums each stock's flows over the rows of a run and compares with its change (XMILE 1.0 §3.1). */
export function balance(compiled: Compiled, table: Table): BalanceReport {
  const { cells, run, visible } = compiled;
  const rows = table.times.length;
  const step = rows > 1 ? (table.times[1] ?? 0) - (table.times[0] ?? 0) : run.dt;
  const at = (row: number, slot: number) => table.values[row * table.width + slot] ?? Number.NaN;
  const stocks = cells.slice(0, visible).flatMap((cell) => {
    const flows = [...cell.inflows, ...cell.outflows];
    if (cell.kind !== 'stock' || flows.length === 0 || flows.some((slot) => slot >= visible)) return [];
    let inflow = 0;
    let outflow = 0;
    let throughput = 0;
    for (let row = 0; row < rows - 1; row++) {
      for (const slot of cell.inflows) inflow += at(row, slot) * step;
      for (const slot of cell.outflows) outflow += at(row, slot) * step;
      for (const slot of flows) throughput += Math.abs(at(row, slot)) * step;
    }
    const start = at(0, cell.slot);
    const end = at(rows - 1, cell.slot);
    const size = Math.max(throughput, Math.abs(start), Math.abs(end), Number.MIN_VALUE);
    return [
      {
        stock: cell.name,
        start,
        end,
        inflow,
        outflow,
        residual: Math.abs(end - start - inflow + outflow) / size,
      },
    ];
  });
  const worst = stocks.reduce<StockBalance | undefined>(
    (found, one) => (found === undefined || one.residual > found.residual ? one : found),
    undefined,
  );
  return { stocks, worst, exact: run.method === 'euler' && Math.abs(step - run.dt) < 1e-9 * run.dt };
}

/** How far two runs of one model lie apart, by variable: the greatest difference over the greatest value. */
export function difference(left: Table, right: Table): { readonly column: string; readonly share: number }[] {
  return left.columns
    .map((column, index) => {
      let most = 0;
      let size = 0;
      for (let row = 0; row < Math.min(left.times.length, right.times.length); row++) {
        const a = left.values[row * left.width + index] ?? Number.NaN;
        const b = right.values[row * right.width + index] ?? Number.NaN;
        if (!Number.isFinite(a) || !Number.isFinite(b)) continue;
        most = Math.max(most, Math.abs(a - b));
        size = Math.max(size, Math.abs(a), Math.abs(b));
      }
      // What is nought but for rounding has no size to compare with.
      return { column, share: size < 1e-12 ? 0 : most / size };
    })
    .sort((a, b) => b.share - a.share);
}
