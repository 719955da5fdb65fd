import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { hasBrowserFor, openBrowser } from '../scripts/browser.js';

/** Addresses below a language: what most visitors open. An indicator's chart is made live too. */
const visited = [
  'CITY/',
  'CITY/indicators/',
  'CITY/indicators/INDICATOR/',
  'CITY/goals/',
  'CITY/districts/',
  'CITY/data/',
];

/** A phone on a slow network, as Lighthouse takes it: a processor four times slower, 1.6 Mbit/s, 150 ms there and back. */
const phone = { slower: 4, latency: 150, bytesPerSecond: (1.6 * 1024 * 1024) / 8, width: 412, height: 823 };

interface Weight {
  readonly requests: number;
  readonly scripts: number;
  /** Bytes that came over the network, packed, with heads. */
  readonly kilobytes: number;
}

interface View extends Weight {
  readonly path: string;
  /** Until something is painted, and until the largest part is; ms. */
  readonly firstPaintMs: number;
  readonly largestPaintMs: number;
  /** How much moved while the page came: 0 is nothing. */
  readonly layoutShift: number;
  /** Over 50 ms in one piece, summed: a press has to wait as long. */
  readonly blockedMs: number;
  /** Whether code of charts came before anything was touched. */
  readonly chartCode: boolean;
  /** All that has come once the chart has been made live; absent where there is none. */
  readonly live?: Weight;
}

/**
 * What pages weigh and when they are seen: `weights [WORKSPACE] [CITY] [INDICATOR]`, in both languages, on a phone on a slow
 * network and at a desk, each in a new browser without anything kept.
 */
export async function weights([
  workspace = 'examples',
  city = 'shanghai',
  indicator = 'energy_per_gdp',
]: readonly string[]): Promise<object> {
  if (!hasBrowserFor('weights of pages are')) return {};
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const words = ['serve', '--workspace', workspace, '--port', '0', '--json', '--no-publish'];
  const server = spawn(process.execPath, [join(root, 'bin/modelcity.js'), ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const browser = await openBrowser();
  try {
    const url = await addressOf(server);
    const paths = visited.flatMap((path) =>
      ['en', 'zh'].map(
        (language) => `${language}/${path.replace('CITY', city).replace('INDICATOR', indicator)}`,
      ),
    );
    // Pages are made before they are measured: a cold server is another bench.
    for (const path of paths) await (await fetch(url + path)).arrayBuffer();
    const views: Record<'phone' | 'desk', View[]> = { phone: [], desk: [] };
    for (const path of paths) {
      views.phone.push(await viewOf(browser, url, path, true));
      views.desk.push(await viewOf(browser, url, path, false));
    }
    const all = [...views.phone, ...views.desk];
    const most = (of: (view: View) => number | undefined): number =>
      Math.max(...all.map((view) => of(view) ?? 0));
    return {
      most: {
        firstViewKilobytes: most(({ kilobytes }) => kilobytes),
        liveKilobytes: most(({ live }) => live?.kilobytes),
        firstViewWithChartCode: all.filter(({ chartCode }) => chartCode).length,
        layoutShift: most(({ layoutShift }) => layoutShift),
        blockedMs: most(({ blockedMs }) => blockedMs),
        largestPaintMs: most(({ largestPaintMs }) => largestPaintMs),
      },
      ...views,
    };
  } finally {
    await browser.close();
    server.kill('SIGTERM');
  }
}

function addressOf(server: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = /"url":"([^"]+)"/.exec(text);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    server.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

async function viewOf(browser: Browser, url: string, path: string, isPhone: boolean): Promise<View> {
  const viewport = isPhone ? { width: phone.width, height: phone.height } : { width: 1280, height: 900 };
  const context = await browser.newContext({ viewport, serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const came = await countedBy(session);
    if (isPhone) {
      await session.send('Emulation.setCPUThrottlingRate', { rate: phone.slower });
      await session.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: phone.latency,
        downloadThroughput: phone.bytesPerSecond,
        uploadThroughput: phone.bytesPerSecond,
      });
    }
    await page.addInitScript(noteTimes);
    await page.goto(url + path, { waitUntil: 'networkidle' });
    // A face of letters may be asked for late.
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const { first, largest, moved, blocked } = await page.evaluate(() => window.modelcityTimes);
    const weight = came();
    const chartCode = weight.files.some((file) => /explorer|chart\.classic/.test(file));
    const live = await touched(page, came);
    return {
      path,
      ...told(weight),
      firstPaintMs: Math.round(first),
      largestPaintMs: Math.round(largest),
      layoutShift: Math.round(moved * 1000) / 1000,
      blockedMs: Math.round(blocked),
      chartCode,
      ...(live === null ? {} : { live }),
    };
  } finally {
    await context.close();
  }
}

/** Opens the controls of the page's first chart, and waits until it is live; null where there is no chart. */
async function touched(page: Page, came: () => Came): Promise<Weight | null> {
  const chart = page.locator('modelcity-explorer').first();
  if ((await chart.count()) === 0) return null;
  await chart.locator('summary').first().click();
  await page.locator('modelcity-explorer.live svg.chart').waitFor();
  await page.waitForLoadState('networkidle');
  return told(came());
}

interface Came {
  readonly files: readonly string[];
  readonly scripts: number;
  readonly bytes: number;
}

const told = ({ files, scripts, bytes }: Came): Weight => ({
  requests: files.length,
  scripts,
  kilobytes: Math.round(bytes / 100) / 10,
});

/** Counts what comes over the network; the answer tells what has come so far. */
async function countedBy(session: CDPSession): Promise<() => Came> {
  const files: string[] = [];
  let [scripts, bytes] = [0, 0];
  session.on('Network.responseReceived', ({ response, type }) => {
    files.push(new URL(response.url).pathname);
    if (type === 'Script') scripts += 1;
  });
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  return () => ({ files: [...files], scripts, bytes });
}

interface Times {
  first: number;
  largest: number;
  moved: number;
  blocked: number;
}

declare global {
  interface Window {
    modelcityTimes: Times;
  }
}

/** Runs in the page before anything of it: notes paints, what moves without a touch, and work that blocks. */
function noteTimes(): void {
  const times: Times = { first: 0, largest: 0, moved: 0, blocked: 0 };
  window.modelcityTimes = times;
  const each = (
    type: string,
    note: (entry: PerformanceEntry & { value?: number; hadRecentInput?: boolean }) => void,
  ) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) note(entry);
    }).observe({ type, buffered: true });
  each('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') times.first = startTime;
  });
  each('largest-contentful-paint', ({ startTime }) => {
    times.largest = startTime;
  });
  each('layout-shift', ({ value = 0, hadRecentInput = false }) => {
    if (!hadRecentInput) times.moved += value;
  });
  each('longtask', ({ duration }) => {
    times.blocked += Math.max(0, duration - 50);
  });
}
