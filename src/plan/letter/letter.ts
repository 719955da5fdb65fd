import { z } from 'zod';
import { type Commitment, type Localized, type Plan, planSchema, yearOf } from '../../model/index.ts';

/** A responsibility letter (目标责任书): what one owner answers for in one year, as the plan says it when it is issued. */
export const letterSchema = z.strictObject({
  id: z.string().regex(/^\d{4}-\d{1,4}$/),
  plan: z.string().max(120),
  year: z.string().regex(/^\d{4}$/),
  owner: z.strictObject({ en: z.string(), zh: z.string() }),
  /** Whose people acknowledge it. */
  department: z.string().max(120),
  /** Who acknowledges it in the owner's name, where that is a person: an owner need not be a department. */
  receiver: z.strictObject({ id: z.string().max(200), name: z.string().max(200) }).optional(),
  /** Position of the log that the plan was read as of. */
  asOf: z.int().min(1),
  commitments: planSchema.shape.commitments.element.array().min(1).max(500),
});
export type Letter = z.infer<typeof letterSchema>;

export const letterRegister = 'letter';
export const letterStream = (plan: string, id: string): string => `${letterRegister}:${plan}:${id}`;

const open = ['issued', 'acknowledged', 'reminded', 'escalated'] as const;
const later = ['acknowledged', 'reminded', 'escalated', 'closed'] as const;
/** The steps of a letter: issued, then acknowledged, reminded of, taken higher, until it is closed. */
export const letterSteps = {
  register: letterRegister,
  version: 1,
  steps: [{ from: '', to: 'issued' }, ...open.flatMap((from) => later.map((to) => ({ from, to })))],
};

export interface Owner {
  /** Names the owner in an address. */
  readonly key: string;
  readonly name: Localized;
  readonly department: string;
}

/** Who answers for a commitment: itself, else the nearest above it that names somebody. */
function ownerOf(commitment: Commitment, byId: ReadonlyMap<string, Commitment>): Owner | null {
  const seen = new Set<string>();
  let at: Commitment | undefined = commitment;
  while (at !== undefined && !seen.has(at.id)) {
    if (at.owner !== undefined || at.department !== undefined) {
      const department = at.department ?? '';
      const name = at.owner ?? { en: department, zh: department };
      return { key: department === '' ? name.zh || name.en : department, name, department };
    }
    seen.add(at.id);
    at = at.parent === undefined ? undefined : byId.get(at.parent);
  }
  return null;
}

/** Everyone that a plan names as answering for something, in the order of the plan. */
export function ownersOf(plan: Plan): readonly Owner[] {
  const byId = new Map(plan.commitments.map((each) => [each.id, each]));
  const owners = new Map<string, Owner>();
  for (const commitment of plan.commitments) {
    const owner = ownerOf(commitment, byId);
    if (owner !== null && !owners.has(owner.key)) owners.set(owner.key, owner);
  }
  return [...owners.values()];
}

/**
 * What an owner answers for in a year: commitments that still stand, with a target of that year, due in it, or running
 * through it. Of targets only those of the year are in the letter; a commitment that only groups others is not.
 */
export function letterCommitments(plan: Plan, owner: string, year: string): readonly Commitment[] {
  const byId = new Map(plan.commitments.map((each) => [each.id, each]));
  return plan.commitments.flatMap(({ revisions: _, ...commitment }) => {
    if (commitment.withdrawn !== undefined || ownerOf(commitment, byId)?.key !== owner) return [];
    const targets = commitment.targets.filter(({ period }) => String(yearOf(period) ?? '') === year);
    const [start, due] = [commitment.start, commitment.due].map((period) =>
      period === undefined ? null : yearOf(period),
    );
    const runs = start != null && due != null && start <= Number(year) && due >= Number(year);
    const isDue = due === Number(year);
    return targets.length > 0 || isDue || (runs && ['task', 'project'].includes(commitment.kind))
      ? [{ ...commitment, targets }]
      : [];
  });
}

export interface LetterEvent {
  readonly seq: number;
  readonly kind: string;
  readonly occurred: string;
  readonly actor: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A letter as it stands. */
export interface LetterState {
  readonly letter: Letter;
  readonly seq: number;
  readonly kind: string;
  readonly issued: LetterEvent;
  readonly acknowledged: LetterEvent | null;
  readonly closed: LetterEvent | null;
  readonly reminders: number;
}

/** The state of a letter from its events; null when the first is no letter. */
export function letterState(events: readonly LetterEvent[]): LetterState | null {
  const [issued, ...rest] = [...events].sort((a, b) => a.seq - b.seq);
  const read = letterSchema.safeParse(issued?.body.letter);
  if (issued === undefined || !read.success) return null;
  const last = rest.at(-1) ?? issued;
  return {
    letter: read.data,
    seq: last.seq,
    kind: last.kind,
    issued,
    acknowledged: rest.find(({ kind }) => kind === 'acknowledged') ?? null,
    closed: rest.find(({ kind }) => kind === 'closed') ?? null,
    reminders: rest.filter(({ kind }) => kind === 'reminded').length,
  };
}

/** Days after which a letter that nobody has acknowledged is late. */
export const daysToAcknowledge = 14;

/** Why a letter is late on a day: nobody has acknowledged it in time, or its year is over and it is not closed. */
export function lateness(
  { letter, issued, acknowledged, closed }: LetterState,
  day: string,
): 'unacknowledged' | 'year-over' | null {
  if (closed !== null) return null;
  if (day.slice(0, 4) > letter.year) return 'year-over';
  const age = (Date.parse(day) - Date.parse(issued.occurred.slice(0, 10))) / 86_400_000;
  return acknowledged === null && age > daysToAcknowledge ? 'unacknowledged' : null;
}
