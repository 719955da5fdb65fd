import { Refusal, refuse } from '../fault.ts';
import { type Context, type Lowering, placeIn } from './context.ts';
import { binary, type Cell, call, dt, type Ir, number, slot } from './ir.ts';
import { startValue } from './start-value.ts';

const mostStages = 1000;

/** Writes out a function that remembers as hidden cells, and gives its value (XMILE 1.0 §3.5.3). */
export function remember(lowering: Lowering, name: string, args: readonly Ir[], context: Context): Ir {
  const [input = number(0), second = number(0), third, fourth] = args;
  switch (name) {
    case 'init':
      return slot(lowering.hidden(context, 'frozen', 'initial', { initial: input }).slot);
    case 'previous':
      return slot(
        lowering.hidden(context, 'memory', 'previous', {
          initial: args.length > 1 ? second : input,
          update: input,
        }).slot,
      );
    case 'delay':
      return delayFixed(lowering, input, second, third, context);
    case 'delay1':
      return materialDelay(lowering, input, second, 1, third, context);
    case 'delay3':
      return materialDelay(lowering, input, second, 3, third, context);
    case 'smth1':
    case 'smooth':
    case 'smooth1':
      return smooth(lowering, input, second, 1, third, context);
    case 'smth3':
    case 'smooth3':
      return smooth(lowering, input, second, 3, third, context);
    case 'delayn':
      return delayOf(lowering, args, context);
    case 'smthn':
    case 'smoothn':
      return smoothOf(lowering, args, context);
    case 'trend':
      return trend(lowering, input, second, third, context);
    default: {
      // FORCST: today's value carried on along its trend.
      const slope = trend(lowering, input, second, fourth, context);
      return binary('*', input, binary('+', number(1), binary('*', slope, third ?? number(0))));
    }
  }
}

/** A material delay of an order that is known at the start: input, delay, order, initial value. */
export function delayOf(lowering: Lowering, args: readonly Ir[], context: Context): Ir {
  const [input = number(0), delay = number(0), order = number(1), initial] = args;
  return ofOrder(lowering, order, context, (whole) =>
    materialDelay(lowering, input, delay, whole, initial, context),
  );
}

/** An exponential average of an order that is known at the start: input, averaging time, order, initial value. */
export function smoothOf(lowering: Lowering, args: readonly Ir[], context: Context): Ir {
  const [input = number(0), averaging = number(0), order = number(1), initial] = args;
  return ofOrder(lowering, order, context, (whole) =>
    smooth(lowering, input, averaging, whole, initial, context),
  );
}

/** An expression as a name of its own, so that it is computed once; numbers and cells stay as they are. */
function named(lowering: Lowering, ir: Ir, role: string, context: Context): Ir {
  return ir.op === 'number' || ir.op === 'slot'
    ? ir
    : slot(lowering.hidden(context, 'aux', role, { equation: ir }).slot);
}

/**
 * The value of `delay` earlier, in whole steps; the delay is read at the start of the run. A delay of less than half a
 * step is none: the input passes at once.
 */
export function delayFixed(
  lowering: Lowering,
  input: Ir,
  delay: Ir,
  initial: Ir | undefined,
  context: Context,
): Ir {
  const now = named(lowering, input, 'delayed value', context);
  const steps = call('round', binary('+', binary('/', delay, dt), number(1e-6)));
  const lag = lowering.hidden(context, 'frozen', 'steps of delay', { initial: steps });
  const held = lowering.hidden(context, 'pipeline', 'delay', {
    initial: initial ?? now,
    update: now,
    lag: lag.slot,
  });
  const out = lowering.hidden(context, 'aux', 'delayed', { equation: slot(held.slot) });
  lowering.later.push(() => {
    if (knownAtStart(lowering, steps, context) === 0) out.equation = now;
  });
  return slot(out.slot);
}

/** A value at the start, or undefined where it is random. */
function knownAtStart(lowering: Lowering, ir: Ir, context: Context): number | undefined {
  try {
    return startValue(lowering, ir, context);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Stages of a material delay: what flows in flows out, later. Stage k holds outflow · delay/order. */
function materialDelay(
  lowering: Lowering,
  input: Ir,
  delay: Ir,
  order: number,
  initial: Ir | undefined,
  context: Context,
): Ir {
  let flow = named(lowering, input, 'delayed flow', context);
  const stay = named(
    lowering,
    order === 1 ? delay : binary('/', delay, number(order)),
    'time in a stage',
    context,
  );
  const first = initial ?? flow;
  for (let k = 1; k <= order; k++) {
    const stage: Cell = lowering.hidden(context, 'stock', `stage ${k}`, {
      initial: binary('*', first, stay),
    });
    const out = lowering.hidden(context, 'aux', `out of stage ${k}`, {
      equation: binary('/', slot(stage.slot), stay),
    });
    stage.rate = binary('-', flow, slot(out.slot));
    flow = slot(out.slot);
  }
  return flow;
}

function smooth(
  lowering: Lowering,
  input: Ir,
  averaging: Ir,
  order: number,
  initial: Ir | undefined,
  context: Context,
): Ir {
  let value = named(lowering, input, 'smoothed value', context);
  const stay = named(
    lowering,
    order === 1 ? averaging : binary('/', averaging, number(order)),
    'time in a stage',
    context,
  );
  const first = initial ?? value;
  for (let k = 1; k <= order; k++) {
    const stage = lowering.hidden(context, 'stock', `stage ${k}`, { initial: first });
    stage.rate = binary('/', binary('-', value, slot(stage.slot)), stay);
    value = slot(stage.slot);
  }
  return value;
}

/** The fractional change per time against an exponential average. */
function trend(lowering: Lowering, input: Ir, averaging: Ir, initial: Ir | undefined, context: Context): Ir {
  const value = named(lowering, input, 'followed value', context);
  const over = named(lowering, averaging, 'averaging time', context);
  const average = lowering.hidden(context, 'stock', 'average', {
    initial:
      initial === undefined ? value : binary('/', value, binary('+', number(1), binary('*', initial, over))),
  });
  const change = binary('-', value, slot(average.slot));
  average.rate = binary('/', change, over);
  return call('safediv', change, binary('*', slot(average.slot), over), number(0));
}

/**
 * A delay whose order is an expression: it is read once, at the start (§3.5.3), when all variables are known; until then
 * a cell holds its place.
 */
function ofOrder(lowering: Lowering, order: Ir, context: Context, build: (order: number) => Ir): Ir {
  const cell = lowering.hidden(context, 'aux', 'output', {});
  const complete = (value: number) => {
    const whole = Math.round(value);
    if (!(whole >= 1 && whole <= mostStages)) {
      refuse({
        rule: 'xmile.function',
        where: placeIn(context.equation, 0),
        what: `'${context.name}' has a delay of order ${value}`,
        why: `an order is a whole number from 1 to ${mostStages}`,
        mend: 'correct the order',
      });
    }
    cell.equation = build(whole);
  };
  if (order.op === 'number') complete(order.value);
  else lowering.later.push(() => complete(startValue(lowering, order, context)));
  return slot(cell.slot);
}
