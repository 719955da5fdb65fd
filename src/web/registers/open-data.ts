import type { Context } from 'hono';
import type { Field } from '../../model/index.ts';
import { type Case, entityOfKind, fieldsOf, maySee, type Register } from '../../registers/index.ts';
import { csvRows } from '../csv-text.ts';
import { type Standing, seesCase } from './hall.ts';

const anyone: Standing = { person: null, roles: ['public'] };
const longestPage = 100_000;

/**
 * What anyone may have of a register as a table: public fields that are not sealed, one row a case, in the order of numbers.
 * It is written piece by piece while it is sent, so that memory does not grow with cases. `?limit=N` gives a page, whose
 * `Link` header leads to the next (`after`: the number it begins behind).
 */
export function openData(c: Context, register: Register): Response {
  const after = (c.req.query('after') ?? '').slice(0, 200);
  const asked = /^\d{1,6}$/.exec(c.req.query('limit') ?? '')?.[0];
  const limit = asked === undefined ? null : Math.min(Math.max(Number(asked), 1), longestPage);
  const headers: Record<string, string> = {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${register.id}.csv"`,
  };
  if (limit === null) return c.body(streamOf(tableOf(register, shown(register, after))), 200, headers);
  const page: Case[] = [];
  let more = false;
  for (const piece of shown(register, after)) {
    page.push(...piece.slice(0, limit - page.length));
    if (page.length === limit) {
      more = piece.at(-1) !== page.at(-1) || hasAfter(register, page.at(-1)?.number ?? '');
      break;
    }
  }
  if (more) {
    const next = new URLSearchParams({ limit: String(limit), after: page.at(-1)?.number ?? '' });
    headers.link = `<${new URL(c.req.url).pathname}?${next}>; rel="next"`;
  }
  return c.body([...tableOf(register, [page])].join(''), 200, headers);
}

/** Pieces of the cases that anyone sees, after a number. */
function* shown(register: Register, after: string): Generator<readonly Case[]> {
  for (const piece of register.pieces()) {
    if (after !== '' && (piece.at(-1)?.number ?? '') <= after) continue;
    yield piece.filter((each) => each.number > after && seesCase(register, each, anyone));
  }
}

function hasAfter(register: Register, after: string): boolean {
  for (const piece of shown(register, after)) if (piece.length > 0) return true;
  return false;
}

function* tableOf(register: Register, pieces: Iterable<readonly Case[]>): Generator<string> {
  const { declaration } = register;
  const fields = new Map<string, Field>();
  for (const { form } of declaration.steps)
    for (const field of fieldsOf(declaration, form))
      if (field.public && !field.personal && !field.erasable) fields.set(field.id, field);
  const head = ['number', 'type', 'area', 'state', 'step', 'begun', 'updated', ...fields.keys()];
  yield `\ufeff${csvRows([head])}`;
  for (const piece of pieces)
    yield csvRows(
      piece.map((each) => [
        each.number,
        entityOfKind(declaration, each.at)?.id ?? each.type ?? '',
        each.area,
        each.state,
        each.at,
        each.steps[0]?.occurred ?? '',
        each.steps.at(-1)?.occurred ?? '',
        ...[...fields.values()].map((field) =>
          maySee(register, field, each.values, ['public']) ? (each.values[field.id] ?? '') : '',
        ),
      ]),
    );
}

function streamOf(texts: Iterator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull(controller) {
      for (;;) {
        const { done, value } = texts.next();
        if (done === true) return controller.close();
        if (value !== '') return controller.enqueue(encoder.encode(value));
      }
    },
  });
}
