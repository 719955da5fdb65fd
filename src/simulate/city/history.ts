import { z } from 'zod';
import type { Finding } from '../../model/index.ts';
import type { Outcome } from '../compile/compile.ts';

/**
 * What is measured of a place, beside a model: values set for it, measurements to fit to with their place in a document,
 * which constants are fitted, and targets. Kept as JSON beside the model.
 */
const localized = z.strictObject({ en: z.string(), zh: z.string() });

const schema = z.strictObject({
  place: z.strictObject({ en: z.string(), zh: z.string() }),
  source: z.strictObject({ en: z.string(), zh: z.string() }),
  note: z.string().optional(),
  /** Whose measurements stand in the model's file, where they are another place's: here they are assumed then. */
  borrowed: localized.optional(),
  values: z.record(z.string(), z.number()),
  run: z.strictObject({ start: z.number(), stop: z.number() }).optional(),
  observations: z.array(
    z.strictObject({
      variable: z.string(),
      time: z.number(),
      value: z.number(),
      line: z.string(),
      held: z.boolean().optional(),
      note: z.string().optional(),
    }),
  ),
  parameters: z.array(z.strictObject({ name: z.string(), min: z.number(), max: z.number() })),
  targets: z.array(
    z.strictObject({
      variable: z.string(),
      time: z.number(),
      sense: z.enum(['at most', 'at least']),
      value: z.number(),
      line: z.string(),
    }),
  ),
  /** Settings of the levers that are told and kept under a name: a review may print their results. */
  scenarios: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
        name: localized,
        note: localized,
        seed: z.int().min(0),
        values: z.record(z.string(), z.number()),
      }),
    )
    .max(50)
    .optional(),
  /** Which indicators of the place's workspace measure what a variable computes: `scale` model units make one of theirs. */
  indicators: z
    .array(
      z.strictObject({
        indicator: z.string(),
        variable: z.string(),
        /** What a value of the model is multiplied by to be in the indicator's unit. */
        scale: z.number(),
      }),
    )
    .max(200)
    .optional(),
});

export type History = z.infer<typeof schema>;

/** Reads a place's history. What does not fit its form is told with a pointer to it. */
export function readHistory(text: string, file: string): Outcome<History> {
  const finding = (what: string, pointer?: string): Finding => ({
    rule: 'history.form',
    severity: 'error',
    where: pointer === undefined ? { file } : { file, pointer },
    what,
    why: 'a history holds values, observations, parameters and targets',
    mend: 'correct the file',
  });
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return { ok: false, findings: [finding('the file is no JSON')] };
  }
  const outcome = schema.safeParse(found);
  if (outcome.success) return { ok: true, value: outcome.data };
  return {
    ok: false,
    findings: outcome.error.issues.map((issue) =>
      finding(issue.message, `/${issue.path.map(String).join('/')}`),
    ),
  };
}
