import { z } from 'zod';
import { type Answered, mostInBatch, type Part } from './batch.ts';
import { type JsonObject, StaError } from './model.ts';
import type { Reply } from './reply.ts';

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
    .max(mostInBatch),
});

/** A batch in JSON: OData JSON format 4.01, clause 19. */
export function partsInJson(body: unknown): readonly Part[] {
  const read = batchSchema.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new StaError(
      400,
      `${issue?.path.join('/') ?? 'requests'}: ${issue?.message ?? 'a batch has requests'}`,
    );
  }
  return read.data.requests.map(({ id, method, url, atomicityGroup, dependsOn, body: said }) => ({
    ...{ id, method, url, group: atomicityGroup ?? null, dependsOn: dependsOn ?? [], body: said },
  }));
}

export function answersInJson(answered: readonly Answered[]): Reply {
  const responses = answered.map(
    ({ part: { id, group }, reply }): JsonObject => ({
      id,
      ...(group === null ? {} : { atomicityGroup: group }),
      status: reply.status,
      ...(reply.location === undefined ? {} : { headers: { location: reply.location } }),
      ...(reply.json === undefined ? {} : { body: reply.json }),
      ...(reply.text === undefined ? {} : { body: reply.text }),
    }),
  );
  return { status: 200, json: { responses } };
}
