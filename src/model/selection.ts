import { z } from 'zod';
import { citationSchema } from './framework.ts';
import { enteredSchema } from './portfolio.ts';
import { decimalSchema, idSchema, isoDateSchema, localizedSchema, unitSchema } from './schema.ts';

/** What a panel judges candidates by. Weights are relative; scores run from zero to `most`. */
const selectionCriterionSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  weight: decimalSchema,
  most: decimalSchema,
  /** A mean below this shuts a candidate out, whatever its total. */
  least: decimalSchema.optional(),
});

/** A project that was looked at, with what each member of the panel gave it. */
export const candidateSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  field: localizedSchema.optional(),
  budget: z
    .array(z.strictObject({ amount: decimalSchema, unit: unitSchema }))
    .max(20)
    .default([]),
  /** Scores by member, then by criterion. */
  scores: z.record(idSchema, z.record(idSchema, decimalSchema)).default({}),
  conflicts: z
    .array(z.strictObject({ member: idSchema, reason: localizedSchema }))
    .max(100)
    .default([]),
  /** What the panel says of its decision, beside what follows from the scores. */
  reason: localizedSchema.optional(),
  citation: citationSchema.optional(),
  /** Where no document is cited: entered in the office, by whom and when. */
  entered: enteredSchema.optional(),
  /** Made up to show how a selection reads: said in its row. */
  generated: z.boolean().default(false),
});
export type Candidate = z.infer<typeof candidateSchema>;

/** A selection of projects by a panel: `selection/*.yaml`. Judgements, no observations: no figure counts them. */
export const projectSelectionSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  note: localizedSchema.optional(),
  citation: citationSchema.optional(),
  /** How many are to be chosen. */
  places: z.int().min(1).max(5000),
  /** Fewer members than this whose scores count are no judgement. */
  leastMembers: z.int().min(1).max(100).default(3),
  criteria: z.array(selectionCriterionSchema).min(1).max(30),
  panel: z
    .array(z.strictObject({ id: idSchema, name: localizedSchema }))
    .min(1)
    .max(100),
  candidates: z.array(candidateSchema).max(5000),
  /** What the panel decided; absent: what follows from the scores stands. */
  decision: z
    .strictObject({
      on: isoDateSchema,
      by: z.string().min(1).max(200),
      reason: z.string().min(1).max(4000),
      /** Those that were looked at a second time; absent: no shortlist was made. */
      shortlist: z.array(idSchema).max(5000).optional(),
      chosen: z.array(idSchema).max(5000),
    })
    .optional(),
});
export type ProjectSelection = z.infer<typeof projectSelectionSchema>;
