import { readFileSync } from 'node:fs';
import { z } from 'zod';

const termSchema = z.array(
  z.object({ en: z.array(z.string()), zh: z.array(z.string()), avoid: z.array(z.string()) }),
);

/** A term of the field: names in both languages, and English that is known to be wrong for it. */
export type Term = z.infer<typeof termSchema>[number];

let held: readonly Term[] | null = null;

/** The shipped term base (765 terms of city planning, environment and statistics), read once. */
export function termBase(): readonly Term[] {
  held ??= termSchema.parse(JSON.parse(readFileSync(new URL('./terms.json', import.meta.url), 'utf8')));
  return held;
}
