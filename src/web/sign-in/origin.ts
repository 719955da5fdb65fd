import type { Context, MiddlewareHandler } from 'hono';
import { problem } from '../api/problem.ts';

/** Methods that change nothing. */
const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request that changes something was sent by a page of this site, as the browser tells. */
export function isOwnOrigin(c: Context, baseUrl: string | undefined): boolean {
  const origin = c.req.header('origin');
  if (origin === undefined || origin === 'null') return c.req.header('sec-fetch-site') === 'same-origin';
  const own = new Set([new URL(c.req.url).origin]);
  const host = c.req.header('host');
  if (host !== undefined) for (const scheme of ['http', 'https']) own.add(`${scheme}://${host}`);
  if (baseUrl !== undefined) own.add(new URL(baseUrl).origin);
  return own.has(origin);
}

/**
 * Refuses what a page of another site sends in the name of somebody signed in here. What carries no cookie, such as a
 * program with a key, acts for itself and is let through.
 */
export function ownOriginOnly(baseUrl: string | undefined): MiddlewareHandler {
  return async (c, next) => {
    if (safe.has(c.req.method) || c.req.header('cookie') === undefined || isOwnOrigin(c, baseUrl))
      return next();
    return problem(c, 403, 'This was sent by a page of another site', new URL(c.req.url).pathname);
  };
}

/** Where to go after signing in: a page of this site and nowhere else. */
export function ownPath(wanted: string | undefined, otherwise: string): string {
  if (wanted === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) || wanted.includes('\\'))
    return otherwise;
  const base = 'http://own.invalid';
  if (!URL.canParse(wanted, base)) return otherwise;
  const url = new URL(wanted, base);
  return url.origin === base ? `${url.pathname}${url.search}` : otherwise;
}
