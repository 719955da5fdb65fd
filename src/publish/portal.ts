import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Finding } from '../model/index.ts';
import { type PageState, type PortalMemory, PortalRecord } from './portal-record.ts';
import { redirectPage, relativeCss, relativeHtml, siteFinding } from './site.ts';
import { relativeLink, siteFile, sitePath } from './site-path.ts';

export interface PortalOptions {
  /** The app: a path in, a response out. */
  readonly request: (path: string) => Response | Promise<Response>;
  /** Pages where the portal begins; everything linked from them follows. */
  readonly starts: readonly string[];
  /** Beginnings of paths that exist only on a live server: links to them are taken out. */
  readonly liveOnly?: readonly string[];
  /** Where a link to a page leads that a portal has no file of its own for. */
  readonly fold?: (path: string) => { readonly path: string; readonly hash: string } | null;
  /** What every answer is made from besides what it reads: when it changes, all are made anew. */
  readonly declared: string;
  /** The names of what was read since this was last called, in order; see `Reads`. */
  readonly reads: () => readonly string[];
  /** The version of what a name stands for: it changes when, and only when, what is read does. */
  readonly version: (name: string) => string;
  readonly out: string;
  /**
   * What a page has most in common with others, such as its indicator: pages of one name are made one after the other, so that
   * what they share is worked out once and need not be held. Null: it is made before these.
   */
  readonly together?: (path: string) => string | null;
  /** Addresses that a portal of files leaves out: links to them are taken out. */
  readonly skip?: (path: string) => boolean;
  /** What this process knows of the folder since it built there before. */
  readonly memory?: PortalMemory;
  /** Also write `.gz` and `.br` beside text files, for servers that hand them out. */
  readonly pack?: boolean;
}

export interface PortalBuilt {
  readonly pages: number;
  /** Made anew, because what they are made from changed. */
  readonly made: number;
  /** Of these, files whose bytes changed. */
  readonly written: number;
  readonly removed: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

/** An address and a place in its page that is its own normal form. */
const placed = /^([^#]*)(#[A-Za-z0-9_.~-]*)$/;

/**
 * The whole portal as files that open from any host or from a folder. Run again over the same folder, it makes only the
 * pages that read something that changed, and takes away those that nothing links to any more: the result is, byte for
 * byte, the one that an empty folder would get.
 */
export async function buildPortal(options: PortalOptions): Promise<PortalBuilt> {
  const {
    request,
    starts,
    liveOnly = [],
    fold = () => null,
    declared,
    reads,
    version,
    out,
    pack = false,
    skip = () => false,
    together = () => null,
    memory,
  } = options;
  mkdirSync(out, { recursive: true });
  const record = new PortalRecord(out, { declared, version, ...(memory === undefined ? {} : { memory }) });
  const { pages: before, changed } = record.read();
  const pages = new Map<string, PageState>();
  const findings: Finding[] = [];
  const queue = new PageQueue(together);
  /** Addresses by themselves, null for those that are left out. */
  const known = new Map<string, string | null>();
  const add = (path: string): string | null => {
    const before = known.get(path);
    if (before !== undefined) return before;
    // A copy: what is cut out of a page would hold the whole page.
    const own = Buffer.from(path).toString();
    const taken = liveOnly.some((prefix) => own.startsWith(prefix)) || skip(own) ? null : own;
    known.set(own, taken);
    if (taken !== null) queue.push(taken);
    return taken;
  };
  for (const start of starts) add(start);
  let [made, written, bytesHeld] = [0, 0, 0];
  /** A page is packed beside the making of the next one. */
  let packing: Promise<void> = Promise.resolve();
  for (let path = queue.next(); path !== undefined; path = queue.next()) {
    const old = before.get(path);
    if (
      old !== undefined &&
      !old.reads.some((name) => changed.has(name)) &&
      existsSync(join(out, old.file))
    ) {
      for (const link of old.links) add(link);
      pages.set(path, old);
      bytesHeld += old.bytes;
      continue;
    }
    made += 1;
    reads();
    const page = await settle(path);
    // Only when the loop turns does the runtime let go of the answers that it keeps an eye on.
    await setImmediate();
    if (page === null) continue;
    const sha256 = createHash('sha256').update(page.bytes).digest('hex');
    pages.set(path, {
      file: page.file,
      sha256,
      bytes: page.bytes.length,
      links: [...page.links],
      reads: reads(),
    });
    bytesHeld += page.bytes.length;
    if (old?.sha256 === sha256 && old.file === page.file && existsSync(join(out, page.file))) continue;
    await put(page.file, page.bytes);
    written += 1;
  }
  await packing;
  const files = new Set([...pages.values()].map(({ file }) => file));
  const gone = new Set([...before.values()].map(({ file }) => file).filter((file) => !files.has(file)));
  for (const file of gone)
    for (const ending of ['', '.gz', '.br']) rmSync(join(out, file + ending), { force: true });
  record.write(pages);
  return { pages: pages.size, made, written, removed: gone.size, bytes: bytesHeld, findings };

  async function put(file: string, bytes: Uint8Array): Promise<void> {
    const place = join(out, file);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, bytes);
    if (!pack || !/\.(?:html|css|js|json|svg|csv|xml|txt)$/.test(file) || bytes.length < 900) return;
    await packing;
    packing = packed(place, bytes);
    // What goes wrong is thrown where it is waited for, not before.
    packing.catch(() => undefined);
  }

  async function settle(
    path: string,
  ): Promise<{ file: string; bytes: Uint8Array; links: Set<string> } | null> {
    const response = await request(path);
    const file = siteFile(path);
    const links = new Set<string>();
    const follow = (target: string): boolean => {
      const own = add(target);
      if (own === null) return false;
      links.add(own);
      return true;
    };
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      const target = sitePath(location, path);
      return target !== null && follow(target.path)
        ? { file, bytes: redirectPage(file, target), links }
        : null;
    }
    if (!response.ok) {
      findings.push(
        siteFinding(
          'site.dead-link',
          path,
          `a page links to ${path}, which answers ${response.status}`,
          'warning',
        ),
      );
      return null;
    }
    const type = response.headers.get('content-type') ?? '';
    if (!/text\/(?:html|css)/.test(type))
      return { file, bytes: new Uint8Array(await response.arrayBuffer()), links };
    const settled = (href: string): string | null => {
      const target = sitePath(href, path);
      if (target === null) return href;
      const folded = fold(target.path);
      const lead = folded?.path ?? target.path;
      return follow(lead) ? `${relativeLink(file, siteFile(lead))}${folded?.hash ?? target.hash}` : null;
    };
    // Thousands of figures of a page lead to places in one page of evidence: an address is settled once, whatever its place.
    const leads = new Map<string, string | null>();
    const link = (href: string): string | null => {
      if (href.startsWith('#')) return href;
      const [, lead = href, place = ''] = placed.exec(href) ?? [];
      let led = leads.get(lead);
      if (led === undefined) {
        led = settled(lead);
        leads.set(lead, led);
      }
      return led === null || led.includes('#') ? led : led + place;
    };
    const text = await response.text();
    return {
      file,
      bytes: Buffer.from(type.includes('text/css') ? relativeCss(text, link) : relativeHtml(text, link)),
      links,
    };
  }
}

/** Beyond these levels a page takes several times as long for a hundredth of its size. */
async function packed(place: string, bytes: Uint8Array): Promise<void> {
  const [small, smaller] = await Promise.all([
    promisify(gzip)(bytes, { level: 6 }),
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  ]);
  writeFileSync(`${place}.gz`, small);
  writeFileSync(`${place}.br`, smaller);
}

/** Pages to be made: those of no group first, then group after group, in the order in which they were found. */
class PageQueue {
  readonly #groupOf: (path: string) => string | null;
  readonly #single: string[] = [];
  readonly #groups = new Map<string, string[]>();

  constructor(groupOf: (path: string) => string | null) {
    this.#groupOf = groupOf;
  }

  push(path: string): void {
    const group = this.#groupOf(path);
    if (group === null) {
      this.#single.push(path);
      return;
    }
    const pages = this.#groups.get(group);
    if (pages === undefined) this.#groups.set(group, [path]);
    else pages.push(path);
  }

  next(): string | undefined {
    const single = this.#single.shift();
    if (single !== undefined) return single;
    // A group that is empty now may be added to again: it then stands at the end.
    for (const [group, pages] of this.#groups) {
      const page = pages.shift();
      if (page !== undefined) return page;
      this.#groups.delete(group);
    }
    return undefined;
  }
}
