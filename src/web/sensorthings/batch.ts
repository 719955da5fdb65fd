import { z } from 'zod';
import { type JsonObject, type JsonValue, StaError } from './model.ts';
import type { Asked, Reply } from './reply.ts';

/** Requests in one batch at the most. */
const most = 1000;
const batchSchema = z.object({
  requests: z
    .array(
      z.object({
        id: z.string().min(1).max(100),
        method: z.string().transform((text) => text.toUpperCase()),
        url: z.string().min(1).max(8000),
        atomicityGroup: z.string().min(1).max(100).optional(),
        dependsOn: z.array(z.string()).optional(),
        body: z.json().optional(),
      }),
    )
    .max(most),
});

/**
 * Answers a batch in JSON (OData JSON format 4.01, clause 19; SensorThings 1.1, clause 11): requests in order, each with
 * its answer. A later request names what an earlier one made by `$id`. Groups that succeed or fail together are
 * refused: each request is a submission of its own.
 */
export async function answerBatch(
  body: unknown,
  root: string,
  answer: (asked: Asked, body: JsonValue | undefined) => Promise<Reply>,
): Promise<Reply> {
  const read = batchSchema.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new StaError(
      400,
      `${issue?.path.join('/') ?? 'requests'}: ${issue?.message ?? 'a batch has requests'}`,
    );
  }
  const { requests } = read.data;
  if (requests.some(({ atomicityGroup }) => atomicityGroup !== undefined))
    throw new StaError(501, 'atomicityGroup is not served: use one deep insert, or CreateObservations');
  const made = new Map<string, string>();
  const failed = new Set<string>();
  const responses: JsonObject[] = [];
  for (const { id, method, url, dependsOn = [], body: said } of requests) {
    if (made.has(id) || failed.has(id))
      throw new StaError(400, `two requests have the id ${id.slice(0, 60)}`);
    const reply: Reply = dependsOn.some((each) => failed.has(each))
      ? { status: 424, json: { message: 'a request that this one depends on failed' } }
      : await answer(askedOf(method, url, root, made), withReferences(said, made));
    if (reply.status >= 400) failed.add(id);
    else made.set(id, reply.location?.slice(root.length + 1) ?? '');
    responses.push({
      id,
      status: reply.status,
      ...(reply.location === undefined ? {} : { headers: { location: reply.location } }),
      ...(reply.json === undefined ? {} : { body: reply.json }),
      ...(reply.text === undefined ? {} : { body: reply.text }),
    });
  }
  return { status: 200, json: { responses } };
}

function askedOf(method: string, url: string, root: string, made: ReadonlyMap<string, string>): Asked {
  const below = url.startsWith(root) ? url.slice(root.length) : url.replace(/^\/?v1\.[01]\//, '');
  const [path = '', search = ''] = below.replace(/^\/+/, '').split(/\?(.*)/s);
  const [first = '', ...rest] = path.split('/');
  const known = first.startsWith('$') ? made.get(first.slice(1)) : undefined;
  return {
    method,
    path: decodeURIComponent([known ?? first, ...rest].join('/')),
    options: [...new URLSearchParams(search)],
    search: search === '' ? '' : `?${search}`,
    root,
  };
}

/** `{"@iot.id": "$1"}` is the entity that request 1 made. */
function withReferences(
  said: JsonValue | undefined,
  made: ReadonlyMap<string, string>,
): JsonValue | undefined {
  if (Array.isArray(said)) return said.map((each) => withReferences(each, made) ?? null);
  if (typeof said !== 'object' || said === null) return said;
  return Object.fromEntries(
    Object.entries(said).map(([name, value]) => {
      const id =
        name === '@iot.id' && typeof value === 'string' && value.startsWith('$') ? value.slice(1) : null;
      const entity = id === null ? undefined : /\((\d+)\)$/.exec(made.get(id) ?? '')?.[1];
      return [name, entity === undefined ? (withReferences(value, made) ?? null) : Number(entity)];
    }),
  );
}
