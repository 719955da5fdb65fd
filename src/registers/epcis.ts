import { createHash } from 'node:crypto';
import type { RegisterDeclaration } from '../model/index.ts';
import type { StoredFlow } from '../store/index.ts';
import type { Book } from './book.ts';
import { ownName } from './projection.ts';

/** EPCIS 2.0 in JSON (GS1, ISO/IEC 19987:2024): hand-overs and makings of a register, out and in. */
export const epcisContext = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** UN/ECE Recommendation 20 codes of the units that quantities have here. */
export const unitCodes: Readonly<Record<string, string>> = {
  t: 'TNE',
  kg: 'KGM',
  g: 'GRM',
  m3: 'MTQ',
  L: 'LTR',
};

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
  /** What it said was wrong: when that was declared, and the events that say it right. */
  readonly errorDeclaration?: {
    readonly declarationTime: string;
    readonly reason: 'incorrect_data' | 'did_not_occur';
    readonly correctiveEventIDs?: readonly string[];
  };
}

const root = 'https://modelcity.invalid/epcis';
const uri = (...parts: readonly string[]): string => `${root}/${parts.map(encodeURIComponent).join('/')}`;

/**
 * The events of a register, oldest first: one for each flow between holders; a step that takes items in and gives others out
 * through the same holder outside is one transformation. What was corrected stays, with the declaration of its error and
 * the name of the event that says it right.
 */
export function epcisEvents(book: Book, register: string): readonly EpcisEvent[] {
  const declaration = book.declaration(register);
  if (declaration === undefined) return [];
  return [...versionsByStep(book, register).values()]
    .flatMap((versions) => [
      ...eventsOfStep(
        book,
        declaration,
        versions.filter(({ until }) => until === null),
      ),
      ...wrongEvents(book, declaration, versions),
    ])
    .map(({ event }) => event)
    .sort((a, b) =>
      a.eventTime < b.eventTime ? -1 : a.eventTime > b.eventTime ? 1 : a.eventID < b.eventID ? -1 : 1,
    );
}

/** A flow as one version of it said. */
interface Version {
  readonly flow: StoredFlow;
  /** Whether another version went before. */
  readonly again: boolean;
  /** The position of the log at which another took its place, or it was withdrawn; null while it stands. */
  readonly until: number | null;
}

/** An event, and the flow or, for a making, the step that it tells. */
interface Told {
  readonly event: EpcisEvent;
  readonly of: string;
}

const addressOf = ({ from, id }: StoredFlow): string => `${from.area}/${id}`;
const stepOf = ({ id }: StoredFlow): string => id.slice(0, id.lastIndexOf(':'));

function versionsByStep(book: Book, register: string): ReadonlyMap<string, readonly Version[]> {
  const byStep = new Map<string, Version[]>();
  const seen = new Set<string>();
  const put = (flow: StoredFlow, until: number | null): void => {
    const address = addressOf(flow);
    const list = byStep.get(stepOf(flow)) ?? [];
    list.push({ flow, again: seen.has(address), until });
    byStep.set(stepOf(flow), list);
    seen.add(address);
  };
  for (const { flow, by } of book.projection.replaced(register)) put(flow, by.position);
  for (const flow of book.projection.flows(register)) put(flow, null);
  return byStep;
}

/** What a step's events said before each correction of them, with what was declared about them. */
function wrongEvents(
  book: Book,
  declaration: RegisterDeclaration,
  versions: readonly Version[],
): readonly Told[] {
  const corrections = [...new Set(versions.flatMap(({ until }) => until ?? []))].sort((a, b) => a - b);
  return corrections.flatMap((at) => {
    const before = versions.filter(
      ({ flow, until }) => flow.position < at && (until === null || until >= at),
    );
    const after = versions.filter(({ flow, until }) => flow.position <= at && (until === null || until > at));
    const right = new Map(eventsOfStep(book, declaration, after).map(({ of, event }) => [of, event.eventID]));
    return eventsOfStep(book, declaration, before).flatMap(({ of, event }) => {
      const correctiveID = right.get(of);
      // What the correction left as it was is no error.
      if (correctiveID === event.eventID) return [];
      return [
        {
          of,
          event: {
            ...event,
            errorDeclaration: {
              declarationTime: correctedAt(book, declaration, versions) ?? event.eventTime,
              reason: correctiveID === undefined ? ('did_not_occur' as const) : ('incorrect_data' as const),
              ...(correctiveID === undefined ? {} : { correctiveEventIDs: [correctiveID] }),
            },
          },
        },
      ];
    });
  });
}

/** When the step that made these flows was corrected last. */
function correctedAt(
  book: Book,
  declaration: RegisterDeclaration,
  [first]: readonly Version[],
): string | undefined {
  const [stream = '', seq = ''] = (first?.flow.id ?? '').split(':');
  return book.projection.case(declaration.id, stream)?.steps.find((each) => each.seq === Number(seq))
    ?.corrected;
}

function eventsOfStep(
  book: Book,
  declaration: RegisterDeclaration,
  versions: readonly Version[],
): readonly Told[] {
  const flows = versions.map(({ flow }) => flow);
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
    // A making is named by what it gives out, and after a correction of any of its flows by the newest.
    const newest = versions.reduce(
      (most, { flow, again }) => (again ? Math.max(most, flow.position) : most),
      0,
    );
    if (first !== undefined)
      return [
        {
          of: stepOf(first),
          event: {
            ...common(book, declaration, first, newest),
            type: 'TransformationEvent',
            bizStep: 'commissioning',
            inputQuantityList: taken.map(quantityOf),
            outputQuantityList: out.map(quantityOf),
          },
        },
      ];
  }
  return versions.map(({ flow, again }) => ({
    of: addressOf(flow),
    event: {
      ...common(book, declaration, flow, again ? flow.position : 0),
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
    },
  }));
}

/**
 * A hash URI (RFC 6920) of the flow's address, after a correction with its position too: the same event has the same name
 * for ever.
 */
function eventName(flow: StoredFlow, correctedBy: number): string {
  const name = `${addressOf(flow)}${correctedBy === 0 ? '' : `@${correctedBy}`}`;
  return `ni:///sha-256;${createHash('sha256').update(name).digest('hex')}?ver=CBV2.0`;
}

function common(book: Book, declaration: RegisterDeclaration, flow: StoredFlow, correctedBy: number) {
  const { offsetHours } = book.at.calendar;
  const [stream = ''] = flow.id.split(':');
  return {
    eventID: eventName(flow, correctedBy),
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
