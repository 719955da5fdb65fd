import { binary, call, type Ir, number, time } from './ir.ts';

interface Builtin {
  /** Fewest and most arguments. */
  readonly args: readonly [number, number];
  readonly lower: (args: readonly Ir[]) => Ir;
}

const math = (name: string, count = 1): Builtin => ({
  args: [count, count],
  lower: (args) => call(name, ...args),
});

const at = (args: readonly Ir[], index: number, otherwise: Ir): Ir => args[index] ?? otherwise;

/** Functions of XMILE 1.0 §3.5 without a state of their own, and some that Stella and xmutil write besides. */
export const builtins: Readonly<Record<string, Builtin>> = {
  abs: math('abs'),
  arccos: math('acos'),
  arcsin: math('asin'),
  arctan: math('atan'),
  arctan2: math('atan2', 2),
  cos: math('cos'),
  cosh: math('cosh'),
  exp: math('exp'),
  int: math('int'),
  ln: math('log'),
  log10: math('log10'),
  log: {
    args: [2, 2],
    lower: ([x = number(0), base = number(10)]) => binary('/', call('log', x), call('log', base)),
  },
  sin: math('sin'),
  sinh: math('sinh'),
  sqrt: math('sqrt'),
  tan: math('tan'),
  tanh: math('tanh'),
  round: math('round'),
  sign: math('sign'),
  modulo: { args: [2, 2], lower: ([a = number(0), b = number(1)]) => binary('mod', a, b) },
  safediv: {
    args: [2, 3],
    lower: (args) => call('safediv', at(args, 0, number(0)), at(args, 1, number(1)), at(args, 2, number(0))),
  },
  power: { args: [2, 2], lower: ([a = number(0), b = number(1)]) => binary('^', a, b) },
  rootn: {
    args: [2, 2],
    lower: ([a = number(0), n = number(1)]) => binary('^', a, binary('/', number(1), n)),
  },
  percent: { args: [1, 1], lower: ([a = number(0)]) => binary('*', a, number(100)) },
  step: math('step', 2),
  ramp: {
    args: [1, 3],
    lower: (args) =>
      call(
        'ramp',
        at(args, 0, number(0)),
        at(args, 1, { op: 'clock', which: 'start' }),
        at(args, 2, number(Number.POSITIVE_INFINITY)),
      ),
  },
  pulse: {
    args: [1, 3],
    lower: (args) =>
      call(
        'pulse',
        at(args, 0, number(0)),
        at(args, 1, { op: 'clock', which: 'start' }),
        at(args, 2, args.length === 1 ? { op: 'clock', which: 'dt' } : number(0)),
      ),
  },
  sinwave: math('sinwave', 2),
  coswave: math('coswave', 2),
  gammaln: math('gammaln'),
  factorial: math('factorial'),
  combinations: math('combinations', 2),
  permutations: math('permutations', 2),
};

/** Names that stand for a value without arguments; `TIME()` and `PI()` are accepted too. */
export const constants: Readonly<Record<string, Ir>> = {
  time,
  // Vensim's names of the clock, which its XMILE export uses without defining them.
  time_step: { op: 'clock', which: 'dt' },
  initial_time: { op: 'clock', which: 'start' },
  final_time: { op: 'clock', which: 'stop' },
  dt: { op: 'clock', which: 'dt' },
  starttime: { op: 'clock', which: 'start' },
  stoptime: { op: 'clock', which: 'stop' },
  pi: number(Math.PI),
  inf: number(Number.POSITIVE_INFINITY),
  nan: number(Number.NaN),
};

/** Functions that take a whole array, or a list of values (XMILE 1.0 §3.7.1). */
export const reducers = new Set(['sum', 'prod', 'mean', 'min', 'max', 'stddev', 'size', 'rank']);

/** Other tools' names of the functions that take arrays. */
export const aliases: Readonly<Record<string, string>> = {
  vmin: 'min',
  vmax: 'max',
  elmcount: 'size',
  arraysum: 'sum',
  arraymean: 'mean',
  arraystddev: 'stddev',
};

/** Random functions: the runtime's name and the number of arguments before the seed. */
export const randoms: Readonly<
  Record<string, { readonly draw: string; readonly args: readonly [number, number] }>
> = {
  random: { draw: 'uniform', args: [0, 2] },
  uniform: { draw: 'uniform', args: [0, 2] },
  normal: { draw: 'normal', args: [2, 2] },
  lognormal: { draw: 'lognormal', args: [2, 2] },
  exprnd: { draw: 'exprnd', args: [1, 1] },
  poisson: { draw: 'poisson', args: [1, 1] },
  triangular: { draw: 'triangular', args: [3, 3] },
  weibull: { draw: 'weibull', args: [2, 2] },
  pareto: { draw: 'pareto', args: [2, 2] },
  logistic: { draw: 'logistic', args: [2, 2] },
  geometric: { draw: 'geometric', args: [1, 1] },
  binomial: { draw: 'binomial', args: [2, 2] },
};

/** Functions that remember: written out as cells in remember.ts. */
export const remembering: Readonly<Record<string, readonly [number, number]>> = {
  init: [1, 1],
  previous: [1, 2],
  delay: [2, 3],
  delay1: [2, 3],
  delay3: [2, 3],
  delayn: [3, 4],
  smth1: [2, 3],
  smth3: [2, 3],
  smthn: [3, 4],
  smooth: [2, 3],
  smooth1: [2, 3],
  smooth3: [2, 3],
  smoothn: [3, 4],
  trend: [2, 3],
  forcst: [3, 4],
};

/** Every function name, for telling the nearest one. */
export function functionNames(): string[] {
  return [
    ...Object.keys(builtins),
    ...Object.keys(constants),
    ...reducers,
    ...Object.keys(aliases),
    ...Object.keys(randoms),
    ...Object.keys(remembering),
    'lookup',
    'allocate',
    'vector_sort_order',
    'vector_rank',
    'vector_elm_map',
    'self',
  ];
}
