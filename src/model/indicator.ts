import { z } from 'zod';
import { idSchema, localizedSchema, unitSchema } from './schema.ts';

const longText = z.string().max(30_000).default('');

/**
 * What is measured, and how its value comes about. Without `formula` the values are reported: they stand in
 * `observations/`. With one they are computed, for each area, period and breakdown in which its inputs exist.
 */
export const indicatorSchema = z.strictObject({
  id: idSchema,
  /** Raised whenever the formula, unit or meaning changes; a published figure names the version it was made with. */
  version: z.int().min(1).default(1),
  name: localizedSchema,
  definition: localizedSchema.optional(),
  unit: unitSchema,
  /** An expression over other indicators, see docs/formulas.md: `energy / gdp`, `total(waste, class)`. */
  formula: z.string().max(2000).optional(),
  /** How values of districts make the value of the city. `none`: never computed from parts. */
  rollup: z
    .union([
      z.literal('none'),
      z.literal('sum'),
      /** Σ numerator ÷ Σ denominator over the areas: both are indicators. */
      z.strictObject({ ratio: z.strictObject({ numerator: idSchema, denominator: idSchema }) }),
      z.strictObject({ weightedBy: idSchema }),
    ])
    .default('none'),
  /** Which way is better; `none` for facts that are neither. */
  direction: z.enum(['up', 'down', 'none']).default('none'),
  /** Decimals shown; the value itself is never rounded. Absent: as many as the source printed. */
  decimals: z.int().min(0).max(12).optional(),
  /** What the values are, which decides which changes make sense. */
  nature: z.enum(['level', 'flow', 'rank', 'ratio', 'index', 'code']).default('level'),
  /**
   * Between which values each value lies by its source: two indicators in the same unit, whose figures of the same area, period and
   * breakdown are the ends. They are figures like any other, with records and a trace. `level`: of confidence, in per cent.
   */
  interval: z
    .strictObject({ lower: idSchema, upper: idSchema, level: z.number().gt(0).lt(100).optional() })
    .optional(),
  topic: idSchema.optional(),
  goals: z.array(z.string().regex(/^\d{1,2}$/)).default([]),
  targets: z.array(z.string().regex(/^\d{1,2}\.[0-9a-z]{1,2}$/)).default([]),
  /** One of the review's key indicators. */
  key: z.boolean().default(false),
  note: localizedSchema.optional(),
  /** What else its maker says of it, field by field: an SDMX metadata concept or the name the field had there. */
  metadata: z
    .array(
      z.strictObject({
        field: z.string().min(1).max(120),
        /** What its maker calls the field. */
        name: localizedSchema.optional(),
        text: z.strictObject({ en: longText, zh: longText }),
      }),
    )
    .max(500)
    .optional(),
});
export type Indicator = z.infer<typeof indicatorSchema>;
