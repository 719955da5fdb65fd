import { z } from 'zod';
import type { Finding } from '../../model/index.ts';
import type { Outcome } from '../compile/compile.ts';

const localized = z.strictObject({ en: z.string(), zh: z.string() });

/**
 * What a model is called in Chinese beside the file itself: groups and elements by their canonical name, and the texts
 * of meanings, sources and notes by their English wording. Kept as `MODEL.words.json`.
 */
const schema = z.strictObject({
  title: localized,
  groups: z.record(z.string(), localized),
  elements: z.record(z.string(), localized),
  texts: z.record(z.string(), z.string()),
});

export type ModelWords = z.infer<typeof schema>;

/** Reads the words of a model; what does not fit the form is told with a pointer to it. */
export function readModelWords(text: string, file: string): Outcome<ModelWords> {
  const finding = (what: string, pointer?: string): Finding => ({
    rule: 'model-words.form',
    severity: 'error',
    where: pointer === undefined ? { file } : { file, pointer },
    what,
    why: 'the words of a model are its title, groups, elements and texts',
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
