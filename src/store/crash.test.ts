import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';

const program = fileURLToPath(new URL('../../scripts/store-writer.js', import.meta.url));

/** Fifty of each kind take minutes, most of it starting processes: CI asks for them, a normal run kills a few. */
const kills = Number(process.env.MODELCITY_CRASHES ?? 3);
/** More that die before they write anything: one in eleven. */
const opening = Math.ceil(kills / 10);

/** Each writer by its engine and city, as the process names them. */
const writers = testEngines.flatMap(({ name }) => [`${name} load`, `${name} record`]);

interface Life {
  /** What the process found when it opened the store, of each writer; empty when it was killed before it could say. */
  readonly heads: ReadonlyMap<string, number>;
  /** The last positions that it said were stored. */
  readonly acknowledged: ReadonlyMap<string, number>;
  readonly faults: readonly string[];
}

/** When a process dies: `delay` ms after its start, or after something was acknowledged to each of its writers. */
interface Death {
  readonly after: 'start' | 'acknowledged';
  readonly delay: number;
}

/** Starts a process with two writers on each engine and kills it with SIGKILL. */
function liveAndDie(args: readonly string[], { after, delay }: Death): Promise<Life> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--liftoff-only', program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const heads = new Map<string, number>();
    const acknowledged = new Map<string, number>();
    const faults: string[] = [];
    let isDying = false;
    const dieWhenDue = (): void => {
      if (isDying || (after === 'acknowledged' && acknowledged.size < writers.length)) return;
      isDying = true;
      setTimeout(() => child.kill('SIGKILL'), delay);
    };
    dieWhenDue();
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [word = '', engine = '', city = '', position = ''] = line.split(' ');
      if (word === 'head') heads.set(`${engine} ${city}`, Number(position));
      else if (word === 'stored') acknowledged.set(`${engine} ${city}`, Number(position));
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

test(`a process killed while it loads and while it enters records, on ${testEngines
  .map(({ name }) => name)
  .join(' and ')}, leaves nothing half-done and loses nothing acknowledged`, {
  timeout: kills * 120_000,
}, async () => {
  const places = await Promise.all(
    testEngines.map(async ({ name, place }) => {
      // Its tables are made by the first that is killed, or by the one after it.
      const { directory, databaseUrl = '-' } = await place('bare');
      return [name, directory, databaseUrl];
    }),
  );
  const args = places.flat();
  const stored = new Map(writers.map((writer) => [writer, 0]));
  const struck = new Map(writers.map((writer) => [writer, 0]));
  for (let kill = 1; kill <= kills + opening; kill += 1) {
    // A tenth more die while opening (the first of all while making the tables), the others while all writers write.
    const life = await liveAndDie(
      args,
      kill % 11 === 1
        ? { after: 'start', delay: 250 + ((kill * 137) % 900) }
        : { after: 'acknowledged', delay: (kill * 31) % 90 },
    );
    expect(life.faults.join('\n')).toBe('');
    for (const writer of writers) {
      const before = stored.get(writer) ?? 0;
      const head = life.heads.get(writer);
      if (head !== undefined) expect(head).toBeGreaterThanOrEqual(before);
      const last = life.acknowledged.get(writer);
      // Each writer hands in the next as soon as one is acknowledged: it was struck in the midst of it.
      if (last !== undefined) struck.set(writer, (struck.get(writer) ?? 0) + 1);
      stored.set(writer, Math.max(before, head ?? 0, last ?? 0));
    }
  }
  const last = await liveAndDie(args, { after: 'acknowledged', delay: 0 });
  expect(last.faults.join('\n')).toBe('');
  for (const writer of writers) {
    expect(last.heads.get(writer)).toBeGreaterThanOrEqual(stored.get(writer) ?? 0);
    expect(struck.get(writer)).toBeGreaterThanOrEqual(kills);
  }
  const counts = writers.map((writer) => `${struck.get(writer)} of ${writer} (${stored.get(writer)} stored)`);
  process.stderr.write(`killed: ${counts.join(', ')}, none lost\n`);
});
