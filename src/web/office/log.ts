import type { SubmittedFile } from '../../model/index.ts';
import type { CaseEvent, Receipt, Records, Store } from '../../store/index.ts';
import type { Person } from '../who.ts';

/** The registers of the office: each thing that is worked on is a case, each save a step of it in the log. */
export const officeRegisters = {
  round: [
    { from: '', to: 'opened' },
    { from: 'opened', to: 'changed' },
    { from: 'changed', to: 'changed' },
    { from: 'opened', to: 'released' },
    { from: 'changed', to: 'released' },
    { from: 'released', to: 'released' },
  ],
  talk: [
    { from: '', to: 'said' },
    { from: 'said', to: 'said' },
  ],
} as const;

export interface Step {
  readonly area: string;
  readonly stream: string;
  readonly seq: number;
  readonly register: string;
  readonly kind: string;
  readonly from: string;
  readonly body: CaseEvent['body'];
}

/** Writes steps, with whatever records go with them, as one submission in the name of a person. */
export function writeSteps(
  store: Store,
  city: string,
  person: Pick<Person, 'id' | 'name'>,
  now: Date,
  steps: readonly Step[],
  more: Records & { readonly corrects?: number } = {},
  registers: NonNullable<Records['registers']> = [],
  files: readonly SubmittedFile[] = [],
): Promise<Receipt> {
  const { corrects, ...records } = more;
  return store.submit({
    city,
    kind: 'record',
    agent: `${person.name} (${person.id})`,
    received: now.toISOString(),
    ...(corrects === undefined ? {} : { corrects }),
    files,
    records: {
      ...records,
      registers: [...registers],
      events: steps.map((step) => ({
        ...step,
        version: 1,
        occurred: now.toISOString(),
        actor: person.name,
        body: { ...step.body, by: person.id },
      })),
    },
  });
}
