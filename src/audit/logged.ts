import { z } from 'zod';
import { type Answer, answerSchema } from './answer.ts';

/** Answers given in the office: a case for each finding, each answer a step of it. */
export const answerRegister = {
  register: 'answer',
  version: 1,
  steps: [
    { from: '', to: 'answered' },
    { from: 'answered', to: 'answered' },
  ],
};

export const answerStream = (finding: string): string => `answer:${finding}`;

const bodySchema = z.object({ answer: answerSchema });

/** The newest answer to each finding, from the events of the register in order. */
export function loggedAnswers(
  events: readonly { readonly stream: string; readonly body: unknown }[],
): readonly Answer[] {
  const known = new Map<string, Answer>();
  for (const { body } of events) {
    const read = bodySchema.safeParse(body);
    if (read.success) known.set(read.data.answer.id, read.data.answer);
  }
  return [...known.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Answers of the file and of the office; one given in the office stands over the file's. */
export function mergedAnswers(file: readonly Answer[], logged: readonly Answer[]): readonly Answer[] {
  const ids = new Set(logged.map(({ id }) => id));
  return [...file.filter(({ id }) => !ids.has(id)), ...logged];
}
