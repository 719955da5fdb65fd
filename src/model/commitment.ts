import { z } from 'zod';
import { citationSchema } from './framework.ts';
import {
  areaIdSchema,
  decimalSchema,
  idSchema,
  isoDateSchema,
  localizedSchema,
  periodSchema,
  unitSchema,
} from './schema.ts';

/** A value that a commitment promises. `value` null: the plan promises a direction or a stage in words only. */
export const stagedTargetSchema = z.strictObject({
  indicator: idSchema,
  area: areaIdSchema.optional(),
  period: periodSchema,
  comparator: z.enum(['=', '>=', '<=', '>', '<']).default('>='),
  value: decimalSchema.nullable(),
  unit: unitSchema,
  citation: citationSchema.optional(),
});

/** How far a commitment has come, from the first to the last; `unknown`: its source does not say. */
export const commitmentStates = [
  'proposed',
  'introduced',
  'started',
  'in-trial',
  'in-production',
  'done',
  'unknown',
] as const;

/** What a commitment says, without what it said before. */
const contentSchema = z.strictObject({
  id: idSchema,
  parent: idSchema.optional(),
  kind: z.enum(['goal', 'objective', 'task', 'project', 'mechanism']),
  name: localizedSchema,
  description: localizedSchema.optional(),
  owner: localizedSchema.optional(),
  /** Code of the department that answers for it: the one that roles in the office are held for. */
  department: idSchema.optional(),
  /** The district, county or town that has taken it on; none: the whole place. */
  area: areaIdSchema.optional(),
  start: periodSchema.optional(),
  due: periodSchema.optional(),
  weight: decimalSchema.optional(),
  budget: z
    .array(
      z.strictObject({
        amount: decimalSchema,
        unit: unitSchema,
        source: localizedSchema.optional(),
        citation: citationSchema.optional(),
      }),
    )
    .default([]),
  targets: z.array(stagedTargetSchema).default([]),
  /** State that the plan's own source gives. */
  state: z.enum(commitmentStates).default('unknown'),
  sdgTargets: z.array(z.string()).default([]),
  /** Criteria of frameworks that it helps to meet. */
  criteria: z
    .array(z.strictObject({ framework: idSchema, criterion: idSchema }))
    .min(1)
    .optional(),
  /** What shows how far it is. */
  evidence: z
    .array(z.strictObject({ text: localizedSchema, citation: citationSchema.optional() }))
    .min(1)
    .optional(),
  citation: citationSchema.optional(),
  note: localizedSchema.optional(),
  /** Promised once, and no longer: it stays in the plan, with the day and the reason. */
  withdrawn: z.strictObject({ on: isoDateSchema, reason: z.string().min(1).max(4000) }).optional(),
});

/** One change of a commitment: when, by whom, why, and what it said before (null: it was not in the plan). */
const revisionSchema = z.strictObject({
  at: z.iso.datetime(),
  by: z.string().min(1).max(200),
  kind: z.enum(['added', 'changed', 'withdrawn', 'restored']),
  reason: z.string().min(1).max(4000),
  was: contentSchema.nullable(),
});
export type Revision = z.infer<typeof revisionSchema>;

/** goal → objective → staged target → task → project, one tree: `plan.yaml`. `parent` names the commitment above. */
export const commitmentSchema = contentSchema.extend({
  /** What it said before, the oldest first: an old target never disappears. */
  revisions: z.array(revisionSchema).min(1).max(1000).optional(),
});
export type Commitment = z.infer<typeof commitmentSchema>;

export const planSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  source: idSchema,
  commitments: z.array(commitmentSchema).max(50_000),
});
export type Plan = z.infer<typeof planSchema>;
