import { createHash } from 'node:crypto';

const withExtension =
  /\.(?:html?|css|js|mjs|map|json|jsonld|csv|svg|png|jpe?g|gif|ico|woff2?|xml|txt|pdf|docx|xlsx|zip|yaml|webmanifest|geojson|ttl|parquet)$/i;

/** Most links: an address that is its own normal form. */
const plainPath = /^\/(?:[A-Za-z0-9_.~-]+\/)*[A-Za-z0-9_.~-]*$/;

/** The path of an address inside the site, without query and fragment; null for anything outside it. */
export function sitePath(
  href: string,
  page: string,
): { readonly path: string; readonly hash: string } | null {
  if (plainPath.test(href) && !href.includes('/.')) return { path: href, hash: '' };
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(href)) return null;
  try {
    const url = new URL(href, `http://site.invalid${page}`);
    return url.host === 'site.invalid' ? { path: url.pathname, hash: url.hash } : null;
  } catch {
    return null;
  }
}

/** The file in which an address is stored: `/en/shanghai/` is `en/shanghai/index.html`, `/f/7K2Q` is `f/7K2Q/index.html`. */
export function siteFile(path: string): string {
  const parts = path.split('/').slice(1).map(safePart);
  const last = parts.at(-1) ?? '';
  if (last === '') return [...parts.slice(0, -1), 'index.html'].join('/');
  return withExtension.test(last) ? parts.join('/') : [...parts, 'index.html'].join('/');
}

/** A part of an address as a file name that every file system takes; anything else by its hash. */
function safePart(part: string): string {
  if (part === '') return '';
  let decoded: string;
  try {
    decoded = decodeURIComponent(part);
  } catch {
    decoded = part;
  }
  const plain =
    /^[\p{L}\p{N}_~][\p{L}\p{N}._~ ,=-]*$/u.test(decoded) && !decoded.endsWith('.') && decoded.length <= 100;
  return plain ? decoded : `x${createHash('sha256').update(decoded).digest('hex').slice(0, 24)}`;
}

/** How one file of the site points to another, for a browser that reads them from a disk. */
export function relativeLink(fromFile: string, toFile: string): string {
  const from = fromFile.split('/').slice(0, -1);
  const to = toFile.split('/');
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common += 1;
  const steps = [...from.slice(common).map(() => '..'), ...to.slice(common).map(encodeURIComponent)];
  const link = steps.join('/');
  return link.includes(':') || link === '' ? `./${link}` : link;
}
