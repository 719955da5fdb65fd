import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import {
  type Case,
  entityOfKind,
  type GeoReportValue,
  geoReportRecordXml,
  geoReportXml,
  isPublic,
  localDay,
  maySee,
  type Register,
  type Registers,
  serviceDefinition,
  serviceRequest,
  services,
  visibleTexts,
} from '../../registers/index.ts';
import type { Catalogue } from '../catalogue.ts';
import { declareRule } from '../rules.ts';
import type { Site } from '../site.ts';
import type { Hall } from './hall.ts';
import { callerOf, Limit } from './limit.ts';
import { paths } from './paths.ts';

const root = '/open311/v2';
const day = 86_400_000;
const longestSpan = 90 * day;
const mostRequests = 1000;
const changeset = '2026-11-01T00:00:00Z';

interface Jurisdiction {
  readonly here: Catalogue;
  readonly all: Registers;
  readonly register: Register;
}

/** An answer that is no answer: GeoReport's error codes are the HTTP ones. */
class Wrong extends Error {
  readonly code: 400 | 403 | 404;
  readonly descriptions: readonly string[];
  constructor(code: 400 | 403 | 404, ...descriptions: readonly string[]) {
    super(descriptions.join('; '));
    this.code = code;
    this.descriptions = descriptions;
  }
}

/**
 * Open311 GeoReport v2 (frozen text, open311.org) under /open311/v2: XML as the public adapter writes it, JSON by the
 * public schemas. A place is a jurisdiction; where there is one place only it need not be named.
 */
export function mountGeoReport(site: Site, hall: Hall): void {
  const { app } = site;
  for (const path of ['discovery', 'services', 'requests'])
    declareRule(app, 'GET', `${root}/:file{${path}\\.(?:xml|json)}`, 'anyone');
  for (const path of ['services', 'requests', 'tokens'])
    declareRule(app, 'GET', `${root}/${path}/:file{.+\\.(?:xml|json)}`, 'anyone');
  // Whoever has a key of the office.
  declareRule(app, 'POST', `${root}/:file{requests\\.(?:xml|json)}`, 'anyone');
  const filings = new Limit(120, 60 * 60_000);
  const answer = (c: Context, work: (format: Format) => Promise<Answer>) => answered(c, work);

  app.get(`${root}/:file{discovery\\.(?:xml|json)}`, (c) =>
    answer(c, async () => {
      const url = `${new URL(c.req.url).origin}${root}`;
      const discovery = {
        changeset,
        contact: `${new URL(c.req.url).origin}/en/about/`,
        key_service: 'The office that runs this server gives keys: modelcity api-key.',
        endpoints: [
          {
            specification: 'http://wiki.open311.org/GeoReport_v2',
            url,
            changeset,
            type: 'production',
            formats: ['text/xml', 'application/json'],
          },
        ],
      };
      return { root: 'discovery', record: discovery };
    }),
  );
  app.get(`${root}/:file{services\\.(?:xml|json)}`, (c) =>
    answer(c, async () => {
      const { register } = await jurisdictionOf(c, site, hall);
      return {
        root: 'services',
        item: 'service',
        list: plain(services(register.declaration, languageOf(c))),
      };
    }),
  );
  app.get(`${root}/services/:file{.+\\.(?:xml|json)}`, (c) =>
    answer(c, async () => {
      const { register } = await jurisdictionOf(c, site, hall);
      const code = nameOf(c);
      const attributes = serviceDefinition(register.declaration, code, languageOf(c));
      if (attributes === null) throw new Wrong(404, `service_code ${code} was not found`);
      return { root: 'service_definition', record: { service_code: code, attributes: plain(attributes) } };
    }),
  );
  app.get(`${root}/:file{requests\\.(?:xml|json)}`, (c) =>
    answer(c, async (format) => {
      const at = await jurisdictionOf(c, site, hall);
      const cases = chosen(c, at.register, hall.now());
      return { root: 'service_requests', item: 'request', list: await shownRequests(c, at, cases, format) };
    }),
  );
  app.get(`${root}/requests/:file{.+\\.(?:xml|json)}`, (c) =>
    answer(c, async (format) => {
      const at = await jurisdictionOf(c, site, hall);
      const id = nameOf(c);
      const each = at.register.knownByNumber(id);
      if (each === null || !isShown(at.register, each))
        throw new Wrong(404, `service_request_id ${id} was not found`);
      return { root: 'service_requests', item: 'request', list: await shownRequests(c, at, [each], format) };
    }),
  );
  // Numbers are given at once, so a token is the number itself.
  app.get(`${root}/tokens/:file{.+\\.(?:xml|json)}`, (c) =>
    answer(c, async () => {
      const { register } = await jurisdictionOf(c, site, hall);
      const token = nameOf(c);
      const each = register.knownByNumber(token);
      if (each === null || !isShown(register, each)) throw new Wrong(404, `token ${token} was not found`);
      return { root: 'service_requests', item: 'request', list: [{ service_request_id: token, token }] };
    }),
  );
  app.post(`${root}/:file{requests\\.(?:xml|json)}`, bodyLimit({ maxSize: 256 * 1024 }), (c) =>
    answer(c, async () => {
      const form = new URLSearchParams(await c.req.text());
      for (const [name, value] of new URL(c.req.url).searchParams) if (!form.has(name)) form.set(name, value);
      const { here, register } = await jurisdictionOf(c, site, hall, form);
      const key = form.get('api_key') ?? '';
      const owner = hall.options.apiKeys.get(createHash('sha256').update(key).digest('hex'));
      if (key === '' || owner === undefined) throw new Wrong(403, 'api_key was missing or is not valid');
      if (!filings.allows(`${owner} ${callerOf(c)}`, Date.parse(hall.now())))
        throw new Wrong(403, 'this api_key has filed too many requests in the last hour');
      return {
        root: 'service_requests',
        item: 'request',
        list: [await filed(c, { here, register }, form, owner, hall.now())],
      };
    }),
  );
}

type Format = 'xml' | 'json';
type Answer =
  | { readonly root: string; readonly item: string; readonly list: readonly GeoReportValue[] }
  | { readonly root: string; readonly record: GeoReportValue };

async function answered(c: Context, work: (format: Format) => Promise<Answer>): Promise<Response> {
  const format: Format = new URL(c.req.url).pathname.endsWith('.json') ? 'json' : 'xml';
  const headers = {
    'content-type': format === 'json' ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8',
    'cache-control': 'no-store',
    // The interface is for programs of others, also those that run in a browser on another site. No cookie opens anything here.
    'access-control-allow-origin': '*',
  };
  try {
    const made = await work(format);
    if ('record' in made)
      return c.body(
        format === 'json' ? JSON.stringify(made.record) : geoReportRecordXml(made.root, made.record),
        200,
        headers,
      );
    return c.body(
      format === 'json' ? JSON.stringify(made.list) : geoReportXml(made.root, made.item, made.list),
      200,
      headers,
    );
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const { code } = error;
    const errors = error.descriptions.map((each) => ({ code, description: `${code}: ${each}` }));
    return c.body(
      format === 'json' ? JSON.stringify(errors) : geoReportXml('errors', 'error', errors),
      error.code,
      headers,
    );
  }
}

async function jurisdictionOf(
  c: Context,
  site: Site,
  hall: Hall,
  form?: URLSearchParams,
): Promise<Jurisdiction> {
  const named = form?.get('jurisdiction_id') ?? c.req.query('jurisdiction_id') ?? '';
  const places = site.catalogues();
  const roots = places.filter(({ place }) => place.workspace.city.partOf === undefined);
  if (named === '' && roots.length !== 1)
    throw new Wrong(
      400,
      `jurisdiction_id was not provided; there are: ${places.map(({ city }) => city).join(', ')}`,
    );
  const here = named === '' ? roots[0] : places.find(({ city }) => city === named);
  const all = here === undefined ? null : hall.of(here);
  const id = all?.declarations().find(({ services: field }) => field !== undefined)?.id;
  const register = id === undefined ? undefined : all?.get(id);
  if (here === undefined || all === null || register === undefined)
    throw new Wrong(404, `jurisdiction_id ${named.slice(0, 60)} was not found`);
  await all.refresh();
  return { here, all, register };
}

function languageOf(c: Context): 'en' | 'zh' {
  const asked = c.req.query('locale') ?? c.req.header('accept-language') ?? '';
  return /^zh\b/i.test(asked) ? 'zh' : 'en';
}

/** The last part of the address without its ending. */
function nameOf(c: Context): string {
  return (c.req.param('file') ?? '').replace(/\.(?:xml|json)$/, '');
}

function isShown({ declaration }: Register, each: Case): boolean {
  return entityOfKind(declaration, each.at) === undefined && isPublic(declaration, each);
}

/** Ids override all else; without them a service, a status and at most 90 days, the newest first, at most 1,000. */
function chosen(c: Context, register: Register, now: string): readonly Case[] {
  const ids = c.req.query('service_request_id');
  if (ids !== undefined && ids !== '') {
    return [...new Set(ids.split(',').slice(0, mostRequests))].sort().flatMap((id) => {
      const each = register.knownByNumber(id);
      return each !== null && isShown(register, each) ? [each] : [];
    });
  }
  const codes = listOf(c.req.query('service_code'));
  const statuses = listOf(c.req.query('status'));
  const unknown = codes?.find(
    (code) => !services(register.declaration, 'en').some((one) => one.service_code === code),
  );
  if (unknown !== undefined) throw new Wrong(404, `service_code ${unknown} was not found`);
  const odd = statuses?.find((status) => status !== 'open' && status !== 'closed');
  if (odd !== undefined) throw new Wrong(400, `status ${odd.slice(0, 20)} is neither open nor closed`);
  const [start, end] = spanOf(c, now);
  const field = register.declaration.services ?? '';
  return register
    .pieces()
    .filter((piece) => {
      const [first, last] = spanBegun(piece);
      return last >= start && first <= end;
    })
    .flat()
    .map((each) => ({ each, began: begunAt(each) }))
    .filter(
      ({ each, began }) =>
        began >= start &&
        began <= end &&
        isShown(register, each) &&
        (codes === null || codes.includes(each.values[field] ?? '')) &&
        (statuses === null || statuses.includes(each.state)),
    )
    .sort((a, b) => b.began - a.began || (a.each.number < b.each.number ? 1 : -1))
    .slice(0, mostRequests)
    .map(({ each }) => each);
}

function begunAt({ steps }: Case): number {
  return Date.parse(steps[0]?.occurred ?? '');
}

const begun = new WeakMap<readonly Case[], readonly [number, number]>();

/** First and last beginning of the cases of a piece (ms), so that pieces of other months are passed over unread. */
function spanBegun(piece: readonly Case[]): readonly [number, number] {
  const known = begun.get(piece);
  if (known !== undefined) return known;
  const moments = piece.map(begunAt);
  const span = [Math.min(...moments), Math.max(...moments)] as const;
  begun.set(piece, span);
  return span;
}

function listOf(text: string | undefined): readonly string[] | null {
  return text === undefined || text === '' ? null : text.split(',').slice(0, 100);
}

/** Start and end in ms: what is given, at most 90 days apart, ending now or 90 days after the start. */
function spanOf(c: Context, now: string): readonly [number, number] {
  const read = (name: string): number | null => {
    const text = c.req.query(name);
    if (text === undefined || text === '') return null;
    const time = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(text.replace(' ', '+'))
      ? Date.parse(text.replace(' ', '+'))
      : Number.NaN;
    if (Number.isNaN(time)) throw new Wrong(400, `${name} is not a time such as 2026-03-01T00:00:00Z`);
    return time;
  };
  const [start, end] = [read('start_date'), read('end_date')];
  if (start === null) {
    const last = end ?? Date.parse(now);
    return [last - longestSpan, last];
  }
  return [start, Math.min(end ?? Number.MAX_SAFE_INTEGER, start + longestSpan)];
}

async function shownRequests(
  c: Context,
  { here, register }: Jurisdiction,
  cases: readonly Case[],
  format: Format,
): Promise<readonly GeoReportValue[]> {
  const { declaration } = register;
  const language = languageOf(c);
  const photo = declaration.forms.flatMap(({ fields }) => fields).find(({ type }) => type === 'photo');
  const events = await register.eventsOf(cases.map(({ stream }) => stream));
  return Promise.all(
    cases.map(async (each) => {
      const texts = await visibleTexts(register, each, events.get(each.stream) ?? [], ['public']);
      const picture = photo === undefined ? undefined : texts[photo.id]?.split(',')[0];
      const media =
        photo === undefined || picture === undefined || !maySee(register, photo, each.values, ['public'])
          ? undefined
          : `${new URL(c.req.url).origin}${paths.attachment(language, here.city, register.id, each.number, photo.id, picture)}`;
      const request = serviceRequest(declaration, each, texts, language, media);
      // The adapter writes empty elements for these; JSON leaves out what is not there.
      const empty = format === 'xml' ? { address: '', address_id: '', media_url: '', zipcode: '' } : {};
      return plain([{ ...empty, ...request, ...times(request) }])[0];
    }),
  );
}

/** Times without fractions, as the examples of the standard have them. */
function times(request: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request).flatMap(([name, value]) =>
      name.endsWith('_datetime') && typeof value === 'string' ? [[name, value.replace(/\.\d+Z$/, 'Z')]] : [],
    ),
  );
}

function plain(list: readonly object[]): readonly GeoReportValue[] {
  return list.map((each) => Object.fromEntries(Object.entries(each)));
}

async function filed(
  c: Context,
  { here, register }: Omit<Jurisdiction, 'all'>,
  form: URLSearchParams,
  owner: string,
  now: string,
): Promise<GeoReportValue> {
  const { declaration } = register;
  const language = languageOf(c);
  const code = form.get('service_code') ?? '';
  if (code === '') throw new Wrong(400, 'service_code was not provided');
  const definition = serviceDefinition(declaration, code, language);
  if (definition === null) throw new Wrong(404, `service_code ${code.slice(0, 60)} was not found`);
  const [latitude, longitude] = [form.get('lat') ?? '', form.get('long') ?? ''];
  const address = form.get('address_string') ?? form.get('address_id') ?? '';
  if ((latitude === '') !== (longitude === '')) throw new Wrong(400, 'lat and long go together');
  if (latitude === '' && address === '')
    throw new Wrong(400, 'one of lat and long, address_string or address_id must be provided');
  const values: Record<string, string> = {};
  const put = (id: string, text: string | null): void => {
    if (text !== null && text !== '') values[id] = text;
  };
  put(declaration.services ?? '', code);
  put('location', latitude === '' ? '' : `${short(latitude)},${short(longitude)}`);
  put('address', address);
  for (const name of ['email', 'first_name', 'last_name', 'phone']) put(name, form.get(name));
  put('description', described(form, code));
  for (const attribute of definition) {
    const several = form.getAll(`attribute[${attribute.code}][]`).filter((each) => each !== '');
    put(attribute.code, several.length > 0 ? several.join(',') : form.get(`attribute[${attribute.code}]`));
    if (attribute.required && values[attribute.code] === undefined)
      throw new Wrong(400, `attribute[${attribute.code}] is required`);
  }
  const first = declaration.steps.find(({ after }) => after.length === 0);
  const result = await register.take({
    area: here.place.workspace.city.area,
    kind: first?.kind ?? '',
    values,
    as: 'public',
    actor: `api:${owner}`,
    now,
  });
  if (result.case === null) throw new Wrong(400, ...result.findings.map(({ what }) => what));
  const [deadline] = result.case.deadlines;
  return {
    service_request_id: result.case.number,
    ...(deadline === undefined
      ? {}
      : { service_notice: `An answer is due by ${localDay(deadline.due, register.calendar)}.` }),
  };
}

/** The text with the address of the picture under it: pictures are not fetched from elsewhere. */
function described(form: URLSearchParams, code: string): string {
  const text = form.get('description') ?? '';
  const picture = form.get('media_url') ?? '';
  return [text === '' ? code : text, ...(/^https?:\/\//.test(picture) ? [picture] : [])].join('\n');
}

/** At most ten decimals: phones send more. */
function short(degrees: string): string {
  return degrees.trim().replace(/(\.\d{10})\d+$/, '$1');
}
