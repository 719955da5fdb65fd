import { warning } from '../fault.ts';
import type { Lowering } from './context.ts';
import { binary, type Cell, call, dt, type Ir, number, reads, slot, sum, zero } from './ir.ts';

/**
 * Non-negative stocks hold back what would empty them further (XMILE 1.0 §4.2): in one step no more leaves than is there
 * plus what comes in. The flow itself is held back, so its other end receives as much and mass is never made. Flows are
 * served in the order in which the stock lists them. What comes in counts only where it does not itself depend on what
 * goes out; in a loop of such stocks it is left for the next step.
 */
export function throttle(lowering: Lowering): void {
  const stocks = lowering.cells.filter((cell) => cell.kind === 'stock' && cell.nonNegative);
  if (stocks.length === 0) return;
  const ends = countEnds(lowering.cells);
  const limits = new Map<number, { above: Ir[]; below: Ir[] }>();
  const limitsOf = (flow: number) => {
    const known = limits.get(flow);
    if (known !== undefined) return known;
    const made = { above: [], below: [] };
    limits.set(flow, made);
    return made;
  };
  const dependence = new Dependence(lowering.cells);
  for (const stock of stocks) {
    own(lowering, stock, ends);
    const content = binary('/', slot(stock.slot), dt);
    const signed = stock.inflows.filter((flow) => lowering.cells[flow]?.nonNegative !== true);
    const share = signed.length > 1 ? binary('/', content, number(signed.length)) : content;
    for (const flow of signed)
      limitsOf(flow).below.push({ op: 'unary', sign: '-', arg: call('max', share, zero) });
    const counted = stock.inflows.filter(
      (flow) => !stock.outflows.some((out) => dependence.reaches(flow, out)),
    );
    const reserved = signed.filter((flow) => !counted.includes(flow)).map(() => share);
    const there = sum([content, ...counted.map(slot)]);
    const available = reserved.length === 0 ? there : binary('-', there, sum(reserved));
    stock.outflows.forEach((flow, i) => {
      const before = stock.outflows.slice(0, i);
      const taken = before.map((one) => call('max', slot(one), zero));
      const left = taken.length === 0 ? available : binary('-', available, sum(taken));
      limitsOf(flow).above.push(call('max', left, zero));
      dependence.add(flow, [...counted, ...before]);
    });
  }
  for (const [flow, { above, below }] of limits) {
    const cell = lowering.cells[flow];
    if (cell?.equation === undefined) continue;
    const raw = lowering.cell({
      kind: 'aux',
      name: `${cell.name} (wanted)`,
      variable: cell.variable,
      where: cell.where,
      hidden: true,
      units: cell.units,
      equation: cell.equation,
    });
    let value: Ir = slot(raw.slot);
    for (const limit of above) value = call('min', value, limit);
    for (const limit of below) value = call('max', value, limit);
    cell.equation = value;
  }
}

interface Ends {
  readonly sources: ReadonlyMap<number, number>;
  readonly sinks: ReadonlyMap<number, number>;
}

function countEnds(cells: readonly Cell[]): Ends {
  const sources = new Map<number, number>();
  const sinks = new Map<number, number>();
  for (const cell of cells) {
    for (const flow of cell.outflows) sources.set(flow, (sources.get(flow) ?? 0) + 1);
    for (const flow of cell.inflows) sinks.set(flow, (sinks.get(flow) ?? 0) + 1);
  }
  return { sources, sinks };
}

/**
 * XMILE gives a flow one source and one destination. Where a file lists one flow at several stocks, each non-negative
 * stock gets a share of its own that is held back apart, and the flow keeps its equation's value.
 */
function own(lowering: Lowering, stock: Cell, { sources, sinks }: Ends): void {
  const separate = (flow: number, ends: ReadonlyMap<number, number>): number => {
    const cell = lowering.cells[flow];
    if (cell === undefined || (ends.get(flow) ?? 0) < 2) return flow;
    lowering.warnings.push(
      warning({
        rule: 'xmile.flow',
        where: stock.where,
        what: `the flow '${cell.name}' is listed at several stocks; '${stock.name}' takes it as far as it can`,
        why: 'a flow has one source and one destination in XMILE',
        mend: 'use one flow for each stock',
      }),
    );
    return lowering.cell({
      kind: 'aux',
      name: `${cell.name} (at ${stock.name})`,
      variable: cell.variable,
      where: stock.where,
      hidden: true,
      units: cell.units,
      equation: slot(flow),
    }).slot;
  };
  stock.inflows = stock.inflows.map((flow) => separate(flow, sinks));
  stock.outflows = stock.outflows.map((flow) => separate(flow, sources));
}

/** Which cells depend on which within one step, growing as limits are added. */
class Dependence {
  readonly #cells: readonly Cell[];
  readonly #added = new Map<number, number[]>();

  constructor(cells: readonly Cell[]) {
    this.#cells = cells;
  }

  add(from: number, to: readonly number[]): void {
    this.#added.set(from, [...(this.#added.get(from) ?? []), ...to]);
  }

  /** Whether `from`, to be computed, needs `to`. */
  reaches(from: number, to: number): boolean {
    const seen = new Set<number>();
    const open = [from];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === to) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...reads(this.#cells[next]?.equation), ...(this.#added.get(next) ?? []));
    }
    return false;
  }
}
