import type { Context } from 'hono';

/** The place that an address names: `/en/shanghai/…` or `/api/places/shanghai/…`; `*` where it names none. */
export function cityOf(c: Context): string {
  const { pathname } = new URL(c.req.url);
  const named = /^\/(?:en|zh|api\/places|api\/office)\/([a-z0-9._-]+)(?:\/|$)/.exec(pathname)?.[1];
  return named === undefined || ['account', 'sign-in', 'join'].includes(named) ? '*' : named;
}

/** The network address that a request came from. */
export function addressOf(c: Context, behindProxy: boolean): string {
  if (behindProxy) {
    const told = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
    if (told !== undefined && told !== '') return told.slice(0, 60);
  }
  const env: unknown = c.env;
  if (typeof env !== 'object' || env === null || !('incoming' in env)) return 'unknown';
  const { incoming } = env;
  if (typeof incoming !== 'object' || incoming === null || !('socket' in incoming)) return 'unknown';
  const { socket } = incoming;
  if (typeof socket !== 'object' || socket === null || !('remoteAddress' in socket)) return 'unknown';
  return typeof socket.remoteAddress === 'string' ? socket.remoteAddress : 'unknown';
}
