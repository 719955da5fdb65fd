import { z } from 'zod';
import type { RegisterDeclaration } from '../model/index.ts';
import { unitCodes } from './epcis.ts';

const capturedSchema = z.object({
  eventID: z.string().max(300).optional(),
  type: z.literal('ObjectEvent'),
  eventTime: z.iso.datetime({ offset: true }),
  bizStep: z.string().max(200),
  quantityList: z
    .array(
      z.object({
        epcClass: z.string().max(300),
        quantity: z.number().positive(),
        uom: z.string().optional(),
      }),
    )
    .length(1),
  'modelcity:step': z.string().max(120),
  /** The case that the step is taken in; without it the step begins one. */
  'modelcity:case': z.string().max(120).optional(),
  'modelcity:values': z.record(z.string(), z.string().max(4000)).optional(),
});

const documentSchema = z.object({
  type: z.literal('EPCISDocument'),
  schemaVersion: z.string(),
  epcisBody: z.object({ eventList: z.array(z.unknown()).min(1).max(5000) }),
});

/** A captured event as the step that it stands for. */
export interface CapturedStep {
  readonly kind: string;
  /** The number of its case; null where it begins one. */
  readonly case: string | null;
  readonly values: Readonly<Record<string, string>>;
  readonly eventID: string | null;
}

/**
 * Reads an EPCIS document of hand-overs. Which step of the register an event stands for and what else its form asks is in
 * the extension fields `modelcity:step`, `modelcity:case` and `modelcity:values`; quantity and time are the event's own. Null where it is none.
 */
export function readEpcis(
  declaration: RegisterDeclaration,
  content: unknown,
): readonly CapturedStep[] | { readonly fault: string } {
  const read = documentSchema.safeParse(content);
  if (!read.success) return { fault: 'it is no EPCISDocument with an eventList' };
  const steps: CapturedStep[] = [];
  for (const [at, event] of read.data.epcisBody.eventList.entries()) {
    const captured = capturedSchema.safeParse(event);
    if (!captured.success) {
      const [issue] = captured.error.issues;
      return { fault: `event ${at + 1}, ${issue?.path.join('/') ?? ''}: ${issue?.message ?? ''}` };
    }
    const { eventID, eventTime, quantityList } = captured.data;
    const kind = captured.data['modelcity:step'];
    const step = declaration.steps.find((each) => each.kind === kind);
    if (step === undefined) return { fault: `event ${at + 1}: there is no step '${kind}'` };
    const [quantity] = quantityList;
    const field = step.flows.map((flow) => flow.quantity).find((name) => /^[a-z0-9_]+$/.test(name));
    const item = step.flows[0]?.item;
    const unit = declaration.items.find(({ id }) => typeof item === 'object' || id === item)?.unit ?? '';
    if (quantity?.uom !== undefined && quantity.uom !== unitCodes[unit])
      return {
        fault: `event ${at + 1}: the unit is ${quantity.uom}, the register keeps ${unitCodes[unit] ?? unit}`,
      };
    steps.push({
      kind,
      case: captured.data['modelcity:case'] ?? null,
      eventID: eventID ?? null,
      values: {
        ...captured.data['modelcity:values'],
        ...(field === undefined || quantity === undefined ? {} : { [field]: String(quantity.quantity) }),
        ...(step.on === undefined ? {} : { [step.on]: eventTime }),
      },
    });
  }
  return steps;
}
