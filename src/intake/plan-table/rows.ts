import type { Citation, Commitment, Localized, Plan } from '../../model/index.ts';
import type { PlanRow } from './columns.ts';

/** A plan as rows, loss-free: `planTree` in tree.ts reads them back to the same plan. */
export function planRows(plan: Plan): readonly PlanRow[] {
  return [
    {
      id: plan.id,
      kind: 'plan',
      name_en: plan.name.en,
      name_zh: plan.name.zh,
      source: plan.source,
    },
    ...plan.commitments.flatMap(rowsOf),
  ];
}

function rowsOf(commitment: Commitment): readonly PlanRow[] {
  const { targets, budget, evidence = [], revisions = [] } = commitment;
  const count = Math.max(1, targets.length, budget.length, evidence.length, revisions.length);
  return Array.from({ length: count }, (_, at): PlanRow => {
    const [target, money, shown, revision] = [targets[at], budget[at], evidence[at], revisions[at]];
    return {
      id: commitment.id,
      ...(at === 0 ? headOf(commitment) : {}),
      ...(target === undefined
        ? {}
        : {
            target_indicator: target.indicator,
            ...given('target_area', target.area),
            target_period: target.period,
            target_comparator: target.comparator,
            ...given('target_value', target.value ?? undefined),
            target_unit: target.unit,
            ...cited('target_source', 'target_locator', target.citation),
          }),
      ...(money === undefined
        ? {}
        : {
            budget_amount: money.amount,
            budget_unit: money.unit,
            ...localized('budget_source_en', 'budget_source_zh', money.source),
            ...cited('budget_source', 'budget_locator', money.citation),
          }),
      ...(shown === undefined
        ? {}
        : {
            ...localized('evidence_en', 'evidence_zh', shown.text),
            ...cited('evidence_source', 'evidence_locator', shown.citation),
          }),
      ...(revision === undefined
        ? {}
        : {
            change_at: revision.at,
            change_by: revision.by,
            change_kind: revision.kind,
            change_reason: revision.reason,
            change_was: revision.was === null ? '' : JSON.stringify(revision.was),
          }),
    };
  });
}

function headOf(commitment: Commitment): PlanRow {
  const { kind, name, description, owner, sdgTargets, criteria, citation, note, withdrawn } = commitment;
  return {
    ...given('parent', commitment.parent),
    kind,
    ...localized('name_en', 'name_zh', name),
    ...localized('description_en', 'description_zh', description),
    ...localized('owner_en', 'owner_zh', owner),
    ...given('department', commitment.department),
    ...given('area', commitment.area),
    ...given('start', commitment.start),
    ...given('due', commitment.due),
    ...given('weight', commitment.weight),
    state: commitment.state,
    sdg_targets: listText(sdgTargets),
    criteria: listText((criteria ?? []).map(({ framework, criterion }) => `${framework}:${criterion}`)),
    ...cited('source', 'locator', citation),
    ...localized('note_en', 'note_zh', note),
    ...(withdrawn === undefined ? {} : { withdrawn_on: withdrawn.on, withdrawn_reason: withdrawn.reason }),
  };
}

/** Words with spaces between them; as JSON where a word would not come back from that. */
function listText(words: readonly string[]): string {
  return words.some((word) => word === '' || /[\s[]/u.test(word)) ? JSON.stringify(words) : words.join(' ');
}

function given(column: keyof PlanRow, text: string | undefined): PlanRow {
  return text === undefined ? {} : { [column]: text };
}

function localized(en: keyof PlanRow, zh: keyof PlanRow, text: Localized | undefined): PlanRow {
  return text === undefined ? {} : { [en]: text.en, [zh]: text.zh };
}

function cited(source: keyof PlanRow, locator: keyof PlanRow, citation: Citation | undefined): PlanRow {
  return citation === undefined ? {} : { [source]: citation.source, [locator]: citation.locator };
}
