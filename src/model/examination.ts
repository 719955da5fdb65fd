import { z } from 'zod';
import { commitmentStates } from './commitment.ts';
import { citationSchema } from './framework.ts';
import {
  areaIdSchema,
  decimalSchema,
  idSchema,
  localizedSchema,
  periodSchema,
  unitSchema,
} from './schema.ts';

/** How points are earned, as data. Numbers are in the item's unit. */
const ruleSchema = z.discriminatedUnion('kind', [
  /** All at the target or beyond; before it the share of the way from `zero` to the target. */
  z.strictObject({ kind: z.literal('share'), target: decimalSchema, zero: decimalSchema }),
  /** All or none. */
  z.strictObject({ kind: z.literal('reach'), target: decimalSchema, comparator: z.enum(['>=', '<=']) }),
  /** So many points of a hundred off for each one counted. */
  z.strictObject({ kind: z.literal('each'), off: decimalSchema }),
  /** The first limit that holds gives its share of the points, in per cent; none: no points. */
  z.strictObject({
    kind: z.literal('bands'),
    comparator: z.enum(['>=', '<=']),
    bands: z
      .array(z.strictObject({ limit: decimalSchema, share: decimalSchema }))
      .min(1)
      .max(20),
  }),
]);
export type ExaminationRule = z.infer<typeof ruleSchema>;

/** What an item is examined by: a figure, or how many tasks of a plan have come so far. */
const evidenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('figure'),
    indicator: idSchema,
    /** Absent: the area of whoever is examined. */
    area: areaIdSchema.optional(),
    /** A value of this period, or with `since` its change from there to the period. */
    period: periodSchema,
    since: periodSchema.optional(),
    change: z.enum(['relative', 'points', 'absolute']).default('relative'),
  }),
  z.strictObject({
    kind: z.literal('tasks'),
    plan: idSchema,
    commitments: z.array(idSchema).min(1).max(500),
    /** The share of them, in per cent by weight, that have come at least this far. */
    reached: z.enum(commitmentStates).exclude(['unknown', 'proposed']).default('done'),
  }),
]);

const itemSchema = z.strictObject({
  id: idSchema,
  group: idSchema,
  name: localizedSchema,
  /** Share among the items of its group. */
  weight: decimalSchema,
  evidence: evidenceSchema,
  unit: unitSchema,
  rule: ruleSchema,
  /** Who is examined by it; absent: everybody. */
  subjects: z.array(idSchema).min(1).max(500).optional(),
  /** Weight or rule is made up to show how it works: said beside it. */
  assumed: z.boolean().default(false),
  citation: citationSchema.optional(),
});
export type ExaminationItem = z.infer<typeof itemSchema>;

/** Who is examined: a department of the city, or a district. */
const subjectSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  area: areaIdSchema,
  /** Absent: the area as a whole, a district. */
  department: idSchema.optional(),
  assumed: z.boolean().default(false),
  citation: citationSchema.optional(),
});
export type ExaminationSubject = z.infer<typeof subjectSchema>;

/** The performance examination of departments or districts: `examinations/*.yaml` (政绩考核). */
export const examinationSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  note: localizedSchema.optional(),
  period: periodSchema,
  citation: citationSchema.optional(),
  subjects: z.array(subjectSchema).min(1).max(500),
  groups: z
    .array(
      z.strictObject({
        id: idSchema,
        parent: idSchema.optional(),
        name: localizedSchema,
        /** Share among the groups of its parent; groups without a parent get theirs from `weights`. */
        weight: decimalSchema.optional(),
        /** Counts as environment in the history of weights. */
        environment: z.boolean().default(false),
      }),
    )
    .min(1)
    .max(200),
  /** The shares of the groups at the top, as they were set one after the other; the newest up to the period counts. */
  weights: z
    .array(
      z.strictObject({
        from: periodSchema,
        shares: z.record(idSchema, decimalSchema),
        assumed: z.boolean().default(false),
        note: localizedSchema.optional(),
        citation: citationSchema.optional(),
      }),
    )
    .min(1)
    .max(100),
  items: z.array(itemSchema).min(1).max(2000),
  /** Whether those examined may be put in an order at all, and why; checks of their figures come on top. */
  ranking: z.strictObject({ declared: z.boolean(), reason: localizedSchema }),
});
export type ExaminationDeclaration = z.infer<typeof examinationSchema>;
