import {
  add,
  compare,
  decimal,
  divide,
  multiply,
  type Rational,
  rational,
  toDecimal,
} from '../../model/index.ts';

/** What candidates are judged by. Weights are relative: what counts is a weight's share of all. */
export interface Criterion {
  readonly id: string;
  readonly weight: string;
  /** Highest score a member may give; scores run from zero. */
  readonly most: string;
  /** A mean score below this shuts a candidate out, whatever its total. */
  readonly least?: string;
}

/** What one member of the panel gives one candidate. */
export interface Score {
  readonly member: string;
  readonly candidate: string;
  readonly criterion: string;
  readonly score: string;
}

/** A declared conflict of interest: this member's scores of this candidate do not count. */
export interface Conflict {
  readonly member: string;
  readonly candidate: string;
  readonly reason: string;
}

export interface Ranked {
  readonly candidate: string;
  /** Weighted mean share of the highest scores, 0 to 100, exact to 34 digits; null where a criterion has no score that counts. */
  readonly total: string | null;
  /** Place; candidates with equal totals share one. Null for those without a total or shut out. */
  readonly rank: number | null;
  readonly decision: 'chosen' | 'reserve' | 'shut-out' | 'not-judged' | 'tied';
  /** Mean score by criterion over the members that count. */
  readonly scores: readonly {
    readonly criterion: string;
    readonly mean: string | null;
    readonly members: number;
  }[];
  readonly reasons: readonly Reason[];
}

export type Reason =
  | {
      readonly kind: 'below-least';
      readonly criterion: string;
      readonly mean: string;
      readonly least: string;
    }
  | {
      readonly kind: 'too-few';
      readonly criterion: string;
      readonly members: number;
      readonly needed: number;
    }
  | { readonly kind: 'conflict'; readonly member: string; readonly reason: string }
  | { readonly kind: 'place'; readonly rank: number; readonly places: number };

export interface Selection {
  readonly ranked: readonly Ranked[];
  readonly chosen: readonly string[];
  /** Candidates that share the last place and cannot all be taken: for the panel to decide, never for the order of names. */
  readonly tied: readonly string[];
}

/**
 * Selects `places` of the candidates. A criterion's mean is over the members without a declared conflict; fewer than
 * `leastMembers` of them is no judgement. Exact fractions throughout: equal is equal.
 */
export function selectProjects(
  candidates: readonly string[],
  criteria: readonly Criterion[],
  scores: readonly Score[],
  conflicts: readonly Conflict[],
  places: number,
  leastMembers = 3,
): Selection {
  const barred = new Set(conflicts.map(({ member, candidate }) => `${member}\u0001${candidate}`));
  const byCell = new Map<string, Rational[]>();
  for (const { member, candidate, criterion, score } of scores) {
    if (barred.has(`${member}\u0001${candidate}`)) continue;
    const key = `${candidate}\u0001${criterion}`;
    const known = byCell.get(key);
    if (known === undefined) byCell.set(key, [decimal(score)]);
    else known.push(decimal(score));
  }
  const weights = criteria.reduce((sum, { weight }) => add(sum, decimal(weight)), rational(0n));
  const judged = candidates.map((candidate) => {
    const reasons: Reason[] = conflicts
      .filter((conflict) => conflict.candidate === candidate)
      .map(({ member, reason }) => ({ kind: 'conflict', member, reason }));
    let total: Rational | null = rational(0n);
    let isOut = false;
    const means = criteria.map(({ id, weight, most, least }) => {
      const given = byCell.get(`${candidate}\u0001${id}`) ?? [];
      if (given.length < leastMembers) {
        reasons.push({ kind: 'too-few', criterion: id, members: given.length, needed: leastMembers });
        total = null;
        return { criterion: id, mean: null, members: given.length };
      }
      const mean = divide(given.reduce(add, rational(0n)), rational(BigInt(given.length)));
      if (least !== undefined && compare(mean, decimal(least)) < 0) {
        isOut = true;
        reasons.push({ kind: 'below-least', criterion: id, mean: toDecimal(mean), least });
      }
      if (total !== null)
        total = add(total, divide(multiply(divide(mean, decimal(most)), decimal(weight)), weights));
      return { criterion: id, mean: toDecimal(mean), members: given.length };
    });
    return { candidate, total: total as Rational | null, isOut, means, reasons };
  });
  const inOrder = judged
    .filter((each): each is typeof each & { total: Rational } => each.total !== null && !each.isOut)
    .sort((a, b) => -compare(a.total, b.total) || (a.candidate < b.candidate ? -1 : 1));
  const last = inOrder[places - 1];
  const next = inOrder[places];
  const isTied = last !== undefined && next !== undefined && compare(last.total, next.total) === 0;
  const tied = isTied
    ? inOrder.filter((each) => compare(each.total, last.total) === 0).map(({ candidate }) => candidate)
    : [];
  const chosen = inOrder
    .slice(0, places)
    .map(({ candidate }) => candidate)
    .filter((id) => !tied.includes(id));
  const ranked = judged.map(({ candidate, total, isOut, means, reasons }): Ranked => {
    const own = inOrder.find((each) => each.candidate === candidate);
    const rank =
      own === undefined ? null : 1 + inOrder.filter((each) => compare(each.total, own.total) > 0).length;
    return {
      candidate,
      total: total === null ? null : toDecimal(multiply(total, rational(100n))),
      rank,
      decision:
        total === null
          ? 'not-judged'
          : isOut
            ? 'shut-out'
            : chosen.includes(candidate)
              ? 'chosen'
              : tied.includes(candidate)
                ? 'tied'
                : 'reserve',
      scores: means,
      reasons: rank === null ? reasons : [...reasons, { kind: 'place', rank, places }],
    };
  });
  return {
    ranked: ranked.sort(
      (a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.candidate < b.candidate ? -1 : 1),
    ),
    chosen,
    tied,
  };
}
