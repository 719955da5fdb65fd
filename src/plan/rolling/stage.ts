import { robustLine } from '../../assess/index.ts';
import {
  breakdownKey,
  type Commitment,
  decimal,
  type Plan,
  toNumber,
  type Workspace,
  yearOf,
} from '../../model/index.ts';
import { type Decomposition, decompositions } from '../tree/decompose.ts';
import {
  type KnownValue,
  type StagedTarget,
  type Standing,
  type StandingKind,
  standingOf,
} from '../tree/standing.ts';

/** What the targets of a city's plans are held against. */
export type KnownPlace = Pick<Workspace, 'city' | 'indicators' | 'plans'> & {
  readonly values: readonly KnownValue[];
};

/** One target of a plan at a stage: what is, what the path asks for, where the line so far leads. */
export interface StageRow {
  readonly key: string;
  readonly target: StagedTarget;
  /** The commitments that promise it. */
  readonly commitments: readonly Commitment[];
  readonly standing: Standing;
  /** The line through the values so far in the target's year: a double, no figure. Null with fewer than two values. */
  readonly projected: number | null;
}

/** Names a target by all that it says: two commitments that promise the same share one key. */
export function targetKey(target: StagedTarget, city: string): string {
  const { indicator, area = city, period, comparator, value, unit } = target;
  return [indicator, area, period, comparator, value ?? '', unit].join('|');
}

/** The targets of a plan that still stand, each once, in the order of the plan. */
export function stageRows(plan: Plan, known: KnownPlace): readonly StageRow[] {
  const { area } = known.city;
  const rows = new Map<string, { target: StagedTarget; commitments: Commitment[] }>();
  for (const commitment of plan.commitments) {
    if (commitment.withdrawn !== undefined) continue;
    for (const target of commitment.targets) {
      const key = targetKey(target, area);
      const row = rows.get(key) ?? { target, commitments: [] };
      row.commitments.push(commitment);
      rows.set(key, row);
    }
  }
  return [...rows].map(([key, { target, commitments }]) => {
    const series = known.values.filter(
      (each) =>
        each.indicator === target.indicator &&
        each.area === (target.area ?? area) &&
        breakdownKey(each.breakdown) === '',
    );
    const stages = known.plans
      .flatMap((each) => each.commitments)
      .filter(({ withdrawn }) => withdrawn === undefined)
      .flatMap(({ targets }) => targets)
      .filter(
        (each) =>
          targetKey(each, area) !== key &&
          each.indicator === target.indicator &&
          (each.area ?? area) === (target.area ?? area),
      );
    const start = commitments.find((each) => each.start !== undefined)?.start;
    const year = yearOf(target.period);
    const line = robustLine(
      series.flatMap(({ period, value, unit }) => {
        const at = yearOf(period);
        return at === null || value === null || unit !== target.unit || period.includes('/')
          ? []
          : [{ year: at, value: toNumber(decimal(value)) }];
      }),
    );
    return {
      key,
      target,
      commitments,
      standing: standingOf(target, series, stages, start === undefined ? null : yearOf(start)),
      projected: year === null ? null : (line?.at(year) ?? null),
    };
  });
}

/** The plan with one target given another value, in every commitment that promises it. */
export function planWithTarget(plan: Plan, city: string, key: string, value: string): Plan {
  return {
    ...plan,
    commitments: plan.commitments.map((commitment) =>
      commitment.withdrawn === undefined && commitment.targets.some((each) => targetKey(each, city) === key)
        ? {
            ...commitment,
            targets: commitment.targets.map((each) =>
              targetKey(each, city) === key ? { ...each, value } : each,
            ),
          }
        : commitment,
    ),
  };
}

/** How many targets stand where. */
export type Tally = Readonly<Record<StandingKind, number>>;

/** What another value of one target would do to the whole. */
export interface Effect {
  readonly before: StageRow;
  readonly after: StageRow;
  /** What the parts have taken on against the whole, for each whole that the target is or is part of. */
  readonly sums: readonly { readonly before: Decomposition | null; readonly after: Decomposition }[];
  /** For each goal above the target. */
  readonly goals: readonly { readonly goal: Commitment; readonly before: Tally; readonly after: Tally }[];
}

/** The effect of giving one target another value; null when no commitment of the plan promises it. */
export function effectOf(plan: Plan, known: KnownPlace, key: string, value: string): Effect | null {
  const city = known.city.area;
  const rows = stageRows(plan, known);
  const before = rows.find((row) => row.key === key);
  if (before === undefined) return null;
  const changed = planWithTarget(plan, city, key, value);
  const later: KnownPlace = {
    ...known,
    plans: known.plans.map((each) => (each.id === plan.id ? changed : each)),
  };
  const laterRows = stageRows(changed, later);
  const laterKey = targetKey({ ...before.target, value }, city);
  const after = laterRows.find((row) => row.key === laterKey);
  if (after === undefined) return null;
  const sumsOf = (of: readonly StageRow[]) =>
    decompositions(
      of.map(({ target }) => target),
      known.city.areas,
      new Map(known.indicators.map((indicator) => [indicator.id, indicator])),
      known.values,
      city,
    ).filter(
      ({ indicator, period }) => indicator === before.target.indicator && period === before.target.period,
    );
  const sums = sumsOf(rows);
  const goals = new Map(before.commitments.map((each) => goalOf(plan, each)).map((goal) => [goal.id, goal]));
  return {
    before,
    after,
    sums: sumsOf(laterRows).map((each, at) => ({ before: sums[at] ?? null, after: each })),
    goals: [...goals.values()].map((goal) => ({
      goal,
      before: tallyOf(plan, rows, goal),
      after: tallyOf(changed, laterRows, goal),
    })),
  };
}

/** The highest goal below the root of the tree, or the root itself. */
function goalOf(plan: Plan, commitment: Commitment): Commitment {
  const parents = new Map(plan.commitments.map((each) => [each.id, each]));
  let [own, above] = [commitment, parents.get(commitment.parent ?? '')];
  for (let steps = 0; above?.parent !== undefined && steps < 100; steps++)
    [own, above] = [above, parents.get(above.parent)];
  return above === undefined || own.kind === 'goal' ? own : above;
}

function tallyOf(plan: Plan, rows: readonly StageRow[], goal: Commitment): Tally {
  const parents = new Map(plan.commitments.map(({ id, parent }) => [id, parent]));
  const isBelow = (id: string): boolean => {
    let at: string | undefined = id;
    for (let steps = 0; at !== undefined && steps < 100; steps++) {
      if (at === goal.id) return true;
      at = parents.get(at);
    }
    return false;
  };
  const tally = { met: 0, missed: 0, 'on-track': 0, behind: 0, 'no-number': 0, 'not-reported': 0 };
  for (const row of rows) if (row.commitments.some(({ id }) => isBelow(id))) tally[row.standing.kind] += 1;
  return tally;
}
