import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, gunzip, gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';
import type { FiledPage, KeptFiles } from './kept-files.ts';

type Encoding = 'br' | 'gzip';
type Bytes = Uint8Array<ArrayBuffer>;

interface KeptPage {
  readonly status: 200;
  readonly headers: readonly (readonly [string, string])[];
  readonly etag: string;
  /** As it was made; null once it is packed, which takes a tenth of the room. */
  body: Bytes | null;
  readonly isPacked: boolean;
  /** Packed once for each encoding, also where several ask at once. */
  readonly packed: Map<Encoding, Promise<Bytes>>;
  /** Bytes of the body and of what it is packed into. */
  held: number;
  /** Whether it lies on the disk, or was handed over to be put there. */
  isFiled: boolean;
}

const pack: Readonly<Record<Encoding, (body: Uint8Array) => Promise<Buffer>>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => promisify(gzip)(body, { level: 6 }),
};
const unpack: Readonly<Record<Encoding, (body: Uint8Array) => Promise<Buffer>>> = {
  br: promisify(brotliDecompress),
  gzip: promisify(gunzip),
};

/** Below this a packed body is no smaller. */
const smallest = 900;
const packable = /^(?:text\/|application\/(?:json|problem\+json|javascript)|image\/svg)/;

/** States of an indicator's chart and table, which stand in the query: readers share them and come back to them. */
const stated = /^\/(?:en|zh)\/[^/]+\/(?:indicators\/[^/]+|compare)\/[^/]*$/;
/**
 * Pages that are also kept beyond the process: of what is known of a place and is declared. The audit is worked out anew after
 * every start, so what tells of its findings is not among them.
 */
const lasting =
  /^\/(?:(?:en|zh)\/(?:[^/]+\/(?:(?:indicators|goals|districts|groups|status|data|compare|progress|sources)\/.*)?)?|api\/places\/[^/]+\/indicators\/[^/]+)$/;
const cityFront = /^\/(?:en|zh)\/[^/]+\/$/;

/** A longer query is of nobody else. */
const longestQuery = 300;

/**
 * Keeps finished pages: what a page shows is fixed by the places it was made from, so it is made once. Answers
 * `If-None-Match`, packs with brotli or gzip once a page, and makes a page once for all who ask for it
 * at the same time. Pages are begun one after the other, and between two of them what is kept is handed out: after a start, when
 * none is kept yet, who asks for one that others had made waits for one page, not for all that were asked for before. Only what visitors ask for is kept, and only visitors get what is kept: whoever signs in, by a session or a
 * key, gets answers made for each request. Of addresses with a query only states of charts are kept, in a quarter of the
 * room; a page that `waitsFor` something is kept until it has come; the least recently asked pages leave when `mostBytes` are held, and all of them when `version` moves on.
 * `files` hold pages over a new start.
 */
export function keptPages(
  mostBytes = 64 * 1024 * 1024,
  version: () => number = () => 0,
  waitsFor: (path: string) => boolean = () => false,
  files: Pick<KeptFiles, 'get' | 'put'> | null = null,
): MiddlewareHandler {
  const pages = new Shelf(mostBytes);
  const states = new Shelf(mostBytes / 4);
  const making = new Map<string, Promise<void>>();
  const turns = new Turns();
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
    const isVisitor = c.req.header('cookie') === undefined && c.req.header('authorization') === undefined;
    const shelf = !isVisitor
      ? null
      : url.search === ''
        ? pages
        : url.search.length <= longestQuery && stated.test(path)
          ? states
          : null;
    // A page that waits for something is another one than when it has come.
    const waits = waitsFor(path);
    const name = path + url.search + (waits ? ' waiting' : '');
    const filed =
      shelf !== null && lasting.test(path) && (waits || !cityFront.test(path)) && !path.includes('//')
        ? files
        : null;
    dropOld();
    // Whoever comes while a page is being made waits for it.
    const maker = shelf !== null && shelf.get(name) === undefined ? making.get(name) : undefined;
    if (maker !== undefined) await maker;
    dropOld();
    const asked = madeFrom;
    let page = shelf?.get(name);
    if (page === undefined) {
      let made = (): void => undefined;
      if (shelf !== null && !making.has(name))
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
        const kept = await filed?.get(asked, name);
        if (kept !== null && kept !== undefined) page = fromFile(kept);
        else {
          if (shelf !== null) await turns.next();
          await next();
          const found = await finished(c.res);
          if (found === null) return;
          page = found;
        }
        // What changed while the page was made may be only half in it.
        if (shelf !== null && asked === version()) shelf.put(name, page);
      } finally {
        made();
      }
    }
    c.res = await answer(page, c.req.header('if-none-match'), c.req.header('accept-encoding'));
    shelf?.weigh(name, page);
    if (filed !== null && !page.isFiled && asked === version()) {
      const whole = await fileOf(page);
      if (whole !== null) {
        page.isFiled = true;
        filed.put(asked, name, whole);
      }
    }
    return undefined;
  };
}

/** An answer that may be kept, with its validator; null for one that may not. */
async function finished(response: Response): Promise<KeptPage | null> {
  const { headers } = response;
  if (response.status !== 200 || headers.get('cache-control') === 'no-store' || headers.has('set-cookie'))
    return null;
  const body = new Uint8Array(await response.arrayBuffer());
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const isPacked = body.byteLength >= smallest && packable.test(headers.get('content-type') ?? '');
  return {
    status: 200,
    headers: [...headers],
    etag,
    body,
    isPacked,
    packed: new Map(),
    held: body.byteLength,
    isFiled: false,
  };
}

function fromFile({ headers, etag, encoding, isPacked, body }: FiledPage): KeptPage {
  return {
    status: 200,
    headers,
    etag,
    body: encoding === null ? body : null,
    isPacked,
    packed: new Map(encoding === null ? [] : [[encoding, Promise.resolve(body)]]),
    held: body.byteLength,
    isFiled: true,
  };
}

/** A page as it is to be filed; null before it is packed, for who has no use for that. */
async function fileOf({ headers, etag, isPacked, body, packed }: KeptPage): Promise<FiledPage | null> {
  for (const [encoding, bytes] of packed) return { headers, etag, encoding, isPacked, body: await bytes };
  return isPacked || body === null ? null : { headers, etag, encoding: null, isPacked, body };
}

/** One begins in each turn of the loop. Whoever waits for a database meanwhile keeps nobody from beginning. */
class Turns {
  #last: Promise<void> = Promise.resolve();

  next(): Promise<void> {
    this.#last = this.#last.then(() => setImmediate());
    return this.#last;
  }
}

/** Pages by address; those asked for least recently leave when it is full. */
class Shelf {
  readonly #most: number;
  readonly #pages = new Map<string, { readonly page: KeptPage; held: number }>();
  #held = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get(name: string): KeptPage | undefined {
    const kept = this.#pages.get(name);
    if (kept === undefined) return undefined;
    this.#pages.delete(name);
    this.#pages.set(name, kept);
    return kept.page;
  }

  put(name: string, page: KeptPage): void {
    this.#drop(name);
    this.#pages.set(name, { page, held: page.held });
    this.#held += page.held;
    this.#leave();
  }

  /** A page has been packed: it takes other room than when it was put here. */
  weigh(name: string, page: KeptPage): void {
    const kept = this.#pages.get(name);
    if (kept?.page !== page || kept.held === page.held) return;
    this.#held += page.held - kept.held;
    kept.held = page.held;
    this.#leave();
  }

  clear(): void {
    this.#pages.clear();
    this.#held = 0;
  }

  #leave(): void {
    for (const name of this.#pages.keys()) {
      if (this.#held <= this.#most) break;
      this.#drop(name);
    }
  }

  #drop(name: string): void {
    this.#held -= this.#pages.get(name)?.held ?? 0;
    this.#pages.delete(name);
  }
}

/** The body as it was made. */
async function plain(page: KeptPage): Promise<Bytes> {
  if (page.body !== null) return page.body;
  for (const [encoding, packed] of page.packed) return new Uint8Array(await unpack[encoding](await packed));
  throw new Error('a kept page has no body');
}

function packedInto(encoding: Encoding, page: KeptPage): Promise<Bytes> {
  const known = page.packed.get(encoding);
  if (known !== undefined) return known;
  const making = plain(page).then(async (body) => {
    const packed = new Uint8Array(await pack[encoding](body));
    page.held += packed.byteLength - (page.body?.byteLength ?? 0);
    page.body = null;
    return packed;
  });
  page.packed.set(encoding, making);
  return making;
}

async function answer(page: KeptPage, known: string | undefined, accepts = ''): Promise<Response> {
  const headers = new Headers(page.headers.map(([name, value]): [string, string] => [name, value]));
  headers.set('etag', page.etag);
  headers.append('vary', 'accept-encoding');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-cache');
  if (known?.split(/\s*,\s*/).some((each) => each.replace(/^W\//, '') === page.etag))
    return new Response(null, { status: 304, headers });
  const encoding = /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : null;
  if (encoding === null || !page.isPacked)
    return new Response(await plain(page), { status: page.status, headers });
  const body = await packedInto(encoding, page);
  headers.set('content-encoding', encoding);
  headers.delete('content-length');
  return new Response(body, { status: page.status, headers });
}
