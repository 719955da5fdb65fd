import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { asOwner, testEngines } from '../../scripts/test-stores.ts';
import { exportWorkspace } from '../intake/index.ts';
import { must, place, registersOn } from './fixture.ts';

const script = fileURLToPath(new URL('../../scripts/register-writer.js', import.meta.url));
const writers = 10;
/** Killed at the same moment. */
const together = 3;
/** Starting processes costs most of it. */
const rounds = Math.ceil(Math.min(15, Number(process.env.MODELCITY_CRASHES ?? 6)) / together);
const held = 10;

interface Life {
  readonly child: ChildProcess;
  readonly name: string;
  /** What it said was stored: `filed 2022-000001 …`. */
  readonly said: string[];
  readonly faults: string[];
  readonly ended: Promise<void>;
}

function live(directory: string, databaseUrl: string, writer: number, name: string): Life {
  const child = spawn(process.execPath, [script, directory, databaseUrl, String(writer), name], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  const faults: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    (/^(?:filed|moved|lost|ready)/.test(line) ? said : faults).push(line);
  });
  createInterface({ input: child.stderr }).on('line', (line) => faults.push(line));
  const ended = new Promise<void>((done) => {
    child.once('close', (code, signal) => {
      if (signal !== 'SIGKILL') faults.push(`${name} ended by itself (${signal ?? `exit ${code}`})`);
      done();
    });
  });
  return { child, name, said, faults, ended };
}

const stored = ({ said }: Life): number => said.filter((line) => /^(?:filed|moved)/.test(line)).length;

/** Waits; a writer that ended by itself, or was refused, ends the test at once with what it said. */
async function until(
  what: string,
  lives: readonly Life[],
  holds: () => boolean,
  patience = 240_000,
): Promise<void> {
  const end = Date.now() + patience;
  while (!holds()) {
    expect(lives.flatMap(({ faults }) => faults)).toEqual([]);
    if (Date.now() > end) throw new Error(`waited too long for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe.each(testEngines.filter(({ name }) => name === 'postgres'))(
  'writers of registers on $name',
  (engine) => {
    it(
      'that are killed and lose their connections lose nothing acknowledged and store nothing twice',
      async () => {
        const { directory, databaseUrl = '', open } = await engine.place();
        const store = await open();
        const lives: Life[] = [];
        try {
          await store.submit({
            city: 'shanghai',
            kind: 'workspace',
            agent: 'test',
            received: '2022-01-01T00:00:00Z',
            files: exportWorkspace(place),
            workspace: place,
          });
          const all = registersOn(store, directory);
          const take = (register: string, kind: string, values: Record<string, string>) => {
            const of = all.get(register);
            if (of === undefined) throw new Error(register);
            const common = {
              area: '310117',
              as: 'administrator',
              actor: 'test',
              now: '2022-06-01T00:00:00Z',
            } as const;
            return must(of.take({ ...common, kind, values }));
          };
          for (const code of ['e1', 'e2'])
            await take('organisations', 'enterprise.added', { code, name: code });
          for (let at = 0; at < writers; at += 1)
            await take('carbon', 'issued', {
              issued_to: at % 2 === 0 ? 'e1' : 'e2',
              issue_year: '2021',
              issued_item: 'allowance',
              issued_blocks: `W${at}:1-${held}`,
            });
          const current = Array.from({ length: writers }, (_, at) =>
            live(directory, databaseUrl, at, `${at}-0`),
          );
          lives.push(...current);
          await until('all writers to write', lives, () => current.every((each) => stored(each) > 0));
          for (let round = 1; round <= rounds; round += 1) {
            const some = Array.from({ length: together }, (_, each) => (round * together + each) % writers);
            await new Promise((resolve) => setTimeout(resolve, (round * 37) % 90));
            const killed = current.filter((_, at) => some.includes(at));
            for (const { child } of killed) child.kill('SIGKILL');
            await Promise.all(killed.map(({ ended }) => ended));
            const next = some.map((at) => live(directory, databaseUrl, at, `${at}-${round}`));
            for (const [each, at] of some.entries()) current.splice(at, 1, ...next.slice(each, each + 1));
            lives.push(...next);
            // The server throws out everyone's connections, in the middle of what they do.
            await asOwner(
              databaseUrl,
              `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
            );
            await until('the new writers to write', lives, () => next.every((each) => stored(each) > 0));
          }
          const counts = current.map(stored);
          await until('every writer to go on: none waits for another for ever', lives, () =>
            current.every((each, at) => stored(each) > (counts[at] ?? 0)),
          );
          for (const each of current) each.child.kill('SIGKILL');
          await Promise.all(lives.map(({ ended }) => ended));
          expect(lives.flatMap(({ faults }) => faults)).toEqual([]);

          await all.refresh();
          const messages = ['complaints', 'carbon'].flatMap((register) =>
            [...all.projection.everyCase(register)].flatMap(({ values }) =>
              values._message === undefined ? [] : [`${register} ${values._message}`],
            ),
          );
          expect(new Set(messages).size).toBe(messages.length);
          const known = new Set(messages);
          const said = lives.flatMap((each) => each.said.filter((line) => /^(?:filed|moved)/.test(line)));
          const lost = said.filter((line) => {
            const [word, , life = '', turn = ''] = line.split(' ');
            return !known.has(`${word === 'filed' ? 'complaints' : 'carbon'} ${life} ${turn}`);
          });
          expect(lost).toEqual([]);
          // Numbers are without gaps and none is given twice: a killed writer's turn left nothing.
          const numbers = [...all.projection.everyCase('complaints')].map(({ number }) => number).sort();
          expect(numbers).toEqual(numbers.map((_, at) => `2022-${String(at + 1).padStart(6, '0')}`));
          const head = (await store.cities()).find(({ id }) => id === 'shanghai')?.head ?? 0;
          const running = await store.balances('shanghai');
          expect(running).toEqual(await store.balances('shanghai', { asOf: head }));
          const both = running.filter(({ holder }) => holder.startsWith('organisations.enterprise.'));
          expect(both.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBe(writers * held);
          const cut = lives.flatMap((each) => each.said.filter((line) => line.startsWith('lost'))).length;
          process.stderr.write(
            `${rounds * together} kills among ${writers} writers, ${cut} lost connections: ${said.length} steps acknowledged, ${messages.length} stored, none lost\n`,
          );
        } finally {
          for (const { child } of lives) child.kill('SIGKILL');
          await store.close();
        }
      },
      240_000 + rounds * 60_000,
    );
  },
);
