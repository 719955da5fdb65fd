import { cellKey } from '../compile/compile.ts';
import type { Uncertain } from '../study/ensemble.ts';
import { type Ensemble, ensemble } from '../study/ensemble.ts';
import type { Lab } from './lab.ts';
import type { LabScenario } from './lab-state.ts';

/**
 * How far a number that was not measured may lie from its value, as a share of it. A rule of ours, not a finding: it says
 * what of the outcome hangs on numbers that nobody has measured here.
 */
export const spreadOf = { assumed: 0.2, literature: 0.1 } as const;

/** Members of an ensemble: enough for the outer percentiles to stand still, few enough for a phone. */
export const ensembleSize = 400;

export interface UncertainConstant extends Uncertain {
  readonly status: keyof typeof spreadOf;
}

/** Constants that convert units or set a scenario's calendar are known exactly. */
const exact =
  /^(?:.*_in_a_.*|.*_of_a_.*|days_in_a_year|one_year|yuan_each_t|smallest_flow|standard_coal_.*|methane_over_carbon|plan_base_year|years_to_2021|base_year|policy_.*|income_index_2021|cumulative_.*|carbon_waiting|price_index)$/;

/** What an ensemble varies: every assumed constant by a fifth, every one from literature by a tenth; shares stay within 1. */
export function uncertainOf(lab: Lab): readonly UncertainConstant[] {
  const levers = new Set(lab.sheet.levers.map(({ key }) => key));
  return lab.sheet.variables.flatMap(({ key, status, units, group, elements }) => {
    if (status !== 'assumed' && status !== 'literature') return [];
    if (levers.has(key) || group === 'balance' || exact.test(key)) return [];
    return elements.flatMap(({ column }): UncertainConstant[] => {
      const cell = lab.sheet.cells.find((one) => one.name === column);
      const value = cell?.value;
      if (value === undefined || value === 0 || !lab.isConstant(column)) return [];
      const half = Math.abs(value) * spreadOf[status];
      const isShare = units === 'dmnl' && value > 0 && value <= 1;
      const max = isShare ? Math.min(1, value + half) : value + half;
      if (max <= value) return [];
      return [
        {
          name: cellKey(column),
          status,
          distribution: { kind: 'triangular', min: value - half, mode: value, max },
        },
      ];
    });
  });
}

export interface Share {
  readonly from: number;
  readonly to: number;
}

/** Runs a share of the ensemble around a scenario; the shares put together are the whole, wherever each was run. */
export function labEnsemble(
  lab: Lab,
  scenario: LabScenario,
  columns: readonly string[],
  { from, to }: Share = { from: 0, to: ensembleSize },
): Ensemble {
  return ensemble(lab.runner, {
    uncertain: uncertainOf(lab),
    count: ensembleSize,
    seed: scenario.seed,
    columns,
    from,
    to,
    fixed: new Map(Object.entries(scenario.values).filter(([name]) => lab.isConstant(name))),
  });
}

/** Shares of one ensemble in their order as one. */
export function joinEnsembles(parts: readonly Ensemble[]): Ensemble {
  const [first] = parts;
  if (first === undefined) throw new RangeError('an ensemble has at least one share');
  return {
    columns: first.columns,
    times: first.times,
    runs: parts.reduce((sum, { runs }) => sum + runs, 0),
    values: joined(parts.map(({ values }) => values)),
    samples: joined(parts.map(({ samples }) => samples)),
  };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
