import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { RegisterDeclaration } from '../model/index.ts';
import type { StoredFlow } from '../store/index.ts';
import type { Book } from './book.ts';
import { ownName } from './projection.ts';

/** EPCIS 2.0 in JSON (GS1, ISO/IEC 19987:2024): hand-overs and makings of a register, out and in. */
export const epcisContext = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** UN/ECE Recommendation 20 codes of the units that quantities have here. */
const unitCodes: Readonly<Record<string, string>> = { t: 'TNE', kg: 'KGM', g: 'GRM', m3: 'MTQ', L: 'LTR' };

export interface EpcisQuantity {
  readonly epcClass: string;
  readonly quantity: number;
  readonly uom?: string;
}

export interface EpcisEvent {
  readonly eventID: string;
  readonly type: 'ObjectEvent' | 'TransformationEvent';
  readonly action?: 'ADD' | 'OBSERVE' | 'DELETE';
  readonly eventTime: string;
  readonly recordTime?: string;
  readonly eventTimeZoneOffset: string;
  readonly bizStep: string;
  readonly disposition?: string;
  readonly quantityList?: readonly EpcisQuantity[];
  readonly inputQuantityList?: readonly EpcisQuantity[];
  readonly outputQuantityList?: readonly EpcisQuantity[];
  readonly sourceList?: readonly { readonly type: string; readonly source: string }[];
  readonly destinationList?: readonly { readonly type: string; readonly destination: string }[];
  readonly bizTransactionList?: readonly { readonly type: string; readonly bizTransaction: string }[];
}

const root = 'https://modelcity.invalid/epcis';
const uri = (...parts: readonly string[]): string => `${root}/${parts.map(encodeURIComponent).join('/')}`;

/**
 * The events of a register, oldest first: one for each flow between holders; a step that takes items in and gives others out
 * through the same holder outside is one transformation.
 */
export function epcisEvents(book: Book, register: string): readonly EpcisEvent[] {
  const declaration = book.declaration(register);
  if (declaration === undefined) return [];
  const byStep = new Map<string, StoredFlow[]>();
  for (const flow of book.projection.flows(register)) {
    const step = flow.id.slice(0, flow.id.lastIndexOf(':'));
    byStep.set(step, [...(byStep.get(step) ?? []), flow]);
  }
  return [...byStep.values()]
    .flatMap((flows) => eventsOfStep(book, declaration, flows))
    .sort((a, b) =>
      a.eventTime < b.eventTime ? -1 : a.eventTime > b.eventTime ? 1 : a.eventID < b.eventID ? -1 : 1,
    );
}

function eventsOfStep(
  book: Book,
  declaration: RegisterDeclaration,
  flows: readonly StoredFlow[],
): readonly EpcisEvent[] {
  const isOutside = (holder: string): boolean =>
    declaration.holders.some(({ id, boundary }) => boundary && ownName(declaration, id) === holder);
  const into = flows.filter(({ to }) => isOutside(to.holder));
  const out = flows.filter(
    ({ from, item }) =>
      isOutside(from.holder) && into.some((each) => each.to.holder === from.holder && each.item !== item),
  );
  if (out.length > 0) {
    const [first] = out;
    const taken = into.filter(({ to }) => out.some(({ from }) => from.holder === to.holder));
    if (first !== undefined)
      return [
        {
          ...common(book, declaration, first),
          type: 'TransformationEvent',
          bizStep: 'commissioning',
          inputQuantityList: taken.map(quantityOf),
          outputQuantityList: out.map(quantityOf),
        },
      ];
  }
  return flows.map((flow) => ({
    ...common(book, declaration, flow),
    type: 'ObjectEvent',
    action: isOutside(flow.from.holder) ? 'ADD' : isOutside(flow.to.holder) ? 'DELETE' : 'OBSERVE',
    bizStep: isOutside(flow.from.holder)
      ? 'commissioning'
      : isOutside(flow.to.holder)
        ? 'destroying'
        : 'receiving',
    disposition: isOutside(flow.to.holder) ? 'destroyed' : 'in_progress',
    quantityList: [quantityOf(flow)],
    sourceList: [{ type: 'possessing_party', source: uri('party', flow.from.holder) }],
    destinationList: [{ type: 'possessing_party', destination: uri('party', flow.to.holder) }],
  }));
}

function common(book: Book, declaration: RegisterDeclaration, flow: StoredFlow) {
  const { offsetHours } = book.at.calendar;
  const [stream = ''] = flow.id.split(':');
  return {
    // A hash URI (RFC 6920) of the flow's address: the same event has the same name for ever.
    eventID: `ni:///sha-256;${createHash('sha256').update(`${flow.from.area}/${flow.id}`).digest('hex')}?ver=CBV2.0`,
    eventTime: flow.occurred,
    eventTimeZoneOffset: `${offsetHours < 0 ? '-' : '+'}${String(Math.abs(offsetHours)).padStart(2, '0')}:00`,
    bizTransactionList: [
      { type: 'bol', bizTransaction: uri(declaration.id, 'case', stream.slice(declaration.id.length + 1)) },
    ],
  };
}

/** EPCIS quantities are JSON numbers: doubles, good for fifteen digits; the exact one is in the register. */
function quantityOf({ item, quantity, unit }: StoredFlow): EpcisQuantity {
  const uom = unitCodes[unit];
  return { epcClass: uri('class', item), quantity: Number(quantity), ...(uom === undefined ? {} : { uom }) };
}

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
  readonly values: Readonly<Record<string, string>>;
  readonly eventID: string | null;
}

/**
 * Reads an EPCIS document of hand-overs. Which step of the register an event stands for and what else its form asks is in
 * the extension fields `modelcity:step` and `modelcity:values`; quantity and time are the event's own. Null where it is none.
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

/** The document that a query answers with. */
export function epcisQueryDocument(events: readonly EpcisEvent[], now: string, query: string): object {
  return {
    '@context': [epcisContext],
    type: 'EPCISQueryDocument',
    schemaVersion: '2.0',
    creationDate: now,
    epcisBody: { queryResults: { queryName: query, resultsBody: { eventList: events } } },
  };
}
