import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';

const writer = fileURLToPath(new URL('../../scripts/store-writer.js', import.meta.url));

/** Fifty of each kind take minutes, most of it starting processes: CI asks for them, a normal run kills a few. */
const kills = Number(process.env.MODELCITY_CRASHES ?? 3);

interface Life {
  /** What the process found when it opened the store; null when it was killed before it could say. */
  readonly head: number | null;
  /** The last position that it said was stored. */
  readonly acknowledged: number;
  readonly faults: readonly string[];
}

/** Starts a writer and kills it with SIGKILL, `delay` ms after its n-th line: its head first, then what it stored. */
function liveAndDie(args: readonly string[], lines: number, delay: number): Promise<Life> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--liftoff-only', writer, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let head: number | null = null;
    let acknowledged = 0;
    const faults: string[] = [];
    const die = (): void => {
      setTimeout(() => child.kill('SIGKILL'), delay);
    };
    let heard = 0;
    if (lines === 0) die();
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [word = '', rest = ''] = line.split(/ (.*)/);
      if (word === 'head') head = Number(rest);
      else if (word === 'stored') acknowledged = Number(rest);
      else faults.push(line);
      heard += 1;
      if (heard === lines) die();
    });
    createInterface({ input: child.stderr }).on('line', (line) => faults.push(line));
    child.once('error', reject);
    child.once('close', (_code, signal) => {
      if (signal !== 'SIGKILL' && faults.length === 0) faults.push('the writer ended by itself');
      resolve({ head, acknowledged, faults });
    });
  });
}

describe.each(testEngines)('a process killed on $name', (engine) => {
  test.each(['load', 'record'])(
    'during %s leaves nothing half-done and loses nothing acknowledged',
    async (mode) => {
      const place = await engine.place();
      const args = [place.directory, place.databaseUrl ?? '-', mode];
      let acknowledged = 0;
      let written = 0;
      for (let kill = 1; kill <= kills; kill += 1) {
        // Every fifth dies while opening (the first of all while making the tables), the others while writing.
        const lines = kill % 5 === 1 ? 0 : 1 + (kill % 4);
        const life = await liveAndDie(
          args,
          lines,
          lines === 0 ? 250 + ((kill * 137) % 900) : (kill * 31) % 90,
        );
        expect(life.faults.join('\n')).toBe('');
        if (life.head !== null) expect(life.head).toBeGreaterThanOrEqual(acknowledged);
        if (life.acknowledged > 0) written += 1;
        acknowledged = Math.max(acknowledged, life.acknowledged, life.head ?? 0);
      }
      const last = await liveAndDie(args, 1, 0);
      expect(last.faults.join('\n')).toBe('');
      expect(last.head).toBeGreaterThanOrEqual(acknowledged);
      expect(written).toBeGreaterThan(0);
      process.stderr.write(
        `${kills} kills during ${mode} on ${engine.name}: ${acknowledged} submissions, none lost\n`,
      );
    },
    kills * 60_000,
  );
});
