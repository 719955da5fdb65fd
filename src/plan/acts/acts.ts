import { isDeepStrictEqual } from 'node:util';
import {
  type Commitment,
  type Finding,
  type Plan,
  planSchema,
  type Revision,
  type Workspace,
} from '../../model/index.ts';
import {
  commitmentRegister,
  contentOf,
  type Receipt,
  type Store,
  type StoredEvent,
} from '../../store/index.ts';
import { asJson, overSteps, type PlanActor, writeOver } from './over.ts';

/** Most commitments that one submission changes. */
export const mostCommitments = 5000;

export const commitmentStream = (plan: string, commitment: string): string =>
  `${commitmentRegister}:${plan}:${commitment}`;

const register = overSteps(commitmentRegister);

/** Something to be done to one commitment. */
export interface WantedAct {
  readonly kind: Revision['kind'];
  /** As it is to stand, without its revisions. */
  readonly commitment: Omit<Commitment, 'revisions'>;
  /** Number of the last act that whoever asks for this one has seen; 0: none. Undefined: whatever it is. */
  readonly expected?: number;
}

export type ActOutcome =
  | { readonly outcome: 'stored'; readonly receipt: Receipt; readonly acts: number }
  /** Nothing would change. */
  | { readonly outcome: 'unchanged' }
  /** Somebody else acted on these commitments meanwhile; nothing was stored. */
  | { readonly outcome: 'moved'; readonly commitments: readonly string[] }
  | { readonly outcome: 'refused'; readonly findings: readonly Finding[] };

/** What has been done to one commitment, in order. */
export function readActs(
  store: Store,
  city: string,
  plan: string,
  commitment: string,
): Promise<readonly StoredEvent[]> {
  return store.events(city, { register: commitmentRegister, stream: commitmentStream(plan, commitment) });
}

/**
 * What turns one version of a plan into another: a commitment for each that differs. Those that the other version leaves out
 * are withdrawn when `withdraw` gives a reason and a day, and stand as they are otherwise.
 */
export function plannedActs(
  before: Plan,
  after: Plan,
  withdraw: { readonly on: string; readonly reason: string } | null = null,
): readonly WantedAct[] {
  const old = new Map(before.commitments.map((commitment) => [commitment.id, commitment]));
  const named = new Set(after.commitments.map(({ id }) => id));
  const acts = after.commitments.flatMap((each): WantedAct[] => {
    const commitment = contentOf(each);
    const was = old.get(each.id);
    if (was === undefined) return [{ kind: 'added', commitment }];
    return isDeepStrictEqual(contentOf(was), commitment)
      ? []
      : [{ kind: kindOf(was, commitment), commitment }];
  });
  if (withdraw === null) return acts;
  return [
    ...acts,
    ...before.commitments.flatMap((each): WantedAct[] =>
      named.has(each.id) || each.withdrawn !== undefined
        ? []
        : [{ kind: 'withdrawn', commitment: { ...contentOf(each), withdrawn: withdraw } }],
    ),
  ];
}

function kindOf(was: Commitment, is: Omit<Commitment, 'revisions'>): Revision['kind'] {
  if (was.withdrawn === undefined && is.withdrawn !== undefined) return 'withdrawn';
  return was.withdrawn !== undefined && is.withdrawn === undefined ? 'restored' : 'changed';
}

/**
 * Writes acts as one submission: all of them or none. Each becomes the next step of its commitment's case; the number of its
 * last step is the version that protects it from two who act at once.
 */
export async function writeActs(
  store: Store,
  workspace: Workspace,
  plan: string,
  actor: PlanActor,
  reason: string,
  acts: readonly WantedAct[],
): Promise<ActOutcome> {
  if (acts.length === 0) return { outcome: 'unchanged' };
  const city = workspace.city.id;
  const { area } = workspace.city;
  const streams = acts.map(({ commitment }) => commitmentStream(plan, commitment.id));
  const tooLong = acts
    .filter((_, at) => (streams[at]?.length ?? 0) > 200)
    .map(({ commitment }) => commitment.id);
  if (tooLong.length > 0 || acts.length > mostCommitments)
    return { outcome: 'refused', findings: [tooMuch(tooLong, acts.length)] };
  const files = await filesOf(store, city, plan);
  const done = await writeOver(
    store,
    { city, area },
    register,
    actor,
    acts.map(({ kind, commitment, expected }, at) => ({
      stream: streams[at] ?? '',
      kind,
      ...(expected === undefined ? {} : { expected }),
      body: {
        plan,
        commitment: asJson(commitment),
        over: asJson(files.get(commitment.id) ?? null),
        reason,
        by: actor.id,
      },
    })),
  );
  if (done.outcome === 'stored') return { outcome: 'stored', receipt: done.receipt, acts: acts.length };
  if (done.outcome !== 'moved') return done;
  const moved = new Set(done.streams);
  return {
    outcome: 'moved',
    commitments: acts.flatMap(({ commitment }, at) => (moved.has(streams[at] ?? '') ? [commitment.id] : [])),
  };
}

/** Each commitment as the workspace's files say it: the newest version of the plan in the log, without any act. */
async function filesOf(store: Store, city: string, plan: string): Promise<ReadonlyMap<string, Commitment>> {
  const newest = (await store.history(city, `plan/${plan}`)).at(-1);
  const read = planSchema.safeParse(newest?.content);
  return new Map(read.success ? read.data.commitments.map((each) => [each.id, each]) : []);
}

const tooMuch = (long: readonly string[], count: number): Finding => ({
  rule: 'plan.too-much',
  severity: 'error',
  where: { file: 'plan' },
  what:
    long.length > 0
      ? `the id of ${long[0]} is too long together with that of its plan`
      : `${count} commitments change at once`,
  why:
    long.length > 0
      ? 'together they name a case of the log, in 200 characters'
      : `one submission changes up to ${mostCommitments}`,
  mend: long.length > 0 ? 'give it a shorter id' : 'send the plan in parts',
});
