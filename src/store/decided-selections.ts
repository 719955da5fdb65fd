import { type ProjectSelection, projectSelectionSchema } from '../model/index.ts';
import type { ActEvent } from './acts-over-files.ts';

/** The register of selections of projects in the office: each is a case, `selection:<id>`. */
export const selectionRegister = 'selection';

/**
 * Selections with those that were decided in the office: the decision holds criteria, scores and reasons as they were then.
 * What is not decided, or was opened again, is not shown.
 */
export function withDecidedSelections(
  selections: readonly ProjectSelection[],
  events: readonly ActEvent[],
): ProjectSelection[] {
  const last = new Map<string, ActEvent>();
  for (const event of [...events].sort((a, b) => a.seq - b.seq)) last.set(event.stream, event);
  const decided = [...last.values()].flatMap(({ kind, body }) => {
    const read = kind === 'decided' ? projectSelectionSchema.safeParse(body.selection) : null;
    return read?.success === true ? [read.data] : [];
  });
  const ids = new Set(decided.map(({ id }) => id));
  return [...selections.filter(({ id }) => !ids.has(id)), ...decided].sort((a, b) => (a.id < b.id ? -1 : 1));
}
