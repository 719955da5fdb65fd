import type { Context } from 'hono';
import { declareRule } from '../rules.ts';
import type { Site } from '../site.ts';
import { holds, type Role } from '../who.ts';
import { Answers } from './answer.ts';
import { readDataArray } from './data-array.ts';
import {
  type EntityType,
  entityTypes,
  type JsonObject,
  linkOf,
  rules,
  StaError,
  typeOfSet,
} from './model.ts';
import { isProperty, readQuery } from './query.ts';
import { SensorService } from './service.ts';
import { isObject, type Kept, type Things } from './things.ts';

/** Longest body that is read, in bytes. */
const mostBytes = 8 * 1024 * 1024;
const writers: readonly Role[] = ['reporter', 'administrator'];

/** What an address leads to. */
type Target =
  | { readonly kind: 'root' }
  | {
      readonly kind: 'set';
      readonly type: EntityType;
      readonly ids: readonly number[];
      readonly given: Readonly<Record<string, readonly number[]>>;
      readonly refs: boolean;
    }
  | { readonly kind: 'entity'; readonly kept: Kept; readonly refs: boolean }
  | { readonly kind: 'property'; readonly kept: Kept; readonly name: string; readonly bare: boolean };

/**
 * OGC SensorThings API 1.1, Sensing: `/sensorthings/{city}/v1.1`. Anyone reads; who writes is a reporter of the city or a
 * key with that role. `open`: anyone writes, for trying out and for conformance tests.
 */
export function mountSensorThings(site: Site, open: boolean): void {
  const { store } = site;
  if (store === undefined) return;
  const services = new Map<string, SensorService>();
  const handle = async (c: Context): Promise<Response> => {
    c.header('cache-control', 'no-store');
    const here = site.placeOf(c);
    if (here === undefined) return answer(c, 404, { message: 'there is no such place' });
    const area = here.place.workspace.city.area;
    const service = services.get(here.city) ?? new SensorService(store, here.city, area);
    services.set(here.city, service);
    const url = new URL(c.req.url);
    const base = /^\/sensorthings\/[^/]+\/v1\.[01]/.exec(url.pathname)?.[0] ?? '';
    const root = `${url.origin}${base}`;
    const path = decodePath(url.pathname.slice(base.length));
    try {
      if (c.req.method === 'GET' || c.req.method === 'HEAD')
        return read(c, await service.things(), path, root, url);
      const person = await site.who(c);
      if (!open && !holds(person, writers, area))
        throw person === null
          ? new StaError(401, 'sign in, or send a key of a reporter')
          : new StaError(403, 'none of your roles writes readings');
      return await write(c, service, path, root, person?.id ?? 'sensorthings');
    } catch (error) {
      if (error instanceof StaError) return answer(c, error.status, { message: error.message });
      throw error;
    }
  };
  for (const path of ['v1.1', 'v1.1/*', 'v1.0', 'v1.0/*'].map((end) => `/sensorthings/:city/${end}`)) {
    for (const method of ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']) {
      declareRule(site.app, method, path, method === 'GET' || open ? 'anyone' : writers);
      site.app.on(method, path, handle);
    }
  }
}

function answer(c: Context, status: StaError['status'], { message }: { readonly message: string }): Response {
  return c.json({ code: status, type: 'error', message }, status);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path).replace(/^\/+|\/+$/g, '');
  } catch {
    throw new StaError(400, 'the address is wrongly encoded');
  }
}

/** Walks an address, part by part. */
function resolve(path: string, things: Things): Target {
  const root: Target = { kind: 'root' };
  if (path === '') return root;
  return path.split('/').reduce((at: Target, part) => step(at, part, things), root);
}

function step(at: Target, part: string, things: Things): Target {
  const absent = new StaError(404, `there is nothing at ${part.slice(0, 80)}`);
  const match = /^([\w$]+)(?:\((\d{1,15})\))?$/.exec(part);
  if (match === null) throw absent;
  const [, name = '', digits] = match;
  const id = digits === undefined ? null : Number(digits);
  switch (at.kind) {
    case 'root': {
      const type = typeOfSet(name);
      if (type === undefined) throw absent;
      return chosen({ kind: 'set', type, ids: things.ids(type), given: {}, refs: false }, id, things, absent);
    }
    case 'set':
      if (name !== '$ref' || at.refs) throw absent;
      return { ...at, refs: true };
    case 'property':
      if (name !== '$value' || at.bare) throw absent;
      return { ...at, bare: true };
    case 'entity': {
      const { entity } = at.kept;
      if (name === '$ref') return { ...at, refs: true };
      const link = linkOf(entity.type, name);
      if (link === undefined) {
        if (!isProperty(entity.type, name) || id !== null) throw absent;
        return { kind: 'property', kept: at.kept, name, bare: false };
      }
      const ids = things.linked(entity, name);
      if (link.many)
        return chosen(
          { kind: 'set', type: link.to, ids, given: { [link.back]: [entity.id] }, refs: false },
          id,
          things,
          absent,
        );
      const other = things.get(link.to, ids[0] ?? 0);
      if (other === undefined || id !== null) throw absent;
      return { kind: 'entity', kept: other, refs: false };
    }
  }
}

function chosen(
  set: Extract<Target, { kind: 'set' }>,
  id: number | null,
  things: Things,
  absent: StaError,
): Target {
  if (id === null) return set;
  const kept = set.ids.includes(id) ? things.get(set.type, id) : undefined;
  if (kept === undefined) throw absent;
  return { kind: 'entity', kept, refs: false };
}

function read(c: Context, things: Things, path: string, root: string, url: URL): Response {
  const target = resolve(path, things);
  const answers = new Answers(things, root, Date.now());
  if (target.kind === 'root')
    return c.json({
      value: entityTypes.map((type) => ({ name: rules[type].set, url: `${root}/${rules[type].set}` })),
      serverSettings: {
        conformance: [
          'http://www.opengis.net/spec/iot_sensing/1.1/req/datamodel',
          'http://www.opengis.net/spec/iot_sensing/1.1/req/resource-path/resource-path-to-entities',
          'http://www.opengis.net/spec/iot_sensing/1.1/req/request-data',
          'http://www.opengis.net/spec/iot_sensing/1.1/req/create-update-delete',
          'http://www.opengis.net/spec/iot_sensing/1.1/req/data-array/data-array',
        ],
      },
    });
  if (target.kind === 'property') {
    const value = answers.values(target.kept.entity)[target.name];
    if (value === undefined && target.name !== 'resultTime') return c.body(null, 204);
    // Every observation has a resultTime; one that is null is told so, as in the observation itself.
    if (!target.bare) return c.json({ [target.name]: value ?? null });
    return c.text(typeof value === 'string' ? value : JSON.stringify(value ?? null));
  }
  if (target.kind === 'entity') {
    const query = readQuery(target.kept.entity.type, url.searchParams);
    if (target.refs) return c.json({ '@iot.selfLink': answers.selfLink(target.kept.entity) });
    return c.json(answers.entity(target.kept.entity, query));
  }
  const query = readQuery(target.type, url.searchParams);
  const { value, count, next } = answers.page(target.type, target.ids, query, `${root}/${path}${url.search}`);
  return c.json({
    ...(count === null ? {} : { '@iot.count': count }),
    ...(next === null ? {} : { '@iot.nextLink': next }),
    value: target.refs ? value.map((each) => ({ '@iot.selfLink': each['@iot.selfLink'] ?? null })) : value,
  });
}

async function write(
  c: Context,
  service: SensorService,
  path: string,
  root: string,
  agent: string,
): Promise<Response> {
  const { method } = c.req;
  const now = new Date().toISOString();
  if (method === 'DELETE')
    return service.write(agent, now, (change, things) => {
      const target = resolve(path, things);
      if (target.kind !== 'entity' || target.refs)
        throw new StaError(405, 'only one entity is removed at a time');
      change.remove(target.kept);
      return c.body(null, 200);
    });
  const body = await bodyOf(c);
  if (method === 'POST' && path === 'CreateObservations')
    return service.write(agent, now, (change, things) => {
      const links = readDataArray(body).map(({ datastream, observation }) => {
        try {
          const id = change.create('Observation', observation, { Datastream: [known(things, datastream)] });
          return `${root}/Observations(${id})`;
        } catch (error) {
          if (error instanceof StaError) return 'error';
          throw error;
        }
      });
      return c.json(links, 201);
    });
  if (!isObject(body)) throw new StaError(400, 'the body is a JSON object');
  return service.write(agent, now, (change, things) => {
    const target = resolve(path, things);
    if (method === 'POST') {
      if (target.kind !== 'set' || target.refs) throw new StaError(405, 'entities are added to a collection');
      const id = change.create(target.type, body, target.given);
      const made = change.states.find(({ entity }) => entity.type === target.type && entity.id === id);
      c.header('location', `${root}/${rules[target.type].set}(${id})`);
      return c.json(made === undefined ? {} : written(made, root), 201);
    }
    if (target.kind !== 'entity' || target.refs) throw new StaError(405, 'one entity is changed at a time');
    change.update(target.kept, body, method === 'PUT');
    const { type, id } = target.kept.entity;
    const made = change.states.find(({ entity }) => entity.type === type && entity.id === id);
    return c.json(written(made ?? target.kept, root), 200);
  });
}

function known(things: Things, datastream: number): number {
  if (things.get('Datastream', datastream) === undefined)
    throw new StaError(400, `there is no Datastream ${datastream}`);
  return datastream;
}

function written({ entity }: Kept, root: string): JsonObject {
  const { type, id, values } = entity;
  const self = `${root}/${rules[type].set}(${id})`;
  const links = Object.keys(rules[type].links).map((link) => [
    `${link}@iot.navigationLink`,
    `${self}/${link}`,
  ]);
  return { '@iot.id': id, '@iot.selfLink': self, ...values, ...Object.fromEntries(links) };
}

async function bodyOf(c: Context): Promise<unknown> {
  if (Number(c.req.header('content-length') ?? 0) > mostBytes)
    throw new StaError(413, `a body has at most ${mostBytes} bytes`);
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength > mostBytes) throw new StaError(413, `a body has at most ${mostBytes} bytes`);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new StaError(400, 'the body is no JSON in UTF-8');
  }
}
