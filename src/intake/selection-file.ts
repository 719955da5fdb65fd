import { compare, currencyOf, decimal, type ProjectSelection, parseUnit } from '../model/index.ts';
import type { FindingList } from './finding-list.ts';
import type { Known } from './known.ts';
import { quote } from './quote.ts';
import { ReferenceCheck } from './reference-check.ts';
import type { Shaped } from './yaml-shape.ts';

/** Checks a file of `selection/` for what its schema cannot say: who scored, by what, within which bounds, in what money. */
export function checkSelection(shaped: Shaped<ProjectSelection>, known: Known, findings: FindingList): void {
  const { citation, criteria, panel, candidates, places } = shaped.value;
  const check = new ReferenceCheck(shaped, known, findings);
  check.citation(['citation'], citation);
  check.unique('criterion', ['criteria'], criteria);
  check.unique('member', ['panel'], panel);
  check.unique('candidate', ['candidates'], candidates);
  const zero = decimal('0');
  criteria.forEach(({ weight, most, least }, at) => {
    for (const [key, value] of [['weight', weight] as const, ['most', most] as const])
      if (compare(decimal(value), zero) <= 0)
        check.error('selection.not-positive', ['criteria', at, key], {
          what: `${key} is ${quote(value)}, not more than zero`,
          why: 'a criterion counts with a share of all weights, and scores run from zero to the most',
          mend: 'write a number above zero, or leave the criterion out',
        });
    if (least !== undefined && compare(decimal(least), decimal(most)) > 0)
      check.error('selection.least', ['criteria', at, 'least'], {
        what: `the least, ${quote(least)}, is above the most, ${quote(most)}`,
        why: 'no candidate could ever pass',
        mend: 'correct one of the two',
      });
  });
  const ids = new Map(candidates.map(({ id }) => [id, id]));
  const { chosen = [], shortlist = [] } = shaped.value.decision ?? {};
  chosen.forEach((id, at) => {
    check.oneOf('candidate', ['decision', 'chosen', at], id, ids, 'candidates of this file');
  });
  shortlist.forEach((id, at) => {
    check.oneOf('candidate', ['decision', 'shortlist', at], id, ids, 'candidates of this file');
  });
  if (chosen.length > places)
    check.error('selection.places', ['decision', 'chosen'], {
      what: `${chosen.length} are chosen for ${places} places`,
      why: 'a selection takes no more than it has places for',
      mend: 'take some out, or correct the places',
    });
  const most = new Map(criteria.map((each) => [each.id, each.most]));
  const members = new Set(panel.map(({ id }) => id));
  candidates.forEach((candidate, at) => {
    const path = ['candidates', at];
    check.citation([...path, 'citation'], candidate.citation);
    if (candidate.citation === undefined && candidate.entered === undefined && !candidate.generated)
      check.error('selection.no-source', [...path, 'id'], {
        what: `the candidate ${quote(candidate.id)} has no citation`,
        why: 'every project on the page says where it comes from',
        mend: 'add citation: { source: …, locator: … }; for a made-up example write generated: true',
      });
    candidate.budget.forEach(({ amount, unit }, each) => {
      const parsed = parseUnit(unit);
      if (parsed === null || currencyOf(parsed) === null)
        check.error('selection.not-money', [...path, 'budget', each, 'unit'], {
          what: `${quote(unit)} is no amount of money`,
          why: 'budgets are summed by currency',
          mend: 'write a currency such as CNY or 10*4.CNY',
        });
      if (compare(decimal(amount), zero) < 0)
        check.error('selection.negative', [...path, 'budget', each, 'amount'], {
          what: `the budget is ${quote(amount)}`,
          why: 'a budget is not below zero',
          mend: 'correct the amount',
        });
    });
    candidate.conflicts.forEach(({ member }, each) => {
      check.oneOf('member', [...path, 'conflicts', each, 'member'], member, members, 'panel of this file');
    });
    for (const [member, given] of Object.entries(candidate.scores)) {
      check.oneOf('member', [...path, 'scores', member], member, members, 'panel of this file');
      for (const [criterion, score] of Object.entries(given)) {
        const place = [...path, 'scores', member, criterion];
        check.oneOf('criterion', place, criterion, most, 'criteria of this file');
        const top = most.get(criterion);
        if (top === undefined) continue;
        if (compare(decimal(score), zero) < 0 || compare(decimal(score), decimal(top)) > 0)
          check.error('selection.score', place, {
            what: `the score ${quote(score)} is not between 0 and ${top}`,
            why: `scores of ${criterion} run from 0 to ${top}`,
            mend: 'correct the score, or the most of the criterion',
          });
      }
    }
  });
}
