import { describe, expect, it } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { sha256Hex } from './blob.ts';
import type { Engine } from './engine.ts';
import { openPglite } from './engine-pglite.ts';
import { openPostgres } from './engine-postgres.ts';
import { type Migration, migrate, shippedMigrations } from './migrate.ts';

const step = (name: string, text: string): Migration => ({ name, text, sha256: sha256Hex(text) });

/** Every table, column and constraint, and the steps that are said to be done. */
async function shape(engine: Engine): Promise<readonly string[]> {
  return engine.use(async (connection) => {
    const { rows } = await connection.query<{ line: string }>(
      `SELECT attrelid::regclass || ' ' || attname || ' ' || atttypid::regtype || ' ' || attnotnull AS line FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'modelcity'::regnamespace AND attnum > 0
      UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'modelcity'::regnamespace
      UNION ALL SELECT name || ' ' || sha256 FROM modelcity.migration ORDER BY 1`,
    );
    return rows.map(({ line }) => line);
  });
}

describe.each(testEngines)('a release with new steps, on $name', ({ place }) => {
  it('that stops in the midst changes nothing and names the step; mended, it is taken', async () => {
    const { directory, databaseUrl, open } = await place();
    const store = await open();
    const received = '2022-01-01T00:00:00Z';
    const envelope = { city: 'small', kind: 'record', agent: 'test', received, files: [] } as const;
    const observation = {
      ...{
        indicator: 'waste',
        area: 'S',
        period: '2021',
        breakdown: {},
        value: '118',
        unit: 't',
        status: 'A' as const,
      },
      ...{ reason: null, qualifier: null, source: 'book', locator: 'p. 1', ref: null, note: null },
    } as const;
    await store.submit({ ...envelope, records: { observations: [observation] } });
    await store.close();
    const engine = await (databaseUrl === undefined ? openPglite(directory) : openPostgres(databaseUrl));
    const shipped = shippedMigrations();
    const before = await shape(engine);
    expect(before.length).toBeGreaterThan(shipped.length + 100);
    const good = step('9001_good.sql', 'CREATE TABLE later (area text PRIMARY KEY); DROP TABLE presence;');
    // Fails only where there are records: a rehearsal on an empty database would not have shown it.
    const bad = step('9002_bad.sql', 'ALTER TABLE observation ADD COLUMN later int NOT NULL;');
    await expect(migrate(engine, [...shipped, good, bad])).rejects.toMatchObject({
      name: 'DatabaseNotRenewed',
      message: expect.stringMatching(
        /9002_bad\.sql stopped at "column "later" .*contains null values"\. Nothing was changed/,
      ),
    });
    expect(await shape(engine)).toEqual(before);
    // The lock is given back, and the release that was there finds its tables as it left them.
    await migrate(engine);
    const mended = step('9002_bad.sql', 'ALTER TABLE observation ADD COLUMN later int;');
    await migrate(engine, [...shipped, good, mended]);
    const after = await shape(engine);
    expect(after).toContain('modelcity.later area text true');
    expect(after.some((line) => line.startsWith('modelcity.presence '))).toBe(false);
    // The release of before leaves alone what it does not know.
    await expect(migrate(engine)).rejects.toThrow('made by a newer release (it has 9001_good.sql)');
    await engine.close();
    await expect(open()).rejects.toMatchObject({ name: 'DatabaseNotRenewed' });
  });
});
