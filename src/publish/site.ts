import { setImmediate } from 'node:timers/promises';
import type { Finding } from '../model/index.ts';
import { relativeLink, siteFile, sitePath } from './site-path.ts';

/** One file of the static site. */
export interface SiteFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

export interface SiteOptions {
  /** The app: a path in, a response out. No network is involved. */
  readonly request: (path: string) => Response | Promise<Response>;
  /** Where to begin; everything that is linked from there follows. */
  readonly starts: readonly string[];
  /** Beginnings of paths that exist only on a live server (API, forms): links to them are taken out. */
  readonly liveOnly?: readonly string[];
  readonly mostPages?: number;
  readonly onPage?: (done: number, known: number) => void;
}

const cssUrl = /url\((['"]?)([^'")]+)\1\)/g;
const metaRefresh = /(<meta\s+http-equiv="refresh"\s+content="[^"]*?url=)([^"]+)"/gi;

/**
 * Walks the app from its start pages along every link and gives each answer as a file whose links are relative, so that the
 * site opens from a folder. The order is that of discovery from the given starts; the set and the bytes depend on the
 * app alone.
 */
export async function* crawlSite(options: SiteOptions, findings: Finding[]): AsyncGenerator<SiteFile> {
  const { request, starts, liveOnly = [], mostPages = 500_000, onPage } = options;
  const queue: string[] = [];
  const known = new Map<string, 'live' | 'here'>();
  const add = (path: string): boolean => {
    const seen = known.get(path);
    if (seen !== undefined) return seen === 'here';
    // A copy: what is cut out of a page would hold the whole page.
    const own = Buffer.from(path).toString();
    const live = liveOnly.some((prefix) => own.startsWith(prefix));
    known.set(own, live ? 'live' : 'here');
    if (!live) queue.push(own);
    return !live;
  };
  const files = new Map<string, string>();
  const fileOf = (path: string): string => {
    const found = files.get(path) ?? siteFile(path);
    if (!files.has(path)) files.set(Buffer.from(path).toString(), found);
    return found;
  };
  for (const start of starts) add(start);
  for (let at = 0; at < queue.length; at += 1) {
    const path = queue[at] ?? '';
    if (at >= mostPages) {
      findings.push(
        siteFinding('site.too-large', path, `the site has more than ${mostPages} pages`, 'error'),
      );
      return;
    }
    const response = await request(path);
    // Only when the loop turns does the runtime let go of the answers that it keeps an eye on.
    await setImmediate();
    const file = fileOf(path);
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      const target = sitePath(location, path);
      if (target !== null && add(target.path)) yield { file, bytes: redirectPage(file, target) };
      continue;
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
      continue;
    }
    const type = response.headers.get('content-type') ?? '';
    onPage?.(at + 1, queue.length);
    if (!/text\/(?:html|css)/.test(type)) {
      yield { file, bytes: new Uint8Array(await response.arrayBuffer()) };
      continue;
    }
    const settle = (href: string): string | null => {
      const target = sitePath(href, path);
      if (target === null) return href;
      if (target.path === path && href.startsWith('#')) return href;
      return add(target.path) ? `${relativeLink(file, fileOf(target.path))}${target.hash}` : null;
    };
    const settledLinks = new Map<string, string | null>();
    const link = (href: string): string | null => {
      const known = settledLinks.get(href);
      if (known !== undefined) return known;
      const made = settle(href);
      settledLinks.set(href, made);
      return made;
    };
    const text = await response.text();
    const settled = type.includes('text/css') ? relativeCss(text, link) : relativeHtml(text, link);
    yield { file, bytes: Buffer.from(settled) };
  }
}

type Link = (href: string) => string | null;

export function relativeCss(css: string, link: Link): string {
  return css.replace(cssUrl, (whole, quote: string, href: string) =>
    href.startsWith('data:') || href.startsWith('#') ? whole : `url(${quote}${link(href) ?? href}${quote})`,
  );
}

/** What stands before `="` where an address follows. */
const addressed = /\s(?:href|src|action|poster|data-src)$/;
const longestName = ' data-src'.length;

/** Links in tags only: text never holds a bare quote after an attribute name, because the pages escape it. */
export function relativeHtml(html: string, link: Link): string {
  // Large pages hold thousands of attributes and few addresses: what stands before each `="` is looked at by its last letter.
  let linked = '';
  let taken = 0;
  for (let at = html.indexOf('="'); at >= 0; at = html.indexOf('="', at + 2)) {
    const last = html.charCodeAt(at - 1);
    if (last !== 102 && last !== 99 && last !== 110 && last !== 114) continue;
    const name = addressed.exec(html.slice(Math.max(0, at - longestName), at))?.[0];
    if (name === undefined) continue;
    const end = html.indexOf('"', at + 2);
    if (end < 0) break;
    const href = html.slice(at + 2, end);
    const start = at - name.length;
    at = end - 1;
    // Left of a link in a tag stands its `<`, and no other mark of a tag since.
    if (href === '' || href.startsWith('data:') || !isInTag(html, start)) continue;
    const target = link(unescaped(href));
    linked += html.slice(taken, start);
    if (target !== null) linked += `${name}="${escaped(target)}"`;
    else if (name.endsWith('href')) linked += ' data-live';
    taken = end + 1;
  }
  linked += html.slice(taken);
  return linked.replace(metaRefresh, (whole, before: string, href: string) => {
    const target = link(unescaped(href));
    return target === null ? whole : `${before}${escaped(target)}"`;
  });
}

function isInTag(html: string, at: number): boolean {
  for (let before = at - 1; before >= 0; before -= 1) {
    const mark = html.charCodeAt(before);
    if (mark === 62) return false;
    if (mark === 60) return /[a-zA-Z]/.test(html.charAt(before + 1));
  }
  return false;
}

const unescaped = (text: string): string =>
  !text.includes('&')
    ? text
    : text
        .replace(/&(?:amp|#38|#x26);/g, '&')
        .replace(/&(?:quot|#34);/g, '"')
        .replace(/&#39;/g, "'");
const escaped = (text: string): string =>
  !/[&"<]/.test(text)
    ? text
    : text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

export function redirectPage(
  file: string,
  target: { readonly path: string; readonly hash: string },
): Uint8Array {
  const href = escaped(`${relativeLink(file, siteFile(target.path))}${target.hash}`);
  return new TextEncoder().encode(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Moved</title><meta http-equiv="refresh" content="0; url=${href}"><a href="${href}">${href}</a></html>\n`,
  );
}

export function siteFinding(
  rule: string,
  path: string,
  what: string,
  severity: Finding['severity'],
): Finding {
  return {
    rule,
    severity,
    where: { file: 'site', pointer: path },
    what,
    why: 'a published site must be whole: every link leads to a page of it',
    mend: 'correct the link, or name its path as one that only a live server has',
  };
}
