import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file that pages load. Names carry a hash of the content, so a browser may keep them for good. */
export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Assets {
  readonly style: Asset;
  /** Bundles of the `*.entry.ts` of this room by name; none in a checkout that has not been built: pages work without. */
  readonly elements: ReadonlyMap<string, Asset>;
  readonly all: readonly Asset[];
}

const require = createRequire(import.meta.url);

/** Reads the style sheet, font, icon and scripts from the package; nothing is fetched from anywhere else. */
export function readAssets(): Assets {
  const style = hashed('style', 'css', 'text/css; charset=utf-8', styleSheet());
  const all: Asset[] = [
    style,
    face(
      'source-sans-3',
      require.resolve('@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2'),
    ),
    // Asked for by a page that has a letter such as ń or ő only.
    face(
      'source-sans-3-extended',
      require.resolve('@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2'),
    ),
    { path: '/assets/icon.svg', type: 'image/svg+xml', bytes: plain(Buffer.from(icon)) },
  ];
  const elements = new Map(
    bundles().map(([name, bytes]) => [name, hashed(name, 'js', 'text/javascript; charset=utf-8', bytes)]),
  );
  all.push(...elements.values());
  // Pages of others name this one: its address stays, so browsers ask again after a while.
  const chart = elements.get('chart.classic');
  if (chart !== undefined) all.push({ ...chart, path: '/assets/modelcity-chart.js' });
  return { style, elements, all };
}

function face(name: string, file: string): Asset {
  return { path: `/assets/${name}.woff2`, type: 'font/woff2', bytes: plain(readFileSync(file)) };
}

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28"><g fill="none" stroke="#1f6f5c" stroke-width="2"><circle cx="6" cy="6" r="2.5"/><circle cx="6" cy="14" r="2.5"/><circle cx="6" cy="22" r="2.5"/><path d="M8.5 6H14l6 8M8.5 14H20M8.5 22H14l6-8"/></g><circle cx="22.5" cy="14" r="4.5" fill="#1f6f5c"/></svg>';

/** The style sheets of `styles/`, one after another in the order of their names. */
function styleSheet(): Uint8Array<ArrayBuffer> {
  const folder = new URL('./styles/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.css'));
  return plain(Buffer.concat(names.sort().map((name) => readFileSync(new URL(name, folder)))));
}

/** The built bundles of elements; looked for beside this file, or in `dist` when this runs from source. */
function bundles(): (readonly [string, Uint8Array<ArrayBuffer>])[] {
  const ending = '.bundle.js';
  for (const place of ['./', '../../dist/web/']) {
    const folder = fileURLToPath(new URL(place, import.meta.url));
    if (!existsSync(folder)) continue;
    const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith(ending))
      .sort();
    if (found.length > 0)
      return found.map((file) => [basename(file, ending), plain(readFileSync(join(folder, file)))] as const);
  }
  return [];
}

function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

function hashed(name: string, ending: string, type: string, bytes: Uint8Array<ArrayBuffer>): Asset {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  return { path: `/assets/${name}-${hash}.${ending}`, type, bytes };
}
