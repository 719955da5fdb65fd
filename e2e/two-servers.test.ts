import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testEngines } from '../scripts/test-stores.ts';
import { loadWorkspace } from '../src/intake/index.ts';
import { roundSchema } from '../src/plan/index.ts';
import type { Store } from '../src/store/index.ts';
import { officeRegisters } from '../src/web/office/log.ts';

const engine = testEngines.find(({ name }) => name === 'postgres');
const areas = ['T1', 'T2', 'T3', 'T4'];
const files: Readonly<Record<string, string>> = {
  'city.yaml': `modelcity: 1
id: tiny
name: { en: Tiny, zh: 小城 }
area: T
languages: [en, zh]
areas:
  - { id: T, name: { en: Tiny, zh: 小城 }, kind: city }
${areas.map((id) => `  - { id: ${id}, name: { en: ${id}, zh: ${id} }, kind: district, parent: T }`).join('\n')}
sources: [{ id: book, title: { en: Book, zh: 书 }, producer: { en: Office, zh: 局 }, date: 2022, licence: CC0 }]
`,
  'indicators/all.yaml': `- { id: gas, name: { en: Gas, zh: 燃气 }, unit: t }
- { id: waste, name: { en: Waste, zh: 垃圾 }, unit: t }
`,
};

/** A cell as the program that enters it knows it. */
interface Cell {
  readonly area: string;
  readonly indicator: string;
  readonly key: string;
  /** What was acknowledged, in the order of the cell's events. */
  readonly acknowledged: { save: string; value: string; seq: number }[];
}

/** A port that was free a moment ago. */
const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

describe.skipIf(engine === undefined)('two servers on one PostgreSQL', { timeout: 180_000 }, () => {
  let store: Store;
  const running: { child: ChildProcess; port: number; said: string }[] = [];
  const cells: Cell[] = [];

  beforeAll(async () => {
    const place = await engine?.place();
    if (place?.databaseUrl === undefined) throw new Error('a server has an address');
    const folder = join(place.directory, 'tiny');
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { databaseUrl } = place;
    store = await place.open();
    await loadWorkspace(store, folder, { agent: 'test', received: '2023-01-01T00:00:00Z' });
    await openRound();
    for (const area of areas)
      for (const indicator of ['gas', 'waste'])
        cells.push({ area, indicator, key: await keyFor(area, indicator), acknowledged: [] });
    for (const _ of [1, 2]) running.push(await startServer(folder, databaseUrl));
  }, 120_000);
  afterAll(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await store?.close();
  });

  async function openRound(): Promise<void> {
    const round = roundSchema.parse({
      id: 'r',
      name: { en: 'R', zh: '轮' },
      theme: { en: 'T', zh: '题' },
      period: '2022',
      goals: [],
      areas,
      departments: [{ id: 'd', name: { en: 'D', zh: '部' } }],
      asked: ['gas', 'waste'].map((indicator) => ({ indicator, department: 'd', reason: 'test' })),
      calendar: { opens: '2023-01-01', due: '2033-02-01', check: '2033-02-15', approve: '2033-03-01' },
      release: null,
    });
    const receipt = await store.submit({
      city: 'tiny',
      kind: 'record',
      agent: 'test',
      received: '2023-01-01T00:00:00Z',
      files: [],
      records: {
        registers: [{ register: 'round', version: 1, steps: [...officeRegisters.round] }],
        events: [
          {
            area: 'T',
            stream: 'round:r',
            seq: 1,
            register: 'round',
            version: 1,
            kind: 'opened',
            from: '',
            occurred: '2023-01-01T00:00:00Z',
            actor: 'test',
            body: { round },
          },
        ],
      },
    });
    expect('findings' in receipt ? receipt.findings : []).toEqual([]);
  }

  async function keyFor(area: string, indicator: string): Promise<string> {
    const [id, part] = [randomBytes(12).toString('base64url'), randomBytes(32).toString('base64url')];
    const person = `${area}-${indicator}`;
    const at = '2023-01-01T00:00:00Z';
    await store.people.addPerson(
      { id: person, name: person, email: `${person}@t.example`.toLowerCase() },
      at,
    );
    const given = { city: 'tiny', id: `g-${person}`, person, area, department: '*', givenBy: 'test' };
    await store.people.grant({ ...given, role: 'reporter', givenAt: at });
    await store.people.makeKey({
      id,
      sha256: createHash('sha256').update(part).digest('hex'),
      person,
      label: 'test',
      roles: ['reporter'],
      area: '*',
      made: new Date().toISOString(),
      expires: new Date(Date.now() + 3_600_000).toISOString(),
      ended: null,
    });
    return `mck_${id}_${part}`;
  }

  async function startServer(folder: string, databaseUrl: string) {
    const port = await freePort();
    const child = spawn(
      process.execPath,
      ['bin/modelcity.js', 'serve', '--workspace', folder, '--no-publish', '--port', String(port)],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: {
          ...process.env,
          DATABASE_URL: databaseUrl,
          MODELCITY_SECRET: 'the same secret in both of them',
        },
      },
    );
    const server = { child, port, said: '' };
    await new Promise<void>((done, fail) => {
      child.stderr.on('data', (chunk: Buffer) => {
        server.said += chunk.toString();
        if (server.said.includes('Ready after')) done();
      });
      child.once('exit', (code) => fail(new Error(`ended with ${code}: ${server.said.slice(-800)}`)));
    });
    // A proxy in front keeps connections for a minute; none may be closed under it.
    const { headers } = await fetch(`http://localhost:${port}/en/`);
    expect(headers.get('keep-alive')).toBe('timeout=65');
    return server;
  }

  /** Enters one value after the other until told to stop; to the other server when the one in hand does not answer. */
  async function enter(cell: Cell, first: number, isOver: () => boolean): Promise<void> {
    const { area, indicator, key, acknowledged } = cell;
    let at = first;
    for (let turn = acknowledged.length; !isOver(); turn++) {
      const [save, value] = [`${area}-${indicator}-${turn}`, String(100 + turn)];
      for (let attempt = 0; ; attempt++) {
        const port = running[at % running.length]?.port;
        try {
          const response = await fetch(`http://localhost:${port}/api/office/tiny/rounds/r/cells`, {
            method: 'POST',
            headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
            body: JSON.stringify({
              save,
              cells: [{ area, department: 'd', indicator, value, expected: acknowledged.at(-1)?.seq ?? 0 }],
            }),
          });
          const { cells: answers }: { cells: { outcome: string; seq: number }[] } = await response.json();
          expect(answers, save).toMatchObject([{ outcome: 'saved' }]);
          acknowledged.push({ save, value, seq: answers[0]?.seq ?? 0 });
          break;
        } catch (error) {
          // A server that is gone gives no answer; what it answered wrongly is a fault of the test’s matter.
          if (!(error instanceof TypeError) && !(error instanceof SyntaxError)) throw error;
          if (attempt > 50) throw error;
          at += 1;
          await new Promise((done) => setTimeout(done, 50));
        }
      }
    }
  }

  /** Every acknowledged value stands in the log once, at the number that was told; the newest is what the cell says. */
  async function nothingIsLost(): Promise<number> {
    const events = await store.events('tiny', { register: 'cell' });
    let count = 0;
    for (const { area, indicator, acknowledged } of cells) {
      const stored = events
        .filter((each) => each.area === area && each.stream.split(':')[3] === indicator)
        .sort((a, b) => a.seq - b.seq);
      for (const { save, value, seq } of acknowledged) {
        const same = stored.filter(({ body }) => body.save === save);
        expect(
          same.map((each) => [each.seq, each.body.value]),
          save,
        ).toEqual([[seq, value]]);
      }
      // What was sent and not answered may be there too, at most once: the next save was refused else.
      expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, index) => index + 1));
      count += acknowledged.length;
    }
    return count;
  }

  it('one is killed while people enter: nobody loses an acknowledged cell, and all go on at the other', async () => {
    let over = false;
    const entering = cells.map((cell, at) => enter(cell, at, () => over));
    await expect
      .poll(() => cells.every(({ acknowledged }) => acknowledged.length >= 3), { timeout: 60_000 })
      .toBe(true);
    const before = cells.map(({ acknowledged }) => acknowledged.length);
    running[1]?.child.kill('SIGKILL');
    await expect
      .poll(() => cells.every(({ acknowledged }, at) => acknowledged.length >= (before[at] ?? 0) + 3), {
        timeout: 60_000,
      })
      .toBe(true);
    over = true;
    await Promise.all(entering);
    expect(await nothingIsLost()).toBeGreaterThanOrEqual(cells.length * 6);
  });

  it('the other is told to stop: what was asked is answered, and it ends well', async () => {
    const [server] = running;
    if (server === undefined) throw new Error('started above');
    const ended = new Promise<number | null>((done) => server.child.once('exit', (code) => done(code)));
    running.pop();
    const last = cells.map((cell) => {
      const turns = cell.acknowledged.length;
      return enter(cell, 0, () => cell.acknowledged.length > turns);
    });
    // The first is answered, the others are on their way: each is answered, or finds nobody and was not stored.
    await Promise.race(last);
    server.child.kill('SIGTERM');
    await Promise.allSettled(last);
    expect(await ended).toBe(0);
    expect(server.said).toContain('Stopping');
    await nothingIsLost();
  });
});
