import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import {
  type EpcisEvent,
  epcisContext,
  epcisEvents,
  epcisQueryDocument,
  type Registers,
  readEpcis,
} from '../../registers/index.ts';
import { problem } from '../api/problem.ts';
import { param } from '../site.ts';
import { type AtTheRegister, refusal } from './at-register.ts';
import { type Hall, isOffice } from './hall.ts';

const root = '/api/places/:city/registers/:id/epcis';
const mostEvents = 1000;
const usualEvents = 30;

/**
 * Hand-overs of a register by the paths, parameters and headers of GS1's EPCIS 2.0 REST binding: events one by one and by
 * SimpleEventQuery, paged by `Link: rel="next"`; capture of a document, whole or not at all.
 */
export function mountEpcis(app: Hono, hall: Hall, at: AtTheRegister): void {
  const none = (c: Context, what: string): Response => problem(c, 404, what, new URL(c.req.url).pathname);
  const versions = (c: Context): void => {
    c.header('gs1-epcis-version', '2.0.0');
    c.header('gs1-cbv-version', '2.0.0');
  };
  const limit = bodyLimit({ maxSize: 1024 * 1024 });

  app.get(`${root}/events`, (c) =>
    at(c, async ({ all, register, standing }) => {
      versions(c);
      if (!register.declaration.public.cases && !isOffice(standing))
        return none(c, 'There are no public events');
      const most = Math.min(
        mostEvents,
        Math.max(1, Number(c.req.query('perPage') ?? usualEvents) || usualEvents),
      );
      const page = Math.max(0, Number(c.req.query('nextPageToken') ?? 0) || 0);
      const events = keptEvents(all, register.id).filter(wantedBy((name) => c.req.query(name)));
      if (page + most < events.length) {
        const next = new URL(c.req.url);
        next.searchParams.set('nextPageToken', String(page + most));
        next.searchParams.set('perPage', String(most));
        c.header('link', `<${next.pathname}${next.search}>; rel="next"`);
      }
      return c.json(epcisQueryDocument(events.slice(page, page + most), hall.now(), 'SimpleEventQuery'));
    }),
  );
  app.get(`${root}/events/:event`, (c) =>
    at(c, async ({ all, register, standing }) => {
      versions(c);
      if (!register.declaration.public.cases && !isOffice(standing))
        return none(c, 'There are no public events');
      const event = keptEvents(all, register.id).find(({ eventID }) => eventID === param(c, 'event'));
      return event === undefined
        ? none(c, 'There is no such event')
        : c.json({ '@context': [epcisContext], ...event });
    }),
  );
  app.post(`${root}/capture`, limit, (c) =>
    at(c, async ({ here, register, standing }) => {
      versions(c);
      const path = new URL(c.req.url).pathname;
      const steps = readEpcis(register.declaration, await c.req.json().catch(() => null));
      if ('fault' in steps) return problem(c, 400, steps.fault, path);
      if (!isOffice(standing)) return none(c, 'Sign in to capture events');
      const { streams, findings } = await register.takeAll(
        steps.map(({ kind, values, eventID, case: number }) => ({
          ...(number === null ? {} : { stream: `${register.id}.${number}` }),
          area: here.place.workspace.city.area,
          kind,
          values,
          // Who may take none of it is refused by the rules of the register, and the whole document with it.
          as:
            register.declaration.steps
              .find((one) => one.kind === kind)
              ?.by.find((role) => role !== 'public' && standing.roles.includes(role)) ?? 'public',
          actor: standing.person?.id ?? null,
          now: hall.now(),
          ...(standing.department === undefined ? {} : { department: standing.department }),
          ...(eventID === null ? {} : { message: eventID }),
        })),
      );
      if (findings.length > 0) return refusal(c, 422, findings);
      const numbers = streams.map((stream) => stream.slice(register.id.length + 1));
      c.header('location', `/api/places/${here.city}/registers/${register.id}/cases/${numbers[0] ?? ''}`);
      return c.json({ success: true, captured: numbers }, 202);
    }),
  );
}

/** The events of a register are worked out once for each position of the log. */
const kept = new WeakMap<
  Registers,
  Map<string, { readonly at: number; readonly events: readonly EpcisEvent[] }>
>();

function keptEvents(all: Registers, id: string): readonly EpcisEvent[] {
  const known = kept.get(all) ?? new Map<string, { at: number; events: readonly EpcisEvent[] }>();
  kept.set(all, known);
  const at = all.projection.position;
  const found = known.get(id);
  if (found?.at === at) return found.events;
  const events = epcisEvents(all, id);
  known.set(id, { at, events });
  return events;
}

/** The parameters of SimpleEventQuery that are understood. Lists are joined by `|`, as the binding says. */
function wantedBy(query: (name: string) => string | undefined): (event: EpcisEvent) => boolean {
  const time = (name: string): number | null => {
    const text = query(name);
    return text === undefined ? null : Date.parse(text);
  };
  const [from, before] = [time('GE_eventTime'), time('LT_eventTime')];
  const lists = (
    [
      ['eventType', 'type'],
      ['EQ_action', 'action'],
      ['EQ_bizStep', 'bizStep'],
      ['EQ_disposition', 'disposition'],
      ['EQ_eventID', 'eventID'],
    ] as const
  ).flatMap(([name, property]) => {
    const text = query(name);
    return text === undefined ? [] : [{ property, values: text.split('|') }];
  });
  const wrongOnly = query('EXISTS_errorDeclaration') !== undefined;
  return (event) =>
    (from === null || Date.parse(event.eventTime) >= from) &&
    (before === null || Date.parse(event.eventTime) < before) &&
    lists.every(({ property, values }) => values.includes(event[property] ?? '')) &&
    (!wrongOnly || event.errorDeclaration !== undefined);
}
