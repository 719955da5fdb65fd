import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { RegisterDeclaration } from '../../model/index.ts';
import { fieldNamed, type Registers, readReleasePackage, releasePackage } from '../../registers/index.ts';
import { problem } from '../api/problem.ts';
import { type AtRegister, type AtTheRegister, notYours, refusal } from './at-register.ts';
import { type Hall, isOffice, seesCase } from './hall.ts';

const root = '/api/places/:city/registers/:id/ocds';

/** Purchases of a register that keeps them by OCID, out and in as release packages of OCDS 1.1. */
export function mountOcds(app: Hono, hall: Hall, at: AtTheRegister): void {
  const keeps = ({ register }: AtRegister): boolean =>
    fieldNamed(register.declaration, 'ocid') !== undefined &&
    register.declaration.steps.some(({ kind }) => kind === 'bought');
  const none = (c: Context): Response =>
    problem(c, 404, 'This register keeps no contracts', new URL(c.req.url).pathname);
  app.get(root, (c) =>
    at(c, async (where) => {
      if (!keeps(where)) return none(c);
      const { register, standing, here } = where;
      return c.json(
        releasePackage(
          register.known().filter((each) => seesCase(register, each, standing)),
          { uri: c.req.url, publisher: here.place.workspace.city.name.en, at: hall.now() },
        ),
      );
    }),
  );
  app.post(root, bodyLimit({ maxSize: 8 * 1024 * 1024 }), (c) =>
    at(c, async (where) => {
      if (!keeps(where)) return none(c);
      const { register, standing, here, all } = where;
      const step = register.declaration.steps.find(({ kind }) => kind === 'bought');
      const as = step?.by.find((role) => role !== 'public' && standing.roles.includes(role));
      if (as === undefined || !isOffice(standing)) return notYours(c, register, 'bought', step?.by ?? []);
      const { purchases, findings } = readReleasePackage(await c.req.json().catch(() => null));
      if (findings.length > 0) return refusal(c, 422, findings);
      const taken = await register.takeAll(
        purchases.map(({ values, buyerId }) => ({
          area: here.place.workspace.city.area,
          kind: 'bought',
          values: { ...values, ...listed(register.declaration, all, buyerId) },
          as,
          actor: standing.person?.id ?? null,
          now: hall.now(),
          ...(standing.department === undefined ? {} : { department: standing.department }),
        })),
      );
      if (taken.findings.length > 0)
        return refusal(
          c,
          422,
          // The place in the package, not among the steps that it came to.
          taken.findings.map((finding) => {
            const [, step_, rest = ''] = /^steps\/(\d+)(.*)$/.exec(finding.where.pointer ?? '') ?? [];
            const pointer = purchases[Number(step_)]?.pointer;
            return pointer === undefined
              ? finding
              : { ...finding, where: { ...finding.where, pointer: `/${pointer}${rest}` } };
          }),
        );
      return c.json({ stored: taken.streams.map((stream) => stream.slice(register.id.length + 1)) }, 201);
    }),
  );
}

/** The buyer as one of the bodies that are expected to report, where its id is on their list. */
function listed(declaration: RegisterDeclaration, all: Registers, buyerId: string | null) {
  const field = fieldNamed(declaration, 'buyer_body');
  return field === undefined || buyerId === null || all.named(declaration, field, buyerId) === null
    ? {}
    : { buyer_body: buyerId };
}
