import { z } from 'zod';
import {
  areaIdSchema,
  decimalSchema,
  idSchema,
  localizedSchema,
  periodSchema,
  unitSchema,
} from './schema.ts';

/** A document and the place in it that says so. */
export const citationSchema = z.strictObject({ source: idSchema, locator: z.string().min(1).max(200) });
export type Citation = z.infer<typeof citationSchema>;

/** Whether a statement of a standard has been read in its text, or is remembered and still to be checked. */
export const standingSchema = z.enum(['read', 'to-check']);

/** One test of a criterion: an indicator against a threshold. */
export const thresholdSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema.optional(),
  indicator: idSchema,
  comparator: z.enum(['=', '>=', '<=', '>', '<']),
  value: decimalSchema,
  unit: unitSchema,
  citation: citationSchema.optional(),
});

/** A condition that is shown by evidence and judged, not measured. */
export const evidenceSchema = z.strictObject({
  id: idSchema,
  statement: localizedSchema,
  standing: z.enum(['shown', 'shown-in-part', 'claimed', 'contradicted', 'not-shown']),
  evidence: localizedSchema.optional(),
  citation: citationSchema.optional(),
});

/** A requirement of a standard. */
export const criterionSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  kind: z.enum(['basic', 'binding', 'reference']),
  group: idSchema.optional(),
  tests: z.array(thresholdSchema).default([]),
  evidence: z.array(evidenceSchema).default([]),
  standing: standingSchema.default('read'),
  citation: citationSchema.optional(),
  note: localizedSchema.optional(),
});
export type Criterion = z.infer<typeof criterionSchema>;

const practiceSchema = z.strictObject({
  name: localizedSchema,
  /** Id of a case below. */
  case: idSchema.optional(),
  citation: citationSchema.optional(),
});

/** goal → measure → practice → case → indicator → SDG target: how a review answers the goals. */
const responseGoalSchema = z.strictObject({
  goal: z.string().regex(/^\d{1,2}$/),
  name: localizedSchema,
  perspective: localizedSchema.optional(),
  measures: z.array(
    z.strictObject({
      id: idSchema,
      name: localizedSchema,
      targets: z.array(z.string()).default([]),
      practices: z.array(practiceSchema).default([]),
      indicators: z.array(idSchema).default([]),
      citation: citationSchema.optional(),
    }),
  ),
});

export const caseSchema = z.strictObject({
  id: idSchema,
  number: z.int().min(1).optional(),
  title: localizedSchema,
  area: areaIdSchema.optional(),
  place: localizedSchema.optional(),
  goal: z
    .string()
    .regex(/^\d{1,2}$/)
    .optional(),
  indicators: z.array(idSchema).default([]),
  citation: citationSchema.optional(),
  note: localizedSchema.optional(),
});

/** A file of `frameworks/`: a standard with criteria, or the response framework of a review. */
export const frameworkSchema = z.strictObject({
  id: idSchema,
  version: z.int().min(1).default(1),
  name: localizedSchema,
  kind: z.enum(['standard', 'response']),
  source: idSchema,
  /** Years that are assessed, for a standard. */
  periods: z.array(periodSchema).default([]),
  criteria: z.array(criterionSchema).default([]),
  goals: z.array(responseGoalSchema).default([]),
  cases: z.array(caseSchema).default([]),
  /** Other measures by goal, named without practices. */
  otherMeasures: z
    .array(
      z.strictObject({
        goal: z.string().regex(/^\d{1,2}$/),
        measures: z.array(localizedSchema),
        citation: citationSchema.optional(),
      }),
    )
    .default([]),
  note: localizedSchema.optional(),
});
export type Framework = z.infer<typeof frameworkSchema>;
