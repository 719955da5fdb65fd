import { Hono } from 'hono';
import type { LivePlaces } from '../live-places.ts';
import { type Gauge, Metrics, type RequestKind } from './metrics.ts';

/** One answered request, for a log: no query, no body, no header, no address of a reader. */
export interface AnsweredRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
}

export interface OperationsOptions {
  /** The site. */
  readonly site: Hono;
  readonly version: string;
  readonly engine: string;
  readonly live: LivePlaces;
  /** The heads of the log, asked of the database. */
  readonly heads: () => Promise<readonly { readonly id: string; readonly head: number }[]>;
  readonly onAnswer?: (request: AnsweredRequest) => void;
  /** Longest wait for the database, ms. */
  readonly patience?: number;
}

/**
 * The site with what those who run it need beside it: `/health` (200 while it can do its work, 503 else; the draft
 * `application/health+json`), `/metrics` (Prometheus), and a word about each answer. None of it is part of the published
 * site.
 */
export function withOperations({
  site,
  version,
  engine,
  live,
  heads,
  onAnswer = () => undefined,
  patience = 2000,
}: OperationsOptions): Hono {
  const metrics = new Metrics();
  const app = new Hono();
  app.use(async (c, next) => {
    const start = performance.now();
    await next();
    const milliseconds = Math.round((performance.now() - start) * 10) / 10;
    const path = new URL(c.req.url).pathname;
    metrics.answered(kindOf(path), c.req.method, c.res.status, milliseconds / 1000);
    onAnswer({ method: c.req.method, path: withoutSecrets(path), status: c.res.status, milliseconds });
  });

  app.get('/health', async (c) => {
    const asked = performance.now();
    const found = await within(patience, heads());
    const places = live.catalogues().map(({ city, place }) => ({ city, asOf: place.asOf }));
    // The embedded database has one connection: while it loads it makes others wait, and is well.
    const database = found !== null ? 'pass' : engine === 'pglite' ? 'warn' : 'fail';
    const body = {
      status: database,
      version,
      checks: {
        database: [
          {
            componentType: 'datastore',
            componentId: engine,
            status: database,
            observedValue: Math.round(performance.now() - asked),
            observedUnit: 'ms',
          },
        ],
      },
      places,
    };
    return c.body(JSON.stringify(body), database === 'fail' ? 503 : 200, {
      'content-type': 'application/health+json',
      'cache-control': 'no-store',
    });
  });

  app.get('/metrics', async (c) => {
    const known = await within(patience, heads());
    return c.body(metrics.text(gauges(live, known, engine, version)), 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    });
  });
  // The site answers all else, with its own pages for what is not there and for faults.
  app.all('*', (c) => site.fetch(c.req.raw, c.env));
  return app;
}

function gauges(
  live: LivePlaces,
  heads: readonly { readonly id: string; readonly head: number }[] | null,
  engine: string,
  version: string,
): readonly Gauge[] {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const one = (value: number) => [{ labels: {}, value }];
  return [
    {
      name: 'modelcity_info',
      help: 'Version and engine.',
      values: [{ labels: { version, engine }, value: 1 }],
    },
    {
      name: 'modelcity_database_up',
      help: '1 when the database answered.',
      values: one(heads === null ? 0 : 1),
    },
    {
      name: 'modelcity_place_position',
      help: 'Position of the log that a place is served as of.',
      values: live.catalogues().map(({ city, place }) => ({ labels: { city }, value: place.asOf })),
    },
    {
      name: 'modelcity_log_head',
      help: 'Newest position of the log of a city.',
      values: (heads ?? []).map(({ id, head }) => ({ labels: { city: id }, value: head })),
    },
    {
      name: 'modelcity_refreshes_total',
      help: 'Times that served places were put in anew.',
      type: 'counter',
      values: one(live.version),
    },
    { name: 'process_resident_memory_bytes', help: 'Resident memory.', values: one(rss) },
    { name: 'nodejs_heap_used_bytes', help: 'Heap in use.', values: one(heapUsed) },
    {
      name: 'process_cpu_seconds_total',
      help: 'CPU time used.',
      type: 'counter',
      values: one((user + system) / 1e6),
    },
    { name: 'process_uptime_seconds', help: 'Time since the start.', values: one(process.uptime()) },
  ];
}

function kindOf(path: string): RequestKind {
  if (path === '/health' || path === '/metrics') return 'operations';
  if (path.startsWith('/api/')) return 'api';
  if (path.startsWith('/assets/') || /\.(?:css|js|woff2|svg|ico|png)$/.test(path)) return 'asset';
  return path.startsWith('/editions/') ? 'edition' : 'page';
}

/** A long part of an address may be a key to something: it is not written down. */
export function withoutSecrets(path: string): string {
  return path.replace(/[A-Za-z0-9_~%-]{24,}/g, '…');
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  try {
    return await Promise.race([work.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
