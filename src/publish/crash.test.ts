import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder, testEngines } from '../../scripts/test-stores.ts';
import { sha256 } from '../figures/index.ts';
import { verifyEdition } from './verify.ts';

/** Kills while publishing, each on all engines at once: a few here, fifty in CI. */
const kills = Number(process.env.MODELCITY_CRASHES ?? 3);

const writer = fileURLToPath(new URL('../../scripts/publish-writer.js', import.meta.url));

/** What one process did, by engine. */
interface Life {
  /** How far the log was when the store was open; nothing when the process died before. */
  readonly heads: ReadonlyMap<string, number>;
  readonly archives: ReadonlyMap<string, string>;
  /** From the moment all stores were open to the end, ms. */
  readonly published: number;
  /** What it said that it should not. */
  readonly faults: string;
}

/** Publishes in a process of its own from stores; killed `after` ms counted from its start, or from its open stores. */
function live(
  places: readonly (readonly string[])[],
  kill: { readonly from: 'start' | 'open'; readonly after: number } | null = null,
): Promise<Life> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--liftoff-only', writer, ...places.flat()], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const heads = new Map<string, number>();
    const archives = new Map<string, string>();
    let opened = performance.now();
    const faults: string[] = [];
    const die = (): void => {
      if (kill !== null) setTimeout(() => child.kill('SIGKILL'), kill.after);
    };
    if (kill?.from === 'start') die();
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [word = '', engine = '', rest = ''] = line.split(' ');
      if (word === 'head') {
        heads.set(engine, Number(rest));
        if (heads.size < places.length) return;
        opened = performance.now();
        if (kill?.from === 'open') die();
      } else if (word === 'published') archives.set(engine, rest);
      else faults.push(line);
    });
    createInterface({ input: child.stderr }).on('line', (line) => faults.push(line));
    child.once('error', reject);
    child.once('close', () =>
      resolve({ heads, archives, published: performance.now() - opened, faults: faults.join('\n') }),
    );
  });
}

const digest = (file: string | undefined): string => sha256(readFileSync(file ?? ''));

it(`publishing killed ${kills} times on each engine leaves nothing half-done, in the folder or in the database`, {
  timeout: 1_800_000,
}, async () => {
  const places = await Promise.all(
    testEngines.map(async ({ name, place }) => {
      const { directory, databaseUrl = '-' } = await place();
      return [name, directory, databaseUrl, temporaryFolder()] as const;
    }),
  );
  const outs = new Map(places.map(([name, , , out]) => [name, out]));
  const first = await live(places);
  expect(first.faults).toBe('');
  const bytes = new Map(testEngines.map(({ name }) => [name, digest(first.archives.get(name))]));
  for (const out of outs.values()) rmSync(join(out, 'small-2022-1'), { recursive: true });
  const halves = new Map(testEngines.map(({ name }) => [name, 0]));
  const inTheMidst = new Map(testEngines.map(({ name }) => [name, 0]));
  const count = (of: Map<string, number>, name: string) => of.set(name, (of.get(name) ?? 0) + 1);
  let { published } = first;
  for (let kill = 0; kill < kills; kill += 1) {
    // Spread evenly over the time that publishing takes, however many there are.
    const share = (0.4 + kill * 0.6180339887) % 1;
    // Every tenth dies while it opens the stores, the others from there to a little after they should be done.
    const life = await live(
      // Who is first publishes first: each in its turn.
      kill % 2 === 0 ? places : [...places].reverse(),
      kill % 10 === 9
        ? { from: 'start', after: 200 + 600 * share }
        : { from: 'open', after: published * 1.05 * share },
    );
    expect(life.faults).toBe('');
    if (life.archives.size === places.length) published = Math.min(published, life.published);
    for (const [engine, out] of outs) {
      const head = life.heads.get(engine);
      if (head !== undefined) expect(head).toBe(1);
      if (head !== undefined && !life.archives.has(engine)) count(inTheMidst, engine);
      const names = readdirSync(out);
      if (names.some((name) => name.startsWith('.partial-'))) count(halves, engine);
      for (const name of names.filter((each) => !each.startsWith('.'))) {
        expect(verifyEdition(join(out, name)).findings).toEqual([]);
        expect(digest(join(out, name, `${name}.zip`))).toBe(bytes.get(engine));
        // Published in time: take it away, so that the next run has something to write again.
        rmSync(join(out, name), { recursive: true });
      }
    }
  }
  const last = await live(places);
  expect(last.faults).toBe('');
  for (const [engine, out] of outs) {
    // Some died while they published, or this shows nothing; of many, some while they wrote.
    expect(inTheMidst.get(engine)).toBeGreaterThan(0);
    if (kills > 20) expect(halves.get(engine)).toBeGreaterThan(0);
    expect(last.heads.get(engine)).toBe(1);
    expect(digest(last.archives.get(engine))).toBe(bytes.get(engine));
    expect(readdirSync(out)).toEqual(['small-2022-1']);
    process.stderr.write(
      `${kills} kills on ${engine}: ${inTheMidst.get(engine)} while publishing, ${halves.get(engine)} of them left a half that the next one took away\n`,
    );
  }
});

it('runs from the built product', () => {
  expect(existsSync(fileURLToPath(new URL('../../dist/publish/publish.js', import.meta.url)))).toBe(true);
});
