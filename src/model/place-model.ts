import { z } from 'zod';
import { idSchema } from './schema.ts';

/** Longest text of a model's file, in characters: what the engine reads at most. */
const longest = 8 * 1024 * 1024;

/**
 * The stock-flow model of a place, as texts that are kept to the letter: a scenario names its model by a hash over
 * them. `place` is what is known of the place (values, measurements, targets, named scenarios; JSON). Without
 * `equations` (XMILE) they are those of the shipped model of this id, and without `words` (JSON) so are the words.
 */
export const placeModelSchema = z.strictObject({
  id: idSchema,
  place: z.string().max(longest),
  equations: z.string().max(longest).optional(),
  words: z.string().max(longest).optional(),
});

export type PlaceModel = z.infer<typeof placeModelSchema>;
