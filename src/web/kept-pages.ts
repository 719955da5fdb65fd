import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';

interface KeptPage {
  readonly status: 200;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array<ArrayBuffer>;
  readonly etag: string;
  /** Packed once for each encoding, also where several ask at once. */
  readonly packed: Map<'br' | 'gzip', Promise<Uint8Array<ArrayBuffer>>>;
}

const packBrotli = promisify(brotliCompress);
const packGzip = promisify(gzip);

/** Below this a packed body is no smaller. */
const smallest = 900;
const packable = /^(?:text\/|application\/(?:json|problem\+json|javascript)|image\/svg)/;

/** States of an indicator's chart and table, which stand in the query: readers share them and come back to them. */
const stated = /^\/(?:en|zh)\/[^/]+\/(?:indicators\/[^/]+|compare)\/[^/]*$/;
/** A longer query is of nobody else. */
const longestQuery = 300;

/**
 * Keeps finished pages: what a page shows is fixed by the places it was made from, so it is made once. Answers
 * `If-None-Match`, packs with brotli or gzip once a page, and makes a page once for all who ask for it
 * at the same time. Of addresses with a query only states of charts are kept, for visitors without a session, in a quarter of the
 * room; the least recently asked pages leave when `mostBytes` are held, and all of them when `version` moves on.
 */
export function keptPages(mostBytes = 64 * 1024 * 1024, version: () => number = () => 0): MiddlewareHandler {
  const pages = new Shelf(mostBytes);
  const states = new Shelf(mostBytes / 4);
  const making = new Map<string, Promise<void>>();
  let madeFrom = version();
  const dropOld = (): void => {
    if (madeFrom === version()) return;
    pages.clear();
    states.clear();
    madeFrom = version();
  };
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const url = new URL(c.req.url);
    const path = url.pathname;
    // One address, several formats: these answers have validators of their own.
    if (path.startsWith('/sdmx/')) return next();
    const isVisitor = c.req.header('cookie') === undefined;
    const shelf =
      url.search === ''
        ? pages
        : isVisitor && url.search.length <= longestQuery && stated.test(path)
          ? states
          : null;
    const name = path + url.search;
    dropOld();
    // Whoever comes while a page is being made waits for it. With a session the page may be one's own.
    const maker = isVisitor && shelf?.get(name) === undefined ? making.get(name) : undefined;
    if (maker !== undefined) await maker;
    dropOld();
    const asked = madeFrom;
    let page = shelf?.get(name);
    if (page === undefined) {
      let made = (): void => undefined;
      if (shelf !== null && isVisitor && !making.has(name))
        making.set(
          name,
          new Promise((resolve) => {
            made = () => {
              making.delete(name);
              resolve();
            };
          }),
        );
      try {
        await next();
        const found = await finished(c.res);
        if (found === null) return;
        page = found;
        // What changed while the page was made may be only half in it.
        if (shelf !== null && asked === version()) shelf.put(name, page);
      } finally {
        made();
      }
    }
    c.res = await answer(page, c.req.header('if-none-match'), c.req.header('accept-encoding'));
    return undefined;
  };
}

/** An answer that may be kept, with its validator; null for one that may not. */
async function finished(response: Response): Promise<KeptPage | null> {
  if (response.status !== 200 || response.headers.get('cache-control') === 'no-store') return null;
  const body = new Uint8Array(await response.arrayBuffer());
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { status: 200, headers: [...response.headers], body, etag, packed: new Map() };
}

/** Pages by address; those asked for least recently leave when it is full. */
class Shelf {
  readonly #most: number;
  readonly #pages = new Map<string, KeptPage>();
  #held = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get(name: string): KeptPage | undefined {
    const page = this.#pages.get(name);
    if (page === undefined) return undefined;
    this.#pages.delete(name);
    this.#pages.set(name, page);
    return page;
  }

  put(name: string, page: KeptPage): void {
    const before = this.#pages.get(name);
    if (before !== undefined) {
      this.#pages.delete(name);
      this.#held -= room(before);
    }
    this.#held += room(page);
    this.#pages.set(name, page);
    for (const [oldest, old] of this.#pages) {
      if (this.#held <= this.#most) break;
      this.#pages.delete(oldest);
      this.#held -= room(old);
    }
  }

  clear(): void {
    this.#pages.clear();
    this.#held = 0;
  }
}

/** A page with what it is packed into, roughly. */
function room({ body }: KeptPage): number {
  return body.byteLength * 1.5;
}

async function packInto(encoding: 'br' | 'gzip', body: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    encoding === 'br'
      ? await packBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
      : await packGzip(body, { level: 6 }),
  );
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
    packed = packInto(encoding, page.body);
    page.packed.set(encoding, packed);
  }
  headers.set('content-encoding', encoding);
  headers.delete('content-length');
  return new Response(await packed, { status: page.status, headers });
}
