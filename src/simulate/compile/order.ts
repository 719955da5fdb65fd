import { refuse } from '../fault.ts';
import { clocked } from './closures.ts';
import { type Cell, type Ir, reads, visit } from './ir.ts';

/** In which order cells are computed. */
export interface Order {
  /** All cells, for setting a run up. */
  readonly initial: readonly number[];
  /** Those that change in a step. */
  readonly step: readonly number[];
  readonly constant: ReadonlySet<number>;
}

/** Sorts cells so that each comes after what it reads. A loop without a stock in it is refused, named link by link. */
export function orderCells(cells: readonly Cell[]): Order {
  const stepping = (cell: Cell) => cell.kind === 'aux' || cell.kind === 'flow' || cell.kind === 'draw';
  const now = sort(
    cells,
    (cell) => (stepping(cell) ? reads(cell.equation) : []),
    (loop) =>
      refuse({
        rule: 'xmile.loop',
        where: cells[loop[0] ?? 0]?.where ?? { file: '' },
        what: `a loop without a stock: ${names(cells, loop)}`,
        why: 'each of them needs the next one first, so none can be computed',
        mend: 'put a stock, a SMTH or a DELAY into the loop',
      }),
  );
  const initial = sort(
    cells,
    (cell) => reads(cell.initial ?? cell.equation, new Set(cell.lag === undefined ? [] : [cell.lag])),
    (loop) =>
      refuse({
        rule: 'xmile.loop',
        where: cells[loop[0] ?? 0]?.where ?? { file: '' },
        what: `a loop among initial values: ${names(cells, loop)}`,
        why: 'each of them needs the next one first at the start of the run',
        mend: 'give one of the stocks, or of the delays, an initial value of its own',
      }),
  );
  const constant = constants(cells, initial);
  return {
    initial,
    step: now.filter((slot) => {
      const cell = cells[slot];
      return cell !== undefined && stepping(cell) && !constant.has(slot);
    }),
    constant,
  };
}

/** Cells that keep their value through a run: literals, what is computed from them, and what is frozen at the start. */
function constants(cells: readonly Cell[], order: readonly number[]): Set<number> {
  const found = new Set<number>();
  for (const slot of order) {
    const cell = cells[slot];
    if (cell === undefined) continue;
    if (cell.kind === 'frozen') found.add(slot);
    else if (
      (cell.kind === 'aux' || cell.kind === 'flow') &&
      cell.initial === undefined &&
      cell.equation !== undefined
    ) {
      if (isConstant(cell.equation, found)) found.add(slot);
    }
  }
  return found;
}

function isConstant(ir: Ir, known: ReadonlySet<number>): boolean {
  let constant = true;
  visit(ir, (part) => {
    if (part.op === 'slot') constant &&= known.has(part.slot);
    else if (part.op === 'pick') constant &&= part.slots.every((slot) => known.has(slot));
    else if (part.op === 'device') constant = false;
    else if (part.op === 'clock') constant &&= part.which !== 'time';
    else if (part.op === 'call') constant &&= !clocked.has(part.name) && !part.name.startsWith('draw.');
  });
  return constant;
}

function names(cells: readonly Cell[], loop: readonly number[]): string {
  const visible = loop.filter((slot) => cells[slot]?.hidden !== true);
  const shown = (visible.length === 0 ? loop : visible).map((slot) => cells[slot]?.name ?? '?');
  const first = shown[0] ?? '';
  const links = shown.length > 12 ? [...shown.slice(0, 12), '…'] : shown;
  return [...links, first].join(' → ');
}

/** Depth-first, without recursion: a chain of a hundred thousand equations must not overflow the stack. */
function sort(
  cells: readonly Cell[],
  needs: (cell: Cell) => Iterable<number>,
  onLoop: (loop: number[]) => never,
): number[] {
  const done: number[] = [];
  const state = new Uint8Array(cells.length);
  for (const cell of cells) {
    if (state[cell.slot] !== 0) continue;
    const trail: { slot: number; rest: Iterator<number> }[] = [];
    const enter = (one: Cell) => {
      state[one.slot] = 1;
      trail.push({ slot: one.slot, rest: needs(one)[Symbol.iterator]() });
    };
    enter(cell);
    while (trail.length > 0) {
      const top = trail.at(-1);
      if (top === undefined) break;
      const next = top.rest.next();
      if (next.done === true) {
        state[top.slot] = 2;
        done.push(top.slot);
        trail.pop();
        continue;
      }
      const needed = cells[next.value];
      if (needed === undefined || state[needed.slot] === 2) continue;
      if (state[needed.slot] === 1) {
        const from = trail.findIndex((one) => one.slot === needed.slot);
        onLoop(trail.slice(from).map((one) => one.slot));
      }
      enter(needed);
    }
  }
  return done;
}
