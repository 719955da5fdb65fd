import type { Context } from 'hono';

/** An error as RFC 9457 problem details, with a JSON pointer to what is wrong where the request carried it. */
export function problem(
  c: Context,
  status: 400 | 404 | 500,
  title: string,
  instance: string,
  errors: readonly { readonly pointer: string; readonly detail: string }[] = [],
): Response {
  return c.body(
    JSON.stringify({
      type: 'about:blank',
      title,
      status,
      instance,
      ...(errors.length === 0 ? {} : { errors }),
    }),
    status,
    { 'content-type': 'application/problem+json' },
  );
}
