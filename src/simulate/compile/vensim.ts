import { refuse, warning } from '../fault.ts';
import { type Context, type Lowering, placeIn } from './context.ts';
import { binary, call, dt, type Ir, number, slot, time, zero } from './ir.ts';
import { delayFixed, delayOf, remember, smoothOf } from './remember.ts';

interface VensimFunction {
  /** Fewest and most arguments. */
  readonly args: readonly [number, number];
  /** Whether XMILE has a function of that name which means something else: then it counts in Vensim's files only. */
  readonly clash?: true;
  readonly lower: (args: readonly Ir[], lowering: Lowering, context: Context) => Ir;
}

const start: Ir = { op: 'clock', which: 'start' };
const nought = number(0);
const truncated = (ir: Ir): Ir => call('trunc', ir);
const simple = (count: number, lower: (a: Ir, b: Ir, c: Ir, d: Ir) => Ir, clash?: true): VensimFunction => ({
  args: [count, count],
  lower: ([a = nought, b = nought, c = nought, d = nought]) => lower(a, b, c, d),
  ...(clash === undefined ? {} : { clash }),
});
const remembered = (name: string, count: number): VensimFunction => ({
  args: [count, count],
  lower: (args, lowering, context) => remember(lowering, name, args, context),
});
/** A seed of 0 is the run's own in Vensim. */
const draw = (kind: string, args: readonly Ir[], seed: Ir | undefined): Ir => {
  const own = seed === undefined || (seed.op === 'number' && seed.value === 0) ? [] : [seed];
  return call(`draw.${kind}.${args.length}`, ...args, ...own);
};
const drawn = (counts: readonly [number, number], make: (args: readonly Ir[]) => Ir): VensimFunction => ({
  args: counts,
  lower: (args, lowering, context) =>
    slot(lowering.hidden(context, 'draw', 'drawn', { equation: make(args) }).slot),
});

/**
 * Vensim's functions (Vensim Reference Manual, chapter 4), as .mdl files and Vensim's own XMILE export name them, with
 * underscores for spaces.
 */
export const vensimFunctions: Readonly<Record<string, VensimFunction>> = {
  if_then_else: simple(3, (test, yes, otherwise) => ({ op: 'if', test, yes, otherwise })),
  xidz: simple(3, (a, b, x) => call('nearlyzero', a, b, x)),
  zidz: simple(2, (a, b) => call('nearlyzero', a, b, zero)),
  integer: simple(1, truncated),
  modulo: simple(2, (a, b) => call('remainder', a, b), true),
  quantum: simple(2, (a, b) => call('quantum', a, b)),
  game: simple(1, (a) => a),
  gamma_ln: simple(1, (a) => call('gammaln', a)),
  initial: remembered('init', 1),
  smoothi: remembered('smth1', 3),
  smooth3i: remembered('smth3', 3),
  delay1i: remembered('delay1', 3),
  delay3i: remembered('delay3', 3),
  forecast: remembered('forcst', 3),
  /** Vensim gives the initial value before the order. */
  smooth_n: {
    args: [4, 4],
    lower: ([a = nought, time_ = nought, first = nought, order = nought], lowering, context) =>
      smoothOf(lowering, [a, time_, order, first], context),
  },
  delay_n: {
    args: [4, 4],
    lower: ([a = nought, time_ = nought, first = nought, order = nought], lowering, context) =>
      delayOf(lowering, [a, time_, order, first], context),
  },
  delay_fixed: {
    args: [3, 3],
    lower: ([a = nought, delay = nought, first = nought], lowering, context) =>
      delayFixed(lowering, a, delay, first, context),
  },
  /** The first argument in each step, the second while initial values are settled. */
  active_initial: {
    args: [2, 2],
    lower: ([active = nought, first = nought], lowering, context) =>
      slot(lowering.hidden(context, 'aux', 'active', { equation: active, initial: first }).slot),
  },
  /** The input where the condition holds, else what it was when the condition last held. */
  sample_if_true: {
    args: [3, 3],
    lower: ([test = nought, input = nought, first = nought], lowering, context) => {
      const held = lowering.hidden(context, 'memory', 'held', { initial: first });
      const out = lowering.hidden(context, 'aux', 'sampled', {
        equation: { op: 'if', test, yes: input, otherwise: slot(held.slot) },
      });
      held.update = slot(out.slot);
      return slot(out.slot);
    },
  },
  pulse: simple(2, (from, width) => call('window', from, width), true),
  pulse_train: simple(4, (from, width, between, until) => call('windows', from, width, between, until)),
  /** Only the model's own units of time (measure 0): days and months need a calendar that a file does not give. */
  get_time_value: {
    args: [3, 3],
    lower: ([relative = nought, offset = nought, measure = nought], _, context) => {
      if (relative.op !== 'number' || measure.op !== 'number' || measure.value !== 0) {
        return refuse({
          rule: 'xmile.function',
          where: placeIn(context.equation, 0),
          what: `'${context.name}' asks GET TIME VALUE for a date`,
          why: 'the file says nothing of the calendar its time stands for',
          mend: 'use measure 0, or TIME',
        });
      }
      const from = relative.value === 1 ? time : relative.value === 2 ? start : zero;
      return binary('+', from, offset);
    },
  },
  /** Net present value: discounted at a rate that compounds each step. */
  npv: {
    args: [4, 4],
    lower: ([stream = nought, rate = nought, first = nought, factor = nought], lowering, context) => {
      const discount = lowering.hidden(context, 'stock', 'discount factor', { initial: number(1) });
      const factorNow = slot(discount.slot);
      const growth = binary('+', number(1), binary('*', rate, dt));
      discount.rate = binary('/', binary('*', { op: 'unary', sign: '-', arg: factorNow }, rate), growth);
      const sum = lowering.hidden(context, 'stock', 'discounted so far', { initial: first });
      sum.rate = binary('*', stream, factorNow);
      const now = binary('*', binary('*', stream, dt), factorNow);
      return binary('*', binary('+', slot(sum.slot), now), factor);
    },
  },
  random_0_1: drawn([0, 0], () => draw('uniform', [], undefined)),
  random_uniform: drawn([3, 3], ([low = nought, high = nought, seed]) => draw('uniform', [low, high], seed)),
  random_normal: drawn([5, 5], ([low = nought, high = nought, mean = nought, spread = nought, seed]) =>
    draw('normal', [mean, spread, low, high], seed),
  ),
};

/**
 * Whether a call is a PULSE(start, width) of Vensim that xmutil did not translate; then it is told. Vensim has no other
 * PULSE, so one of two arguments in a file of xmutil can mean nothing else.
 */
export function leftByXmutil(
  lowering: Lowering,
  name: string,
  count: number,
  at: number,
  context: Context,
): boolean {
  if (lowering.document.dialect !== 'xmutil' || name !== 'pulse' || count !== 2) return false;
  lowering.warnings.push(
    warning({
      rule: 'xmile.dialect',
      where: placeIn(context.equation, at),
      what: `'${context.name}' calls PULSE with two arguments: read as Vensim's PULSE(start, width)`,
      why: 'xmutil translates from Vensim, and left this call as it stood there',
      mend: 'for a pulse of a given volume, write its interval too: PULSE(volume, first, 0)',
    }),
  );
  return true;
}
