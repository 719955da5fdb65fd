import { compare, comparePeriods, decimal, type ExaminationDeclaration, type Plan } from '../model/index.ts';
import type { FindingList } from './finding-list.ts';
import type { Known } from './known.ts';
import { quote } from './quote.ts';
import { ReferenceCheck } from './reference-check.ts';
import type { Shaped } from './yaml-shape.ts';

/** Checks a file of `examinations/` for what its schema cannot say: references, weights, rules that never move. */
export function checkExamination(
  shaped: Shaped<ExaminationDeclaration>,
  known: Known,
  plans: readonly Plan[],
  findings: FindingList,
): void {
  const { citation, period, subjects, groups, weights, items } = shaped.value;
  const check = new ReferenceCheck(shaped, known, findings);
  check.citation(['citation'], citation);
  check.unique('subject', ['subjects'], subjects);
  check.unique('group', ['groups'], groups);
  check.tree('group', ['groups'], groups);
  check.unique('item', ['items'], items);
  const positive = (path: readonly PropertyKey[], value: string): void => {
    if (compare(decimal(value), decimal('0')) <= 0)
      check.error('examination.not-positive', path, {
        what: `the weight is ${quote(value)}, not more than zero`,
        why: 'what weighs nothing is not examined',
        mend: 'write a number above zero, or leave it out',
      });
  };
  subjects.forEach((subject, at) => {
    check.area(['subjects', at, 'area'], subject.area);
    check.citation(['subjects', at, 'citation'], subject.citation);
  });
  const groupIds = new Set(groups.map(({ id }) => id));
  const top = new Set(groups.filter(({ parent }) => parent === undefined).map(({ id }) => id));
  groups.forEach(({ parent, weight }, at) => {
    if (weight !== undefined) positive(['groups', at, 'weight'], weight);
    if ((parent === undefined) === (weight === undefined)) return;
    check.error('examination.weight', ['groups', at, 'id'], {
      what: parent === undefined ? 'a group at the top has a weight' : 'a group within another has no weight',
      why: 'groups at the top get theirs from weights, which says when it changed; the others carry their own',
      mend: parent === undefined ? 'move it to weights' : 'add weight: a share among the groups beside it',
    });
  });
  weights.forEach(({ from, shares, citation: said, assumed }, at) => {
    const path = ['weights', at];
    check.citation([...path, 'citation'], said);
    const before = weights[at - 1];
    if (before !== undefined && comparePeriods(before.from, from) >= 0)
      check.error('examination.order', [...path, 'from'], {
        what: `weights from ${from} stand after those from ${before.from}`,
        why: 'the history is read from the oldest to the newest',
        mend: 'put them in the order of time',
      });
    if (said === undefined && !assumed)
      check.error('examination.no-source', [...path, 'from'], {
        what: 'these weights name no source',
        why: 'a weight is either decided somewhere or assumed here, and the page says which',
        mend: 'add citation: { source: …, locator: … }, or assumed: true',
      });
    for (const [group, share] of Object.entries(shares)) {
      check.oneOf('group', [...path, 'shares', group], group, top, 'groups of this file, at the top');
      positive([...path, 'shares', group], share);
    }
    for (const group of top)
      if (!(group in shares))
        check.error('examination.share', [...path, 'shares'], {
          what: `there is no share for the group ${quote(group)}`,
          why: 'the shares of all groups at the top add up to the whole',
          mend: `add ${group}: with its share`,
        });
  });
  if (weights[0] !== undefined && comparePeriods(weights[0].from, period) > 0)
    check.error('examination.late', ['weights', 0, 'from'], {
      what: `the first weights count from ${weights[0].from}, after the period ${period}`,
      why: 'the newest weights up to the period are the ones that count',
      mend: 'add the weights that counted then',
    });
  const subjectIds = new Set(subjects.map(({ id }) => id));
  const planOf = new Map(plans.map((plan) => [plan.id, new Set(plan.commitments.map(({ id }) => id))]));
  items.forEach((item, at) => {
    const path = ['items', at];
    const { evidence, rule } = item;
    check.citation([...path, 'citation'], item.citation);
    check.oneOf('group', [...path, 'group'], item.group, groupIds, 'groups of this file');
    positive([...path, 'weight'], item.weight);
    item.subjects?.forEach((id, each) => {
      check.oneOf('subject', [...path, 'subjects', each], id, subjectIds, 'subjects of this file');
    });
    if (evidence.kind === 'figure') {
      check.indicator([...path, 'evidence', 'indicator'], evidence.indicator);
      check.area([...path, 'evidence', 'area'], evidence.area);
      if (evidence.since === undefined) check.unit([...path, 'unit'], item.unit, evidence.indicator);
      else if (comparePeriods(evidence.since, evidence.period) >= 0)
        check.error('examination.since', [...path, 'evidence', 'since'], {
          what: `the change runs from ${evidence.since} to ${evidence.period}`,
          why: 'a change runs forward',
          mend: 'correct one of the two',
        });
    } else {
      const commitments = planOf.get(evidence.plan) ?? null;
      check.oneOf('plan', [...path, 'evidence', 'plan'], evidence.plan, planOf, 'plan.yaml or plans/');
      evidence.commitments.forEach((id, each) => {
        const place = [...path, 'evidence', 'commitments', each];
        check.oneOf('commitment', place, id, commitments, `the plan ${evidence.plan}`);
      });
      if (item.unit !== '%')
        check.error('examination.unit', [...path, 'unit'], {
          what: `the unit is ${quote(item.unit)}`,
          why: 'tasks give the share of them that has come so far, in per cent',
          mend: "write unit: '%'",
        });
    }
    if (rule.kind === 'share' && compare(decimal(rule.target), decimal(rule.zero)) === 0)
      check.error('examination.rule', [...path, 'rule', 'zero'], {
        what: 'target and zero are the same value',
        why: 'points grow on the way from zero to the target',
        mend: 'set them apart, or use the rule reach',
      });
  });
}
