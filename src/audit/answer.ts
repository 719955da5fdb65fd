import { parse, stringify } from 'yaml';
import { z } from 'zod';
import type { AuditFinding } from './finding.ts';

/**
 * What the authors say to a finding: *accepted*, it is a fault and will be mended; *explained*, it is none, for the reason
 * in the note; *corrected*, the text has been changed.
 */
export const answerSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{12}$/, 'a finding has an id of twelve hexadecimal digits'),
  answer: z.enum(['accepted', 'explained', 'corrected']),
  note: z.string().max(2000).default(''),
  /** Rule and quoted words of the finding when it was answered, for whoever reads the file. */
  about: z.string().max(300).optional(),
});
export type Answer = z.infer<typeof answerSchema>;

const answersSchema = z.strictObject({ version: z.literal(1), answers: z.array(answerSchema).max(100_000) });

/** How a finding stands after its answer; a finding answered as corrected that is still there is open again. */
export type Standing = 'open' | 'accepted' | 'explained' | 'reopened';

/** Where the answers of a workspace stand, seen from its folder. */
export const answersFile = 'audit/answers.yaml';

const mostBytes = 5_000_000;

/** Reads a file of answers (YAML; JSON is YAML too); a text says what is wrong with it. */
export function readAnswers(source: string): readonly Answer[] | { readonly refused: string } {
  if (source.length > mostBytes) return { refused: `it is larger than ${mostBytes / 1_000_000} MB` };
  let parsed: unknown;
  try {
    parsed = parse(source, { maxAliasCount: 0, schema: 'core' });
  } catch (error) {
    return {
      refused: `it is not YAML: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}`,
    };
  }
  const result = answersSchema.safeParse(parsed);
  if (result.success) return result.data.answers;
  const issue = result.error.issues[0];
  return {
    refused: issue === undefined ? 'it has another shape' : `${issue.path.join('.')}: ${issue.message}`,
  };
}

/** The file of answers with one answer more, in the order of ids; an older answer to the same finding gives way. */
export function withAnswer(answers: readonly Answer[], answer: Answer): string {
  return answersText([...answers.filter(({ id }) => id !== answer.id), answer]);
}

/** Answers as the file that keeps them, in the order of ids. */
export function answersText(answers: readonly Answer[]): string {
  const all = [...answers].sort((a, b) => (a.id < b.id ? -1 : 1));
  return stringify({ version: 1, answers: all }, { lineWidth: 110 });
}

/** The answer to a finding: under its id, else under the id that earlier releases gave it. */
export const answerTo = (
  { id, formerly }: Pick<AuditFinding, 'id' | 'formerly'>,
  answers: readonly Answer[],
): Answer | undefined =>
  answers.find((answer) => answer.id === id) ?? answers.find((answer) => answer.id === formerly);

export function standingOf(finding: AuditFinding, answers: readonly Answer[]): Standing {
  const answer = answerTo(finding, answers);
  if (answer === undefined) return 'open';
  return answer.answer === 'corrected' ? 'reopened' : answer.answer;
}

/** Whether a finding still asks for work: everything but what has been explained. */
export const isOpen = (standing: Standing): boolean => standing !== 'explained';
