import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, testEngines } from '../../scripts/test-stores.ts';
import { sha256 } from '../figures/index.ts';
import { verifyEdition } from './verify.ts';

/** Kills while publishing, on each engine: a few here, fifty in CI. */
const kills = Number(process.env.MODELCITY_CRASHES ?? 3);

const writer = fileURLToPath(new URL('../../scripts/publish-writer.js', import.meta.url));

interface Life {
  /** How far the log was when the store was open; null when the process died before. */
  readonly head: number | null;
  readonly archive: string | null;
  /** From the moment the store was open to the end, ms. */
  readonly published: number;
  /** What it said that it should not. */
  readonly faults: string;
}

/** Publishes in a process of its own from a store; killed `after` ms counted from its start, or from its open store. */
function live(
  args: readonly string[],
  kill: { readonly from: 'start' | 'open'; readonly after: number } | null = null,
): Promise<Life> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--liftoff-only', writer, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let head: number | null = null;
    let archive: string | null = null;
    let opened = performance.now();
    const faults: string[] = [];
    const die = (): void => {
      if (kill !== null) setTimeout(() => child.kill('SIGKILL'), kill.after);
    };
    if (kill?.from === 'start') die();
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [word = '', rest = ''] = line.split(/ (.*)/);
      if (word === 'head') {
        head = Number(rest);
        opened = performance.now();
        if (kill?.from === 'open') die();
      } else if (word === 'published') archive = rest;
      else faults.push(line);
    });
    createInterface({ input: child.stderr }).on('line', (line) => faults.push(line));
    child.once('error', reject);
    child.once('close', () =>
      resolve({ head, archive, published: performance.now() - opened, faults: faults.join('\n') }),
    );
  });
}

const digest = (file: string | null): string => sha256(readFileSync(file ?? ''));

describe.each(testEngines)('publishing from $name', (engine) => {
  it(`killed ${kills} times leaves nothing half-done, in the folder or in the database`, {
    timeout: 1_800_000,
  }, async () => {
    const { directory, databaseUrl = '-' } = await engine.place();
    const out = temporaryFolder();
    const args = [directory, databaseUrl, out];
    const first = await live(args);
    expect(first.faults).toBe('');
    const bytes = digest(first.archive);
    rmSync(join(out, 'shanghai-2022-1'), { recursive: true });
    let halves = 0;
    let inTheMidst = 0;
    let { published } = first;
    for (let kill = 0; kill < kills; kill += 1) {
      // Spread evenly over the time that publishing takes, however many there are.
      const share = (0.4 + kill * 0.6180339887) % 1;
      // Every tenth dies while it opens the store, the others from there to a little after they should be done.
      const life = await live(
        args,
        kill % 10 === 9
          ? { from: 'start', after: 200 + 600 * share }
          : { from: 'open', after: published * 1.05 * share },
      );
      expect(life.faults).toBe('');
      if (life.head !== null) expect(life.head).toBe(1);
      if (life.head !== null && life.archive === null) inTheMidst += 1;
      if (life.archive !== null) published = Math.min(published, life.published);
      const names = readdirSync(out);
      if (names.some((name) => name.startsWith('.partial-'))) halves += 1;
      for (const name of names.filter((each) => !each.startsWith('.'))) {
        expect(verifyEdition(join(out, name)).findings).toEqual([]);
        expect(digest(join(out, name, `${name}.zip`))).toBe(bytes);
        // Published in time: take it away, so that the next run has something to write again.
        rmSync(join(out, name), { recursive: true });
      }
    }
    // Some died while they published, or this shows nothing; of many, some while they wrote.
    expect(inTheMidst).toBeGreaterThan(0);
    if (kills > 20) expect(halves).toBeGreaterThan(0);
    const last = await live(args);
    expect([last.faults, last.head]).toEqual(['', 1]);
    expect(digest(last.archive)).toBe(bytes);
    expect(readdirSync(out)).toEqual(['shanghai-2022-1']);
    process.stderr.write(
      `${kills} kills from ${engine.name}: ${inTheMidst} while publishing, ${halves} of them left a half that the next one took away\n`,
    );
  });
});

it('runs from the built product', () => {
  expect(existsSync(fileURLToPath(new URL('../../dist/publish/publish.js', import.meta.url)))).toBe(true);
});
