import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { declareRule } from '../rules.ts';
import type { Site } from '../site.ts';
import { holds, type Role } from '../who.ts';
import { answerParts, type Doors, refusal } from './batch.ts';
import { answersInJson, partsInJson } from './batch-json.ts';
import { answersInMultipart, boundaryOf, partsInMultipart } from './batch-multipart.ts';
import { jsonOf, textOf } from './json-of.ts';
import { type JsonValue, StaError } from './model.ts';
import { read, rootReply } from './read.ts';
import type { Asked, Reply } from './reply.ts';
import { type SensorServices, sensorServices } from './services.ts';
import { write, writeTogether } from './write.ts';

/** Longest body that is read, in bytes. */
const mostBytes = 16 * 1024 * 1024;
const writers: readonly Role[] = ['reporter', 'administrator'];

/**
 * OGC SensorThings API 1.1, Sensing: `/sensorthings/{city}/v1.1`. Anyone reads; who writes is a reporter of the city or a
 * key with that role. `open`: anyone writes, for trying out and for conformance tests.
 */
export function mountSensorThings(site: Site, open: boolean, services?: SensorServices): void {
  const { store } = site;
  if (store === undefined) return;
  const served = services ?? sensorServices(store, site.catalogues);
  const handle = async (c: Context): Promise<Response> => {
    c.header('cache-control', 'no-store');
    const here = site.placeOf(c);
    const service = here === undefined ? undefined : served.of(here.city);
    if (here === undefined || service === undefined)
      return sent(c, { status: 404, json: told(404, 'there is no such place') });
    await service.ready();
    const { area } = here.place.workspace.city;
    const url = new URL(c.req.url);
    const base = /^\/sensorthings\/[^/]+\/v1\.[01]/.exec(url.pathname)?.[0] ?? '';
    const root = `${url.origin}${base}`;
    const answer = async (
      asked: Asked,
      body: () => Promise<unknown>,
      agent: () => Promise<string>,
    ): Promise<Reply> => {
      const { method, path, options } = asked;
      if (method === 'GET' || method === 'HEAD') {
        if (path === '') return rootReply(root, served.endpoints);
        return read(service.sensors(asOfIn(options)), asked, Date.now());
      }
      const sender = await agent();
      return write(service, asked, method === 'DELETE' ? undefined : await body(), { agent: sender });
    };
    const agent = async (): Promise<string> => {
      const person = await site.who(c);
      if (open || holds(person, writers, area)) return person?.id ?? 'sensorthings';
      throw person === null
        ? new StaError(401, 'sign in, or send a key of a reporter')
        : new StaError(403, 'none of your roles writes readings');
    };
    const asked: Asked = {
      method: c.req.method,
      path: decodePath(url.pathname.slice(base.length)),
      options: [...url.searchParams],
      search: url.search,
      root,
    };
    return sent(
      c,
      await caught(async () => {
        if (asked.method !== 'POST' || asked.path !== '$batch')
          return answer(asked, async () => jsonOf(await bytesOf(c)), agent);
        // Who may not write is told before what was sent is read.
        const sender = { agent: await agent() };
        const doors: Doors = {
          alone: (each, body) => caught(() => answer(each, async () => body, agent)),
          together: (work) => writeTogether(service, sender, work),
        };
        const boundary = boundaryOf(c.req.header('content-type') ?? '');
        if (boundary === null)
          return answersInJson(await answerParts(partsInJson(jsonOf(await bytesOf(c))), root, doors));
        const parts = partsInMultipart(textOf(await bytesOf(c)), boundary);
        return answersInMultipart(await answerParts(parts, root, doors));
      }),
    );
  };
  for (const path of ['v1.1', 'v1.1/*', 'v1.0', 'v1.0/*'].map((end) => `/sensorthings/:city/${end}`)) {
    for (const method of ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']) {
      declareRule(site.app, method, path, method === 'GET' || open ? 'anyone' : writers);
      site.app.on(method, path, handle);
    }
  }
}

async function caught(work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StaError) return refusal(error);
    throw error;
  }
}

function told(code: number, message: string): JsonValue {
  return { code, type: 'error', message };
}

function sent(c: Context, { status, location, json, text, type }: Reply): Response {
  if (location !== undefined) c.header('location', location);
  if (status === 204) return c.body(null, 204);
  const code: ContentfulStatusCode = contentful(status);
  if (text !== undefined) return c.text(text, code, type === undefined ? {} : { 'content-type': type });
  return json === undefined ? c.body(null, code) : c.json(json, code);
}

function contentful(status: number): ContentfulStatusCode {
  const known: readonly ContentfulStatusCode[] = [200, 201, 400, 401, 403, 404, 405, 409, 413, 415, 424, 501];
  return known.find((each) => each === status) ?? 500;
}

/** `asOf=N`: what was known at a position of the log. */
function asOfIn(options: Asked['options']): number | undefined {
  const said = options.find(([name]) => name === 'asOf')?.[1];
  if (said === undefined) return undefined;
  if (!/^\d{1,15}$/.test(said)) throw new StaError(400, 'asOf is a position of the log');
  return Number(said);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path).replace(/^\/+|\/+$/g, '');
  } catch {
    return '%';
  }
}

async function bytesOf(c: Context): Promise<ArrayBuffer> {
  const tooLong = new StaError(413, `a body has at most ${mostBytes} bytes`);
  if (Number(c.req.header('content-length') ?? 0) > mostBytes) throw tooLong;
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength > mostBytes) throw tooLong;
  return bytes;
}
