import { z } from 'zod';
import { areaIdSchema, idSchema, isoDateSchema, localizedSchema } from './schema.ts';

/** The head of a review: `review/<year>/review.yaml`. Chapters are `<id>.<language>.md` beside it. */
export const reviewSchema = z.strictObject({
  id: idSchema,
  title: localizedSchema,
  subtitle: localizedSchema.optional(),
  /** Date of the edition: stands on the title page and is the only date in its files. */
  date: isoDateSchema,
  issuer: localizedSchema,
  kind: z.enum(['voluntary-local-review', 'self-assessment', 'plan-report']),
  framework: idSchema.optional(),
  chapters: z.array(idSchema).min(1),
  /** Reviews of districts that belong to this one: workspace id and review id. */
  districts: z.array(z.strictObject({ city: idSchema, review: idSchema })).default([]),
});
export type ReviewHead = z.infer<typeof reviewSchema>;

/** A chapter as it was signed off in the office: it stands in place of the chapter of the workspace's files. */
export const narrativeSchema = z.strictObject({
  review: idSchema,
  chapter: idSchema,
  language: z.enum(['en', 'zh']),
  /** The area of the place whose review it is. */
  area: areaIdSchema,
  text: z.string().min(1).max(1_000_000),
  /**
   * SHA-256 of the texts that it follows: the file's text that it was worked from and what was signed off since. It
   * stands in place of a file that holds one of them; an empty one means that there was no file.
   */
  over: z.array(z.string().regex(/^(?:[0-9a-f]{64})?$/)).max(1000),
});
export type Narrative = z.infer<typeof narrativeSchema>;

/** One chapter in one language: the text of a Markdown file with typed tags. */
export interface Chapter {
  readonly id: string;
  readonly language: 'en' | 'zh';
  readonly text: string;
}

export interface Review {
  readonly head: ReviewHead;
  readonly chapters: readonly Chapter[];
}
