import { z } from 'zod';
import type { Workspace } from '../../model/index.ts';
import type { Receipt, Store } from '../../store/index.ts';
import { writeSteps } from '../office/log.ts';
import { randomToken } from '../sign-in/secret.ts';
import type { Person } from '../who.ts';

/** What is said about a text: a case that is said, answered, settled, and may be opened again. */
const remarkSteps = [
  {
    register: 'remark',
    version: 1,
    steps: [
      { from: '', to: 'said' },
      { from: 'said', to: 'said' },
      { from: 'said', to: 'settled' },
      { from: 'settled', to: 'said' },
    ],
  },
];

const headSchema = z.object({
  review: z.string().max(120),
  /** Empty: the whole review. */
  chapter: z.string().max(120),
  language: z.enum(['en', 'zh', '']),
  section: z.string().max(80),
  /** The words of the paragraph that it is on; empty: all of it. */
  quote: z.string().max(20_000),
  text: z.string().max(20_000),
  /** Other wording of the paragraph. */
  suggestion: z.string().max(20_000),
  /** Who the expert is, where it is an opinion, and in which round it was asked for. */
  expert: z.string().max(300),
  round: z.string().max(300),
});
export type RemarkHead = z.infer<typeof headSchema>;
const stepSchema = z.object({ text: z.string().default(''), effect: z.string().default('') });

export interface Said {
  readonly name: string;
  readonly at: string;
  readonly text: string;
  /** What came of it, where this settles it. */
  readonly effect: string;
}

export interface Remark {
  readonly id: string;
  readonly seq: number;
  readonly kind: string;
  readonly head: RemarkHead;
  readonly by: string;
  readonly name: string;
  readonly at: string;
  /** What was said after it. */
  readonly said: readonly Said[];
}

/** Everything said about a review, oldest first. */
export async function readRemarks(store: Store, city: string, review: string): Promise<readonly Remark[]> {
  const remarks = new Map<string, Remark>();
  for (const event of await store.events(city, { register: 'remark' })) {
    const known = remarks.get(event.stream);
    if (known === undefined) {
      const head = headSchema.safeParse(event.body.head);
      if (!head.success || head.data.review !== review) continue;
      remarks.set(event.stream, {
        id: event.stream.slice('remark:'.length),
        seq: event.seq,
        kind: event.kind,
        head: head.data,
        by: String(event.body.by ?? ''),
        name: event.actor ?? '',
        at: event.occurred,
        said: [],
      });
      continue;
    }
    const step = stepSchema.safeParse(event.body);
    const said = step.success && (step.data.text !== '' || step.data.effect !== '');
    remarks.set(event.stream, {
      ...known,
      seq: event.seq,
      kind: event.kind,
      said: said
        ? [...known.said, { name: event.actor ?? '', at: event.occurred, ...step.data }]
        : known.said,
    });
  }
  return [...remarks.values()].sort((a, b) => (a.at < b.at ? -1 : 1));
}

interface RemarkContext {
  readonly store: Store;
  readonly city: string;
  readonly workspace: Workspace;
  readonly person: Person;
  readonly now: Date;
}

export function sayRemark(
  { store, city, workspace, person, now }: RemarkContext,
  head: RemarkHead,
): Promise<Receipt> {
  const { area } = workspace.city;
  const step = {
    area,
    stream: `remark:${randomToken(9)}`,
    seq: 1,
    register: 'remark',
    kind: 'said',
    from: '',
    body: { head },
  };
  return writeSteps(store.within([area]), city, person, now, [step], {}, remarkSteps);
}

/** Answers, settles or opens again. Refused when somebody was faster. */
export function stepRemark(
  { store, city, workspace, person, now }: RemarkContext,
  remark: Remark,
  kind: 'said' | 'settled',
  said: { readonly text: string; readonly effect: string },
): Promise<Receipt> {
  const { area } = workspace.city;
  const step = {
    area,
    stream: `remark:${remark.id}`,
    seq: remark.seq + 1,
    register: 'remark',
    kind,
    from: remark.kind,
    body: said,
  };
  return writeSteps(store.within([area]), city, person, now, [step], {}, remarkSteps);
}
