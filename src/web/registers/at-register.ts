import type { Context } from 'hono';
import type { Finding } from '../../model/index.ts';
import type { FieldFault, Register, Registers } from '../../registers/index.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Standing } from './hall.ts';

export interface AtRegister {
  readonly c: Context;
  readonly here: Catalogue;
  readonly all: Registers;
  readonly register: Register;
  readonly standing: Standing;
}

/** Does a request's work in the register that it names. */
export type AtTheRegister = (c: Context, work: (at: AtRegister) => Promise<Response>) => Promise<Response>;

export function notYours(c: Context, { id }: Register, kind: string, by: readonly string[]): Response {
  return refusal(c, 403, [
    {
      rule: 'register.role',
      severity: 'error',
      where: { file: id, pointer: '/kind' },
      what: `'${kind}' is not a step for you here`,
      why: `it is taken by ${by.join(', ') || 'nobody'}`,
      mend: 'sign in as someone who may',
    },
  ]);
}

/** `faults`: the same as a person is told it, in both languages. */
export function refusal(
  c: Context,
  status: 403 | 422,
  findings: readonly Finding[],
  faults: readonly FieldFault[] = [],
): Response {
  return c.body(
    JSON.stringify({ type: 'about:blank', title: findings[0]?.what ?? 'refused', status, findings, faults }),
    status,
    { 'content-type': 'application/problem+json' },
  );
}
