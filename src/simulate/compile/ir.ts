import type { Place } from '../../model/index.ts';
import type { DeviceSpec, Figure } from '../run/device.ts';
import type { GraphFunction } from '../xmile/graph-function.ts';
import type { BinarySign } from '../xmile/syntax.ts';

/** An equation between single numbers: names are resolved to slots, arrays to their elements, delays to cells. */
export type Ir =
  | { readonly op: 'number'; readonly value: number }
  | { readonly op: 'slot'; readonly slot: number }
  | { readonly op: 'clock'; readonly which: 'time' | 'dt' | 'start' | 'stop' }
  | { readonly op: 'unary'; readonly sign: '-' | 'not'; readonly arg: Ir }
  | { readonly op: 'binary'; readonly sign: BinarySign; readonly left: Ir; readonly right: Ir }
  | { readonly op: 'if'; readonly test: Ir; readonly yes: Ir; readonly otherwise: Ir }
  | { readonly op: 'call'; readonly name: string; readonly args: readonly Ir[] }
  /** A graphical function at a value of x. */
  | { readonly op: 'graph'; readonly table: number; readonly arg: Ir }
  /** An array element whose subscripts are computed; 1-based, 0 outside (as Stella gives it). */
  | {
      readonly op: 'pick';
      readonly slots: readonly number[];
      readonly sizes: readonly number[];
      readonly indices: readonly Ir[];
    }
  /** A flow that a conveyor or queue drives, or a figure over its places; `needs` are the slots that it looks at. */
  | {
      readonly op: 'device';
      readonly stock: number;
      readonly port: number;
      readonly figure: Figure | undefined;
      readonly arg: Ir;
      readonly needs: readonly number[];
    };

/**
 * How a cell gets its value.
 * - stock: `initial`, then integrated from `inflows`, `outflows` and `rate`;
 * - aux, flow: `equation` in each step (`initial`, if given, only while the run is set up);
 * - frozen: `initial`, for the whole run;
 * - memory: `initial`, then `update` as it stood one step before;
 * - pipeline: `initial` until `lag` steps have passed, then `update` of that many steps before;
 * - draw: `equation` once a step, held through the inner evaluations of a Runge–Kutta step.
 */
export type CellKind = 'stock' | 'flow' | 'aux' | 'frozen' | 'memory' | 'pipeline' | 'draw';

/** One number of a model's state. */
export interface Cell {
  readonly slot: number;
  readonly name: string;
  readonly hidden: boolean;
  kind: CellKind;
  readonly where: Place;
  /** Canonical name of the variable that it belongs to, with the modules before it. */
  readonly variable: string;
  readonly units: string | undefined;
  readonly doc: string | undefined;
  initial: Ir | undefined;
  equation: Ir | undefined;
  rate: Ir | undefined;
  update: Ir | undefined;
  lag: number | undefined;
  inflows: number[];
  outflows: number[];
  nonNegative: boolean;
}

/** One assignment of a step. */
export interface Assignment {
  readonly slot: number;
  readonly ir: Ir;
  /** Only in a step's own evaluation, not in the inner ones of Runge–Kutta. */
  readonly once: boolean;
}

/** What a step computes, with what never changes taken out and what occurs twice computed once. */
export interface Program {
  /** Cells of the model, and after them those made here. */
  readonly slots: number;
  /** Computed once, after the initial values. */
  readonly constants: readonly Assignment[];
  readonly step: readonly Assignment[];
}

export interface CellSet {
  readonly cells: readonly Cell[];
  readonly graphs: readonly GraphFunction[];
  /** Conveyors and queues. */
  readonly devices: readonly DeviceSpec[];
  readonly program?: Program;
}

export const zero: Ir = { op: 'number', value: 0 };
export const dt: Ir = { op: 'clock', which: 'dt' };
export const time: Ir = { op: 'clock', which: 'time' };

export function number(value: number): Ir {
  return { op: 'number', value };
}

export function slot(index: number): Ir {
  return { op: 'slot', slot: index };
}

export function binary(sign: BinarySign, left: Ir, right: Ir): Ir {
  return { op: 'binary', sign, left, right };
}

export function call(name: string, ...args: readonly Ir[]): Ir {
  return { op: 'call', name, args };
}

export function sum(parts: readonly Ir[]): Ir {
  return parts.length === 0 ? zero : parts.reduce((left, right) => binary('+', left, right));
}

/** Visits an equation and all its parts. */
export function visit(ir: Ir, see: (part: Ir) => void): void {
  see(ir);
  for (const part of parts(ir)) visit(part, see);
}

export function parts(ir: Ir): readonly Ir[] {
  switch (ir.op) {
    case 'unary':
    case 'graph':
    case 'device':
      return [ir.arg];
    case 'binary':
      return [ir.left, ir.right];
    case 'if':
      return [ir.test, ir.yes, ir.otherwise];
    case 'call':
      return ir.args;
    case 'pick':
      return ir.indices;
    default:
      return [];
  }
}

/** The slots that an equation reads. */
export function reads(ir: Ir | undefined, into: Set<number> = new Set()): Set<number> {
  if (ir !== undefined) {
    visit(ir, (part) => {
      if (part.op === 'slot') into.add(part.slot);
      else if (part.op === 'pick') for (const one of part.slots) into.add(one);
      else if (part.op === 'device') for (const one of part.needs) into.add(one);
    });
  }
  return into;
}
