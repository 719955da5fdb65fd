import { z } from 'zod';
import { decimalSchema, idSchema, localizedSchema, unitSchema } from '../model/index.ts';

/** A standard as data: what a place must show to carry a title. Files of `frameworks/` hold one each. */

const comparatorSchema = z.enum(['>=', '>', '<=', '<', '=']);

/** How a value is judged. */
const ruleSchema = z.discriminatedUnion('kind', [
  /** A number against a threshold. */
  z.strictObject({ kind: z.literal('threshold'), comparator: comparatorSchema, value: decimalSchema }),
  /** The threshold depends on a declared attribute of the area: its terrain, its level of development. */
  z.strictObject({
    kind: z.literal('by-attribute'),
    attribute: idSchema,
    comparator: comparatorSchema,
    values: z.record(idSchema, decimalSchema),
  }),
  /** Against another indicator of the same period, such as the national mean. */
  z.strictObject({
    kind: z.literal('relative'),
    comparator: comparatorSchema,
    to: idSchema,
    factor: decimalSchema.default('1'),
  }),
  /** Better than in the year before, for `years` years in a row; `hold` lets an unchanged value pass. */
  z.strictObject({
    kind: z.literal('improve'),
    direction: z.enum(['up', 'down']),
    years: z.int().min(1).max(20).default(1),
    hold: z.boolean().default(false),
  }),
  /** The task that the level above has set (an indicator of its own) is completed. */
  z.strictObject({ kind: z.literal('task'), comparator: comparatorSchema, task: idSchema }),
  /** Share (%) of the parts of the area that carry the named quality. */
  z.strictObject({ kind: z.literal('share'), comparator: comparatorSchema, value: decimalSchema }),
  /** Shown by evidence, with the opinion of an assessor. */
  z.strictObject({ kind: z.literal('evidence') }),
]);

const attributeSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  values: z.array(z.strictObject({ id: idSchema, name: localizedSchema })).min(1),
});

const testSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  /** Id of the indicator whose values are judged; absent for evidence and shares. */
  indicator: idSchema.optional(),
  unit: unitSchema.optional(),
  rule: ruleSchema,
  /** The test applies only where the area has this attribute. */
  when: z.record(idSchema, z.array(idSchema)).optional(),
  /** `to-check`: remembered, not read in the text of the standard. */
  standing: z.enum(['read', 'to-check']).default('to-check'),
  note: localizedSchema.optional(),
});
export type Test = z.infer<typeof testSchema>;

const criterionSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  /** 基本条件, 约束性, 参考性: basic conditions and binding indicators must all be met. */
  kind: z.enum(['basic', 'binding', 'reference']),
  group: idSchema,
  tests: z.array(testSchema).min(1),
});
export type StandardCriterion = z.infer<typeof criterionSchema>;

export const standardSchema = z.strictObject({
  id: idSchema,
  version: z.string().min(1).max(40),
  kind: z.literal('standard'),
  name: localizedSchema,
  source: z.strictObject({
    title: localizedSchema,
    producer: localizedSchema,
    date: z.string().min(4).max(10),
    licence: localizedSchema,
    /** Where its numbers were read, and what was not. */
    provenance: localizedSchema,
  }),
  /** `to-check` when any number of it is remembered. */
  status: z.enum(['read', 'to-check']),
  groups: z.array(z.strictObject({ id: idSchema, name: localizedSchema })).min(1),
  attributes: z.array(attributeSchema).default([]),
  criteria: z.array(criterionSchema).min(1),
});
export type Standard = z.infer<typeof standardSchema>;
