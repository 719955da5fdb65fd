import { spawn } from 'node:child_process';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A server under mixed readers: `server WORKSPACE CITY [requests a second] [seconds]`. Requests leave at their times, whether or
 * not earlier ones were answered; a latency is counted from the time at which a request should have left. The readers run in
 * this process, on the same machine.
 */
export async function server([
  workspace = 'examples',
  city = 'shanghai',
  rate = '500',
  seconds = '30',
]: readonly string[]): Promise<object> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const words = ['serve', '--workspace', workspace, '--port', '0', '--json', '--no-publish'];
  const child = spawn(process.execPath, [join(root, 'bin/modelcity.js'), ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const started = performance.now();
    const url = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const found = /"url":"([^"]+)"/.exec(text);
        if (found?.[1] !== undefined) resolve(found[1]);
      });
      child.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    const readySeconds = Math.round((performance.now() - started) / 100) / 10;
    const ids: readonly string[] = await fetch(`${url}api/places/${city}/indicators?limit=250`)
      .then((answer) => answer.json())
      .then(({ items }: { items: readonly { id: string }[] }) => items.map(({ id }) => id));
    const drawn = await drawnOf(url, city, ids);
    const cold = await load(url, city, ids, drawn, Number(rate), Number(seconds));
    const warm = await load(url, city, ids, drawn, Number(rate), Number(seconds));
    return {
      engine: process.env.DATABASE_URL === undefined ? 'pglite' : 'postgres',
      indicators: ids.length,
      drawn: drawn.length,
      readySeconds,
      justStarted: cold,
      afterwards: warm,
    };
  } finally {
    child.kill('SIGTERM');
  }
}

interface Load {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly addresses: number;
  readonly errors: number;
  /** Status, address and how often, of some of them. */
  readonly failed: readonly string[];
  readonly notModified: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly mostMs: number;
}

async function load(
  url: string,
  city: string,
  ids: readonly string[],
  drawn: readonly string[],
  rate: number,
  seconds: number,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const times: number[] = [];
  let errors = 0;
  let notModified = 0;
  const failed = new Map<string, number>();
  const etags = new Map<string, string>();
  const next = mixed(city, ids, drawn);
  const begin = performance.now();
  const waiting: Promise<void>[] = [];
  const addresses = new Set<string>();
  for (let number = 0; number < rate * seconds; number += 1) {
    const due = begin + (number * 1000) / rate;
    if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    const path = next();
    addresses.add(path);
    // Every third reader has been there before.
    const known = number % 3 === 0 ? etags.get(path) : undefined;
    waiting.push(
      new Promise((resolve) => {
        const asked = get(
          `${url}${path}`,
          {
            agent,
            headers: {
              'accept-encoding': 'gzip, br',
              ...(known === undefined ? {} : { 'if-none-match': known }),
            },
          },
          (answer) => {
            const status = answer.statusCode ?? 0;
            if (status === 304) notModified += 1;
            else if (status !== 200) {
              errors += 1;
              const what = `${status} ${path}`;
              failed.set(what, (failed.get(what) ?? 0) + 1);
            }
            if (answer.headers.etag !== undefined) etags.set(path, answer.headers.etag);
            answer.resume();
            answer.on('end', () => {
              times.push(performance.now() - due);
              resolve();
            });
          },
        );
        asked.on('error', () => {
          errors += 1;
          resolve();
        });
      }),
    );
  }
  await Promise.all(waiting);
  const took = (performance.now() - begin) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((times[Math.floor(share * (times.length - 1))] ?? 0) * 10) / 10;
  return {
    requests: times.length,
    requestsPerSecond: Math.round(times.length / took),
    addresses: addresses.size,
    errors,
    failed: [...failed].slice(0, 20).map(([what, times]) => `${what} ×${times}`),
    notModified,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    mostMs: at(1),
  };
}

/** Indicators with more than one value, which have a chart: pages lead to a chart only where there is one. */
async function drawnOf(url: string, city: string, ids: readonly string[]): Promise<readonly string[]> {
  const counts = new Map<string, number>();
  let next: string | null = `/api/places/${city}/observations?limit=1000`;
  while (next !== null) {
    const page: {
      items: readonly { indicator: string; period: string; value: string | null }[];
      next: string | null;
    } = await fetch(url.replace(/\/$/, '') + next).then((answer) => answer.json());
    for (const { indicator, period, value } of page.items)
      if (value !== null && period !== 'undated') counts.set(indicator, (counts.get(indicator) ?? 0) + 1);
    next = page.next;
  }
  return ids.filter((id) => (counts.get(id) ?? 0) > 1);
}

/** Addresses as readers ask for them, the same on every run: half are of indicators, few of which draw most readers. */
function mixed(city: string, ids: readonly string[], drawn: readonly string[]): () => string {
  let state = 20_221_128;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const rooms = [
    '',
    'indicators/',
    'goals/',
    'districts/',
    'groups/',
    'status/',
    'data/',
    'compare/',
    'news/',
  ];
  const states = ['', '?kind=bar', '?kind=slope', '?kind=multiples', '?order=value', '?measure=index'];
  return () => {
    const language = random() < 0.5 ? 'en' : 'zh';
    const kind = random();
    if (kind < 0.3) return `${language}/${city}/${rooms[Math.floor(random() * rooms.length)]}`;
    const isDrawn = kind >= 0.8 && kind < 0.95;
    const from = isDrawn ? drawn : ids;
    const id = encodeURIComponent(from[Math.floor(random() ** 3 * from.length)] ?? '');
    const indicator = `${language}/${city}/indicators/${id}/`;
    if (kind < 0.7) return indicator;
    if (kind < 0.8) return `${indicator}${states[Math.floor(random() * states.length)]}`;
    if (kind < 0.9) return `${indicator}chart.svg`;
    return kind < 0.95 ? `${indicator}explore.json` : `api/places/${city}/indicators/${id}`;
  };
}
