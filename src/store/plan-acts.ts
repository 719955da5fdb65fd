import { z } from 'zod';
import { type Commitment, commitmentSchema, type Plan } from '../model/index.ts';
import { type ActEvent, actsByStream, afterActs } from './acts-over-files.ts';

/** The register of what is done to commitments in the office: each is a case, `commitment:<plan>:<id>`. */
export const commitmentRegister = 'commitment';

/**
 * What an act says: the commitment as it stands from then on, and what the workspace's files said of it (null: nothing) when
 * the act was done.
 */
const planActSchema = z.object({
  plan: z.string(),
  commitment: commitmentSchema,
  over: commitmentSchema.nullable(),
  reason: z.string().min(1).max(4000),
});

/** Plans with what was done to their commitments in the office. */
export function withPlanActs(plans: readonly Plan[], events: readonly ActEvent[]): Plan[] {
  const acts = [
    ...actsByStream(events, (body) => {
      const { success, data } = planActSchema.safeParse(body);
      return success ? { ...data, item: data.commitment } : null;
    }).values(),
  ];
  if (acts.length === 0) return [...plans];
  return plans.map((plan) => ({
    ...plan,
    commitments: afterActs(
      plan.commitments,
      acts.filter(([first]) => first?.plan === plan.id),
      contentOf,
    ).map(({ content, revisions }) =>
      revisions.length === 0 ? content : { ...content, revisions: [...revisions] },
    ),
  }));
}

/** A commitment without what it said before. */
export function contentOf({ revisions: _, ...content }: Commitment): Omit<Commitment, 'revisions'> {
  return content;
}
