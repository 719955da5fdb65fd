import { cellKey } from '../compile/compile.ts';
import { literalSlots, type Runner, type Table } from '../run/run.ts';
import { type Fit, fitOf } from './fit.ts';
import { simplex } from './simplex.ts';

/** A measured value of a variable at a time. `held` values are not fitted to but compared with afterwards. */
export interface Observation {
  readonly variable: string;
  readonly time: number;
  readonly value: number;
  readonly held?: boolean;
}

/** A constant that is fitted, within bounds. */
export interface Parameter {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

export interface FittedParameter extends Parameter {
  readonly before: number;
  readonly value: number;
  /** Whether the fit lies on a bound, which then decides instead of the measurements. */
  readonly atBound: boolean;
  /** Standard error from the curvature of the fit; undefined where measurements do not determine the parameter. */
  readonly error: number | undefined;
  /** The greatest correlation of its estimate with another parameter's, as an absolute value. */
  readonly entangled: number;
}

export interface Calibration {
  readonly parameters: readonly FittedParameter[];
  readonly runs: number;
  /** Fit by variable, over the values fitted to and over those held out. */
  readonly fits: readonly {
    readonly variable: string;
    readonly fitted: Fit | undefined;
    readonly held: Fit | undefined;
  }[];
  readonly points: readonly (Observation & { readonly modelled: number })[];
}

/**
 * Fits constants to measured values: least squares of relative errors, Nelder–Mead from the model's own values. Reports
 * which bounds were hit and, from the Jacobian at the minimum, which parameters the measurements cannot tell apart.
 *
 * @throws RangeError when a name is no constant or no variable of the model
 */
export function calibrate(
  runner: Runner,
  parameters: readonly Parameter[],
  observations: readonly Observation[],
): Calibration {
  const slots = literalSlots(runner.compiled);
  const fittedSlots = parameters.map(({ name }) => {
    const slot = slots.get(cellKey(name));
    if (slot === undefined) throw new RangeError(`'${name}' is no constant of the model`);
    return slot;
  });
  const before = fittedSlots.map((slot) => {
    const cell = runner.compiled.cells[slot];
    const source = cell?.initial ?? cell?.equation;
    return source?.op === 'number' ? source.value : 0;
  });
  let runs = 0;
  const modelled = (at: readonly number[]): number[] => {
    runs++;
    const table = runner.run({ values: new Map(fittedSlots.map((slot, i) => [slot, at[i] ?? 0])) });
    return observations.map((one) => valueAt(table, one.variable, one.time));
  };
  const fitted = observations.flatMap((one, i) => (one.held === true ? [] : [i]));
  const errors = (values: readonly number[]) =>
    fitted.map((i) => {
      const { value = 1 } = observations[i] ?? {};
      return ((values[i] ?? Number.NaN) - value) / (value === 0 ? 1 : Math.abs(value));
    });
  const goal = (at: readonly number[]) => errors(modelled(at)).reduce((sum, error) => sum + error * error, 0);
  const box = { min: parameters.map((one) => one.min), max: parameters.map((one) => one.max) };
  let best = simplex(goal, before, box);
  // Once more from where it stopped: a simplex may have collapsed before the minimum.
  best = simplex(goal, best.at, box);
  const { deviations, entangled } = identify(best.at, parameters, (at) => errors(modelled(at)), best.value);
  const final = modelled(best.at);
  return {
    parameters: parameters.map((one, i) => {
      const value = best.at[i] ?? 0;
      const near = 1e-6 * (one.max - one.min);
      return {
        ...one,
        before: before[i] ?? 0,
        value,
        atBound: value - one.min <= near || one.max - value <= near,
        error: deviations[i],
        entangled: entangled[i] ?? 0,
      };
    }),
    runs,
    fits: fitsOf(observations, final),
    points: observations.map((one, i) => ({ ...one, modelled: final[i] ?? Number.NaN })),
  };
}

function fitsOf(observations: readonly Observation[], values: readonly number[]): Calibration['fits'] {
  return [...new Set(observations.map((one) => one.variable))].map((variable) => {
    const of = (held: boolean): Fit | undefined => {
      const chosen = observations.flatMap((one, i) =>
        one.variable === variable && (one.held === true) === held ? [i] : [],
      );
      if (chosen.length === 0) return undefined;
      return fitOf(
        chosen.map((i) => observations[i]?.value ?? Number.NaN),
        chosen.map((i) => values[i] ?? Number.NaN),
      );
    };
    return { variable, fitted: of(false), held: of(true) };
  });
}

/** Column numbers by name: a runner's tables share one list of columns. */
const places = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

function columnOf({ columns }: Table, variable: string): number {
  const known = places.get(columns) ?? new Map(columns.map((name, index) => [cellKey(name), index]));
  places.set(columns, known);
  const found = known.get(variable) ?? known.get(cellKey(variable));
  if (found === undefined) throw new RangeError(`'${variable}' is no variable of the model`);
  return found;
}

/**
 * The value of a variable at a time, straight between rows.
 *
 * @throws RangeError when there is no such variable
 */
export function valueAt(table: Table, variable: string, time: number): number {
  const column = columnOf(table, variable);
  const after = table.times.findIndex((one) => one >= time - 1e-9);
  const at = (row: number) => table.values[row * table.width + column] ?? Number.NaN;
  if (after < 0) return Number.NaN;
  const reached = table.times[after] ?? 0;
  if (after === 0 || Math.abs(reached - time) < 1e-9) return at(after);
  const earlier = table.times[after - 1] ?? 0;
  return at(after - 1) + ((at(after) - at(after - 1)) * (time - earlier)) / (reached - earlier);
}

/** Standard errors and correlations of the estimates: (JᵀJ)⁻¹·s², J by central differences. */
function identify(
  at: readonly number[],
  parameters: readonly Parameter[],
  errors: (at: readonly number[]) => number[],
  square: number,
): { deviations: (number | undefined)[]; entangled: number[] } {
  const columns = parameters.map(({ min, max }, k) => {
    const step = 1e-4 * (max - min);
    const high = errors(at.map((x, i) => (i === k ? x + step : x)));
    const low = errors(at.map((x, i) => (i === k ? x - step : x)));
    // In units of the parameter's range, so that the matrix is well scaled.
    return high.map((value, i) => ((value - (low[i] ?? 0)) / (2 * step)) * (max - min));
  });
  const count = columns[0]?.length ?? 0;
  const normal = columns.map((left) =>
    columns.map((right) => left.reduce((sum, value, i) => sum + value * (right[i] ?? 0), 0)),
  );
  const covariance = inverse(normal);
  const freedom = count - parameters.length;
  if (covariance === undefined)
    return { deviations: parameters.map(() => undefined), entangled: parameters.map(() => 1) };
  const deviation = parameters.map((_, i) => Math.sqrt(Math.max(0, covariance[i]?.[i] ?? 0)));
  return {
    deviations: parameters.map(({ min, max }, i) =>
      freedom > 0 ? (deviation[i] ?? 0) * Math.sqrt(square / freedom) * (max - min) : undefined,
    ),
    entangled: parameters.map((_, i) =>
      Math.max(
        0,
        ...parameters.flatMap((_, j) => {
          const size = (deviation[i] ?? 0) * (deviation[j] ?? 0);
          return i === j || size === 0 ? [] : [Math.abs((covariance[i]?.[j] ?? 0) / size)];
        }),
      ),
    ),
  };
}

/** Gauss and Jordan with pivots; undefined where the matrix is singular to working precision. */
function inverse(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  const scale = Math.max(...matrix.flat().map(Math.abs), 0);
  for (let k = 0; k < size; k++) {
    let pivot = k;
    for (let i = k + 1; i < size; i++)
      if (Math.abs(rows[i]?.[k] ?? 0) > Math.abs(rows[pivot]?.[k] ?? 0)) pivot = i;
    const chosen = rows[pivot];
    const other = rows[k];
    if (chosen === undefined || other === undefined) return undefined;
    rows[pivot] = other;
    rows[k] = chosen;
    const head = chosen[k] ?? 0;
    if (!(Math.abs(head) > 1e-13 * scale)) return undefined;
    for (let j = 0; j < chosen.length; j++) chosen[j] = (chosen[j] ?? 0) / head;
    for (const row of rows) {
      const factor = row[k] ?? 0;
      if (row === chosen || factor === 0) continue;
      for (let j = 0; j < row.length; j++) row[j] = (row[j] ?? 0) - factor * (chosen[j] ?? 0);
    }
  }
  return rows.map((row) => row.slice(size));
}
