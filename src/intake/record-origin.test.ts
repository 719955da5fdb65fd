import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { observationAddress, type Workspace } from '../model/index.ts';
import { claimAddress, targetAddress } from '../store/index.ts';
import { loadWorkspace } from './load.ts';

const folder = fileURLToPath(new URL('../../examples/shanghai', import.meta.url));

/** Every record of a workspace by its address, with the locator that its row must hold. */
function recordsOf(workspace: Workspace): readonly (readonly [address: string, mark: string])[] {
  const { city, observations, targets, claims, indicators, frameworks, plans, reviews } = workspace;
  return [
    ...observations.map((each) => [observationAddress(each), each.locator] as const),
    ...targets.map((each) => [targetAddress(each), each.locator] as const),
    ...claims.map((each) => [claimAddress(each), each.locator] as const),
    ...indicators.map(({ id }) => [`indicator/${id}`, id] as const),
    ...city.areas.map(({ id }) => [`area/${id}`, id] as const),
    ...city.sources.map(({ id }) => [`source/${id}`, id] as const),
    ...frameworks.map(({ id }) => [`framework/${id}`, id] as const),
    ...plans.map(({ id }) => [`plan/${id}`, id] as const),
    ...reviews.map(({ head }) => [`review/${head.id}`, head.id] as const),
  ];
}

describe.each(testEngines)('on $name', (engine) => {
  it('every loaded record knows the file and row it came from', async () => {
    const store = await (await engine.place()).open();
    await loadWorkspace(store, folder, { agent: 'office', received: '2022-01-01T00:00:00Z' });
    const workspace = await store.workspace('shanghai');
    const records = workspace === null ? [] : recordsOf(workspace);
    const kinds = new Set(records.map(([address]) => address.slice(0, address.indexOf('/'))));
    for (const kind of ['observation', 'target', 'claim']) expect(kinds).toContain(kind);
    const lines = new Map<string, readonly string[]>();
    const wrong: string[] = [];
    for (const [address, mark] of records) {
      const versions = await store.history('shanghai', address);
      const { file, row } = versions.at(-1) ?? { file: null, row: null };
      if (file === null || row === null) {
        wrong.push(`${address}: no file and row`);
        continue;
      }
      const text = lines.get(file) ?? readFileSync(join(folder, file), 'utf8').split('\n');
      lines.set(file, text);
      if (text[row - 1]?.includes(mark) !== true)
        wrong.push(`${address}: ${file}:${row} does not hold ${mark}`);
    }
    expect(wrong).toEqual([]);
    await store.close();
  });
});
