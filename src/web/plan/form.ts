import { type PlanColumn, type PlanRow, partColumns, planRows } from '../../intake/index.ts';
import type { Commitment, Plan } from '../../model/index.ts';
import type { FormFields } from '../sign-in/form.ts';

/** The fields of one commitment that a form has, by the column of the table that they are. */
export const headFields = [
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
  'source',
  'locator',
  'note_en',
  'note_zh',
] as const satisfies readonly PlanColumn[];

/** The parts of which a form shows several rows. */
export const formParts = ['targets', 'budget', 'evidence'] as const;

/** Most rows of a part that are read from a form. */
const mostRows = 200;

/** A commitment as the rows that a form shows. */
export const rowsOfCommitment = (commitment: Commitment): readonly PlanRow[] =>
  planRows({ id: 'p', name: commitment.name, source: 's', commitments: [commitment] }).slice(1);

/** What a form says of a commitment, as rows of the table; what the form does not show is taken from `before`. */
export function rowsOfForm(form: FormFields, id: string, before: Commitment | null): readonly PlanRow[] {
  const clean = (text: string): string => text.replace(/\r\n?/g, '\n');
  const head: Record<string, string> = {};
  for (const field of headFields) head[field] = clean(form.text(field)).trim();
  const lists = formParts.map((part) => {
    const columns = partColumns[part].map((column) => [column, form.all(column)] as const);
    const count = Math.min(mostRows, Math.max(0, ...columns.map(([, values]) => values.length)));
    return Array.from({ length: count }, (_, at) =>
      Object.fromEntries(columns.map(([column, values]) => [column, clean(values[at] ?? '').trim()])),
    ).filter((row) =>
      // A row whose only word is the comparator that the form proposes is blank.
      Object.entries(row).some(([column, value]) => value !== '' && column !== 'target_comparator'),
    );
  });
  const kept = before === null ? [] : rowsOfCommitment(before);
  const revisions = kept.map((row) =>
    Object.fromEntries(
      partColumns.revisions.flatMap((column) => (row[column] === undefined ? [] : [[column, row[column]]])),
    ),
  );
  const withdrawn =
    kept[0]?.withdrawn_on === undefined
      ? {}
      : { withdrawn_on: kept[0].withdrawn_on, withdrawn_reason: kept[0].withdrawn_reason ?? '' };
  const count = Math.max(1, revisions.length, ...lists.map((list) => list.length));
  return Array.from(
    { length: count },
    (_, at): PlanRow => ({
      id,
      ...(at === 0 ? { ...head, ...withdrawn } : {}),
      ...Object.assign({}, ...lists.map((list) => list[at] ?? {})),
      ...(revisions[at] ?? {}),
    }),
  );
}

/** The rows of a whole plan with those of one commitment put in place of its own, or at its end. */
export function planWith(plan: Plan, id: string, rows: readonly PlanRow[]): readonly PlanRow[] {
  const all = planRows(plan);
  const at = all.findIndex((row, index) => index > 0 && row.id === id);
  const others = all.filter((row, index) => index === 0 || row.id !== id);
  return at < 0 ? [...others, ...rows] : [...others.slice(0, at), ...rows, ...others.slice(at)];
}
