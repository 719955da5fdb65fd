import {
  add,
  type Candidate,
  convert,
  currencyOf,
  decimal,
  type ProjectSelection,
  parseUnit,
  type Rational,
  rational,
  toDecimal,
} from '../../model/index.ts';
import { type Selection, selectProjects } from './select.ts';

/** The selection that follows from a panel's file. Reasons of conflicts are member ids: their words are in the file. */
export function selectionOf(declared: ProjectSelection): Selection {
  const { candidates, criteria, places, leastMembers, decision } = declared;
  const judged = selectProjects(
    candidates.map(({ id }) => id),
    criteria.map(({ id, weight, most, least }) => ({
      id,
      weight,
      most,
      ...(least === undefined ? {} : { least }),
    })),
    candidates.flatMap(({ id, scores }) =>
      Object.entries(scores).flatMap(([member, given]) =>
        Object.entries(given).map(([criterion, score]) => ({ member, candidate: id, criterion, score })),
      ),
    ),
    candidates.flatMap(({ id, conflicts }) =>
      conflicts.map(({ member }) => ({ member, candidate: id, reason: member })),
    ),
    places,
    leastMembers,
  );
  return decision === undefined ? judged : decidedBy(judged, new Set(decision.chosen));
}

/** What the panel decided, over the order that its scores give: nobody is tied any more. */
function decidedBy({ ranked }: Selection, chosen: ReadonlySet<string>): Selection {
  return {
    ranked: ranked.map((row) =>
      chosen.has(row.candidate)
        ? { ...row, decision: 'chosen' }
        : row.decision === 'chosen' || row.decision === 'tied'
          ? { ...row, decision: 'reserve' }
          : row,
    ),
    chosen: ranked.flatMap(({ candidate }) => (chosen.has(candidate) ? [candidate] : [])),
    tied: [],
  };
}

/** Exact sums of budgets by currency, in whole units of it, in the order of its code. */
export function moneyOf(
  candidates: readonly Candidate[],
): readonly { readonly currency: string; readonly amount: string; readonly projects: number }[] {
  const sums = new Map<string, { sum: Rational; projects: Set<string> }>();
  for (const { id, budget } of candidates)
    for (const { amount, unit } of budget) {
      const from = parseUnit(unit);
      const currency = from === null ? null : currencyOf(from);
      const to = currency === null ? null : parseUnit(currency);
      const value = from === null || to === null ? null : convert(decimal(amount), from, to);
      if (currency === null || value === null) continue;
      const so = sums.get(currency) ?? { sum: rational(0n), projects: new Set<string>() };
      so.projects.add(id);
      sums.set(currency, { sum: add(so.sum, value), projects: so.projects });
    }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { sum, projects }]) => ({ currency, amount: toDecimal(sum), projects: projects.size }));
}
