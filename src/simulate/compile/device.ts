import { refuse, warning } from '../fault.ts';
import type { BeltSpec, DeviceSpec, Figure, QueueSpec } from '../run/device.ts';
import type { BeltDeclaration, LeakDeclaration } from '../xmile/belt.ts';
import type { Equation } from '../xmile/document.ts';
import type { Context, Lowering } from './context.ts';
import { type Cell, call, type Ir, slot, zero } from './ir.ts';
import type { Scope, Variable } from './scope.ts';
import { find, splitPath } from './scope.ts';

/** A conveyor or queue whose stock is built; its flows are wired when all variables are there. */
export interface Holder {
  readonly cell: Cell;
  readonly belt: { readonly declaration: BeltDeclaration; readonly slots: BeltSlots } | undefined;
}

type BeltSlots = Pick<BeltSpec, 'length' | 'capacity' | 'inLimit' | 'sample' | 'arrest'>;

/** A leak: the cell of its share and its place on the conveyor. */
export interface Leak {
  readonly fraction: number;
  readonly declaration: LeakDeclaration;
}

/** Cells for the expressions that rule one conveyor, in the context of its stock's element. */
export function beltSlots(lowering: Lowering, declaration: BeltDeclaration, context: Context): BeltSlots {
  const cellOf = (equation: Equation | undefined, role: string): number =>
    equation === undefined
      ? -1
      : lowering.hidden(context, 'aux', role, { equation: lowering.equation({ ...context, equation }) }).slot;
  return {
    length: cellOf(declaration.length, 'transit time'),
    capacity: cellOf(declaration.capacity, 'capacity'),
    inLimit: cellOf(declaration.inLimit, 'inflow limit'),
    sample: cellOf(declaration.sample, 'sample'),
    arrest: cellOf(declaration.arrest, 'arrest'),
  };
}

/** The variables of a scope whose value a conveyor or queue gives: its outflows need no equation. */
export function drivenBy(scope: Scope): Set<Variable> {
  const driven = new Set<Variable>();
  for (const { declaration } of scope.variables.values()) {
    if (declaration.holder === undefined) continue;
    for (const flow of declaration.outflows) {
      const variable = find(splitPath(flow.text).path, scope);
      if (variable !== undefined) driven.add(variable);
    }
  }
  return driven;
}

/**
 * Gives the flows of conveyors and queues their values: exits and leaks come from the device, inflows are what the device
 * admits of their equations. They are computed once a step and held through the inner evaluations of Runge–Kutta.
 */
export function wireDevices(lowering: Lowering): DeviceSpec[] {
  const { holders, cells } = lowering;
  if (holders.length === 0) return [];
  const ends = endsOf(cells);
  const byStock = new Map(holders.map((one) => [one.cell.slot, one]));
  const specs = holders.map((holder) =>
    holder.belt === undefined
      ? queueSpec(lowering, holder.cell, byStock, ends)
      : beltSpec(lowering, holder.cell, holder.belt, byStock, ends),
  );
  const bySlot = new Map(specs.map((spec) => [spec.stock, spec]));
  for (const spec of specs) {
    const cell = cells[spec.stock];
    if (cell === undefined) continue;
    if (spec.kind === 'queue') wireQueue(lowering, spec, cell, bySlot);
    else wireBelt(lowering, spec, cell, bySlot);
  }
  for (const { stock, needs } of lowering.figures) {
    const spec = bySlot.get(stock);
    needs.push(...(spec?.kind === 'belt' ? beltNeeds(spec, bySlot) : [stock]));
  }
  if (lowering.document.run.method !== 'euler') {
    lowering.warnings.push(
      warning({
        rule: 'xmile.method',
        where: holders[0]?.cell.where ?? { file: '' },
        what: `conveyors and queues in a run by ${lowering.document.run.method}`,
        why: 'their content moves once a step, so that their flows are held through the step',
        mend: 'use Euler with a small dt',
      }),
    );
  }
  return specs;
}

interface Ends {
  /** By flow: the stock that it leaves, and the one that it enters. */
  readonly source: ReadonlyMap<number, number>;
  readonly sink: ReadonlyMap<number, number>;
}

function endsOf(cells: readonly Cell[]): Ends {
  const source = new Map<number, number>();
  const sink = new Map<number, number>();
  for (const cell of cells) {
    for (const flow of cell.outflows) source.set(flow, cell.slot);
    for (const flow of cell.inflows) sink.set(flow, cell.slot);
  }
  return { source, sink };
}

function beltSpec(
  lowering: Lowering,
  stock: Cell,
  { declaration, slots }: NonNullable<Holder['belt']>,
  byStock: ReadonlyMap<number, Holder>,
  { source, sink }: Ends,
): BeltSpec {
  const exits = stock.outflows.filter((flow) => !lowering.leaks.has(flow));
  const leaks = stock.outflows.filter((flow) => lowering.leaks.has(flow));
  if (exits.length !== 1) {
    refuse({
      rule: 'xmile.conveyor',
      where: stock.where,
      what: `the conveyor '${stock.name}' has ${exits.length === 0 ? 'no outflow' : `${exits.length} outflows without <leak>`}`,
      why: 'its content leaves at one end; what leaves on the way is marked <leak>',
      mend: exits.length === 0 ? 'give it an outflow' : 'mark all but the first with <leak/>',
    });
  }
  // The exit comes first whatever the order of the list; leaks keep theirs, which is their priority.
  stock.outflows = [...exits, ...leaks];
  const inflows = stock.inflows.map((flow): BeltSpec['inflows'][number] => {
    const upstream = byStock.get(source.get(flow) ?? -1);
    if (upstream === undefined || lowering.leaks.has(flow)) return { from: 'wish', slot: flow };
    return { from: upstream.belt === undefined ? 'queue' : 'belt', slot: flow };
  });
  const queued = inflows.some((one) => one.from === 'queue');
  if (queued && (!declaration.discrete || inflows.length > 1)) {
    refuse({
      rule: 'xmile.conveyor',
      where: stock.where,
      what: `the conveyor '${stock.name}' behind a queue ${declaration.discrete ? 'has other inflows' : 'is not discrete'}`,
      why: 'a conveyor takes batches from its queue alone, and only a discrete one takes batches',
      mend: declaration.discrete ? 'lead them through the queue' : 'give it discrete="true"',
    });
  }
  if (declaration.discrete && !queued) {
    refuse({
      rule: 'xmile.unsupported',
      where: stock.where,
      what: `discrete="true" in the conveyor '${stock.name}'`,
      why: 'without a queue before it, XMILE does not say how its inflow is gathered into batches',
      mend: 'put a queue before it, or make it continuous',
    });
  }
  const next = sink.get(exits[0] ?? -1) ?? -1;
  return {
    kind: 'belt',
    stock: stock.slot,
    name: stock.name,
    ...slots,
    discrete: declaration.discrete,
    batchIntegrity: declaration.batchIntegrity,
    oneAtATime: declaration.oneAtATime,
    exponentialLeak: declaration.exponentialLeak,
    leaks: leaks.map((flow) => {
      const leak = lowering.leaks.get(flow);
      return {
        fraction: leak?.fraction ?? -1,
        from: leak?.declaration.from ?? 0,
        to: leak?.declaration.to ?? 1,
      };
    }),
    inflows,
    next: byStock.get(next)?.belt === undefined ? -1 : next,
  };
}

function queueSpec(
  lowering: Lowering,
  stock: Cell,
  byStock: ReadonlyMap<number, Holder>,
  { sink }: Ends,
): QueueSpec {
  return {
    kind: 'queue',
    stock: stock.slot,
    name: stock.name,
    inflows: stock.inflows,
    outflows: stock.outflows.map((flow, i) => {
      const overflow = lowering.overflows.has(flow);
      const target = sink.get(flow) ?? -1;
      const belt = byStock.get(target)?.belt === undefined ? -1 : target;
      if (i === 0 && overflow)
        misplaced(stock, 'the first outflow is an overflow', 'list another outflow first');
      if (i > 0 && belt >= 0) misplaced(stock, 'a second outflow leads to a conveyor', 'lead it to a stock');
      return { overflow, belt };
    }),
  };
}

function misplaced(stock: Cell, what: string, mend: string): never {
  return refuse({
    rule: 'xmile.queue',
    where: stock.where,
    what: `of the queue '${stock.name}' ${what}`,
    why: 'an overflow takes what the outflows before it were refused, and only the first feeds a conveyor',
    mend,
  });
}

/** A figure over the places of a conveyor or queue: `SUM(line)`, `line[1]` (§3.7.2, §3.7.3). */
export function figureIr(lowering: Lowering, stock: number, figure: Figure, arg: Ir): Ir {
  const needs: number[] = [];
  lowering.figures.push({ stock, needs });
  return { op: 'device', stock, port: 0, figure, arg, needs };
}

type Specs = ReadonlyMap<number, DeviceSpec>;

function wireQueue(lowering: Lowering, spec: QueueSpec, stock: Cell, specs: Specs): void {
  stock.nonNegative = false;
  for (const flow of stock.inflows) asUniflow(lowering, flow);
  const target = specs.get(spec.outflows.find(({ belt }) => belt >= 0)?.belt ?? -1);
  const needs = [stock.slot, ...stock.inflows, ...(target?.kind === 'belt' ? beltNeeds(target, specs) : [])];
  const room = target?.kind === 'belt' ? roomNeeds(target) : [];
  stock.outflows.forEach((flow, port) => {
    drive(lowering, flow, spec.stock, port, [...needs, ...room]);
  });
  keepAwake(lowering, stock, spec.stock, needs);
}

function wireBelt(lowering: Lowering, spec: BeltSpec, stock: Cell, specs: Specs): void {
  stock.nonNegative = false;
  const needs = beltNeeds(spec, specs);
  const [exit = -1, ...leaks] = stock.outflows;
  drive(lowering, exit, spec.stock, 0, needs);
  leaks.forEach((flow, k) => {
    drive(lowering, flow, spec.stock, k + 1, needs);
  });
  // Under Runge–Kutta what comes in is held through the step as well, so that the stock is what lies on the conveyor.
  const held = lowering.document.run.method !== 'euler';
  const limited = held || spec.capacity >= 0 || spec.inLimit >= 0 || spec.arrest >= 0;
  const wishes: number[] = [];
  spec.inflows.forEach((inflow, i) => {
    if (inflow.from !== 'wish') {
      wishes.push(inflow.slot);
      return;
    }
    asUniflow(lowering, inflow.slot);
    if (!limited) return;
    const flow = lowering.cells[inflow.slot];
    if (flow === undefined) return;
    const wanted = lowering.cell({
      kind: 'aux',
      name: `${flow.name} (wanted)`,
      variable: flow.variable,
      where: flow.where,
      hidden: true,
      units: flow.units,
      equation: flow.equation ?? zero,
    });
    spec.inflows[i] = { from: 'wish', slot: wanted.slot };
    wishes.push(wanted.slot);
  });
  if (limited) {
    stock.inflows.forEach((flow, i) => {
      if (spec.inflows[i]?.from !== 'wish') return;
      drive(lowering, flow, spec.stock, 1 + spec.leaks.length + i, [...needs, ...roomNeeds(spec), ...wishes]);
    });
  }
  keepAwake(lowering, stock, spec.stock, needs);
}

/** What must be known before a conveyor's leaks and exit: also whether the one after it stands still. */
function beltNeeds(spec: BeltSpec, specs: Specs): number[] {
  const next = specs.get(spec.next);
  return [
    spec.stock,
    spec.length,
    spec.arrest,
    ...spec.leaks.map((leak) => leak.fraction),
    ...(next?.kind === 'belt' ? [next.arrest] : []),
  ].filter((place) => place >= 0);
}

function roomNeeds(spec: BeltSpec): number[] {
  const others = spec.inflows.flatMap((one) => (one.from === 'belt' ? [one.slot] : []));
  return [spec.capacity, spec.inLimit, ...others].filter((place) => place >= 0);
}

/** Inflows of conveyors and queues never run backwards (§4.3). */
function asUniflow(lowering: Lowering, flow: number): void {
  const cell = lowering.cells[flow];
  if (cell?.equation === undefined || cell.nonNegative || cell.equation.op === 'device') return;
  cell.equation = call('max', cell.equation, zero);
}

function drive(
  lowering: Lowering,
  flow: number,
  stock: number,
  port: number,
  needs: readonly number[],
): void {
  const cell = lowering.cells[flow];
  if (cell === undefined) return;
  const value: Ir = { op: 'device', stock, port, figure: undefined, arg: zero, needs };
  const held = lowering.cell({
    kind: 'draw',
    name: `${cell.name} (held)`,
    variable: cell.variable,
    where: cell.where,
    hidden: true,
    units: cell.units,
    equation: value,
  });
  cell.equation = slot(held.slot);
  cell.initial = undefined;
}

/** A device whose flows nobody reads is asked all the same, so that it is filled before it moves. */
function keepAwake(lowering: Lowering, stock: Cell, place: number, needs: readonly number[]): void {
  lowering.cell({
    kind: 'draw',
    name: `${stock.name} (content)`,
    variable: stock.variable,
    where: stock.where,
    hidden: true,
    equation: { op: 'device', stock: place, port: 0, figure: 'size', arg: zero, needs },
  });
}
