import { z } from 'zod';
import {
  candidateSchema,
  compare,
  decimal,
  decimalSchema,
  idSchema,
  type Localized,
  localizedSchema,
  type ProjectSelection,
  parseDecimal,
  projectSelectionSchema,
} from '../../model/index.ts';
import { type RegisterSteps, type StoredEvent, selectionRegister } from '../../store/index.ts';

/**
 * A selection of projects while a panel works on it: opened and changed, closed to scores, a shortlist, the decision. The same
 * steps are rules of the database.
 */
export const selectionSteps: RegisterSteps = {
  register: selectionRegister,
  version: 1,
  steps: [
    { from: '', to: 'opened' },
    { from: 'opened', to: 'changed' },
    { from: 'changed', to: 'changed' },
    { from: 'opened', to: 'closed' },
    { from: 'changed', to: 'closed' },
    { from: 'closed', to: 'shortlisted' },
    { from: 'shortlisted', to: 'shortlisted' },
    { from: 'closed', to: 'changed' },
    { from: 'shortlisted', to: 'changed' },
    { from: 'closed', to: 'decided' },
    { from: 'shortlisted', to: 'decided' },
    { from: 'decided', to: 'changed' },
  ],
};

/**
 * What one member says of one candidate. There is no step from a declared conflict of interest to a score: the database itself
 * refuses it, until somebody else has lifted the declaration.
 */
export const ballotSteps: RegisterSteps = {
  register: 'ballot',
  version: 1,
  steps: [
    { from: '', to: 'scored' },
    { from: 'scored', to: 'scored' },
    { from: '', to: 'conflict' },
    { from: 'scored', to: 'conflict' },
    { from: 'conflict', to: 'lifted' },
    { from: 'lifted', to: 'scored' },
    { from: 'lifted', to: 'conflict' },
  ],
};

export const selectionStream = (id: string): string => `${selectionRegister}:${id}`;
export const ballotStream = (selection: string, candidate: string, member: string): string =>
  `ballot:${selection}:${candidate}:${member}`;

/** What a panel works on: the selection without what its members say, and who they are. */
export const panelDraftSchema = z.object({
  selection: projectSelectionSchema.omit({ decision: true }),
  /** Persons by member. */
  persons: z.record(idSchema, z.string().min(1).max(200)),
  /** How many a shortlist proposes. */
  shortlist: z.int().min(1).max(5000),
});
export type PanelDraft = z.infer<typeof panelDraftSchema>;

export type SelectionState = 'opened' | 'changed' | 'closed' | 'shortlisted' | 'decided';

export interface PanelSelection {
  readonly draft: PanelDraft;
  readonly state: SelectionState;
  readonly seq: number;
  /** Position at which scores were closed last; null while they may come. */
  readonly closed: number | null;
  readonly shortlist: readonly string[] | null;
  readonly events: readonly StoredEvent[];
}

const states = ['opened', 'changed', 'closed', 'shortlisted', 'decided'] as const;

/** A selection from its events; null when they are of no such form. */
export function panelSelectionOf(events: readonly StoredEvent[]): PanelSelection | null {
  const inOrder = [...events].sort((a, b) => a.seq - b.seq);
  const drafts = inOrder.flatMap(({ body }) => {
    const read = panelDraftSchema.safeParse(body.draft);
    return read.success ? [read.data] : [];
  });
  const [draft, last] = [drafts.at(-1), inOrder.at(-1)];
  const state = states.find((each) => each === last?.kind);
  if (draft === undefined || last === undefined || state === undefined) return null;
  const isOpen = state === 'opened' || state === 'changed';
  const shortlisted = z
    .array(idSchema)
    .safeParse(isOpen ? null : inOrder.findLast(({ kind }) => kind === 'shortlisted')?.body.candidates);
  return {
    draft,
    state,
    seq: last.seq,
    closed: isOpen ? null : (inOrder.findLast(({ kind }) => kind === 'closed')?.position ?? null),
    shortlist: shortlisted.success ? shortlisted.data : null,
    events: inOrder,
  };
}

const ballotSchema = z.object({
  candidate: idSchema,
  member: idSchema,
  scores: z.record(idSchema, decimalSchema).default({}),
  said: z.string().max(2000).default(''),
  reason: localizedSchema.optional(),
});

/** What a member says of a candidate now. */
export interface Ballot {
  readonly candidate: string;
  readonly member: string;
  readonly seq: number;
  readonly kind: 'scored' | 'conflict' | 'lifted';
  readonly scores: Readonly<Record<string, string>>;
  readonly said: string;
  readonly reason: Localized | null;
}

/** The last word of each member on each candidate, up to a position (null: all), by candidate and member. */
export function ballotsOf(
  selection: string,
  events: readonly StoredEvent[],
  upTo: number | null = null,
): ReadonlyMap<string, Ballot> {
  const ballots = new Map<string, Ballot>();
  for (const { stream, seq, kind, body, position } of [...events].sort((a, b) => a.seq - b.seq)) {
    const read = ballotSchema.safeParse(body);
    if (!read.success || (upTo !== null && position > upTo)) continue;
    if (kind !== 'scored' && kind !== 'conflict' && kind !== 'lifted') continue;
    const { candidate, member, scores, said, reason } = read.data;
    if (stream !== ballotStream(selection, candidate, member)) continue;
    ballots.set(stream, { candidate, member, seq, kind, scores, said, reason: reason ?? null });
  }
  return ballots;
}

/** The selection with what its members said: the same shape as a file of `selection/`. */
export function withBallots(
  { selection }: PanelDraft,
  ballots: ReadonlyMap<string, Ballot>,
): ProjectSelection {
  const criteria = new Map(selection.criteria.map((each) => [each.id, each.most]));
  return projectSelectionSchema.parse({
    ...selection,
    candidates: selection.candidates.map((candidate) => {
      const own = selection.panel.flatMap(
        ({ id }) => ballots.get(ballotStream(selection.id, candidate.id, id)) ?? [],
      );
      return candidateSchema.parse({
        ...candidate,
        // A criterion may have been taken out, or its highest score lowered, since a member gave it.
        scores: Object.fromEntries(
          own.flatMap(({ kind, member, scores }) =>
            kind === 'scored'
              ? [
                  [
                    member,
                    Object.fromEntries(
                      Object.entries(scores).filter(([id, score]) => isScore(score, criteria.get(id))),
                    ),
                  ],
                ]
              : [],
          ),
        ),
        conflicts: own.flatMap(({ kind, member, reason }) =>
          kind === 'conflict' && reason !== null ? [{ member, reason }] : [],
        ),
      });
    }),
  });
}

/** A number of a member between zero and the highest score of a criterion. */
export function isScore(text: string, most: string | undefined): boolean {
  if (most === undefined || !/^\d{1,9}(?:\.\d{1,6})?$/.test(text) || parseDecimal(text) === null)
    return false;
  return compare(decimal(text), decimal(most)) <= 0;
}
