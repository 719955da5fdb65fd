import { type Answer, answerRegister, answerStream } from '../../audit/index.ts';
import type { StandingFinding } from '../../review/index.ts';
import type { Receipt, Store } from '../../store/index.ts';
import { writeSteps } from '../office/log.ts';
import type { Person } from '../who.ts';

/** Stores the answer to a finding as a step of its case; the newest answer stands. */
export async function answerFinding(
  { store, city, area, person, now }: AnswerContext,
  finding: Pick<StandingFinding['finding'], 'id' | 'rule' | 'places'>,
  given: Pick<Answer, 'answer' | 'note'>,
): Promise<Receipt> {
  const narrow = store.within([area]);
  const stream = answerStream(finding.id);
  const about = `${finding.rule}: ${finding.places[0]?.text ?? ''}`.slice(0, 300);
  for (let tries = 0; ; tries += 1) {
    const known = await narrow.events(city, { stream });
    const receipt = await writeSteps(
      narrow,
      city,
      person,
      now,
      [
        {
          area,
          stream,
          seq: known.length + 1,
          register: 'answer',
          kind: 'answered',
          from: known.length === 0 ? '' : 'answered',
          body: { answer: { id: finding.id, ...given, about } },
        },
      ],
      {},
      [answerRegister],
    );
    if (receipt.outcome !== 'refused' || tries > 4) return receipt;
  }
}

export interface AnswerContext {
  readonly store: Store;
  readonly city: string;
  readonly area: string;
  readonly person: Person;
  readonly now: Date;
}
