import { z } from '@hono/zod-openapi';

/** Shapes of the JSON interface. Numbers of figures are strings: exact decimals survive every reader. */
const localized = z.object({ en: z.string(), zh: z.string() }).openapi('Localized');
const status = z
  .string()
  .openapi({ description: 'SDMX CL_OBS_STATUS: A normal, P provisional, O missing …' });
const value = z
  .string()
  .nullable()
  .openapi({ description: 'Exact decimal; null when missing', example: '0.28' });

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    instance: z.string(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .openapi('Problem');

export const placeSchema = z
  .object({
    id: z.string(),
    name: localized,
    area: z.string(),
    partOf: z.string().nullable(),
    asOf: z.int(),
    indicators: z.int(),
    values: z.int(),
  })
  .openapi('Place');

export const indicatorSchema = z
  .object({
    id: z.string(),
    version: z.int(),
    name: localized,
    definition: localized.nullable(),
    unit: z.string(),
    formula: z.string().nullable(),
    direction: z.enum(['up', 'down', 'none']),
    goals: z.array(z.string()),
    targets: z.array(z.string()),
    key: z.boolean(),
  })
  .openapi('Indicator');

export const figureSchema = z
  .object({
    code: z.string(),
    indicator: z.string(),
    area: z.string(),
    breakdown: z.record(z.string(), z.string()),
    measure: z.record(z.string(), z.string().nullable()),
    value,
    unit: z.string(),
    status,
    qualifier: z.string().nullable(),
    missing: localized.nullable(),
    asOf: z.int(),
    root: z.string(),
  })
  .openapi('Figure');

export const contributionSchema = z
  .object({
    record: z.string(),
    role: z.string(),
    quantity: value,
    unit: z.string(),
    status,
    source: z.string(),
    locator: z.string(),
  })
  .openapi('Contribution');

export const tracedFigureSchema = figureSchema
  .extend({
    fraction: z.string().nullable(),
    decimals: z.int(),
    formula: z.object({
      text: z.string(),
      version: z.int(),
      expression: z.string(),
      sha256: z.string(),
    }),
    contributions: z.array(contributionSchema),
    completeness: z
      .object({
        present: z.int(),
        expected: z.int(),
        missing: z.array(z.string()),
        of: localized.optional(),
        least: z.string().optional(),
        reasons: z
          .array(z.object({ reason: localized, count: z.int(), names: z.array(z.string()) }))
          .optional(),
      })
      .nullable(),
  })
  .openapi('TracedFigure');

export const observationSchema = z
  .object({
    indicator: z.string(),
    area: z.string(),
    period: z.string(),
    breakdown: z.record(z.string(), z.string()),
    value,
    unit: z.string(),
    status,
    reason: localized.nullable(),
    qualifier: z.string().nullable(),
    source: z.string(),
    locator: z.string(),
    ref: z.string().nullable(),
    note: z.string().nullable(),
  })
  .openapi('Observation');

export const sourceSchema = z
  .object({
    id: z.string(),
    title: localized,
    producer: localized,
    date: z.string(),
    licence: z.string(),
    url: z.string().nullable(),
    sha256: z.string().nullable(),
  })
  .openapi('Source');

/** A page of a list in a fixed order. `next` is the address of the page after it; null on the last. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), total: z.int(), next: z.string().nullable() });
}

export const pageQuery = z.object({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(1e9)
    .default(0)
    .openapi({ description: 'How many items to pass over' }),
  limit: z.coerce.number().int().min(1).max(1000).default(100).openapi({ description: 'At most 1000' }),
});

export const placeParam = z.object({ place: z.string().openapi({ example: 'shanghai' }) });
