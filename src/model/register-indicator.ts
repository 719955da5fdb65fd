import { z } from 'zod';
import { idSchema, localizedSchema, unitSchema } from './schema.ts';

/** A formula over the fields of a case; see docs/registers.md. */
export const formulaTextSchema = z.string().min(1).max(2000);

/** A share from which a value stands as it is: `0.9`. */
const shareSchema = z.string().regex(/^(?:0(?:\.\d{1,4})?|1)$/, 'a share from 0 to 1 such as 0.9');

export type Condition =
  | { readonly reached: string }
  | { readonly at: readonly string[] }
  | { readonly field: string; readonly is: string }
  | { readonly within: string }
  | { readonly due: string }
  | { readonly flagged: string }
  | { readonly holds: string }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/**
 * A question with yes or no about one case. `at`: its newest step is one of these. `due`: its time is up or the thing is
 * done. `within`: done in time. `flagged`: a check found a fault. `holds`: a formula is true.
 */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ reached: idSchema }),
    z.strictObject({ at: z.array(idSchema).min(1).max(50) }),
    z.strictObject({ field: idSchema, is: idSchema }),
    z.strictObject({ within: idSchema }),
    z.strictObject({ due: idSchema }),
    z.strictObject({ flagged: idSchema }),
    z.strictObject({ holds: formulaTextSchema }),
    z.strictObject({ all: z.array(conditionSchema).min(1).max(20) }),
    z.strictObject({ any: z.array(conditionSchema).min(1).max(20) }),
    z.strictObject({ not: conditionSchema }),
  ]),
);

/** What is added up over records of one area and period. */
const measureSchema = z.union([
  /** Cases, counted, or a formula of each added up, by the period of a step or of a date or year field. */
  z.strictObject({
    cases: idSchema.optional(),
    when: conditionSchema.optional(),
    by: z.union([z.strictObject({ step: idSchema }), z.strictObject({ field: idSchema })]),
    sum: formulaTextSchema.optional(),
    unit: unitSchema.optional(),
  }),
  /** Cases standing at the end of a period: begun by `from` and not yet ended by any of `until`. */
  z.strictObject({
    standing: z.strictObject({
      cases: idSchema.optional(),
      from: idSchema,
      until: z.array(idSchema).max(50).default([]),
      when: conditionSchema.optional(),
      sum: formulaTextSchema.optional(),
      unit: unitSchema.optional(),
    }),
  }),
  /** Flows of items, of declared steps, between kinds of holder: a holder's or an entity's id, or `case`. */
  z.strictObject({
    flows: z.strictObject({
      items: z.array(idSchema).min(1).max(300),
      steps: z.array(idSchema).max(50).optional(),
      from: z.array(idSchema).max(50).optional(),
      to: z.array(idSchema).max(50).optional(),
    }),
  }),
  /** Readings of a series. */
  z.strictObject({ readings: z.strictObject({ series: idSchema, take: z.enum(['sum', 'latest']) }) }),
]);
export type RegisterMeasure = z.infer<typeof measureSchema>;

/**
 * What has to be in the records of a period for an indicator to be whole. Entities that a record names, by a `field` of
 * cases or as a holder of flows, where a formula over the entity holds; or cases of the period, of which those are missing
 * that the indicator does not count yet.
 */
const expectationSchema = z.union([
  z.strictObject({
    entity: idSchema,
    register: idSchema.optional(),
    when: formulaTextSchema.optional(),
    field: idSchema.optional(),
    least: shareSchema.optional(),
  }),
  z.strictObject({
    cases: idSchema.optional(),
    by: z.union([z.strictObject({ step: idSchema }), z.strictObject({ field: idSchema })]),
    when: conditionSchema.optional(),
    least: shareSchema.optional(),
  }),
]);
export type Expectation = z.infer<typeof expectationSchema>;

/** An indicator that a register's records give. With a denominator it is a ratio of sums. */
export const derivedIndicatorSchema = z.strictObject({
  id: idSchema,
  version: z.int().min(1).default(1),
  name: localizedSchema,
  definition: localizedSchema,
  unit: unitSchema,
  direction: z.enum(['up', 'down', 'none']).default('none'),
  nature: z.enum(['level', 'flow', 'ratio']).default('ratio'),
  decimals: z.int().min(0).max(12).optional(),
  goals: z.array(z.string().regex(/^\d{1,2}$/)).default([]),
  period: z.enum(['year', 'month']).default('year'),
  numerator: measureSchema.optional(),
  denominator: measureSchema.optional(),
  /** Instead of records: a formula over indicators, like any other's. */
  formula: formulaTextSchema.optional(),
  /** Ids under which an official statistic of the same name may be reported. */
  official: z.array(idSchema).max(20).default([]),
  /** Whether every district is expected to have records: then those without are told as missing. */
  everyDistrict: z.boolean().default(false),
  expects: expectationSchema.optional(),
});
export type DerivedIndicator = z.infer<typeof derivedIndicatorSchema>;
