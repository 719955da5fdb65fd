import { isDeepStrictEqual } from 'node:util';
import { type Commitment, type Plan, planSchema } from '../../model/index.ts';
import { readActs } from '../../plan/index.ts';
import { contentOf, type Store } from '../../store/index.ts';
import type { Content } from './lines.ts';

/** One state of a commitment: what it said from then on. */
export interface Moment {
  readonly kind: 'first' | 'file' | 'dropped' | 'added' | 'changed' | 'withdrawn' | 'restored';
  /** ISO time; null when nobody noted it. */
  readonly at: string | null;
  readonly by: string | null;
  readonly reason: string;
  /** Position of the log; null where there is none at hand. */
  readonly position: number | null;
  /** Null: it was not in the plan any more. */
  readonly content: Content | null;
}

/** What a commitment said before, by its own revisions: all that a page without a log knows. */
export function momentsOf(commitment: Commitment): readonly Moment[] {
  const { revisions = [] } = commitment;
  const [first] = revisions;
  if (first === undefined) return [];
  return [
    ...(first.was === null ? [] : [start(first.was)]),
    ...revisions.map(
      ({ kind, at, by, reason }, index): Moment => ({
        kind,
        at,
        by,
        reason,
        position: null,
        content: revisions[index + 1]?.was ?? contentOf(commitment),
      }),
    ),
  ];
}

const start = (content: Content): Moment => ({
  kind: 'first',
  at: null,
  by: null,
  reason: '',
  position: null,
  content,
});

/** The same from the log: every version of the plan's files that says something else of it, and every act, in their order. */
export async function momentsInLog(
  store: Store,
  city: string,
  plan: Plan,
  commitment: Commitment,
): Promise<readonly Moment[]> {
  const [versions, acts, submissions] = await Promise.all([
    store.history(city, `plan/${plan.id}`),
    readActs(store, city, plan.id, commitment.id),
    store.submissions(city),
  ]);
  const logged = new Map(submissions.map((each) => [each.position, each]));
  const found: (Moment & { readonly position: number })[] = [];
  let before: Commitment | null = null;
  for (const { position, content } of versions) {
    const read = planSchema.safeParse(content);
    const now = read.success ? (read.data.commitments.find(({ id }) => id === commitment.id) ?? null) : null;
    if (isDeepStrictEqual(before, now)) continue;
    const entry = logged.get(position);
    const own = now === null || before !== null ? [] : momentsOf(now).slice(0, -1);
    found.push(...own.map((moment) => ({ ...moment, position })));
    found.push({
      kind: now === null ? 'dropped' : before === null ? 'first' : 'file',
      at: entry?.received ?? null,
      by: entry?.agent ?? null,
      reason: '',
      position,
      content: now === null ? null : contentOf(now),
    });
    before = now;
  }
  for (const { kind, occurred, actor, body, position } of acts) {
    const read = planSchema.shape.commitments.element.safeParse(body.commitment);
    if (!read.success || !isActKind(kind)) continue;
    found.push({
      kind,
      at: occurred,
      by: actor,
      reason: typeof body.reason === 'string' ? body.reason : '',
      position,
      content: contentOf(read.data),
    });
  }
  return found.sort((a, b) => a.position - b.position);
}

const isActKind = (kind: string): kind is 'added' | 'changed' | 'withdrawn' | 'restored' =>
  ['added', 'changed', 'withdrawn', 'restored'].includes(kind);
