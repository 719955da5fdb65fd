import { z } from 'zod';
import { areaIdSchema, idSchema, isoDateSchema, localizedSchema } from './schema.ts';

/** A place that values are about. Areas form a tree. */
export const areaSchema = z.strictObject({
  id: areaIdSchema,
  name: localizedSchema,
  kind: z.enum([
    'country',
    'province',
    'city',
    'district',
    'county',
    'subdistrict',
    'town',
    'village',
    'park',
    'zone',
    'other',
  ]),
  parent: areaIdSchema.optional(),
});
export type Area = z.infer<typeof areaSchema>;

/** Where values come from: a publication, a dataset, a letter. Required: without it a value has no provenance. */
export const sourceSchema = z.strictObject({
  id: idSchema,
  title: localizedSchema,
  producer: localizedSchema,
  /** When it was published; `undated` only when the document gives no date. */
  date: z.union([isoDateSchema, z.literal('undated')]),
  licence: z.string().min(1).max(300),
  /** The licence in readers' words, where it has no name of its own in both languages: `CC BY 4.0` needs none. */
  licenceName: localizedSchema.optional(),
  url: z.url().optional(),
  /** How places inside it are named, e.g. `line of the text version`. */
  locators: localizedSchema.optional(),
  /** sha-256 of the document's file where it is known, so that a reader can check that it is the same text. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  note: localizedSchema.optional(),
});
export type SourceDocument = z.infer<typeof sourceSchema>;

/** A way to break values down, with its categories: sex, age group, class of waste. */
export const dimensionSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  values: z
    .array(z.strictObject({ id: idSchema, name: localizedSchema, parent: idSchema.optional() }))
    .min(1),
});
export type Dimension = z.infer<typeof dimensionSchema>;

/** A square on a tile map: a city without boundary data still gets a map of its districts. */
export const tileSchema = z.strictObject({
  area: areaIdSchema,
  column: z.int().min(0).max(99),
  row: z.int().min(0).max(99),
});

/** Something that a place tells the public: it stands on its page of news and in its feed. */
export const newsSchema = z.strictObject({
  id: idSchema,
  /** The day on which it was told. */
  date: z.iso.date(),
  title: localizedSchema,
  text: localizedSchema.optional(),
  /** Indicators that it is about. */
  indicators: z.array(idSchema).max(100).optional(),
});
export type News = z.infer<typeof newsSchema>;

/** A publication that is announced (发布日历): the pages of its indicators say when the next values are expected. */
export const releaseSchema = z.strictObject({
  id: idSchema,
  /** The day, month or year that is announced. */
  date: isoDateSchema,
  title: localizedSchema,
  /** What will be new; none: everything. */
  indicators: z.array(idSchema).max(5_000).optional(),
  /** The day on which it came out; absent while it is only announced. */
  published: z.iso.date().optional(),
});
export type Release = z.infer<typeof releaseSchema>;

const colourSchema = z.string().regex(/^#[0-9a-f]{6}$/, 'a colour such as #1f6f5c, in lower case');

/** How a place looks: its name in the head of pages, its colours; its emblem stands beside city.yaml as emblem.svg or emblem.png. */
export const brandSchema = z.strictObject({
  /** What stands in the head of every page instead of the place's name, such as the name of its office. */
  name: localizedSchema.optional(),
  /** The colour of links, of what is chosen and of the place in charts, on a light page. */
  accent: colourSchema.optional(),
  /** The same on a dark page; worked out from `accent` when absent. */
  accentDark: colourSchema.optional(),
  /** The emblem: an SVG text, or a PNG as a data address. Read from the file beside. */
  emblem: z.string().max(200_000).optional(),
});
export type Brand = z.infer<typeof brandSchema>;

/** The head of a workspace: `city.yaml`. */
export const citySchema = z.strictObject({
  /** Version of the workspace format. */
  modelcity: z.literal(1),
  id: idSchema,
  name: localizedSchema,
  /** One paragraph: what this place promised. */
  promise: localizedSchema.optional(),
  /** The workspace of the city whose review this one belongs to ("1+X"). */
  partOf: idSchema.optional(),
  /** Said on every page where nothing was observed because a program made it all up. Such a place belongs to no other. */
  synthetic: localizedSchema.optional(),
  /** The area this workspace is about. */
  area: areaIdSchema,
  languages: z.array(z.enum(['en', 'zh'])).min(1),
  areas: z.array(areaSchema).min(1).max(20_000),
  sources: z.array(sourceSchema).min(1).max(10_000),
  dimensions: z.array(dimensionSchema).max(1_000).default([]),
  tiles: z.array(tileSchema).max(500).optional(),
  brand: brandSchema.optional(),
  news: z.array(newsSchema).max(2_000).optional(),
  releases: z.array(releaseSchema).max(2_000).optional(),
  /** What the audit asks before a publication (docs/audit.md). */
  audit: z
    .strictObject({
      block: z.enum(['none', 'data', 'contradictions']).default('data'),
      final: z.boolean().default(false),
      staleAfter: z.int().min(1).max(100).default(5),
    })
    .optional(),
});
export type City = z.infer<typeof citySchema>;
