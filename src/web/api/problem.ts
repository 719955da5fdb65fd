import type { Context } from 'hono';

/** An error as RFC 9457 problem details, with a JSON pointer to what is wrong where the request carried it. */
export function problem(
  c: Context,
  status: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500,
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
