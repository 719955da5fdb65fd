import { z } from 'zod';
import { citationSchema } from './framework.ts';
import {
  areaIdSchema,
  decimalSchema,
  idSchema,
  isoDateSchema,
  localizedSchema,
  unitSchema,
} from './schema.ts';

/** How far a project has come, in the order in which it goes. */
export const projectStages = ['introduced', 'started', 'in-trial', 'in-production'] as const;
export type ProjectStage = (typeof projectStages)[number];

/** Who wrote something into the office, and when: its source where no document is cited. */
export const enteredSchema = z.strictObject({ on: isoDateSchema, by: z.string().min(1).max(200) });

const amountSchema = z.strictObject({ amount: decimalSchema, unit: unitSchema });

const milestoneSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  /** Planned date; absent where nothing is told. A year or month means: by its last day. */
  due: isoDateSchema.optional(),
  /** Date of acceptance; absent before. */
  done: isoDateSchema.optional(),
  weight: decimalSchema.optional(),
  /** Planned cost; absent where nothing is told, which is not zero. */
  cost: amountSchema.optional(),
  citation: citationSchema.optional(),
});

const fundSchema = z.strictObject({
  source: localizedSchema,
  unit: unitSchema,
  /** Absent where nothing is told. */
  planned: decimalSchema.optional(),
  /** What was paid, by date; absent where nothing is told, empty where nothing was paid. */
  paid: z
    .array(z.strictObject({ date: isoDateSchema, amount: decimalSchema }))
    .max(1000)
    .optional(),
  note: localizedSchema.optional(),
  citation: citationSchema.optional(),
});

/** What a project says, without what it said before. */
const contentSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  note: localizedSchema.optional(),
  area: areaIdSchema.optional(),
  /** Degrees, WGS 84. */
  point: z
    .strictObject({ longitude: z.number().min(-180).max(180), latitude: z.number().min(-90).max(90) })
    .optional(),
  /** The commitment of a plan that it carries out. */
  commitment: z.strictObject({ plan: idSchema, id: idSchema }).optional(),
  /** The candidate of a selection that it was. */
  candidate: z.strictObject({ selection: idSchema, id: idSchema }).optional(),
  stages: z
    .array(
      z.strictObject({
        stage: z.enum(projectStages),
        /** Absent where the source gives none. */
        date: isoDateSchema.optional(),
        note: localizedSchema.optional(),
        citation: citationSchema.optional(),
      }),
    )
    .max(50)
    .default([]),
  milestones: z.array(milestoneSchema).max(500).default([]),
  partners: z
    .array(z.strictObject({ name: localizedSchema, role: localizedSchema.optional() }))
    .max(100)
    .default([]),
  money: z.array(fundSchema).max(100).default([]),
  results: z
    .array(
      z.strictObject({
        indicator: idSchema,
        area: areaIdSchema.optional(),
        note: localizedSchema.optional(),
      }),
    )
    .max(100)
    .default([]),
  /** Photographs: JPEG files of the log, named by their hash. */
  photos: z
    .array(
      z.strictObject({
        sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 hash, 64 hexadecimal digits'),
        caption: localizedSchema,
        taken: isoDateSchema.optional(),
        credit: z.string().max(200).optional(),
      }),
    )
    .max(60)
    .optional(),
  citation: citationSchema.optional(),
  /** Made up to show how a project reads: said wherever it stands. */
  generated: z.boolean().default(false),
  /** Where no document is cited: entered in the office, by whom and when. */
  entered: enteredSchema.optional(),
  /** Followed once, and no longer: it stays, with the day and the reason. */
  withdrawn: z.strictObject({ on: isoDateSchema, reason: z.string().min(1).max(4000) }).optional(),
});

/** One change of a project in the office: when, by whom, why, and what it said before (null: it was not there). */
const projectRevisionSchema = z.strictObject({
  at: z.iso.datetime(),
  by: z.string().min(1).max(200),
  kind: z.enum(['added', 'changed', 'withdrawn', 'restored']),
  reason: z.string().min(1).max(4000),
  was: contentSchema.nullable(),
});

export const projectSchema = contentSchema.extend({
  /** What it said before, the oldest first. */
  revisions: z.array(projectRevisionSchema).min(1).max(1000).optional(),
});
export type Project = z.infer<typeof projectSchema>;

/** Projects that are carried out: `projects/*.yaml`. They show figures and change none. */
export const portfolioSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  note: localizedSchema.optional(),
  citation: citationSchema.optional(),
  /** The day on which this is how things stand: what is overdue is overdue then. */
  asOf: z.iso.date(),
  projects: z.array(projectSchema).min(1).max(2000),
});
export type Portfolio = z.infer<typeof portfolioSchema>;
