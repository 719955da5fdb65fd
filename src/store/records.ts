import { z } from 'zod';
import {
  areaIdSchema,
  decimalSchema,
  idSchema,
  indicatorSchema,
  narrativeSchema,
  observationSchema,
  sourceSchema,
  unitSchema,
} from '../model/index.ts';

/** Names that others give: ticket numbers, meter numbers, account codes. No control characters, no `/`, no `,`. */
const nameSchema = z
  .string()
  .regex(/^[^\p{C}/,]{1,200}$/u, 'a name without / and , of at most 200 characters');
const momentSchema = z.iso.datetime({ offset: true });
const placeSchema = z.strictObject({ area: areaIdSchema, holder: nameSchema });

/** The steps that cases of a register may take. A version never changes; other steps are a new version. */
const registerStepsSchema = z.strictObject({
  register: idSchema,
  version: z.int().min(1),
  /** `from` is empty for the first step of a case. */
  steps: z
    .array(z.strictObject({ from: z.union([idSchema, z.literal('')]), to: idSchema }))
    .min(1)
    .max(1000),
});
export type RegisterSteps = z.infer<typeof registerStepsSchema>;

/** Something that flows, counted in one unit for ever. */
const itemSchema = z.strictObject({ item: idSchema, unit: unitSchema });
export type Item = z.infer<typeof itemSchema>;

/** Who holds quantities. A boundary holder stands for the world outside: its balance may be negative. */
const holderSchema = z.strictObject({ ...placeSchema.shape, boundary: z.boolean() });
export type Holder = z.infer<typeof holderSchema>;

/** A property of one entity that is read `perDay` times a day, with `decimals` digits after the point kept. */
const seriesSchema = z.strictObject({
  area: areaIdSchema,
  series: nameSchema,
  property: idSchema,
  unit: unitSchema,
  decimals: z.int().min(0).max(9),
  perDay: z.int().min(1).max(1440),
});
export type Series = z.infer<typeof seriesSchema>;

/** A step in the life of a case. `stream` names the case; `seq` counts its events from 1. */
const caseEventSchema = z.strictObject({
  area: areaIdSchema,
  stream: nameSchema,
  seq: z.int().min(1).max(1_000_000),
  register: idSchema,
  version: z.int().min(1),
  kind: idSchema,
  /** The kind of the event before; empty for the first. */
  from: z.union([idSchema, z.literal('')]),
  occurred: momentSchema,
  actor: z.string().max(200).nullable(),
  body: z.record(z.string().max(200), z.json()),
});
export type CaseEvent = z.infer<typeof caseEventSchema>;

/** A quantity of one item leaves one holder and enters another. */
const flowSchema = z.strictObject({
  /** Unique in the area it leaves: the number of the weighing ticket, the line of the manifest. */
  id: nameSchema,
  occurred: momentSchema,
  item: idSchema,
  unit: unitSchema,
  /** Exact decimal greater than zero. */
  quantity: decimalSchema.refine(
    (text) => /^[^-]*$/.test(text) && /[1-9]/.test(text.replace(/e.*/i, '')),
    'more than zero',
  ),
  from: placeSchema,
  to: placeSchema,
  /** The event it belongs to, in the area it leaves. */
  event: z.strictObject({ stream: nameSchema, seq: z.int().min(1) }).nullable(),
});
export type Flow = z.infer<typeof flowSchema>;

/** One day of a series: `perDay` exact decimals in the series' unit, null where nothing was read. */
const readingDaySchema = z.strictObject({
  area: areaIdSchema,
  series: nameSchema,
  day: z.iso.date(),
  readings: z.array(decimalSchema.nullable()).min(1).max(1440),
});
export type ReadingDay = z.infer<typeof readingDaySchema>;

/** One version of a thing that observes or is observed; versions of one `type` and `id` are counted from 1. */
const sensorEntitySchema = z.strictObject({
  area: areaIdSchema,
  type: z.string().regex(/^[A-Za-z]{1,40}$/),
  id: z.int().min(1),
  version: z.int().min(1),
  removed: z.boolean(),
  values: z.record(z.string().max(200), z.json()),
  /** Ids at the other end of the links that are kept with this entity. */
  links: z.record(z.string().regex(/^[A-Za-z]{1,40}$/), z.array(z.int().min(1))),
});
export type SensorEntity = z.infer<typeof sensorEntitySchema>;

/** Readings of one stream and one day, of any kind and at any time; `first` numbers the first, the others follow it. */
const sensedDaySchema = z.strictObject({
  area: areaIdSchema,
  stream: z.int().min(1),
  first: z.int().min(1),
  day: z.iso.date(),
  /** What was observed: an entity of its own. */
  feature: z.int().min(1),
  /** Milliseconds since the day began, one a reading. */
  at: z.array(z.int().min(0).max(86_399_999)).min(1).max(100_000),
  results: z.array(z.json()).min(1).max(100_000),
  /** What some readings say beside time and result, by their place in the lists above. */
  details: z.record(z.string().regex(/^\d{1,6}$/), z.record(z.string().max(200), z.json())).nullable(),
});
export type SensedDay = z.infer<typeof sensedDaySchema>;

/** A correction of one such reading; `now` is null when it is withdrawn. */
const sensedChangeSchema = z.strictObject({
  area: areaIdSchema,
  stream: z.int().min(1),
  number: z.int().min(1),
  version: z.int().min(1),
  now: z
    .strictObject({
      day: z.iso.date(),
      feature: z.int().min(1),
      body: z.record(z.string().max(200), z.json()),
    })
    .nullable(),
});
export type SensedChange = z.infer<typeof sensedChangeSchema>;

/** An indicator whose values are reported, and which names no other: what it would name cannot be checked here. */
const reportedIndicatorSchema = indicatorSchema.refine(
  ({ formula, interval, rollup }) =>
    formula === undefined && interval === undefined && typeof rollup === 'string',
  'an indicator that names no other: no formula, no interval, and a roll-up of none or sum',
);

/**
 * Records that come in one by one. A record that is stored already with the same content is passed over, so sending
 * twice is harmless; one with other content needs the submission to name in `corrects` the one it was last written by.
 */
export const recordsSchema = z.strictObject({
  registers: z.array(registerStepsSchema).max(1000).optional(),
  /** Documents that observations name as their source, beside those of the workspace. Never changed once declared. */
  sources: z.array(sourceSchema).max(1000).optional(),
  /** Indicators defined beside those of the workspace. Never changed by records once defined; a workspace may. */
  indicators: z.array(reportedIndicatorSchema).max(1000).optional(),
  items: z.array(itemSchema).max(100_000).optional(),
  holders: z.array(holderSchema).max(1_000_000).optional(),
  series: z.array(seriesSchema).max(1_000_000).optional(),
  observations: z.array(observationSchema).max(1_000_000).optional(),
  events: z.array(caseEventSchema).max(1_000_000).optional(),
  flows: z.array(flowSchema).max(1_000_000).optional(),
  readings: z.array(readingDaySchema).max(1_000_000).optional(),
  /** Chapters of reviews as they were signed off in the office; each is a new version of that chapter. */
  narratives: z.array(narrativeSchema).max(1000).optional(),
  sensorEntities: z.array(sensorEntitySchema).max(1_000_000).optional(),
  sensedDays: z.array(sensedDaySchema).max(1_000_000).optional(),
  sensedChanges: z.array(sensedChangeSchema).max(1_000_000).optional(),
  /** Addresses of observations and flows that are void from here on. */
  withdraw: z.array(z.string().max(600)).max(100_000).optional(),
});
export type Records = z.infer<typeof recordsSchema>;
