import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A file that pages load. Names carry a hash of the content, so a browser may keep them for good. */
export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Assets {
  readonly style: Asset;
  /** Null in a checkout that has not been built: pages work without. */
  readonly script: Asset | null;
  /** Fetched at the first wish to explore a chart. */
  readonly explorer: Asset | null;
  readonly all: readonly Asset[];
}

const require = createRequire(import.meta.url);

/** Reads the style sheet, font, icon and scripts from the package; nothing is fetched from anywhere else. */
export function readAssets(): Assets {
  const style = hashed('style', 'css', 'text/css; charset=utf-8', bytesAt('./style.css'));
  const all: Asset[] = [
    style,
    {
      path: '/assets/source-sans-3.woff2',
      type: 'font/woff2',
      bytes: plain(
        readFileSync(
          require.resolve('@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2'),
        ),
      ),
    },
    { path: '/assets/icon.svg', type: 'image/svg+xml', bytes: plain(Buffer.from(icon)) },
  ];
  const page = bundle('page');
  const script = page === null ? null : hashed('page', 'js', 'text/javascript; charset=utf-8', page);
  if (script !== null) all.push(script);
  const code = bundle('explorer');
  const explorer = code === null ? null : hashed('explorer', 'js', 'text/javascript; charset=utf-8', code);
  if (explorer !== null) all.push(explorer);
  return { style, script, explorer, all };
}

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28"><g fill="none" stroke="#1f6f5c" stroke-width="2"><circle cx="6" cy="6" r="2.5"/><circle cx="6" cy="14" r="2.5"/><circle cx="6" cy="22" r="2.5"/><path d="M8.5 6H14l6 8M8.5 14H20M8.5 22H14l6-8"/></g><circle cx="22.5" cy="14" r="4.5" fill="#1f6f5c"/></svg>';

/** The built bundle of an element; looked for beside this file, or in `dist` when this runs from source. */
function bundle(name: string): Uint8Array<ArrayBuffer> | null {
  for (const place of [`./elements/${name}.bundle.js`, `../../dist/web/elements/${name}.bundle.js`]) {
    const url = new URL(place, import.meta.url);
    if (existsSync(url)) return plain(readFileSync(url));
  }
  return null;
}

function bytesAt(place: string): Uint8Array<ArrayBuffer> {
  return plain(readFileSync(new URL(place, import.meta.url)));
}

function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

function hashed(name: string, ending: string, type: string, bytes: Uint8Array<ArrayBuffer>): Asset {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  return { path: `/assets/${name}-${hash}.${ending}`, type, bytes };
}
