import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../store/index.ts';
import { exportWorkspace } from './export.ts';
import { tinyCity, tinyFiles } from './fixture.ts';
import { loadWorkspace } from './load.ts';
import { parseWorkspace } from './parse.ts';
import { replay } from './replay.ts';
import { writeFolder } from './write-folder.ts';

const envelope = { agent: 'test', received: '2022-10-31T00:00:00Z' };
const observations = 'observations/2021.csv';

describe('a workspace folder and the store', () => {
  let base = '';
  let store: Store;
  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'modelcity-load-'));
    store = await openStore({ directory: join(base, 'store') });
  });
  afterAll(async () => {
    await store.close();
    rmSync(base, { recursive: true, force: true });
  });

  it('load, change, export, replay', async () => {
    const folder = join(base, 'tiny');
    await writeFolder(folder, tinyFiles());
    const first = await loadWorkspace(store, folder, envelope);
    expect(first.receipt).toMatchObject({ outcome: 'stored', city: 'tiny', position: 1 });
    expect(await store.workspace('tiny')).toEqual(parseWorkspace(tinyFiles()).workspace);

    const again = await loadWorkspace(store, folder, envelope);
    expect(again.receipt).toMatchObject({ outcome: 'unchanged', position: 1 });

    const table = tinyCity[observations] ?? '';
    writeFileSync(join(folder, observations), table.replace('T1,2021,,1200', 'T9,2021,,1200'));
    const refused = await loadWorkspace(store, folder, envelope);
    expect(refused.receipt).toBeNull();
    expect(refused.findings.map(({ rule }) => rule)).toEqual(['area.unknown']);
    expect(await store.cities()).toEqual([{ id: 'tiny', head: 1 }]);

    writeFileSync(join(folder, observations), table.replace(',1200,', ',1201,'));
    expect((await loadWorkspace(store, folder, envelope)).receipt).toMatchObject({
      outcome: 'stored',
      position: 2,
      changes: { added: 0, changed: 1, withdrawn: 0 },
    });
    const history = await store.history('tiny', 'observation/T1/population/2021/');
    expect(history.map(({ position, file, row }) => [position, file, row])).toEqual([
      [1, observations, 2],
      [2, observations, 2],
    ]);

    const held = await store.workspace('tiny');
    if (held === null) throw new Error('nothing held');
    const exported = join(base, 'exported');
    await writeFolder(exported, exportWorkspace(held));
    expect((await loadWorkspace(store, exported, envelope)).receipt).toMatchObject({
      outcome: 'unchanged',
      position: 2,
    });
    await expect(writeFolder(exported, [])).rejects.toThrow('is not empty');

    const rebuilt = await openStore({ directory: join(base, 'rebuilt') });
    try {
      const steps: number[] = [];
      const result = await replay(store, rebuilt, {
        compare: store,
        onStep: ({ position }) => steps.push(position),
      });
      expect(result).toEqual({ submissions: 2, findings: [] });
      expect(steps).toEqual([1, 2]);
      expect(await rebuilt.workspace('tiny', 1)).toEqual(await store.workspace('tiny', 1));
      expect(await rebuilt.workspace('tiny')).toEqual(held);
      const twice = await replay(store, rebuilt);
      expect(twice.findings.map(({ rule }) => rule)).toEqual(['replay.not-empty']);
    } finally {
      await rebuilt.close();
    }
  });
});
