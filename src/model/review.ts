import { z } from 'zod';
import { idSchema, isoDateSchema, localizedSchema } from './schema.ts';

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
