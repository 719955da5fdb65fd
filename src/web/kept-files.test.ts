import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterAll, describe, expect, it } from 'vitest';
import { type FiledPage, KeptFiles } from './kept-files.ts';
import { keptPages } from './kept-pages.ts';

const root = mkdtempSync(join(tmpdir(), 'modelcity-pages-'));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
function fresh(): string {
  folders += 1;
  return join(root, `kept-${folders}`);
}
const page = (text: string): FiledPage => ({
  headers: [['content-type', 'text/html']],
  etag: '"e"',
  encoding: null,
  isPacked: false,
  body: new TextEncoder().encode(text),
});
const secret = 'a secret of a server, long enough';

function opened(folder: string, state = 'one', version = 0, most?: number, of = secret): KeptFiles {
  const files = new KeptFiles(folder, of, most);
  files.open(version, state);
  return files;
}

async function filled(folder: string, names: readonly string[] = ['/en/']): Promise<readonly string[]> {
  const files = opened(folder);
  for (const name of names) files.put(0, name, page(`page ${name}`));
  await files.written();
  const [state = ''] = readdirSync(folder);
  return readdirSync(join(folder, state)).map((file) => join(folder, state, file));
}

const textOf = async (files: KeptFiles, name = '/en/', version = 0): Promise<string | null> => {
  const found = await files.get(version, name);
  return found === null ? null : new TextDecoder().decode(found.body);
};

describe('pages kept over a new start', () => {
  it('come back whole for the same state, and for no other state, version or secret', async () => {
    const folder = fresh();
    await filled(folder, ['/en/', '/zh/城/']);
    expect(await opened(folder).get(0, '/zh/城/')).toEqual(page('page /zh/城/'));
    expect(await textOf(opened(folder), '/en/x/')).toBeNull();
    expect(await textOf(opened(folder, 'one', 3), '/en/', 2)).toBeNull();
    expect(await textOf(opened(folder, 'one', 3), '/en/', 3)).toBe('page /en/');
    expect(await textOf(opened(folder, 'one', 0, undefined, `${secret}!`))).toBeNull();
    expect(await textOf(opened(folder, 'two'))).toBeNull();
    // Those of the older state are gone with that.
    expect(await textOf(opened(folder))).toBeNull();
  });

  it('are no pages when any byte was changed, when they were cut short or put in the place of others', async () => {
    const folder = fresh();
    const [file = '', other = ''] = await filled(folder, ['/en/', '/zh/']);
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length; at += 1) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(file, changed);
      const files = opened(folder);
      const texts = [await textOf(files, '/en/'), await textOf(files, '/zh/')];
      expect([at, texts.filter((text) => text !== null).length]).toEqual([at, 1]);
    }
    for (const length of [0, 1, 31, 32, 35, 36, 60, whole.length - 1]) {
      writeFileSync(file, whole.subarray(0, length));
      const files = opened(folder);
      const texts = [await textOf(files, '/en/'), await textOf(files, '/zh/')];
      expect([length, texts.filter((text) => text !== null).length]).toEqual([length, 1]);
    }
    copyFileSync(other, file);
    const files = opened(folder);
    const texts = [await textOf(files, '/en/'), await textOf(files, '/zh/')];
    expect(texts.filter((text) => text !== null).length).toBe(1);
  });

  it('of one state put into the folder of another are no pages', async () => {
    const [first, second] = [fresh(), fresh()];
    const [file = ''] = await filled(first);
    const files = opened(second, 'two');
    files.put(0, '/en/', page('of the other state'));
    await files.written();
    const [state = ''] = readdirSync(second);
    const [into = ''] = readdirSync(join(second, state));
    copyFileSync(file, join(second, state, into));
    expect(await textOf(opened(second, 'two'))).toBeNull();
  });

  it('take no more room than they may, and are closed to others', async () => {
    const folder = fresh();
    const files = opened(folder, 'one', 0, 3_000);
    for (let at = 0; at < 20; at += 1) files.put(0, `/en/${at}/`, page('x'.repeat(500)));
    await files.written();
    const [state = ''] = readdirSync(folder);
    const all = readdirSync(join(folder, state)).map((file) => statSync(join(folder, state, file)));
    expect(all.length).toBeGreaterThan(2);
    expect(all.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(3_000);
    for (const { mode } of all) expect(mode & 0o077).toBe(0);
    expect(statSync(join(folder, state)).mode & 0o077).toBe(0);
    // What lies there already counts.
    const again = opened(folder, 'one', 0, 3_000);
    again.put(0, '/zh/', page('x'.repeat(500)));
    await again.written();
    expect(readdirSync(join(folder, state)).length).toBe(all.length);
  });

  it('are not looked for behind a link, and nothing is cleared there', async () => {
    const [elsewhere, folder] = [fresh(), fresh()];
    mkdirSync(join(elsewhere, 'photographs'), { recursive: true });
    symlinkSync(elsewhere, folder);
    const files = opened(folder);
    files.put(0, '/en/', page('x'));
    await files.written();
    expect(existsSync(join(elsewhere, 'photographs'))).toBe(true);
    expect(await textOf(files)).toBeNull();
  });

  it('that were half written when the process ended are cleared away', async () => {
    const folder = fresh();
    const [file = ''] = await filled(folder);
    writeFileSync(`${file}.4711`, 'half');
    expect(await textOf(opened(folder))).toBe('page /en/');
    expect(existsSync(`${file}.4711`)).toBe(false);
  });

  it('cost nothing but the making again where the folder cannot be had', async () => {
    const folder = fresh();
    writeFileSync(folder, 'a file');
    const files = opened(folder);
    files.put(0, '/en/', page('x'));
    await files.written();
    expect(await textOf(files)).toBeNull();
  });
});

function site(folder: string, { version = 0, waiting = true } = {}) {
  const made: string[] = [];
  const files = opened(folder, `state ${version}`, version);
  const app = new Hono();
  app.use(
    keptPages(
      undefined,
      () => version,
      () => waiting,
      files,
    ),
  );
  app.get('*', (c) => {
    const { pathname, search } = new URL(c.req.url);
    made.push(pathname + search);
    if (pathname.includes('/own/')) c.header('cache-control', 'no-store');
    return c.html(`${version} ${pathname}${search} ${'页'.repeat(600)}`);
  });
  const get = async (path: string, headers: Record<string, string> = { 'accept-encoding': 'br' }) =>
    app.request(path, { headers });
  return { get, made, files };
}

describe('a server that starts again', () => {
  const chart = '/en/town/indicators/water/';
  it('hands out pages that were made before, in every encoding, and makes them anew after a change', async () => {
    const folder = fresh();
    const before = site(folder);
    const told = await before.get(chart);
    const etag = told.headers.get('etag') ?? '';
    const body = brotliDecompressSync(await told.arrayBuffer()).toString();
    await before.get(`${chart}?kind=bar`, { 'accept-encoding': 'gzip' });
    await before.files.written();
    const after = site(folder);
    const again = await after.get(chart);
    expect(brotliDecompressSync(await again.arrayBuffer()).toString()).toBe(body);
    expect([again.headers.get('etag'), again.headers.get('content-type')]).toEqual([
      etag,
      told.headers.get('content-type'),
    ]);
    expect((await after.get(chart, { 'if-none-match': etag })).status).toBe(304);
    const zipped = await after.get(chart, { 'accept-encoding': 'gzip' });
    expect(gunzipSync(await zipped.arrayBuffer()).toString()).toBe(body);
    expect(await (await after.get(chart, {})).text()).toBe(body);
    expect((await after.get(`${chart}?kind=bar`)).status).toBe(200);
    expect(after.made).toEqual([]);
    const changed = site(folder, { version: 1 });
    expect(await (await changed.get(chart, {})).text()).toMatch(/^1 /);
    expect(changed.made).toEqual([chart]);
  });

  it('keeps nothing of who is signed in, of answers that may not be kept, of the audit and of what tells its findings', async () => {
    const folder = fresh();
    const asked = ['/en/own/goals/', '/en/town/audit/', '/en/town/own/', '/api/places/town/audit'];
    const before = site(folder);
    for (const path of asked) await before.get(path);
    await before.get(chart, { 'accept-encoding': 'br', cookie: 'session=1' });
    await before.get('/en/town/');
    await before.files.written();
    const after = site(folder);
    for (const path of [...asked, chart]) await after.get(path);
    // The front of a city without its findings is kept; the one with them is worked out anew.
    await after.get('/en/town/');
    expect(after.made).toEqual([...asked, chart]);
    const audited = site(folder, { waiting: false });
    await audited.get('/en/town/');
    await audited.files.written();
    const last = site(folder, { waiting: false });
    await last.get('/en/town/');
    expect(last.made).toEqual(['/en/town/']);
  });
});
