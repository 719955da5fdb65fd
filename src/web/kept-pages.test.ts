import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { keptPages } from './kept-pages.ts';

function site(mostBytes?: number) {
  let version = 0;
  const come = { done: false };
  const asked: string[] = [];
  const app = new Hono();
  app.use(
    keptPages(
      mostBytes,
      () => version,
      (path) => path.endsWith('/waiting/') && !come.done,
    ),
  );
  app.get('*', async (c) => {
    const { pathname, search } = new URL(c.req.url);
    asked.push(pathname + search);
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (pathname.startsWith('/own/')) c.header('cache-control', 'no-store');
    return c.text(`${version} ${pathname}${search} ${'x'.repeat(1000)}`);
  });
  const get = async (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });
  return { asked, get, come, change: () => (version += 1) };
}
const chart = '/en/town/indicators/water/';

describe('a finished page', () => {
  it('is made once for all who ask at the same time, packed or not, and again after a change', async () => {
    const { asked, get, change } = site();
    const answers = await Promise.all(
      ['br', 'gzip', 'identity', 'br'].map((encoding) => get(chart, { 'accept-encoding': encoding })),
    );
    expect(answers.map(({ headers }) => headers.get('content-encoding'))).toEqual(['br', 'gzip', null, 'br']);
    expect(asked).toEqual([chart]);
    const etag = answers[0]?.headers.get('etag') ?? '';
    expect((await get(chart, { 'if-none-match': etag })).status).toBe(304);
    change();
    const fresh = await get(chart, { 'if-none-match': etag });
    expect([fresh.status, (await fresh.text()).slice(0, 2)]).toEqual([200, '1 ']);
  });

  it('that is kept is handed out between the making of others', async () => {
    const { get } = site();
    await get(chart);
    const order: string[] = [];
    const others = Array.from({ length: 9 }, (_, at) => `/en/town/${at}/`);
    await Promise.all([...others, chart].map((path) => get(path).then(() => order.push(path))));
    expect(order[0]).toBe(chart);
  });

  it('that waits for something is kept until it has come', async () => {
    const { asked, get, come } = site();
    for (let time = 0; time < 2; time += 1) await get('/en/town/waiting/');
    expect(asked.length).toBe(1);
    come.done = true;
    for (let time = 0; time < 2; time += 1) await get('/en/town/waiting/');
    expect(asked.length).toBe(2);
  });

  it('is held packed, and is the same to whoever unpacks it', async () => {
    const { asked, get } = site();
    const text = await (await get(chart, { 'accept-encoding': 'identity' })).text();
    const packed = async (encoding: 'br' | 'gzip'): Promise<string> => {
      const body = await (await get(chart, { 'accept-encoding': encoding })).arrayBuffer();
      return (encoding === 'br' ? brotliDecompressSync(body) : gunzipSync(body)).toString();
    };
    for (const encoding of ['br', 'gzip', 'br'] as const) expect(await packed(encoding)).toBe(text);
    expect(await (await get(chart)).text()).toBe(text);
    expect(asked).toEqual([chart]);
  });

  it('is neither got nor left behind by whoever signs in', async () => {
    const { asked, get } = site();
    const own = [{ cookie: 'session=1' }, { authorization: 'Bearer key' }];
    for (const headers of own) await get(chart, headers);
    expect(asked.length).toBe(2);
    await get(chart);
    await get(chart);
    expect(asked.length).toBe(3);
    for (const headers of own) await get(chart, headers);
    expect(asked.length).toBe(5);
  });

  it('is kept with the state of its chart, but not for sessions, searches or endless queries', async () => {
    const { asked, get } = site();
    for (const path of [`${chart}?kind=bar`, `${chart}?kind=bar`, '/en/search/?q=a', '/en/search/?q=a'])
      await get(path);
    expect(asked).toEqual([`${chart}?kind=bar`, '/en/search/?q=a', '/en/search/?q=a']);
    await get(`${chart}?kind=bar`, { cookie: 'session=1' });
    for (let time = 0; time < 2; time += 1) await get(`${chart}?show=${'y'.repeat(400)}`);
    expect(asked.length).toBe(6);
  });

  it('that is somebody’s own is made for each, also when asked for at once', async () => {
    const { asked, get } = site();
    await Promise.all([get('/own/page/'), get('/own/page/'), get('/own/page/')]);
    expect(asked.length).toBe(3);
  });

  it('leaves when others take its room, and states of charts never push out pages', async () => {
    const { asked, get } = site(8_000);
    await get(chart);
    for (let time = 0; time < 20; time += 1) await get(`${chart}?to=${time}`);
    await get(chart);
    await get(`${chart}?to=0`);
    expect(asked.filter((path) => path === chart).length).toBe(1);
    expect(asked.filter((path) => path === `${chart}?to=0`).length).toBe(2);
  });
});
