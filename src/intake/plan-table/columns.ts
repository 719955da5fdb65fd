/**
 * Columns of a plan as one table. The first row has the kind `plan` and says what the plan is called; then comes a row for
 * each commitment, and under it rows with the same id for each further target, budget, piece of evidence and change.
 */
export const planColumns = [
  'id',
  'parent',
  'kind',
  'name_en',
  'name_zh',
  'description_en',
  'description_zh',
  'owner_en',
  'owner_zh',
  'department',
  'area',
  'start',
  'due',
  'weight',
  'state',
  'sdg_targets',
  'criteria',
  'target_indicator',
  'target_area',
  'target_period',
  'target_comparator',
  'target_value',
  'target_unit',
  'target_source',
  'target_locator',
  'budget_amount',
  'budget_unit',
  'budget_source_en',
  'budget_source_zh',
  'budget_source',
  'budget_locator',
  'evidence_en',
  'evidence_zh',
  'evidence_source',
  'evidence_locator',
  'source',
  'locator',
  'note_en',
  'note_zh',
  'withdrawn_on',
  'withdrawn_reason',
  'change_at',
  'change_by',
  'change_kind',
  'change_reason',
  'change_was',
] as const;
export type PlanColumn = (typeof planColumns)[number];
export type PlanRow = Readonly<Partial<Record<PlanColumn, string>>>;

/** Columns whose spaces and line ends belong to what is said; cells of all others are codes, read without outer spaces. */
export const textColumns: ReadonlySet<string> = new Set<PlanColumn>([
  'name_en',
  'name_zh',
  'description_en',
  'description_zh',
  'owner_en',
  'owner_zh',
  'budget_source_en',
  'budget_source_zh',
  'evidence_en',
  'evidence_zh',
  'note_en',
  'note_zh',
  'withdrawn_reason',
  'change_by',
  'change_reason',
  'locator',
  'target_locator',
  'budget_locator',
  'evidence_locator',
  'change_was',
]);

/** Columns of the parts of which a commitment may have several, by the part. */
export const partColumns = {
  targets: planColumns.filter((column) => column.startsWith('target_')),
  budget: planColumns.filter((column) => column.startsWith('budget_')),
  evidence: planColumns.filter((column) => column.startsWith('evidence_')),
  revisions: planColumns.filter((column) => column.startsWith('change_')),
} as const;
export type Part = keyof typeof partColumns;
export const parts = ['targets', 'budget', 'evidence', 'revisions'] as const;
