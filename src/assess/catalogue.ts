import { z } from 'zod';
import { decimalSchema, idSchema, localizedSchema } from '../model/index.ts';

/** What a shipped framework other than a standard says of itself. */
const head = {
  id: idSchema,
  version: z.string().min(1).max(40),
  name: localizedSchema,
  source: z.strictObject({
    title: localizedSchema,
    producer: localizedSchema,
    date: z.string().min(4).max(10),
    licence: localizedSchema,
    provenance: localizedSchema,
  }),
  status: z.enum(['read', 'to-check']),
};

const codeSchema = z.string().min(1).max(120);

/** Goals with their targets and indicators, by number. */
const goalsSchema = z.strictObject({
  ...head,
  kind: z.literal('goals'),
  goals: z.array(
    z.strictObject({
      number: z.string().regex(/^\d{1,2}$/),
      name: localizedSchema,
      targets: z.array(
        z.strictObject({
          number: z.string().regex(/^\d{1,2}\.[0-9a-z]{1,2}$/),
          name: localizedSchema,
          indicators: z.array(
            z.strictObject({
              number: z.string().regex(/^\d{1,2}\.[0-9a-z]{1,2}\.\d{1,2}$/),
              name: localizedSchema,
            }),
          ),
        }),
      ),
    }),
  ),
});

/** Indicators with the bounds and thresholds that a method judges by. */
const codebookSchema = z.strictObject({
  ...head,
  kind: z.literal('codebook'),
  method: idSchema,
  indicators: z.array(
    z.strictObject({
      code: codeSchema,
      goal: codeSchema,
      name: localizedSchema,
      direction: z.enum(['ascending', 'descending']),
      best: decimalSchema,
      worst: decimalSchema,
      green: decimalSchema,
      yellow: decimalSchema,
      red: decimalSchema,
    }),
  ),
});

/** The parts of a review and what can be checked of them. */
const reviewFormSchema = z.strictObject({
  ...head,
  kind: z.literal('review-form'),
  sections: z.array(z.strictObject({ id: idSchema, name: localizedSchema, checks: z.array(idSchema) })),
  checks: z.array(
    z.strictObject({ id: idSchema, name: localizedSchema, scope: z.enum(['section', 'review']) }),
  ),
});

/** Bands of the share of a target with their points. */
const scoringSchema = z.strictObject({
  ...head,
  kind: z.literal('scoring'),
  method: idSchema,
  dimensions: z.array(z.strictObject({ id: idSchema, name: localizedSchema })),
  bands: z.array(z.strictObject({ from: decimalSchema, points: z.int() })),
});

export const catalogueSchema = z.discriminatedUnion('kind', [
  goalsSchema,
  codebookSchema,
  reviewFormSchema,
  scoringSchema,
]);
/** A shipped framework that is no standard: goals, a codebook with bounds, the form of a review, a scoring. */
export type Catalogue = z.infer<typeof catalogueSchema>;
