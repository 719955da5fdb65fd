import { z } from 'zod';
import { idSchema, localizedSchema, unitSchema } from '../model/index.ts';

/**
 * A register as data: `registers/<id>.yaml`. From the declaration follow storage, forms, steps, deadlines, lists, rates
 * and what the public sees; nothing of a register is code.
 */

const choiceSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  description: localizedSchema.optional(),
});

/** A field of a form. */
export const fieldSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  hint: localizedSchema.optional(),
  type: z.enum([
    'text',
    'long-text',
    'choice',
    'number',
    'date',
    'yes-no',
    'point',
    'area',
    'phone',
    'email',
  ]),
  required: z.boolean().default(false),
  unit: unitSchema.optional(),
  choices: z.array(choiceSchema).max(500).optional(),
  /** Longest text; default 200, for `long-text` 4,000. */
  longest: z.int().min(1).max(20_000).optional(),
  least: z.string().optional(),
  most: z.string().optional(),
  /** Whether anyone may see it. What is not public is for the office only. */
  public: z.boolean().default(false),
  /** About a person: kept encrypted with that person's own key, so that erasing the key erases it. */
  personal: z.boolean().default(false),
});
export type Field = z.infer<typeof fieldSchema>;

/** A step that a case may take: which steps it may follow, who takes it, with which form. */
export const stepSchema = z.strictObject({
  kind: idSchema,
  name: localizedSchema,
  /** Kinds it may follow; an empty list for the first step of a case. */
  after: z.array(idSchema),
  by: z.array(z.enum(['public', 'reporter', 'checker', 'approver', 'editor', 'administrator'])).min(1),
  form: idSchema.optional(),
  /** What a reader sees as the state of a case after this step. */
  state: z.enum(['open', 'closed']),
});
export type Step = z.infer<typeof stepSchema>;

/** How long something may take, in working days: a fixed number, or one by the choice made in a field. */
export const deadlineSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  from: idSchema,
  until: z.array(idSchema).min(1),
  workingDays: z.union([
    z.int().min(0).max(2000),
    z.strictObject({
      field: idSchema,
      days: z.record(idSchema, z.int().min(0).max(2000)),
      otherwise: z.int().min(0).max(2000),
    }),
  ]),
});
export type Deadline = z.infer<typeof deadlineSchema>;

export type Condition =
  | { readonly reached: string }
  | { readonly field: string; readonly is: string }
  | { readonly within: string }
  | { readonly due: string }
  | { readonly all: readonly Condition[] }
  | { readonly not: Condition };

/** A question with yes or no about one case. `due`: its time is up or the thing is done. `within`: done in time. */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ reached: idSchema }),
    z.strictObject({ field: idSchema, is: idSchema }),
    z.strictObject({ within: idSchema }),
    z.strictObject({ due: idSchema }),
    z.strictObject({ all: z.array(conditionSchema).min(1).max(20) }),
    z.strictObject({ not: conditionSchema }),
  ]),
);

/** A rate over cases: how many of those in `of` also meet `counts`, by the year of the step `year`. */
export const rateSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  definition: localizedSchema,
  year: idSchema,
  of: conditionSchema,
  counts: conditionSchema,
  direction: z.enum(['up', 'down', 'none']).default('up'),
});
export type Rate = z.infer<typeof rateSchema>;

export const registerSchema = z.strictObject({
  id: idSchema,
  version: z.int().min(1),
  name: localizedSchema,
  description: localizedSchema,
  family: idSchema,
  forms: z.array(z.strictObject({ id: idSchema, fields: z.array(fieldSchema).min(1).max(200) })).max(100),
  steps: z.array(stepSchema).min(1).max(200),
  deadlines: z.array(deadlineSchema).max(50).default([]),
  rates: z.array(rateSchema).max(100).default([]),
  /** The field whose choices are the services of the public interface, when there is one. */
  services: idSchema.optional(),
  /** Years after the last step for which personal fields are kept. */
  retentionYears: z.int().min(0).max(100).default(3),
});
export type RegisterDeclaration = z.infer<typeof registerSchema>;
