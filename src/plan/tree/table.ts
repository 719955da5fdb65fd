import type { Commitment, Plan } from '../../model/index.ts';

/** Columns of a plan as a table: a row a commitment, then a row for each further staged target or budget of it. */
export const planColumns = [
  'id',
  'parent',
  'kind',
  'name_en',
  'name_zh',
  'owner_en',
  'owner_zh',
  'start',
  'due',
  'weight',
  'state',
  'sdg_targets',
  'target_indicator',
  'target_area',
  'target_period',
  'target_comparator',
  'target_value',
  'target_unit',
  'budget_amount',
  'budget_unit',
  'budget_source_en',
  'budget_source_zh',
  'source',
  'locator',
] as const;
export type PlanColumn = (typeof planColumns)[number];
export type PlanRow = Readonly<Partial<Record<PlanColumn, string>>>;

/** A plan as rows, for a spreadsheet. Descriptions and notes stay in the YAML. */
export function planRows(plan: Plan): readonly PlanRow[] {
  return plan.commitments.flatMap((commitment) => {
    const { targets, budget } = commitment;
    const rows = Math.max(1, targets.length, budget.length);
    return Array.from({ length: rows }, (_, at): PlanRow => {
      const [target, money] = [targets[at], budget[at]];
      return {
        id: commitment.id,
        ...(at === 0 ? headOf(commitment) : {}),
        ...(target === undefined
          ? {}
          : {
              target_indicator: target.indicator,
              target_area: target.area ?? '',
              target_period: target.period,
              target_comparator: target.comparator,
              target_value: target.value ?? '',
              target_unit: target.unit,
            }),
        ...(money === undefined
          ? {}
          : {
              budget_amount: money.amount,
              budget_unit: money.unit,
              budget_source_en: money.source?.en ?? '',
              budget_source_zh: money.source?.zh ?? '',
            }),
      };
    });
  });
}

function headOf(commitment: Commitment): PlanRow {
  const { parent, kind, name, owner, start, due, weight, state, sdgTargets, citation } = commitment;
  return {
    parent: parent ?? '',
    kind,
    name_en: name.en,
    name_zh: name.zh,
    owner_en: owner?.en ?? '',
    owner_zh: owner?.zh ?? '',
    start: start ?? '',
    due: due ?? '',
    weight: weight ?? '',
    state,
    sdg_targets: sdgTargets.join(' '),
    source: citation?.source ?? '',
    locator: citation?.locator ?? '',
  };
}

/** Rows read back as what a plan's YAML says; what a table leaves out is left out. To be checked by the plan's schema. */
export function planOfRows(rows: readonly PlanRow[], head: Pick<Plan, 'id' | 'name' | 'source'>): unknown {
  const commitments = new Map<string, Record<string, unknown> & { targets: unknown[]; budget: unknown[] }>();
  for (const row of rows) {
    const id = row.id ?? '';
    const known = commitments.get(id) ?? { ...commitmentOf(row), targets: [], budget: [] };
    commitments.set(id, known);
    if ((row.target_indicator ?? '') !== '')
      known.targets.push({
        indicator: row.target_indicator,
        ...given('area', row.target_area),
        period: row.target_period,
        ...given('comparator', row.target_comparator),
        value: row.target_value === undefined || row.target_value === '' ? null : row.target_value,
        unit: row.target_unit,
      });
    if ((row.budget_amount ?? '') !== '')
      known.budget.push({
        amount: row.budget_amount,
        unit: row.budget_unit,
        ...localized('source', row.budget_source_en, row.budget_source_zh),
      });
  }
  return { ...head, commitments: [...commitments.values()] };
}

function commitmentOf(row: PlanRow): Record<string, unknown> {
  return {
    id: row.id,
    ...given('parent', row.parent),
    ...given('kind', row.kind),
    ...localized('name', row.name_en, row.name_zh),
    ...localized('owner', row.owner_en, row.owner_zh),
    ...given('start', row.start),
    ...given('due', row.due),
    ...given('weight', row.weight),
    ...given('state', row.state),
    sdgTargets: (row.sdg_targets ?? '').split(/\s+/).filter((word) => word !== ''),
    ...((row.source ?? '') === '' ? {} : { citation: { source: row.source, locator: row.locator ?? '' } }),
  };
}

function given(field: string, value: string | undefined): Record<string, string> {
  return value === undefined || value === '' ? {} : { [field]: value };
}

function localized(
  field: string,
  en = '',
  zh = '',
): Record<string, { readonly en: string; readonly zh: string }> {
  return en === '' && zh === '' ? {} : { [field]: { en, zh } };
}
