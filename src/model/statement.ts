import { z } from 'zod';
import { breakdownSchema, observationStatusSchema, qualifierSchema } from './observation.ts';
import { areaIdSchema, decimalSchema, idSchema, periodSchema, unitSchema } from './schema.ts';

/** Where a statement of a document stands. */
const cited = {
  source: idSchema,
  locator: z.string().min(1).max(200),
  ref: z.string().max(60).nullable(),
  note: z.string().max(2000).nullable(),
};

/** A value to be reached: a row of `targets/*.csv`. */
export const targetSchema = z.strictObject({
  indicator: idSchema,
  area: areaIdSchema,
  /** When it is to be reached; `undated` when the plan gives no year. */
  period: periodSchema,
  breakdown: breakdownSchema,
  comparator: z.enum(['=', '>=', '<=', '>', '<']),
  value: decimalSchema,
  unit: unitSchema,
  /** The value the target starts from, for targets told as a change. */
  basePeriod: periodSchema.nullable(),
  qualifier: qualifierSchema.nullable(),
  ...cited,
});
export type Target = z.infer<typeof targetSchema>;

/**
 * What a document says about a series without being its data: a change, an average growth, a repeat of a value, a
 * contradiction. A row of `claims/*.csv`. Claims are never figures; they are compared with them.
 */
export const claimSchema = z.strictObject({
  indicator: idSchema,
  area: areaIdSchema,
  kind: z.enum([
    'level',
    'change_pct',
    'change_pp',
    'change_abs',
    'avg_annual',
    'ratio',
    'rank',
    'cumulative',
    'target',
    'threshold',
  ]),
  from: periodSchema.nullable(),
  to: periodSchema,
  breakdown: breakdownSchema,
  value: decimalSchema.nullable(),
  unit: unitSchema,
  status: observationStatusSchema,
  qualifier: qualifierSchema.nullable(),
  ...cited,
});
export type Claim = z.infer<typeof claimSchema>;
