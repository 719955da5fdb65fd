import type { Finding, SubmittedFile } from '../../model/index.ts';
import type { Receipt, RegisterSteps, Store, StoredEvent } from '../../store/index.ts';

/** Who acts, and when. */
export interface PlanActor {
  readonly id: string;
  readonly name: string;
  readonly now: Date;
}

const kinds = ['added', 'changed', 'withdrawn', 'restored'] as const;

/** Steps of a register in which any act may follow any other: what was withdrawn may be restored, and changed again. */
export const overSteps = (register: string): RegisterSteps => ({
  register,
  version: 1,
  steps: ['', ...kinds].flatMap((from) => kinds.map((to) => ({ from, to }))),
});

/** Something to be done to one case. */
export interface WantedStep {
  readonly stream: string;
  readonly kind: string;
  /** Number of the last step that whoever asks for this one has seen; 0: none. Undefined: whatever it is. */
  readonly expected?: number;
  readonly body: StoredEvent['body'];
}

export type Written =
  | { readonly outcome: 'stored'; readonly receipt: Receipt }
  /** Nothing would change. */
  | { readonly outcome: 'unchanged' }
  /** Somebody else acted on these cases meanwhile; nothing was stored. */
  | { readonly outcome: 'moved'; readonly streams: readonly string[] }
  | { readonly outcome: 'refused'; readonly findings: readonly Finding[] };

/**
 * Writes steps as one submission: all of them or none. Each becomes the next step of its case; the number of the last step is
 * the version that protects it from two who act at once. Which step may follow which is a rule of the database.
 */
export async function writeOver(
  store: Store,
  { city, area }: { readonly city: string; readonly area: string },
  register: RegisterSteps,
  actor: PlanActor,
  steps: readonly WantedStep[],
  files: readonly SubmittedFile[] = [],
): Promise<Written> {
  if (steps.length === 0) return { outcome: 'unchanged' };
  const streams = steps.map(({ stream }) => stream);
  const last = new Map<string, StoredEvent>();
  for (const event of await store.events(city, { register: register.register, streams }))
    if (event.seq > (last.get(event.stream)?.seq ?? 0)) last.set(event.stream, event);
  const moved = steps.filter(
    ({ expected, stream }) => expected !== undefined && expected !== (last.get(stream)?.seq ?? 0),
  );
  if (moved.length > 0) return { outcome: 'moved', streams: moved.map(({ stream }) => stream) };
  const occurred = actor.now.toISOString();
  const receipt = await store.within([area]).submit({
    city,
    kind: 'record',
    agent: `${actor.name} (${actor.id})`,
    received: occurred,
    files,
    records: {
      registers: [register],
      events: steps.map(({ stream, kind, body }) => ({
        area,
        stream,
        seq: (last.get(stream)?.seq ?? 0) + 1,
        register: register.register,
        version: register.version,
        kind,
        from: last.get(stream)?.kind ?? '',
        occurred,
        actor: actor.name,
        body,
      })),
    },
  });
  if (receipt.outcome === 'stored') return { outcome: 'stored', receipt };
  if (receipt.outcome === 'unchanged') return { outcome: 'unchanged' };
  return receipt.findings.some(({ rule }) => ['case.taken', 'case.order', 'record.exists'].includes(rule))
    ? { outcome: 'moved', streams }
    : { outcome: 'refused', findings: receipt.findings };
}

/** Values without `undefined`, as the log keeps them. */
export const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));
