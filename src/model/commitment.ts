import { z } from 'zod';
import { citationSchema } from './framework.ts';
import {
  areaIdSchema,
  decimalSchema,
  idSchema,
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

/** goal → objective → staged target → task → project, one tree: `plan.yaml`. `parent` names the commitment above. */
export const commitmentSchema = z.strictObject({
  id: idSchema,
  parent: idSchema.optional(),
  kind: z.enum(['goal', 'objective', 'task', 'project', 'mechanism']),
  name: localizedSchema,
  description: localizedSchema.optional(),
  owner: localizedSchema.optional(),
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
  citation: citationSchema.optional(),
  note: localizedSchema.optional(),
});
export type Commitment = z.infer<typeof commitmentSchema>;

export const planSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  source: idSchema,
  commitments: z.array(commitmentSchema).max(50_000),
});
export type Plan = z.infer<typeof planSchema>;
