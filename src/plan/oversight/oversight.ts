import { type Commitment, type Plan, periodBounds } from '../../model/index.ts';
import type { RegisterSteps, StoredEvent } from '../../store/index.ts';

/** The register of supervision (督办) of single commitments: each is a case, `oversight:<plan>:<commitment>`. */
export const oversightRegister = 'oversight';
export const oversightStream = (plan: string, commitment: string): string =>
  `${oversightRegister}:${plan}:${commitment}`;

export const oversightKinds = ['issued', 'answered', 'reminded', 'escalated', 'closed'] as const;
export type OversightKind = (typeof oversightKinds)[number];

const open = ['issued', 'answered', 'reminded', 'escalated'] as const;
/** Issued, then answered, reminded of, taken higher, until it is closed; closed, it may be issued again. */
export const oversightSteps: RegisterSteps = {
  register: oversightRegister,
  version: 1,
  steps: [
    { from: '', to: 'issued' },
    ...open.flatMap((from) =>
      (['answered', 'reminded', 'escalated', 'closed'] as const).map((to) => ({ from, to })),
    ),
    { from: 'closed', to: 'issued' },
  ],
};

/** The supervision of one commitment as it stands. */
export interface Oversight {
  readonly commitment: string;
  readonly seq: number;
  readonly kind: OversightKind;
  /** The day by which an answer is asked for, ISO. */
  readonly until: string;
  readonly events: readonly StoredEvent[];
}

/** Folds the events of one case; null when they are of no such form. */
export function oversightOf(events: readonly StoredEvent[]): Oversight | null {
  const inOrder = [...events].sort((a, b) => a.seq - b.seq);
  const last = inOrder.at(-1);
  const issued = inOrder.findLast(({ kind }) => kind === 'issued');
  const kind = oversightKinds.find((each) => each === last?.kind);
  const { commitment, until } = issued?.body ?? {};
  if (last === undefined || kind === undefined) return null;
  if (typeof commitment !== 'string' || typeof until !== 'string') return null;
  return { commitment, seq: last.seq, kind, until, events: inOrder };
}

/** Whether an answer is asked for and has not come by its day. */
export const isUnanswered = ({ kind, until }: Oversight, day: string): boolean =>
  kind !== 'closed' && kind !== 'answered' && until < day;

/** Who has to answer for a commitment: a department, a district or town, or who keeps the plan of the whole place. */
export type Answerable =
  | { readonly department: string }
  | { readonly area: string }
  | { readonly keepers: true };

/** Whoever a commitment names, or the nearest one above it does; where none of them names anybody, who keeps the plan. */
export function answerableFor({ commitments }: Plan, commitment: Commitment): Answerable {
  const byId = new Map(commitments.map((each) => [each.id, each]));
  const seen = new Set<string>();
  for (let at: Commitment | undefined = commitment; at !== undefined && !seen.has(at.id); ) {
    if (at.department !== undefined) return { department: at.department };
    if (at.area !== undefined) return { area: at.area };
    seen.add(at.id);
    at = at.parent === undefined ? undefined : byId.get(at.parent);
  }
  return { keepers: true };
}

/** Commitments that still stand, whose day has passed, and that their plan does not call done, in the order of the plan. */
export function overdueCommitments({ commitments }: Plan, day: string): readonly Commitment[] {
  return commitments.filter(({ due, state, withdrawn }) => {
    if (due === undefined || state === 'done' || withdrawn !== undefined) return false;
    const bounds = periodBounds(due);
    return bounds !== null && bounds !== 'undated' && bounds.end < day;
  });
}
