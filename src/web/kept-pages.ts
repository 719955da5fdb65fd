import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';

interface KeptPage {
  readonly status: 200;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array<ArrayBuffer>;
  readonly etag: string;
  readonly packed: Map<'br' | 'gzip', Uint8Array<ArrayBuffer>>;
}

const packBrotli = promisify(brotliCompress);
const packGzip = promisify(gzip);

/** Below this a packed body is no smaller. */
const smallest = 900;
const packable = /^(?:text\/|application\/(?:json|problem\+json|javascript)|image\/svg)/;

/**
 * Keeps finished pages: what a page shows is fixed by the places it was made from, so it is made once. Answers
 * `If-None-Match`, packs with brotli or gzip once a page. Addresses with a query are made anew each time; the
 * least recently asked pages leave when `mostBytes` are held, and all of them when `version` moves on.
 */
export function keptPages(mostBytes = 64 * 1024 * 1024, version: () => number = () => 0): MiddlewareHandler {
  const kept = new Map<string, KeptPage>();
  let held = 0;
  let madeFrom = version();
  const dropOld = (): void => {
    if (madeFrom === version()) return;
    kept.clear();
    held = 0;
    madeFrom = version();
  };
  const keep = (path: string, page: KeptPage): void => {
    held += page.body.byteLength * 1.5;
    kept.set(path, page);
    for (const [oldest, old] of kept) {
      if (held <= mostBytes) break;
      kept.delete(oldest);
      held -= old.body.byteLength * 1.5;
    }
  };
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const url = new URL(c.req.url);
    const path = url.pathname;
    // One address, several formats: these answers have validators of their own.
    if (path.startsWith('/sdmx/')) return next();
    const isKept = url.search === '';
    dropOld();
    const asked = madeFrom;
    let page = isKept ? kept.get(path) : undefined;
    if (page === undefined) {
      await next();
      if (c.res.status !== 200 || c.res.headers.get('cache-control') === 'no-store') return;
      const body = new Uint8Array(await c.res.arrayBuffer());
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      page = { status: 200, headers: [...c.res.headers], body, etag, packed: new Map() };
      // What changed while the page was made may be only half in it.
      if (isKept && asked === version()) keep(path, page);
    } else {
      kept.delete(path);
      kept.set(path, page);
    }
    c.res = await answer(page, c.req.header('if-none-match'), c.req.header('accept-encoding'));
    return undefined;
  };
}

async function answer(page: KeptPage, known: string | undefined, accepts = ''): Promise<Response> {
  const headers = new Headers(page.headers.map(([name, value]): [string, string] => [name, value]));
  headers.set('etag', page.etag);
  headers.append('vary', 'accept-encoding');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-cache');
  if (known?.split(/\s*,\s*/).some((each) => each.replace(/^W\//, '') === page.etag))
    return new Response(null, { status: 304, headers });
  const type = headers.get('content-type') ?? '';
  const encoding = /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : null;
  if (encoding === null || page.body.byteLength < smallest || !packable.test(type))
    return new Response(page.body, { status: page.status, headers });
  let packed = page.packed.get(encoding);
  if (packed === undefined) {
    packed = new Uint8Array(
      encoding === 'br'
        ? await packBrotli(page.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
        : await packGzip(page.body, { level: 6 }),
    );
    page.packed.set(encoding, packed);
  }
  headers.set('content-encoding', encoding);
  headers.delete('content-length');
  return new Response(packed, { status: page.status, headers });
}
