import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';

const writer = fileURLToPath(new URL('../../scripts/store-writer.js', import.meta.url));

/** Fifty of each kind take minutes, most of it starting processes: CI asks for them, a normal run kills a few. */
const kills = Number(process.env.MODELCITY_CRASHES ?? 3);
/** More that die before they write anything: one in eleven. */
const opening = Math.ceil(kills / 10);

const cities = ['load', 'record'] as const;
type City = (typeof cities)[number];

interface Life {
  /** What the process found when it opened the store, of each city; empty when it was killed before it could say. */
  readonly heads: ReadonlyMap<string, number>;
  /** The last positions that it said were stored. */
  readonly acknowledged: ReadonlyMap<string, number>;
  readonly faults: readonly string[];
}

/** When a process dies: `delay` ms after its start, or after something was acknowledged to the writers of each of `after`. */
interface Death {
  readonly after: readonly City[];
  readonly delay: number;
}

/** Starts a process with two writers and kills it with SIGKILL. */
function liveAndDie(args: readonly string[], { after, delay }: Death): Promise<Life> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--liftoff-only', writer, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const heads = new Map<string, number>();
    const acknowledged = new Map<string, number>();
    const faults: string[] = [];
    let isDying = false;
    const dieWhenDue = (): void => {
      if (isDying || !after.every((city) => acknowledged.has(city))) return;
      isDying = true;
      setTimeout(() => child.kill('SIGKILL'), delay);
    };
    dieWhenDue();
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [word = '', city = '', position = ''] = line.split(' ');
      if (word === 'head') heads.set(city, Number(position));
      else if (word === 'stored') acknowledged.set(city, Number(position));
      else faults.push(line);
      dieWhenDue();
    });
    createInterface({ input: child.stderr }).on('line', (line) => faults.push(line));
    child.once('error', reject);
    child.once('close', (_code, signal) => {
      if (signal !== 'SIGKILL' && faults.length === 0) faults.push('the writers ended by themselves');
      resolve({ heads, acknowledged, faults });
    });
  });
}

describe.each(testEngines)('a process killed on $name', (engine) => {
  test(
    'while it loads and while it enters records leaves nothing half-done and loses nothing acknowledged',
    async () => {
      const place = await engine.place();
      const args = [place.directory, place.databaseUrl ?? '-'];
      const stored = new Map<string, number>(cities.map((city) => [city, 0]));
      const struck = new Map<string, number>(cities.map((city) => [city, 0]));
      for (let kill = 1; kill <= kills + opening; kill += 1) {
        // A tenth more die while opening (the first of all while making the tables), the others while both writers write.
        const isOpening = kill % 11 === 1;
        const life = await liveAndDie(
          args,
          isOpening
            ? { after: [], delay: 250 + ((kill * 137) % 900) }
            : { after: cities, delay: (kill * 31) % 90 },
        );
        expect(life.faults.join('\n')).toBe('');
        for (const city of cities) {
          const before = stored.get(city) ?? 0;
          const head = life.heads.get(city);
          if (head !== undefined) expect(head).toBeGreaterThanOrEqual(before);
          const last = life.acknowledged.get(city);
          // Each writer hands in the next as soon as one is acknowledged: it was struck in the midst of it.
          if (last !== undefined) struck.set(city, (struck.get(city) ?? 0) + 1);
          stored.set(city, Math.max(before, head ?? 0, last ?? 0));
        }
      }
      const last = await liveAndDie(args, { after: cities, delay: 0 });
      expect(last.faults.join('\n')).toBe('');
      for (const city of cities) {
        expect(last.heads.get(city)).toBeGreaterThanOrEqual(stored.get(city) ?? 0);
        expect(struck.get(city)).toBeGreaterThanOrEqual(kills);
      }
      const counts = cities.map((city) => `${struck.get(city)} of ${city} (${stored.get(city)} stored)`);
      process.stderr.write(`killed on ${engine.name}: ${counts.join(', ')}, none lost\n`);
    },
    kills * 120_000,
  );
});
