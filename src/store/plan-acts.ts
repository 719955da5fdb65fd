import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Commitment, commitmentSchema, type Plan, type Revision } from '../model/index.ts';
import type { Connection } from './engine.ts';
import type { StoredEvent } from './store.ts';

/** The register of what is done to commitments in the office: each is a case, `commitment:<plan>:<id>`. */
export const commitmentRegister = 'commitment';

/**
 * What an act says: the commitment as it stands from then on, and what the workspace's files said of it (null: nothing) when
 * the act was done.
 */
export const planActSchema = z.object({
  plan: z.string(),
  commitment: commitmentSchema,
  over: commitmentSchema.nullable(),
  reason: z.string().min(1).max(4000),
});
const kindSchema = z.enum(['added', 'changed', 'withdrawn', 'restored']);

interface Act extends z.infer<typeof planActSchema> {
  readonly kind: Revision['kind'];
  readonly at: string;
  readonly by: string;
}

/** Plans with what was done to their commitments in the office as of a position. */
export async function withPlanActs(
  connection: Connection,
  city: string,
  area: string,
  plans: readonly Plan[],
  asOf: number,
): Promise<Plan[]> {
  if (plans.length === 0) return [];
  const { rows } = await connection.query<ActEvent>(
    `SELECT DISTINCT ON (e.stream, e.seq) e.stream, e.seq, e.kind, d.actor, d.body,
      to_char(d.occurred AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS occurred
    FROM event e JOIN event_detail d USING (city, area, stream, seq)
    WHERE e.city = $1 AND e.area = $2 AND ${ofCommitments('e')} AND d.position <= $3
    ORDER BY e.stream, e.seq, d.position DESC`,
    [city, area, asOf],
  );
  return appliedActs(plans, rows);
}

type ActEvent = Pick<StoredEvent, 'stream' | 'seq' | 'kind' | 'occurred' | 'actor' | 'body'>;

/** Cases of commitments, found by the order of their names: no other register's events are looked at. */
export const ofCommitments = (table: 'd' | 'e'): string =>
  `${table}.stream >= '${commitmentRegister}:' AND ${table}.stream < '${commitmentRegister};'`;

/**
 * A commitment stands as its last act left it, as long as the files still say what that act was done over. Files that say
 * something else came later and stand; nothing that was promised before is lost, since each act is a revision either way.
 */
export function appliedActs(plans: readonly Plan[], events: readonly ActEvent[]): Plan[] {
  const acts = new Map<string, Act[]>();
  for (const { stream, kind, occurred, actor, body } of [...events].sort((a, b) => a.seq - b.seq)) {
    const read = planActSchema.safeParse(body);
    const known = kindSchema.safeParse(kind);
    if (!read.success || !known.success) continue;
    const act: Act = { ...read.data, kind: known.data, at: occurred, by: actor ?? '?' };
    acts.set(stream, [...(acts.get(stream) ?? []), act]);
  }
  if (acts.size === 0) return [...plans];
  return plans.map((plan) => {
    const own = [...acts.values()].filter(([first]) => first?.plan === plan.id);
    const byId = new Map(own.map((each) => [each[0]?.commitment.id ?? '', each]));
    const commitments = plan.commitments.map((commitment) => {
      const done = byId.get(commitment.id);
      byId.delete(commitment.id);
      return done === undefined ? commitment : standing(commitment, done);
    });
    for (const done of byId.values()) {
      // Added in the office; what the files had and have no more is not brought back.
      const last = done.at(-1);
      if (last !== undefined && last.over === null)
        commitments.push(withRevisions(last.commitment, [], done));
    }
    return { ...plan, commitments };
  });
}

function standing(file: Commitment, acts: readonly Act[]): Commitment {
  const last = acts.at(-1);
  const stands = last !== undefined && last.over !== null && isDeepStrictEqual(last.over, file);
  return withRevisions(stands ? last.commitment : file, file.revisions ?? [], acts);
}

function withRevisions(
  commitment: Commitment,
  before: readonly Revision[],
  acts: readonly Act[],
): Commitment {
  const known = new Set(before.map(({ at, by }) => `${at} ${by}`));
  const fresh = acts.flatMap(({ at, by, kind, reason, over }, index): Revision[] => {
    if (known.has(`${at} ${by}`)) return [];
    const previous = acts[index - 1];
    // What the act found: the act before it, or the files where these had come to say something else.
    const was = previous !== undefined && isDeepStrictEqual(previous.over, over) ? previous.commitment : over;
    return [{ at, by, kind, reason, was: was === null ? null : contentOf(was) }];
  });
  return { ...contentOf(commitment), revisions: [...before, ...fresh] };
}

/** A commitment without what it said before. */
export function contentOf({ revisions: _, ...content }: Commitment): Omit<Commitment, 'revisions'> {
  return content;
}
