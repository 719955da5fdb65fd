import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { stringify } from 'yaml';
import { z } from 'zod';
import { type Case, visibleTexts } from '../../registers/index.ts';
import { problem } from '../api/problem.ts';
import { param, type Site } from '../site.ts';
import { type AtRegister, type AtTheRegister, notYours, refusal } from './at-register.ts';
import { mountEpcis } from './epcis.ts';
import { type Hall, isOffice, seesCase } from './hall.ts';
import { listPart, readChoice } from './list.ts';
import { mountOcds } from './ocds.ts';
import { openData } from './open-data.ts';
import { registerOpenApi } from './openapi.ts';

const root = '/api/places/:city/registers';

/** Numbers may be numbers; they are taken as typed. */
const valuesSchema = z
  .record(z.string().max(120), z.union([z.string().max(200_000), z.number(), z.boolean()]))
  .default({});

/** What a caller sends to take a step. */
const stepSchema = z.strictObject({
  kind: z.string().max(120),
  area: z.string().max(60).optional(),
  values: valuesSchema,
});

/** What a caller sends to correct one: all that the form asks, and why. */
const correctionSchema = z.strictObject({ reason: z.string().max(1000), values: valuesSchema });

function texts(values: z.infer<typeof valuesSchema>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => [
      id,
      typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value),
    ]),
  );
}

/** The JSON interface of registers; each describes itself by OpenAPI. The public sees what its pages show. */
export function mountRegisterApi(site: Site, hall: Hall): void {
  const { app } = site;
  const limit = bodyLimit({ maxSize: 1024 * 1024 });
  const none = (c: Context, what: string): Response => problem(c, 404, what, new URL(c.req.url).pathname);

  const at: AtTheRegister = async (c, work) => {
    const here = site.placeOf(c);
    c.header('cache-control', 'no-store');
    if (here === undefined) return none(c, 'There is no such place');
    const found = await hall.register(here, param(c, 'id'));
    if (found === null) return none(c, 'There is no such register');
    return work({
      c,
      here,
      ...found,
      standing: await hall.standing(c, here, here.place.workspace.city.area),
    });
  };

  app.get(root, async (c) => {
    const here = site.placeOf(c);
    const all = here === undefined ? null : hall.of(here);
    c.header('cache-control', 'no-store');
    if (here === undefined || all === null) return none(c, 'There is no such place');
    await all.refresh();
    return c.json({
      items: all.declarations().map(({ id, name, family, version }) => ({
        id,
        version,
        name,
        family,
        records: all.projection.count(id),
        href: `/api/places/${here.city}/registers/${id}`,
      })),
    });
  });
  app.get(`${root}/:id`, (c) =>
    at(c, async ({ register, here }) =>
      c.json({
        ...register.declaration,
        openapi: `/api/places/${here.city}/registers/${register.id}/openapi.json`,
      }),
    ),
  );
  app.get(`${root}/:id/openapi.json`, (c) =>
    at(c, async ({ register, here }) => c.json(registerOpenApi(register.declaration, here.city))),
  );
  app.get(`${root}/:id/declaration.yaml`, (c) =>
    at(c, async ({ register }) =>
      c.body(stringify(register.declaration, { lineWidth: 0 }), 200, { 'content-type': 'application/yaml' }),
    ),
  );
  app.get(`${root}/:id/cases`, (c) =>
    at(c, async ({ register, standing, here }) => {
      const choice = readChoice(register.declaration, (name) => c.req.query(name));
      const part = listPart(register, choice, standing, here.areas, hall.now());
      const events = await register.eventsOf(part.cases.map(({ stream }) => stream));
      const items = await Promise.all(
        part.cases.map(async (each) => {
          const texts = await visibleTexts(register, each, events.get(each.stream) ?? [], standing.roles);
          await hall.noteShown(
            c,
            { here, person: standing.person },
            register,
            each.number,
            Object.keys(texts),
          );
          return caseJson(each, texts);
        }),
      );
      return c.json({ items, total: part.total, next: part.next });
    }),
  );
  app.get(`${root}/:id/cases.csv`, (c) => at(c, async ({ register }) => openData(c, register)));
  app.get(`${root}/:id/cases/:number`, (c) =>
    at(c, async ({ register, here }) => {
      const each = await register.byNumber(param(c, 'number'));
      const standing = await hall.standing(c, here, each?.area ?? '');
      if (each === null || !seesCase(register, each, standing)) return none(c, 'There is no such case');
      const events = await register.events(each.stream);
      const texts = await visibleTexts(register, each, events, standing.roles);
      await hall.noteShown(c, { here, person: standing.person }, register, each.number, Object.keys(texts));
      const next = register.possible(each, standing.roles, standing.department).map(({ kind }) => kind);
      return c.json({ ...caseJson(each, texts), next });
    }),
  );
  const correct = async ({ c, here, register }: AtRegister): Promise<Response> => {
    const path = new URL(c.req.url).pathname;
    const read = correctionSchema.safeParse(await c.req.json().catch(() => null));
    if (!read.success)
      return problem(
        c,
        400,
        'The body is not a correction',
        path,
        read.error.issues.map(({ path: at_, message }) => ({
          pointer: `/${at_.join('/')}`,
          detail: message,
        })),
      );
    const each = await register.byNumber(param(c, 'number'));
    const seq = Number(param(c, 'seq'));
    const kind = each?.steps.find((one) => one.seq === seq)?.kind;
    const step = register.declaration.steps.find((one) => one.kind === kind);
    if (each === null || step === undefined) return none(c, 'There is no such step');
    const standing = await hall.standing(c, here, each.area);
    const as = step.by.find((role) => role !== 'public' && standing.roles.includes(role));
    if (as === undefined || !isOffice(standing)) return notYours(c, register, step.kind, step.by);
    const result = await register.correct({
      stream: each.stream,
      seq,
      values: texts(read.data.values),
      reason: read.data.reason,
      as,
      actor: standing.person?.id ?? null,
      now: hall.now(),
      ...(standing.department === undefined ? {} : { department: standing.department }),
    });
    if (result.case === null) return refusal(c, 422, result.findings, result.faults);
    return c.json({ ...caseJson(result.case, {}), position: result.position }, 201);
  };
  const take = async ({ c, here, register }: AtRegister, number: string | null): Promise<Response> => {
    if (!/^application\/json\b/.test(c.req.header('content-type') ?? ''))
      return problem(c, 400, 'The body must be application/json', new URL(c.req.url).pathname);
    const read = stepSchema.safeParse(await c.req.json().catch(() => null));
    if (!read.success)
      return problem(
        c,
        400,
        'The body is not a step',
        new URL(c.req.url).pathname,
        read.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, detail: message })),
      );
    const each = number === null ? null : await register.byNumber(number);
    if (number !== null && each === null) return none(c, 'There is no such case');
    const { kind, values } = read.data;
    const home = here.place.workspace.city.area;
    const wanted = read.data.area ?? home;
    const area = each?.area ?? (here.areas.has(wanted) ? wanted : home);
    const standing = await hall.standing(c, here, area);
    const step = register.declaration.steps.find((one) => one.kind === kind);
    const as = step?.by.find((role) => role !== 'public' && standing.roles.includes(role));
    // The public files through its own pages and GeoReport, which count and moderate.
    if (as === undefined || !isOffice(standing)) return notYours(c, register, kind, step?.by ?? []);
    const message = c.req.header('idempotency-key');
    const result = await register.take({
      ...(each === null ? {} : { stream: each.stream }),
      area,
      kind,
      values: texts(values),
      as,
      ...(message === undefined || message === '' ? {} : { message: message.slice(0, 200) }),
      actor: standing.person?.id ?? null,
      now: hall.now(),
      ...(standing.department === undefined ? {} : { department: standing.department }),
    });
    if (result.case === null) return refusal(c, 422, result.findings, result.faults);
    return c.json({ ...caseJson(result.case, {}), position: result.position }, 201);
  };
  app.post(`${root}/:id/cases/:number/steps/:seq/corrections`, limit, (c) => at(c, correct));
  app.post(`${root}/:id/cases`, limit, (c) => at(c, (where) => take(where, null)));
  app.post(`${root}/:id/cases/:number/steps`, limit, (c) =>
    at(c, (where) => take(where, param(c, 'number'))),
  );
  mountEpcis(app, hall, at);
  mountOcds(app, hall, at);
}

function caseJson(each: Case, values: Readonly<Record<string, string>>) {
  return {
    number: each.number,
    type: each.type,
    area: each.area,
    state: each.state,
    at: each.at,
    steps: each.steps.map(({ seq, kind, occurred, position }) => ({ seq, kind, occurred, position })),
    values,
    deadlines: each.deadlines.map(({ deadline, due, done }) => ({ id: deadline.id, due, done })),
    flags: each.flags,
  };
}
