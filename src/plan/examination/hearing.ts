import { z } from 'zod';
import { add, decimal, decimalSchema, idSchema, toDecimal } from '../../model/index.ts';

/**
 * The course of an examination of one subject: it reports on itself, the report is checked or sent back, it may object,
 * the objection is answered, and the result is made final. The same steps are rules of the database (register `examination`).
 */
export const hearingKinds = [
  'reported',
  'returned',
  'checked',
  'objected',
  'answered',
  'final',
  'reopened',
] as const;
export type HearingKind = (typeof hearingKinds)[number];

export const hearingSteps: readonly { readonly from: HearingKind | ''; readonly to: HearingKind }[] = [
  { from: '', to: 'reported' },
  { from: 'reported', to: 'reported' },
  { from: 'reported', to: 'returned' },
  { from: 'returned', to: 'reported' },
  { from: 'reported', to: 'checked' },
  { from: 'checked', to: 'objected' },
  { from: 'objected', to: 'answered' },
  { from: 'answered', to: 'objected' },
  { from: 'checked', to: 'final' },
  { from: 'answered', to: 'final' },
  { from: 'final', to: 'reopened' },
  { from: 'reopened', to: 'reported' },
];

/** Who takes a step: the role it needs. */
export const hearingRoles: Readonly<Record<HearingKind, 'reporter' | 'checker' | 'approver'>> = {
  reported: 'reporter',
  returned: 'checker',
  checked: 'checker',
  objected: 'reporter',
  answered: 'checker',
  final: 'approver',
  reopened: 'approver',
};

export function mayHear(from: HearingKind | '', to: HearingKind): boolean {
  return hearingSteps.some((step) => step.from === from && step.to === to);
}

const said = z.string().max(4000);

/** The score as it stood at a step, with the position of the log that its figures could see. */
export const sheetSchema = z.object({
  asOf: z.int().min(0),
  score: decimalSchema.nullable(),
  earned: decimalSchema,
  possible: decimalSchema,
  items: z
    .array(
      z.object({
        item: idSchema,
        points: decimalSchema,
        got: decimalSchema.nullable(),
        /** Code of the figure, or address of the tasks, that the points rest on. */
        figure: z.string().max(200),
        value: decimalSchema.nullable(),
      }),
    )
    .max(2000),
});
export type Sheet = z.infer<typeof sheetSchema>;

export const hearingBodySchema = z.object({
  said: said.default(''),
  /** What a report says on single items; what an objection is about; how it is answered. */
  items: z
    .array(
      z.object({
        item: idSchema,
        said,
        /** What the subject itself says the value is, or the points that are given back; empty: nothing. */
        value: z.union([z.literal(''), decimalSchema]).default(''),
        upheld: z.boolean().default(false),
      }),
    )
    .max(2000)
    .default([]),
  sheet: sheetSchema.optional(),
});
export type HearingBody = z.infer<typeof hearingBodySchema>;

export interface HearingEvent extends HearingBody {
  readonly seq: number;
  readonly kind: HearingKind;
  readonly name: string;
  readonly by: string;
  readonly at: string;
}

export interface Hearing {
  readonly seq: number;
  readonly state: HearingKind | '';
  readonly events: readonly HearingEvent[];
  /** Points given back by item since the last report, by answers that upheld an objection. */
  readonly restored: ReadonlyMap<string, string>;
  /** The result that was made final and still stands. */
  readonly final: HearingEvent | null;
}

/** Folds the events of one case, in their order, into where it stands. Events of other forms are passed over. */
export function hearingOf(
  events: readonly {
    readonly seq: number;
    readonly kind: string;
    readonly occurred: string;
    readonly actor: string | null;
    readonly body: Readonly<Record<string, unknown>>;
  }[],
): Hearing {
  const read: HearingEvent[] = [];
  let seq = 0;
  let restored: ReadonlyMap<string, string> = new Map();
  let final: HearingEvent | null = null;
  for (const event of events) {
    seq = Math.max(seq, event.seq);
    const kind = hearingKinds.find((each) => each === event.kind);
    const body = hearingBodySchema.safeParse(event.body);
    if (kind === undefined || !body.success) continue;
    const made: HearingEvent = {
      ...body.data,
      seq: event.seq,
      kind,
      name: event.actor ?? '',
      by: String(event.body.by ?? ''),
      at: event.occurred,
    };
    read.push(made);
    if (kind === 'reported') restored = new Map();
    if (kind === 'answered') restored = restoredBy(restored, made.items);
    final = kind === 'final' ? made : kind === 'reopened' ? null : final;
  }
  return { seq, state: read.at(-1)?.kind ?? '', events: read, restored, final };
}

/** The name of the case of one subject in the log; the third part is its department, `-` for a district as a whole. */
export function hearingStream(examination: string, department: string | undefined, subject: string): string {
  return ['examination', examination, department ?? '-', subject].join(':');
}

/** Points given back by item, with those that an answer adds. */
export function restoredBy(
  before: ReadonlyMap<string, string>,
  answer: HearingBody['items'],
): ReadonlyMap<string, string> {
  const after = new Map(before);
  for (const { item, value, upheld } of answer)
    if (upheld && value !== '')
      after.set(item, toDecimal(add(decimal(after.get(item) ?? '0'), decimal(value))));
  return after;
}
