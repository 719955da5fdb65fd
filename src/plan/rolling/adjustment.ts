import { z } from 'zod';
import { decimalSchema, idSchema } from '../../model/index.ts';

/** The course of an adjustment of a target: proposed with a reason, then accepted or refused by somebody else, or taken back. */
export const adjustmentKinds = ['proposed', 'accepted', 'refused', 'retracted'] as const;
export type AdjustmentKind = (typeof adjustmentKinds)[number];

export const adjustmentSteps: readonly { readonly from: string; readonly to: AdjustmentKind }[] = [
  { from: '', to: 'proposed' },
  { from: 'proposed', to: 'accepted' },
  { from: 'proposed', to: 'refused' },
  { from: 'proposed', to: 'retracted' },
];

export const proposalSchema = z.object({
  plan: idSchema,
  /** The target as it stood: its key, see `targetKey`. */
  key: z.string().min(1).max(600),
  /** The value that is asked for. */
  value: decimalSchema,
  reason: z.string().min(1).max(4000),
});
export type Proposal = z.infer<typeof proposalSchema>;

export interface Adjustment extends Proposal {
  readonly id: string;
  readonly seq: number;
  readonly state: AdjustmentKind;
  readonly by: string;
  readonly name: string;
  readonly at: string;
  /** Who decided, when and why; null while it is open. */
  readonly decided: { readonly name: string; readonly at: string; readonly said: string } | null;
}

/** Folds the events of a city's adjustments, in their order, into one for each case, the newest first. */
export function adjustmentsOf(
  events: readonly {
    readonly stream: string;
    readonly seq: number;
    readonly kind: string;
    readonly occurred: string;
    readonly actor: string | null;
    readonly body: Readonly<Record<string, unknown>>;
  }[],
): readonly Adjustment[] {
  const found = new Map<string, Adjustment>();
  for (const { stream, seq, kind, occurred, actor, body } of events) {
    const state = adjustmentKinds.find((each) => each === kind);
    const before = found.get(stream);
    if (state === undefined) continue;
    if (before === undefined) {
      const proposal = proposalSchema.safeParse(body);
      if (proposal.success)
        found.set(stream, {
          ...proposal.data,
          id: stream.slice('adjustment:'.length),
          seq,
          state,
          by: String(body.by ?? ''),
          name: actor ?? '',
          at: occurred,
          decided: null,
        });
      continue;
    }
    const said = typeof body.said === 'string' ? body.said : '';
    found.set(stream, { ...before, seq, state, decided: { name: actor ?? '', at: occurred, said } });
  }
  return [...found.values()].sort((a, b) => (a.at < b.at ? 1 : -1));
}
