import { expect, test } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { type CaseEvent, readEntryFiles, type Store, type Submission } from './index.ts';

const register = {
  register: 'cell',
  version: 1,
  steps: [
    { from: '', to: 'entered' },
    { from: 'entered', to: 'entered' },
  ],
};

const entered = (stream: string, seq: number, by: string, area = 'A'): CaseEvent => ({
  area,
  stream,
  seq,
  register: 'cell',
  version: 1,
  kind: 'entered',
  from: seq === 1 ? '' : 'entered',
  occurred: '2022-01-01T00:00:00.000Z',
  actor: by,
  body: { by },
});

const saved = (by: string, events: readonly CaseEvent[]): Submission => ({
  city: 'town',
  kind: 'record',
  agent: by,
  received: '2022-01-01T00:00:00Z',
  files: [{ path: 'by.txt', bytes: Buffer.from(by) }],
  records: { registers: [register], events: [...events] },
});

test.each(testEngines)(
  'many who save at once on $name: each has a position or a refusal of its own, from every process',
  async (engine) => {
    const place = await engine.place();
    const stores: Store[] = [await place.open()];
    if (engine.name === 'postgres') stores.push(await place.open());
    await stores[0]?.submit(saved('first', [entered('x', 1, 'first')]));
    const people = Array.from({ length: 40 }, (_, at) => at);
    const receipts = await Promise.all(
      people.map((who) => {
        const store = stores[who % stores.length]?.within([who % 8 === 7 ? 'B' : 'A']);
        // Every fourth wants the same step of one case; every eighth writes where it may not.
        const event = who % 4 === 0 ? entered('shared', 1, `p${who}`) : entered(`own-${who}`, 1, `p${who}`);
        return store?.submit(saved(`p${who}`, [event]));
      }),
    );
    const stored = receipts.filter((receipt) => receipt?.outcome === 'stored');
    const why = receipts.flatMap((receipt) =>
      receipt?.outcome === 'refused' ? receipt.findings.map(({ rule }) => rule) : [],
    );
    // Ten wanted the shared step, one got it; five were out of their area.
    expect(why.filter((rule) => rule === 'record.exists')).toHaveLength(9);
    expect(why.filter((rule) => rule === 'scope.area')).toHaveLength(5);
    expect(stored.map((receipt) => receipt?.position).sort((a = 0, b = 0) => a - b)).toEqual(
      Array.from({ length: 26 }, (_, at) => at + 2),
    );
    const [store] = stores;
    const log = (await store?.submissions('town')) ?? [];
    expect(log.map(({ position }) => position)).toEqual(Array.from({ length: 27 }, (_, at) => at + 1));
    // Each position holds what its own sender sent, in the database, in the log on disk and among the files.
    const events = (await store?.events('town')) ?? [];
    for (const { position, agent, files } of log) {
      expect(events.filter((event) => event.position === position).map(({ actor }) => actor)).toEqual([
        agent,
      ]);
      for (const { sha256, size } of files) expect((await store?.file(sha256))?.byteLength).toBe(size);
    }
    expect(await readEntryFiles(place.directory)).toEqual(log);
    for (const each of stores) await each.close();
  },
);
